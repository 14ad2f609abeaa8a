"""Who hears of deliveries and opinions."""

from datetime import date

from contracts.queries.parties import COMMITTEES_OF_STREET
from contracts.states import Act
from contracts.telling.addressing import SUPPLIERS, contract_row, hands_of, telling_of
from market.base.database import Row, rows
from market.base.ledger import Event
from market.base.refusal import say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, serving


async def _delivered(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    committees = await rows(COMMITTEES_OF_STREET, row["street"])
    hear = say("Delivered under “{title}”: stage {number}. Say what residents think of it.", **values)
    judge = say("Delivered under “{title}”: stage {number}. It waits for acceptance.", **values)
    residents = serving([found["code"] for found in committees], Role.RESIDENT_REPRESENTATIVE)
    return [
        telling_of(event, Topic.DELIVERIES, judge, serving(row["street"], *hands_of(Act.ACCEPT_DELIVERY))),
        telling_of(event, Topic.DELIVERIES, hear, residents),
    ]


async def _opinion_given(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    words = say("A resident representative gave an opinion on stage {number} of “{title}”.", **values)
    return [telling_of(event, Topic.DELIVERIES, words, serving(row["street"], *hands_of(Act.ACCEPT_DELIVERY)))]


async def _accepted(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    words = say("Stage {number} of “{title}” was accepted: you may ask for payment.", **values)
    return [telling_of(event, Topic.DELIVERIES, words, serving(row["supplier"], *SUPPLIERS))]


async def _returned(event: Event) -> list[Telling]:
    row, values = await _milestone(event)
    repair = date.fromisoformat(event.detail["repair_by"])
    words = say("Stage {number} of “{title}” was returned: repair it by {day}.", **values, day=repair)
    return [telling_of(event, Topic.DELIVERIES, words, serving(row["supplier"], *SUPPLIERS))]


async def _milestone(event: Event) -> tuple[Row, dict[str, object]]:
    row = await contract_row(event.code)
    number = (event.public or event.detail)["milestone"]
    return row, {"title": row["title"], "number": number}


PERFORMANCE: Tells = {
    "contracts:report-delivery": _delivered,
    "contracts:give-opinion": _opinion_given,
    "contracts:accept-delivery": _accepted,
    "contracts:return-delivery": _returned,
}
