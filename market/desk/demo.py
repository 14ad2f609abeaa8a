"""What exists only in the demo: the people of the town with their keys, and the clock that can be moved forward."""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler

from market.base import clock
from market.base.database import rows
from market.base.records import Turned
from market.base.refusal import Objection, Refused, say
from market.base.web import open_door, page, read_body, wants_json
from market.people.states import ROLE_WORDS
from market.settings import Settings
from market.tendering.examples import PASSPHRASE

PASSWORD = "shecai-demo-2026"  # noqa: S105  the demo's people all have this one, and the town says so
_DURATION = re.compile(
    r"^P(?=.)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?(?:T(?=.)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?$"
)

Advance = Callable[..., Awaitable[list[Turned]]]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the town, with what is needed to act as them."""

    name: str
    account: str
    role: str
    organization: str
    password: str
    token: str
    passphrase: str


class MoveClock(msgspec.Struct, frozen=True):
    """How far, or to which moment, the clock goes forward."""

    advance: str | None = None
    to: str | None = None


def secret_of(account: str, *, purpose: str, secret_key: str) -> str:
    """Return a demo person's token, made from the installation's secret so that it can be shown again."""
    made = hmac.new(secret_key.encode(), f"demo:{purpose}:{account}".encode(), hashlib.sha256).hexdigest()
    return f"demo_{made[:40]}"


def duration(text: str) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds. Raises ValueError."""
    match = _DURATION.match(text)
    if not match:
        raise ValueError(text)
    return timedelta(**{unit: int(value) for unit, value in match.groupdict(default="0").items()})


def moment_wanted(sent: dict[str, Any], *, now: datetime) -> datetime:
    """Return the moment the clock shall show. Refused when it is malformed or not ahead."""
    given = [name for name in ("advance", "to") if isinstance(sent.get(name), str) and sent[name]]
    if len(given) != 1:
        raise Refused(
            [Objection("advance", say("Give either advance (such as P10D) or to (a moment with its offset)."))]
        )
    field = given[0]
    try:
        if field == "advance":
            wanted = now + duration(sent["advance"])
        else:
            wanted = datetime.fromisoformat(sent["to"])
            if wanted.tzinfo is None:
                wanted = wanted.replace(tzinfo=clock.SHANGHAI)
    except (ValueError, OverflowError) as error:
        raise Refused(
            [
                Objection(
                    field,
                    say("This is neither a duration such as P10D nor a moment such as 2026-06-01T09:00:00+08:00."),
                )
            ]
        ) from error
    if wanted < now:
        raise Refused([Objection(field, say("The clock goes forward, never back."))])
    if wanted > now + timedelta(days=3660):
        raise Refused([Objection(field, say("The clock goes forward by ten years at most."))])
    return wanted


async def people(*, secret_key: str) -> list[Person]:
    """Return the people of the town, one entry for each role somebody holds, by role and account."""
    found = await rows(
        "SELECT a.name, a.login, m.role, o.code FROM membership m JOIN account a ON a.id = m.account"
        " JOIN organization o ON o.id = m.organization WHERE m.revoked_at IS NULL ORDER BY m.role, a.id"
    )
    return [
        Person(
            name=row["name"],
            account=row["login"],
            role=row["role"],
            organization=row["code"],
            password=PASSWORD,
            token=secret_of(f"{row['login']}:{row['code']}", purpose="token", secret_key=secret_key),
            passphrase=PASSPHRASE,
        )
        for row in found
    ]


def handlers(settings: Settings, *, advance: Advance) -> list[HTTPRouteHandler]:
    """Return the demo's routes; `advance(to=…)` moves the clock and performs what fell due."""

    @get("/demo/people", operation_id="demo_people")
    async def show_people(request: Request[Any, Any, Any]) -> Response[Any]:
        """Show the people of the town with passwords and tokens."""
        found = await people(secret_key=settings.secret_key)
        if "text/html" in request.headers.get("accept", ""):
            names = {row["code"]: row["name"] for row in await rows("SELECT code, name FROM organization")}
            return page(
                open_door(request), "desk/people.html", {"people": found, "names": names, "role_words": ROLE_WORDS}
            )
        return Response(content=msgspec.json.encode(found), media_type="application/json")

    @get("/demo/clock", operation_id="demo_clock")
    async def show_clock(request: Request[Any, Any, Any]) -> Response[Any]:
        """Show the demo's clock."""
        if "text/html" in request.headers.get("accept", ""):
            return page(open_door(request), "desk/clock.html", {"acts": None, "objections": []})
        return Response(content=msgspec.json.encode({"now": await clock.now()}), media_type="application/json")

    @post("/demo/clock", operation_id="move_demo_clock", opt={"demo": True, "no_form": True})
    async def move_clock(request: Request[Any, Any, Any]) -> Response[Any]:
        """Move the clock forward and perform what fell due, each act at its own due moment."""
        sent = await read_body(request)
        by_page = "text/html" in request.headers.get("accept", "") and not wants_json(request)
        door = open_door(request)
        try:
            done = await advance(to=moment_wanted(sent, now=await clock.now()))
        except Refused as refusal:
            if not by_page:
                raise
            return page(door, "desk/clock.html", {"acts": None, "objections": refusal.objections}, status=422)
        if by_page:
            door.now = await clock.now()
            return page(door, "desk/clock.html", {"acts": done, "objections": []})
        return Response(
            content=msgspec.json.encode({"now": await clock.now(), "acts": done}),
            media_type="application/json",
            status_code=200,
        )

    return [show_people, show_clock, move_clock]
