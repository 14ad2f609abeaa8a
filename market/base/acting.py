"""The doors of acts: the form, its check before what cannot be undone, the act itself, and its refusals."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response

from market.base import answered, clock, forms
from market.base.answers import page, record_json
from market.base.checking import UNTOLD, entries, rehearse
from market.base.database import transaction
from market.base.door import Anything, Door, Filled, Handler, Route, open_door, read_body, revision_of
from market.base.fields import Field, fields_of
from market.base.help import page_for
from market.base.lifecycle import HOUSE, Lifecycle, Step
from market.base.refusal import Objection, Refused, Stale, say
from market.base.storage import LIMIT

_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """An act with its form and page, as its two routes need it."""

    word: StrEnum
    perform: Callable[[Door[Any]], Awaitable[Any]]
    form: type[msgspec.Struct] | None
    fill: Callable[[Door[None]], Awaitable[Filled]] | None
    template: str

    @property
    def step(self) -> tuple[Lifecycle, Step]:
        """Return the act's lifecycle and step."""
        return HOUSE.steps[str(self.word)]

    @property
    def fields(self) -> list[Field]:
        """Return the fields of its form."""
        return fields_of(self.form) if self.form else []

    @property
    def checked_first(self) -> bool:
        """Tell whether a browser sees its entries once more before it is done; secrets are never shown again."""
        asks_secrets = any(field.kind in UNTOLD and field.required for field in self.fields)
        return self.step[1].is_final and bool(self.fields) and not asks_secrets

    def tellable(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was sent without its secrets, which no further page may carry."""
        untold = {field.name for field in self.fields if field.kind in UNTOLD}
        return {name: value for name, value in raw.items() if name not in untold}

    def is_checked(self, raw: Mapping[str, Any]) -> bool:
        """Tell whether entries are shown once more; with a secret among them they cannot be sent a second time."""
        told = self.tellable(raw)
        return self.checked_first and not any(value for name, value in raw.items() if name not in told)

    async def filled(self, door: Door[Any]) -> Filled:
        """Return what its form starts with."""
        return await self.fill(door) if self.fill else Filled()


def act(
    word: StrEnum,
    path: str,
    *,
    form: type[msgspec.Struct] | None = None,
    returns: Any = None,
    fill: Callable[[Door[None]], Awaitable[Filled]] | None = None,
    template: str = "act.html",
    example: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] | None = None,
    once: bool = True,
    summary: str = "",
) -> Callable[[Callable[[Door[Any]], Awaitable[Any]]], Route]:
    """Make the routes of an act: POST performs it, GET shows its form (a confirmation when it asks for nothing).

    The decorated coroutine returns the record (or a Response of its own). `example` is a body that is valid in a
    fresh demo town, or makes one from the record it is done to. `once` honours idempotency keys. A browser that sends
    the form of a final step is first shown what it entered and what follows; machines are not asked twice.
    """

    def decorate(perform: Callable[[Door[Any]], Awaitable[Any]]) -> Route:
        deed = Deed(word=word, perform=perform, form=form, fill=fill, template=template)

        async def show(request: Anything) -> Response[Any]:
            door = open_door(request)
            return await _ask(deed, door)

        async def write(request: Anything) -> Response[Any]:
            door = open_door(request)
            raw = await read_body(request)
            door.now = await clock.now()  # whoever sends slowly is as late as the last byte
            if not door.wants_json:
                if raw.get("_add") or raw.get("_change") or raw.get("_attach"):
                    return await _ask_again(deed, door, raw)
                if deed.is_checked(raw) and not raw.get("_checked"):
                    return await _check(deed, door, raw)
            attempt = await answered.begin(request=request, raw=raw, now=door.now) if once else None
            if attempt and attempt.answer:
                return attempt.answer
            try:
                return await _perform(deed, door, raw, attempt)
            except BaseException:
                await answered.forget(attempt)
                raise

        opt = {"act": str(word)}
        name = str(word).replace("-", "_")
        handlers = [
            Handler(path, http_method="POST", name=f"do_{name}", opt=opt, operation_id=str(word))(write),
            Handler(path, http_method="GET", name=f"ask_{name}", opt={**opt, "asks": True})(show),
        ]
        return Route(
            path=path,
            name=str(word),
            handlers=handlers,
            act=word,
            form=form,
            returns=returns,
            example=example,
            summary=summary or (perform.__doc__ or "").strip(),
            once=once,
        )

    return decorate


def _take(deed: Deed, door: Door[Any], raw: Mapping[str, Any]) -> None:
    """Read the form and the revision into the door. Raises Refused or Stale."""
    door.expected = revision_of(door.request, raw)
    door.form = forms.decode(deed.form, raw) if deed.form else None


async def _perform(
    deed: Deed, door: Door[Any], raw: Mapping[str, Any], attempt: answered.Attempt | None
) -> Response[Any]:
    """Read the form, perform the act and answer; what is refused is answered with the form kept.

    Under a key the act and its answer are one transaction: a process that dies leaves both or neither.
    """
    try:
        _take(deed, door, raw)
        if attempt is None:
            return _answer(deed, door, await deed.perform(door))
        async with transaction():
            return await answered.keep(attempt, _answer(deed, door, await deed.perform(door)))
    except (Refused, Stale) as refusal:
        if door.wants_json:
            raise
        await answered.forget(attempt)
        return await _ask(deed, door, raw=raw, refusal=refusal)


def _answer(deed: Deed, door: Door[Any], result: Any) -> Response[Any]:
    """Answer the card that the act left: to a machine itself, to a browser where it stands."""
    if isinstance(result, Response):
        return result
    lifecycle, step = deed.step
    made_of_another = bool(step.of) and step.of != lifecycle.kind
    created = step.to is not None and (not step.on or made_of_another)
    if door.wants_json:
        return record_json(result, status=201 if created else 200)
    return Response(
        content=None, status_code=303, headers={"Location": f"{result.url}?{urlencode({'done': str(deed.word)})}"}
    )


async def _check(deed: Deed, door: Door[Any], raw: Mapping[str, Any]) -> Response[Any]:
    """Try the act without leaving anything behind, then show what was entered and what would follow."""
    try:
        _take(deed, door, raw)
        result = await rehearse(deed.perform, door)
    except (Refused, Stale) as refusal:
        return await _ask(deed, door, raw=raw, refusal=refusal)
    filled = await deed.filled(door)
    lifecycle, step = deed.step
    state = str(getattr(result, "state", step.to or ""))
    context = {
        **_of_page(deed, filled),
        **filled.context,
        "entries": entries(deed.fields, door.form, choices=filled.choices, lang=door.lang),
        "carried": forms.flatten(raw),
        "kind": lifecycle.kind,
        "state": state if state in lifecycle.states else "",
        "revision": door.expected,
        "once": raw.get("_once") or answered.fresh_key(),
    }
    return page(door, "check.html", context)


async def _ask_again(deed: Deed, door: Door[Any], raw: Mapping[str, Any]) -> Response[Any]:
    """Show the form with its entries: to be changed, with a row more, or carried to where files are kept."""
    raw = deed.tellable(raw)
    if wanted := raw.get("_attach"):
        filled = await deed.filled(door)
        context = {
            **_of_page(deed, filled),
            **filled.context,
            "carried": {"_return": door.request.url.path, "_field": str(wanted), "_kept": forms.packed(raw)},
            "waiting": forms.flatten(raw),
            "limit": LIMIT // 1_000_000,
        }
        return page(door, "attach.html", context)
    return await _ask(deed, door, raw=raw, shown_rows=_shown_rows(raw))


def _shown_rows(raw: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows each table of the form shows, with one more where one was asked for."""
    shown = {
        name.removeprefix("_rows."): int(count)
        for name, count in raw.items()
        if name.startswith("_rows.") and isinstance(count, str) and re.fullmatch(r"\d{1,3}", count)
    }
    return {name: min(count + (1 if raw.get("_add") == name else 0), _MOST_ROWS) for name, count in shown.items()}


async def _ask(
    deed: Deed,
    door: Door[Any],
    *,
    raw: Mapping[str, Any] | None = None,
    refusal: Refused | Stale | None = None,
    shown_rows: Mapping[str, int] | None = None,
) -> Response[Any]:
    """Show the form, with what was entered and what stands against it when it comes back."""
    filled = await deed.filled(door)
    objections = refusal.objections if isinstance(refusal, Refused) else [_STALE] if refusal else []
    context = {
        **_of_page(deed, filled),
        "values": raw if raw is not None else {**_query_values(door), **filled.values},
        "shown_rows": shown_rows or {},
        "added": (raw or {}).get("_add", ""),
        "entered": raw is not None,
        "objections": objections,
        "faults": {o.field: o for o in objections if o.field},
        "once": answered.fresh_key(),
        **filled.context,
    }
    status = 200 if refusal is None else 412 if isinstance(refusal, Stale) else 422
    return page(door, deed.template, context, status=status)


_STALE = Objection(
    "",
    say(
        "Somebody changed this record since you opened it. Your entries are kept below; look at the record, then"
        " send again."
    ),
)


def _of_page(deed: Deed, filled: Filled) -> dict[str, Any]:
    return {
        "word": str(deed.word),
        "step": deed.step[1],
        "kind": deed.step[1].of or deed.step[0].kind,
        "fields": deed.fields,
        "choices": filled.choices,
        "record": filled.record,
        "help": page_for(str(deed.word)),
        "checked_first": deed.checked_first,
        "objections": [],
    }


def _query_values(door: Door[Any]) -> dict[str, str]:
    return {key: door.query(key) or "" for key in door.request.query_params if re.fullmatch(r"[a-z_]{1,40}", key)}
