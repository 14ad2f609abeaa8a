"""The commands of an operator, against databases of their own: what they do and what they refuse."""

import io
import itertools
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from market.__main__ import main
from market.base.embedded import APPLICATION, OWNER, Access, psql
from market.people.states import OrganizationKind
from market.seed.people import ORGANIZATIONS
from market.tendering.sealing import receipts

_NUMBERS = itertools.count(1)
_SECRET = "only-for-the-tests-of-the-commands-0123456789"


@pytest.fixture
def new_database(server: Access) -> Iterator[Callable[[str], str]]:
    made: list[str] = []

    def make(template: str) -> str:
        name = f"command_{os.getpid()}_{next(_NUMBERS)}"
        psql(server, f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER}")
        made.append(name)
        return name

    yield make
    for name in made:
        psql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def installation(
    server: Access, new_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Point the commands at a database of this test's own; return its name."""
    for name in [name for name in os.environ if name.startswith("SHECAI_")]:
        monkeypatch.delenv(name)

    def point(template: str = "template0", folder: str = "storage") -> str:
        name = new_database(template)
        (tmp_path / folder).mkdir(exist_ok=True)
        monkeypatch.setenv("SHECAI_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("SHECAI_SECRET_KEY", _SECRET)
        monkeypatch.setenv("SHECAI_BASE_URL", "http://testserver.local")
        monkeypatch.setenv("SHECAI_STORAGE_URL", f"file://{tmp_path / folder}")
        monkeypatch.setenv("SHECAI_DATABASE_URL", server.dsn(APPLICATION, database=name))
        monkeypatch.setenv("SHECAI_ADMIN_DATABASE_URL", server.dsn(OWNER, database=name))
        return name

    return point


def _account(monkeypatch: pytest.MonkeyPatch, *more: str, login: str = "admin", password: str = "long enough 1") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    code = next(home.code for home in ORGANIZATIONS if home.kind == OrganizationKind.AUTHORITY)
    given = ["--login", login, "--name", "Ada", "--email", "ada@shecai.cn", "--organization", code]
    return main(["account", *given, *more])


def test_migrate_tells_what_it_would_do_does_it_and_does_it_once(
    installation: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    installation()
    assert main(["migrate", "--dry-run"]) == 0
    would = [line.removeprefix("would run ") for line in capsys.readouterr().out.splitlines()]
    assert main(["migrate"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[: len(would)] == [f"ran {name}" for name in would]
    assert re.fullmatch(r"loaded \d{2,} provisions of the law", said[-2])
    assert said[-1] == "the tables are up to date"
    assert len(said) == len(would) + 2
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out == "the tables are up to date\n"


def test_migrate_without_the_owner_is_refused(
    installation: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installation()
    monkeypatch.delenv("SHECAI_ADMIN_DATABASE_URL")
    assert main(["migrate"]) == 1
    assert "SHECAI_ADMIN_DATABASE_URL must be set" in capsys.readouterr().err


def test_bad_settings_are_all_named_at_once(
    installation: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installation()
    monkeypatch.setenv("SHECAI_SECRET_KEY", "short")
    monkeypatch.setenv("SHECAI_BASE_URL", "http://[")
    monkeypatch.setenv("SHECAI_DATABASE_URL", "mysql://here/x")
    monkeypatch.setenv("SHECAI_STORAGE_URL", "ftp://here")
    monkeypatch.setenv("SHECAI_SMTP_URL", "smtp://here:many")
    monkeypatch.setenv("SHECAI_OCID_PREFIX", "Mine")
    monkeypatch.setenv("SHECAI_DEMO", "false")
    assert main(["doctor"]) == 1
    named = [line.split()[0] for line in capsys.readouterr().err.splitlines()]
    assert sorted(named) == [
        "SHECAI_BASE_URL",
        "SHECAI_DATABASE_URL",
        "SHECAI_DEMO",
        "SHECAI_OCID_PREFIX",
        "SHECAI_SECRET_KEY",
        "SHECAI_SMTP_URL",
        "SHECAI_STORAGE_URL",
    ]


@pytest.mark.parametrize("command", ["migrate", "doctor", "serve", "schedule"])
def test_a_database_that_is_not_there_is_told_in_words(
    installation: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    installation()
    for name in ("SHECAI_DATABASE_URL", "SHECAI_ADMIN_DATABASE_URL"):
        monkeypatch.setenv(name, "postgresql://somebody:hunter2@127.0.0.1:1/nowhere")
    assert main([command]) == 1
    errors = capsys.readouterr().err
    assert "the database cannot be reached" in errors
    assert "hunter2" not in errors


@pytest.mark.parametrize("command", ["doctor", "seed --scale town --dry-run", "ledger verify"])
def test_a_database_without_tables_is_told_in_words(
    installation: Callable[..., str], capsys: pytest.CaptureFixture[str], command: str
) -> None:
    installation()
    assert main(command.split()) == 1
    assert "run shecai migrate" in capsys.readouterr().err


def test_doctor_finds_a_healthy_installation_and_every_fault_of_a_sick_one(
    installation: Callable[..., str], server: Access, empty_template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = installation(empty_template)
    assert main(["doctor"]) == 0
    assert {line.split("  ")[0] for line in capsys.readouterr().out.splitlines()} == {"ok"}
    psql(
        server,
        f"ALTER TABLE ledger_event DISABLE TRIGGER USER; GRANT DELETE ON ledger_event TO {APPLICATION}",
        database=name,
    )
    assert main(["doctor"]) == 1
    said = capsys.readouterr()
    assert "not ok  the ledger can only grow" in said.out
    assert said.err.splitlines() == [
        "the trigger that refuses changes is missing or switched off",
        "the application's role may DELETE the ledger",
    ]


def test_ledger_verify_counts_and_objects(
    installation: Callable[..., str], server: Access, empty_template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = installation(empty_template)
    assert main(["ledger", "verify"]) == 0
    assert capsys.readouterr().out == "0 events\n"
    psql(server, "DROP TRIGGER ledger_is_append_only ON ledger_event", database=name)
    assert main(["ledger", "verify"]) == 1
    kept = psql(server, "SELECT value -> 'faults' FROM keepsake WHERE name = 'ledger-verified'", database=name)
    assert "the trigger that refuses changes is missing" in kept


def test_the_first_administrator_is_made_with_an_organization(
    installation: Callable[..., str],
    server: Access,
    empty_template: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = installation(empty_template)
    assert _account(monkeypatch) == 1
    assert "No organization has this code" in capsys.readouterr().err
    assert _account(monkeypatch, "--dry-run") == 1
    assert "No organization has this code" in capsys.readouterr().err
    assert _account(monkeypatch, "--organization-name", "区民政局", "--dry-run") == 0
    assert capsys.readouterr().out == "admin could be created\n"
    counted = "SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM organization)"
    assert psql(server, counted, database=name).strip() == "0"
    assert _account(monkeypatch, "--organization-name", "区民政局", "--district", "示例区") == 0
    assert capsys.readouterr().out == "admin may sign in\n"
    assert psql(
        server, "SELECT login || ' ' || role FROM account JOIN membership ON account.id = account", database=name
    )
    assert _account(monkeypatch) == 1
    assert "taken" in capsys.readouterr().err
    assert _account(monkeypatch, login="second", password="x") == 1
    assert capsys.readouterr().err.startswith("password: ")


def test_a_backup_restores_into_an_empty_installation_and_nowhere_else(
    installation: Callable[..., str],
    server: Access,
    empty_template: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    installation(empty_template)
    assert _account(monkeypatch, "--organization-name", "区民政局") == 0
    (tmp_path / "storage" / "ab").mkdir()
    (tmp_path / "storage" / "ab" / "abcd").write_bytes(b"evidence")
    capsys.readouterr()
    target = tmp_path / "kept"
    assert main(["backup", "--dry-run", str(target)]) == 0
    assert capsys.readouterr().out == f"would copy into {target}: 2 events, 1 attachments\n"
    assert not target.exists()
    assert main(["backup", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}: 2 events, 1 attachments\n"
    assert main(["backup", str(target)]) == 1
    assert main(["restore", str(target)]) == 1
    assert "the database is not empty" in capsys.readouterr().err
    name = installation("template0", "elsewhere")
    assert main(["restore", str(tmp_path / "nothing")]) == 1
    assert "is not a complete backup" in capsys.readouterr().err
    assert main(["restore", "--dry-run", str(target)]) == 0
    assert psql(server, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=name).strip() == "0"
    assert main(["restore", str(target)]) == 0
    assert (tmp_path / "elsewhere" / "ab" / "abcd").read_bytes() == b"evidence"
    assert psql(server, "SELECT login FROM account", database=name).strip() == "admin"
    capsys.readouterr()
    assert main(["doctor"]) == 0, capsys.readouterr().err


def test_serve_and_schedule_say_that_no_database_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in os.environ if name.startswith("SHECAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SHECAI_DATA", str(tmp_path))
    monkeypatch.setenv("SHECAI_SECRET_KEY", _SECRET)
    monkeypatch.setenv("SHECAI_BASE_URL", "http://testserver.local")
    for command in ("serve", "schedule"):
        assert main([command]) == 1
        assert f"no database runs in {tmp_path}" in capsys.readouterr().err


def test_a_large_town_is_built_once(
    installation: Callable[..., str], empty_template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    installation(empty_template)
    assert main(["seed", "--scale", "small"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "the small town stands"
    assert main(["seed", "--scale", "small"]) == 1
    assert "a large town stands here already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["serve", "--port", "0"], ["serve", "--port", "x"], ["serve", "--workers", "0"], ["seed"]],
)
def test_wrong_use_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: shecai" in capsys.readouterr().err


def test_a_receipt_is_checked_without_server_or_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    receipts.furnish(secret_key=_SECRET)
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    promise = receipts.Promise(
        tender="T-2026-0001", bid="B-2026-0001", submission=1, fingerprint="ab" * 32, submitted_at=at
    )
    leaf, signature = receipts.sign(promise)
    kept = {"code": "B-2026-0001", "promise": promise, "leaf": leaf, "signature": signature, "holds": True}
    file, key = tmp_path / "receipt.json", receipts.public_key()
    file.write_bytes(msgspec.json.encode(kept))
    assert main(["receipt", str(file), "--key", key]) == 0
    assert "holds" in capsys.readouterr().out
    file.write_bytes(msgspec.json.encode({**kept, "promise": msgspec.structs.replace(promise, submission=2)}))
    assert main(["receipt", str(file), "--key", key]) == 1
    assert "signature" in capsys.readouterr().err
    file.write_text("[]", encoding="utf-8")
    assert main(["receipt", str(file), "--key", key]) == 1
    assert "no receipt" in capsys.readouterr().err
