"""The home page: what waits for whoever is signed in, and the way in for everybody else."""

from market.base.records import Listing, Waiting
from market.base.web import Door, Route, Shown, listing
from market.desk import queries


@listing("/", name="home", template="desk/home.html", returns=Waiting)
async def home(door: Door[None]) -> Shown:
    """Show what waits for the reader, by when, under which rule."""
    waiting = await queries.home(user=door.user, now=door.now)
    return Shown(Listing(items=waiting), {"today": door.now.date()})


ROUTES: list[Route] = [home]
