"""The reading doors: the list, the notice with what is the reader's own beside it, one's own bid."""

from datetime import datetime
from typing import Any

from market.base.web import Door, Shown, listing, read
from market.people.attachments import own_attachments
from market.tendering import queries
from market.tendering.documents.disputes import FIELD_WORDS
from market.tendering.pages.doors import TENDER, card_at, note_own_bid
from market.tendering.queries import OwnBid, TenderCard, TenderLine
from market.tendering.queries.draws import DrawCard, draw_for
from market.tendering.rules.course import Moments, course_of, headline_of, time_left
from market.tendering.rules.draws import STANDING_WORDS
from market.tendering.rules.rigging import SIGN_WORDS
from market.tendering.states import MATTER_WORDS, State

_OF_THE_RESULT = ("decided_at", "notice_until", "challenge_until", "sign_by")
_OF_THE_NOTICE = tuple(name for name in Moments.__struct_fields__ if name not in _OF_THE_RESULT)


@listing("/tenders", name="tenders_page", template="tendering/tenders.html", returns=TenderLine)
async def tenders(door: Door[None]) -> Shown:
    """List the notices, newest first; of one state with `?state=open`."""
    state = door.query("state")
    return Shown(await queries.tenders_page(user=door.user, state=state, after=door.after), {"state": state})


@read(TENDER, name="tender_for", template="tendering/tender.html", returns=TenderCard)
async def tender(door: Door[None]) -> Shown:
    """Show a notice with everything that is the reader's to see."""
    card = await card_at(door)
    return Shown(card, {} if door.wants_json else _course(card, now=door.now))


def _course(card: TenderCard, *, now: datetime) -> dict[str, Any]:
    """Return the stops of a notice's course, the one to be told first, and how long is left until it."""
    result = {name: getattr(card.result, name) for name in _OF_THE_RESULT} if card.result else {}
    given = {name: getattr(card, name) for name in _OF_THE_NOTICE}
    moments = Moments(**{**given, "state": State(card.state)}, **result)
    stops = course_of(moments=moments, now=now)
    present = headline_of(stops)
    return {
        "field_words": FIELD_WORDS,
        "sign_words": SIGN_WORDS,
        "matter_words": MATTER_WORDS,
        "course": stops,
        "present": present,
        "left": time_left(until=present.at, now=now) if present else None,
    }


@read(f"{TENDER}/draw", name="draw_for", template="tendering/draw.html", returns=DrawCard)
async def panel_draw(door: Door[None]) -> Shown:
    """Show by which chance a panel is drawn: its digest at once, seed and pool with the award, for anyone to repeat."""
    row = await queries.tender_row(code=door.code, user=door.user)
    card = await draw_for(tender=row)
    return Shown(card, {"tender": await card_at(door), "standing_words": STANDING_WORDS})


@read(f"{TENDER}/my-bid", name="own_bid", template="tendering/my_bid.html", returns=OwnBid, signed_in=True)
async def my_bid(door: Door[None]) -> Shown:
    """Show one's own bid in clear, to one's own organization alone."""
    row = await queries.tender_row(code=door.code, user=door.user)
    own = await queries.own_bid(tender=row, user=door.user)
    if own.draft is not None:
        await note_own_bid(door, state=row["state"])
    files = await own_attachments(by=door.user, sealed_for=door.code)
    return Shown(own, {"tender": await card_at(door), "files": files})
