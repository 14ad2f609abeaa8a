"""What every door does alike: refusals with their status, one act for one key, the stale tab, the reader's language."""

import asyncio

import httpx
import pytest

from market.base.database import rows
from tests.town import BASE, Town, objections

FINDING = {"subject": "11000000002468133W", "street": "11000000002468133W", "title": "记录不全", "text": "缺第三家。"}
OPEN = "/findings/open-finding"


async def opened(town: Town) -> str:
    made = await (await town.client("hua.rong")).post(OPEN, json=FINDING)
    return str(made.json()["code"])


async def test_the_statuses_of_outside(town: Town) -> None:
    anyone, purchaser, auditor = await town.client(), await town.client("wang.fang"), await town.client("hua.rong")
    code = await opened(town)
    assert (await anyone.post(OPEN, json=FINDING)).status_code == 401
    assert (await purchaser.post(OPEN, json=FINDING)).status_code == 403
    assert (await purchaser.get("/findings/F-2026-9999")).status_code == 404
    assert (await (await town.client("zheng.hui")).get(f"/findings/{code}")).status_code == 404
    assert (await auditor.put(OPEN, json=FINDING)).status_code == 405
    assert (await auditor.post(OPEN, content=b"{", headers={"content-type": "application/json"})).status_code == 400
    assert (await auditor.post(OPEN, json=[1])).status_code == 400
    assert (await auditor.post(OPEN, content=b"x", headers={"content-type": "text/plain"})).status_code == 415
    too_much = b'{"title": "' + b"x" * 1_100_000 + b'"}'
    assert (await auditor.post(OPEN, content=too_much, headers={"content-type": "application/json"})).status_code == 413
    problem = await auditor.post(OPEN, json={})
    assert problem.headers["content-type"] == "application/problem+json"
    assert [field for field, _ in objections(problem)] == ["subject", "street", "title", "text"]


async def test_an_anonymous_page_goes_to_sign_in(town: Town) -> None:
    browser = await town.browser()
    answer = await browser.get("/findings")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?back=/findings"
    searched = await browser.get("/findings?after=3&q=a b")
    assert searched.headers["location"] == "/sign-in?back=/findings%3Fafter%3D3%26q%3Da%2520b"


@pytest.mark.parametrize("path", ["/", "/catalogs", "/organizations", "/needs", "/tenders", "/contracts", "/schema"])
async def test_a_fixed_address_answers_a_machine_and_a_reader(town: Town, path: str) -> None:
    assert (await (await town.client()).get(path)).headers["content-type"] == "application/json"
    assert (await (await town.browser()).get(path)).headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path", ["/findings/%00", "/findings/..%2f", "/findings/F'--", "/findings?after=%00x", "/ledger?record=%00"]
)
async def test_odd_addresses_crash_nothing(town: Town, path: str) -> None:
    answer = await (await town.client("hua.rong")).get(path)
    assert answer.status_code in (200, 404)


async def test_the_same_key_answers_the_first_answer(town: Town) -> None:
    auditor = await town.client("hua.rong")
    keyed = {"Idempotency-Key": "k-1"}
    answers = await asyncio.gather(*(auditor.post(OPEN, json=FINDING, headers=keyed) for _ in range(8)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["code"] for a in answers}) == 1
    other = await auditor.post(OPEN, json={**FINDING, "title": "另一件"}, headers=keyed)
    assert objections(other)[0][0] == "Idempotency-Key"
    await town.advance(by="PT24H1M")
    assert (await auditor.post(OPEN, json=FINDING, headers=keyed)).json()["code"] != answers[0].json()["code"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/attachments/attach-file", {"name": "a.txt", "content_base64": "YQ=="}),
        ("/account/create-token", {"name": "once", "acts": ["open-finding"], "days": 3}),
    ],
)
async def test_files_and_tokens_are_made_once_for_one_key_too(town: Town, path: str, body: dict[str, object]) -> None:
    auditor = await town.client("hua.rong")
    keyed = {"Idempotency-Key": "k-8"}
    answers = await asyncio.gather(*(auditor.post(path, json=body, headers=keyed) for _ in range(8)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["code"] for a in answers}) == 1


async def test_what_was_refused_may_be_tried_again_with_its_key(town: Town) -> None:
    auditor = await town.client("hua.rong")
    keyed = {"Idempotency-Key": "k-2"}
    assert (await auditor.post(OPEN, json={**FINDING, "subject": "X-1"}, headers=keyed)).status_code == 422
    assert (await auditor.post(OPEN, json=FINDING, headers=keyed)).status_code == 201


async def test_a_stale_tab_loses_nothing(town: Town) -> None:
    code = await opened(town)
    path = f"/findings/{code}/answer-finding"
    street = await town.browser("zhou.ping")
    form = await street.get(path)
    assert 'name="_revision" value="1"' in form.text
    machine = await town.client("li.jun")
    assert (await machine.post(path, json={"answer": "先答"}, headers={"If-Match": f'"{code}-1"'})).status_code == 200
    late = await machine.post(path, json={"answer": "后答"}, headers={"If-Match": f'"{code}-1"'})
    assert late.status_code == 412
    fields = {"_csrf_token": form.text.rsplit('name="_csrf_token" value="', 1)[1].split('"')[0], "_revision": "1"}
    kept = await street.inner.post(path, data={**fields, "answer": "我写了很久的答复"})
    assert kept.status_code == 412
    assert "我写了很久的答复" in kept.text


async def test_records_carry_etag_and_acts(town: Town) -> None:
    code = await opened(town)
    answer = await (await town.client("zhou.ping")).get(f"/findings/{code}")
    assert answer.headers["etag"] == f'"{code}-1"'
    assert answer.json()["acts"] == [
        {"act": "answer-finding", "method": "POST", "href": f"/findings/{code}/answer-finding"}
    ]


async def test_two_languages(town: Town) -> None:
    chinese, english = await town.browser(), await town.browser(lang="en-GB,en;q=0.8")
    assert '<html lang="zh-CN">' in (await chinese.get("/")).text
    assert '<html lang="en">' in (await english.get("/")).text
    switched = await chinese.get("/language/en?back=//evil.example")
    assert switched.headers["location"] == "/"
    assert '<html lang="en">' in (await chinese.get("/")).text


async def test_every_answer_carries_the_headers(town: Town) -> None:
    for answer in ((await (await town.browser()).get("/")), (await (await town.client()).get("/nowhere"))):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-request-id"]


async def test_a_surprise_has_a_reference_and_changes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from market.oversight import actions  # noqa: PLC0415

    async def broken(**_: object) -> None:
        raise ZeroDivisionError("secret-in-the-fault")

    before = len(await town.ledger("F-2026-0001"))
    monkeypatch.setattr(actions, "finding_for", broken)
    answer: httpx.Response = await (await town.client("hua.rong")).post(OPEN, json=FINDING)
    assert answer.status_code == 500
    assert "secret-in-the-fault" not in answer.text
    assert len(await town.ledger("F-2026-0001")) == before


async def test_the_demo_clock_goes_forward_only(town: Town) -> None:
    client = await town.client()
    shown = (await client.get("/demo/clock")).json()["now"]
    assert shown.startswith("2026-03-02T01:0")
    for body in ({"advance": "P-1D"}, {"to": "2020-01-01T00:00:00+08:00"}, {}, {"advance": "P1D", "to": "2026-06-01"}):
        assert (await client.post("/demo/clock", json=body)).status_code == 422
    moved = await client.post("/demo/clock", json={"to": "2026-06-01T09:00:00+08:00"})
    assert moved.json()["now"].startswith("2026-06-01T01:00")


async def test_everybody_of_the_town_can_be_somebody(town: Town) -> None:
    people = (await (await town.client()).get("/demo/people")).json()
    roles = {person["role"] for person in people}
    assert len(roles) == 16
    for person in people:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=town.app), base_url=BASE) as client:
            own = await client.get("/account", headers={"Authorization": f"Bearer {person['token']}"})
            assert own.json()["roles"] == [person["role"]]


async def test_a_key_whose_request_died_may_be_tried_again(town: Town) -> None:
    auditor, keyed = await town.client("hua.rong"), {"Idempotency-Key": "k-3"}
    assert (await auditor.post(OPEN, json=FINDING, headers=keyed)).status_code == 201
    await rows(
        "UPDATE answered_request SET status = NULL, body = NULL WHERE key = 'k-3'"
    )  # as a killed server leaves it
    await town.advance(by="PT3M")
    assert (await auditor.post(OPEN, json=FINDING, headers=keyed)).status_code == 201
