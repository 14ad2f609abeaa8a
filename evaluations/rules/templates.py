"""Indicator templates: read from the data file, chosen for an evaluation, checked when somebody writes an edition."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from evaluations.rules.formulas import objections_to_formula
from evaluations.rules.leaves import AMOUNTS, FLAGS
from evaluations.rules.scoring import HUNDRED
from evaluations.states import Kind, Leaf, LeafKind, Template
from market.base.refusal import Objection, say
from market.law.states import Law

COMMON = "SH-COMM"
FOLLOW_UP = "FOLLOW-UP"
_RESULTS = ("C", "D", "E")


def templates_of(raw: Iterable[Mapping[str, Any]]) -> list[Template]:
    """Return the templates of the data file; one with a `base` says only what it keeps of it and what it replaces."""
    made: dict[str, dict[str, Any]] = {}
    for each in raw:
        made[each["code"]] = _on_base(made[each["base"]], each) if "base" in each else dict(each)
    return msgspec.convert(list(made.values()), list[Template])


def _on_base(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    replaced = {leaf["code"]: leaf for leaf in own["leaves"]}
    keep = own.get("keep")
    leaves = [
        replaced.get(leaf["code"], leaf)
        for leaf in base["leaves"]
        if keep is None or leaf["code"] in keep or leaf["branch"] in keep
    ]
    whole = {**base, **own, "leaves": leaves}
    return {name: value for name, value in whole.items() if name not in {"base", "keep"}}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition changes about one indicator of the edition before it, or a new indicator; None stays."""

    leaf: str
    weight: int | None = None
    title_zh: str | None = None
    title_en: str | None = None
    formula: str | None = None
    rule_zh: str | None = None
    rule_en: str | None = None
    removed: bool = False


def objections_to_changes(*, changes: Sequence[Change], leaves: Sequence[Leaf]) -> list[Objection]:
    """Object to an indicator that is changed twice, and to leaving out one that the edition before did not have."""
    found, before = [], {leaf.code for leaf in leaves}
    met: set[str] = set()
    for n, change in enumerate(changes):
        field = f"changes.{n}.leaf"
        if change.leaf in met:
            found.append(Objection(field, say("The indicator {leaf} stands here twice.", leaf=change.leaf)))
        elif change.removed and change.leaf not in before:
            found.append(Objection(field, say("There is no indicator {leaf} to leave out.", leaf=change.leaf)))
        met.add(change.leaf)
    return found


def changed(leaves: Sequence[Leaf], changes: Sequence[Change]) -> list[Leaf]:
    """Return the indicators of an edition: those before it as changed, without the removed, the new ones at the end.

    A new indicator stands in the branch of its first letter; it is computed when it has a formula, else judged.
    """
    by_code = {change.leaf: change for change in changes}
    kept = [_changed(leaf, by_code.pop(leaf.code, None)) for leaf in leaves]
    new = [_new(change) for change in by_code.values() if not change.removed]
    return [leaf for leaf in (*kept, *new) if leaf is not None]


def _changed(leaf: Leaf, change: Change | None) -> Leaf | None:
    if change is None:
        return leaf
    if change.removed:
        return None
    told = {name: value for name in _CHANGEABLE if (value := getattr(change, name)) is not None}
    return msgspec.structs.replace(leaf, **told)


_CHANGEABLE = ("weight", "title_zh", "title_en", "formula", "rule_zh", "rule_en")


def _new(change: Change) -> Leaf:
    title = change.title_zh or change.leaf
    return Leaf(
        code=change.leaf,
        branch=change.leaf[:1],
        group_zh=title,
        title_zh=title,
        title_en=change.title_en or title,
        weight=change.weight or 0,
        kind=LeafKind.COMPUTED if change.formula else LeafKind.JUDGED,
        rule_zh=change.rule_zh or "",
        rule_en=change.rule_en or change.rule_zh or "",
        evidence_zh="",
        formula=change.formula or "",
    )


def family_for(*, kind: Kind, category: str, known: Iterable[Template]) -> str:
    """Return the family by which an evaluation is judged: its kind's, its class of services', or the common one."""
    if kind is Kind.FOLLOW_UP:
        return FOLLOW_UP
    return next((each.family for each in known if category and each.category == category), COMMON)


def is_scored_with(template: Template) -> bool:
    """Tell whether evaluations are judged by a template's family, as `family_for` finds it."""
    return bool(template.category) or template.family in (COMMON, FOLLOW_UP)


def edition_on(*, family: str, day: date, known: Iterable[Template]) -> Template | None:
    """Return the edition of a family that is in force on a day: the newest that has begun."""
    begun = [each for each in known if each.family == family and each.in_force_from <= day]
    return max(begun, key=lambda each: each.in_force_from, default=None)


def objections_to_template(*, template: Template, known: Sequence[Template], today: date, law: Law) -> list[Objection]:
    """Object to an edition whose code or day is taken, whose weights are not a hundred, or whose leaves do not hang.

    Weights sum to 100 (a branch with points counts with these); output, outcome and satisfaction weigh in principle
    at least 60 of 100 (K-12); every computed leaf has a formula that can be computed, every other leaf has none.
    """
    return [
        *_objections_to_edition(template, known=known, today=today),
        *_objections_to_weights(template, law=law),
        *(o for n, leaf in enumerate(template.leaves) for o in _objections_to_leaf(leaf, f"leaves.{n}", template, law)),
    ]


def _objections_to_edition(template: Template, *, known: Sequence[Template], today: date) -> list[Objection]:
    found = []
    if any(each.code == template.code for each in known):
        found.append(Objection("code", say("There is an edition with the code {code} already.", code=template.code)))
    family = [each for each in known if each.family == template.family]
    if not family:
        found.append(Objection("family", say("There is no template “{family}”.", family=template.family)))
    if template.in_force_from <= today:
        words = say("An edition is in force from tomorrow or a later day on; what was planned keeps its own.")
        found.append(Objection("in_force_from", words, "K-1"))
    if any(each.in_force_from == template.in_force_from for each in family):
        found.append(Objection("in_force_from", say("An edition of this template begins on that day already.")))
    return found


def _objections_to_weights(template: Template, *, law: Law) -> list[Objection]:
    found = []
    weighs = {branch.code: branch.points or branch_weight(template, branch.code) for branch in template.branches}
    if sum(weighs.values()) != HUNDRED:
        words = say("The weights sum to {sum}; they must sum to 100.", sum=sum(weighs.values()))
        found.append(Objection("leaves", words, "K-12"))
    empty = [branch.code for branch in template.branches if not branch_weight(template, branch.code)]
    found += [Objection("leaves", say("The branch {branch} has no indicator.", branch=code)) for code in empty]
    results = sum(weight for code, weight in weighs.items() if code in _RESULTS)
    if results < HUNDRED * Fraction(law.number("K-12")):
        words = say("Output, outcome and satisfaction weigh {sum} of 100; in principle at least {least}.",
                    sum=results, least=int(law.number("K-12") * 100))  # fmt: skip
        found.append(Objection("leaves", words, "K-12"))
    return found


def branch_weight(template: Template, branch: str) -> int:
    """Return what the leaves of a branch weigh by themselves."""
    return sum(leaf.weight for leaf in template.leaves if leaf.branch == branch)


def _objections_to_leaf(leaf: Leaf, field: str, template: Template, law: Law) -> list[Objection]:
    found = []
    if sum(other.code == leaf.code for other in template.leaves) > 1:
        found.append(Objection(f"{field}.code", say("The indicator {leaf} stands here twice.", leaf=leaf.code)))
    if all(branch.code != leaf.branch for branch in template.branches):
        words = say("The indicator {leaf} stands in no branch of the template.", leaf=leaf.code)
        found.append(Objection(f"{field}.branch", words))
    if leaf.weight <= 0:
        found.append(Objection(f"{field}.weight", say("An indicator weighs at least one point.")))
    if leaf.kind is LeafKind.COMPUTED:
        found += objections_to_formula(
            written=leaf.formula, field=f"{field}.formula", amounts=AMOUNTS, flags=FLAGS, law=law
        )
    elif leaf.formula:
        found.append(Objection(f"{field}.formula", say("Only a computed indicator has a formula.")))
    if (leaf.kind is LeafKind.SURVEY) != (leaf.audience is not None):
        words = say("A survey indicator names whom it asks, and no other indicator does.")
        found.append(Objection(f"{field}.audience", words))
    return found
