"""The census of acts: every word has its step, route, roles, action, ledger tag, words in both languages and tests.

A word that is missing a link is a deed that somebody can see and not do, or do without leaving a trace.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest

from market.app import lifecycles, routes
from market.base.lifecycle import Lifecycle, Step
from market.people.states import Role
from market.piccolo_conf import ROOMS

ROOT = Path(__file__).parents[1]
# What is done to no record leaves its tag under the account's own name, and is tested together with its neighbours.
STEPS: dict[str, tuple[Lifecycle, Step]] = {str(s.act): (life, s) for life in lifecycles() for s in life.steps}
ROUTES = {route.name: route for route in routes() if route.act}


def room_of(act: str) -> str:
    kind = type(STEPS[act][1].act)
    return kind.__module__.partition(".states")[0]


def sources(room: str, pattern: str) -> str:
    folder = ROOT / room.replace(".", "/")
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob(pattern))


@pytest.mark.parametrize("act", sorted(STEPS))
def test_every_act_has_all_its_links(act: str) -> None:
    _, step = STEPS[act]
    room = room_of(act)
    name = act.replace("-", "_")
    if step.by == {Role.CLOCK}:
        assert act not in ROUTES, "an act of time has no route"
    else:
        assert ROUTES[act].handlers[0].opt["act"] == act
        assert step.by <= set(Role)
    assert re.search(rf"async def {name}\(", sources(room, "*.py")), f"{room} has no action {name}"
    constant = next(member.name for member in type(step.act) if member == step.act)
    assert re.search(rf"act=(?:\w+\.)?Act\.{constant}\b|act=act\b", sources(room, "*.py")), (
        f"{act} leaves no ledger line"
    )
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests" / room.split(".")[-1]).glob("test_*.py"))
    assert name in tests or act in tests, f"{act} has no test"


def test_every_act_is_declared_once_and_has_a_step() -> None:
    declared = [
        str(act)
        for room in ROOMS
        if any((ROOT / room.replace(".", "/")).glob("states*"))
        for act in getattr(import_module(f"{room}.states"), "Act", [])
    ]
    assert len(declared) == len(set(declared))
    assert set(declared) == set(STEPS)
    assert set(ROUTES) <= set(STEPS)


def test_roads_of_acts_follow_one_pattern() -> None:
    for act, route in ROUTES.items():
        assert route.path.endswith("/" + act) or route.path == "/" + act
        life, step = STEPS[act]
        if step.on:
            kind = step.of or life.kind
            collection = next(found.collection for found, _ in STEPS.values() if found.kind == kind)
            assert route.path == f"/{collection}/{{code:str}}/{act}", act
