"""A need bought outside this house: handed over, tracked by its official number, its result taken back."""

import asyncio
from datetime import date, datetime

import msgspec

from market.base.calendar import local_date
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import refuse_if
from market.needs.actions.buying import law_for, lock_for_buying, method_of
from market.needs.actions.money import give_back
from market.needs.documents.handover import HandedOver, hand_over_zip
from market.needs.queries import NeedCard, card_of_item, need_for
from market.needs.queries.intentions import announced, intention_of
from market.needs.queries.official import Manifest
from market.needs.rules.intentions import objections_to_start
from market.needs.rules.methods import objections_to_leaving
from market.needs.rules.official import (
    Papers,
    Result,
    objections_to_papers,
    objections_to_result,
    objections_to_stage,
)
from market.needs.states import NEED, Act, Channel, State
from market.needs.states.official import Exemption, Method, Outcome, Stage
from market.needs.tables import OfficialPurchase, OfficialStage
from market.people.attachments import keep_made, objections_to_attachments
from market.people.states import User


async def hand_over(
    *,
    code: str,
    papers: Papers,
    without_intention: Exemption | None,
    without_intention_reason: str,
    expected: int | None,
    by: User,
    now: datetime,
) -> NeedCard:
    """Make the hand-over file of an approved need that this house does not run; its money stays reserved.

    Refused for what this house runs (H-3), before its intention allows it (B-8), and for weights, milestones or a term
    that no document may carry.
    """
    async with transaction():
        row = await lock_for_buying(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.HAND_OVER, row["state"]))
        today = local_date(now)
        law, method = await law_for(row, today), method_of(row)
        objections = objections_to_leaving(channel=Channel(row["channel"]), method=method)
        if row["channel"] == Channel.OFFICIAL:
            objections += objections_to_start(
                announced=await announced(need=code),
                title=row["title"],
                budget=row["budget"],
                without=without_intention,
                reason=without_intention_reason,
                above_limit=row["budget"] >= law.number("H-2.limit"),
                today=today,
                law=law,
            )
        objections += objections_to_papers(
            papers=papers, method=method, term_months=row["term_months"] or 0, today=today, law=law
        )
        refuse_if(objections)
        earlier = await one("SELECT coalesce(max(round), 0) AS last FROM official_purchase WHERE need = $1", code)
        number = (earlier["last"] if earlier else 0) + 1
        manifest = await _make_file(row, number=number, method=method, papers=papers, today=today)
        await OfficialPurchase.insert(
            OfficialPurchase(
                need=code,
                round=number,
                method=str(method),
                qualification=papers.qualification,
                service_from=papers.service_from,
                service_until=papers.service_until,
                price_points=papers.price_points,
                criteria=msgspec.json.encode(papers.criteria).decode(),
                milestones=msgspec.json.encode(papers.milestones).decode(),
                file=f"{code}-{number}.zip",
                manifest=msgspec.json.encode(manifest).decode(),
                without_intention=str(without_intention or ""),
                without_intention_reason=without_intention_reason,
                handed_over_at=now,
                handed_over_by=by.account,
            )
        )
        await _move(code, State.HANDED_OVER)
        detail = {"round": number, "method": method, "digest": manifest.digest}
        public = {"need": code, "title": row["title"], "street": row["street"], **detail}
        await record(room="needs", act=Act.HAND_OVER, code=code, by=by, now=now, public=public, detail=detail)
        return await need_for(code=code, user=by)


async def _move(code: str, state: State) -> None:
    await rows("UPDATE need SET state = $2, revision = revision + 1 WHERE code = $1", code, str(state))


async def _make_file(row: Row, *, number: int, method: Method, papers: Papers, today: date) -> Manifest:
    item = await card_of_item(row["item"])
    intention = await intention_of(need=row["code"])
    handed = HandedOver(
        need=row["code"],
        round=number,
        title=row["title"],
        street_name=row["street_name"],
        item=row["item"],
        item_name=item.name_zh if item else "",
        budget=row["budget"],
        description=row["description"],
        standard=row["standard"],
        quantity=row["quantity"],
        unit=row["unit"],
        served=row["served"],
        beneficiaries=row["beneficiaries"],
        place=row["place"],
        targets=[(t["name"], f"{t['number']} {t['unit']}", date.fromisoformat(t["due_on"])) for t in row["targets"]],
        consulted_on=row["consulted_on"],
        consulted_how=row["consulted_how"],
        surveyed=list(row["surveyed"]),
        intention_url=f"/intentions/{intention}" if intention else "",
        method=method,
        papers=papers,
        made_on=today,
    )
    content, manifest = await asyncio.to_thread(hand_over_zip, handed)
    await keep_made(content)
    return manifest


async def _lock_round(code: str) -> Row:
    row = await one("SELECT * FROM official_purchase WHERE need = $1 ORDER BY round DESC LIMIT 1 FOR UPDATE", code)
    assert row is not None  # noqa: S101  the need's state says that it was handed over
    return row


async def track_official(
    *,
    code: str,
    number: str,
    platform_url: str,
    stage: Stage,
    reached_on: date,
    note: str,
    expected: int | None,
    by: User,
    now: datetime,
) -> NeedCard:
    """Note a stage of the outside process with its official number. Refused without it or for a day out of order."""
    async with transaction():
        row = await lock_for_buying(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.TRACK_OFFICIAL, row["state"]))
        outside = await _lock_round(code)
        refuse_if(
            objections_to_stage(
                number=number,
                reached_on=reached_on,
                handed_over_on=local_date(outside["handed_over_at"]),
                today=local_date(now),
            )
        )
        await rows(
            "UPDATE official_purchase SET number = $2, platform_url = coalesce(nullif($3, ''), platform_url)"
            " WHERE id = $1",
            outside["id"],
            number,
            platform_url,
        )
        await OfficialStage.insert(
            OfficialStage(
                purchase=outside["id"],
                stage=str(stage),
                reached_on=reached_on,
                note=note,
                tracked_at=now,
                tracked_by=by.account,
            )
        )
        await rows("UPDATE need SET revision = revision + 1 WHERE code = $1", code)
        public = {"need": code, "number": number, "stage": stage, "reached_on": reached_on}
        await record(room="needs", act=Act.TRACK_OFFICIAL, code=code, by=by, now=now, public=public)
        return await need_for(code=code, user=by)


async def record_official_result(
    *, code: str, result: Result, expected: int | None, by: User, now: datetime
) -> NeedCard:
    """Take the result of the outside process back: the need waits for its contract, or goes back to be bought again.

    A purchase that failed keeps its money reserved for a new round, or gives it back and the need is revised.
    Refused without the notice, for a supplier that is not registered, and above the budget (M-8).
    """
    async with transaction():
        row = await lock_for_buying(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.RECORD_OFFICIAL_RESULT, row["state"]))
        outside = await _lock_round(code)
        known = await one("SELECT 1 FROM organization WHERE code = $1 AND kind <> 'street'", result.supplier)
        objections = objections_to_result(
            result=result,
            number=outside["number"],
            known=known is not None,
            budget=row["budget"],
            handed_over_on=local_date(outside["handed_over_at"]),
            today=local_date(now),
            by_platform=row["channel"] == Channel.OFFICIAL,
        )
        if result.notice_file:
            objections += await objections_to_attachments(codes=[result.notice_file], field="notice_file", by=by)
        refuse_if(objections)
        await _keep_result(outside["id"], result, by=by, now=now)
        await _go_on(row, result, by=by, now=now)
        public = {
            **msgspec.to_builtins(result),
            "need": code,
            "title": row["title"],
            "street": row["street"],
            "number": outside["number"],
        }
        await record(room="needs", act=Act.RECORD_OFFICIAL_RESULT, code=code, by=by, now=now, public=public)
        return await need_for(code=code, user=by)


async def _keep_result(purchase: int, result: Result, *, by: User, now: datetime) -> None:
    awarded = result.outcome is Outcome.AWARDED
    await rows(
        "UPDATE official_purchase SET outcome = $2, supplier = $3, price = $4, notice_number = $5, notice_on = $6,"
        " notice_text = $7, notice_file = $8, recorded_at = $9, recorded_by = $10 WHERE id = $1",
        purchase,
        str(result.outcome),
        result.supplier if awarded else None,
        result.price if awarded else None,
        result.notice_number,
        result.notice_on if awarded or result.notice_on else None,
        result.notice_text,
        result.notice_file,
        now,
        by.account,
    )


async def _go_on(row: Row, result: Result, *, by: User, now: datetime) -> None:
    """Move the need to where its result leads it."""
    code = row["code"]
    if result.outcome is Outcome.AWARDED:
        await _move(code, State.AWARDED)
    elif result.outcome is Outcome.FAILED_AGAIN:
        await _move(code, State.APPROVED)
    else:
        await give_back(
            line=row["budget_line"],
            amount=row["budget"],
            need=code,
            act=Act.RECORD_OFFICIAL_RESULT,
            by=by,
            now=now,
        )
        await rows(
            "UPDATE need SET state = $2, reason = $3, revision = revision + 1 WHERE code = $1",
            code,
            str(State.SENT_BACK),
            result.notice_text or result.notice_number or result.notice_file,
        )


async def note_official_contract(*, need: str, contract: str | None) -> None:
    """Note which contract is being made from an official result, or that none is, in the transaction of that act."""
    await rows("UPDATE official_purchase SET contract = $2 WHERE need = $1 AND outcome = 'awarded'", need, contract)
