"""The OpenAPI document: valid, complete, and every example in it works in a fresh town."""

import asyncio
from typing import Any

import pytest
from openapi_spec_validator import validate

from market.app import routes
from market.base.lifecycle import HOUSE
from tests.town import Town

WRITES = sorted(route.name for route in routes() if route.act)


async def document(town: Town) -> dict[str, Any]:
    answer = await (await town.client()).get("/schema/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_it_is_valid_openapi(town: Town) -> None:
    # The validator works recursively and long; off the loop it does not trip over asyncio's own checks.
    await asyncio.to_thread(validate, await document(town))


async def test_every_operation_has_its_own_id(town: Town) -> None:
    found = await document(town)
    ids = [op["operationId"] for methods in found["paths"].values() for op in methods.values()]
    assert len(ids) == len(set(ids))
    assert set(WRITES) <= set(ids)


@pytest.mark.parametrize("act", WRITES)
async def test_every_example_works_in_a_fresh_town(town: Town, act: str) -> None:
    found = await document(town)
    path, operation = next(
        (path, op) for path, methods in found["paths"].items() for op in methods.values() if op["operationId"] == act
    )
    codes = {p["name"]: p.get("example") for p in operation["parameters"] if p["in"] == "path"}
    assert None not in codes.values(), f"the town has no record on which {act} can be done"
    client = await town.client(operation.get("x-example-account"))
    if "anyone" not in HOUSE.steps[act][1].by:
        assert operation.get("x-example-account"), f"nobody in the town may {act}"
    body = operation["requestBody"]["content"]["application/json"]["example"]
    answer = await client.post(path.format(**codes), json=body)
    assert answer.status_code in (200, 201), answer.text
