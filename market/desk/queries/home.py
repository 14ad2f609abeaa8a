"""A reader's home: what waits, and beside it the desk of each role that the reader holds."""

from datetime import datetime

import msgspec

from evaluations.queries.outlook import EvaluationAhead, evaluations_under_way
from market.base.calendar import local_date
from market.base.lifecycle import HOUSE
from market.desk.queries.front import FrontPage, front_page
from market.desk.queries.oversight import AuditorDesk, FinanceDesk, auditor_desk, finance_desk
from market.desk.queries.street import StreetYear, street_year
from market.desk.queries.supplier import SupplierDesk, supplier_desk
from market.desk.queries.work import AdministratorDesk, KeeperDesk, administrator_desk, keeper_desk
from market.oversight.queries import Deed, deeds_of
from market.people.notices import NotificationLine, latest
from market.people.queries import Member, members_of, street_of_committee
from market.people.states import STREET_ROLES, SUPPLIER_KINDS, Role, User
from market.tendering.queries.outlook import OwnPanel, panels_of

_DEEDS = 6
_TOLD = 6
_LINES = 20
_COMMITTEE = (Role.RESIDENTS_COMMITTEE, Role.RESIDENT_REPRESENTATIVE)
_ALL_PROVISIONS = "provisions"
_READABLE = frozenset(
    {"budget", "catalogs", "challenges", "complaints", "contracts", "evaluations", "findings", "flags", "invoices"}
    | {"law", "needs", "organizations", "standings", "tenders"}
)


class DeedLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reader did: the act, the record, when, and where it can be read ("" when it has no page)."""

    act: str
    code: str
    url: str
    at: datetime


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """What a residents' committee's own street buys."""

    street: str
    street_name: str
    front: FrontPage


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """The desks of a reader; those of roles not held are None."""

    street: StreetYear | None = None
    supplier: SupplierDesk | None = None
    members: list[Member] | None = None
    residents: Neighbourhood | None = None
    panels: list[OwnPanel] | None = None
    evaluations: list[EvaluationAhead] | None = None
    keeper: KeeperDesk | None = None
    finance: FinanceDesk | None = None
    auditor: AuditorDesk | None = None
    administrator: AdministratorDesk | None = None
    front: FrontPage | None = None
    deeds: list[DeedLine] = []
    changed: list[NotificationLine] = []


async def home(*, user: User, now: datetime, lang: str, year: int | None = None) -> Home:
    """Return the desk of every role the reader holds, what they did and were told; anyone gets the front page."""
    if not user.account:
        return Home(front=await front_page(now=now))
    return Home(
        street=await _street(user, now=now, year=year),
        supplier=await _supplier(user, now=now),
        members=await _members(user),
        residents=await _residents(user, now=now),
        panels=await _panels(user),
        evaluations=await _evaluations(user),
        keeper=await keeper_desk(now=now) if user.may_be(Role.CATALOGUE_KEEPER) else None,
        finance=await finance_desk(now=now, year=year) if user.may_be(Role.FINANCE_SUPERVISOR) else None,
        auditor=await auditor_desk(user=user, now=now) if user.may_be(Role.AUDITOR) else None,
        administrator=await administrator_desk(now=now) if user.may_be(Role.PLATFORM_ADMINISTRATOR) else None,
        deeds=[_line_of(deed) for deed in await deeds_of(account=user.account, limit=_DEEDS)],
        changed=await latest(user=user, lang=lang, limit=_TOLD),
    )


async def _street(user: User, *, now: datetime, year: int | None) -> StreetYear | None:
    if user.organization is None or user.organization_kind != "street" or not user.may_be(*STREET_ROLES):
        return None
    return await street_year(street=user.organization, year=year, today=local_date(now))


async def _supplier(user: User, *, now: datetime) -> SupplierDesk | None:
    sells = user.organization_kind in SUPPLIER_KINDS
    if user.organization is None or not sells or not user.may_be(Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER):
        return None
    return await supplier_desk(organization=user.organization, now=now)


async def _members(user: User) -> list[Member] | None:
    if user.organization is None or not user.may_be(Role.HUB_STAFF, Role.ORGANIZATION_ADMINISTRATOR):
        return None
    return await members_of(organization=user.organization)


async def _residents(user: User, *, now: datetime) -> Neighbourhood | None:
    if user.organization is None or not user.may_be(*_COMMITTEE):
        return None
    street = await street_of_committee(code=user.organization)
    if street is None:
        return None
    return Neighbourhood(street=street[0], street_name=street[1], front=await front_page(now=now, street=street[0]))


async def _panels(user: User) -> list[OwnPanel] | None:
    return await panels_of(account=user.account, limit=_LINES) if user.may_be(Role.PANEL_EXPERT) else None


async def _evaluations(user: User) -> list[EvaluationAhead] | None:
    if not user.may_be(Role.THIRD_PARTY_EVALUATOR, *_COMMITTEE):
        return None
    return await evaluations_under_way(user=user, limit=_LINES)


def _line_of(deed: Deed) -> DeedLine:
    act = deed.tag.partition(":")[2]
    lifecycle = HOUSE.steps[act][0] if act in HOUSE.steps else None
    readable = lifecycle is not None and lifecycle.collection in _READABLE and deed.code != _ALL_PROVISIONS
    url = f"/{lifecycle.collection}/{deed.code}" if readable and lifecycle is not None else ""
    return DeedLine(act=act, code=deed.code, url=url, at=deed.at)
