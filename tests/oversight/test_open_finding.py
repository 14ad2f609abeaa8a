"""Opening a finding."""

from tests.town import Town, objections

BODY = {
    "subject": "11000000002468133W",
    "street": "11000000002468133W",
    "title": "记录不全",
    "text": "缺第三家的调研记录。",
}


async def test_it_works(town: Town) -> None:
    auditor = await town.client("hua.rong")
    answer = await auditor.post("/findings/open-finding", json=BODY)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["state"] == "open"
    assert made["answer_by"] == "2026-03-16"
    assert await town.ledger(made["code"]) == ["oversight:open-finding"]


async def test_it_names_every_fault(town: Town) -> None:
    auditor = await town.client("hua.rong")
    answer = await auditor.post("/findings/open-finding", json={**BODY, "title": "", "text": "\u202eabc"})
    assert [field for field, _ in objections(answer)] == ["title", "text"]
    answer = await auditor.post("/findings/open-finding", json={**BODY, "subject": "X-1", "street": "X-2"})
    assert [field for field, _ in objections(answer)] == ["subject", "street"]


async def test_only_auditors_may(town: Town) -> None:
    assert (await (await town.client("wang.fang")).post("/findings/open-finding", json=BODY)).status_code == 403
    assert (await (await town.client()).post("/findings/open-finding", json=BODY)).status_code == 401


async def test_the_form_is_kept_when_it_is_refused(town: Town) -> None:
    auditor = await town.browser("hua.rong")
    answer = await auditor.submit("/findings/open-finding", {**BODY, "subject": "X-1"})
    assert answer.status_code == 422
    assert "缺第三家的调研记录。" in answer.text


async def test_a_form_posted_twice_counts_once(town: Town) -> None:
    auditor = await town.browser("hua.rong")
    first = await auditor.submit("/findings/open-finding", BODY)
    assert first.status_code == 303
    again = await auditor.inner.post(
        "/findings/open-finding",
        content=first.request.content,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert again.headers["location"] == first.headers["location"]
