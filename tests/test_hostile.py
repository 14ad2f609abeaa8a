"""Hostile bodies at every door that writes: refused in words with every fault named, never a surprise of ours.

Each act is done as the OpenAPI document's example does it, with one field at a time, and then all, made hostile.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

import msgspec
import pytest

from market.app import routes
from market.base.database import one
from market.base.forms import unwrap
from market.base.web import Route
from market.desk.schema import EXAMPLES
from tests.town import Town, objections

FORMS = {route.name: route for route in routes() if route.act and route.form}
ANSWERED = {200, 201, 404, 422, 429}  # a wrong value may be none of the rules' business; 429 locks a name
WRONG_KIND: tuple[Any, ...] = ({"a": {"b": [None]}}, [[{}]], 10**30, True, "a\x00\u202eb")
ODD: dict[Any, tuple[Any, ...]] = {
    str: ("𠮷😀👩‍👩‍👧<script>' OR 1=1 --%00{}$1", "x" * 6000, " \t ", "\ufeff١٢٣"),
    int: (0, -1, 2**31, 999_999_999_999, "1e3", "٣"),
    Decimal: ("0", "-0.01", "1.005", "999999999999.99", "1e18", "1e-18", "NaN", "1" * 500),
    date: ("0001-01-01", "1900-01-01", "2199-12-31", "9999-12-31", "2020-02-30", "2025-01-01"),
    datetime: ("0001-01-01T00:00+08:00", "2199-12-31T23:59:59-12:00", "9999-12-31T23:59-12:00", "2025-01-01T00:00"),
    bool: ("maybe", 2, ""),
}
BODIES = (b"null", b"[]", b'"x"', b"1", b"{", b'{"a":', b"\xff\xfe", b"[" * 5000, b'{"a":' * 5000, b"1" * 9000)


def odd_values(plain: Any) -> tuple[Any, ...]:
    """Return what is hostile to a field of this kind, the right kind of value included."""
    if isinstance(plain, type) and issubclass(plain, Enum):
        return ("nonsense", "", 0)
    return ODD.get(plain, ())


def hostile(form: type[msgspec.Struct], body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the body with one of its values made hostile, rows of tables included."""
    for field in msgspec.structs.fields(form):
        name = field.encode_name
        plain, _ = unwrap(field.type)
        several = get_origin(plain) is list
        inner = unwrap(get_args(plain)[0])[0] if several else plain
        for value in (*WRONG_KIND, *(([value] if several else value) for value in odd_values(inner))):
            yield {**body, name: value}
        yield {key: value for key, value in body.items() if key != name}
        if several:
            yield {**body, name: body.get(name, []) * 2 or ["x", "x"]}
            yield {**body, name: [*body.get(name, []), None]}
            yield {**body, name: (body.get(name) or ["x"]) * 300}
        if several and isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            (row, *rest) = body.get(name) or [{}]
            for changed in hostile(inner, row):
                yield {**body, name: [changed, *rest]}


@pytest.mark.parametrize("act", ["attach-file", "open-finding"])
async def test_what_is_no_object_of_json_cannot_be_read(town: Town, act: str) -> None:
    client = await town.client("hua.rong")
    for content in BODIES:
        answer = await client.post(FORMS[act].path, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, content[:20]


@pytest.mark.parametrize("route", FORMS.values(), ids=FORMS)
async def test_no_body_is_a_surprise_and_every_fault_is_named(town: Town, route: Route) -> None:
    assert route.form is not None
    kept = await one("SELECT value FROM keepsake WHERE name = $1", EXAMPLES)
    assert kept is not None
    example = kept["value"][route.name]
    client = await town.client(example.get("account"))
    path = route.path.replace("{code:str}", example.get("code") or "")
    fields = msgspec.structs.fields(route.form)
    refused = await client.post(path, json={field.encode_name: {"a": []} for field in fields})
    assert {name.split(".")[0] for name, _ in objections(refused)} == {field.encode_name for field in fields}
    surprises = []
    for body in hostile(route.form, example["body"]):
        client.cookies.clear()  # who signed in is a browser from then on
        answer = await client.post(path, json=body)
        if answer.status_code not in ANSWERED:
            surprises.append((answer.status_code, json.dumps(body, ensure_ascii=False)[:2000]))
        if answer.status_code == 422:
            assert all(set(said) == {"field", "message", "law"} for said in answer.json()["objections"])
    assert surprises == []
