"""What a score rests on: the facts that contracts, needs and tenders have on record."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from contracts.queries import ContractFacts, MilestoneFacts, contract_facts
from contracts.queries.awards import award_behind
from evaluations.rules.leaves import Facts
from market.base.calendar import add_working_days, local_date
from market.base.money import ZERO_YUAN, round_half_up
from market.law.states import Law
from market.needs.queries import NeedFacts, need_facts
from market.tendering.queries import AwardFacts


def facts_again(kept: Mapping[str, Any]) -> Facts:
    """Return facts as they were kept or sent, for showing what a leaf rests on."""
    return msgspec.convert(kept, Facts, strict=False)


async def beneficiaries_of(*, need: str) -> int:
    """Return how many people the need is for, at least one; the survey's sample is drawn from them."""
    return max(1, (await need_facts(code=need)).beneficiaries)


async def facts_of(*, contract: str, now: datetime, law: Law) -> Facts:
    """Return what the records say about a contract at a moment; what nobody has recorded stays None."""
    terms = await contract_facts(code=contract)
    need = await need_facts(code=terms.need)
    award = await award_behind(tender=terms.tender, need=terms.need)
    return facts_from(terms=terms, need=need, award=award, now=now, law=law)


def facts_from(*, terms: ContractFacts, need: NeedFacts, award: AwardFacts, now: datetime, law: Law) -> Facts:
    """Return the facts that follow from the records up to a moment; pure.

    Payable to date is what was accepted; a milestone is due once its day is over; quantity is counted in per cent of
    the contract, by the milestones accepted; a record of the service ledger is complete when it carries evidence.
    """
    today = local_date(now)
    reported = [m for m in terms.milestones if m.reported_at is not None and m.reported_at <= now]
    accepted = [m for m in terms.milestones if m.accepted_at is not None and m.accepted_at <= now]
    due = [m for m in terms.milestones if m.due_on < today]
    met = [milestone for milestone in accepted if milestone in due]
    signed_on = local_date(terms.signed_at) if terms.signed_at else None
    sessions = [session for session in terms.sessions if session.held_on <= today]
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
        quantity_unit="%" if due else "",
        quantity_contracted=_per_cent(due) if due else None,
        quantity_delivered=_per_cent(met) if due else None,
        deliveries_inspected=len(reported) or None,
        deliveries_accepted=len(accepted) if reported else None,
        milestones_due=len(due),
        milestones_on_time=sum(_is_on_time(milestone, law=law) for milestone in met),
    )


def _is_on_time(milestone: MilestoneFacts, *, law: Law) -> bool:
    """Tell whether a stage was reported by the working day after its last day. Law: none; house rule (IND-2)."""
    reported, grace = milestone.reported_at, int(law.number("IND-2.in-time"))
    return reported is not None and local_date(reported) <= add_working_days(milestone.due_on, grace)


def _per_cent(milestones: list[MilestoneFacts]) -> Decimal:
    return round_half_up(sum((milestone.share for milestone in milestones), Decimal(0)) * 100)
