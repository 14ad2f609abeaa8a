"""The embedded server against the real thing: it starts, survives kills, keeps others out and keeps its passwords."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest

from market.base import embedded
from market.base.embedded import APPLICATION, DATABASE, OWNER, Server, psql, running
from market.base.processes import CannotRun, hold, preparation


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("embedded") / "data"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    with hold(data):
        made = Server(data, durable=False)
        yield made
        made.stop()


def _processes_in(folder: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if embedded._works_in(process, folder)]


def test_a_start_makes_roles_database_and_a_closed_door(server: Server, data: Path) -> None:
    assert running(data) is None
    access = server.start()
    assert running(data) == access
    assert psql(access, "SHOW listen_addresses").strip() == ""
    assert psql(access, "SHOW server_encoding").strip() == "UTF8"
    assert psql(access, "SELECT lower('ÄЖ') || (to_tsvector('simple', '社区 服务') IS NOT NULL)").strip() == "äжtrue"
    roles = psql(access, "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname LIKE 'shecai%' ORDER BY 1")
    assert roles.split() == [f"{APPLICATION}|f|f", f"{OWNER}|f|f"]
    owner = psql(access, f"SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '{DATABASE}'")
    assert owner.strip() == OWNER
    assert (data / "postgres.json").stat().st_mode & 0o777 == 0o600
    assert Path(access.folder).stat().st_mode & 0o777 == 0o700


async def test_a_wrong_password_is_refused_on_the_socket_too(data: Path) -> None:
    with hold(data):
        server = Server(data, durable=False)
        access = server.start()
        try:
            right = await asyncpg.connect(access.dsn())
            assert await right.fetchval("SELECT current_user") == APPLICATION
            await right.close()
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(access.dsn().replace(access.application, "wrong"))
            with pytest.raises(asyncpg.InvalidPasswordError):
                await asyncpg.connect(access.dsn(OWNER).replace(access.owner, access.application))
        finally:
            server.stop()


def test_what_was_written_is_there_after_a_restart_and_the_passwords_are_the_same(server: Server, data: Path) -> None:
    first = server.start()
    psql(first, "CREATE TABLE kept AS SELECT 42 AS answer", database=DATABASE)
    server.stop()
    assert running(data) is None
    second = server.start()
    assert second == first
    assert psql(second, "SELECT answer FROM kept", database=DATABASE).strip() == "42"


def test_a_server_whose_owner_was_killed_is_ended_or_stopped_at_the_next_start(data: Path) -> None:
    owner = multiprocessing.get_context("spawn").Process(target=_start_and_sleep, args=(data,))
    owner.start()
    until = time.monotonic() + 30
    while running(data) is None and time.monotonic() < until:
        time.sleep(0.05)
    assert running(data) is not None
    assert owner.pid is not None
    os.kill(owner.pid, signal.SIGKILL)
    owner.join()
    with hold(data):
        server = Server(data, durable=False)
        access = server.start()
        assert psql(access, "SELECT 1").strip() == "1"
        server.stop()
    assert _processes_in(data / "postgres") == []


def test_a_server_that_is_itself_killed_leaves_nothing_in_the_way(server: Server, data: Path) -> None:
    server.start()
    server.process.kill()
    server.process.wait()
    again = Server(data, durable=False)
    assert psql(again.start(), "SELECT 1").strip() == "1"
    again.stop()


def test_the_mark_of_a_number_used_again_does_not_stop_the_start(server: Server, data: Path) -> None:
    server.start()
    server.stop()
    (data / "postgres" / "postmaster.pid").write_text(f"{os.getppid()}\n{data}\n")
    assert psql(server.start(), "SELECT 1").strip() == "1"


def test_a_cluster_left_unfinished_is_made_again(server: Server, tmp_path: Path) -> None:
    with hold(tmp_path / "new"):
        (tmp_path / "new" / "postgres.unfinished-1").mkdir()
        (tmp_path / "new" / "postgres.unfinished-1" / "PG_VERSION").write_text("18")
        started = Server(tmp_path / "new", durable=False)
        assert psql(started.start(), "SELECT 1").strip() == "1"
        started.stop()
    assert list((tmp_path / "new").glob("postgres.unfinished*")) == []


def test_passwords_that_are_gone_are_not_replaced_in_silence(data: Path) -> None:
    kept = (data / "postgres.json").read_bytes()
    (data / "postgres.json").unlink()
    try:
        with hold(data), pytest.raises(CannotRun, match="is gone"):
            Server(data).start()
    finally:
        (data / "postgres.json").write_bytes(kept)


def test_a_folder_with_a_long_chinese_name_gets_a_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("很长的名字" * 8)
    with hold(folder):
        server = Server(folder, durable=False)
        access = server.start()
        assert not access.folder.startswith(str(tmp_path))
        assert psql(access, "SELECT 1").strip() == "1"
        server.stop()
    Path(access.folder).rmdir()


def test_a_folder_is_held_by_one_process_only(tmp_path: Path) -> None:
    with hold(tmp_path / "a"), pytest.raises(CannotRun, match=f"is in use by process {os.getpid()}"):
        hold(tmp_path / "a")
    hold(tmp_path / "a").close()


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "somebody.txt").touch()
    with pytest.raises(CannotRun, match="was not made by Shecai"):
        hold(tmp_path)


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = multiprocessing.get_context("spawn").Process(target=_parent_of_a_sleeper, args=(note,))
    parent.start()
    until = time.monotonic() + 20
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    child = psutil.Process(int(note.read_text()))
    parent.kill()
    parent.join()
    gone, _ = psutil.wait_procs([child], timeout=5)
    if sys.platform == "linux":
        assert gone or child.status() == psutil.STATUS_ZOMBIE
    else:  # nowhere else can a kernel be asked for this; the next start of the demo ends what is left
        child.kill()


def _start_and_sleep(data: Path) -> None:
    with hold(data):
        Server(data, durable=False).start()
        time.sleep(600)


def _parent_of_a_sleeper(note: Path) -> None:
    prepare = preparation(death=signal.SIGKILL, parent=os.getpid(), unprivileged=False, reach=())
    child = subprocess.Popen(["sleep", "600"], preexec_fn=prepare)  # noqa: PLW1509  it makes system calls only
    unfinished = note.with_suffix(".new")
    unfinished.write_text(str(child.pid))
    unfinished.rename(note)
    time.sleep(600)
