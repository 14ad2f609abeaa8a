"""What the pages of a need show beside its fields: how far its form is, what the law warns of, what to copy."""

from typing import Any

import msgspec

from catalogs.queries.coverage import coverage_for
from market.base.calendar import local_date
from market.base.fields import fields_of, in_groups
from market.base.refusal import NotFound
from market.base.web import Door
from market.base.wording import words
from market.law.queries import law_on
from market.needs import forms, queries
from market.needs.rules import (
    LongTerm,
    NeedPlan,
    channel_of,
    objections_to_coverage,
    objections_to_submission,
    repeated,
    sections_of,
    warnings_of_need,
)
from market.needs.states import PART_WORDS, READINESS_WORDS, SET_ASIDE_WORDS, Channel, State

#: What a copy does not take over: days and answers of its own time, and the money.
_ITS_OWN = ("consulted_on", "consulted_how", "surveyed_on", "surveyed", "targets", "budget_line", "splitting_reason")


def values_of(card: queries.NeedCard) -> dict[str, Any]:
    """Return a need's card as the form of its draft shows it."""
    values: dict[str, Any] = msgspec.structs.asdict(card)
    values |= {name: getattr(card.long_term, name) for name in LongTerm.__struct_fields__}
    values |= {rule.lower().replace("-", "_"): str(answer) for rule, answer in card.answers.items()}
    values["targets"] = [msgspec.structs.asdict(target) for target in card.targets]
    values["surveyed"] = [{"name": name} for name in card.surveyed]
    return values


def plan_of_card(card: queries.NeedCard) -> NeedPlan:
    """Return what a need's card plans, as rules take it."""
    plain = {name: getattr(card, name) for name in NeedPlan.__struct_fields__}
    made = {"splitting_reason": card.splitting_reason or "", "targets": tuple(card.targets)}
    return NeedPlan(**{**plain, **made, "surveyed": tuple(card.surveyed)})


async def copied(door: Door[None], *, code: str) -> dict[str, Any]:
    """Return what a new draft takes over from a past need that its reader may see; nothing when there is none."""
    try:
        card = await queries.need_for(code=code, user=door.user)
    except NotFound:
        return {}
    known = {field.name for field in fields_of(forms.DraftNeed)} - set(_ITS_OWN)
    values = {name: value for name, value in values_of(card).items() if name in known}
    return values | {"legal_review": card.legal_review and card.channel is Channel.HERE}


async def planned(door: Door[None], card: queries.NeedCard) -> dict[str, Any]:
    """Return what stands beside a need: its sections while it is written, warnings, repeated purchases, like needs."""
    own = card.street == door.user.organization
    context: dict[str, Any] = {
        "set_aside_words": SET_ASIDE_WORDS,
        "part_words": PART_WORDS,
        "readiness_words": READINESS_WORDS,
        "sections": [],
        "warnings": [],
        "repeats": [],
        "similar": [],
        "is_own": own,
    }
    if not own or card.state not in (State.DRAFT, State.SENT_BACK):
        return context
    today = local_date(door.now)
    law = await law_on(day=today, street=card.street)
    plan = plan_of_card(card)
    item = await queries.card_of_item(card.item)
    central = item is not None and item.central
    official = channel_of(amount=plan.budget, central=central, law=law) is Channel.OFFICIAL
    earlier = await queries.earlier_purchases(line=card.budget_line, item=card.item, but=card.code)
    objections = objections_to_submission(
        plan=plan,
        line=await queries.facts_of_line(code=card.budget_line),
        street=card.street,
        item_in_use=item is not None and item.in_use,
        central=central,
        law=law,
        today=today,
        earlier=earlier,
    )
    coverage = await coverage_for(item=plan.item, category=plan.category)
    objections += objections_to_coverage(
        is_covered=coverage.is_covered, official=official, consent_document=plan.consent_document
    )
    warned = warnings_of_need(
        budget=plan.budget,
        official=official,
        set_aside=plan.set_aside,
        is_covered=coverage.is_covered,
        consent_document=plan.consent_document,
        earlier=earlier,
        law=law,
    )
    groups = [
        (name, [field.name for field in inside]) for name, inside in in_groups(fields_of(forms.DraftNeed)) if name
    ]
    return context | {
        "sections": sections_of(groups=groups, values=values_of(card), objections=objections),
        "warnings": [queries.Warned(message=words(said, door.lang), law=rule) for said, rule in warned],
        "repeats": repeated(budget=plan.budget, official=official, earlier=earlier, law=law),
        "similar": await queries.similar_needs(street=card.street, item=card.item, title=card.title, but=card.code),
    }
