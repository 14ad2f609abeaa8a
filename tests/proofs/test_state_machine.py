"""Any order of acts by anybody, with time in between: after each step everything that must hold does hold.

A hypothesis state machine drives a town of its own for every example; `tests/proofs/purchase.py` judges each step.
Three planted faults show that it would find ours.
"""

import asyncio
import itertools
import random
from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

import contracts.actions.paying
import market.base.acting
import market.tendering.actions.draws
import market.tendering.actions.notice
from market.base import database
from market.base.embedded import APPLICATION, OWNER, Access
from market.base.lifecycle import HOUSE
from market.base.refusal import Refused
from tests.conftest import administer
from tests.proofs.markup import these
from tests.proofs.purchase import ACTS, PERSONS, ROLE_OF, Purchase

NUMBERS = itertools.count(1)
MOST_LOOKS = 8
CENT = Decimal("0.01")
HALF, MOSTLY = 0.5, 0.9
DEEDS = {"_go_on": 50, "_take_up": 12, "_change_a_value": 16, "_stray": 12, "_begin": 2, "_wait": 8}
# What undoes or ends: done now and then, or nothing would ever come far.
BACKWARDS = these(
    "cancel-tender withdraw-bid declare-conflict return-delivery return-invoice issue-credit-note retire-item "
    "close-contract revise-need record-standing suspend-contract terminate-contract decline-amendment"
)
# A step's choices come from its lot and its place: hypothesis alone would choose the first of everything too often.
LOTS = st.integers(0, 2**32)
LEAVES = (
    "0",
    "0.01",
    "1000000",
    "-1",
    "",
    "一" * 3000,
    None,
    True,
    10**20,
    [],
    "2026-03-03",
    "2031-01-01T09:00:00+08:00",
)
# Hours: within a day, over a deadline, over a weekend, over the closing of a tender, over a milestone.
WAITS = (0.5, 3, 3, 3, 26, 26, 24 * 7, 24 * 16, 24 * 45)


class Towns:
    """Makes a town for every example on an event loop of its own; the state machine itself knows no loop."""

    def __init__(self, server: Access, template: str, app: Any) -> None:
        self.runner = asyncio.Runner()
        self._server, self._template, self._app = server, template, app
        self.steps = 0
        self.done: set[str] = set()

    def open(self) -> tuple[str, Purchase]:
        return self.runner.run(self._open())

    async def _open(self) -> tuple[str, Purchase]:
        name = f"machine_{id(self)}_{next(NUMBERS)}"
        await administer(
            self._server, f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY file_copy OWNER {OWNER}"
        )
        await database.connect_pool(dsn=self._server.dsn(APPLICATION, database=name), minimum=1, maximum=4)
        purchase = Purchase(self._app)
        await purchase.begin()
        return name, purchase

    def close(self, name: str, purchase: Purchase) -> None:
        self.steps += len(purchase.told)
        self.done |= {line.split()[1] for line in purchase.told if line.endswith((": 200", ": 201"))}
        self.runner.run(self._close(name, purchase))

    async def _close(self, name: str, purchase: Purchase) -> None:
        await purchase.close()
        await database.close_pool()
        await administer(self._server, f"DROP DATABASE {name} WITH (FORCE)")


class AnyOrder(RuleBasedStateMachine):
    """Mostly what could be done next to what was just touched; sometimes anything by anybody; sometimes time."""

    towns: Towns

    def __init__(self) -> None:
        super().__init__()
        self.name, self.purchase = self.towns.open()

    def teardown(self) -> None:
        self.towns.close(self.name, self.purchase)

    @rule(lot=LOTS)
    def step(self, lot: int) -> None:
        """Go on with what was just touched or with another record, well or with a value changed; or stray; or wait."""
        chance = random.Random(f"{lot} {len(self.purchase.told)}")
        (deed,) = chance.choices(list(DEEDS), weights=list(DEEDS.values()))
        self.towns.runner.run(getattr(self, deed)(chance))

    async def _go_on(self, lot: random.Random) -> None:
        await self._push(lot, among=2, change=False)

    async def _take_up(self, lot: random.Random) -> None:
        await self._push(lot, among=40, change=False)

    async def _change_a_value(self, lot: random.Random) -> None:
        await self._push(lot, among=3, change=True)

    async def _push(self, lot: random.Random, *, among: int, change: bool) -> None:
        near = [place for place in self.purchase.recent if self.purchase.ways(*place)][:among]
        kind, code = lot.choice(near)
        ways = self.purchase.ways(kind, code)
        lot.shuffle(ways)
        for act, who in sorted(ways, key=lambda way: way[0] in BACKWARDS and lot.random() < MOSTLY)[:MOST_LOOKS]:
            offer = await self.purchase.see(kind, code, who)
            if act in offer.acts:
                break
        body = await self.purchase.body(act, card=offer.card, who=who, code=code)
        await self.purchase.attempt(act, code=code, who=who, body=changed(body, lot) if change else body)

    async def _stray(self, lot: random.Random) -> None:
        act, who = lot.choice(ACTS), lot.choice(PERSONS)
        life, step = HOUSE.steps[act]
        kind = step.of or life.kind
        code = lot.choice(sorted(code for of, code in self.purchase.places if of == kind) or ["X-2026-0001"])
        offer = await self.purchase.see(kind, code, who) if step.on and kind in self.purchase.reads else None
        body = await self.purchase.body(act, card=offer.card if offer else None, who=who, code=code)
        await self.purchase.attempt(act, code=code, who=who, body=changed(body, lot) if lot.random() < HALF else body)

    async def _begin(self, lot: random.Random) -> None:
        act = lot.choice(["draft-need", "draft-need", "allot-budget"])
        who = lot.choice([login for login, role in ROLE_OF.items() if role in HOUSE.steps[act][1].by])
        body = await self.purchase.body(act, card=None, who=who, code="")
        await self.purchase.attempt(act, code="", who=who, body=body)

    async def _wait(self, lot: random.Random) -> None:
        await self.purchase.wait(lot.choice(WAITS))


def changed(body: dict[str, Any], lot: random.Random) -> dict[str, Any]:
    """The body with one of its values made another."""
    if not body:
        return {"surplus": 1}
    name = lot.choice(sorted(body))
    value, other = body[name], lot.choice(LEAVES)
    if isinstance(value, list) and value and isinstance(value[0], dict) and lot.random() < HALF:
        return {**body, name: [changed(value[0], lot), *value[1:]]}
    if isinstance(value, int) and not isinstance(value, bool):
        other = lot.choice([value + 1, value + 2, 0, other])
    if other is None:
        return {key: kept for key, kept in body.items() if key != name}
    return {**body, name: other}


def run(towns: Towns, *, examples: int, steps: int, seed: int) -> None:
    """Run the machine; a failure tells the steps that lead to it."""
    machine = type("AnyOrderHere", (AnyOrder,), {"towns": towns})
    machine.TestCase.settings = settings()  # type: ignore[attr-defined]
    seeded(seed)(machine)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=False,
            print_blob=False,
            verbosity=Verbosity.normal,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def towns(server: Access, house: Any, town_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Towns]:
    made = Towns(server, town_template, house)
    # The same lots for the same steps, so that what was found can be found again.
    seeds = SimpleNamespace(token_hex=lambda size: random.Random(7).randbytes(size).hex())
    monkeypatch.setattr(market.tendering.actions.draws, "secrets", seeds)
    yield made
    made.runner.close()


def test_any_order_of_acts_leaves_everything_true(towns: Towns) -> None:
    run(towns, examples=4, steps=45, seed=1)
    assert towns.steps > 100
    assert len(towns.done) > 10, towns.done


def lose_a_cent(plant: pytest.MonkeyPatch) -> None:
    """A payment that the budget line hears of a cent short."""
    plain = contracts.actions.paying.pay_money

    async def less(*, amount: Decimal, **more: Any) -> None:
        await plain(amount=amount - CENT, **more)

    plant.setattr(contracts.actions.paying, "pay_money", less)


def write_before_refusing(plant: pytest.MonkeyPatch) -> None:
    """A refused act that has already written something."""
    plain = market.base.acting._perform

    async def hasty(*args: Any, **more: Any) -> Any:
        try:
            return await plain(*args, **more)
        except Refused:
            await database.rows("UPDATE budget_line SET title = title || '!'")
            raise

    plant.setattr(market.base.acting, "_perform", hasty)


def forget_the_ledger(plant: pytest.MonkeyPatch) -> None:
    """An act without its event."""

    async def silent(**_: Any) -> None:
        return None

    plant.setattr(market.tendering.actions.notice, "record", silent)


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lose_a_cent, "what was paid on its contracts. invoices"),
        (write_before_refusing, r"refused, and yet \['budget_line'\] changed"),
        (forget_the_ledger, "the ledger does not tell of it"),
    ],
)
def test_a_planted_fault_is_found(towns: Towns, monkeypatch: pytest.MonkeyPatch, plant: Any, found: str) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError, match=found):
        run(towns, examples=12, steps=60, seed=3)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10, 13))
def test_state_machine_at_full_size(towns: Towns, seed: int) -> None:
    run(towns, examples=20, steps=100, seed=seed)
    assert towns.steps > 1000
    assert len(towns.done) > 35, towns.done
