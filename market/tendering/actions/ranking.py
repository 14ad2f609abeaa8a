"""The final round: sealed quotes, the ranking when time ends it, and the panel's signatures under the report."""

from datetime import datetime
from decimal import Decimal

from market.base import clock
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.people.states import CLOCK, User
from market.tendering.actions.draws import seed_for
from market.tendering.actions.locking import fail_tender, lock_for_bidder, lock_for_expert, set_state
from market.tendering.actions.recording import record_in_secret
from market.tendering.queries import BidReceipt, TenderCard, tender_for
from market.tendering.queries.bids import price_of_quote, receipt_of
from market.tendering.queries.clarifications import asked_of
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.award import confirm_until
from market.tendering.rules.bidding import is_too_few, objections_to_quote
from market.tendering.rules.clarifications import objections_to_signing
from market.tendering.rules.draws import lot_of
from market.tendering.rules.panel import objections_to_dissent
from market.tendering.rules.scoring import Scored, price_scores, quality_score, ranking
from market.tendering.rules.terms import LastPrice
from market.tendering.sealing import seal_content
from market.tendering.states import Act, BidState, State

_TOO_FEW = "提交最后报价的供应商不足法定家数"
_TOO_FEW_LEFT = "有效最后报价的供应商不足法定家数"


async def submit_final_quote(*, code: str, price: Decimal, by: User) -> BidReceipt:
    """Submit a final quote, sealed until the round ends, or replace it until then; a second late is late."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.SUBMIT_FINAL_QUOTE, by=by)
        now = await clock.now()
        bid = await one(
            "SELECT * FROM bid WHERE tender = $1 AND organization = $2 AND state = $3 FOR UPDATE",
            row["id"],
            by.organization,
            BidState.VALID,
        )
        if bid is None:
            raise NotFound
        refuse_if(objections_to_quote(price=price, previous=bid["price"], now=now, closes_at=row["quotes_until"]))
        sealed = seal_content(LastPrice(price=price), tender=code, subject=f"quote:{bid['code']}")
        await rows(
            "INSERT INTO quote (bid, content, content_key, fingerprint, submitted_at, submitted_by)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (bid) DO UPDATE SET content = excluded.content,"
            " content_key = excluded.content_key, fingerprint = excluded.fingerprint,"
            " submitted_at = excluded.submitted_at, submitted_by = excluded.submitted_by",
            bid["id"],
            sealed.content,
            sealed.key,
            sealed.fingerprint,
            now,
            by.account,
        )
        await record(
            room="tendering",
            act=Act.SUBMIT_FINAL_QUOTE,
            code=code,
            by=by,
            now=now,
            detail={"bid": bid["code"], "fingerprint": sealed.fingerprint},
            revealed_by="tendering:rank-bids",
        )
        quoted = {**bid, "fingerprint": sealed.fingerprint, "submitted_at": now}
        return receipt_of(bid=quoted, tender=code)


async def rank_bids(*, row: Row, now: datetime) -> None:
    """End the round of a tender locked by the caller: open the quotes, score the prices, rank; or end the tender.

    Who sent no final quote has left the consultation. Lots follow from the committed seed, and decide only what F-13
    leaves equal.
    """
    law = await law_of_tender(row=row, now=now)
    bids = await _quoted_bids(row)
    if is_too_few(suppliers=len(bids), law=law):
        await record(room="tendering", act=Act.RANK_BIDS, code=row["code"], by=CLOCK, now=now, detail={"ranked": 0})
        await fail_tender(row=row, reason=_TOO_FEW, suppliers=len(bids), now=now)
        return
    await _rank(row, bids, now=now)
    await set_state(row=row, state=State.RANKED, ranked_at=now)
    detail = {"ranked": len(bids)}
    await record(room="tendering", act=Act.RANK_BIDS, code=row["code"], by=CLOCK, now=now, detail=detail)


async def _rank(row: Row, bids: list[Row], *, now: datetime) -> None:
    scored = await _scored(row, bids, seed=await seed_for(tender=row["id"], code=row["code"], now=now))
    prices = {entry.number: entry for entry in scored}
    for ranked in ranking(scored):
        entry = prices[ranked.number]
        await rows(
            "UPDATE bid SET final_price = $3, quality = $4, price_score = $5, rank = $6, by_lot = $7"
            " WHERE tender = $1 AND number = $2",
            row["id"],
            ranked.number,
            entry.price,
            entry.quality,
            entry.price_score,
            ranked.rank,
            ranked.by_lot,
        )


async def rank_without(*, row: Row, bid: int, refusal: str, now: datetime) -> None:
    """Put a ranked bid out for a reason and rank the others anew; end the tender when too few are left (M-4).

    The caller holds the tender's lock. Price points are given anew, for the lowest quote may be the one that left.
    """
    await rows(
        "UPDATE bid SET state = $2, refusal = $3, rank = NULL, by_lot = false WHERE id = $1",
        bid,
        BidState.DISQUALIFIED,
        refusal,
    )
    bids = await _quoted_bids(row)
    if is_too_few(suppliers=len(bids), law=await law_of_tender(row=row, now=now)):
        await fail_tender(row=row, reason=_TOO_FEW_LEFT, suppliers=len(bids), now=now)
        return
    await _rank(row, bids, now=now)


async def _quoted_bids(row: Row) -> list[Row]:
    return await rows(
        "SELECT b.id, b.code, b.number, q.content, q.content_key FROM bid b JOIN quote q ON q.bid = b.id"
        " WHERE b.tender = $1 AND b.state = 'valid' ORDER BY b.number",
        row["id"],
    )


async def _scored(row: Row, bids: list[Row], *, seed: str) -> list[Scored]:
    quotes = {bid["number"]: price_of_quote(quote=bid, bid=bid["code"], tender=row["code"]) for bid in bids}
    points = price_scores(quotes, points=row["price_points"])
    sheets = await rows(
        "SELECT b.number, sum(c.points) AS points FROM score c JOIN seat s ON s.id = c.seat JOIN bid b ON b.id = c.bid"
        " WHERE s.tender = $1 AND s.recused_at IS NULL GROUP BY b.number, s.id",
        row["id"],
    )
    lots = sorted(quotes, key=lambda number: lot_of(seed=seed, ticket=f"bid:{number}"))
    return [
        Scored(
            number=number,
            quality=quality_score([sheet["points"] for sheet in sheets if sheet["number"] == number]),
            price_score=points[number],
            price=price,
            lot=lots.index(number),
        )
        for number, price in quotes.items()
    ]


async def seal_report(*, code: str, agrees: bool, reasons: str, by: User, now: datetime) -> TenderCard:
    """Sign the evaluation report, or dissent with reasons (E-11); the last signature seals it.

    From then on the buyer has the days of L-8 to confirm; silence confirms rank one.
    """
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.SEAL_REPORT, by=by)
        asked = await asked_of(tender=row["id"])
        objections = objections_to_dissent(agrees=agrees, reasons=reasons) + objections_to_signing(asked, now=now)
        if seat["signed_at"] is not None:
            objections.append(Objection("", say("You have signed the report already."), "E-11"))
        refuse_if(objections)
        await rows(
            "UPDATE seat SET signed_at = $2, agrees = $3, dissent = $4 WHERE id = $1",
            seat["id"],
            now,
            agrees,
            "" if agrees else reasons,
        )
        await record_in_secret(Act.SEAL_REPORT, code=code, by=by, now=now, detail={"agrees": agrees})
        await _seal_if_all_signed(row=row, now=now)
        return await tender_for(code=code, user=by, now=now)


async def _seal_if_all_signed(*, row: Row, now: datetime) -> None:
    unsigned = await rows(
        "SELECT id FROM seat WHERE tender = $1 AND recused_at IS NULL AND signed_at IS NULL", row["id"]
    )
    if unsigned:
        return
    law = await law_of_tender(row=row, now=now)
    until = confirm_until(reported_at=now, law=law)
    await set_state(row=row, state=State.EVALUATED, reported_at=now, confirm_until=until)
