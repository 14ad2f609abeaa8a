"""What machines rely on: every answer of every read in the OpenAPI document, as people of several roles get it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.tendering.stages import done, tender_at
from tests.town import Town

RECORD = {"code", "state", "url", "acts"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
READERS = (None, "wang.fang", "lei.hao", "hua.rong", "wu.tao")
_FEWEST = 12
_MOST_OF_A_KIND = 6


async def reads(client: httpx.AsyncClient) -> dict[str, Any]:
    """Path and operation of every read in the document."""
    paths = (await client.get("/schema/openapi.json")).json()["paths"]
    return {path: operations["get"] for path, operations in paths.items() if "get" in operations}


def faults(value: Any, where: str) -> Iterator[str]:
    """What a machine could not rely on inside a value: floats, and moments without their offset."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from faults(inner, f"{where}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults(inner, f"{where}[{number}]")
    elif isinstance(value, float):
        yield f"{where} is the float {value}"
    elif isinstance(value, str) and MOMENT.match(value) and not WITH_OFFSET.fullmatch(value):
        yield f"{where} is the moment {value} without an offset"


def faults_of_record(record: dict[str, Any], where: str) -> Iterator[str]:
    missing = RECORD - set(record)
    if missing:
        yield f"{where} lacks {sorted(missing)}"
    elif not (str(record["url"]).startswith("/") and isinstance(record["acts"], list)):
        yield f"{where} has {record['url']!r} and {record['acts']!r}"
    elif any(set(link) != {"act", "method", "href"} for link in record["acts"]):
        yield f"{where} offers {record['acts']}"
    yield from faults(record, where)


FIGURES = {"/organizations/facets"}  # counts beside a list: no record, so nothing can be done with them


@pytest.mark.parametrize("who", READERS)
async def test_every_answer_keeps_the_contract(town: Town, who: str | None) -> None:
    client = await town.client(who)
    operations = await reads(client)
    found: list[str] = []
    urls: dict[str, list[str]] = {}
    checked = 0
    for path in (path for path in operations if "{" not in path and path not in FIGURES):
        answer = await client.get(path)
        if answer.status_code == 200 and "application/json" in answer.headers["content-type"]:
            body = answer.json()
            lines = body.get("items", [body])
            if "items" in body:
                assert set(body) == {"items", "next"}, path
            for line in lines:
                found += faults_of_record(line, f"{path} {line.get('code')}")
                urls.setdefault(path, []).append(line.get("url", ""))
            checked += len(lines)
    for collection in urls.values():
        for url in list(dict.fromkeys(collection))[:_MOST_OF_A_KIND]:
            answer = await client.get(url)
            if answer.status_code == 200 and "items" not in answer.json():
                found += faults_of_record(answer.json(), url)
                checked += 1
    assert not found, "\n".join(found)
    assert checked > _FEWEST


async def test_every_operation_says_what_it_answers(town: Town) -> None:
    client = await town.client()
    paths = (await client.get("/schema/openapi.json")).json()["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            (kind, content), *_ = operation["responses"]["200"]["content"].items()
            assert kind, f"{method} {path} says no kind of content"
            assert kind != "application/json" or content.get("schema"), f"{method} {path} has no schema"
            if path.endswith((".pdf", "/paper", "/report")) or "/acceptances/" in path:
                assert kind == "application/pdf", path


async def test_papers_are_what_the_document_declares(town: Town) -> None:
    client = await town.client("hua.rong")
    code = await tender_at("evaluated")
    for paper in ("notice.pdf", "opening.pdf", "report.pdf"):
        answer = await client.get(f"/tenders/{code}/{paper}")
        assert answer.status_code == 200, paper
        assert answer.headers["content-type"] == "application/pdf"


async def test_acts_that_keep_no_answer_say_so(town: Town) -> None:
    paths = (await (await town.client()).get("/schema/openapi.json")).json()["paths"]
    keyless = {
        operations["post"]["operationId"]
        for operations in paths.values()
        if "post" in operations
        and "Idempotency-Key" not in [parameter["name"] for parameter in operations["post"]["parameters"]]
    }
    secret = {"make-key", "change-passphrase", "turn-key"}  # tries are counted outside of the act, which is done once
    assert keyless == {"sign-in", "sign-out", "attach-photo", "confirm-code", "send-code"} | secret
    assert "Idempotency-Key" in paths["/sign-in"]["post"]["description"]


@pytest.mark.parametrize(
    "tag", ['"T-0000-0001-{revision}"', "{revision}", '"{revision}"', 'W/"{own}"', '"{own}", "{own}"', '"{own}" ', ""]
)
async def test_if_match_is_compared_as_a_whole(town: Town, tag: str) -> None:
    code = await tender_at("draft")
    client = await town.client("wang.fang")
    own = (await client.get(f"/tenders/{code}")).headers["etag"].strip('"')
    revision = own.rsplit("-", 1)[1]
    given = {"If-Match": tag.format(own=own, revision=revision)}
    answer = await client.post(f"/tenders/{code}/cancel-tender", json={"reason": "不再需要"}, headers=given)
    assert answer.status_code == (200 if tag.strip() == '"{own}"' else 412), answer.text


async def test_what_a_read_gave_matches(town: Town) -> None:
    code = await tender_at("draft")
    client = await town.client("wang.fang")
    etag = (await client.get(f"/tenders/{code}")).headers["etag"]
    cancelled = await client.post(
        f"/tenders/{code}/cancel-tender", json={"reason": "不再需要"}, headers={"If-Match": etag}
    )
    assert cancelled.status_code == 200
    assert cancelled.headers["etag"] != etag


async def test_any_revision_matches_a_star(town: Town) -> None:
    code = await tender_at("open")
    client = await town.client("lei.hao")
    assert (await client.post(f"/tenders/{code}/take-documents", json={}, headers={"If-Match": "*"})).status_code == 200
    await done(town, "lei.hao", "take-documents", code)
