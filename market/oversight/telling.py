"""Who hears of findings: the street that is to answer, and the auditor who asked."""

from market.base.database import Row, one
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.oversight.states import FINDING, Act
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, named, serving


async def _finding(code: str) -> Row:
    row = await one("SELECT title, street, answer_by, opened_by FROM finding WHERE code = $1", code)
    assert row is not None  # noqa: S101  the event is about it
    return row


def _telling(event: Event, words: Said, to: tuple[Whom, ...]) -> list[Telling]:
    return [Telling(topic=Topic.OVERSIGHT, says=words, url=f"/findings/{event.code}", to=to)]


def _answering(street: str) -> tuple[Whom, ...]:
    return serving(street, *(Role(role) for role in sorted(FINDING.step(Act.ANSWER_FINDING).by)))


async def _opened(event: Event) -> list[Telling]:
    row = await _finding(event.code)
    words = say("An audit finding, “{title}”: answer it by {day}.", title=row["title"], day=row["answer_by"])
    return _telling(event, words, _answering(row["street"]))


async def _answered(event: Event) -> list[Telling]:
    row = await _finding(event.code)
    words = say("The finding “{title}” was answered.", title=row["title"])
    return _telling(event, words, named(row["opened_by"]))


async def _closed(event: Event) -> list[Telling]:
    row = await _finding(event.code)
    words = say("The finding “{title}” was closed; its conclusion is public.", title=row["title"])
    return _telling(event, words, _answering(row["street"]))


TELLS: Tells = {
    "oversight:open-finding": _opened,
    "oversight:answer-finding": _answered,
    "oversight:close-finding": _closed,
}
