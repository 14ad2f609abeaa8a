"""The OpenAPI document against the product, as each role: whatever it allows to be sent never surprises us.

schemathesis makes the requests from the document, in both senses: what it allows, and what it forbids. Codes are
mostly those of the town's records, or nearly everything would be 404. Every answer must be of a declared status, a
declared content type and a declared shape.
"""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks

from market.base import clock, database
from market.base.database import rows
from market.base.embedded import APPLICATION, OWNER, Access
from market.seed import BEGINS
from tests.conftest import administer
from tests.proofs.purchase import headers_of
from tests.test_matrix import ONE_OF_EACH, codes_of
from tests.town import BASE

THREE = ("wang.fang", "lin.feng", None)
CHECKS = (checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance)
# Their answers say who somebody is from then on; people's own tests sign in and out.
NOT_SENT = {"sign-in", "sign-out", "change-password", "revoke-token", "act-for"}
MOSTLY = 0.8


class Caller:
    """Somebody who calls what the document describes, in a town of their own on an event loop of their own."""

    def __init__(self, server: Access, template: str, app: Any) -> None:
        self.runner = asyncio.Runner()
        self._server, self._template, self._app = server, template, app
        self.name = f"schema_{id(self)}"
        self.codes: dict[str, list[str]] = {}
        self.statuses: dict[int, int] = {}

    async def open(self) -> dict[str, Any]:
        """Make the town and return the document."""
        await administer(
            self._server, f"CREATE DATABASE {self.name} TEMPLATE {self._template} STRATEGY file_copy OWNER {OWNER}"
        )
        await database.connect_pool(dsn=self._server.dsn(APPLICATION, database=self.name), minimum=1, maximum=4)
        await clock.set_to(BEGINS)
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=BASE, timeout=60)
        document: dict[str, Any] = (await self.client.get("/schema/openapi.json")).json()
        for collection in {path.split("/")[1] for path in document["paths"]}:
            self.codes[collection] = await codes_of(collection)
        self.codes["organizations"] = [row["code"] for row in await rows("SELECT code FROM organization")]
        return document

    async def close(self) -> None:
        await self.client.aclose()
        await database.close_pool()
        await administer(self._server, f"DROP DATABASE {self.name} WITH (FORCE)")

    def call(self, case: schemathesis.Case, *, who: str | None, lot: int) -> None:
        """Send one request and hold its answer to the document."""
        chance = random.Random(lot)
        known = self.codes.get(case.path.split("/")[1]) or ["0"]
        if "code" in case.path_parameters and chance.random() < MOSTLY:
            case.path_parameters["code"] = chance.choice(known)
        sent = case.as_transport_kwargs(base_url=BASE)
        answer = self.runner.run(self._send(sent, who))
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        said = f"{who} {case.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
        assert answer.status_code < 500, said
        judged = Response.from_httpx(answer, verify=True)
        for check in CHECKS:
            case.validate_response(judged, checks=[check])

    async def _send(self, sent: dict[str, Any], who: str | None) -> httpx.Response:
        self.client.cookies.clear()
        headers = {**dict(sent.get("headers") or {}), **headers_of(who)}
        body = {key: sent[key] for key in ("json", "data") if key in sent}
        if isinstance(body.get("data"), (str, bytes)):
            body = {"content": body["data"]}
        return await self.client.request(
            sent["method"], sent["url"], params=sent.get("params"), headers=headers, **body
        )


@pytest.fixture
def caller(server: Access, house: Any, town_template: str) -> Iterator[Caller]:
    made = Caller(server, town_template, house)
    yield made
    made.runner.run(made.close())
    made.runner.close()


def hold(caller: Caller, *, who: str | None, examples: int, modes: tuple[GenerationMode, ...]) -> list[str]:
    """Call every operation so many times in each mode and return what was not as declared."""
    document = caller.runner.run(caller.open())
    schema = schemathesis.openapi.from_dict(document)
    surprises = []
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw["operationId"] in NOT_SENT:
            continue
        for mode in modes:

            @seed(1)
            @settings(
                max_examples=examples, deadline=None, database=None, phases=(Phase.generate,), print_blob=False,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=operation.as_strategy(generation_mode=mode), lot=st.integers(0, 2**32))
            def try_it(case: schemathesis.Case, lot: int) -> None:
                caller.call(case, who=who, lot=lot)

            try:
                try_it()
            except Exception as fault:  # noqa: BLE001  whatever is wrong is gathered and told together
                surprises.append(f"{operation.label}: {str(fault)[:700]}")
    return surprises


@pytest.mark.parametrize("who", THREE, ids=str)
def test_every_operation_answers_as_the_document_says(caller: Caller, who: str | None) -> None:
    assert hold(caller, who=who, examples=3, modes=(GenerationMode.POSITIVE,)) == []
    assert caller.statuses.get(200, 0) > 20


@pytest.mark.prove
@pytest.mark.parametrize("who", [None, *sorted(ONE_OF_EACH.values())], ids=str)
def test_schema_at_full_size(caller: Caller, who: str | None) -> None:
    assert hold(caller, who=who, examples=25, modes=(GenerationMode.POSITIVE, GenerationMode.NEGATIVE)) == []
