"""What others keep to themselves is found by nobody, wherever they look; and what may not be seen looks like nothing.

Recognizable secrets are planted by the acts of their owners. Then everybody else opens every address and the answers
are searched for them; that the search would find them is shown by the owners' own.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from market.app import routes
from market.base.database import rows
from market.base.lifecycle import HOUSE
from market.base.web import Route
from market.people.states import Role
from market.seed import people
from market.seed.people import PEOPLE
from tests.journey import Book
from tests.tendering.stages import seated, tender_at
from tests.test_matrix import INVENTED, ONE_OF_EACH, codes_of
from tests.town import Town

READS = [
    route
    for route in routes()
    if route.act is None and not re.search(r"\.pdf|/paper|/report$|/files/|acceptances", route.path)
]
FEW = ("zhou.ping", "shen.yan", "fei.xue", "qin.shu", None)
NOBODYS = "X-2026-9999"


def served_by(*homes: str) -> frozenset[str]:
    return frozenset(person.login for person in PEOPLE if person.home in homes)


AUDIT = frozenset({"hua.rong", "yan.li"})


def street_of(login: str) -> frozenset[str]:
    """Everybody of somebody's street, and who audits it."""
    return served_by(next(person.home for person in PEOPLE if person.login == login)) | AUDIT


@dataclass(frozen=True)
class Secret:
    """Words that only these people may read, and one of them who does read it at this address."""

    words: str
    knows: frozenset[str]
    owner: str
    at: str


class Planter:
    """Plants secrets by the acts of their owners, with the examples of the OpenAPI document."""

    def __init__(self, town: Town, book: Book) -> None:
        self._town, self._book = town, book

    async def do(self, who: str | None, act: str, on: str, changes: dict[str, Any]) -> dict[str, Any]:
        client = await self._town.client(who)
        answer = await client.post(self._book.path(act, on), json=self._book.body(act, changes))
        assert answer.status_code in (200, 201), f"{who} {act} {on}: {answer.status_code} {answer.text}"
        return dict(answer.json())

    def example(self, act: str) -> tuple[str, str]:
        """Who does the act in the town, and on which record."""
        path, operation = self._book.operations[act]
        code = next(p["example"] for p in operation["parameters"] if p["in"] == "path")
        return operation["x-example-account"], path.rsplit("/", 1)[0].format(code=code)


async def plant(town: Town) -> list[Secret]:
    """Plant one secret of each kind and return them."""
    planter = Planter(town, Book((await (await town.client()).get("/schema/openapi.json")).json()))
    tender = f"/tenders/{await tender_at('open')}"
    harmony = served_by(people.HARMONY)
    await planter.do("lei.hao", "take-documents", tender, {})
    await planter.do("lei.hao", "submit-bid", tender, {"plan": "银杏树下的方案", "price": "231234.56"})
    await planter.do("lei.hao", "save-draft-bid", tender, {"plan": "石榴树下的草稿"})
    need = await planter.do("wang.fang", "draft-need", "", {"title": "海棠树下的需求"})
    buyer, approved = planter.example("draft-tender")
    draft = await planter.do(buyer, "draft-tender", approved, {"qualification": "玉兰树下的资格要求"})
    drafter, awarded = planter.example("draft-contract")
    contract = await planter.do(drafter, "draft-contract", awarded, {"content": "香樟树下的约定"})
    await planter.do(
        "he.jing", "update-profile", f"/organizations/{people.WARM_SUN}", {"bank_account": "6200000098765432"}
    )
    invitation = {"email": "hidden.member@example.org", "role": "bidder"}
    await planter.do("he.jing", "invite-member", f"/organizations/{people.WARM_SUN}", invitation)
    supplier = served_by(str(contract["supplier"]))
    return [
        Secret("石榴树下的草稿", harmony, "lei.hao", f"{tender}/my-bid"),
        Secret("海棠树下的需求", street_of("wang.fang"), "wang.fang", str(need["url"])),
        Secret("玉兰树下的资格要求", street_of(buyer), buyer, str(draft["url"])),
        Secret("香樟树下的约定", street_of(drafter) | supplier, drafter, str(contract["url"])),
        Secret(
            "6200000098765432",
            served_by(people.WARM_SUN),
            "he.jing",
            f"/organizations/{people.WARM_SUN}/update-profile",
        ),
        Secret("hidden.member@example.org", served_by(people.WARM_SUN), "he.jing", ""),
    ]


def filled(route: Route, code: str) -> str:
    return re.sub(r"\{\w+:int\}", "1", re.sub(r"\{\w+:str\}", code, route.path))


def addresses(*, codes: dict[str, list[str]], words: list[str], every: bool) -> list[str]:
    """Every address that reads, on these records, with what searches (and filters, when every) would bring up."""
    found = []
    for route in READS:
        several = codes.get(route.path.split("/")[1], []) if "{" in route.path else [""]
        found += [filled(route, code) for code in several]
    found += [f"/ledger?record={code}" for several in codes.values() for code in several]
    lists = [route.path for route in READS if route.path == "/search" or (route.many and every)]
    # Half of the words are asked for: a search that says what was asked gives nothing away by that.
    return found + [f"{path}?q={word[: (len(word) + 1) // 2]}" for path in lists for word in words]


async def answers(town: Town, who: str | None, paths: list[str]) -> AsyncIterator[tuple[str, httpx.Response]]:
    client = await town.client(who)
    for path in paths:
        for accept in ("application/json", "text/html"):
            yield path, await client.get(path, headers={"Accept": accept})


async def leaks(town: Town, who: str | None, *, secrets: list[Secret], paths: list[str]) -> list[str]:
    hidden = [secret for secret in secrets if who not in secret.knows]
    found = []
    async for path, answer in answers(town, who, paths):
        assert answer.status_code < 500, f"{who} {path}: {answer.status_code}"
        found += [f"{who} reads “{secret.words}” at {path}" for secret in hidden if secret.words in answer.text]
    return found


async def everywhere(secrets: list[Secret], *, every: bool) -> list[str]:
    """Every address on the planted records, and on all others too when it must be every one."""
    kinds = {route.path.split("/")[1] for route in READS}
    planted: dict[str, list[str]] = {}
    for secret in secrets:
        parts = secret.at.split("/")
        if len(parts) > 2:
            planted.setdefault(parts[1], []).append(parts[2])
    if every:
        for kind in kinds:
            planted[kind] = sorted({*planted.get(kind, []), *await codes_of(kind, every=True)})
    codes = {kind: sorted(set(several)) for kind, several in planted.items()}
    return addresses(codes=codes, words=[secret.words for secret in secrets], every=every)


async def test_no_answer_holds_what_others_keep_to_themselves(town: Town) -> None:
    secrets = await plant(town)
    paths = await everywhere(secrets, every=False)
    assert [leak for who in FEW for leak in await leaks(town, who, secrets=secrets, paths=paths)] == []


async def test_the_search_finds_what_the_owners_themselves_read(town: Town) -> None:
    for secret in await plant(town):
        if secret.at:
            strangers = Secret(secret.words, frozenset(), secret.owner, secret.at)
            found = await leaks(town, secret.owner, secrets=[strangers], paths=[secret.at])
            assert found, f"{secret.owner} does not read “{secret.words}” at {secret.at}"


async def test_nobody_learns_who_sits_on_a_panel_before_the_award(town: Town) -> None:
    for stage in ("drawn", "ranked"):
        code = await tender_at(stage)
        members = await seated(code)
        names = [row["name"] for row in await rows("SELECT name FROM account WHERE login = ANY ($1)", members)]
        secrets = [Secret(words, frozenset(members), members[0], "") for words in (*names, *members)]
        paths = [filled(route, code) for route in READS if route.path.startswith("/tenders")] + [
            f"/ledger?record={code}"
        ]
        for who in (*FEW, "wang.fang", "li.jun", "hua.rong", "lin.feng", "kong.xin"):
            if who not in members:
                assert await leaks(town, who, secrets=secrets, paths=paths) == []


async def alike(client: httpx.AsyncClient, route: Route, *, code: str, body: Any) -> list[str]:
    """What may not be seen answers exactly as what does not exist, to a reader and to a doer."""
    found = []
    for method in ("GET", "POST") if route.act else ("GET",):
        told = []
        for asked in (code, NOBODYS):
            sent: dict[str, Any] = {"json": body} if method == "POST" else {}
            answer = await client.request(method, filled(route, asked), **sent)
            told.append((answer.status_code, answer.text.replace(asked, "")))
        if told[0] != told[1]:
            found.append(f"{method} {filled(route, code)} tells that it exists: {told[0][0]} beside {told[1][0]}")
    return found


async def shadows(town: Town, login: str | None, *, every: bool) -> tuple[int, list[str]]:
    """Count the records that somebody may not see, and return where an answer betrays one."""
    client = await town.client(login)
    role = next((person.role for person in PEOPLE if person.login == login), Role.ANYONE)
    book = Book((await client.get("/schema/openapi.json")).json())
    hidden, found = 0, []
    cards = [route for route in READS if re.fullmatch(r"/\w+/\{code:str\}", route.path) and not route.many]
    for card in cards:
        collection = card.path.split("/")[1]
        near = [route for route in routes() if route.path.startswith(f"{card.path}/")]
        for code in await codes_of(collection, every=every):
            if code in INVENTED or (await client.get(filled(card, code))).status_code != 404:
                continue
            hidden += 1
            for route in near:
                if route.act and role not in HOUSE.steps[route.name][1].by:
                    continue  # the guard stands before every record
                body = book.body(route.name, {}) if route.act else {}
                if "slip" in body:
                    body["slip"] = NOBODYS  # who holds a slip may answer without seeing anything else
                found += await alike(client, route, code=code, body=body)
    return hidden, found


@pytest.mark.parametrize("login", ["wu.tao", "fei.xue", None])
async def test_what_may_not_be_seen_looks_like_what_does_not_exist(town: Town, login: str | None) -> None:
    hidden, found = await shadows(town, login, every=False)
    assert found == []
    assert hidden > 2


@pytest.mark.prove
@pytest.mark.parametrize("login", [None, *sorted({*ONE_OF_EACH.values(), "wu.tao", "cen.li", "an.ning"})])
async def test_matrix_of_every_record_keeps_every_secret(town: Town, login: str | None) -> None:
    _, found = await shadows(town, login, every=True)
    assert found == []
    secrets = await plant(town)
    assert await leaks(town, login, secrets=secrets, paths=await everywhere(secrets, every=True)) == []
