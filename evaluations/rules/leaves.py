"""The facts behind the computed leaves, and the points that a leaf's formula makes of them, 0 to the leaf's weight.

A fact is None while nobody has recorded it; the leaf then has no points of its own, and the evaluator judges it on
evidence or removes it with a reason. Points are exact fractions: nothing is rounded before the grade is known.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec

from evaluations.rules import formulas
from evaluations.states import Leaf
from market.base.refusal import Said, say
from market.law.states import Law


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
    # What a class of services is judged by beside these
    spot_checks: int | None = None
    spot_checks_passed: int | None = None
    case_files: int | None = None
    case_files_complete: int | None = None
    protection_breached: bool = False
    cases_closed: int | None = None
    cases_goal_reached: int | None = None
    attendance: int | None = None
    capacity: int | None = None
    regular_share: Decimal | None = None
    regular_share_promised: Decimal | None = None
    disputes_taken: int | None = None
    disputes_settled: int | None = None
    disputes_not_back: int | None = None
    agreements_written: int | None = None
    confidence_breached: bool = False


def bounded(points: Fraction, weight: Fraction) -> Fraction:
    """Return points held between 0 and the leaf's weight."""
    return max(Fraction(0), min(weight, points))


def points_of(*, leaf: Leaf, facts: Facts, law: Law) -> Fraction | None:
    """Return a computed leaf's points in [0, weight], None when its facts are not recorded or do not apply."""
    weight = Fraction(leaf.weight)
    reached = formulas.points(written=leaf.formula, facts=facts, weight=weight, law=law) if leaf.formula else None
    return None if reached is None else bounded(reached, weight)


def source_of(*, leaf: Leaf, facts: Facts) -> Said | None:
    """Return the facts a computed leaf rests on, in words with their numbers; None for other leaves."""
    parsed = formulas.parse(leaf.formula)
    if parsed is None:
        return None
    words = _SOURCES.get(parsed.places[0])
    if words is not None:
        return Said(words.msgid, msgspec.structs.asdict(facts))
    # Beside facts a formula names numbers, provisions and flags, which are no amounts on record.
    top, *rest = (getattr(facts, place) for place in parsed.places if place in AMOUNTS)
    if not rest:
        return say("{amount} on record.", amount=top)
    return say("{top} against {bottom} on record.", top=top, bottom=rest[0])


def facts_behind(leaf: Leaf) -> tuple[str, ...]:
    """Return the names of the facts that a computed leaf's formula asks for."""
    parsed = formulas.parse(leaf.formula)
    return tuple(place for place in parsed.places if place in AMOUNTS | FLAGS) if parsed else ()


AMOUNTS = frozenset(f.name for f in msgspec.structs.fields(Facts) if f.type not in (bool, str))
FLAGS = frozenset(f.name for f in msgspec.structs.fields(Facts) if f.type is bool)

# The words of a formula by the fact that stands first in it.
_SOURCES: Mapping[str, Said] = {
    "grounds_met": say("{grounds_met} of 4 grounds are on record."),
    "needs_survey_met": say("{needs_survey_met} of 2 parts of the needs survey are on record."),
    "targets_measurable": say("{targets_measurable} of {targets} targets carry number, unit and day."),
    "purchase_checks_passed": say("{purchase_checks_passed} of {purchase_checks} checks of the purchase were passed."),
    "days_to_sign": say(
        "Signed {days_to_sign} days after the award; published {working_days_to_publish} working days after that."
    ),
    "paid_yuan": say("{paid_yuan} paid of {payable_yuan} payable to date."),
    "minor_findings": say("{minor_findings} minor audit findings."),
    "staff_present": say("{staff_present} of {staff_promised} qualified staff are present."),
    "records_complete": say("{records_complete} of {records_inspected} inspected records are complete."),
    "rectifications_closed": say("{rectifications_closed} of {rectifications} rectifications are closed."),
    "quantity_delivered": say(
        "{quantity_delivered} {quantity_unit} delivered of {quantity_contracted} {quantity_unit} contracted."
    ),
    "beneficiaries_served": say("{beneficiaries_served} residents served of {beneficiaries_planned} planned."),
    "deliveries_accepted": say("{deliveries_accepted} of {deliveries_inspected} inspected deliveries were accepted."),
    "complaints_upheld": say("{complaints_upheld} complaints were upheld."),
    "milestones_on_time": say("{milestones_on_time} of {milestones_due} milestones due were met on time."),
    "unit_cost_contracted_yuan": say(
        "Unit cost {unit_cost_actual_yuan} against {unit_cost_contracted_yuan} contracted."
    ),
    "change_achieved": say("Change of {change_achieved} against {change_promised} promised."),
    "groups_active": say("{groups_active} active groups of {groups_planned} planned."),
    "priority_share_served": say(
        "Share of priority groups {priority_share_served} against {priority_share_planned} planned."
    ),
    "spot_checks_passed": say("{spot_checks_passed} of {spot_checks} spot checks were passed."),
    "case_files_complete": say("{case_files_complete} of {case_files} case files are complete."),
    "cases_goal_reached": say("{cases_goal_reached} of {cases_closed} closed cases reached their goal."),
    "attendance": say("{attendance} people came where there was room for {capacity}."),
    "agreements_written": say("{agreements_written} of {disputes_settled} settlements are agreed in writing."),
    "disputes_not_back": say("{disputes_not_back} of {disputes_taken} disputes were settled and did not come back."),
}
