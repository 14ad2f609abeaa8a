"""The public service list: what a street offers its residents now, on a phone, on the wall, and for machines."""

from collections.abc import Mapping, Sequence

from litestar import Response

from catalogs.queries.outlook import category_names
from evaluations.states import GRADES
from market.base.calendar import local_date
from market.base.qr import qr_code
from market.base.records import Listing
from market.base.refusal import NotFound, say
from market.base.web import Door, Route, Shown, file, listing, read
from market.base.wording import words
from market.desk import documents
from market.desk.queries.service_list import ServiceLine, services_now
from market.people.actions import public_address
from market.people.queries import OrganizationCard, organization_for
from market.people.states import OrganizationKind

_PATH = "/streets/{code:str}/services"
_ORDER = ("LIFE", "CHARITY", "CULTURE", "MEDIATION")
"""The four categories of community services, in the order of the city's notice; others come after them."""


async def _office(door: Door[None]) -> OrganizationCard:
    office = await organization_for(code=door.code, user=door.user)
    if office.kind != OrganizationKind.STREET:
        raise NotFound
    return office


def groups_of(
    lines: Sequence[ServiceLine], names: Mapping[str, str], *, lang: str
) -> list[tuple[str, list[ServiceLine]]]:
    """Return services under the names of their categories, the four first; a category without services is left out."""
    order = [*_ORDER, *sorted({line.category for line in lines} - set(_ORDER))]
    other = words(say("Other services"), lang)
    return [
        (names.get(category, other), mine)
        for category in order
        if (mine := [line for line in lines if line.category == category])
    ]


async def _names(lang: str) -> dict[str, str]:
    at = 0 if lang.startswith("zh") else 1
    return {code: pair[at] for code, pair in (await category_names()).items()}


@listing(_PATH, name="services_of_street", template="desk/services.html", returns=ServiceLine)
async def services(door: Door[None]) -> Listing[ServiceLine] | Shown:
    """List what a street offers now: service, where, for whom, by whom, until when, how to reach them, how good."""
    office = await _office(door)
    listed = await services_now(street=office.code, now=door.now, after=door.after)
    if door.wants_json:
        return listed
    url = f"/streets/{office.code}/services"
    return Shown(
        listed,
        {
            "street": office,
            "groups": groups_of(listed.items, await _names(door.lang), lang=door.lang),
            "grade_words": GRADES,
            "served_words": lambda line: documents.served_words(line, door.lang),
            "qr": qr_code(public_address(url), title=words(say("The address of this list"), door.lang)),
            "today": local_date(door.now),
        },
    )


@read(f"{_PATH}.pdf", name="service_list_paper", media="application/pdf")
async def paper(door: Door[None]) -> Response[bytes]:
    """Return the list on A4, to be pinned to a wall, with the QR code of its page."""
    office = await _office(door)
    listed = await services_now(street=office.code, now=door.now, after=door.after)
    pdf = documents.service_list(
        street=office.name,
        code=office.code,
        groups=groups_of(listed.items, await _names(door.lang), lang=door.lang),
        on=local_date(door.now),
        address=public_address(f"/streets/{office.code}/services"),
        lang=door.lang,
    )
    return file(pdf, name=f"services-{office.code}.pdf", media_type="application/pdf")


ROUTES: list[Route] = [services, paper]
