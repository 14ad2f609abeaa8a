"""The search of the directory: words and facets, in the order of pinyin, page by page, with bounded counts.

Words and what an organization is stand in its profile's own columns under GIN indexes, the order in a third: for a
rare word PostgreSQL gathers and sorts the few, for a common one it walks along the order and stops after a page.
What an authority recorded counts on the day of asking, so it is asked of the standings themselves.
"""

import re
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import msgspec

from catalogs.rules.searches import StandingFacet, Wanted, begun_after
from catalogs.states import BARS, StandingKind
from market.base.database import Row, rows, transaction
from market.base.records import Listing, Record
from market.base.searching import answering
from market.base.terms import sought
from market.law.queries import MARK, law_on

PAGE = 50
MOST_COUNTED = 5_000
"""Up to so many are counted; beyond, counts say "at least"."""

_IDENTITY = "(SELECT * FROM organization WHERE id = {}.organization LIMIT 1)"
"""Who a profile is of, looked up one by one: for a page that beats reading all, which a join might choose."""
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)


class OrganizationLine(Record, frozen=True, kw_only=True):
    """An organization in the directory's list, with its grade and whether it is a hub or barred, today."""

    name: str
    name_en: str
    kind: str
    categories: list[str]
    service_areas: str
    grade: str
    is_hub: bool
    is_barred: bool


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """One value by which a search may be narrowed, and how many would remain."""

    value: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """How many answer a search, and how many of them by each facet's values; at most `most` were looked at."""

    total: int
    most: int
    facets: dict[str, list[Facet]]

    @property
    def is_partial(self) -> bool:
        """Tell whether there are more than were looked at."""
        return self.total > self.most


class _Asked:
    """A search as SQL: conditions on the profile `p`, with the arguments that they name."""

    def __init__(self, wanted: Wanted, *, on: date, grade_years: int, penalty_years: int) -> None:
        self.args: list[Any] = []
        self._on = self.arg(on, "date")
        self._graded = self.arg(begun_after(on=on, years=grade_years), "date")
        self._punished = self.arg(begun_after(on=on, years=penalty_years), "date")
        self._bars = self.arg([kind for kind in BARS if kind != StandingKind.SERIOUS_ILLEGALITY], "varchar[]")
        conditions = [f"p.marks @> {self.arg(wanted.marks(), 'varchar[]')}", self._words(wanted.q)]
        if wanted.grade:
            conditions.append(
                _with(f"s.value = {self.arg(wanted.grade)} AND {self.graded()} AND s.id = ({self.last_grade('s')})")
            )
        if wanted.hub:
            conditions.append(_with(self.hub()))
        if wanted.standing == StandingFacet.BARRED:
            conditions.append(_with(self.barred()))
        elif wanted.standing == StandingFacet.ABNORMAL:
            conditions.append(_with(self.abnormal()))
        elif wanted.standing:
            against = f"s.organization = p.organization AND ({self.barred()} OR {self.abnormal()})"
            conditions.append(f"NOT EXISTS (SELECT 1 FROM standing s WHERE {against})")  # noqa: S608
        self.where = " AND ".join(conditions)

    def arg(self, value: Any, kind: str = "varchar") -> str:
        self.args.append(value)
        return f"${len(self.args)}::{kind}"

    def _words(self, q: str) -> str:
        if not q:
            return "true"
        looked_for = sought(q)
        if looked_for is None:
            return "false"
        condition, ways = answering(looked_for, column="p.terms", first=len(self.args) + 1)
        self.args += ways
        return condition

    def used(self) -> str:
        """Return what is always true and names the arguments of the day, for a statement that asks no standing."""
        return f"num_nulls({self._on}, {self._graded}, {self._punished}, {self._bars}) = 0"

    def _counts(self, s: str) -> str:
        return (
            f"{s}.from_on <= {self._on} AND ({s}.lifted_on IS NULL OR {s}.lifted_on > {self._on})"
            f" AND ({s}.until_on IS NULL OR {s}.until_on > {self._on})"
        )

    def graded(self, s: str = "s") -> str:
        """Return that a grade counts: for its own term or, without one, for the years of X-8."""
        lasts = f"({s}.until_on IS NOT NULL OR {s}.from_on > {self._graded})"
        return f"{s}.kind = 'grade' AND {self._counts(s)} AND {lasts}"

    def last_grade(self, of: str, column: str = "id") -> str:
        """Return the grade of a row's organization that counts: the one begun last, looked up by the organization."""
        return (
            f"SELECT g.{column} FROM standing g WHERE g.organization = {of}.organization AND {self.graded('g')}"  # noqa: S608
            " ORDER BY g.from_on DESC, g.id DESC LIMIT 1"
        )

    def hub(self, s: str = "s") -> str:
        return f"{s}.kind = 'hub' AND {self._counts(s)}"

    def abnormal(self, s: str = "s") -> str:
        return f"{s}.kind = 'abnormal' AND {self._counts(s)}"

    def barred(self, s: str = "s") -> str:
        """Return that it bars: a list as long as one is on it, a penalty for the years of P-06 at most."""
        punished = f"{s}.kind = 'serious-illegality' AND {s}.from_on > {self._punished}"
        return f"({s}.kind = ANY ({self._bars}) OR {punished}) AND {self._counts(s)}"


def _with(held: str) -> str:
    """Return that an organization has a standing of which this holds."""
    return f"p.organization IN (SELECT s.organization FROM standing s WHERE {held})"  # noqa: S608  our own words


async def _asked(wanted: Wanted, *, on: date) -> _Asked:
    """Return a search as SQL, inside a transaction that plans every statement for the very words that are asked.

    A plan kept for any words takes a rare word for a common one. The law's mark comes with the same round trip.
    """
    (row,) = await rows(f"SELECT set_config('plan_cache_mode', 'force_custom_plan', true), {MARK} AS law_mark")
    law = await law_on(day=on, mark=row["law_mark"])
    return _Asked(wanted, on=on, grade_years=int(law.number("X-8")), penalty_years=int(law.number("P-06.record")))


def place_of(after: str | None) -> tuple[str, int] | None:
    """Return the place after which a cursor goes on; nothing when it is none."""
    number, _, key = (after or "").partition(".")
    return (key, int(number)) if key and _NUMBER.fullmatch(number) else None


async def answers_to(sql: str, *args: Any) -> list[Row]:
    """Run the statement of a search."""
    return await rows(sql, *args)


async def organizations_page(*, wanted: Wanted, on: date, after: str | None = None) -> Listing[OrganizationLine]:
    """Return organizations in the order of pinyin, 50 a page; offices and authorities only when their kind is asked."""
    async with transaction():
        asked = await _asked(wanted, on=on)
        where = asked.where
        if place := place_of(after):
            key, number = asked.arg(place[0]), asked.arg(place[1], "bigint")
            where += f' AND (p.sort_key COLLATE "C", p.id) > ({key} COLLATE "C", {number})'
        found = await answers_to(
            "SELECT o.code, 'registered' AS state, o.name, o.name_en, o.kind, f.categories, f.service_areas,"  # noqa: S608
            " '/organizations/' || o.code AS url, f.id, f.sort_key,"
            f" coalesce(({asked.last_grade('f', 'value')}), '') AS grade,"
            f" EXISTS (SELECT 1 FROM standing s WHERE s.organization = f.organization AND {asked.hub()}) AS is_hub,"
            f" EXISTS (SELECT 1 FROM standing s WHERE s.organization = f.organization AND {asked.barred()})"
            " AS is_barred"
            " FROM (SELECT p.id, p.sort_key, p.organization, p.categories, p.service_areas FROM profile p"
            f' WHERE {where} ORDER BY p.sort_key COLLATE "C", p.id LIMIT {PAGE + 1}) f'
            f' JOIN LATERAL {_IDENTITY.format("f")} o ON true ORDER BY f.sort_key COLLATE "C", f.id',
            *asked.args,
        )
    shown = found[:PAGE]
    following = f"{shown[-1]['id']}.{shown[-1]['sort_key']}" if len(found) > PAGE else None
    return Listing(items=msgspec.convert(shown, list[OrganizationLine]), next=following)


async def facets_of(*, wanted: Wanted, on: date) -> Facets:
    """Return by what a search may be narrowed, counted among the first so many that answer it."""
    async with transaction():
        asked = await _asked(wanted, on=on)
        found = await answers_to(
            "WITH hit AS MATERIALIZED (SELECT p.organization, p.marks FROM profile p"  # noqa: S608  our own words
            f" WHERE {asked.where} LIMIT {MOST_COUNTED + 1}),"
            f" held AS MATERIALIZED (SELECT s.*, {asked.graded()} AS graded, {asked.hub()} AS hub,"
            f" {asked.barred()} AS barred, {asked.abnormal()} AS abnormal FROM hit"
            " JOIN standing s USING (organization)),"
            " grade AS (SELECT DISTINCT ON (organization) value FROM held WHERE graded"
            " ORDER BY organization, from_on DESC, id DESC)"
            " SELECT 'total' AS facet, '' AS value, count(*) AS count FROM hit"
            " UNION ALL SELECT split_part(mark, ':', 1), substr(mark, strpos(mark, ':') + 1), count(*)"
            " FROM hit, unnest(marks) AS mark WHERE strpos(mark, ':') > 0 GROUP BY 1, 2"
            " UNION ALL SELECT 'grade', value, count(*) FROM grade GROUP BY 2"
            " UNION ALL SELECT 'hub', 'yes', count(DISTINCT organization) FROM held WHERE hub"
            " UNION ALL SELECT 'standing', 'barred', count(DISTINCT organization) FROM held WHERE barred"
            " UNION ALL SELECT 'standing', 'abnormal', count(DISTINCT organization) FROM held WHERE abnormal"
            " UNION ALL SELECT 'standing', 'clear', (SELECT count(*) FROM hit) - count(DISTINCT organization) FROM held"
            " WHERE barred OR abnormal ORDER BY 3 DESC, 2",
            *asked.args,
        )
    facets: dict[str, list[Facet]] = defaultdict(list)
    for row in found:
        if row["count"]:
            facets[row["facet"]].append(Facet(value=row["value"], count=row["count"]))
    (total,) = facets.pop("total", [Facet(value="", count=0)])
    return Facets(total=total.count, most=MOST_COUNTED, facets=dict(facets))


async def new_names(*, wanted: Wanted, on: date, since: datetime, until: datetime) -> tuple[int, list[str]]:
    """Return how many answer whose profile came or changed between two moments, and the first three by name."""
    async with transaction():
        asked = await _asked(wanted, on=on)
        changed = (
            f"p.changed_at > {asked.arg(since, 'timestamptz')} AND p.changed_at <= {asked.arg(until, 'timestamptz')}"
        )
        found = await answers_to(
            "WITH hit AS (SELECT p.organization, p.sort_key, p.id FROM profile p"  # noqa: S608  our own words
            f" WHERE {asked.where} AND {changed} LIMIT {MOST_COUNTED})"
            f" SELECT o.name, count(*) OVER () AS count FROM hit JOIN LATERAL {_IDENTITY.format('hit')} o ON true"
            f' WHERE {asked.used()} ORDER BY hit.sort_key COLLATE "C", hit.id LIMIT 3',
            *asked.args,
        )
    return (found[0]["count"] if found else 0), [row["name"] for row in found]
