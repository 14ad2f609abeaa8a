"""The town itself: a purchase in every stage, nothing due when its clock begins, nothing that cannot be."""

import pytest

from market.app import lifecycles, turns
from market.base.database import rows
from market.base.invariants import offences
from market.base.lifecycle import Lifecycle
from market.people.states import ROLE_WORDS, Role
from market.piccolo_conf import ROOMS
from market.seed import BEGINS
from market.seed.people import ORGANIZATIONS, PEOPLE
from tests.town import Town

# How a stage is left without a purchase standing in it: the moment after it, or an end nobody wishes for.
NOT_SHOWN: dict[str, set[str]] = {
    "need": {"withdrawn"},
    "tender": {"cancelled"},
    "contract": {"returned", "reviewed", "terminated"},
    "invoice": {"returned", "credited"},
    "evaluation": set(),
}


async def test_nothing_is_due_when_it_begins(town: Town) -> None:
    for room, _, next_turn in turns():
        assert await next_turn(until=BEGINS) is None, room


async def test_every_invariant_holds(town: Town) -> None:
    assert [str(offence) for offence in await offences(rooms=ROOMS)] == []


async def test_it_has_people_in_every_role_and_organizations_of_every_kind(town: Town) -> None:
    assert (
        {person.role for person in PEOPLE}
        == set(Role) - {Role.ANYONE, Role.CLOCK}
        == set(ROLE_WORDS)
        - {
            Role.ANYONE,
            Role.CLOCK,
        }
    )
    assert len({home.kind for home in ORGANIZATIONS}) == 10
    assert len(ORGANIZATIONS) > 10


@pytest.mark.parametrize("lifecycle", [life for life in lifecycles() if life.kind in NOT_SHOWN])
async def test_a_purchase_stands_in_every_stage(town: Town, lifecycle: Lifecycle) -> None:
    found = {row["state"] for row in await rows(f'SELECT DISTINCT state FROM "{lifecycle.kind}"')}
    wanted = {str(state) for state in lifecycle.states} - NOT_SHOWN[lifecycle.kind]
    assert wanted - found == set()


async def test_something_waits_for_everybody_who_has_a_hand_in_a_purchase(town: Town) -> None:
    waits = {}
    for login in ("wang.fang", "li.jun", "zhou.ping", "chu.qiang", "sun.yue", "lin.feng", "kong.xin", "hua.rong"):
        waits[login] = len((await (await town.client(login)).get("/")).json()["items"])
    assert {login for login, count in waits.items() if count == 0} == set()
