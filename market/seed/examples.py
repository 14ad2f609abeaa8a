"""The examples of the OpenAPI document, found in the town: a record, a person and a body that are valid together.

For every act the town is searched for the first record that offers it to somebody, by the same card that its page
shows; what cannot be found that way is said by hand. Kept in the database, so that they are the town's own.
"""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import msgspec

from market.app import routes
from market.base.database import one, rows, transaction
from market.base.lifecycle import HOUSE
from market.base.records import Record
from market.base.refusal import Anticipated
from market.base.web import Door, Route
from market.desk.schema import EXAMPLES
from market.people.states import Role, User
from market.seed import budgets, directory, evaluations, imports, payments, suggestions
from market.seed.people import PEOPLE, VOLUNTEERS, WARM_SUN, somebody

_MOST_CANDIDATES = 60


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """How to do an act in a fresh town."""

    account: str | None = None
    code: str | None = None
    body: Mapping[str, Any] = {}


async def keep(*, now: datetime, by_hand: Mapping[str, Example]) -> list[str]:
    """Find and keep an example for every act; return the acts for which none was found."""
    every = routes()
    search = _Search(every, now=now)
    found: dict[str, Example] = {}
    for route in every:
        if route.act is None:
            continue
        example = by_hand.get(route.name) or await search.example(route)
        if example is not None:
            found[route.name] = example
    await rows(
        "INSERT INTO keepsake (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        EXAMPLES,
        msgspec.to_builtins(found),
    )
    return sorted(route.name for route in every if route.act and route.name not in found)


class _Search:
    """One search through the town; what a person sees of a record is read once."""

    def __init__(self, every: list[Route], *, now: datetime) -> None:
        self._reads = {route.path: route.find for route in every if route.find and not route.many}
        self._now = now
        self._seen: dict[tuple[str, str, str], Record | None] = {}
        self._codes: dict[str, list[str]] = {}

    async def example(self, route: Route) -> Example | None:
        lifecycle, step = HOUSE.steps[route.name]
        people = [person.login for person in PEOPLE if person.role in step.by]
        if not step.on:
            user = await somebody(people[0]) if people else None
            return Example(account=user.account if user else None, body=_body(route, user))
        kind = step.of or lifecycle.kind
        for code in await self._candidates(kind):
            logins: list[str | None] = [*people] or [None]
            for login in logins:
                card = await self._card(kind, code, login)
                if card is not None and any(link.act == route.name for link in card.acts):
                    return Example(account=login, code=code, body=_body(route, card))
        return None

    async def _candidates(self, kind: str) -> list[str]:
        """Return the codes of a kind's records, oldest first: those whose making the ledger tells of."""
        if kind not in self._codes:
            makers = [
                str(step.act)
                for lifecycle in HOUSE.lifecycles.values()
                if lifecycle.kind == kind
                for step in lifecycle.steps
                if step.to is not None and (not step.on or (step.of and step.of != kind))
            ]
            found = await rows(
                "SELECT code FROM ledger_event WHERE split_part(tag, ':', 2) = ANY ($1) GROUP BY code ORDER BY min(id)",
                makers,
            )
            self._codes[kind] = [row["code"] for row in found][:_MOST_CANDIDATES]
        return self._codes[kind]

    async def _card(self, kind: str, code: str, login: str | None) -> Record | None:
        key = (kind, code, login or "")
        if key not in self._seen:
            find = self._reads.get(f"/{HOUSE.lifecycles[kind].collection}/{{code:str}}")
            user = await somebody(login) if login else User(account="", name="", roles=frozenset({Role.ANYONE}))
            self._seen[key] = await _read(find, code=code, user=user, now=self._now) if find else None
        return self._seen[key]


async def _read(find: Any, *, code: str, user: User, now: datetime) -> Record | None:
    request: Any = SimpleNamespace(
        path_params={"code": code}, query_params={}, scope={"headers": [(b"accept", b"application/json")]}
    )
    try:
        async with transaction() as looking:  # nobody of the town has read it, so nothing is noted
            found = await find(Door(request=request, user=user, now=now, lang="zh-CN", form=None))
            await looking.rollback()
    except Anticipated:
        return None
    record = getattr(found, "record", found)
    return record if isinstance(record, Record) else None


def _body(route: Route, about: Any) -> Mapping[str, Any]:
    made = route.example(about) if callable(route.example) else route.example
    body: Mapping[str, Any] = msgspec.to_builtins(made or {})
    return body


async def by_hand() -> dict[str, Example]:
    """Return the examples that no record offers: one's own account, an invitation, a token to revoke."""
    token = await one(
        "SELECT t.code FROM token t JOIN account a ON a.id = t.account WHERE a.login = 'bi.yun' AND"
        " t.name = 'spare' LIMIT 1"
    )
    invitation = await one("SELECT code FROM invitation WHERE accepted_at IS NULL ORDER BY id LIMIT 1")
    registration = await one("SELECT code FROM registration WHERE state = 'requested' ORDER BY id LIMIT 1")
    own = "bi.yun"
    password = {"new_password": "a-longer-one-2026", "repeated": "a-longer-one-2026"}
    user = await somebody(own)
    survey, answers = await evaluations.answer_to_give()
    handing, table = await budgets.files()
    handed = {"title": "社区矫正帮扶", "year": 2026, "source": "district", "amount": "120000.00"}
    return {
        "sign-in": Example(body={"account": "wang.fang", "password": "shecai-demo-2026"}),
        "sign-out": Example(account=own),
        "change-password": Example(account=own, body={"old_password": "shecai-demo-2026", **password}),
        "act-for": Example(account=own, body={"organization": user.organization}),
        "create-token": Example(account=own, body={"name": "每日导出", "acts": ["attach-file"], "days": 30}),
        "revoke-token": Example(account=own, body={"token": token["code"] if token else ""}),
        "check-import": Example(
            account="cao.jie", body={"kind": "annual-checks", "file": await imports.file_to_read()}
        ),
        "apply-for-listing": Example(
            account="he.jing",
            code=WARM_SUN,
            body={
                "category": "CHARITY",
                "statement": "多年组织志愿者探访独居老人。",
                "files": [await directory.spare_file(login="he.jing")],
            },
        ),
        "grant-mandate": Example(account="he.jing", code=WARM_SUN, body={"hub": VOLUNTEERS, "until_on": "2027-03-01"}),
        "confirm-code": Example(body=await suggestions.code_to_confirm()),
        "import-issues": Example(
            account="wang.fang", body={"source": "grid", "file": await suggestions.file_to_take_in()}
        ),
        "answer-survey": Example(code=survey, body=answers),
        "confirm-registration": Example(
            code=registration["code"] if registration else None,
            body={
                "word": INVITATION_WORD,
                "login": "cheng.guang",
                "name": "程光",
                "password": "a-longer-one-2026",
            },
        ),
        "hand-line": Example(
            account="qian.lei",
            body={**handed, "from_unit": "示例区司法局", "document": "示例区司〔2026〕3号（虚构）", "file": handing},
        ),
        "import-budget": Example(
            account="qian.lei", body={"file": table, "document": "梧桐街财〔2026〕6号（虚构）", "dry_run": False}
        ),
        "record-fapiao": Example(**await payments.fapiao_to_record()),
        "accept-invitation": Example(
            code=invitation["code"] if invitation else None,
            body={
                "word": INVITATION_WORD,
                "login": "tian.tian",
                "name": "田甜",
                "password": "a-longer-one-2026",
            },
        ),
    }


INVITATION_WORD = "town-invitation-2026"
