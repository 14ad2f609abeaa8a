"""Reads of the law: what holds on a day in a place, the provisions as their pages show them, the holiday lists.

The provisions are few and rarely added, so each process keeps them and asks the database only whether any came.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

import msgspec

from market.base.calendar import Lists, is_supposed, keep, local_date
from market.base.database import DB, Row, one, rows
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.law.rules import NamedDay, law_of, state_of, turning_days
from market.law.states import Act, Law, Provision, State, Unit, Verification
from market.people.states import User

PAGE = 100
_MOST_LAWS = 256
_LONGEST_ID = 18
_DAY = timedelta(days=1)


class ProvisionLine(msgspec.Struct, frozen=True, kw_only=True):
    """One provision with its days, `last_on` among them; `holds`: it is the one that counts today, city-wide."""

    title_zh: str
    title_en: str
    article: str
    value: Decimal | None
    unit: Unit
    scope: str
    in_force_from: date
    in_force_until: date | None
    last_on: date | None
    verification: Verification
    house_rule: bool
    by_reference: bool
    note: str
    state: State
    holds: bool


class RuleCard(Record, frozen=True, kw_only=True):
    """A rule with all its provisions, the one that counts today first, then the newest."""

    title_zh: str
    title_en: str
    provisions: list[ProvisionLine]


class RuleLine(Record, frozen=True, kw_only=True):
    """A rule in the list, with the provision that counts today, or its last one when none does."""

    provision: ProvisionLine


class _Kept:
    """What this process remembers of the provisions: of which database, and by which mark."""

    key: tuple[str, int] = ("", 0)
    provisions: tuple[Provision, ...] = ()
    laws: ClassVar[OrderedDict[tuple[date, str, str], Law]] = OrderedDict()
    turns: tuple[date, ...] = ()
    scopes: frozenset[str] = frozenset()


MARK = "((SELECT coalesce(max(id), 0) FROM provision) * 65536 + (SELECT coalesce(max(id), 0) FROM holiday_list))"
"""SQL that tells whether any provision or holiday list came: a statement that asks something else may ask it along.

It is then handed on as `mark`.
The last numbers are enough, since whoever adds to them holds one lock until the commit (`actions.alone`).
"""


async def all_provisions(*, mark: int | None = None) -> tuple[Provision, ...]:
    """Return every provision in the order of the rules' table, those added later at the end.

    `mark` is what `MARK` answered in the caller's own statement just now, which spares a round trip.
    """
    if mark is None:
        found = await one(f"SELECT {MARK} AS law_mark")
        mark = found["law_mark"] if found else 0
    key = (str(DB.config.get("dsn")), mark)
    # Who supposes a list that may still be taken back goes on with what is kept.
    if key != _Kept.key and not is_supposed():
        loaded = await rows(
            "SELECT rule AS id, title_zh, title_en, article, value, unit, scope, in_force_from, in_force_until,"
            " verification, house_rule, note FROM provision ORDER BY provision.id"
        )
        lists = await issued_lists()
        _Kept.provisions = tuple(msgspec.convert([_plain(row) for row in loaded], list[Provision]))
        _Kept.laws = OrderedDict()
        _Kept.turns = turning_days(_Kept.provisions)
        _Kept.scopes = frozenset(provision.scope for provision in _Kept.provisions)
        _Kept.key = key
        keep(lists)
    return _Kept.provisions


def _plain(row: Row) -> Row:
    """Return a row whose value is written out: the driver gives 500000 back as 5.0E+5."""
    value = row["value"]
    return row if value is None else {**row, "value": Decimal(format(value, "f"))}


async def issued_lists() -> Lists:
    """Return the holiday lists that were taken in: the newest of each year."""
    found = await rows(
        "SELECT l.year, d.day, d.works FROM holiday_list l JOIN calendar_day d ON d.holiday_list = l.id"
        " WHERE l.id IN (SELECT max(id) FROM holiday_list GROUP BY year) ORDER BY l.year, d.day"
    )
    return Lists(years=frozenset(row["year"] for row in found), days={row["day"]: row["works"] for row in found})


async def law_on(*, day: date, district: str = "", street: str = "", mark: int | None = None) -> Law:
    """Return the provisions in force on a day in a place; the nearest scope wins, then the newest.

    A street is in its district, whether the caller names that or not.
    """
    provisions = await all_provisions(mark=mark)
    if street and not district and any(scope.startswith("district:") for scope in _Kept.scopes):
        district = await _district_of(street)
    # Between two turning days the law is the same, and in a place that no provision names it is everybody's.
    since = bisect_right(_Kept.turns, day)
    first = _Kept.turns[since - 1] if since else date.min
    here = (
        district if f"district:{district}" in _Kept.scopes else "",
        street if f"street:{street}" in _Kept.scopes else "",
    )
    wanted = (first, *here)
    law = _Kept.laws.get(wanted)
    if law is None:
        law = _Kept.laws[wanted] = law_of(provisions=provisions, day=first, district=here[0], street=here[1])
        if len(_Kept.laws) > _MOST_LAWS:
            _Kept.laws.popitem(last=False)
    return law


async def _district_of(street: str) -> str:
    found = await one("SELECT district FROM organization WHERE code = $1", street)
    return found["district"] if found else ""


async def laws_on(*, places: Iterable[tuple[date, str, str]]) -> dict[tuple[date, str, str], Law]:
    """Return the law of each day, district and street, asking the database once for all of them."""
    provisions = await all_provisions()
    return {
        (day, district, street): law_of(provisions=provisions, day=day, district=district, street=street)
        for day, district, street in set(places)
    }


async def citations_on(now: datetime) -> Law:
    """Return the law of the present day, for showing beside deadlines and refusals."""
    return await law_on(day=local_date(now))


async def rule_for(*, rule: str, user: User, day: date) -> RuleCard:
    """Return a rule with all its provisions. Raises NotFound."""
    provisions = await all_provisions()
    mine = [provision for provision in provisions if provision.id == rule]
    if not mine:
        raise NotFound
    holding = (await law_on(day=day)).get(rule)
    lines = sorted((_line(provision, mine, holding, day) for provision in mine), key=_newest_first, reverse=True)
    return RuleCard(
        code=rule,
        state=str(lines[0].state),
        url=f"/law/{rule}",
        acts=acts_for(kind="provision", code=rule, state=str(lines[0].state), by=user),
        title_zh=lines[0].title_zh,
        title_en=lines[0].title_en,
        provisions=lines,
    )


def _newest_first(line: ProvisionLine) -> tuple[bool, date]:
    return line.holds, line.in_force_from


def _line(provision: Provision, siblings: list[Provision], holding: Provision | None, day: date) -> ProvisionLine:
    superseded = any(
        other.scope == provision.scope and provision.in_force_from < other.in_force_from <= day for other in siblings
    )
    return ProvisionLine(
        title_zh=provision.title_zh,
        title_en=provision.title_en,
        article=provision.article,
        value=provision.value,
        unit=provision.unit,
        scope=provision.scope,
        in_force_from=provision.in_force_from,
        in_force_until=provision.in_force_until,
        last_on=provision.in_force_until - _DAY if provision.in_force_until else None,
        verification=provision.verification,
        house_rule=provision.house_rule,
        by_reference=provision.by_reference,
        note=provision.note,
        state=State.EXPIRED if superseded else state_of(provision=provision, day=day),
        holds=provision is holding,
    )


async def rules_page(
    *, day: date, words: str | None = None, mark: str | None = None, after: str | None = None
) -> Listing[RuleLine]:
    """Return the rules in the order of their table, 100 a page; `words` searches id, article and titles.

    `mark` keeps those whose provision bears this verification mark; the cursor is the last rule's id.
    """
    provisions = await all_provisions()
    law = await law_on(day=day)
    of_rule: dict[str, list[Provision]] = {}
    for provision in provisions:
        of_rule.setdefault(provision.id, []).append(provision)
    lines: list[RuleLine] = []
    begun = after is None or after not in of_rule
    for rule, mine in of_rule.items():
        shown = law.get(rule) or mine[-1]
        if begun and _answers(shown, words=words, mark=mark):
            line = _line(shown, mine, law.get(rule), day)
            lines.append(RuleLine(code=rule, state=str(line.state), url=f"/law/{rule}", provision=line))
        begun = begun or rule == after
    return Listing(items=lines[:PAGE], next=lines[PAGE - 1].code if len(lines) > PAGE else None)


def _answers(provision: Provision, *, words: str | None, mark: str | None) -> bool:
    if mark and provision.verification != mark:
        return False
    text = f"{provision.id} {provision.article} {provision.title_zh} {provision.title_en}".casefold()
    return all(word in text for word in (words or "").casefold().split())


async def waiting_for(*, user: User, now: datetime) -> list[Waiting]:  # noqa: ARG001  every room's signature
    """Return nothing: the law waits for nobody."""
    return []


class MovedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A provisional deadline that a list moved: of which record, which one, from where to where."""

    code: str
    what: str
    before: date
    after: date


class HolidayListCard(Record, frozen=True, kw_only=True):
    """A year's holiday list as it was taken in: the days it names, and the deadlines it moved."""

    year: int
    document: str
    days: list[NamedDay]
    imported_at: datetime
    moved: list[MovedDeadline]


class HolidayListLine(Record, frozen=True, kw_only=True):
    """A list in the list of lists."""

    year: int
    document: str
    imported_at: datetime


_LISTS = """
    SELECT l.id, 'CAL-' || l.id AS code, l.year, l.document, l.imported_at,
        CASE WHEN l.id = (SELECT max(id) FROM holiday_list x WHERE x.year = l.year) THEN 'issued' ELSE 'replaced' END
        AS state
    FROM holiday_list l
"""


async def calendar_page(*, after: str | None = None) -> Listing[HolidayListLine]:
    """Return the holiday lists taken in, newest first."""
    before = int(after) if after and after.isdecimal() and len(after) < _LONGEST_ID else None
    found = await rows(f"{_LISTS} WHERE $1::bigint IS NULL OR l.id < $1 ORDER BY l.id DESC LIMIT $2", before, PAGE + 1)
    lines = [msgspec.convert({**row, "url": f"/calendar/{row['code']}"}, HolidayListLine) for row in found[:PAGE]]
    return Listing(items=lines, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


async def calendar_for(*, code: str) -> HolidayListCard:
    """Return one list with its days and the deadlines it moved, at most a page of them. Raises NotFound."""
    row = await one(f"{_LISTS} WHERE 'CAL-' || l.id = $1", code)
    if row is None:
        raise NotFound
    days = await rows("SELECT day, works FROM calendar_day WHERE holiday_list = $1 ORDER BY day", row["id"])
    moved = await rows(
        "SELECT code, detail ->> 'what' AS what, detail ->> 'before' AS before, detail ->> 'after' AS after"
        " FROM ledger_event WHERE tag = $1 AND at = $2 AND detail ->> 'list' = $3 ORDER BY id LIMIT $4",
        f"law:{Act.MOVE_DEADLINE}",
        row["imported_at"],
        code,
        PAGE,
    )
    return msgspec.convert(
        {**row, "url": f"/calendar/{code}", "days": days, "moved": [dict(each) for each in moved]}, HolidayListCard
    )
