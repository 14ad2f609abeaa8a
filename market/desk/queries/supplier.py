"""An organization's own desk: notices that fit it and why, its bids, its contracts, and money it waits for."""

from datetime import date, datetime

import msgspec

from catalogs.queries import outlook as catalogs
from contracts.queries import outlook as contracts
from contracts.queries.outlook import Receivable, RunningContract
from market.base.calendar import local_date
from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import Objection
from market.desk.rules import Age, Fit, age_of, fit_of, time_left
from market.tendering.queries import outlook as tendering
from market.tendering.queries.outlook import OpenNotice, OwnBidLine

_NOTICES = 100
_SHOWN = 10
_LINES = 15


class Fitting(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that fits, why, and the working days until it closes."""

    notice: OpenNotice
    fit: Fit
    categories: list[tuple[str, str]]
    working_days: int


class Aged(msgspec.Struct, frozen=True, kw_only=True):
    """Receivables of one age and their sum."""

    age: Age
    amount: Yuan
    lines: list[Receivable]


class SupplierDesk(msgspec.Struct, frozen=True, kw_only=True):
    """What an organization sees of its own; `has_categories` tells whether its profile says what it offers."""

    code: str
    has_categories: bool
    objections: list[Objection]
    fitting: list[Fitting]
    bids: list[OwnBidLine]
    contracts: list[RunningContract]
    receivables: list[Aged]


async def supplier_desk(*, organization: str, now: datetime) -> SupplierDesk:
    """Return an organization's desk; callers ask for their own. Raises NotFound."""
    today = local_date(now)
    offer = await catalogs.offer_of(organization=organization, on=today)
    return SupplierDesk(
        code=organization,
        has_categories=bool(offer.categories),
        objections=offer.objections,
        fitting=await _fitting(organization, offer, now=now),
        bids=await tendering.bids_of(organization=organization, limit=_LINES),
        contracts=await contracts.contracts_of_supplier(supplier=organization, limit=_LINES),
        receivables=aged(await contracts.receivables_of(supplier=organization), today=today),
    )


async def _fitting(organization: str, offer: catalogs.Offer, *, now: datetime) -> list[Fitting]:
    if not offer.items:
        return []
    found = await tendering.open_notices(now=now, limit=_NOTICES, organization=organization, items=list(offer.items))
    names = await catalogs.category_names()
    fitting = []
    for notice in found:
        fit = fit_of(
            item=notice.item,
            items=offer.items,
            street_name=notice.street_name,
            service_areas=offer.service_areas,
            objections=offer.objections,
        )
        if fit is not None:
            closes = time_left(by_when=local_date(notice.closes_at), today=local_date(now))
            fitting.append(
                Fitting(
                    notice=notice,
                    fit=fit,
                    categories=[names.get(code, (code, code)) for code in fit.categories],
                    working_days=closes.working_days,
                )
            )
    return sorted(fitting, key=lambda each: (each.fit.weight, each.notice.closes_at))[:_SHOWN]


def aged(receivables: list[Receivable], *, today: date) -> list[Aged]:
    """Return receivables by age, the oldest age first; every age is there, also without money."""
    by_age: dict[Age, list[Receivable]] = {age: [] for age in (Age.LATE, Age.SOON, Age.RUNNING, Age.NOT_INVOICED)}
    for receivable in receivables:
        by_age[age_of(pay_by=receivable.pay_by, today=today)].append(receivable)
    return [
        Aged(age=age, amount=sum((line.amount for line in lines), ZERO_YUAN), lines=lines)
        for age, lines in by_age.items()
    ]
