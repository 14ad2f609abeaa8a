"""The panel's acts: drawing, stepping back, checking and scoring, each member alone and without suppliers' names.

Events of experts stay hidden until the award is confirmed, for their names are secret until then (E-8).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from market.base.calendar import add_months, local_date, start_of_day
from market.base.database import Row, rows, transaction
from market.base.ledger import record
from market.base.refusal import Objection, Refused, refuse_if, say
from market.people.queries import served_by, users_with_role
from market.people.states import Role, User
from market.tendering.actions.draws import keep_draw, seed_for
from market.tendering.actions.locking import fail_tender, lock_for_expert, lock_for_street, set_state
from market.tendering.actions.recording import record_in_secret
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.clarifications import asked_of
from market.tendering.queries.panel import scored_by_seat
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.bidding import is_too_few, objections_to_quote_round
from market.tendering.rules.clarifications import objections_to_signing
from market.tendering.rules.draws import draw
from market.tendering.rules.panel import (
    Candidate,
    all_have_scored,
    objections_to_check,
    objections_to_draw,
    verdict,
)
from market.tendering.rules.scoring import objections_to_sheet
from market.tendering.rules.terms import Criterion
from market.tendering.states import Act, BidState, State

_MONTHS_A_YEAR = 12
_TOO_FEW = "通过资格和符合性审查的供应商不足法定家数"


async def draw_panel(*, code: str, by: User, now: datetime) -> TenderCard:
    """Draw independent experts out of the pool for the empty seats, by the committed seed (E-4, E-6).

    Who is drawn is told to nobody but the experts themselves. Refused when the pool is too small.
    """
    async with transaction():
        row = await lock_for_street(code=code, act=Act.DRAW_PANEL, by=by)
        seats = await rows("SELECT * FROM seat WHERE tender = $1", row["id"])
        empty = row["panel_size"] - sum(seat["recused_at"] is None for seat in seats)
        if empty == 0:
            raise Refused([Objection("", say("All seats of the panel are taken."), "E-3")])
        drawn = await _draw(row=row, seats=empty, out={seat["account"] for seat in seats}, now=now)
        refuse_if(objections_to_draw(drawn=drawn, seats=empty))
        if row["state"] == State.OPENED:
            await set_state(row=row, state=State.EVALUATING)
        await record(room="tendering", act=Act.DRAW_PANEL, code=code, by=by, now=now, detail={"seats": drawn})
        return await tender_for(code=code, user=by, now=now)


async def _draw(*, row: Row, seats: int, out: set[str], now: datetime) -> int:
    """Seat as many independent experts as there are, up to so many; return how many that is."""
    experts = {expert.account: expert for expert in await users_with_role(role=Role.PANEL_EXPERT)}
    bidders = await rows("SELECT organization FROM bid WHERE tender = $1 AND number IS NOT NULL", row["id"])
    law = await law_of_tender(row=row, now=now)
    since = start_of_day(add_months(local_date(now), -_MONTHS_A_YEAR * int(law.number("E-6"))))
    pool = [
        Candidate(account=account, organizations=frozenset(await served_by(account=account, since=since)))
        for account in experts
    ]
    drawn = draw(
        pool=pool,
        seats=seats,
        street=row["street"],
        bidders=[bid["organization"] for bid in bidders],
        out=out,
        seed=await seed_for(tender=row["id"], code=row["code"], now=now),
    )
    await keep_draw(tender=row["id"], seats=seats, drawn=drawn, now=now)
    for account in drawn.seated:
        await rows(
            "INSERT INTO seat (tender, account, name, drawn_at) VALUES ($1, $2, $3, $4)",
            row["id"],
            account,
            experts[account].name,
            now,
        )
    return len(drawn.seated)


async def declare_conflict(*, code: str, reason: str, by: User, now: datetime) -> TenderCard:
    """Step back from a panel; another expert is drawn for the seat at once, when the pool has one.

    What the member has checked or scored no longer counts: a bid that this vote decided is to be checked again. The
    seat of the one who left is never filled by the same person.
    """
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.DECLARE_CONFLICT, by=by)
        await rows("UPDATE seat SET recused_at = $2, conflict = $3 WHERE id = $1", seat["id"], now, reason)
        for bid in await rows("SELECT * FROM bid WHERE tender = $1 AND number IS NOT NULL", row["id"]):
            await _decide(row=row, bid=bid)
        seats = await rows("SELECT account FROM seat WHERE tender = $1", row["id"])
        await _draw(row=row, seats=1, out={taken["account"] for taken in seats}, now=now)
        await record_in_secret(Act.DECLARE_CONFLICT, code=code, by=by, now=now, detail={"reason": reason})
        return await tender_for(code=code, user=by, now=now)


async def check_bid(*, code: str, bid: int, passed: bool, reason: str, by: User, now: datetime) -> TenderCard:
    """Say whether a bid is qualified and meets every requirement; the majority of the seats decides.

    When all bids are decided and too few remain, the tender ends and its need is free (M-4).
    """
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.CHECK_BID, by=by)
        bids = await rows("SELECT * FROM bid WHERE tender = $1 AND number IS NOT NULL ORDER BY number", row["id"])
        mine = await rows("SELECT b.number FROM bid_check c JOIN bid b ON b.id = c.bid WHERE c.seat = $1", seat["id"])
        refuse_if(
            objections_to_check(
                bid=bid,
                bids=[found["number"] for found in bids if found["state"] == BidState.OPENED],
                checked=[check["number"] for check in mine],
                passed=passed,
                reason=reason,
            )
        )
        row_of_bid = next(found for found in bids if found["number"] == bid)
        await rows(
            "INSERT INTO bid_check (bid, seat, passed, reason, checked_at) VALUES ($1, $2, $3, $4, $5)",
            row_of_bid["id"],
            seat["id"],
            passed,
            reason,
            now,
        )
        await record_in_secret(Act.CHECK_BID, code=code, by=by, now=now, detail={"bid": bid, "passed": passed})
        await _decide(row=row, bid=row_of_bid)
        await _end_if_too_few(row=row, now=now)
        return await tender_for(code=code, user=by, now=now)


async def _decide(*, row: Row, bid: Row) -> None:
    checks = await rows(
        "SELECT c.passed, c.reason FROM bid_check c JOIN seat s ON s.id = c.seat"
        " WHERE c.bid = $1 AND s.recused_at IS NULL ORDER BY c.id",
        bid["id"],
    )
    decided = verdict(votes=[check["passed"] for check in checks], seats=row["panel_size"])
    state = {None: BidState.OPENED, True: BidState.VALID, False: BidState.DISQUALIFIED}[decided]
    reasons = "；".join(check["reason"] for check in checks if not check["passed"]) if decided is False else ""
    await rows("UPDATE bid SET state = $2, refusal = $3 WHERE id = $1", bid["id"], state, reasons)


async def _end_if_too_few(*, row: Row, now: datetime) -> None:
    found = await rows("SELECT state FROM bid WHERE tender = $1 AND number IS NOT NULL", row["id"])
    states = [bid["state"] for bid in found]
    valid = states.count(BidState.VALID)
    law = await law_of_tender(row=row, now=now)
    if BidState.OPENED not in states and is_too_few(suppliers=valid, law=law):
        await fail_tender(row=row, reason=_TOO_FEW, suppliers=valid, now=now)


async def score_bid(
    *, code: str, bid: int, points: Sequence[tuple[int, Decimal]], by: User, now: datetime
) -> TenderCard:
    """Score a valid bid on every criterion, once; the points go into no event and to no other member yet (F-9)."""
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.SCORE_BID, by=by)
        bids = await rows("SELECT * FROM bid WHERE tender = $1 AND state = 'valid' ORDER BY number", row["id"])
        done = (await scored_by_seat(tender=row["id"])).get(by.account, set())
        given = dict(points)
        objections = objections_to_sheet(
            given,
            criteria=msgspec.convert(row["criteria"], list[Criterion]),
            bid=bid,
            valid=[found["number"] for found in bids],
            done=sorted(done),
        )
        refuse_if(objections + _objections_to_twice(points))
        row_of_bid = next(found for found in bids if found["number"] == bid)
        await _keep_scores(bid=row_of_bid, seat=seat, points=given, now=now)
        await record_in_secret(Act.SCORE_BID, code=code, by=by, now=now, detail={"bid": bid})
        return await tender_for(code=code, user=by, now=now)


def _objections_to_twice(points: Sequence[tuple[int, Decimal]]) -> list[Objection]:
    if len(dict(points)) == len(points):
        return []
    return [Objection("points", say("Give points for every criterion, once each."), "F-9")]


async def _keep_scores(*, bid: Row, seat: Row, points: dict[int, Decimal], now: datetime) -> None:
    for criterion, given in sorted(points.items()):
        await rows(
            "INSERT INTO score (bid, seat, criterion, points, scored_at) VALUES ($1, $2, $3, $4, $5)",
            bid["id"],
            seat["id"],
            criterion,
            given,
            now,
        )


async def request_final_quotes(*, code: str, until: datetime, by: User, now: datetime) -> TenderCard:
    """Ask all valid bidders for their final quotes until a moment; only when every member has scored every bid."""
    async with transaction():
        row, _ = await lock_for_expert(code=code, act=Act.REQUEST_FINAL_QUOTES, by=by)
        found = await rows("SELECT number, state FROM bid WHERE tender = $1 AND number IS NOT NULL", row["id"])
        valid = [bid["number"] for bid in found if bid["state"] == BidState.VALID]
        scored = await scored_by_seat(tender=row["id"])
        objections = objections_to_quote_round(now=now, until=until, law=await law_of_tender(row=row, now=now))
        unchecked = any(bid["state"] == BidState.OPENED for bid in found)
        if unchecked or len(scored) < row["panel_size"] or not all_have_scored(scored=scored, valid=valid):
            words = say("Every member must first have checked and scored every bid.")
            objections.append(Objection("", words, "F-9"))
        refuse_if(objections + objections_to_signing(await asked_of(tender=row["id"]), now=now))
        await set_state(row=row, state=State.QUOTING, quotes_until=until)
        await record_in_secret(Act.REQUEST_FINAL_QUOTES, code=code, by=by, now=now, detail={"until": until})
        return await tender_for(code=code, user=by, now=now)
