"""What residents read of their street office: what it buys, from whom, how it went, for how much. Published facts only.

Every part is one bounded read of the room that owns it; nothing here is written or decided.
"""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from contracts.queries.streets import BoughtService, YearBought, bought_by_year, paid_between, services_of
from evaluations.queries.streets import ServiceResult, results_of
from evaluations.states import GRADES, KINDS
from market.base.calendar import local_date, start_of_day
from market.base.money import ZERO_YUAN, Yuan
from market.base.plots import Part, Row, Stacked, stacked
from market.base.records import Listing, Record
from market.base.refusal import NotFound, say
from market.base.web import Door, Route, Shown, listing, read
from market.base.wording import money, words
from market.desk.year import may_see_the_year
from market.needs.queries.streets import PlannedPurchase, planned_of
from market.people.queries import OrganizationCard, offices_page, organization_for
from market.people.states import OrganizationKind
from market.tendering.queries.outlook import OpenNotice, open_notices
from market.tendering.queries.streets import OpenForStreet, announced_between, open_by_street

PAGE = 50
_EACH = 3
_MOST = 20
_MOST_SERVICES = 50
_FIRST_YEAR = 2000


class StreetLine(Record, frozen=True, kw_only=True):
    """A street office in the list: the first notices that are open, and what it bought this year and last."""

    name: str
    district: str
    open: int
    notices: list[OpenForStreet]
    this_year: YearBought
    last_year: YearBought


class YearMoney(msgspec.Struct, frozen=True, kw_only=True):
    """A year in money: what notices announced, what contracts promised, what was paid in the year."""

    year: int
    announced: Yuan
    contracts: int
    suppliers: int
    contracted: Yuan
    paid: Yuan


class StreetCard(Record, frozen=True, kw_only=True):
    """A street office as its residents read it; lists are the newest first and bounded."""

    name: str
    district: str
    year: int
    open: list[OpenNotice]
    planned: list[PlannedPurchase]
    services: list[BoughtService]
    results: list[ServiceResult]
    money: list[YearMoney]


def _nothing(street: str, year: int) -> YearBought:
    return YearBought(street=street, year=year, contracts=0, suppliers=0, amount=ZERO_YUAN)


def _new_year(year: int) -> date:
    return date(year, 1, 1)


async def streets_page(*, now: datetime, after: str | None) -> Listing[StreetLine]:
    """Return the street offices by code, 50 a page, with what they buy now and bought this year and last."""
    found = await offices_page(kind=OrganizationKind.STREET, after=after, limit=PAGE + 1)
    offices, codes = found[:PAGE], [office.code for office in found[:PAGE]]
    year = local_date(now).year
    notices = await open_by_street(streets=codes, now=now, each=_EACH)
    since, until = start_of_day(_new_year(year - 1)), start_of_day(_new_year(year + 1))
    bought = {(b.street, b.year): b for b in await bought_by_year(streets=codes, since=since, until=until)}
    items = [_line(office, year=year, notices=notices, bought=bought) for office in offices]
    return Listing(items=items, next=codes[-1] if len(found) > PAGE else None)


def _line(
    office: OrganizationCard, *, year: int, notices: list[OpenForStreet], bought: dict[tuple[str, int], YearBought]
) -> StreetLine:
    mine = [notice for notice in notices if notice.street == office.code]
    return StreetLine(
        code=office.code,
        state=office.state,
        url=f"/streets/{office.code}",
        name=office.name,
        district=office.district,
        open=mine[0].open if mine else 0,
        notices=mine,
        this_year=bought.get((office.code, year), _nothing(office.code, year)),
        last_year=bought.get((office.code, year - 1), _nothing(office.code, year - 1)),
    )


async def street_for(*, office: OrganizationCard, year: int, now: datetime) -> StreetCard:
    """Return what everybody may read of a street office, with its contracts and money of a year."""
    code = office.code
    since, until = start_of_day(_new_year(year)), start_of_day(_new_year(year + 1))
    return StreetCard(
        code=code,
        state=office.state,
        url=f"/streets/{code}",
        name=office.name,
        district=office.district,
        year=year,
        open=await open_notices(now=now, limit=_MOST, street=code),
        planned=await planned_of(street=code, limit=_MOST),
        services=await services_of(street=code, since=since, until=until, limit=_MOST_SERVICES),
        results=await results_of(street=code, limit=_MOST),
        money=[await _money(street=code, year=each) for each in (year, year - 1)],
    )


async def _money(*, street: str, year: int) -> YearMoney:
    first, end = _new_year(year), _new_year(year + 1)
    since, until = start_of_day(first), start_of_day(end)
    bought = await bought_by_year(streets=[street], since=since, until=until)
    signed = bought[0] if bought else _nothing(street, year)
    return YearMoney(
        year=year,
        announced=await announced_between(street=street, since=since, until=until),
        contracts=signed.contracts,
        suppliers=signed.suppliers,
        contracted=signed.amount,
        paid=await paid_between(street=street, since=first, until=end),
    )


def plot_of(years: list[YearMoney], *, lang: str) -> str:
    """Draw the years' money as bars, announced, contracted and paid each on a row of its own."""
    rows = [
        Row(
            label=words(say("{year}: {what}", year=str(each.year), what=what), lang),
            note=money(value, lang),
            values=[value if at == tone else Decimal(0) for at in range(3)],
        )
        for each in years
        for tone, (what, value) in enumerate(
            ((say("announced"), each.announced), (say("contracted"), each.contracted), (say("paid out"), each.paid))
        )
    ]
    parts = [
        Part(tone=1, label=words(say("announced"), lang)),
        Part(tone=2, label=words(say("contracted"), lang)),
        Part(tone=3, label=words(say("paid out"), lang)),
    ]
    title = words(say("The money of two years"), lang)
    told = words(say("What the street announced, promised in contracts and paid, in yuan."), lang)
    return stacked(Stacked(id="street-money", title=title, words=told, parts=parts, rows=rows))


def _year(door: Door[None]) -> int:
    """Return the year asked for, this year when none or a strange one is."""
    this = local_date(door.now).year
    asked = door.query("year") or ""
    return int(asked) if asked.isdecimal() and _FIRST_YEAR <= int(asked[:5]) <= this else this


@listing("/streets", name="streets_page", template="desk/streets.html", returns=StreetLine)
async def streets(door: Door[None]) -> Listing[StreetLine]:
    """List the street offices with what they buy now, and what they bought this year and last."""
    return await streets_page(now=door.now, after=door.after)


@read("/streets/{code:str}", name="street_for", template="desk/street.html", returns=StreetCard)
async def street(door: Door[None]) -> Shown:
    """Show what a street buys, from whom, how it went and for how much; of another year with `?year=2025`."""
    office = await organization_for(code=door.code, user=door.user)
    if office.kind != OrganizationKind.STREET:
        raise NotFound
    card = await street_for(office=office, year=_year(door), now=door.now)
    this = local_date(door.now).year
    years = [(f"{card.url}?year={year}", str(year), year == card.year) for year in (this, this - 1)]
    return Shown(
        card,
        {
            "plot": plot_of(card.money, lang=door.lang),
            "years": years,
            "grade_words": GRADES,
            "kind_words": KINDS,
            "sees_year": may_see_the_year(door.user, street=office.code),
        },
    )


ROUTES: list[Route] = [streets, street]
