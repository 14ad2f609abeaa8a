"""Asking a bidder, answering the panel, and judging an explained price; secret until the award like all its work."""

from collections.abc import Sequence
from datetime import datetime

from market.base import clock
from market.base.database import Row, rows, transaction
from market.base.refusal import refuse_if
from market.people.attachments import objections_to_attachments
from market.people.states import User
from market.tendering.actions.locking import lock_for_bidder, lock_for_expert
from market.tendering.actions.ranking import rank_without
from market.tendering.actions.recording import record_in_secret
from market.tendering.queries import TenderCard, tender_for
from market.tendering.queries.clarifications import asked_from, asked_of
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules.clarifications import (
    objections_to_answering,
    objections_to_asking,
    objections_to_judging,
    rule_of_price,
)
from market.tendering.rules.panel import verdict
from market.tendering.rules.scoring import low_prices
from market.tendering.states import Act, BidState
from market.tendering.states.clarifications import Matter

_UNEXPLAINED = "报价明显过低，未能证明其报价合理性"


async def ask_clarification(
    *, code: str, bid: int, matter: Matter, question: str, until: datetime, by: User, now: datetime
) -> TenderCard:
    """Ask the bidder behind a number, to be answered until a moment; the bidder does not learn which member asks.

    Refused before prices are known when it is about one, twice, with too little time (A-6), or after a signature.
    """
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.ASK_CLARIFICATION, by=by)
        law = await law_of_tender(row=row, now=now)
        found = await rows("SELECT * FROM bid WHERE tender = $1 AND number IS NOT NULL", row["id"])
        earlier = await asked_of(tender=row["id"])
        signed = await rows("SELECT id FROM seat WHERE tender = $1 AND signed_at IS NOT NULL", row["id"])
        quotes = {each["number"]: each["final_price"] for each in found if each["rank"] is not None}
        refuse_if(
            objections_to_asking(
                bid=bid,
                matter=matter,
                until=until,
                bids=[each["number"] for each in found if each["state"] in (BidState.OPENED, BidState.VALID)],
                ranked=list(quotes),
                earlier=earlier,
                is_signed=bool(signed),
                now=now,
                law=law,
            )
        )
        low = low_prices(quotes, ceiling=row["budget"], law=law)
        await rows(
            "INSERT INTO clarification (tender, bid, number, matter, law, question, asked_by, asked_at, answer_by)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            row["id"],
            next(each["id"] for each in found if each["number"] == bid),
            len(earlier) + 1,
            str(matter),
            rule_of_price(bid=bid, low=low) if matter is Matter.LOW_PRICE else "",
            question,
            seat["id"],
            now,
            until,
        )
        detail = {"clarification": len(earlier) + 1, "bid": bid, "matter": str(matter), "until": until}
        await record_in_secret(Act.ASK_CLARIFICATION, code=code, by=by, now=now, detail=detail)
        return await tender_for(code=code, user=by, now=now)


async def answer_clarification(
    *, code: str, clarification: int, answer: str, files: Sequence[str], by: User
) -> TenderCard:
    """Answer the panel for one's organization, once, before its time is up; the moment is read under the lock."""
    async with transaction():
        row = await lock_for_bidder(code=code, act=Act.ANSWER_CLARIFICATION, by=by)
        now = await clock.now()
        asked = await _lock(tender=row["id"], number=clarification, organization=by.organization)
        objections = objections_to_answering(asked=asked_from(asked) if asked else None, now=now)
        if files:
            objections += await objections_to_attachments(codes=files, field="files", by=by)
        refuse_if(objections)
        await rows(
            "UPDATE clarification SET answer = $3, files = $4, answered_by = $5, answered_at = $6"
            " WHERE tender = $1 AND number = $2",
            row["id"],
            clarification,
            answer,
            list(files),
            by.account,
            now,
        )
        detail = {"clarification": clarification, "files": list(files)}
        await record_in_secret(Act.ANSWER_CLARIFICATION, code=code, by=by, now=now, detail=detail)
        return await tender_for(code=code, user=by, now=now)


async def _lock(*, tender: int, number: int, organization: str | None = None) -> Row | None:
    found = await rows(
        "SELECT c.*, b.number AS bid_number, b.id AS bid_id FROM clarification c JOIN bid b ON b.id = c.bid"
        " WHERE c.tender = $1 AND c.number = $2 AND ($3::text IS NULL OR b.organization = $3) FOR UPDATE OF c",
        tender,
        number,
        organization,
    )
    return found[0] if found else None


async def judge_clarification(
    *, code: str, clarification: int, explained: bool, reason: str, looked_up: str, by: User, now: datetime
) -> TenderCard:
    """Say whether a bidder has proved that it can keep its price; the majority of the seats decides (A-6, A-7).

    A bid whose price is not explained is out, and the others are ranked anew; the tender ends when too few are left.
    """
    async with transaction():
        row, seat = await lock_for_expert(code=code, act=Act.JUDGE_CLARIFICATION, by=by)
        asked = await _lock(tender=row["id"], number=clarification)
        votes = await rows(
            "SELECT v.seat, v.explained, v.reason FROM clarification_vote v JOIN clarification c"
            " ON c.id = v.clarification WHERE c.tender = $1 AND c.number = $2 ORDER BY v.id",
            row["id"],
            clarification,
        )
        refuse_if(
            objections_to_judging(
                asked=asked_from(asked) if asked else None,
                has_voted=any(vote["seat"] == seat["id"] for vote in votes),
                explained=explained,
                reason=reason,
                now=now,
            )
        )
        assert asked is not None  # noqa: S101  judged above
        await rows(
            "INSERT INTO clarification_vote (clarification, seat, explained, reason, looked_up, voted_at)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            asked["id"],
            seat["id"],
            explained,
            reason,
            looked_up,
            now,
        )
        await record_in_secret(
            Act.JUDGE_CLARIFICATION,
            code=code,
            by=by,
            now=now,
            detail={"clarification": clarification, "explained": explained},
        )
        given = [*((vote["explained"], vote["reason"]) for vote in votes), (explained, reason)]
        await _decide(row=row, asked=asked, votes=given, now=now)
        return await tender_for(code=code, user=by, now=now)


async def _decide(*, row: Row, asked: Row, votes: Sequence[tuple[bool, str]], now: datetime) -> None:
    decided = verdict(votes=[vote for vote, _ in votes], seats=row["panel_size"])
    if decided is None:
        return
    await rows("UPDATE clarification SET explained = $2, judged_at = $3 WHERE id = $1", asked["id"], decided, now)
    if not decided:
        said = "；".join(dict.fromkeys(reason for explained, reason in votes if not explained))
        await rank_without(row=row, bid=asked["bid_id"], refusal=f"{_UNEXPLAINED}：{said}", now=now)
