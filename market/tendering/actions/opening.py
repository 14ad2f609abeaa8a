"""The opening: the key is turned, every bid is unsealed under a number drawn by lot, bidders confirm the record."""

from datetime import datetime
from secrets import SystemRandom
from typing import Any

from catalogs.queries import standing_of
from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.refusal import NotFound, Objection, Refused, refuse_if, say
from market.law.states import Law
from market.people.states import User
from market.tendering.actions.locking import fail_tender, lock_for_bidder, lock_for_street, set_state
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.bids import offer_of
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.bidding import is_too_few, objections_to_opening
from market.tendering.states import Act, BidState, State

_TOO_FEW = "递交响应文件的供应商不足法定家数"


async def turn_key(*, code: str, by: User, now: datetime) -> TenderCard:
    """Open all submitted bids at once, or end the tender when fewer came than the law asks for (M-4).

    Locks the tender for update, so that no bid is half in. Credit is looked up now, before the evaluation (P-12).
    Bids of a failed tender stay sealed.
    """
    async with transaction():
        row = await lock_for_street(code=code, act=Act.TURN_KEY, by=by)
        refuse_if(objections_to_opening(now=now, opens_at=row["opens_at"]))
        law = await law_of_tender(row=row, now=now)
        bids = await rows(
            "SELECT * FROM bid WHERE tender = $1 AND state = 'submitted' ORDER BY id FOR UPDATE", row["id"]
        )
        await _open(row=row, bids=bids, law=law, by=by, now=now)
        return await tender_for(code=code, user=by, now=now)


async def _open(*, row: Row, bids: list[Row], law: Law, by: User, now: datetime) -> None:
    public: dict[str, Any] = {"tender": row["code"], "title": row["title"], "bids": len(bids)}
    too_few = is_too_few(suppliers=len(bids), law=law)
    if not too_few:
        numbers = list(range(1, len(bids) + 1))
        SystemRandom().shuffle(numbers)
        for bid, number in zip(bids, numbers, strict=True):
            await _open_bid(bid=bid, number=number, tender=row["code"], now=now)
        await set_state(row=row, state=State.OPENED, opened_at=now, opened_by=by.account)
    await record(room="tendering", act=Act.TURN_KEY, code=row["code"], by=by, now=now, public=public)
    if too_few:
        await fail_tender(row=row, reason=_TOO_FEW, suppliers=len(bids), now=now)


async def _open_bid(*, bid: Row, number: int, tender: str, now: datetime) -> None:
    offer = offer_of(bid=bid, tender=tender)
    assert offer is not None  # noqa: S101  only submitted bids are opened
    standing = await standing_of(organization=bid["organization"], on=local_date(now))
    await rows(
        "UPDATE bid SET state = $2, number = $3, price = $4, plan = $5, files = $6, on_no_list = $7,"
        " draft = NULL, draft_key = NULL, draft_at = NULL WHERE id = $1",
        bid["id"],
        BidState.OPENED,
        number,
        offer.price,
        offer.plan,
        offer.files,
        not standing.objections,
    )


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
