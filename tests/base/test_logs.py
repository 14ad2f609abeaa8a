"""The logs: one JSON object a line, every request with its id, and nobody's secrets."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from litestar import Litestar, Request, get
from litestar.exceptions import NotFoundException

from market.base.logs import configure_logs, hide_secrets, request_log


@pytest.fixture
def logging_to_json() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs(process="test")
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.usefixtures("logging_to_json")
def test_our_lines_and_those_of_libraries_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(process="test")
    structlog.get_logger("ours").info("done", code="T-2026-0001", words="社区")
    logging.getLogger("theirs").warning("slow %s", 3)
    first, second = _lines(capsys.readouterr().err)
    assert (first["event"], first["code"], first["words"], first["logger"]) == ("done", "T-2026-0001", "社区", "ours")
    assert (second["event"], second["level"], second["process"]) == ("slow 3", "warning", "test")


@pytest.mark.usefixtures("logging_to_json")
def test_a_fault_is_told_without_values_of_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(process="test")

    def fail(amount: str) -> None:
        raise ValueError(len(amount))

    try:
        fail("480000.00")
    except ValueError:
        structlog.get_logger("ours").exception("broken")
    text = capsys.readouterr().err
    assert "ValueError" in text
    assert "480000.00" not in text
    assert len(_lines(text)) == 1


@pytest.mark.usefixtures("logging_to_json")
def test_a_group_of_faults_is_told_without_values_of_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(process="test")

    def fail(secret_key: str) -> None:
        raise ConnectionRefusedError(f"postgresql://shecai_app:hunter2@db/shecai has {len(secret_key)}")

    try:
        try:
            fail("very-secret")
        except ConnectionRefusedError as error:
            raise ExceptionGroup("in a task", [error]) from None
    except ExceptionGroup:
        structlog.get_logger("ours").exception("broken")
    text = capsys.readouterr().err
    assert "ConnectionRefusedError" in text
    assert "very-secret" not in text
    assert "hunter2" not in text


def test_secrets_amounts_and_passwords_in_addresses_are_hidden() -> None:
    shown = hide_secrets(
        None,
        "info",
        {
            "event": "connecting to postgresql://shecai_app:hunter2@db/shecai",
            "password": "hunter2",
            "csrf_token": "abc",
            "authorization": "Bearer abc",
            "bid": {"price": "480000.00", "code": "B-1"},
            "code": "T-1",
        },
    )
    assert "hunter2" not in str(shown)
    assert "480000" not in str(shown)
    assert "abc" not in str(shown)
    assert shown["code"] == "T-1"
    assert shown["bid"] == {"price": "hidden", "code": "B-1"}


@get("/surveys/{word:str}", sync_to_thread=False)
def _survey(request: Request[Any, Any, Any]) -> str:
    if request.path_params["word"] == "gone":
        raise NotFoundException
    return "ok"


@pytest.mark.usefixtures("logging_to_json")
async def test_a_request_is_logged_by_its_pattern_with_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    app = Litestar([_survey], middleware=[request_log], logging_config=None)
    configure_logs(process="test")
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver.local") as client:
        answer = await client.get("/surveys/one-time-word?x=secret", headers={"X-Request-ID": "abcdefgh-1"})
        assert answer.headers["x-request-id"] == "abcdefgh-1"
        invented = await client.get("/surveys/gone", headers={"X-Request-ID": "bad id\t"})
        assert len(invented.headers["x-request-id"]) == 32
    text = capsys.readouterr().err
    assert "one-time-word" not in text
    lines = [line for line in _lines(text) if line["event"] == "answered"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/surveys/{word}", 200),
        ("GET", "/surveys/{word}", 404),
    ]
    assert lines[0]["request"] == "abcdefgh-1"
