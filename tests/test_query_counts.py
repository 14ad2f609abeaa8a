"""How often a page asks the database: a list of twenty rows asks no more often than a list of none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from asyncpg.connection import Connection

from tests.town import Town

# Signing in, the clock and the law's citations ask a few times for every request; a list adds a handful.
MOST_OF_A_LIST = 12
MOST_OF_A_RECORD = 25
LISTS = (
    "/needs",
    "/tenders",
    "/contracts",
    "/evaluations",
    "/organizations",
    "/catalogs",
    "/ledger",
    "/findings",
    "/law",
    "/budget",
)
RECORDS = ("/needs/N-2025-0001", "/tenders/T-2025-0001", "/contracts/C-2025-0001", "/evaluations/E-2025-0001")


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that asyncpg sends while this is open."""
    sent: list[str] = []
    plain = Connection._do_execute

    async def noting(self: Any, query: str, *args: Any, **more: Any) -> Any:
        sent.append(query)
        return await plain(self, query, *args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "_do_execute", noting)
        yield sent


@pytest.mark.parametrize("who", ["hua.rong", "wang.fang", None])
async def test_lists_ask_a_bounded_number_of_times(
    town: Town, monkeypatch: pytest.MonkeyPatch, who: str | None
) -> None:
    browser = await town.browser(who)
    for path in LISTS:
        if who is None and path in ("/findings", "/budget"):
            continue
        with counted(monkeypatch) as sent:
            answer = await browser.get(path)
        if answer.status_code == 200:
            assert 0 < len(sent) <= MOST_OF_A_LIST, f"{path}: {len(sent)}\n" + "\n".join(q[:110] for q in sent)


@pytest.mark.parametrize("path", RECORDS)
async def test_records_ask_a_bounded_number_of_times(town: Town, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    browser = await town.browser("hua.rong")
    with counted(monkeypatch) as sent:
        answer = await browser.get(path)
    assert answer.status_code == 200
    assert 0 < len(sent) <= MOST_OF_A_RECORD, f"{path}: {len(sent)}\n" + "\n".join(q[:110] for q in sent)


async def test_the_home_page_asks_each_room_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await town.browser("wang.fang")
    with counted(monkeypatch) as sent:
        assert (await browser.get("/")).status_code == 200
    assert len(sent) <= 30, "\n".join(q[:110] for q in sent)
