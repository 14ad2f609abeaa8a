"""Who hears of a tender: those whom it fits, who took part, who review it, and the street that buys.

Nothing that is still secret is told: a question not by whom, bids not before they are opened, experts not to others,
and each bidder only its own result.
"""

from catalogs.queries import organizations_offering
from market.base.database import Row, one, rows
from market.base.ledger import Event
from market.base.refusal import Said, say
from market.people.states import Role
from market.people.topics import Telling, Tells, Topic, Whom, named, serving
from market.tendering.states import CHALLENGE, LIFECYCLE, Act, State

_SUPPLIERS = (Role.BIDDER, Role.ORGANIZATION_ADMINISTRATOR)
_TAKING_PART = """
    SELECT organization FROM documents_taken WHERE tender = $1 UNION SELECT organization FROM question WHERE tender = $1
    UNION SELECT organization FROM bid WHERE tender = $1 AND state <> 'withdrawn'
"""


async def _tender(code: str) -> Row:
    row = await one(
        "SELECT t.*, o.name AS street_name, coalesce(e.category,"
        " (SELECT l.category FROM entry_link l WHERE l.entry = t.item ORDER BY l.id LIMIT 1), '') AS category"
        " FROM tender t JOIN organization o ON o.code = t.street LEFT JOIN entry e ON e.code = t.item"
        " WHERE t.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


def _telling(row: Row, topic: Topic, words: Said, to: tuple[Whom, ...], *, door: str = "") -> Telling:
    return Telling(topic=topic, says=words, url=f"/tenders/{row['code']}{door}", to=to)


def _street(row: Row, act: Act) -> tuple[Whom, ...]:
    """Return who may do an act of the street next."""
    return serving(row["street"], *(Role(role) for role in sorted(LIFECYCLE.step(act).by)))


async def _taking_part(row: Row) -> tuple[Whom, ...]:
    found = await rows(_TAKING_PART, row["id"])
    return serving(sorted(each["organization"] for each in found), *_SUPPLIERS)


async def _bidding(row: Row, *states: str) -> tuple[Whom, ...]:
    found = await rows("SELECT organization FROM bid WHERE tender = $1 AND state = ANY ($2)", row["id"], list(states))
    return serving(sorted(each["organization"] for each in found), *_SUPPLIERS)


async def _published(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    asks = say(
        "{street} asks for bids: “{title}”, until {until}.",
        street=row["street_name"],
        title=row["title"],
        until=row["closes_at"],
    )
    own = say("The notice “{title}” was published.", title=row["title"])
    fitting = serving(await organizations_offering(category=row["category"]), *_SUPPLIERS)
    return [
        _telling(row, Topic.NOTICES, own, named(row["drafted_by"])),
        _telling(row, Topic.NOTICES, asks, fitting),
    ]


async def _asked(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("A question was asked about “{title}”; answer it for everybody to read.", title=row["title"])
    return [_telling(row, Topic.QUESTIONS, words, _street(row, Act.ANSWER_QUESTION))]


async def _answered(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("A question about “{title}” was answered.", title=row["title"])
    return [_telling(row, Topic.QUESTIONS, words, await _taking_part(row))]


async def _turned(event: Event) -> list[Telling]:
    """Tell the other keyholders, while keys are still wanted."""
    public = event.public or {}
    if public["turned"] >= public["of"]:
        return []
    row = await _tender(event.code)
    others = await rows("SELECT account FROM key_share WHERE tender = $1 AND turned_at IS NULL", row["id"])
    words = say("{name} has turned a key of “{title}”: turn yours.", name=event.by.name, title=row["title"])
    return [_telling(row, Topic.BIDS, words, named(*(each["account"] for each in others)), door="/turn-key")]


async def _opened(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    if row["state"] != State.OPENED:
        return []
    confirm = say("Your bid for “{title}” was opened: confirm the opening record.", title=row["title"])
    draw = say("The bids for “{title}” were opened; the panel can be drawn.", title=row["title"])
    return [
        _telling(row, Topic.BIDS, confirm, await _bidding(row, "opened")),
        _telling(row, Topic.BIDS, draw, _street(row, Act.DRAW_PANEL)),
    ]


async def _opening_confirmed(event: Event) -> list[Telling]:
    if not event.detail.get("remark"):
        return []
    row = await _tender(event.code)
    words = say("A bidder has a remark on the opening record of “{title}”.", title=row["title"])
    return [_telling(row, Topic.BIDS, words, _street(row, Act.DRAW_PANEL))]


async def _panel_drawn(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    seats = await rows("SELECT account FROM seat WHERE tender = $1 AND drawn_at = $2", row["id"], event.at)
    words = say(
        "You were drawn for the panel on “{title}”: declare a conflict if you have one, else check the bids.",
        title=row["title"],
    )
    return [_telling(row, Topic.PANEL, words, named(*(seat["account"] for seat in seats)))]


async def _seat_empty(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("A seat of the panel on “{title}” is empty; draw again.", title=row["title"])
    return [_telling(row, Topic.PANEL, words, _street(row, Act.DRAW_PANEL))]


async def _clarification_asked(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    bids = await rows("SELECT organization FROM bid WHERE tender = $1 AND number = $2", row["id"], event.detail["bid"])
    words = say(
        "The panel asks about your bid for “{title}”: answer until {until}.",
        title=row["title"],
        until=event.detail["until"],
    )
    to = serving(sorted(bid["organization"] for bid in bids), *_SUPPLIERS)
    return [_telling(row, Topic.BIDS, words, to, door="/answer-clarification")]


async def _clarification_answered(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    seats = await rows("SELECT account FROM seat WHERE tender = $1 AND recused_at IS NULL", row["id"])
    words = say("A bidder answered the panel’s question on “{title}”.", title=row["title"])
    return [_telling(row, Topic.PANEL, words, named(*(seat["account"] for seat in seats)))]


async def _quotes_requested(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("Hand in your final quote for “{title}” until {until}.", title=row["title"], until=row["quotes_until"])
    return [_telling(row, Topic.BIDS, words, await _bidding(row, "valid"))]


async def _ranked(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    if row["state"] != State.RANKED:
        return []
    seats = await rows("SELECT account FROM seat WHERE tender = $1 AND recused_at IS NULL", row["id"])
    words = say("The bids for “{title}” are ranked: sign the report.", title=row["title"])
    return [_telling(row, Topic.PANEL, words, named(*(seat["account"] for seat in seats)))]


async def _report_sealed(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    if row["state"] != State.EVALUATED:
        return []
    words = say(
        "The report on “{title}” is sealed: confirm the award until {until}.",
        title=row["title"],
        until=row["confirm_until"],
    )
    return [_telling(row, Topic.BIDS, words, _street(row, Act.CONFIRM_AWARD))]


async def _awarded(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    bids = await rows(
        "SELECT organization, rank, quality + price_score AS points FROM bid WHERE tender = $1 AND rank IS NOT NULL"
        " ORDER BY rank",
        row["id"],
    )
    contract = say("“{title}” is awarded: draft the contract.", title=row["title"])
    return [
        *(_telling(row, Topic.BIDS, _result(row, bid), serving(bid["organization"], *_SUPPLIERS)) for bid in bids),
        _telling(row, Topic.BIDS, contract, serving(row["street"], Role.PURCHASER)),
    ]


def _result(row: Row, bid: Row) -> Said:
    """Return a bidder's own score and rank, as 财政部令87 第六十九条 wants it told."""
    values = {"title": row["title"], "code": row["code"], "points": bid["points"], "rank": bid["rank"]}
    if bid["rank"] == 1:
        return say("“{title}” ({code}): your bid won, with {points} points. The award letter is on its page.", **values)
    return say("“{title}” ({code}): your bid did not win; it has {points} points and rank {rank}.", **values)


async def _ended(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("“{title}” ended without an award: {reason}", title=row["title"], reason=row["reason"])
    return [
        _telling(row, Topic.NOTICES, words, (*named(row["drafted_by"]), *serving(row["street"], Role.PURCHASER))),
        _telling(row, Topic.NOTICES, words, await _taking_part(row) if row["published_at"] else ()),
    ]


async def _corrected(event: Event) -> list[Telling]:
    row = await _tender(event.code)
    words = say("The notice “{title}” was corrected; read what changed.", title=row["title"])
    void = say(
        "A correction of “{title}” made your bid void: submit it again until {until}.",
        title=row["title"],
        until=row["closes_at"],
    )
    voided = await rows("SELECT organization FROM bid WHERE tender = $1 AND voided_at = $2", row["id"], event.at)
    losers = serving(sorted(bid["organization"] for bid in voided), *_SUPPLIERS)
    others = tuple(whom for whom in await _taking_part(row) if whom not in losers)
    return [_telling(row, Topic.NOTICES, words, others), _telling(row, Topic.BIDS, void, losers)]


async def _dispute(code: str) -> Row:
    """Return a challenge with its tender and complaint, by the code of the challenge or of the complaint."""
    row = await one(
        "SELECT c.code AS challenge, c.organization, c.answer_by, c.outcome, x.code AS complaint, x.decide_by, t.id,"
        " t.code, t.title, t.street, s.district FROM challenge c JOIN tender t ON t.id = c.tender"
        " JOIN organization s ON s.code = t.street LEFT JOIN complaint x ON x.challenge = c.id"
        " WHERE c.code = $1 OR x.code = $1",
        code,
    )
    assert row is not None  # noqa: S101  the event is about it
    return row


async def _supervisors(district: str) -> tuple[Whom, ...]:
    found = await rows("SELECT code FROM organization WHERE kind = 'authority' AND district = $1", district)
    return serving(sorted(each["code"] for each in found), Role.FINANCE_SUPERVISOR)


def _letter(code: str, words: Said, to: tuple[Whom, ...]) -> Telling:
    place = "challenges" if code.startswith("CH-") else "complaints"
    return Telling(topic=Topic.BIDS, says=words, url=f"/{place}/{code}", to=to)


async def _challenged(event: Event) -> list[Telling]:
    row = await _dispute(event.code)
    words = say("“{title}” is challenged: answer by {day}.", title=row["title"], day=row["answer_by"])
    to = serving(row["street"], *(Role(role) for role in sorted(CHALLENGE.step(Act.ANSWER_CHALLENGE).by)))
    return [_letter(event.code, words, to)]


async def _challenge_answered(event: Event) -> list[Telling]:
    row = await _dispute(event.code)
    words = say("A challenge of “{title}” was answered.", title=row["title"])
    return [_letter(event.code, words, await _taking_part(row))]


async def _answer_overdue(event: Event) -> list[Telling]:
    row = await _dispute(event.code)
    own = say("The street did not answer your challenge of “{title}” in time: you may complain.", title=row["title"])
    late = say("The answer to a challenge of “{title}” is overdue.", title=row["title"])
    street = serving(row["street"], Role.APPROVER, Role.STREET_SUPERVISOR)
    return [
        _letter(event.code, own, serving(row["organization"], *_SUPPLIERS)),
        _letter(event.code, late, (*street, *await _supervisors(row["district"]))),
    ]


async def _complained(event: Event) -> list[Telling]:
    row = await _dispute(event.code)
    decide = say("A complaint about “{title}”: decide it by {day}.", title=row["title"], day=row["decide_by"])
    street = say("A complaint about “{title}” went to the supervisor; signing waits.", title=row["title"])
    return [
        _letter(event.code, decide, await _supervisors(row["district"])),
        _letter(event.code, street, serving(row["street"], Role.APPROVER, Role.STREET_SUPERVISOR)),
    ]


async def _complaint_decided(event: Event) -> list[Telling]:
    row = await _dispute(event.code)
    words = say("The complaint about “{title}” was decided.", title=row["title"])
    street = serving(row["street"], Role.APPROVER, Role.STREET_SUPERVISOR)
    return [_letter(event.code, words, (*await _taking_part(row), *street))]


TELLS: Tells = {
    "tendering:file-challenge": _challenged,
    "tendering:answer-challenge": _challenge_answered,
    "tendering:note-overdue-answer": _answer_overdue,
    "tendering:file-complaint": _complained,
    "tendering:decide-complaint": _complaint_decided,
    "tendering:publish-tender": _published,
    "tendering:ask-question": _asked,
    "tendering:answer-question": _answered,
    "tendering:turn-key": _turned,
    "tendering:open-bids": _opened,
    "tendering:confirm-opening": _opening_confirmed,
    "tendering:draw-panel": _panel_drawn,
    "tendering:declare-conflict": _seat_empty,
    "tendering:ask-clarification": _clarification_asked,
    "tendering:answer-clarification": _clarification_answered,
    "tendering:request-final-quotes": _quotes_requested,
    "tendering:rank-bids": _ranked,
    "tendering:seal-report": _report_sealed,
    "tendering:confirm-award": _awarded,
    "tendering:correct-notice": _corrected,
    "tendering:cancel-tender": _ended,
    "tendering:fail-tender": _ended,
}
