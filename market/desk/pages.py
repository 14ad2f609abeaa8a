"""The home page: what waits for whoever is signed in, and the way in for everybody else."""

from market.base.records import Listing
from market.base.web import Door, Route, Shown, listing
from market.desk import feeds, intention_feed, manual, queries, schedule, search, service_list, streets, year
from market.desk.drawings import context_of


@listing("/", name="home", template="desk/home.html", returns=queries.Task)
async def home(door: Door[None]) -> Listing[queries.Task] | Shown:
    """Show what waits for the reader, by when, under which rule; on the page also the desk of each role held."""
    tasks = Listing(items=await queries.tasks(user=door.user, now=door.now))
    if door.wants_json:
        return tasks
    desk = await queries.home(user=door.user, now=door.now, lang=door.lang, year=door.year)
    return Shown(tasks, context_of(tasks.items, desk=desk, now=door.now, lang=door.lang))


ROUTES: list[Route] = [
    home,
    *search.ROUTES,
    *streets.ROUTES,
    *year.ROUTES,
    *service_list.ROUTES,
    *feeds.ROUTES,
    *intention_feed.ROUTES,
    *manual.ROUTES,
    *schedule.ROUTES,
]
