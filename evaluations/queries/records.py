"""What a score rests on: the indicator templates, and the facts that contracts, needs and tenders have on record."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from contracts.queries import ContractFacts, MilestoneFacts, contract_facts
from evaluations.rules.leaves import Facts
from evaluations.states import Template
from market.base.calendar import local_date
from market.base.money import ZERO_YUAN, round_half_up
from market.needs.queries import NeedFacts, need_facts
from market.tendering.queries import AwardFacts, award_facts

DEFAULT_TEMPLATE = "SH-COMM-2026"
_DATA = Path(__file__).resolve().parents[1] / "data" / "templates.json"


@cache
def _templates() -> dict[str, Template]:
    raw = json.loads(_DATA.read_text(encoding="utf-8"))["templates"]
    return {template.code: template for template in msgspec.convert(raw, list[Template])}


def template_named(code: str) -> Template:
    """Return an indicator template; an unknown code is a fault of ours and raises KeyError."""
    return _templates()[code]


def facts_again(kept: Mapping[str, Any]) -> Facts:
    """Return facts as they were kept or sent, for showing what a leaf rests on."""
    return msgspec.convert(kept, Facts, strict=False)


async def beneficiaries_of(*, need: str) -> int:
    """Return how many people the need is for, at least one; the survey's sample is drawn from them."""
    return max(1, (await need_facts(code=need)).beneficiaries)


async def facts_of(*, contract: str, now: datetime) -> Facts:
    """Return what the records say about a contract at a moment; what nobody has recorded stays None."""
    terms = await contract_facts(code=contract)
    need = await need_facts(code=terms.need)
    award = await award_facts(tender=terms.tender)
    return facts_from(terms=terms, need=need, award=award, now=now)


def facts_from(*, terms: ContractFacts, need: NeedFacts, award: AwardFacts, now: datetime) -> Facts:
    """Return the facts that follow from the records up to a moment; pure.

    Payable to date is what was accepted; a milestone is due once its day is over, and on time when it was accepted by
    that day. A record of the service ledger is complete when it carries evidence.
    """
    today = local_date(now)
    reported = [m for m in terms.milestones if m.reported_at is not None and m.reported_at <= now]
    accepted = [m for m in terms.milestones if m.accepted_at is not None and m.accepted_at <= now]
    due = [m for m in terms.milestones if m.due_on < today]
    on_time = [m for m in accepted if m in due and m.accepted_at and local_date(m.accepted_at) <= m.due_on]
    signed_on = local_date(terms.signed_at) if terms.signed_at else None
    sessions = [session for session in terms.sessions if session.held_on <= today]
    unit, contracted, delivered = _quantity(terms=terms, need=need, now=now)
    return Facts(
        targets=len(need.targets),
        targets_measurable=sum(bool(target.number and target.unit and target.due_on) for target in need.targets),
        days_to_sign=(signed_on - award.awarded_on).days if signed_on and award.awarded_on else None,
        # The platform publishes a contract in the moment of its second signature.
        working_days_to_publish=0 if signed_on else None,
        payable_yuan=sum((milestone.amount for milestone in accepted), ZERO_YUAN),
        paid_yuan=sum((milestone.paid for milestone in accepted), ZERO_YUAN),
        records_inspected=len(sessions) or None,
        records_complete=sum(session.has_evidence for session in sessions) if sessions else None,
        quantity_unit=unit,
        quantity_contracted=contracted,
        quantity_delivered=delivered,
        deliveries_inspected=len(reported) or None,
        deliveries_accepted=len(accepted) if reported else None,
        milestones_due=len(due),
        milestones_on_time=len(on_time),
    )


def _quantity(*, terms: ContractFacts, need: NeedFacts, now: datetime) -> tuple[str, Decimal | None, Decimal | None]:
    """Return unit, quantity contracted and quantity delivered up to a day.

    Counted in the need's unit from the service ledger, against the part of the term that has passed; where the ledger
    says nothing in that unit, in per cent of the contract by the milestones that were due. None when neither speaks.
    """
    today = local_date(now)
    held = [session for session in terms.sessions if session.unit == need.unit and session.held_on <= today]
    if held and need.quantity > 0:
        passed = Decimal((min(today, terms.until_on) - terms.from_on).days) / (terms.until_on - terms.from_on).days
        return need.unit, round_half_up(need.quantity * passed), sum((s.quantity for s in held), Decimal(0))
    due = [milestone for milestone in terms.milestones if milestone.due_on < today]
    if not due:
        return "", None, None
    met = [milestone for milestone in due if milestone.accepted_at is not None and milestone.accepted_at <= now]
    return "%", _per_cent(due), _per_cent(met)


def _per_cent(milestones: list[MilestoneFacts]) -> Decimal:
    return round_half_up(sum((milestone.share for milestone in milestones), Decimal(0)) * 100)
