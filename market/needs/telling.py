"""Who hears of needs and their money: those who go on with them, and suppliers when a purchase is planned."""

from catalogs.queries import organizations_offering
from market.base.database import Row, one
from market.base.ledger import Event
from market.base.refusal import say
from market.needs.states import NEED, Act, Decision
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, named, serving


async def _need(code: str) -> Row:
    row = await one(
        "SELECT n.code, n.title, n.street, n.category, n.drafted_by, o.name AS street_name FROM need n"
        " JOIN organization o ON o.code = n.street WHERE n.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


async def _submitted(event: Event) -> list[Telling]:
    need = await _need(event.code)
    words = say("The need “{title}” waits for your review.", title=need["title"])
    reviewers = serving(need["street"], *_by(Act.REVIEW_NEED))
    return [Telling(topic=Topic.NEEDS, says=words, url=f"/needs/{event.code}", to=reviewers)]


async def _reviewed(event: Event) -> list[Telling]:
    need = await _need(event.code)
    url = f"/needs/{event.code}"
    own = (*named(need["drafted_by"]), *serving(need["street"], Role.PURCHASER))
    if event.detail["decision"] != Decision.APPROVE:
        words = say("The need “{title}” was sent back; read the reason and revise it.", title=need["title"])
        return [Telling(topic=Topic.NEEDS, says=words, url=url, to=own)]
    approved = say("The need “{title}” was approved; the notice can be drafted.", title=need["title"])
    planned = say("{street} plans to buy: “{title}”.", street=need["street_name"], title=need["title"])
    offering = await organizations_offering(category=need["category"])
    return [
        Telling(topic=Topic.NEEDS, says=approved, url=url, to=own),
        Telling(
            topic=Topic.NOTICES,
            says=planned,
            url=url,
            to=serving(offering, Role.BIDDER, Role.ORGANIZATION_ADMINISTRATOR),
        ),
    ]


async def _allotted(event: Event) -> list[Telling]:
    row = await one("SELECT street, title, amount FROM budget_line WHERE code = $1", event.code)
    if row is None:
        return []
    words = say("{amount_yuan} were allotted for “{title}”.", amount_yuan=row["amount"], title=row["title"])
    hearers = serving(row["street"], Role.PURCHASER, Role.APPROVER)
    return [Telling(topic=Topic.NEEDS, says=words, url="/budget", to=hearers)]


def _by(act: Act) -> list[Role]:
    return [Role(role) for role in sorted(NEED.step(act).by)]


TELLS: Tells = {
    "needs:submit-need": _submitted,
    "needs:review-need": _reviewed,
    "needs:allot-budget": _allotted,
}
