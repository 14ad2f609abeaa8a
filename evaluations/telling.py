"""Who hears of an evaluation: the organization that is evaluated, the street, and whoever is asked or is to judge."""

from evaluations.queries.cards import COMMITTEE
from evaluations.states import LIFECYCLE, Act
from market.base.calendar import local_date
from market.base.database import Row, one, rows
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, holding, named, serving

_SUPPLIER = (Role.ORGANIZATION_ADMINISTRATOR, Role.BIDDER)


async def _evaluation(code: str) -> Row:
    row = await one("SELECT * FROM evaluation WHERE code = $1", code)
    assert row is not None  # noqa: S101  the event is about it
    return row


def _telling(event: Event, words: Said, to: tuple[Whom, ...]) -> Telling:
    return Telling(topic=Topic.EVALUATIONS, says=words, url=f"/evaluations/{event.code}", to=to)


def _settlers(row: Row, act: Act) -> tuple[Whom, ...]:
    """Return who may go on: the street's side of an act, and who scored."""
    street = [Role(role) for role in sorted(LIFECYCLE.step(act).by - {Role.THIRD_PARTY_EVALUATOR})]
    return (*serving(row["street"], *street), *named(row["scored_by"]))


async def _planned(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("An evaluation of “{title}” is planned for {day}.", title=row["title"], day=local_date(row["opens_at"]))
    return [_telling(event, words, serving(row["supplier"], *_SUPPLIER))]


async def _survey_opened(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    account = say("The survey on “{title}” is open; please hand in your own account.", title=row["title"])
    slips = say("The survey on “{title}” is open until {until}: give out the slips.", title=row["title"],
                until=row["survey_until"])  # fmt: skip
    near = await rows(
        "SELECT c.code FROM organization s JOIN organization c ON c.street_code = s.street_code"
        " WHERE s.code = $1 AND s.street_code <> '' AND c.kind = 'committee'",
        row["street"],
    )
    return [
        _telling(event, account, serving(row["supplier"], *_SUPPLIER)),
        _telling(event, slips, serving(row["street"], Role.PURCHASER)),
        _telling(event, slips, serving([each["code"] for each in near], *COMMITTEE)),
    ]


async def _survey_closed(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("The survey on “{title}” is closed; it can be scored.", title=row["title"])
    return [
        *await _money_asked(event, row),
        _telling(event, words, holding(Role.THIRD_PARTY_EVALUATOR)),
        _telling(event, words, serving(row["street"], Role.PURCHASER)),
    ]


async def _money_asked(event: Event, row: Row) -> list[Telling]:
    """Tell the auditors, and nobody else, when people said that they were asked for money."""
    said = await one(
        "SELECT count(*)::int AS people FROM survey_answer WHERE evaluation = $1 AND asked_for_money", row["id"]
    )
    if said is None or not said["people"]:
        return []
    words = say(
        "In the survey on “{title}” {count} people say that they were asked for money: look into it.",
        title=row["title"],
        count=said["people"],
    )
    return [_telling(event, words, holding(Role.AUDITOR))]


async def _scored(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say(
        "The draft evaluation of “{title}” is ready; you may reply until {until}.",
        title=row["title"],
        until=row["reply_until"],
    )
    ready = say("The draft evaluation of “{title}” is ready.", title=row["title"])
    return [
        _telling(event, words, serving(row["supplier"], *_SUPPLIER)),
        _telling(event, ready, serving(row["street"], Role.PURCHASER)),
    ]


async def _replied(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("The organization replied to the draft evaluation of “{title}”: answer it.", title=row["title"])
    return [_telling(event, words, _settlers(row, Act.ANSWER_REPLY))]


async def _reply_answered(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("Your reply to the draft evaluation of “{title}” was answered.", title=row["title"])
    return [_telling(event, words, serving(row["supplier"], *_SUPPLIER)), *await _to_conclude(event)]


async def _to_conclude(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("The evaluation of “{title}” can be concluded.", title=row["title"])
    return [_telling(event, words, _settlers(row, Act.CONCLUDE_EVALUATION))]


async def _concluded(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("The evaluation of “{title}” is concluded and waits to be published.", title=row["title"])
    result = say("The evaluation of “{title}” is concluded.", title=row["title"])
    return [
        _telling(event, words, serving(row["street"], Role.APPROVER)),
        _telling(event, result, serving(row["supplier"], *_SUPPLIER)),
    ]


async def _published(event: Event) -> list[Telling]:
    row = await _evaluation(event.code)
    words = say("The evaluation of “{title}” is published.", title=row["title"])
    hearers = (*serving(row["supplier"], *_SUPPLIER), *serving(row["street"], Role.PURCHASER), *named(row["scored_by"]))
    return [_telling(event, words, hearers)]


TELLS: Tells = {
    "evaluations:plan-evaluation": _planned,
    "evaluations:open-survey": _survey_opened,
    "evaluations:close-survey": _survey_closed,
    "evaluations:score-evaluation": _scored,
    "evaluations:reply-to-evaluation": _replied,
    "evaluations:close-reply": _to_conclude,
    "evaluations:answer-reply": _reply_answered,
    "evaluations:conclude-evaluation": _concluded,
    "evaluations:publish-evaluation": _published,
}
