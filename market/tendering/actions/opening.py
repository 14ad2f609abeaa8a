"""The opening: keyholders turn their keys, bids are unsealed under numbers drawn by lot, bidders confirm the record."""

from datetime import datetime
from secrets import SystemRandom
from typing import Any

from catalogs.queries import standing_of
from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, Refused, refuse_if, say
from market.people.attachments import keep_wrapped, wrapped_keys
from market.people.states import CLOCK, User
from market.tendering.actions.keyholders import private_key_of, share_info
from market.tendering.actions.locking import fail_tender, lock_for_bidder, lock_for_keyholder, set_state
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.bidding import is_too_few
from market.tendering.rules.keys import objections_to_turning
from market.tendering.rules.terms import Offer
from market.tendering.sealing import BrokenSeal, OpenedTenderKey, reopen, suites, take_back_file
from market.tendering.sealing.shares import Committed, Share, combine, keeps
from market.tendering.states import LIFECYCLE, Act, BidState, State

_TOO_FEW = "递交响应文件的供应商不足法定家数"


async def turn_key(*, code: str, passphrase: str, by: User, now: datetime) -> TenderCard:
    """Turn one's key of a tender after its opening moment; with enough keys turned all bids are opened at once.

    Who turns before that passes the share on, wrapped for each other keyholder: nobody else can go on with it. The
    passphrase is tried before anything is locked, so that a wrong one is counted. Refused too by a share that was
    altered. With fewer bids than M-4 asks for the tender ends instead, and its bids stay sealed.
    """
    held = await _held(code=code, by=by)
    refuse_if(
        [
            *objections_to_state(LIFECYCLE, Act.TURN_KEY, held["state"]),
            *objections_to_turning(now=now, opens_at=held["opens_at"], turned=held["turned_at"] is not None),
        ]
    )
    private = await private_key_of(held, passphrase=passphrase, by=by, now=now)
    async with transaction():
        row = await lock_for_keyholder(code=code, by=by)
        others = await rows(_OTHERS, row["id"], held["number"])
        now_turned = [other for other in others if other["turned_at"] is not None]
        again = await one("SELECT turned_at FROM key_share WHERE id = $1", held["share"])
        turned = again is None or again["turned_at"] is not None
        refuse_if(objections_to_turning(now=now, opens_at=row["opens_at"], turned=turned))
        own = _share_in(held, private=private, held=held, tender=code)
        await _note_turn(row=row, held=held, turned=len(now_turned) + 1, by=by, now=now)
        if len(now_turned) + 1 < row["threshold"]:
            for other in others:
                await _pass_on(own, held=held, other=other, tender=code)
        else:
            passed = [_share_in(other, private=private, held=held, tender=code) for other in now_turned]
            await open_bids(row=row, key=_put_together([own, *passed], row=row), by=by, now=now)
        return await tender_for(code=code, user=by, now=now)


_HELD = """
    SELECT t.state, t.opens_at, s.id AS share, s.number, s.side, s.wrapped, s.salt AS share_salt, s.commitment,
        s.turned_at, s.name AS holder, k.suite, k.locked, k.salt, k.passes, k.kibibytes, k.lanes
    FROM tender t JOIN key_share s ON s.tender = t.id JOIN keyholder_key k ON k.id = s.held_under
    WHERE t.code = $1 AND s.account = $2 AND s.organization = $3
"""
# The other keyholders; of those who have turned, the share they passed to this one.
_OTHERS = """
    SELECT s.id AS share, s.number, s.turned_at, s.salt AS share_salt, s.commitment, s.name AS holder, k.suite,
        k.public_key, p.wrapped FROM key_share s JOIN keyholder_key k ON k.id = s.held_under
        LEFT JOIN key_share mine ON mine.tender = s.tender AND mine.number = $2
        LEFT JOIN passed_share p ON p.giver = s.id AND p.taker = mine.id
    WHERE s.tender = $1 AND s.number <> $2 ORDER BY s.number
"""


async def _held(*, code: str, by: User) -> Row:
    """Return the share somebody holds of a tender with the key it is wrapped under. Raises NotFound for others."""
    row = await one(_HELD, code, by.account, by.organization)
    if row is None:
        raise NotFound
    return row


def _share_in(row: Row, *, private: bytes, held: Row, tender: str) -> Share:
    """Open a wrapped share with one's own key. Refused when it is not the one that was committed to."""
    committed = Committed(salt=row["share_salt"], commitment=row["commitment"])
    try:
        info = share_info(tender=tender, of=row["number"], to=held["number"])
        secret = suites.unwrap(row["wrapped"] or b"", suite=held["suite"], private=private, info=info)
    except BrokenSeal:
        secret = b""
    share = Share(number=row["number"], secret=secret)
    if not keeps(share, committed=committed):
        words = say("The share of {holder} was altered; the other keyholders can open the bids.", holder=row["holder"])
        raise Refused([Objection("", words, "HR-5")])
    return share


async def _pass_on(share: Share, *, held: Row, other: Row, tender: str) -> None:
    info = share_info(tender=tender, of=share.number, to=other["number"])
    wrapped = suites.wrap(share.secret, suite=other["suite"], public=other["public_key"], info=info)
    await rows(
        "INSERT INTO passed_share (giver, taker, wrapped) VALUES ($1, $2, $3)", held["share"], other["share"], wrapped
    )


async def _note_turn(*, row: Row, held: Row, turned: int, by: User, now: datetime) -> None:
    await rows("UPDATE key_share SET turned_at = $2 WHERE id = $1", held["share"], now)
    await rows("UPDATE tender SET revision = revision + 1 WHERE id = $1", row["id"])
    public = {"tender": row["code"], "title": row["title"], "side": held["side"], "turned": turned}
    public["of"] = row["threshold"]
    await record(room="tendering", act=Act.TURN_KEY, code=row["code"], by=by, now=now, public=public)


def _put_together(found: list[Share], *, row: Row) -> OpenedTenderKey:
    private = combine(found)
    if suites.public_of(private) != row["public_key"]:
        raise BrokenSeal
    return OpenedTenderKey(suite=row["suite"], private=private)


async def open_bids(*, row: Row, key: OpenedTenderKey, by: User, now: datetime) -> None:
    """Open all submitted bids of a locked tender, or end it when fewer came than the law asks for (M-4).

    Credit is looked up now, before the evaluation (P-12). Bids of a failed tender stay sealed.
    """
    law = await law_of_tender(row=row, now=now)
    bids = await rows("SELECT * FROM bid WHERE tender = $1 AND state = 'submitted' ORDER BY id FOR UPDATE", row["id"])
    public: dict[str, Any] = {"tender": row["code"], "title": row["title"], "bids": len(bids)}
    if is_too_few(suppliers=len(bids), law=law):
        # The event says that the moment came and how many bids there were; none of them is opened.
        await record(room="tendering", act=Act.OPEN_BIDS, code=row["code"], by=CLOCK, now=now, public=public)
        await fail_tender(row=row, reason=_TOO_FEW, suppliers=len(bids), now=now)
        return
    numbers = list(range(1, len(bids) + 1))
    SystemRandom().shuffle(numbers)
    for bid, number in zip(bids, numbers, strict=True):
        await _open_bid(bid=bid, number=number, tender=row["code"], key=key, now=now)
    await set_state(row=row, state=State.OPENED, opened_at=now, opened_by=by.account)
    await record(room="tendering", act=Act.OPEN_BIDS, code=row["code"], by=CLOCK, now=now, public=public)


async def _open_bid(*, bid: Row, number: int, tender: str, key: OpenedTenderKey, now: datetime) -> None:
    content_key = key.unwrap(bid["content_key"], tender=tender, subject=f"bid:{bid['code']}")
    offer = reopen(Offer, content=bid["content"], key=content_key)
    standing = await standing_of(organization=bid["organization"], on=local_date(now))
    await rows(
        "UPDATE bid SET state = $2, number = $3, price = $4, plan = $5, files = $6, on_no_list = $7, opened_key = $8,"
        " draft = NULL, draft_key = NULL, draft_at = NULL WHERE id = $1",
        bid["id"],
        BidState.OPENED,
        number,
        offer.price,
        offer.plan,
        offer.files,
        not standing.objections,
        content_key,
    )
    files = await wrapped_keys(codes=offer.files, sealed_for=tender) if offer.files else {}
    if files:
        await keep_wrapped({c: take_back_file(w, tender=tender, code=c, by=key) for c, w in files.items()})


async def confirm_opening(*, code: str, remark: str, by: User, now: datetime) -> TenderCard:
    """Confirm the opening record for one's organization, or say what is wrong with it; once."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.CONFIRM_OPENING, by=by)
        bid = await one(
            "SELECT * FROM bid WHERE tender = $1 AND organization = $2 AND number IS NOT NULL FOR UPDATE",
            row["id"],
            by.organization,
        )
        if bid is None:
            raise NotFound
        if bid["confirmed_at"] is not None:
            raise Refused([Objection("", say("Your organization has confirmed the opening record already."))])
        await rows(
            "UPDATE bid SET confirmed_at = $2, confirmed_by = $3, remark = $4 WHERE id = $1",
            bid["id"],
            now,
            by.account,
            remark,
        )
        detail = {"bid": bid["code"], "remark": remark}
        await record(room="tendering", act=Act.CONFIRM_OPENING, code=code, by=by, now=now, detail=detail)
        return await tender_for(code=code, user=by, now=now)
