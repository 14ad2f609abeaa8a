"""The floor of submitting: a bid and its event inserted through Piccolo in one transaction, and nothing asked.

The tables have the product's columns of a submitted bid and of its event, with a primary key each and no more.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from litestar import MediaType, Request, Response, post
from litestar.handlers import HTTPRouteHandler
from piccolo.columns import JSONB, BigInt, BigSerial, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from tests.bench.floor_engine import ENGINE

FINGERPRINT = "0" * 64


class BareBid(Table, tablename="bare_bid", db=ENGINE):
    """What the product writes of a submitted bid."""

    id = BigSerial(primary_key=True)
    code = Text(null=False, default=None)
    tender = BigInt(null=False, default=None)
    organization = Text(null=False, default=None)
    state = Text(null=False, default=None)
    content = Bytea(null=False, default=None)
    content_key = Bytea(null=False, default=None)
    leaf = Text(null=False, default=None)
    signature = Text(null=False, default=None)
    fingerprint = Text(null=False, default=None)
    submitted_at = Timestamptz(null=False, default=None)
    submitted_by = Text(null=False, default=None)
    submissions = Integer(null=False, default=None)


class BareEvent(Table, tablename="bare_event", db=ENGINE):
    """What the product writes of the event."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(null=False, default=None)
    tag = Text(null=False, default=None)
    code = Text(null=False, default=None)
    account = Text(null=False, default=None)
    actor_name = Text(null=False, default=None)
    roles = Text(null=False, default=None)
    organization = Text(null=False, default=None)
    detail = JSONB(null=False, default=None)
    revealed_by = Text(null=False, default=None)


@post("/bids", status_code=200)
async def submit(request: Request[None, None, None]) -> Response[bytes]:
    """Insert a bid and its event, and answer what a receipt says."""
    sent = await request.body()
    now = datetime.now(UTC)
    async with ENGINE.transaction():
        bid = BareBid(
            code="B-0000000000",
            tender=1,
            organization="520000000000000000",
            state="submitted",
            content=_as_long_as_sealed(sent),
            content_key=bytes(113),
            leaf=FINGERPRINT,
            signature=FINGERPRINT * 2,
            fingerprint=FINGERPRINT,
            submitted_at=now,
            submitted_by="o0001",
            submissions=1,
        )
        event = BareEvent(
            at=now,
            tag="tendering:submit-bid",
            code="T-9999-0001",
            account="o0001",
            actor_name="王小明",
            roles="anyone bidder",
            organization="520000000000000000",
            detail={
                "bid": "B-0000000000",
                "fingerprint": FINGERPRINT,
                "leaf": FINGERPRINT,
                "files": 0,
                "submission": 1,
            },
            revealed_by="tendering:open-bids",
        )
        await BareBid.insert(bid)
        await BareEvent.insert(event)
    receipt = {
        "code": bid.code,
        "state": bid.state,
        "url": "/tenders/T-9999-0001/my-bid",
        "acts": [],
        "tender": "T-9999-0001",
        "submitted_at": now,
        "fingerprint": FINGERPRINT,
        "submissions": 1,
        "leaf": FINGERPRINT,
        "signature": FINGERPRINT * 2,
        "draft_at": None,
    }
    return Response(content=msgspec.json.encode(receipt), media_type=MediaType.JSON)


def _as_long_as_sealed(sent: bytes) -> bytes:
    """As many bytes as the product keeps of what was sent: padded to whole steps, with the seal's start and tag."""
    return sent.ljust(-(-len(sent) // 4096) * 4096 + 62, b"\0")


HANDLERS: Sequence[HTTPRouteHandler] = (submit,)
