"""What a draft begins with and how a contract stands to it: templates, the requirement, the award."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from contracts.queries.awards import award_behind
from contracts.queries.cards import ContractCard
from contracts.rules.drafting import (
    CLAUSES,
    Compared,
    Requirement,
    Text,
    compared_with_award,
    compared_with_template,
    filled,
    template_of,
    values_for,
)
from contracts.rules.terms import Award, MilestoneTerm
from market.base.calendar import local_date
from market.law.queries import law_on
from market.needs.queries import need_facts
from market.tendering.queries import AwardFacts

_DATA = Path(__file__).parent.parent / "data"
STANDARD_CLAUSES: dict[str, Any] = msgspec.json.decode((_DATA / "clauses.json").read_bytes())["clauses"]
EDITIONS: list[dict[str, Any]] = msgspec.json.decode((_DATA / "templates.json").read_bytes())["editions"]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """A contract beside the award and the requirement, and the clauses that depart from the template."""

    template: str
    announced: list[Compared]
    departures: list[Compared]


async def requirement_of(*, need: str) -> Requirement:
    """Return what a need fixed. Raises NotFound."""
    return msgspec.convert(await need_facts(code=need), Requirement, from_attributes=True)


async def offered_clauses(*, award: AwardFacts, on: date) -> dict[str, Any]:
    """Return the clauses a draft begins with on a day: the template of its service, filled from award and need."""
    return await _filled(award, await requirement_of(need=award.need), on=on)


async def _filled(award: AwardFacts, requirement: Requirement, *, on: date) -> dict[str, str]:
    law = await law_on(day=on, street=award.street)
    template = template_of(editions=EDITIONS, common=STANDARD_CLAUSES, category=requirement.category, on=on)
    return filled(template.clauses, values_for(amount=award.amount, requirement=requirement, law=law))


async def beside_award(*, card: ContractCard) -> Beside:
    """Return a contract beside its award, its requirement and the template of the day on which it was drafted."""
    award = await award_behind(tender=card.tender, need=card.need)
    requirement = await requirement_of(need=card.need)
    on = local_date(card.drafted_at)
    text = Text(
        amount=card.amount,
        from_on=card.from_on,
        until_on=card.until_on,
        milestones=[_stage(m) for m in card.milestones],
        clauses={name: getattr(card, name) for name in CLAUSES},
    )
    announced = Award(
        supplier=award.supplier,
        amount=award.amount,
        from_on=award.service_from,
        until_on=award.service_until,
        milestones=[_stage(m) for m in award.terms],
    )
    template = template_of(editions=EDITIONS, common=STANDARD_CLAUSES, category=requirement.category, on=on)
    offered: Mapping[str, str] = await _filled(award, requirement, on=on)
    return Beside(
        template=template.title,
        announced=compared_with_award(text=text, award=announced, requirement=requirement),
        departures=compared_with_template(text=text, offered=offered),
    )


def _stage(one: Any) -> MilestoneTerm:
    return MilestoneTerm(number=one.number, title=one.title, due_on=one.due_on, share=one.share)
