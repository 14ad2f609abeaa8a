"""The deeds of the law room: provisions and holiday lists are added, never changed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from market.base.calendar import local_date, supposing
from market.base.database import rows, transaction
from market.base.ledger import record
from market.base.records import Reader
from market.base.refusal import refuse_if, say
from market.law import rules
from market.law.queries import HolidayListCard, RuleCard, all_provisions, calendar_for, issued_lists, rule_for
from market.law.states import WHAT_WORDS, Act, Provision, Unit, Verification
from market.law.tables import CalendarDay, HolidayList, ProvisionRow
from market.people.actions.telling import tell
from market.people.states import CLOCK, User
from market.people.topics import Telling, Topic, Whom

_DATA = Path(__file__).parent / "data" / "provisions.json"


class _DataFile(msgspec.Struct):
    header: dict[str, str]
    provisions: list[Provision]


async def add_provision(*, provision: Provision, by: User, now: datetime) -> RuleCard:
    """Add a provision that holds from today or a later day on; records published before keep the law of their day.

    Refused when it is malformed, reaches back, or when the rule already has one from that day in that scope.
    """
    async with transaction():
        await alone()
        others = [other for other in await all_provisions() if other.id == provision.id]
        refuse_if(rules.objections_to_provision(provision=provision, others=others, today=local_date(now)))
        await ProvisionRow.insert(_row(provision, by=by, now=now))
        await record(room="law", act=Act.ADD_PROVISION, code=provision.id, by=by, now=now, public=_public(provision))
        return await rule_for(rule=provision.id, user=by, day=local_date(now))


async def alone() -> None:
    """Add provisions and lists one commit after the other: their numbers then tell every reader whether any came."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('provision'), 0)")


def _row(provision: Provision, *, by: User, now: datetime) -> ProvisionRow:
    return ProvisionRow(
        rule=provision.id,
        title_zh=provision.title_zh,
        title_en=provision.title_en,
        article=provision.article,
        value=provision.value,
        unit=str(provision.unit),
        note=provision.note,
        scope=provision.scope,
        in_force_from=provision.in_force_from,
        in_force_until=provision.in_force_until,
        verification=str(provision.verification),
        house_rule=provision.house_rule,
        added_at=now,
        added_by=by.account,
    )


def _public(provision: Provision) -> dict[str, str | Decimal | Unit | Verification | bool | None]:
    return {
        "rule": provision.id,
        "article": provision.article,
        "title_zh": provision.title_zh,
        "value": provision.value,
        "unit": provision.unit,
        "scope": provision.scope,
        "in_force_from": provision.in_force_from.isoformat(),
        "in_force_until": provision.in_force_until.isoformat() if provision.in_force_until else None,
        "verification": provision.verification,
        "house_rule": provision.house_rule,
    }


def provisions_of_the_file() -> list[Provision]:
    """Return the provisions of the data file in its order."""
    return msgspec.json.decode(_DATA.read_bytes(), type=_DataFile).provisions


async def load_provisions(*, now: datetime, by: User = CLOCK) -> int:
    """Load what the data file has and the database has not, and return how many; a second run loads nothing.

    The file tells the law as it stood when the house was built, so it may reach back; each load leaves one event.
    """
    async with transaction():
        await alone()
        found = await rows("SELECT rule, scope, in_force_from FROM provision")
        known = {(row["rule"], row["scope"], row["in_force_from"]) for row in found}
        missing = [p for p in provisions_of_the_file() if (p.id, p.scope, p.in_force_from) not in known]
        if missing:
            await ProvisionRow.insert(*(_row(provision, by=by, now=now) for provision in missing))
            detail = {"loaded": len(missing), "from": _DATA.name}
            await record(room="law", act=Act.ADD_PROVISION, code="provisions", by=by, now=now, detail=detail)
        return len(missing)


async def import_holidays(
    *, year: int, document: str, days: Sequence[rules.NamedDay], by: User, now: datetime
) -> HolidayListCard:
    """Take in the State Council's holiday list of a year; a corrected list of the same year takes its place.

    Every deadline that the law's arithmetic made and that is still open is reckoned anew by the rooms that follow;
    what was announced stays. Refused when the list cannot be that year's or changes a day gone by.
    """
    async with transaction():
        await alone()
        await all_provisions()
        changed = await changes_of(year=year, days=days)
        refuse_if(
            rules.objections_to_list(
                year=year, days=days, changed=[named.day for named in changed], today=local_date(now)
            )
        )
        (made,) = await HolidayList.insert(
            HolidayList(year=year, document=document, imported_at=now, imported_by=by.account)
        )
        await CalendarDay.insert(
            *(CalendarDay(holiday_list=made["id"], day=named.day, works=named.works) for named in days)
        )
        code = f"CAL-{made['id']}"
        public = {"year": year, "document": document, "days": len(days), "since": date(year - 1, 12, 1)}
        with supposing(await issued_lists()):
            await record(room="law", act=Act.IMPORT_HOLIDAYS, code=code, by=by, now=now, public=public)
        return await calendar_for(code=code)


async def rehearse_holidays(
    *, year: int, document: str, days: Sequence[rules.NamedDay], by: User, now: datetime
) -> HolidayListCard:
    """Return what taking in this list would leave, and leave nothing; refused as the deed itself would be."""
    async with transaction() as tried:
        card = await import_holidays(year=year, document=document, days=days, by=by, now=now)
        await tried.rollback()
    return card


async def changes_of(*, year: int, days: Iterable[rules.NamedDay]) -> list[rules.NamedDay]:
    """Return the days on which offices would work or not otherwise than now, if this were the year's list."""
    replaced = await rows(
        "SELECT day FROM calendar_day WHERE holiday_list = (SELECT max(id) FROM holiday_list WHERE year = $1)", year
    )
    lists = rules.lists_with(
        lists=await issued_lists(), year=year, days=days, replaced=[row["day"] for row in replaced]
    )
    return rules.changes(year=year, lists=lists)


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that moved with a holiday list, `what` as in `WHAT_WORDS`, and who waits for it or must keep it."""

    code: str
    what: str
    before: date
    after: date
    url: str
    topic: Topic
    to: tuple[Whom, ...]


async def move_deadline(*, moved: Iterable[Moved], holidays: str, by: Reader, now: datetime) -> None:
    """Record that deadlines moved with a holiday list, each with its record, and tell those whom it concerns.

    The room that keeps the record has moved it, in the transaction in which the list was taken in.
    """
    for one in moved:
        detail = {"what": one.what, "before": one.before, "after": one.after, "list": holidays}
        event = await record(room="law", act=Act.MOVE_DEADLINE, code=one.code, by=by, now=now, detail=detail)
        words = say(
            "{code}: the holiday list moved a last day ({what}) from {before} to {after}.",
            code=one.code,
            what=WHAT_WORDS[one.what],
            before=one.before,
            after=one.after,
        )
        await tell(event=event, tellings=[Telling(topic=one.topic, says=words, url=one.url, to=one.to)])
