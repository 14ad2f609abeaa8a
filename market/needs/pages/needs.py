"""The doors of needs."""

from typing import Any

import msgspec

from catalogs.queries import entry_for, item_choices, menu_choices, menu_item_for
from catalogs.rules import hints_in
from market.base.calendar import local_date
from market.base.fields import fields_of
from market.base.refusal import NotFound
from market.base.web import Door, Filled, Route, Shown, act, listing, read
from market.needs import actions, forms, queries
from market.needs.pages.official import words_outside
from market.needs.pages.plans import copied, planned, values_of
from market.needs.queries.issues import cited_by
from market.needs.queries.suggestions import suggestions_of_need
from market.needs.states import ANSWER_WORDS, PART_WORDS, QUESTIONS, SET_ASIDE_WORDS, Act, State
from market.people.states import Role

NEED_EXAMPLE = {
    "title": "2026年独居老人探访关爱",
    "menu_item": "M004",
    "budget_line": "L-2026-0001",
    "budget": "96000.00",
    "description": "为辖区独居老人提供每周上门探访，发现困难及时转介。",
    "standard": "每人每周不少于一次，每次不少于三十分钟，服务记录完整。",
    "quantity": "4800",
    "unit": "人次",
    "served": "梧桐街道七十岁以上独居老人",
    "beneficiaries": 100,
    "place": "梧桐街道",
    "term_months": 12,
    "targets": [{"name": "探访人次", "number": "4800", "unit": "人次", "due_on": "2027-03-31"}],
    "consulted_on": "2026-01-20",
    "consulted_how": "居民代表会议，到会四十二人，一致同意。",
    "surveyed_on": "2026-02-10",
    "surveyed": [{"name": "暖阳为老服务中心"}, {"name": "邻里社区服务中心"}, {"name": "银龄社会工作事务所"}],
    "duty_basis": "《上海市街道办事处条例》规定的公共服务职责",
    "risk_note": "人员流动可能影响探访频次，合同约定备用人员和逐次留痕。",
    "wanted_start_on": "2026-06-01",
    "set_aside": "policy",
    "set_aside_reason": "按政府购买服务支持社会组织的政策，由社会组织优先承接。",
    "splitting_reason": "服务对象和片区与其他采购不同，分别按居民需求立项。",
    "n_1": "no",
    "n_2": "no",
    "n_3": "no",
    "n_4": "no",
    "n_5": "no",
    "n_6": "no",
}


@listing("/needs", name="needs_page", template="needs/needs.html", returns=queries.NeedLine)
async def needs(door: Door[None]) -> Shown:
    """List the needs one may see, newest first; `?state=` and `?street=` narrow the list."""
    state = door.query("state")
    known = state if state in set(State) else None
    found = await queries.needs_page(user=door.user, state=known, street=door.query("street"), after=door.after)
    return Shown(found, {"state": known, "states": list(State), "may_draft": Role.PURCHASER in door.user.roles})


@read("/needs/{code:str}", name="need_for", template="needs/need.html", returns=queries.NeedCard)
async def need(door: Door[None]) -> Shown:
    """Show a need with its review and the way its money has gone."""
    card = await queries.need_for(code=door.code, user=door.user)
    context = await planned(door, card)
    card = msgspec.structs.replace(card, warnings=tuple(context["warnings"]))
    if door.wants_json:
        return Shown(card)
    return Shown(card, _asked(card) | context | await _grounds(door.code))


async def _grounds(code: str) -> dict[str, Any]:
    """Return what a need rests on, for its page: residents' suggestions and the issues it cites."""
    return {"suggested": await suggestions_of_need(need=code), "groups": await cited_by(need=code)}


def _asked(card: queries.NeedCard) -> dict[str, Any]:
    """Return the negative list for a page of a need: its questions, and the words of the need that look like them."""
    hints = hints_in((card.title, card.description, card.standard, card.served))
    return {
        "questions": QUESTIONS,
        "answer_words": ANSWER_WORDS,
        "hints": hints,
        "set_aside_words": SET_ASIDE_WORDS,
        "part_words": PART_WORDS,
        **words_outside(),
    }


async def _choices(door: Door[None]) -> dict[str, list[tuple[str, str]]]:
    year = local_date(door.now).year
    return {
        "items": await item_choices(),
        "menu": await menu_choices(),
        "lines": await queries.line_choices(street=door.user.organization or "", year=year),
    }


async def _standard_of(menu_item: str, door: Door[None]) -> dict[str, Any]:
    """Return what a service's standard offers a need: good delivery in words, its indicators as this year's targets."""
    card = await entry_for(code=menu_item, user=door.user, on=local_date(door.now))
    until = local_date(door.now).replace(month=12, day=31)
    targets = [{**msgspec.structs.asdict(indicator), "due_on": until} for indicator in card.indicators]
    return {"standard": card.standard, "targets": targets}


async def _fill_draft(door: Door[None]) -> Filled:
    values: dict[str, Any] = {}
    if past := door.query("copy"):
        values = await copied(door, code=past)
    if chosen := door.query("menu_item"):
        try:
            card = await menu_item_for(code=chosen)
            values = {"title": card.name_zh, "menu_item": card.code, "item": card.item, "unit": card.unit_zh}
            values |= await _standard_of(chosen, door)
        except NotFound:
            values = {"menu_item": ""}
    return Filled(values=values, choices=await _choices(door))


@act(
    Act.DRAFT_NEED,
    "/needs/draft-need",
    form=forms.DraftNeed,
    returns=queries.NeedCard,
    fill=_fill_draft,
    template="needs/draft.html",
    example=NEED_EXAMPLE,
)
async def draft_need(door: Door[forms.DraftNeed]) -> queries.NeedCard:
    """Draft a need; it may be left incomplete."""
    return await actions.draft_need(plan=door.form.plan(), by=door.user, now=door.now)


async def _fill_need(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    context = _asked(card) | await planned(door, card)
    return Filled(record=card, values=values_of(card), choices=await _choices(door), context=context)


@act(
    Act.REVISE_NEED,
    "/needs/{code:str}/revise-need",
    form=forms.DraftNeed,
    returns=queries.NeedCard,
    fill=_fill_need,
    template="needs/draft.html",
    example=lambda card: NEED_EXAMPLE | {"budget_line": card.budget_line},
)
async def revise_need(door: Door[forms.DraftNeed]) -> queries.NeedCard:
    """Revise a draft, or a need that was sent back."""
    return await actions.revise_need(
        code=door.code, plan=door.form.plan(), expected=door.expected, by=door.user, now=door.now
    )


async def _fill_submit(door: Door[None]) -> Filled:
    filled = await _fill_need(door)
    named = {"named": fields_of(forms.DraftNeed), "named_at": f"{filled.record.url}/revise-need"}
    return Filled(record=filled.record, context={**filled.context, **named})


@act(
    Act.SUBMIT_NEED,
    "/needs/{code:str}/submit-need",
    returns=queries.NeedCard,
    fill=_fill_submit,
    template="needs/submit.html",
)
async def submit_need(door: Door[None]) -> queries.NeedCard:
    """Submit a need for review; its money is reserved."""
    return await actions.submit_need(code=door.code, expected=door.expected, by=door.user, now=door.now)


async def _fill_review(door: Door[None]) -> Filled:
    card = await queries.need_for(code=door.code, user=door.user)
    return Filled(record=card, context=_asked(card))


@act(
    Act.REVIEW_NEED,
    "/needs/{code:str}/review-need",
    form=forms.ReviewNeed,
    returns=queries.NeedCard,
    fill=_fill_review,
    template="needs/review.html",
    example={"decision": "approve", "reason": "需求依据充分，目标明确。"},
)
async def review_need(door: Door[forms.ReviewNeed]) -> queries.NeedCard:
    """Approve a need, or send it back with a reason."""
    sent = door.form
    return await actions.review_need(
        code=door.code, decision=sent.decision, reason=sent.reason, expected=door.expected, by=door.user, now=door.now
    )


@act(
    Act.WITHDRAW_NEED,
    "/needs/{code:str}/withdraw-need",
    form=forms.WithdrawNeed,
    returns=queries.NeedCard,
    fill=_fill_review,
    example={"reason": "居民意见有变，改由志愿者承担。"},
)
async def withdraw_need(door: Door[forms.WithdrawNeed]) -> queries.NeedCard:
    """Take a need back before a purchase of it is begun; its reserved money is free again."""
    return await actions.withdraw_need(
        code=door.code, reason=door.form.reason, expected=door.expected, by=door.user, now=door.now
    )


ROUTES: list[Route] = [needs, need, draft_need, revise_need, submit_need, review_need, withdraw_need]
