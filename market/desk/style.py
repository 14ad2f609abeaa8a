"""The parts of the pages with all their states, from the same macros every page uses; the demo alone shows them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from markupsafe import Markup
from msgspec import Meta

from market.base.checking import entries
from market.base.fields import fields_of
from market.base.forms import Amount, Code, Line, Secret, Words
from market.base.lifecycle import HOUSE
from market.base.refusal import Objection, say
from market.base.web import open_door, page


class Answer(StrEnum):
    """A choice among few."""

    YES = "yes"
    NO = "no"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table."""

    title: Annotated[Line, Meta(title="Milestone")]
    due_on: Annotated[date, Meta(title="Due on")]
    amount: Annotated[Amount, Meta(title="Amount")]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A form with one field of every kind."""

    title: Annotated[Line, Meta(title="Title", extra={"group": say("What is bought")})]
    description: Annotated[
        Words, Meta(title="What is wanted", max_length=300, description="How good delivery is told from bad.")
    ] = ""
    budget: Annotated[Amount, Meta(title="Budget", extra={"law": "H-4", "group": say("Its money")})]
    quantity: Annotated[int | None, Meta(title="Quantity")] = None
    due_on: Annotated[date, Meta(title="Due on")]
    closes_at: Annotated[datetime | None, Meta(title="Closing")] = None
    answer: Annotated[Answer, Meta(title="Decision", extra={"words": {Answer.YES: say("Yes"), Answer.NO: say("No")}})]
    street: Annotated[Code | None, Meta(title="Street office", extra={"choices": "streets"})] = None
    evidence: Annotated[list[Code], Meta(title="Evidence", extra={"choices": "files"})] = []
    agreed: Annotated[bool, Meta(title="The residents are satisfied")] = False
    password: Annotated[Secret | None, Meta(title="Password")] = None
    milestones: Annotated[
        list[Row], Meta(title="Milestones", extra={"law": "C-17", "group": say("Milestones and payment")})
    ]


_STREETS = [(f"S-{n}", name) for n, name in enumerate(("梧桐", "清河", "长桥", "湖滨", "新泾", "北站"), 1)]
_FILES = [("A-1", "签到表.pdf"), ("A-2", "照片.png")]
_FAULTS = [
    Objection("title", say("This field must be filled in.")),
    Objection("budget", say("An amount in yuan has digits and at most two decimals, such as 480000.00."), "H-4"),
    Objection("answer", say("This is not one of the choices.")),
    Objection("milestones.0.due_on", say("This must be a day such as 2026-03-02.")),
]
_DRAWN = Markup(
    '<svg viewBox="0 0 320 60" role="img" aria-label="1 2 3"><rect class="plot-1" x="0" y="6" width="240" height="12"/>'
    '<rect class="plot-2" x="0" y="24" width="160" height="12"/>'
    '<rect class="plot-3" x="0" y="42" width="80" height="12"/></svg>'
)


def handlers() -> list[HTTPRouteHandler]:
    """Return the handlers of the page."""

    @get("/style", operation_id="style")
    async def style(request: Request[Any, Any, Any]) -> Response[Any]:
        """Show every part of the pages with its states."""
        door = open_door(request)
        faulty = door.query("faulty") is not None
        now, today = door.now, door.now.date()
        values = {
            "title": "" if faulty else "2026年独居老人探访关爱",
            "description": "每人每周不少于一次，每次不少于三十分钟。",
            "budget": "九万六" if faulty else "96000.00",
            "due_on": today,
            "closes_at": now,
            "answer": "" if faulty else "yes",
            "evidence": ["A-1"],
            "agreed": True,
            "milestones": [{"title": "首季服务", "due_on": "" if faulty else today, "amount": "48000.00"}],
        }
        sent = Sample(
            title="2026年独居老人探访关爱",
            description="每人每周不少于一次。",
            budget=Decimal("96000.00"),
            due_on=today,
            answer=Answer.YES,
            evidence=["A-1", "A-2"],
            milestones=[Row(title="首季服务", due_on=today, amount=Decimal("48000.00"))],
        )
        choices = {"streets": _STREETS, "files": _FILES}
        context = {
            "kinds": [lifecycle for lifecycle in HOUSE.lifecycles.values() if len(lifecycle.states) > 1],
            "word": "draft-need",
            "fields": fields_of(Sample),
            "values": values,
            "choices": choices,
            "objections": _FAULTS if faulty else [],
            "faults": {o.field: o for o in _FAULTS} if faulty else {},
            "once": "",
            "entered": False,
            "checked_first": True,
            "record": None,
            "entries": entries(fields_of(Sample), sent, choices=choices, lang=door.lang),
            "faulty": faulty,
            "drawn": _DRAWN,
            "rows": [("梧桐", 3, Decimal("480000.00")), ("清河", 2, Decimal("96000.00"))],
        }
        return page(door, "desk/style.html", context)

    @post("/style", operation_id="send_style", opt={"demo": True})
    async def send() -> Response[None]:
        """Show the form as it comes back with faults."""
        return Response(content=None, status_code=303, headers={"Location": "/style?faulty=1"})

    return [style, send]
