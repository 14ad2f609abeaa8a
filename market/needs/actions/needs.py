"""The deeds done to needs."""

from datetime import datetime
from typing import Any

import msgspec

from catalogs.queries import edition_in_force
from catalogs.queries.coverage import coverage_for
from catalogs.queries.entries import ItemCard
from catalogs.states import Register
from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, Objection, refuse_if, say
from market.law.queries import law_on
from market.needs import rules
from market.needs.actions.locking import lock_own
from market.needs.actions.money import lock_line, reserve
from market.needs.queries import (
    NeedCard,
    card_of_item,
    card_of_menu_item,
    earlier_purchases,
    kept,
    line_facts,
    need_for,
    plan_of,
)
from market.needs.rules import NeedPlan
from market.needs.rules.methods import MethodFacts, channel_under, objections_to_kept_method
from market.needs.states import NEED, Act, Channel, Method, State
from market.needs.tables import Need
from market.people.states import User


async def _with_item(plan: NeedPlan) -> tuple[NeedPlan, ItemCard | None, list[Objection]]:
    """Return the plan with the item and category that its service of the menu maps to, and what speaks against them."""
    menu_item = await card_of_menu_item(plan.menu_item)
    objections: list[Objection] = []
    if plan.menu_item and (menu_item is None or not menu_item.in_use):
        objections.append(Objection("menu_item", say("This service is not on the menu.")))
    if menu_item is not None and plan.item and plan.item != menu_item.item:
        objections.append(
            Objection("item", say("This service of the menu belongs to the item {item}.", item=menu_item.item), "N-12")
        )
    wanted = plan.item or (menu_item.item if menu_item else "")
    item = await card_of_item(wanted)
    category = menu_item.category if menu_item else item.category if item else ""
    return msgspec.structs.replace(plan, item=wanted, category=category), item, objections


def _columns(plan: NeedPlan) -> dict[Any, Any]:
    plain = {name: getattr(plan, name) for name in plan.__struct_fields__}
    plain["long_term"] = msgspec.json.encode(plan.long_term).decode()
    plain["targets"] = msgspec.json.encode(plan.targets).decode()
    plain["answers"] = msgspec.json.encode(plan.answers).decode()
    plain["surveyed"] = msgspec.json.encode([name for name in plan.surveyed if name.strip()]).decode()
    return plain


async def _edition_of(plan: NeedPlan) -> str:
    """Return the edition of the menu that a need is made under; "" when it bears no service of the menu."""
    return await edition_in_force(register=Register.MENU) if plan.menu_item else ""


async def _ask_about_draft(plan: NeedPlan, *, street: str) -> NeedPlan:
    """Return the plan with its item, or refuse it with everything a draft may not lack."""
    whole, item, objections = await _with_item(plan)
    line = await one("SELECT * FROM budget_line WHERE code = $1 FOR SHARE", plan.budget_line)
    objections += rules.objections_to_draft(
        plan=whole,
        line=line_facts(line) if line else None,
        street=street,
        item_in_use=item is not None and item.in_use,
    )
    refuse_if(objections)
    return whole


async def draft_need(*, plan: NeedPlan, by: User, now: datetime) -> NeedCard:
    """Draft a need of one's own street; it may be left incomplete and revised.

    Refused without an item in use, a budget, or a budget line of the street.
    """
    street = by.organization or ""
    async with transaction():
        whole = await _ask_about_draft(plan, street=street)
        code = await code_for("N", now)
        await Need.insert(
            Need(
                **_columns(whole),
                edition=await _edition_of(whole),
                code=code,
                street=street,
                state=State.DRAFT,
                hands=msgspec.json.encode([by.account]).decode(),
                drafted_by=by.account,
                drafted_at=now,
            )
        )
        detail = {"item": whole.item, "budget_line": whole.budget_line}
        await record(room="needs", act=Act.DRAFT_NEED, code=code, by=by, now=now, detail=detail)
        return await need_for(code=code, user=by)


def _hands(row: Row, by: User) -> str:
    return msgspec.json.encode(list(dict.fromkeys([*row["hands"], by.account]))).decode()


async def revise_need(*, code: str, plan: NeedPlan, expected: int | None, by: User, now: datetime) -> NeedCard:
    """Revise a need that is a draft or was sent back; the reviser counts among its hands (B-5)."""
    async with transaction():
        row = await lock_own(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.REVISE_NEED, row["state"]))
        whole = await _ask_about_draft(plan, street=row["street"])
        changed = {
            "revision": row["revision"] + 1,
            "hands": _hands(row, by),
            "edition": await _edition_of(whole),
        }
        before = plan_of(row)
        await Need.update(_columns(whole) | changed).where(Need.code == code)
        fields = [name for name in NeedPlan.__struct_fields__ if getattr(before, name) != getattr(whole, name)]
        await record(room="needs", act=Act.REVISE_NEED, code=code, by=by, now=now, detail={"changed": fields})
        return await need_for(code=code, user=by)


async def submit_need(*, code: str, expected: int | None, by: User, now: datetime) -> NeedCard:
    """Submit a need for review: its money is reserved on the budget line.

    Refused with everything that the negative list, the channel, the money, the term, targets, consultation, survey,
    small enterprises and repeated purchases have against it. Law: N-1 to N-6, H-4, N-10, C-2, K-1, B-1, B-2, S-3,
    H-6, HR-1. Purchases named under HR-1 stay with the need as a flag. Locks the need, then its line.
    """
    async with transaction():
        row = await lock_own(code, by=by, expected=expected)
        refuse_if(objections_to_state(NEED, Act.SUBMIT_NEED, row["state"]))
        plan, item, objections = await _with_item(plan_of(row))
        today = local_date(now)
        law = await law_on(day=today, district=await _district_of(row["street"]), street=row["street"])
        central = item is not None and item.central
        facts = MethodFacts(budget=plan.budget, central=central)
        method = Method(row["method"]) if row["method"] else None
        channel = channel_under(method=method, facts=facts, law=law)
        official = channel is Channel.OFFICIAL
        objections += objections_to_kept_method(method=method, facts=facts, law=law)
        coverage = await coverage_for(item=plan.item, category=plan.category)
        edition = await _edition_of(plan)
        # Last of all the line, which others of the street wait for.
        line = await lock_line(plan.budget_line)
        earlier = await earlier_purchases(line=plan.budget_line, item=plan.item, but=code)
        objections += rules.objections_to_submission(
            plan=plan,
            line=line_facts(line) if line else None,
            street=row["street"],
            item_in_use=item is not None and item.in_use,
            central=central,
            law=law,
            today=today,
            earlier=earlier,
            open_tender=row["method"] == Method.OPEN_TENDER,
        )
        objections += rules.objections_to_coverage(
            is_covered=coverage.is_covered, official=official, consent_document=plan.consent_document
        )
        refuse_if(objections)
        named = rules.repeated(budget=plan.budget, official=official, earlier=earlier, law=law)
        await reserve(line=plan.budget_line, amount=plan.budget, need=code, act=Act.SUBMIT_NEED, by=by, now=now)
        await rows(
            "UPDATE need SET state = $2, submitted_at = $3, hands = $4, reviewed_by = NULL, reviewed_at = NULL,"
            " reason = '', edition = $5, earlier = $6, legal_review = legal_review OR $7, law_reviewed_by = NULL,"
            " law_reviewed_at = NULL, law_opinion = '', supervised_by = NULL, supervised_at = NULL,"
            " supervised_opinion = '', channel = $8, revision = revision + 1 WHERE code = $1",
            code,
            str(State.SUBMITTED),
            now,
            _hands(row, by),
            edition,
            kept(named),
            official,
            str(channel),
        )
        detail: dict[str, Any] = {"budget_line": plan.budget_line, "reserved": plan.budget}
        if named:
            detail |= {"flag": "HR-1", "beside": [one_of.code for one_of in named]}
        await record(room="needs", act=Act.SUBMIT_NEED, code=code, by=by, now=now, detail=detail)
        return await need_for(code=code, user=by)


async def _district_of(street: str) -> str:
    row = await one("SELECT district FROM organization WHERE code = $1", street)
    return str(row["district"]) if row else ""


async def take_up(*, code: str, tender: str, now: datetime, by: User) -> None:  # noqa: ARG001
    """Bind an approved need to the tender made of it. Refused when it is not approved.

    Called under the event of the tender's draft.
    """
    async with transaction():
        row = await one("SELECT state FROM need WHERE code = $1 FOR UPDATE", code)
        if row is None:
            raise NotFound
        if row["state"] != State.APPROVED:
            refuse_if(
                [Objection("", say("Only an approved need that no tender has taken up can be tendered."), "N-10")]
            )
        await rows(
            "UPDATE need SET state = $2, tender = $3, revision = revision + 1 WHERE code = $1",
            code,
            str(State.TENDERING),
            tender,
        )


async def release(*, code: str, now: datetime, by: User) -> None:  # noqa: ARG001
    """Free a need whose tender failed or was cancelled; its money stays reserved, and it may be tendered again.

    Called under the event that ends the tender. Refused when the need is not in tendering.
    """
    async with transaction():
        row = await one("SELECT state FROM need WHERE code = $1 FOR UPDATE", code)
        if row is None:
            raise NotFound
        if row["state"] != State.TENDERING:
            refuse_if([Objection("", say("This need is not in tendering."))])
        await rows(
            "UPDATE need SET state = $2, tender = NULL, revision = revision + 1 WHERE code = $1",
            code,
            str(State.APPROVED),
        )
