"""`search`: a page of organizations and of services, by a rare word, a common one, pinyin, and two facets.

Each is put beside a bare handler that sends the product's own statement to the product's own rows. The slowest of a
hundred on the large installation may take four times as long as on the medium one, whose figures are kept there.
"""

import asyncio
import json
import os
import pickle
import random
import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode

import asyncpg

from catalogs.queries import directory, menu
from catalogs.rules.searches import Services, Wanted
from market.base import database
from market.base.calendar import local_date
from market.base.processes import CannotRun
from tests.bench.compare import CONNECTIONS, Effort, compare
from tests.bench.figures import Figure, at_most
from tests.bench.ground import Ground, say
from tests.bench.load import dealt, fetched, request
from tests.bench.search_floor import PRODUCT_DSN, QUESTIONS

JSON = {"Accept": "application/json"}
WANTED = 0.35
TIMES_MEDIUM = 4.0
RARE = 200
_LINE = (
    "code",
    "state",
    "url",
    "name",
    "name_en",
    "kind",
    "categories",
    "service_areas",
    "grade",
    "is_hub",
    "is_barred",
)
_ENTRY = ("code", "state", "url", "register", "name_zh", "name_en", "parent", "level", "checked")
Question = tuple[str, tuple[Any, ...], tuple[str, ...]]


def figures(here: Ground, effort: Effort) -> Iterator[Figure]:
    """Measure every way of searching, and how much slower the slowest are than on the medium installation."""
    asked = asyncio.run(_asked(here))
    questions: list[Question] = []
    places: dict[str, list[int]] = {}
    for name, paths in asked.items():
        places[name] = list(range(len(questions), len(questions) + len(paths)))
        questions += asyncio.run(_questions(here, paths))
    kept = here.data / "search-questions.pickle"
    kept.write_bytes(pickle.dumps(questions))
    os.environ |= {PRODUCT_DSN: here.dsn, QUESTIONS: str(kept)}
    slowest: dict[str, float] = {}
    with here.product() as port, here.floors() as bare:
        for name, paths in asked.items():
            _compare_codes(port, bare, paths[0], places[name][0])
            compared = compare(
                f"search-{name}",
                product=(port, _dealt(paths)),
                floor=(bare, _dealt([f"/found/{number}" for number in places[name]])),
                effort=effort,
            )
            slowest[name] = statistics.median(load.p99 for load in compared.product)
            yield compared.figure(f"search-{name}", wanted=WANTED)
    (here.data / "search-p99.json").write_text(json.dumps(slowest), encoding="utf-8")
    yield from _beside_medium(here, slowest)


def _beside_medium(here: Ground, slowest: Mapping[str, float]) -> Iterator[Figure]:
    medium = here.data.parent / "medium" / "search-p99.json"
    if here.scale != "large":
        return
    if not medium.exists():
        raise CannotRun("run `./dev bench search --scale medium` first: its slowest answers are the measure")
    before = json.loads(medium.read_text(encoding="utf-8"))
    for name, milliseconds in slowest.items():
        yield at_most(f"search-{name}-p99-to-medium", figure=milliseconds / before[name], wanted=TIMES_MEDIUM)


def _dealt(paths: Sequence[str]) -> list[list[bytes]]:
    return dealt([request(path, headers=JSON) for path in paths], connections=CONNECTIONS)


async def _asked(here: Ground) -> dict[str, list[str]]:
    """Return the addresses of each way of searching, the same ones every time."""
    connection = await asyncpg.connect(here.dsn)
    try:
        found = await connection.fetch("SELECT name FROM organization WHERE kind = 'minfei' ORDER BY id LIMIT 100000")
        areas = await connection.fetch("SELECT DISTINCT service_areas FROM profile WHERE service_areas <> '' LIMIT 20")
        items = await connection.fetch("SELECT name_zh FROM entry WHERE register = 'menu' ORDER BY id LIMIT 20000")
    finally:
        await connection.close()
    drawn = random.Random(20_000)
    names = drawn.sample([row["name"] for row in found], min(RARE, len(found)))
    services = drawn.sample([row["name_zh"] for row in items], min(RARE, len(items)))
    categories = ("LIFE", "CHARITY", "CULTURE", "MEDIATION")
    return {
        "rare": [_organizations(q=name[4:]) for name in names],
        "common": [_organizations(q="服务")],
        "pinyin": [_organizations(q=word) for word in ("weilao", "zhucanfuwu", "xinlijiankang", "tiaojie")],
        "facets": [_organizations(category=c, area=row["service_areas"]) for c in categories for row in areas],
        "items-rare": [_services(q=name) for name in services],
        "items-common": [_services(q="服务", register="menu")],
        "items-pinyin": [_services(q=word) for word in ("zhucan", "xinli", "jianshen")],
        "items-facets": [_services(register="menu", category=c) for c in categories],
    }


def _organizations(**query: str) -> str:
    return f"/organizations?{urlencode(query)}"


def _services(**query: str) -> str:
    return f"/catalogs?{urlencode(query)}"


async def _questions(here: Ground, paths: Sequence[str]) -> list[Question]:
    """Return the statements that the product sends for these addresses, with their arguments."""
    sent: list[tuple[str, tuple[Any, ...]]] = []

    async def noting(sql: str, *args: Any) -> list[Any]:
        sent.append((sql, args))
        return []

    await database.connect_pool(dsn=here.dsn, maximum=1)
    try:
        on = local_date(await _now())
        with patch.object(directory, "answers_to", noting), patch.object(menu, "rows_sought", noting):
            for path in paths:
                page, _, query = path.partition("?")
                if page == "/organizations":
                    await directory.organizations_page(wanted=Wanted(**dict(parse_qsl(query))), on=on)
                else:
                    await menu.services_page(wanted=Services(**dict(parse_qsl(query))))  # type: ignore[arg-type]
    finally:
        await database.close_pool()
    shown = _LINE if paths[0].startswith("/organizations") else _ENTRY
    return [(sql, args, shown) for sql, args in sent]


async def _now() -> Any:
    (row,) = await database.rows("SELECT now() AS now")
    return row["now"]


def _compare_codes(port: int, bare: int, path: str, number: int) -> None:
    """Make sure that both sides find the same. Raises CannotRun."""
    mine, theirs = _fetch(port, path)["items"], _fetch(bare, f"/found/{number}")["items"]
    if not mine or [line["code"] for line in mine] != [line["code"] for line in theirs]:
        raise CannotRun(f"the floor of {path} finds others ({len(mine)} and {len(theirs)})")
    say(f"search: {path} finds {len(mine)}")


def _fetch(port: int, path: str) -> Any:
    return json.loads(fetched(port, path, headers=JSON))
