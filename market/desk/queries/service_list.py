"""The public service list of a street: what is offered now, where, for whom, by whom, until when, how good."""

from datetime import date, datetime

from catalogs.queries.outlook import Reached, reached_at
from contracts.queries.year import RunningService, running_services
from evaluations.queries.year import LastWord, last_words_on
from market.base.calendar import local_date
from market.base.records import Listing, Record
from market.needs.queries.streets import Offered, offered_under

PAGE = 100


class ServiceLine(Record, frozen=True, kw_only=True):
    """A service that runs now; `result` None before the first evaluation is published, `phone` "" when not public."""

    title: str
    category: str
    place: str
    served: str
    beneficiaries: int | None
    supplier: str
    supplier_name: str
    address: str
    phone: str
    from_on: date
    last_on: date
    result: LastWord | None


async def services_now(*, street: str, now: datetime, after: str | None) -> Listing[ServiceLine]:
    """Return the services of a street that run today, by contract, a hundred a page; the same for every reader."""
    found = await running_services(street=street, on=local_date(now), after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    offered = await offered_under(needs=[each.need for each in shown])
    reached = await reached_at(organizations={each.supplier for each in shown})
    words = await last_words_on(contracts=[each.code for each in shown])
    items = [_line(each, offered.get(each.need), reached.get(each.supplier), words.get(each.code)) for each in shown]
    return Listing(items=items, next=shown[-1].code if len(found) > PAGE else None)


def _line(
    service: RunningService, offered: Offered | None, reached: Reached | None, word: LastWord | None
) -> ServiceLine:
    return ServiceLine(
        code=service.code,
        state=service.state,
        url=service.url,
        title=service.title,
        category=offered.category if offered else "",
        place=offered.place if offered else "",
        served=offered.served if offered else "",
        beneficiaries=offered.beneficiaries if offered else None,
        supplier=service.supplier,
        supplier_name=service.supplier_name,
        address=reached.address if reached else "",
        phone=reached.phone if reached else "",
        from_on=service.from_on,
        last_on=service.last_on,
        result=word,
    )
