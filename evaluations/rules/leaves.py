"""The formula of every computed leaf: a pure function of facts that gives points between 0 and the leaf's weight.

A fact is None while nobody has recorded it; the leaf then has no points of its own, and the evaluator judges it on
evidence or removes it with a reason. Points are exact fractions: nothing is rounded before the grade is known.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec

from evaluations.states import Leaf
from market.base.refusal import Said, say
from market.law.states import Law

_GROUNDS = 4
_SURVEY_PARTS = 2


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the records say about a contract so far; None is "not recorded". Money in yuan, shares 0-1."""

    # Decision
    grounds_met: int | None = None
    needs_survey_met: int | None = None
    targets: int | None = None
    targets_measurable: int | None = None
    # Process
    purchase_checks: int | None = None
    purchase_checks_passed: int | None = None
    days_to_sign: int | None = None
    working_days_to_publish: int | None = None
    payable_yuan: Decimal | None = None
    paid_yuan: Decimal | None = None
    minor_findings: int | None = None
    funds_diverted: bool = False
    staff_promised: int | None = None
    staff_present: int | None = None
    records_inspected: int | None = None
    records_complete: int | None = None
    rectifications: int | None = None
    rectifications_closed: int | None = None
    # Output
    quantity_unit: str = ""
    quantity_contracted: Decimal | None = None
    quantity_delivered: Decimal | None = None
    beneficiaries_planned: int | None = None
    beneficiaries_served: int | None = None
    deliveries_inspected: int | None = None
    deliveries_accepted: int | None = None
    complaints_upheld: int | None = None
    responsible_accident: bool = False
    milestones_due: int | None = None
    milestones_on_time: int | None = None
    unit_cost_contracted_yuan: Decimal | None = None
    unit_cost_actual_yuan: Decimal | None = None
    # Outcome
    change_promised: Decimal | None = None
    change_achieved: Decimal | None = None
    groups_planned: int | None = None
    groups_active: int | None = None
    priority_share_planned: Decimal | None = None
    priority_share_served: Decimal | None = None


Formula = Callable[[Facts, Fraction, Law], Fraction | None]
_Number = int | Decimal | None


def bounded(points: Fraction, weight: Fraction) -> Fraction:
    """Return points held between 0 and the leaf's weight."""
    return max(Fraction(0), min(weight, points))


def points_of(*, leaf: Leaf, facts: Facts, law: Law) -> Fraction | None:
    """Return a computed leaf's points in [0, weight], None when its facts are not recorded or do not apply."""
    weight = Fraction(leaf.weight)
    points = _FORMULAS[leaf.code](facts, weight, law) if leaf.code in _FORMULAS else None
    return None if points is None else bounded(points, weight)


def source_of(*, leaf: Leaf, facts: Facts) -> Said | None:
    """Return the facts a computed leaf rests on, in words with their numbers; None for other leaves."""
    words = _SOURCES.get(leaf.code)
    return Said(words.msgid, msgspec.structs.asdict(facts)) if words else None


def _of(top: _Number, bottom: _Number) -> Fraction | None:
    """Return the share of the bottom that the top reaches; None when either is unknown or there was nothing to do."""
    if top is None or bottom is None or bottom <= 0:
        return None
    return Fraction(top) / Fraction(bottom)


def _ratio(top: str, bottom: str) -> Formula:
    def formula(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
        reached = _of(getattr(facts, top), getattr(facts, bottom))
        return None if reached is None else weight * reached

    return formula


def _grounds(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
    return None if facts.grounds_met is None else weight * facts.grounds_met / _GROUNDS


def _needs_survey(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
    return None if facts.needs_survey_met is None else weight * facts.needs_survey_met / _SURVEY_PARTS


def _signed_and_published(facts: Facts, weight: Fraction, law: Law) -> Fraction | None:
    if facts.days_to_sign is None or facts.working_days_to_publish is None:
        return None
    in_time = (facts.days_to_sign <= law.number("L-11")) + (facts.working_days_to_publish <= law.number("L-12"))
    return weight * in_time / 2


def _funds(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
    if facts.funds_diverted:
        return Fraction(0)
    return None if facts.minor_findings is None else weight - facts.minor_findings


def _quantity(facts: Facts, weight: Fraction, law: Law) -> Fraction | None:
    reached = _of(facts.quantity_delivered, facts.quantity_contracted)
    if reached is None:
        return None
    return weight * reached if reached >= Fraction(law.number("IND-2.quantity-floor")) else Fraction(0)


def _safety(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
    if facts.responsible_accident:
        return Fraction(0)
    return None if facts.complaints_upheld is None else weight - facts.complaints_upheld


def _unit_cost(facts: Facts, weight: Fraction, _: Law) -> Fraction | None:
    kept = _of(facts.unit_cost_contracted_yuan, facts.unit_cost_actual_yuan)
    return None if kept is None else weight * kept


_FORMULAS: Mapping[str, Formula] = {
    "A11": _grounds,
    "A12": _needs_survey,
    "A21": _ratio("targets_measurable", "targets"),
    "B11": _ratio("purchase_checks_passed", "purchase_checks"),
    "B12": _signed_and_published,
    "B21": _ratio("paid_yuan", "payable_yuan"),
    "B22": _funds,
    "B31": _ratio("staff_present", "staff_promised"),
    "B32": _ratio("records_complete", "records_inspected"),
    "B33": _ratio("rectifications_closed", "rectifications"),
    "C11": _quantity,
    "C12": _ratio("beneficiaries_served", "beneficiaries_planned"),
    "C21": _ratio("deliveries_accepted", "deliveries_inspected"),
    "C22": _safety,
    "C31": _ratio("milestones_on_time", "milestones_due"),
    "C41": _unit_cost,
    "D11": _ratio("change_achieved", "change_promised"),
    "D12": _ratio("groups_active", "groups_planned"),
    "D31": _ratio("priority_share_served", "priority_share_planned"),
}

_SOURCES: Mapping[str, Said] = {
    "A11": say("{grounds_met} of 4 grounds are on record."),
    "A12": say("{needs_survey_met} of 2 parts of the needs survey are on record."),
    "A21": say("{targets_measurable} of {targets} targets carry number, unit and day."),
    "B11": say("{purchase_checks_passed} of {purchase_checks} checks of the purchase were passed."),
    "B12": say(
        "Signed {days_to_sign} days after the award; published {working_days_to_publish} working days after that."
    ),
    "B21": say("{paid_yuan} paid of {payable_yuan} payable to date."),
    "B22": say("{minor_findings} minor audit findings."),
    "B31": say("{staff_present} of {staff_promised} qualified staff are present."),
    "B32": say("{records_complete} of {records_inspected} inspected records are complete."),
    "B33": say("{rectifications_closed} of {rectifications} rectifications are closed."),
    "C11": say("{quantity_delivered} {quantity_unit} delivered of {quantity_contracted} {quantity_unit} contracted."),
    "C12": say("{beneficiaries_served} residents served of {beneficiaries_planned} planned."),
    "C21": say("{deliveries_accepted} of {deliveries_inspected} inspected deliveries were accepted."),
    "C22": say("{complaints_upheld} complaints were upheld."),
    "C31": say("{milestones_on_time} of {milestones_due} milestones due were met on time."),
    "C41": say("Unit cost {unit_cost_actual_yuan} against {unit_cost_contracted_yuan} contracted."),
    "D11": say("Change of {change_achieved} against {change_promised} promised."),
    "D12": say("{groups_active} active groups of {groups_planned} planned."),
    "D31": say("Share of priority groups {priority_share_served} against {priority_share_planned} planned."),
}
