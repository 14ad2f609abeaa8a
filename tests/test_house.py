"""The order of the house: rooms, floors, sizes and names, and that the machine which holds them really does."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from market.piccolo_conf import ROOMS

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("market", "catalogs", "contracts", "evaluations")
_MOST_LINES = 320
_VIOLATIONS = {
    "A room calls rooms below it, never above": ("market/people/rules.py", "from market.needs import states"),
    "States, rules and agenda reach nothing that does I/O": (
        "contracts/states.py",
        "from market.base import calendar, ledger",
    ),
    "Queries read: they do not import actions": (
        "market/oversight/queries/findings.py",
        "from market.oversight import actions",
    ),
    "Pages translate: they do not import tables": ("market/oversight/pages.py", "from market.oversight import tables"),
    "Actions do not know who asked by which page": ("market/oversight/actions.py", "import litestar"),
}


def _modules() -> Iterator[tuple[Path, str]]:
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*.py")):
            if "piccolo_migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_planted_violations_are_caught_by_the_contract_they_break(tmp_path: Path) -> None:
    for package in _PACKAGES:
        shutil.copytree(
            _ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "data", "static")
        )
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    for path, line in _VIOLATIONS.values():
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    outcome = _lint_imports(tmp_path)
    assert outcome.returncode == 1
    for contract in _VIOLATIONS:
        assert re.search(rf"^{re.escape(contract)}.* BROKEN$", outcome.stdout, re.MULTILINE), outcome.stdout


def test_only_foreign_keys_touch_another_rooms_tables() -> None:
    strangers = []
    for path, text in _modules():
        here = _room_of(".".join(path.relative_to(_ROOT).with_suffix("").parts))
        for module in _imported(text):
            room = _room_of(module)
            is_tables = room is not None and module.removeprefix(room).startswith(".tables")
            if is_tables and room not in (here, "market.base") and path.stem != "tables" and "tables" not in path.parts:
                strangers.append(f"{path.relative_to(_ROOT)} imports {module}")
    assert strangers == []


def test_no_module_is_too_long_or_named_after_nothing() -> None:
    found = []
    for path, text in _modules():
        if text.count("\n") > _MOST_LINES:
            found.append(f"{path.relative_to(_ROOT)} has {text.count(chr(10))} lines; split it by subject")
        if path.stem in {"utils", "helpers", "managers", "services", "common", "misc"}:
            found.append(f"{path.relative_to(_ROOT)} has a name that says nothing")
    assert found == []


def test_no_handler_or_rule_reads_the_system_clock() -> None:
    """Only the clock does, and who may not depend on the database or is not moved by the demo."""
    may = {"market/base/clock.py", "market/base/logs.py", "market/app.py", "market/schedule.py", "market/backups.py"}
    found = [
        f"{path.relative_to(_ROOT)}: {match.group()}"
        for path, text in _modules()
        if str(path.relative_to(_ROOT)) not in may and "seed" not in path.parts
        for match in re.finditer(
            r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(|now\(\)\s*AT TIME ZONE|CURRENT_TIMESTAMP", text
        )
    ]
    assert found == []


@pytest.mark.parametrize("script", ["dev", ".ci/run"])
def test_the_scripts_may_be_run_and_are_well_formed(script: str) -> None:
    path = _ROOT / script
    assert os.access(path, os.X_OK)
    shell = "sh" if script == "dev" else "bash"
    assert subprocess.run([shell, "-n", str(path)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["check", "more"], ["migrations"]])
def test_dev_answers_wrong_use_with_its_usage(arguments: list[str]) -> None:
    done = subprocess.run(["./dev", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "usage: ./dev demo" in done.stderr


def _room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(f"{room}.")), None)


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
