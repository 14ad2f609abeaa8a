"""The one search of the house: notices, what may be bought, and organizations, from every page."""

from collections.abc import Mapping
from urllib.parse import urlencode

from catalogs.queries import find_items, find_organizations
from market.base.door import Door, Shown
from market.base.records import Listing
from market.base.refusal import Said, say
from market.base.searching import MOST_COUNTED, Asked, Found, Hit
from market.base.terms import marked, sought
from market.base.web import Route, listing
from market.base.wording import words
from market.people.states import User
from market.tendering.queries import find_notices

KINDS: Mapping[str, Said] = {
    "notices": say("Notices"),
    "items": say("Catalogue"),
    "organizations": say("Organizations"),
}
_RECORDS = {"notices": "tender", "items": "entry", "organizations": "organization"}
_BEST = 5
_PAGE = 50


@listing("/search", name="search", template="desk/search.html", returns=Hit)
async def search(door: Door[None]) -> Shown:
    """Search by `?q=`: the best of every kind, or with `?kind=notices|items|organizations` all of one, page by page."""
    text = (door.query("q") or "").strip()
    kind = door.query("kind") if door.query("kind") in KINDS else None
    looked_for = sought(text)
    found: dict[str, Found] = {}
    if looked_for and kind:
        found[kind] = await _search(kind, door.user, Asked(text=text, sought=looked_for, after=door.after, limit=_PAGE))
    elif looked_for:
        asked = Asked(text=text, sought=looked_for, limit=_BEST, count=not door.wants_json)
        found = {each: await _search(each, door.user, asked) for each in KINDS}
    hits = [hit for page in found.values() for hit in page.items]
    listed = Listing(items=hits, next=found[kind].next if kind and looked_for else None)
    context = {
        "words": text,
        "kind": kind,
        "kinds": KINDS,
        "records": _RECORDS,
        "found": found,
        "wanted": looked_for.words if looked_for else (),
        "marked": marked,
        "most": MOST_COUNTED,
        "here_after": bool(door.after),
        "ways": [
            (f"/search?{urlencode({'q': text, 'kind': key})}", words(said, door.lang), key == kind)
            for key, said in KINDS.items()
        ],
    }
    return Shown(listed, context)


async def _search(kind: str, user: User, asked: Asked) -> Found:
    if kind == "notices":
        return await find_notices(user=user, asked=asked)
    return await (find_items if kind == "items" else find_organizations)(asked=asked)


ROUTES: list[Route] = [search]
