"""`submit`: sealed bids by 64 bidders on one tender after the other, beside a bare handler that inserts the same bytes.

Every submission counted is a first one: a tender takes 64 bids, one of each bidder with a token of its own, then the
next tender takes its 64. The 32 connections go from tender to tender together, so that all bid on one at a time. The
tenders, the bidders' tokens and their documents are made once and kept; the bids of the last run are deleted.
"""

import asyncio
import hashlib
import http.client
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import asyncpg
import msgspec
from piccolo.table import create_db_tables

from market.base.embedded import OWNER
from market.base.processes import CannotRun
from market.tendering.sealing.suites import P256, new_pair
from tests.bench.compare import CONNECTIONS, Compared, Effort
from tests.bench.figures import Figure, at_most
from tests.bench.floor_engine import ENGINE
from tests.bench.ground import Ground, say
from tests.bench.load import Load, Plan, request, run
from tests.bench.submit_floor import BareBid, BareEvent

BIDDERS = 64
TENDERS = 1_500
FASTEST = 2_000
"""Bids a second for which a round's tenders suffice."""
WANTED, WANTED_SPREAD = 0.35, 5.0
_WARM = 0.3
_PLAN = "为辖区内高龄、独居老人每周两次上门探访、助餐并提供紧急呼叫，由持证社工与志愿者结对完成，逐次留痕。" * 8
_BID = msgspec.json.encode({"price": "1.00", "plan": _PLAN, "declared": True, "files": []})

_BARE = """
    SELECT a.id AS account, o.id AS home, o.code AS organization FROM membership m
    JOIN account a ON a.id = m.account JOIN organization o ON o.id = m.organization
    WHERE m.role = 'bidder' AND m.revoked_at IS NULL AND NOT a.suspended AND o.kind = 'minfei'
      AND NOT EXISTS (SELECT 1 FROM standing s WHERE s.organization = o.id) ORDER BY a.id LIMIT $1
"""
_COPIES = """
    INSERT INTO tender SELECT copy.* FROM (SELECT * FROM tender WHERE state = 'open' ORDER BY id DESC LIMIT 1) t,
        generate_series(1, $1::int) n,
        jsonb_populate_record(NULL::tender, to_jsonb(t) || jsonb_build_object(
            'id', nextval(pg_get_serial_sequence('tender', 'id')), 'code', 'T-9999-' || lpad(n::text, 4, '0'),
            'need', 'N-9999-' || lpad(n::text, 4, '0'), 'closes_at', '2099-01-01T00:00:00Z',
            'opens_at', '2099-01-01T00:00:00Z')) copy
"""

_KEYS = """
    INSERT INTO tender_key (tender, suite, public_key, threshold, shares, made_at)
    SELECT id, $1, $2, 2, 3, now() FROM tender WHERE code ~ '^T-9999-'
"""


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """Measure how many bids a second are taken, and how far the slowest are from the usual."""
    here.once("submit", lambda: asyncio.run(_prepare(here)), made_of=f"{BIDDERS} {TENDERS} {_COPIES} {_KEYS}")
    asyncio.run(_clear(here))
    with here.product() as port, here.floors() as bare:
        _compare_answers(port, bare)
        compared = _rounds(port, bare, effort)
    yield compared.figure("submit", wanted=WANTED)
    spread = statistics.median(load.p99 / load.p50 for load in compared.product)
    yield at_most("submit-spread", figure=spread, wanted=WANTED_SPREAD)


def _rounds(port: int, bare: int, effort: Effort) -> Compared:
    """Load both sides in turn; each of the product's rounds has tenders that nobody has bid on."""
    many = min(TENDERS // (effort.rounds + 1), int((effort.seconds + _WARM) * FASTEST / BIDDERS) + 1)
    floor = _dealt([request("/bids", method="POST", headers=_headers(0), body=_BID)] * CONNECTIONS)
    product: list[Load] = []
    floors: list[Load] = []
    for round_ in range(effort.rounds + 1):
        first = 1 + round_ * many
        bids = _dealt([_bid(tender, bidder) for tender in range(first, first + many) for bidder in range(BIDDERS)])
        seconds = effort.seconds if round_ else max(effort.warm, 0.2)
        a = run(Plan(port=port, requests=bids, seconds=seconds, warm=_WARM))
        b = run(Plan(port=bare, requests=floor, seconds=seconds, warm=_WARM))
        say(
            f"submit {round_}/{effort.rounds}: {a.rate:.0f}/s (p50 {a.p50} p99 {a.p99} ms),"
            f" floor {b.rate:.0f}/s (p50 {b.p50} p99 {b.p99} ms), ratio {a.rate / b.rate:.3f}"
        )
        if a.answered > many * BIDDERS:
            say(f"the tenders of a round did not suffice: {a.answered - many * BIDDERS} bids replaced earlier ones")
        if round_:  # the first one warms both sides
            product.append(a)
            floors.append(b)
    return Compared(product=product, floor=floors)


def _dealt(requests: list[bytes]) -> list[list[bytes]]:
    """Deal requests out in their order, so that the connections go from tender to tender together."""
    return [requests[n::CONNECTIONS] for n in range(CONNECTIONS)]


def _secret(bidder: int) -> str:
    return "shecai_" + hashlib.sha256(f"bidder {bidder} of the bench".encode()).hexdigest()


def _headers(bidder: int) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {_secret(bidder)}",
        "Content-Type": "application/json",
        "Accept": "application/json",
    }


def _path(tender: int) -> str:
    return f"/tenders/T-9999-{tender:04d}/submit-bid"


def _bid(tender: int, bidder: int) -> bytes:
    return request(_path(tender), method="POST", headers=_headers(bidder), body=_BID)


async def _prepare(here: Ground) -> None:
    """Give 64 bidders a token each, copy an open tender, and let every bidder take its documents."""
    own = await asyncpg.connect(here.dsn)
    try:
        await own.execute("DELETE FROM documents_taken WHERE tender IN (SELECT id FROM tender WHERE code ~ '^T-9999-')")
        await own.execute("DELETE FROM token WHERE code ~ '^K-BENCH'")
        await own.execute("DELETE FROM tender_key WHERE tender IN (SELECT id FROM tender WHERE code ~ '^T-9999-')")
        await own.execute("DELETE FROM tender WHERE code ~ '^T-9999-'")
        bidders = await own.fetch(_BARE, BIDDERS)
        if len(bidders) < BIDDERS:
            raise CannotRun(f"the submit bench needs {BIDDERS} bidders; this scale has {len(bidders)}")
        now = datetime.now(UTC)
        tokens = [
            (f"K-BENCH{n:02d}", hashlib.sha256(_secret(n).encode()).hexdigest(), "bench", row["account"], row["home"])
            for n, row in enumerate(bidders)
        ]
        await own.executemany(
            "INSERT INTO token (code, digest, name, account, organization, acts, created_at, expires_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            [(*token, ["submit-bid"], now, now + timedelta(days=36_500)) for token in tokens],
        )
        await own.execute(_COPIES, TENDERS)
        await own.execute(_KEYS, P256, new_pair()[1])
        await own.execute(
            "INSERT INTO documents_taken (tender, organization, taken_by, taken_at)"
            " SELECT t.id, o, 'bench', $2 FROM tender t, unnest($1::text[]) o WHERE t.code ~ '^T-9999-'",
            [row["organization"] for row in bidders],
            now,
        )
    finally:
        await own.close()


async def _clear(here: Ground) -> None:
    """Delete the last run's bids, make the floor's tables anew, and let the planner look at both databases."""
    own = await asyncpg.connect(here.access.dsn(OWNER))
    bare = await asyncpg.connect(here.floors_dsn)
    try:
        await own.execute("DELETE FROM bid WHERE tender IN (SELECT id FROM tender WHERE code ~ '^T-9999-')")
        await own.execute("VACUUM ANALYZE")
        await bare.execute("DROP TABLE IF EXISTS bare_bid, bare_event")
        ENGINE.config = {"dsn": here.floors_dsn}
        await create_db_tables(BareBid, BareEvent)
    finally:
        await own.close()
        await bare.close()


def _compare_answers(port: int, bare: int) -> None:
    """Make sure that both sides answer as much. Raises CannotRun."""
    mine, theirs = (len(_post(*side)) for side in ((port, _path(TENDERS)), (bare, "/bids")))
    if mine != theirs:
        raise CannotRun(f"the floor answers {theirs} bytes, the product {mine}")


def _post(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body=_BID, headers=_headers(0))
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise CannotRun(f"{path} was answered with {answer.status}: {body.decode()[:500]}")
    return body
