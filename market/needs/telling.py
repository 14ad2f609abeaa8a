"""Who hears of needs and their money: those who go on with them, and suppliers when a purchase is planned."""

from catalogs.queries import organizations_offering
from market.base.database import Row, one
from market.base.ledger import Event
from market.base.refusal import say
from market.needs.states import Act, Decision
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, holding, named, serving


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
    url = f"/needs/{event.code}"
    words = say("The need “{title}” waits for your review.", title=need["title"])
    repeated = event.detail.get("flag") is not None
    roles = [Role.APPROVER, Role.LEGAL_REVIEWER, *([Role.STREET_SUPERVISOR] if repeated else [])]
    told = [Telling(topic=Topic.NEEDS, says=words, url=url, to=serving(need["street"], *roles))]
    if repeated:
        flag = say("“{title}” repeats purchases of the same line and item up to the limit.", title=need["title"])
        told.append(Telling(topic=Topic.NEEDS, says=flag, url=url, to=holding(Role.AUDITOR)))
    return told


async def _reviewed(event: Event) -> list[Telling]:
    need = await _need(event.code)
    url = f"/needs/{event.code}"
    own = (*named(need["drafted_by"]), *serving(need["street"], Role.PURCHASER))
    if event.detail["decision"] != Decision.APPROVE:
        words = say("The need “{title}” was sent back; read the reason and revise it.", title=need["title"])
        return [Telling(topic=Topic.NEEDS, says=words, url=url, to=own)]
    if event.detail.get("awaits"):
        return []
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


async def _suggested(event: Event) -> list[Telling]:
    public = event.public or {}
    words = say("Residents ask for “{title}”; it waits for your answer.", title=public["title"])
    hearers = serving(public["street"], Role.PURCHASER)
    return [Telling(topic=Topic.NEEDS, says=words, url=f"/suggestions/{event.code}", to=hearers)]


async def _outside(event: Event) -> list[Telling]:
    need = await _need(event.code)
    own = (*named(need["drafted_by"]), *serving(need["street"], Role.PURCHASER, Role.APPROVER))
    if event.tag.endswith(Act.HAND_OVER):
        words = say("“{title}” was handed over; note its official number.", title=need["title"])
        return [Telling(topic=Topic.NEEDS, says=words, url=f"/needs/{event.code}", to=own)]
    words = say("The outside purchase of “{title}” has its result.", title=need["title"])
    return [Telling(topic=Topic.NEEDS, says=words, url=f"/needs/{event.code}", to=own)]


async def _intended(event: Event) -> list[Telling]:
    row = await one(
        "SELECT i.need, n.title, n.category, o.name AS street_name FROM intention i JOIN need n ON n.code = i.need"
        " JOIN organization o ON o.code = i.street WHERE i.code = $1",
        event.code,
    )
    assert row is not None  # noqa: S101  the event is about it
    words = say("{street} published the intention to buy “{title}”.", street=row["street_name"], title=row["title"])
    offering = serving(
        await organizations_offering(category=row["category"]), Role.BIDDER, Role.ORGANIZATION_ADMINISTRATOR
    )
    return [Telling(topic=Topic.NOTICES, says=words, url=f"/intentions/{event.code}", to=offering)]


TELLS: Tells = {
    "needs:publish-intention": _intended,
    "needs:hand-over": _outside,
    "needs:record-official-result": _outside,
    "needs:submit-need": _submitted,
    "needs:review-need": _reviewed,
    "needs:allot-budget": _allotted,
    "needs:hand-line": _allotted,
    "needs:suggest-need": _suggested,
}
