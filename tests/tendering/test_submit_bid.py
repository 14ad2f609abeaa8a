"""Submitting a sealed bid: the heart of the house."""

import asyncio
import base64
from datetime import datetime, timedelta
from typing import Any

import pytest

from market.base import clock
from market.base.database import one, rows
from tests.tendering.stages import BID, do, done, fields, laws, offered, see, tender_at
from tests.town import Town

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def ready(town: Town, *bidders: str) -> str:
    code = await tender_at("open")
    for bidder in bidders or ("lei.hao",):
        await done(town, bidder, "take-documents", code)
    return code


async def staged(town: Town, who: str, code: str, content: bytes = PDF) -> str:
    body = {"name": "方案.pdf", "content_base64": base64.b64encode(content).decode(), "sealed_for": code}
    answer = await (await town.client(who)).post("/attachments/attach-file", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_it_works(town: Town) -> None:
    code = await ready(town)
    file = await staged(town, "lei.hao", code)
    receipt = await done(town, "lei.hao", "submit-bid", code, {**BID, "files": [file]})
    assert receipt["state"] == "submitted"
    assert len(receipt["fingerprint"]) == 64
    assert receipt["submitted_at"].startswith("2026-03-02T01:00")
    assert (await town.ledger(code))[-1] == "tendering:submit-bid"
    own = (await (await town.client("lei.hao")).get(f"/tenders/{code}/my-bid")).json()
    assert (own["submitted"], own["fingerprint"]) == (None, receipt["fingerprint"])
    assert own["sealed_bytes"] % 4096 < 100
    assert (await (await town.client("lei.hao")).get(f"/attachments/{file}")).status_code == 404
    assert "withdraw-bid" in await offered(town, "lei.hao", code)


async def test_another_replaces_it(town: Town) -> None:
    code = await ready(town)
    first = await done(town, "lei.hao", "submit-bid", code, BID)
    second = await done(town, "lei.hao", "submit-bid", code, {**BID, "price": "200000.00"})
    assert first["code"] == second["code"]
    assert first["fingerprint"] != second["fingerprint"]
    assert second["submissions"] == 2
    assert first["leaf"] != second["leaf"]


@pytest.mark.parametrize(
    ("changes", "objected"),
    [
        ({"price": "240000.01"}, [("price", "M-8")]),
        ({"price": "0.00"}, [("price", "M-8")]),
        ({"declared": False}, [("declared", "P-06")]),
        ({"files": ["A-AAAAAAAAAA"]}, [("files", "")]),
        ({"price": "0.00", "declared": False}, [("price", "M-8"), ("declared", "P-06")]),
    ],
)
async def test_each_refusal(town: Town, changes: dict[str, Any], objected: list[tuple[str, str]]) -> None:
    code = await ready(town)
    answer = await do(town, "lei.hao", "submit-bid", code, {**BID, **changes})
    assert list(zip(fields(answer), laws(answer), strict=True)) == objected


async def test_malformed_bids_name_every_fault(town: Town) -> None:
    code = await ready(town)
    answer = await do(town, "lei.hao", "submit-bid", code, {"price": "1e5", "plan": " ", "declared": "perhaps"})
    assert fields(answer) == ["price", "plan", "declared"]
    prices: tuple[Any, ...] = ("1.234", "-1", "１２", "1,000", 10**15, None, [], {}, True)
    for price in prices:
        assert fields(await do(town, "lei.hao", "submit-bid", code, {**BID, "price": price})) == ["price"]


async def test_documents_must_be_taken_first(town: Town) -> None:
    code = await tender_at("open")
    assert laws(await do(town, "lei.hao", "submit-bid", code, BID)) == ["L-2.consultation"]
    assert "submit-bid" not in await offered(town, "lei.hao", code)


async def test_who_is_on_a_list_may_not(town: Town) -> None:
    code = await ready(town)
    keeper = await town.client("cao.jie")
    standing = {
        "kind": "dishonest-debtor",
        "from_on": "2026-02-20",
        "document": "（2026）示执字第1号",
    }
    made = await keeper.post("/organizations/52000000MJ40000317/record-standing", json=standing)
    assert made.status_code == 201, made.text
    assert laws(await do(town, "lei.hao", "submit-bid", code, BID)) == ["P-11"]


async def test_anothers_file_and_a_file_for_another_tender_look_like_none(town: Town) -> None:
    code = await ready(town, "lei.hao", "teng.fei")
    theirs = await staged(town, "teng.fei", code)
    elsewhere = await staged(town, "lei.hao", await tender_at("closed"))
    for file in (theirs, elsewhere):
        assert fields(await do(town, "lei.hao", "submit-bid", code, {**BID, "files": [file]})) == ["files"]


async def test_strangers(town: Town) -> None:
    assert (await do(town, "lei.hao", "submit-bid", await tender_at("draft"), BID)).status_code == 404
    assert (await do(town, "lei.hao", "submit-bid", "T-2026-9999", BID)).status_code == 404
    code = await tender_at("open")
    for other in ("wang.fang", "he.jing", "hua.rong"):
        assert (await do(town, other, "submit-bid", code, BID)).status_code == 403
    assert (await do(town, None, "submit-bid", code, BID)).status_code == 401


async def test_a_second_late_is_late_whether_or_not_time_has_turned(town: Town) -> None:
    code = await ready(town)
    closes_at = datetime.fromisoformat((await see(town, None, code))["closes_at"])
    await clock.set_to(closes_at - timedelta(seconds=20))
    await done(town, "lei.hao", "submit-bid", code, BID)
    await clock.set_to(closes_at)
    late = await do(town, "lei.hao", "submit-bid", code, {**BID, "price": "1.00"})
    assert laws(late) == ["M-8"]
    assert (await see(town, None, code))["state"] == "open"
    own = (await (await town.client("lei.hao")).get(f"/tenders/{code}/my-bid")).json()
    assert own["submitted_at"] < closes_at.isoformat()
    assert "submit-bid" not in await offered(town, "lei.hao", code)


async def test_eight_at_once_make_one_bid_each(town: Town) -> None:
    bidders = ("lei.hao", "teng.fei", "luo.qi", "cen.li")
    code = await ready(town, "lei.hao", "teng.fei", "luo.qi")
    answers = await asyncio.gather(
        *(
            do(town, bidder, "submit-bid", code, {**BID, "price": f"{100000 + n}.00"})
            for n, bidder in enumerate(bidders * 2)
        )
    )
    assert [answer.status_code for answer in answers] == [200] * 8
    found = await rows(
        "SELECT b.submissions, b.fingerprint FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1"
        " AND b.organization <> '52000000MJ4000015H' AND b.state = 'submitted'",
        code,
    )
    assert [row["submissions"] for row in found] == [2, 2, 2, 2]
    kept = {row["fingerprint"] for row in found}
    assert kept <= {answer.json()["fingerprint"] for answer in answers}
    assert (await town.ledger(code)).count("tendering:submit-bid") == 9


async def test_the_same_request_twice_is_one_bid(town: Town) -> None:
    code = await ready(town)
    client = await town.client("lei.hao")
    headers = {"Idempotency-Key": "bid-1"}
    first = await client.post(f"/tenders/{code}/submit-bid", json=BID, headers=headers)
    again = await client.post(f"/tenders/{code}/submit-bid", json=BID, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["code"] == again.json()["code"]


async def test_it_works_in_a_browser(town: Town) -> None:
    code = await ready(town)
    browser = await town.browser("lei.hao")
    wrong = await browser.submit(f"/tenders/{code}/submit-bid", {"price": "999999999.00", "plan": "手写方案"})
    assert wrong.status_code == 422
    assert "手写方案" in wrong.text
    right = await browser.submit(
        f"/tenders/{code}/submit-bid", {"price": "200000", "plan": "手写方案", "declared": "true"}
    )
    assert right.status_code == 303, right.text
    page = await browser.get(right.headers["location"])
    assert page.status_code == 200
    assert "手写方案" not in page.text
    assert "回执" in page.text


async def test_the_receipts_fingerprint_is_that_of_the_sealed_bytes(town: Town) -> None:
    code = await ready(town)
    receipt = await done(town, "lei.hao", "submit-bid", code, BID)
    found = await one("SELECT encode(sha256(content), 'hex') AS digest FROM bid WHERE code = $1", receipt["code"])
    assert found is not None
    assert found["digest"] == receipt["fingerprint"]
