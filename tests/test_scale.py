"""The large towns: the same number invents the same rows, everything that must be true is, and the pages show them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from market import operations
from market.app import furnish
from market.base import database
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.embedded import APPLICATION, OWNER, Access
from market.people.codes import objections_to_code, objections_to_kind, warnings_about_code
from market.seed.scale import build_scale
from market.seed.scale_people import People
from market.seed.scale_plan import ENDS_AT, SIZES
from market.tendering.rules.finding import notice_terms
from tests.conftest import _build_schema, _built_once, _settings

SEED = 7
TABLES = (
    *("organization", "profile", "account", "membership", "entry", "budget_line", "need", "tender", "question", "bid"),
    *("seat", "documents_taken", "contract", "contract_signature", "contract_milestone", "contract_delivery"),
    *("contract_opinion", "invoice", "invoice_payment", "attachment", "ledger_event", "counter"),
)
# The nonce under which a bid's key is wrapped is new every time; and what is loaded besides bears the moment's id only.
NOT_THE_SAME = "- 'content_key'"


@pytest.fixture(scope="session")
def scale_template(server: Access, house: Any) -> str:
    """The name of a database with a small large town in it."""

    async def build() -> None:
        await _build_schema()
        furnish(_settings(server))
        await build_scale(scale="small", seed=SEED, settings=_settings(server), dsn=str(database.DB.config["dsn"]))

    return _built_once(server, "template_scale", build)


@pytest.fixture
async def large(server: Access, scale_template: str, cloned: Callable[[str], Awaitable[str]]) -> AsyncIterator[str]:
    """A large town of this test's own; the application's pool is open on it."""
    furnish(_settings(server))
    dsn = server.dsn(APPLICATION, database=await cloned(scale_template))
    await database.connect_pool(dsn=dsn)
    yield dsn
    await database.close_pool()


async def _digests() -> dict[str, str]:
    """A digest of every table's rows, whatever their order."""
    found = {}
    for table in TABLES:
        row = await one(
            f"SELECT md5(coalesce(string_agg(r, '' ORDER BY r), '')) AS digest, count(*) AS many"
            f" FROM (SELECT (to_jsonb(x) {NOT_THE_SAME})::text AS r FROM {table} x) y"
        )
        assert row is not None
        assert row["many"] > 0, table
        found[table] = row["digest"]
    return found


async def test_the_same_number_invents_the_same_rows(
    server: Access, large: str, empty_template: str, cloned: Any
) -> None:
    first = await _digests()
    await database.close_pool()
    name = await cloned(empty_template)
    await database.connect_pool(dsn=server.dsn(APPLICATION, database=name))
    await build_scale(scale="small", seed=SEED, settings=_settings(server), dsn=server.dsn(OWNER, database=name))
    assert await _digests() == first


async def test_everything_that_must_be_true_is(server: Access, large: str) -> None:
    await database.close_pool()
    findings = await operations.examine(dsn=large, settings=_settings(server))
    assert {question: faults for question, faults in findings.items() if faults} == {}
    assert await operations.objections_to_scale(dsn=large) == ["a large town stands here already"]
    await database.connect_pool(dsn=large)


async def test_it_is_of_the_size_that_was_asked_for(large: str) -> None:
    size = SIZES["small"]
    states = {row["state"]: row["many"] for row in await rows("SELECT state, count(*) AS many FROM tender GROUP BY 1")}
    assert sum(states.values()) == size.notices
    assert set(states) == {"open", "opened", "awarded", "contracted", "failed", "cancelled"}
    assert states["contracted"] > size.notices * 0.8
    newest = await one("SELECT max(published_at) AS at, min(published_at) AS first FROM tender")
    assert newest is not None
    assert newest["first"].year == 2021
    assert newest["at"] < ENDS_AT


async def test_what_comes_next_gets_the_next_number(large: str) -> None:
    last = await one("SELECT code FROM tender WHERE code LIKE 'T-2026-%' ORDER BY id DESC LIMIT 1")
    assert last is not None
    async with transaction():
        following = await code_for("T", ENDS_AT)
    assert int(following.rsplit("-", 1)[1]) == int(last["code"].rsplit("-", 1)[1]) + 1
    for table in ("tender", "contract", "invoice", "organization"):
        row = await one(f"SELECT nextval('{table}_id_seq') - max(id) AS step FROM {table}")
        assert row == {"step": 1}, table


async def test_notices_are_found_by_the_same_terms_as_through_the_act(large: str) -> None:
    sql = "SELECT t.*, o.name AS street_name FROM tender t JOIN organization o ON o.code = t.street ORDER BY t.id"
    for row in await rows(f"{sql} LIMIT 20"):
        names = ("code", "title", "street_name", "requirement", "qualification")
        assert row["search_terms"] == list(notice_terms(**{name: row[name] for name in names}))


async def test_pages_show_it(large: str, house: Any) -> None:
    codes = {
        "tenders": "SELECT code FROM tender WHERE state = 'contracted' ORDER BY id LIMIT 1",
        "needs": "SELECT code FROM need WHERE state = 'contracted' ORDER BY id LIMIT 1",
        "contracts": "SELECT code FROM contract WHERE state = 'closed' ORDER BY id LIMIT 1",
        "organizations": "SELECT supplier AS code FROM contract ORDER BY id LIMIT 1",
        "catalogs": "SELECT code FROM entry WHERE register = 'menu' ORDER BY id DESC LIMIT 1",
    }
    paths = ["/", "/tenders", "/needs", "/contracts", "/organizations", "/catalogs", "/ledger"]
    for collection, sql in codes.items():
        row = await one(sql)
        assert row is not None, collection
        paths.append(f"/{collection}/{row['code']}")
    transport = httpx.ASGITransport(app=house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as client:
        for path in paths:
            for kind in ("application/json", "text/html"):
                answer = await client.get(path, headers={"Accept": kind})
                assert answer.status_code == 200, f"{path} as {kind}: {answer.text[:300]}"


@pytest.mark.parametrize("scale", ["small", "medium"])
def test_codes_check_and_name_no_real_place(scale: str) -> None:
    people = People(size=SIZES[scale], seed=SEED)
    codes = set()
    for house in people.houses():
        assert not objections_to_code(house.code)
        assert not warnings_about_code(house.code)
        assert not objections_to_kind(code=house.code, kind=house.kind)
        assert house.code[2:8] == "000000"
        codes.add(house.code)
    assert len(codes) == SIZES[scale].organizations + 2 * SIZES[scale].offices + SIZES[scale].districts


async def test_a_town_in_use_is_left_alone(server: Access, empty_database: str) -> None:
    await database.one(
        "INSERT INTO account (login, name, password_hash, created_at) VALUES ('somebody', '某人', 'x', now())"
    )
    dsn = server.dsn(APPLICATION, database=empty_database)
    await database.close_pool()
    assert "somebody has an account here" in (await operations.objections_to_scale(dsn=dsn))[0]
    await database.connect_pool(dsn=dsn)


async def test_it_may_stand_beside_the_town(server: Access, town: Any) -> None:
    found = await one("SELECT current_database() AS name")
    assert found is not None
    dsn = server.dsn(OWNER, database=found["name"])
    before = await one("SELECT count(*) AS many FROM tender")
    assert before is not None
    await build_scale(scale="small", seed=SEED, settings=_settings(server), dsn=dsn)
    after = await one("SELECT count(*) AS many, count(DISTINCT code) AS codes FROM tender")
    assert after == {"many": before["many"] + SIZES["small"].notices, "codes": before["many"] + SIZES["small"].notices}
