"""A street office's year at a glance: its money, its purchases by stage, its deadlines ahead."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from contracts.queries import outlook as contracts
from evaluations.queries import outlook as evaluations
from market.base.money import ZERO_YUAN, Yuan
from market.base.records import Deadline
from market.desk.rules import Stage, stage_of
from market.needs.queries import year as needs
from market.needs.queries.year import LineYear
from market.tendering.queries import outlook as tendering


class StageCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many purchases stand in a stage, and what their needs may cost together."""

    stage: Stage
    count: int
    budget: Yuan


class StreetYear(msgspec.Struct, frozen=True, kw_only=True):
    """One year of a street office; `years` are all for which it has money, the newest first."""

    street: str
    year: int
    years: list[int]
    lines: list[LineYear]
    total: LineYear
    stages: list[StageCount]
    deadlines: list[Deadline]


async def street_year(*, street: str, year: int | None, today: date) -> StreetYear:
    """Return a year of a street office: the one asked for if it has money, else this one; callers ask for their own."""
    every = await needs.lines_of(street=street)
    years = sorted({line.year for line in every} | {today.year}, reverse=True)
    shown = year if year in years else today.year
    lines = [line for line in every if line.year == shown]
    return StreetYear(
        street=street,
        year=shown,
        years=years,
        lines=lines,
        total=sum_of(lines, street=street, year=shown),
        stages=await stages_of_year(street=street, year=shown),
        deadlines=await deadlines_ahead(street=street, today=today),
    )


def sum_of(lines: Sequence[LineYear], *, street: str, year: int) -> LineYear:
    """Return budget lines added up."""
    return LineYear(
        code="",
        url="/budget",
        street=street,
        year=year,
        title="",
        amount=sum((line.amount for line in lines), ZERO_YUAN),
        reserved=sum((line.reserved for line in lines), ZERO_YUAN),
        committed=sum((line.committed for line in lines), ZERO_YUAN),
        paid=sum((line.paid for line in lines), ZERO_YUAN),
        free=sum((line.free for line in lines), ZERO_YUAN),
    )


async def stages_of_year(*, street: str, year: int) -> list[StageCount]:
    """Return every stage with its purchases of a year, the earliest stage first; none is left out."""
    purchases = await needs.purchases_of(street=street, year=year)
    codes = [purchase.code for purchase in purchases]
    tenders = await tendering.stages_of(needs=codes)
    signed = await contracts.stages_of(needs=codes)
    count: Counter[Stage] = Counter()
    budget: dict[Stage, Decimal] = dict.fromkeys(Stage, ZERO_YUAN)
    for purchase in purchases:
        stage = stage_of(need=purchase.state, tender=tenders.get(purchase.code), contract=signed.get(purchase.code))
        count[stage] += 1
        budget[stage] += purchase.budget
    return [StageCount(stage=stage, count=count[stage], budget=budget[stage]) for stage in Stage]


async def deadlines_ahead(*, street: str, today: date) -> list[Deadline]:
    """Return every day ahead of a street's records and every day that is over and not kept, the earliest first."""
    found = [
        *await tendering.deadlines_of(street=street, today=today),
        *await contracts.deadlines_of(street=street),
        *await evaluations.deadlines_of(street=street),
    ]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.lane, deadline.url))
