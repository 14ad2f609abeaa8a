"""Every door by every role, on own, others' and invented records: only the answers that outside.md promises.

The step of an act says who may do it; what a reader may not see is 404; nobody's answer holds somebody's secret.
"""

import re
from zlib import crc32

import httpx
import pytest

from market.app import routes
from market.base.database import rows
from market.base.lifecycle import HOUSE
from market.base.web import Route
from market.people.states import Role
from market.seed.people import PEOPLE
from tests.town import Town

ROUTES = routes()
ONE_OF_EACH = {str(person.role): person.login for person in reversed(PEOPLE)}
INVENTED = ("X-2026-9999", "0")
# Read through their hashes only, or under a seal: no answer to anybody but their owner may hold them.
SECRETS = (
    "SELECT password_hash AS secret FROM account",
    "SELECT digest AS secret FROM token",
    "SELECT digest AS secret FROM session",
    "SELECT digest AS secret FROM invitation",
    "SELECT digest AS secret FROM survey_slip",
)


async def codes_of(collection: str, *, every: bool = False) -> list[str]:
    """Return the codes of a collection: one record in each of its states or every one, and the invented ones."""
    kinds = [life.kind for life in HOUSE.lifecycles.values() if life.collection == collection]
    found: list[str] = []
    for kind in kinds:
        table = await rows(
            "SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name IN"
            " ('code', 'state') HAVING count(*) = 2",
            kind,
        )
        if table:
            one_each = f'SELECT min(code) AS code FROM "{kind}" GROUP BY state'
            found += [row["code"] for row in await rows(f'SELECT code FROM "{kind}"' if every else one_each)]
    return [*found, *INVENTED]


def dealt(codes: list[str], *, to: str) -> list[str]:
    """Return a third of the codes and an invented one: another third for each door and role, so that all are met."""
    lucky = [code for code in codes if crc32(f"{to} {code}".encode()) % 3 == 0]
    return [*lucky, codes[-1]] if codes[-1] not in lucky else lucky


def filled(route: Route, code: str) -> str:
    """Return the route's address on a record."""
    path = route.path.replace("{code:str}", code).replace("{rule:str}", code).replace("{word:str}", code)
    return re.sub(r"\{\w+:(int|str)\}", "1", path)


def expected(route: Route, role: str | None) -> set[int]:
    """Return the statuses with which a door may answer a role."""
    if route.act is None:
        return {200, 401, 404} if role is None else {200, 404}
    _, step = HOUSE.steps[route.name]
    if Role.ANYONE in step.by:
        return {200, 201, 401, 404, 422}
    if role is None:
        return {401}
    return {200, 201, 404, 422} if role in step.by else {403}


async def secrets_of_others(town: Town, login: str | None) -> set[str]:
    """Return what this reader must find nowhere: hashes, and the plans of unopened bids of other organizations."""
    found = {str(row["secret"]) for sql in SECRETS for row in await rows(sql)}
    bids = await rows(
        "SELECT t.code, b.organization FROM bid b JOIN tender t ON t.id = b.tender WHERE t.state = 'open'"
    )
    home = next((person.home for person in PEOPLE if person.login == login), None)
    for bid in bids:
        if bid["organization"] != home:
            bidder = next(p.login for p in PEOPLE if p.home == bid["organization"] and p.role == Role.BIDDER)
            own = (await (await town.client(bidder)).get(f"/tenders/{bid['code']}/my-bid")).json()
            found |= {part["plan"] for part in (own.get("submitted"), own.get("draft")) if part and part["plan"]}
    # The town's people reuse their words: what an opened bid says in public is no secret.
    return found - {row["plan"] for row in await rows("SELECT plan FROM bid WHERE plan IS NOT NULL")}


@pytest.mark.parametrize("role", [None, *sorted(ONE_OF_EACH)])
async def test_every_door_answers_as_promised(town: Town, role: str | None) -> None:
    assert await surprises_of(town, role, every=False) == []


@pytest.mark.prove
@pytest.mark.parametrize("role", [None, *sorted(ONE_OF_EACH)])
async def test_matrix_of_every_record_answers_as_promised(town: Town, role: str | None) -> None:
    assert await surprises_of(town, role, every=True) == []


async def surprises_of(town: Town, role: str | None, *, every: bool) -> list[tuple[str, int]]:
    """Knock at every door as somebody of a role and return the answers that nobody was promised."""
    client = await town.client(ONE_OF_EACH[role] if role else None)
    secrets = await secrets_of_others(town, ONE_OF_EACH[role] if role else None)
    assert len(secrets) > 20
    codes = {first: await codes_of(first, every=every) for first in {route.path.split("/")[1] for route in ROUTES}}
    surprises: list[tuple[str, int]] = []

    def judge(answer: httpx.Response, allowed: set[int]) -> None:
        if answer.status_code not in allowed or any(secret in answer.text for secret in secrets):
            surprises.append((f"{answer.request.method} {answer.request.url.path}", answer.status_code))

    for route in ROUTES:
        allowed = expected(route, role)
        several = codes[route.path.split("/")[1]] if "{" in route.path else [""]
        if allowed <= {401, 403}:
            several = several[:1]  # the guard stands before every record
        for code in several if every else dealt(several, to=f"{route.name} {role}"):
            path = filled(route, code)
            if route.act is None:
                judge(await client.get(path), allowed)
            else:
                judge(await client.get(path, headers={"Accept": "text/html"}), allowed | {303} - {201})
                judge(await client.post(path, json={}), allowed)
    return surprises
