"""From leaves to a grade: weights re-spread over removed leaves, the exact sum, half-up rounding, half-open bands.

The grade follows from the unrounded sum; what a reader sees is rounded half up to two decimals. A leaf that does not
apply gives its weight to the other leaves of its branch in proportion; a branch that is left without any leaf gives
its weight to all others, so that every score stays a score out of 100.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec

from evaluations.rules.leaves import bounded
from evaluations.states import Grade, Leaf, LeafKind, Template
from market.base.refusal import Objection, say
from market.law.states import Law

HUNDRED = Fraction(100)
SHORTEST_REASON = 5
_CENTS = 100


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What the evaluator says of one leaf: points with a sentence of reason, or that it does not apply and why."""

    leaf: str
    points: Decimal | None = None
    removed: bool = False
    reason: str = ""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """One leaf's result: its own weight and points, and what both became after removals."""

    leaf: Leaf
    points: Fraction | None
    weight: Fraction
    counted: Fraction
    reason: str = ""


def rounded(points: Fraction) -> Decimal:
    """Return points rounded half up to two decimals; never used before the grade is decided.

    >>> rounded(Fraction(89995, 1000))
    Decimal('90.00')
    """
    return (Decimal((points * _CENTS * 2 + 1) // 2) / _CENTS).quantize(Decimal("0.01"))


def spread(*, template: Template, removed: frozenset[str]) -> dict[str, Fraction]:
    """Return the weight of every leaf that stays; the weights sum to 100 whatever was removed.

    A branch with points of its own has its leaves re-scaled to them, as the self-evaluation has (K-13).
    Raises ValueError when nothing stays.
    """
    stays = [leaf for leaf in template.leaves if leaf.code not in removed]
    if not stays:
        raise ValueError("at least one leaf must stay")
    within: dict[str, Fraction] = {}
    for branch in template.branches:
        whole = branch.points or sum(leaf.weight for leaf in template.leaves if leaf.branch == branch.code)
        left = sum(leaf.weight for leaf in stays if leaf.branch == branch.code)
        within.update({leaf.code: Fraction(leaf.weight * whole, left) for leaf in stays if leaf.branch == branch.code})
    total = sum(within.values(), Fraction(0))
    return {code: weight * HUNDRED / total for code, weight in within.items()}


def score(*, template: Template, points: Mapping[str, Fraction | None], reasons: Mapping[str, str]) -> list[Scored]:
    """Return every leaf's result in the template's order; points None (or missing) means removed."""
    removed = frozenset(leaf.code for leaf in template.leaves if points.get(leaf.code) is None)
    weights = spread(template=template, removed=removed)
    return [_scored(leaf, points.get(leaf.code), weights, reasons.get(leaf.code, "")) for leaf in template.leaves]


def _scored(leaf: Leaf, points: Fraction | None, weights: Mapping[str, Fraction], reason: str) -> Scored:
    if points is None:
        return Scored(leaf=leaf, points=None, weight=Fraction(0), counted=Fraction(0), reason=reason)
    own = Fraction(leaf.weight)
    points = bounded(points, own)
    weight = weights[leaf.code]
    return Scored(leaf=leaf, points=points, weight=weight, counted=points * weight / own, reason=reason)


def total(scored: list[Scored]) -> Fraction:
    """Return the exact sum of all leaves, 0-100."""
    return sum((each.counted for each in scored), Fraction(0))


def grade_of(*, exact: Fraction, law: Law, vetoed: bool) -> Grade:
    """Return the grade of an exact score; a veto makes it poor.

    Half-open bands: 89.999… is good although it is shown as 90.00. Law: 财预〔2020〕10号.
    """
    if vetoed:
        return Grade.POOR
    for grade in (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR):
        if exact >= Fraction(law.number(f"K-6.{grade}")):
            return grade
    return Grade.POOR


def objections_to_scores(
    *, template: Template, known: Mapping[str, Fraction | None], judged: list[Judged]
) -> list[Objection]:
    """Object to what the evaluator typed: an unknown, doubled or computed leaf, points outside, missing reasons, gaps.

    `known` are the leaves with points from records or the survey; all others must be judged or removed.
    """
    found: list[Objection] = []
    seen: set[str] = set()
    for number, each in enumerate(judged):
        field = f"scores.{number}"
        leaf = template.leaf(each.leaf)
        if leaf is None:
            found.append(Objection(f"{field}.leaf", say("The template has no indicator “{leaf}”.", leaf=each.leaf)))
            continue
        if each.leaf in seen:
            found.append(Objection(f"{field}.leaf", say("The indicator {leaf} stands here twice.", leaf=each.leaf)))
        seen.add(each.leaf)
        found.extend(_objections_to_one(each, leaf, field, known=known.get(leaf.code)))
    missing = [leaf for leaf in template.leaves if known.get(leaf.code) is None and leaf.code not in seen]
    found.extend(
        Objection("scores", say("The indicator {leaf} still needs points and a reason.", leaf=leaf.code), "K-5")
        for leaf in missing
        if leaf.kind is not LeafKind.SURVEY
    )
    if not found and all(each.removed for each in judged) and not any(p is not None for p in known.values()):
        found.append(Objection("scores", say("At least one indicator must be scored.")))
    return found


def objections_to_changes(
    *, template: Template, judged_before: frozenset[str], changes: list[Judged], is_evaluator: bool
) -> list[Objection]:
    """Object to points changed after a reply by anybody but the evaluator, or that were never judged."""
    if changes and not is_evaluator:
        return [Objection("changes", say("Only the evaluator changes points."), "K-17")]
    found: list[Objection] = []
    for number, each in enumerate(changes):
        leaf = template.leaf(each.leaf)
        if leaf is None or each.leaf not in judged_before:
            words = say("Only judged indicators can be changed, and {leaf} was not judged.", leaf=each.leaf)
            found.append(Objection(f"changes.{number}.leaf", words))
            continue
        found.extend(_objections_to_one(each, leaf, f"changes.{number}", known=None))
    if len({each.leaf for each in changes}) < len(changes):
        found.append(Objection("changes", say("An indicator stands here twice.")))
    return found


def _objections_to_one(each: Judged, leaf: Leaf, field: str, *, known: Fraction | None) -> list[Objection]:
    found: list[Objection] = []
    if leaf.kind is LeafKind.SURVEY:
        found.append(Objection(f"{field}.points", say("{leaf} comes from the survey alone.", leaf=leaf.code), "K-8"))
    elif known is not None and not each.removed:
        words = say("{leaf} is computed from records; nobody types its points.", leaf=leaf.code)
        found.append(Objection(f"{field}.points", words))
    elif not each.removed:
        found.extend(_objections_to_points(each, leaf, f"{field}.points"))
    if len(each.reason.strip()) < SHORTEST_REASON:
        found.append(Objection(f"{field}.reason", say("Give the reason in a sentence."), "K-5"))
    return found


def _objections_to_points(each: Judged, leaf: Leaf, field: str) -> list[Objection]:
    if each.points is None:
        return [Objection(field, say("{leaf} needs points.", leaf=leaf.code))]
    if not 0 <= each.points <= leaf.weight:
        words = say("{leaf} has between 0 and {most} points.", leaf=leaf.code, most=leaf.weight)
        return [Objection(field, words)]
    if leaf.whole and each.points != each.points.to_integral_value():
        return [Objection(field, say("{leaf} is judged in whole points.", leaf=leaf.code))]
    if each.points != each.points.quantize(Decimal("0.01")):
        return [Objection(field, say("Points have at most two decimals."))]
    return []
