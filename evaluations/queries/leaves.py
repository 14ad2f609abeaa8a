"""The indicators of an evaluation as rows: computed so far while it is unscored, as they were counted afterwards."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from evaluations.queries.templates import template_named
from evaluations.rules.leaves import Facts, points_of
from evaluations.rules.scoring import Scored, rounded, score, total
from evaluations.states import Leaf, LeafKind
from market.base.database import rows
from market.law.states import Law


class LeafRow(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator: its weight as planned and as counted, its points, and what they rest on.

    `to_judge` tells that the evaluator must give points or remove it; `points` None otherwise means removed or void.
    """

    code: str
    branch: str
    title_zh: str
    title_en: str
    weight: int
    basis: LeafKind
    counted_weight: Decimal | None
    points: Decimal | None
    counted: Decimal | None
    reason: str
    to_judge: bool


class BranchRow(msgspec.Struct, frozen=True, kw_only=True):
    """One level-1 indicator: what it weighs and what it got, each rounded from its own exact sum."""

    code: str
    weight: Decimal
    counted: Decimal


Rows = tuple[list[LeafRow], list[BranchRow]]


async def leaves_of(*, row: Mapping[str, Any], facts: Facts, law: Law) -> Rows:
    """Return every leaf in the template's order, and the branches once there is a score."""
    template = await template_named(row["template"])
    given = {r["leaf"]: r for r in await rows("SELECT * FROM leaf_score WHERE evaluation = $1", row["id"])}
    if not given:
        known = {leaf.code: points_of(leaf=leaf, facts=facts, law=law) for leaf in template.leaves}
        return [_row(leaf, known[leaf.code], None, to_judge=known[leaf.code] is None) for leaf in template.leaves], []
    points = {code: Fraction(r["exact"]) if r["exact"] is not None else None for code, r in given.items()}
    scored = score(template=template, points=points, reasons={})
    leaves = [
        _row(each.leaf, each.points, each.weight or None, given=given[each.leaf.code], to_judge=False)
        for each in scored
    ]
    return leaves, [_branch(branch.code, scored) for branch in template.branches]


def _branch(code: str, scored: list[Scored]) -> BranchRow:
    within = [each for each in scored if each.leaf.branch == code]
    return BranchRow(
        code=code,
        weight=rounded(sum((each.weight for each in within), Fraction(0))),
        counted=rounded(total(within)),
    )


def _row(
    leaf: Leaf,
    points: Fraction | None,
    weight: Fraction | None,
    given: Mapping[str, Any] | None = None,
    *,
    to_judge: bool,
) -> LeafRow:
    counted = None if points is None or weight is None else points * weight / leaf.weight
    return LeafRow(
        code=leaf.code,
        branch=leaf.branch,
        title_zh=leaf.title_zh,
        title_en=leaf.title_en,
        weight=leaf.weight,
        basis=LeafKind(given["basis"]) if given else leaf.kind,
        counted_weight=None if weight is None else rounded(weight),
        points=None if points is None else rounded(points),
        counted=None if counted is None else rounded(counted),
        reason=given["reason"] if given else "",
        to_judge=to_judge and leaf.kind is not LeafKind.SURVEY,
    )
