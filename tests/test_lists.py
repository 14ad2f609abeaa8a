"""`shecai import` and `shecai export`: files of lists on the command line, in the embedded database's words."""

from pathlib import Path
from typing import Any

import pytest

from catalogs.states import ImportKind
from market import lists
from market.__main__ import main
from market.base.database import DB, close_pool, connect_pool, one
from market.base.processes import CannotRun
from market.seed import people
from market.settings import Settings
from tests.catalogs.test_check_import import ABNORMAL, DOCUMENT, csv_of
from tests.town import Town


@pytest.fixture
async def taken(town: Town, tmp_path: Path) -> object:
    """Takes a file in by its content, over the town's own database."""
    dsn = str(DB.config["dsn"])
    settings: Settings = town.app.state.settings

    async def take(content: bytes, *, dry_run: bool = False, leave_out: bool = False) -> lists.Taken:
        path = tmp_path / "名单.csv"
        path.write_bytes(content)
        await close_pool()
        try:
            return await lists.take_in(
                settings=settings,
                dsn=dsn,
                kind=ImportKind.ABNORMAL,
                path=path,
                dry_run=dry_run,
                leave_out=leave_out,
                progress=lambda _what, _done: None,
            )
        finally:
            await connect_pool(dsn=dsn)

    return take


GOOD = (people.WARM_SUN, "", "2026-02-02", DOCUMENT)
BAD = (people.SPORTS, "", "someday", DOCUMENT)


async def _recorded() -> bool:
    return await one("SELECT 1 FROM standing WHERE kind = 'abnormal' AND document = $1", DOCUMENT) is not None


async def test_a_dry_run_leaves_nothing_and_the_next_run_writes(town: Town, taken: Any) -> None:
    dry = await taken(csv_of(ABNORMAL, GOOD), dry_run=True)
    assert "would be" in dry.told
    assert "1 new" in dry.told
    assert not await _recorded()
    done = await taken(csv_of(ABNORMAL, GOOD))
    assert "taken in as IM-2026-" in done.told
    assert await _recorded()
    assert "1 unchanged" in (await taken(csv_of(ABNORMAL, GOOD))).told


async def test_a_refused_row_stops_all_unless_it_is_left_out(town: Town, taken: Any) -> None:
    stopped = await taken(csv_of(ABNORMAL, GOOD, BAD))
    assert stopped.faults == ["row 3: Cell C3 must hold a day such as 2026-03-02."]
    assert not await _recorded()
    assert (await taken(csv_of(ABNORMAL, GOOD, BAD), leave_out=True)).faults == stopped.faults
    assert await _recorded()


async def test_a_register_is_saved_by_its_ending(town: Town, tmp_path: Path) -> None:
    dsn = str(DB.config["dsn"])
    await close_pool()
    try:
        count = await lists.save(
            settings=town.app.state.settings, dsn=dsn, kind=ImportKind.MENU, path=tmp_path / "menu.csv"
        )
        with pytest.raises(CannotRun):
            await lists.save(settings=town.app.state.settings, dsn=dsn, kind="menu", path=tmp_path / "menu.doc")
    finally:
        await connect_pool(dsn=dsn)
    assert count == (tmp_path / "menu.csv").read_text("utf-8-sig").count("\n") - 1 > 10


def test_wrong_use_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "everything", str(tmp_path / "a.csv")])
    assert ended.value.code == 2
    assert "annual-checks" in capsys.readouterr().err
