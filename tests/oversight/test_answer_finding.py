"""Answering a finding, and closing it."""

import asyncio

from tests.town import Town, objections

BODY = {
    "subject": "11000000002468133W",
    "street": "11000000002468133W",
    "title": "记录不全",
    "text": "缺第三家的调研记录。",
}


async def opened(town: Town) -> str:
    made = await (await town.client("hua.rong")).post("/findings/open-finding", json=BODY)
    return str(made.json()["url"])


async def test_answer_finding_then_close_finding(town: Town) -> None:
    url = await opened(town)
    street, auditor = await town.client("zhou.ping"), await town.client("hua.rong")
    assert [link["act"] for link in (await street.get(url)).json()["acts"]] == ["answer-finding"]
    assert (await street.post(f"{url}/answer-finding", json={"answer": "已补。"})).json()["state"] == "answered"
    closed = await auditor.post(f"{url}/close-finding", json={"conclusion": "已整改。"})
    assert closed.json()["state"] == "closed"
    tags = ["oversight:open-finding", "oversight:answer-finding", "oversight:close-finding"]
    assert await town.ledger(url.split("/")[-1]) == tags
    public = (await (await town.client()).get(f"/ledger?record={url.split('/')[-1]}")).json()["items"]
    assert [(line["tag"], line["actor"], line["public"]["answer"]) for line in public] == [(tags[2], "", "已补。")]


async def test_close_finding_waits_for_the_answer(town: Town) -> None:
    url = await opened(town)
    answer = await (await town.client("hua.rong")).post(f"{url}/close-finding", json={"conclusion": "x"})
    assert objections(answer)[0][0] == ""


async def test_another_street_sees_nothing(town: Town) -> None:
    url = await opened(town)
    other = await town.client("shen.yan")
    assert (await other.get(url)).status_code == 404
    assert (await other.post(f"{url}/answer-finding", json={"answer": "x"})).status_code == 404
    assert (await other.get("/findings")).json()["items"] == []


async def test_eight_at_once_answer_it_once(town: Town) -> None:
    url = await opened(town)
    street = await town.client("zhou.ping")
    answers = await asyncio.gather(*(street.post(f"{url}/answer-finding", json={"answer": str(n)}) for n in range(8)))
    assert sorted(a.status_code for a in answers) == [200] + [422] * 7


async def test_it_waits_on_the_desk_of_who_must_act(town: Town) -> None:
    url = await opened(town)
    street, auditor = await town.client("zhou.ping"), await town.client("hua.rong")
    assert url in [w["url"] for w in (await street.get("/")).json()["items"]]
    assert url not in [w["url"] for w in (await auditor.get("/")).json()["items"]]
    await street.post(f"{url}/answer-finding", json={"answer": "已补。"})
    assert url in [w["url"] for w in (await auditor.get("/")).json()["items"]]
