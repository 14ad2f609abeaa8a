"""The way of an evaluation through its life over HTTP, so that each test begins where its act belongs."""

from typing import Any

import httpx

from evaluations.states import State
from market.base.database import rows
from market.people.states import Role
from market.seed.people import PEOPLE
from tests.town import Town

EVALUATOR = "kong.xin"
AUDITOR = "hua.rong"
ORDER = list(State)
OPINION = "服务按约完成，居民反映良好。"


def serves(role: Role, organization: str) -> str:
    """The login of somebody who holds a role for an organization."""
    return next(person.login for person in PEOPLE if person.role is role and person.home == organization)


def stranger(role: Role, organization: str) -> str:
    """The login of somebody who holds the role for another organization."""
    return next(person.login for person in PEOPLE if person.role is role and person.home != organization)


class Case:
    """One evaluation of the town with the people around it."""

    def __init__(self, town: Town, row: dict[str, Any]) -> None:
        self.town = town
        self.code: str = row["code"]
        self.street: str = row["street"]
        self.supplier: str = row["supplier"]
        self.contract: str = row["contract"]
        self.url = f"/evaluations/{self.code}"
        self.provider = serves(Role.ORGANIZATION_ADMINISTRATOR, self.supplier)
        self.purchaser = serves(Role.PURCHASER, self.street)
        self.approver = serves(Role.APPROVER, self.street)

    async def row(self) -> dict[str, Any]:
        (found,) = await rows("SELECT * FROM evaluation WHERE code = $1", self.code)
        return found

    async def act(self, account: str | None, act: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """Do an act as somebody, by JSON."""
        client = await self.town.client(account)
        return await client.post(f"{self.url}/{act}", json=body or {})

    async def card(self, account: str | None) -> dict[str, Any]:
        """What somebody sees of it."""
        answer = await (await self.town.client(account)).get(self.url)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def committee(self) -> str:
        """The login of the residents' committee that looks after the street."""
        for person in PEOPLE:
            if person.role is Role.RESIDENTS_COMMITTEE:
                answer = await (await self.town.client(person.login)).get(f"{self.url}/slips")
                if answer.status_code == 200:
                    return person.login
        raise AssertionError("no committee sees the slips")

    async def slips(self, account: str, *, used: bool = False) -> list[str]:
        """The addresses of the slips that somebody hands out, the unused ones or the used ones."""
        answer = await (await self.town.client(account)).get(f"{self.url}/slips")
        assert answer.status_code == 200, answer.text
        return [slip["url"] for slip in answer.json()["slips"] if slip["used"] == used]

    async def scores(self) -> dict[str, Any]:
        """A body that scores everything that must be judged in full."""
        card = await self.card(EVALUATOR)
        judged = [
            {"leaf": leaf["code"], "points": leaf["weight"], "reason": "现场核对记录，符合要求。"}
            for leaf in card["leaves"]
            if leaf["to_judge"]
        ]
        return {"scores": judged, "opinion": OPINION}


async def reach(town: Town, state: State) -> Case:
    """An evaluation in a state: one that the town has, or one that is carried there."""
    found = await rows("SELECT * FROM evaluation WHERE state = $1 ORDER BY opens_at DESC, id LIMIT 1", str(state))
    if found:
        return Case(town, found[0])
    assert state is not State.PLANNED, "the town has no evaluation to begin with"
    before = {State.SETTLED: State.REPLIED}.get(state, ORDER[ORDER.index(state) - 1])
    case = await reach(town, State.SETTLED if state is State.CONCLUDED else before)
    await _STEPS[state](case)
    assert (await case.row())["state"] == state
    return case


async def _open(case: Case) -> None:
    row = await case.row()
    await case.town.advance(to=row["opens_at"])


async def _close(case: Case) -> None:
    row = await case.row()
    await case.town.advance(to=row["survey_until"])


async def _score(case: Case) -> None:
    answer = await case.act(EVALUATOR, "score-evaluation", await case.scores())
    assert answer.status_code == 200, answer.text


async def _reply(case: Case) -> None:
    answer = await case.act(case.provider, "reply-to-evaluation", {"reply": "培训名单已补交，请复核。"})
    assert answer.status_code == 200, answer.text


async def _settle(case: Case) -> None:
    answer = await case.act(EVALUATOR, "answer-reply", {"answer": "已复核，维持原评分。"})
    assert answer.status_code == 200, answer.text


async def _conclude(case: Case) -> None:
    answer = await case.act(EVALUATOR, "conclude-evaluation")
    assert answer.status_code == 200, answer.text


async def _publish(case: Case) -> None:
    answer = await case.act(case.approver, "publish-evaluation")
    assert answer.status_code == 200, answer.text


_STEPS = {
    State.OPEN: _open,
    State.SCORING: _close,
    State.SCORED: _score,
    State.REPLIED: _reply,
    State.SETTLED: _settle,
    State.CONCLUDED: _conclude,
    State.PUBLISHED: _publish,
}
