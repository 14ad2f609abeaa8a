"""Structured logs: one JSON object a line on standard error, with the request's id and without anybody's secrets.

A request is logged by the pattern of its address, never the address itself: addresses may carry single-use tokens.
"""

import logging
import os
import re
import sys
import time
from collections.abc import Mapping, MutableMapping
from contextlib import nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import msgspec
import structlog

if TYPE_CHECKING:  # commands that serve nobody need not load the web framework
    from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

REQUEST_ID_HEADER = b"x-request-id"
_SECRET = re.compile(r"pass|secret|token|authoriz|cookie|csrf|session|key|sealed|price|amount|quote", re.IGNORECASE)
_ADDRESS_WITH_PASSWORD = re.compile(r"(\w+://[^:/@\s]*:)[^@\s]+@")
_GIVEN_ID = re.compile(rb"[A-Za-z0-9-]{8,64}")
_HIDDEN = "hidden"

_log = structlog.get_logger("request")
# A variable of our own: structlog's way of binding one looks through all that the context holds, on every request.
_request: ContextVar[str] = ContextVar("request", default="")


class _Answers:
    """Where the lines of answered requests go: straight to the handler, for one is written with every answer."""

    handler: "logging.StreamHandler[Any] | None" = None
    process = ""


class _Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The line of an answered request: nothing of it is anybody's secret, so nothing need be searched for one."""

    event: str = "answered"
    process: str
    request: str
    method: str
    route: str
    status: int
    ms: float
    level: str = "info"
    logger: str = "request"
    timestamp: datetime


def configure_logs(*, process: str, level: int = logging.INFO) -> None:
    """Write this process's logs, and those of the libraries it uses, as JSON lines named after the process."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared[:4], *shared[5:], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("apscheduler", "httpx", "httpcore", "fontTools"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.contextvars.bind_contextvars(process=process)
    _Answers.handler, _Answers.process = handler, process


def _name_request(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write beside what happens during a request which one it was."""
    identity = _request.get()
    if identity:
        event.setdefault("request", identity)
    return event


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Blank what must not be read in a log: values named like secrets, amounts, and passwords inside addresses."""
    return {name: _hide(name, value) for name, value in event.items()}


def request_log(app: "ASGIApp") -> "ASGIApp":
    """Give every request an id, answer it in a header, and write one line when the answer is out."""

    async def logged(scope: "Scope", receive: "Receive", send: "Send") -> None:
        if "method" not in scope:
            await app(scope, receive, send)
            return
        identity = _given_id(scope["headers"]) or os.urandom(16).hex()
        began = time.perf_counter()
        status = 500

        async def send_marked(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID_HEADER, identity.encode())]
            await send(message)

        before = _request.set(identity)
        try:
            await app(scope, receive, send_marked)
        finally:
            _tell(
                _Answered(
                    process=_Answers.process,
                    request=identity,
                    method=cast("HTTPScope", scope)["method"],
                    route=scope.get("path_template") or "unknown",
                    status=status,
                    ms=round((time.perf_counter() - began) * 1000, 1),
                    timestamp=datetime.now(UTC),
                )
            )
            _request.reset(before)

    return logged


def _tell(line: _Answered) -> None:
    """Write the line of an answered request like all others, but without asking each of its values for secrets."""
    handler = _Answers.handler
    if handler is None or handler not in logging.getLogger().handlers:
        _log.info(line.event, method=line.method, route=line.route, status=line.status, ms=line.ms)
        return
    if logging.getLogger().level <= logging.INFO:
        with handler.lock or nullcontext():
            handler.stream.write(msgspec.json.encode(line).decode() + "\n")
            handler.flush()


def _hide(name: str, value: Any) -> Any:
    if name == "exception":
        return _without_passwords(value)
    if _SECRET.search(name):
        return _HIDDEN
    if isinstance(value, str):
        return _ADDRESS_WITH_PASSWORD.sub(rf"\1{_HIDDEN}@", value)
    if isinstance(value, Mapping):
        return {inner: _hide(str(inner), content) for inner, content in value.items()}
    return value


def _without_passwords(exception: Any) -> Any:
    """Hide the passwords inside addresses in what exceptions say, in those of a group and their notes too."""
    if isinstance(exception, str):
        return _ADDRESS_WITH_PASSWORD.sub(rf"\1{_HIDDEN}@", exception)
    if isinstance(exception, list):
        return [_without_passwords(part) for part in exception]
    if isinstance(exception, dict):
        return {name: _without_passwords(part) for name, part in exception.items()}
    return exception


def _given_id(headers: Any) -> str | None:
    given = next((value for name, value in headers if name == REQUEST_ID_HEADER), b"")
    return given.decode() if _GIVEN_ID.fullmatch(given) else None


def _as_json(event: Any, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
