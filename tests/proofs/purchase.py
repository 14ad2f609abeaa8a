"""One town in which anybody may try anything at any moment, and which is judged after every step."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec
from litestar import Litestar

from market.app import routes
from market.base import clock
from market.base.lifecycle import HOUSE, Step
from market.base.records import Record
from market.base.web import Route
from market.desk.demo import secret_of
from market.people.states import Role
from market.seed import BEGINS
from market.seed.people import PEOPLE
from tests.proofs import judging
from tests.proofs.markup import these
from tests.town import BASE, SECRET

ROUTES = {route.name: route for route in routes() if route.act}
# Signing in and out, tokens and roles are people's own affairs (tests/people); here everybody stays who they are.
OWN_AFFAIRS = these(
    "sign-in sign-out change-password act-for create-token revoke-token accept-invitation create-account "
    "register-organization request-registration confirm-registration invite-member grant-role revoke-role"
)
ACTS = sorted(set(ROUTES) - OWN_AFFAIRS)
PERSONS: tuple[str | None, ...] = (None, *(person.login for person in PEOPLE))
ROLE_OF = {person.login: person.role for person in PEOPLE}
BY_SLIP = frozenset({"answer-survey"})  # whoever holds a free slip may, though the record offers it to nobody else
STAGES = frozenset({"need", "tender", "contract", "amendment", "invoice", "evaluation"})
REFUSED = frozenset({400, 401, 403, 404, 412, 422, 429})
_DATE = re.compile(r"^\d{4}-\d\d-\d\d(T\S+)?$")


class Offer(msgspec.Struct, frozen=True):
    """What one person sees of one record: the card, and the acts it offers them."""

    card: Record | None = None
    acts: frozenset[str] = frozenset()


class Purchase:
    """Drives one cloned town over HTTP; the caller has opened the pool on it and closes this in the end."""

    def __init__(self, app: Litestar) -> None:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=BASE, timeout=60)
        self._history = judging.History()
        self._picture: judging.Picture = {}
        self.places: judging.Places = {}
        self.recent: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.reads = _reads()

    async def begin(self) -> None:
        """Set the clock, and look at everything once."""
        await clock.set_to(BEGINS)
        await self._history.see()
        self._picture, self.places = await judging.portrait(), await judging.places()
        live = [place for place in self.places if place[0] in self.reads and self._steps_on(*place)]
        self.recent = sorted(live, key=lambda place: (place[0] in STAGES, place[1][2:], place[0]), reverse=True)

    async def close(self) -> None:
        """Close the client."""
        await self._client.aclose()

    async def see(self, kind: str, code: str, who: str | None) -> Offer:
        """Return what somebody sees of a record."""
        read = self.reads[kind]
        path = re.sub(r"\{\w+:str\}", code, read.path)
        answer = await self._client.get(path, headers=headers_of(who))
        assert answer.status_code in (200, 401, 404), f"{who} GET {path}: {answer.status_code} {answer.text[:500]}"
        if answer.status_code != 200:
            return Offer()
        card = msgspec.json.decode(answer.content, type=read.returns)
        return Offer(card, frozenset(link.act for link in card.acts))

    def ways(self, kind: str, code: str) -> list[tuple[str, str | None]]:
        """Return which acts who might do to a record as it stands, as the tables of steps tell."""
        return [
            (str(step.act), login)
            for step in self._steps_on(kind, code)
            for login in PERSONS
            if step.by & {ROLE_OF[login] if login else Role.ANYONE}
        ]

    def _steps_on(self, kind: str, code: str) -> list[Step]:
        state = self.places.get((kind, code))
        return [
            step
            for word, (life, step) in HOUSE.steps.items()
            if word in ACTS and (step.of or life.kind) == kind and state in step.on
        ]

    async def body(self, act: str, *, card: Any, who: str | None, code: str) -> dict[str, Any]:
        """Return a body that means what it should for this record at this moment."""
        example = ROUTES[act].example
        try:
            made = example(card) if callable(example) else example
        except (AttributeError, StopIteration, TypeError):
            made = {}  # the record has nothing that this act could be done to
        now = await clock.now()
        sent: dict[str, Any] = msgspec.to_builtins(made or {})
        sent = _rebased(sent, now=now, only=BEGINS.date().isoformat() if callable(example) else None)
        if act == "request-final-quotes":
            sent["until"] = (now + timedelta(hours=3)).isoformat(timespec="minutes")
        if sent.get("evidence") == [] and who:
            attached = await self._client.post(
                "/attachments/attach-file", json=ROUTES["attach-file"].example, headers=headers_of(who)
            )
            sent["evidence"] = [attached.json()["code"]]
            await self._look_again()
        if act == "answer-survey":
            sent["slip"] = await self._slip(code)
        return sent

    async def _slip(self, code: str) -> str:
        for holder in ("wang.fang", "wu.tao", "yang.mei", "an.ning"):
            answer = await self._client.get(f"/evaluations/{code}/slips", headers=headers_of(holder))
            if answer.status_code == 200:
                free = [slip["word"] for slip in answer.json().get("slips", []) if not slip["used"]]
                if free:
                    return str(free[0])
        return "none"

    async def attempt(self, act: str, *, code: str, who: str | None, body: Mapping[str, Any]) -> int:
        """Do an act and judge everything; return the status. Raises AssertionError when anything does not hold."""
        life, step = HOUSE.steps[act]
        kind = step.of or life.kind
        offer = await self.see(kind, code, who) if step.on and kind in self.reads else None
        path = re.sub(r"\{\w+:str\}", code, ROUTES[act].path)
        answer = await self._client.post(path, json=dict(body), headers=headers_of(who))
        status = answer.status_code
        self.told.append(f"{who} {act} {code}: {status}")
        said = f"{who} POST {path} {dict(body)}: {status} {answer.text[:600]}"
        assert status in REFUSED | {200, 201}, f"a surprise: {said}"
        offered = offer is None or act in offer.acts or act in BY_SLIP
        assert not (offer and offered and status in (401, 403, 404)), f"offered, but not allowed: {said}"
        assert status not in (200, 201) or offered, f"done without having been offered: {said}"
        await self._judge(act if status in (200, 201) else None, refused=status in REFUSED, said=said)
        if status in (200, 201):
            self._touch(answer.json())
        return status

    async def wait(self, hours: float) -> None:
        """Let time pass and do what falls due."""
        answer = await self._client.post("/demo/clock", json={"advance": f"PT{round(hours * 60)}M"})
        assert answer.status_code == 200, answer.text
        acts = [f"{turned['act']} {turned['code']}" for turned in answer.json()["acts"]]
        self.told.append(f"wait {hours} h: {acts}")
        await self._judge(None, refused=False, said=self.told[-1])

    async def _look_again(self) -> None:
        await self._history.see()
        self._picture = await judging.portrait()

    async def _judge(self, act: str | None, *, refused: bool, said: str) -> None:
        picture, places = await judging.portrait(), await judging.places()
        tags = await self._history.see()
        differs = judging.changed(self._picture, picture)
        if refused:
            assert differs == [], f"refused, and yet {differs} changed: {said}"
            assert tags == [], f"refused, and yet the ledger tells {tags}: {said}"
        else:
            faults = judging.wrong_moves(self.places, places, act=act)
            if act and not any(tag.endswith(f":{act}") for tag in tags):
                faults.append("the ledger does not tell of it")
            faults += await judging.broken()
            assert not faults, f"{faults}: {said}"
        self._picture, self.places = picture, places

    def _touch(self, card: Mapping[str, Any]) -> None:
        code = card.get("code")
        for place in [place for place in self.places if place[1] == code and place[0] in self.reads]:
            self.recent = [place, *(other for other in self.recent if other != place)]


def _reads() -> dict[str, Route]:
    """The route that shows one record of a kind."""
    every = {route.path: route for route in routes() if route.find and not route.many and route.returns}
    return {
        life.kind: every[path]
        for life in HOUSE.lifecycles.values()
        if (path := f"/{life.collection}/{{code:str}}") in every
    }


def headers_of(who: str | None) -> dict[str, str]:
    """Return what somebody's machine sends along."""
    headers = {"Accept": "application/json"}
    if who:
        home = next(person.home for person in PEOPLE if person.login == who)
        headers["Authorization"] = f"Bearer {secret_of(f'{who}:{home}', purpose='token', secret_key=SECRET)}"
    return headers


def _rebased(value: Any, *, now: datetime, only: str | None) -> Any:
    """Dates of examples are meant for the town's first day: move them as far as its clock has gone."""
    if isinstance(value, dict):
        return {key: _rebased(inner, now=now, only=only) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rebased(inner, now=now, only=only) for inner in value]
    if isinstance(value, str) and _DATE.match(value) and (only is None or value == only):
        days = timedelta(days=(now - BEGINS).days)
        if "T" in value:
            return (datetime.fromisoformat(value) + days).isoformat()
        return (datetime.fromisoformat(value) + days).date().isoformat()
    return value
