"""The schedule: what time did and what it will do next, so that a scheduler that stands still is seen."""

from market.base.records import Listing
from market.base.web import Door, Route, Shown, listing
from market.desk.drawings import ROOM_WORDS
from market.desk.queries.schedule import Deed, ahead, deeds_of_time


@listing("/schedule", name="schedule", template="desk/schedule.html", returns=Deed, signed_in=True)
async def schedule(door: Door[None]) -> Listing[Deed] | Shown:
    """List what time did, newest first; on the page also when it acts next in each room, and what runs when."""
    done = await deeds_of_time(user=door.user, after=door.after)
    if door.wants_json:
        return done
    return Shown(done, {"ahead": await ahead(now=door.now), "room_words": ROOM_WORDS})


ROUTES: list[Route] = [schedule]
