"""Buying outside over HTTP: choose-method, publish-intention, hand-over, track-official, record-official-result."""

import hashlib
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from contracts.forms import STANDARD_CLAUSES
from market.needs.pages.official import hand_over_example
from market.seed.people import WARM_SUN
from tests.needs.making import PURCHASER, approved, assert_books_balance, draft, line_of, money_of, review, submit
from tests.town import Town

PAPERS = hand_over_example(None)  # type: ignore[arg-type]
MISSING = {"without_intention": "urgent", "without_intention_reason": "台风灾后急需。"}


async def official(town: Town, **changes: Any) -> dict[str, Any]:
    """Approve a need of the official channel by both parts of its review."""
    made = await draft(town, budget="1200000.00", budget_line=await line_of(town, amount="2000000.00"), **changes)
    assert (await submit(town, made["code"])).status_code == 200
    assert (await review(town, made["code"])).status_code == 200
    answer = await review(town, made["code"], by="zhao.min")
    assert answer.json()["state"] == "approved", answer.text
    return dict(answer.json())


async def act(town: Town, code: str, word: str, body: dict[str, Any], *, by: str = PURCHASER) -> Any:
    return await (await town.client(by)).post(f"/needs/{code}/{word}", json=body)


def faults(answer: Any) -> list[tuple[str, str]]:
    """Return field and rule of what an answer objects to."""
    assert answer.status_code == 422, answer.text
    return [(o["field"], o["law"].split(" ")[0]) for o in answer.json()["objections"]]


async def handed_over(town: Town) -> dict[str, Any]:
    made = await official(town)
    answer = await act(town, made["code"], "hand-over", {**PAPERS, **MISSING})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def tracked(town: Town) -> str:
    code = str((await handed_over(town))["code"])
    body = {"number": "310000-2026-01", "stage": "announced", "reached_on": "2026-03-02"}
    assert (await act(town, code, "track-official", body)).status_code == 200
    return code


RESULT = {
    "outcome": "awarded",
    "supplier": WARM_SUN,
    "price": "1180000.00",
    "notice_number": "310000-2026-01-结",
    "notice_on": "2026-03-02",
    "notice_text": "中标供应商：暖阳为老服务中心。",
}


async def test_choose_method_sends_a_small_need_to_the_platform_and_back(town: Town) -> None:
    made = await approved(town)
    assert made["channel"] == "here"
    refused = await act(town, made["code"], "choose-method", {"method": "quotations", "reason": "便宜"})
    assert faults(refused) == [("method", "H-13")]
    answer = await act(town, made["code"], "choose-method", {"method": "open-tender", "reason": "公开竞争。"})
    assert (answer.json()["channel"], answer.json()["method"]) == ("official", "open-tender")
    assert {"hand-over", "choose-method"} <= {link["act"] for link in answer.json()["acts"]}
    assert "draft-tender" not in {link["act"] for link in answer.json()["acts"]}
    grounds = {"method": "single-source", "grounds": ["only-supplier"], "reason": "只有一家。"}
    assert (await act(town, made["code"], "choose-method", grounds)).json()["method_grounds"] == ["only-supplier"]
    assert (await town.ledger(made["code"]))[-1] == "needs:choose-method"
    assert (await act(town, made["code"], "choose-method", grounds, by="wu.tao")).status_code == 404
    assert (await act(town, made["code"], "choose-method", grounds, by="li.jun")).status_code == 403
    table = await (await town.client()).get(f"/needs/{made['code']}/methods")
    assert {row["method"]: row["lawful"] for row in table.json()["methods"]}["quotations"] is False
    page = await (await town.browser(PURCHASER)).get(f"/needs/{made['code']}/choose-method")
    assert "单一来源" in page.text


async def test_an_official_need_is_not_tendered_here(town: Town) -> None:
    """H-4: 沪府令65号 第二十四条."""
    made = await official(town)
    body = {
        "qualification": "符合规定",
        "closes_at": "2026-03-20T17:00:00+08:00",
        **{name: PAPERS[name] for name in ("service_from", "service_until", "price_points", "criteria", "milestones")},
    }
    assert ("need", "H-4") in faults(await act(town, made["code"], "draft-tender", body))


async def test_publish_intention_and_again_with_what_changed(town: Town) -> None:
    made = await official(town)
    code = made["code"]
    early = await act(town, code, "publish-intention", {"month_on": "2026-03-15"})
    assert faults(early) == [("month_on", "B-8")]
    first = await act(town, code, "publish-intention", {"month_on": "2026-05-10"})
    assert first.status_code in (200, 201), first.text
    assert (first.json()["state"], first.json()["month_on"], first.json()["budget"]) == (
        "published",
        "2026-05-01",
        "1200000.00",
    )
    assert faults(await act(town, code, "publish-intention", {"month_on": "2026-06-01"})) == [("reason", "B-8")]
    again = await act(town, code, "publish-intention", {"month_on": "2026-06-01", "reason": "预算批复推迟。"})
    card = again.json()
    assert (card["state"], card["revision"], card["versions"][0]["changed"]) == ("republished", 2, ["month_on"])
    assert await town.ledger(card["code"]) == ["needs:publish-intention"] * 2
    anyone = await town.client()
    assert (await anyone.get("/intentions")).json()["items"][0]["code"] == card["code"]
    page = (await (await town.browser()).get(card["url"])).text
    assert "2026-05" in page
    assert "2026-06" in page
    assert (await act(town, code, "publish-intention", {"month_on": "2026-06-01"}, by="wu.tao")).status_code == 404
    assert (await act(town, code, "publish-intention", {"month_on": "2026-06-01"}, by="li.jun")).status_code == 403
    feed = await anyone.get("/feeds/intentions.atom")
    assert made["title"] in feed.text
    # The purchase may not start before the period has run out.
    assert faults(await act(town, code, "hand-over", PAPERS)) == [("", "B-8")]


async def test_the_prescribed_table_as_page_sheet_and_paper(town: Town) -> None:
    anyone = await town.client()
    street = (await anyone.get("/intentions")).json()["items"][0]["street"]
    query = f"/streets/{street}/intentions{{}}?from=2025-01&until=2026-12"
    told = (await anyone.get(query.format(""))).json()["items"]
    sheet = openpyxl.load_workbook(io.BytesIO((await anyone.get(query.format(".xlsx"))).content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("序号", "采购项目名称", "采购需求概况", "预算金额（元）", "预计采购时间", "备注")
    assert [row[1] for row in rows[1:]] == [one_of["title"] for one_of in told]
    pdf = pypdf.PdfReader(io.BytesIO((await anyone.get(query.format(".pdf"))).content))
    assert told[0]["title"][:8] in "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert "政府采购意向" in (await (await town.browser()).get(query.format(""))).text
    assert (await anyone.get("/streets/NOBODY/intentions")).status_code == 404


async def test_hand_over_makes_a_file_whose_every_part_opens_and_has_its_hash(town: Town) -> None:
    made = await handed_over(town)
    assert made["state"] == "handed-over"
    assert await money_of(made["budget_line"]) == (Decimal(1_200_000), Decimal(0), Decimal(0))
    answer = await (await town.client(PURCHASER)).get(made["outside"][0]["file_url"])
    manifest = made["outside"][0]["manifest"]
    assert hashlib.sha256(answer.content).hexdigest() == manifest["digest"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    listed = {f["name"]: f["sha256"] for f in json.loads(archive.read("manifest.json"))["files"]}
    assert listed == {f["name"]: f["sha256"] for f in manifest["files"]}
    assert set(listed) == set(archive.namelist()) - {"manifest.json"}
    assert {name.rsplit(".", 1)[1] for name in listed} == {"docx", "pdf", "xlsx"}
    for name, digest in listed.items():
        content = archive.read(name)
        assert hashlib.sha256(content).hexdigest() == digest
        if name.endswith(".docx"):
            document = docx.Document(io.BytesIO(content))
            told = [p.text for p in document.paragraphs] + [c.text for t in document.tables for c in t._cells]
            assert made["title"] in "\n".join(told), name
        elif name.endswith(".pdf"):
            assert len(pypdf.PdfReader(io.BytesIO(content)).pages) >= 1
        else:
            assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row > 1
    contract = docx.Document(io.BytesIO(archive.read("4-合同草案.docx")))
    assert STANDARD_CLAUSES["late_payment"] in "\n".join(p.text for p in contract.paragraphs)
    for login, status in (("wu.tao", 404), ("he.jing", 404)):
        assert (await (await town.client(login)).get(made["outside"][0]["file_url"])).status_code == status
    assert (await town.ledger(made["code"]))[-1] == "needs:hand-over"
    assert faults(await act(town, made["code"], "hand-over", {**PAPERS, **MISSING}))


async def test_hand_over_names_every_fault_and_its_roles(town: Town) -> None:
    made = await official(town)
    found = faults(await act(town, made["code"], "hand-over", {**PAPERS, "price_points": "5"}))
    assert found == [("", "B-8"), ("price_points", "F-1"), ("criteria", "F-5")]
    assert (await act(town, made["code"], "hand-over", PAPERS, by="wu.tao")).status_code == 404
    assert (await act(town, made["code"], "hand-over", PAPERS, by="li.jun")).status_code == 403
    here = await approved(town)
    assert faults(await act(town, here["code"], "hand-over", PAPERS)) == [("", "H-3")]


async def test_track_official_keeps_number_and_stages(town: Town) -> None:
    code = await tracked(town)
    card = (await (await town.client()).get(f"/needs/{code}")).json()
    assert card["outside"][0]["number"] == "310000-2026-01"
    assert [stage["stage"] for stage in card["outside"][0]["stages"]] == ["announced"]
    body = {"number": "310000-2026-01", "stage": "opened", "reached_on": "2026-03-03"}
    assert faults(await act(town, code, "track-official", body)) == [("reached_on", "H-4")]
    assert (await act(town, code, "track-official", body, by="wu.tao")).status_code == 404
    assert (await act(town, code, "track-official", body, by="li.jun")).status_code == 403
    assert (await town.ledger(code))[-1] == "needs:track-official"
    page = await (await town.browser()).get(f"/needs/{code}")
    assert "310000-2026-01" in page.text


async def test_record_official_result_names_supplier_and_price(town: Town) -> None:
    code = await tracked(town)
    unknown = {**RESULT, "supplier": "53000000MJ00000000", "price": "1200001.00"}
    found = faults(await act(town, code, "record-official-result", unknown))
    assert [field for field, _ in found] == ["supplier", "price"]
    answer = await act(town, code, "record-official-result", RESULT)
    assert answer.json()["state"] == "awarded", answer.text
    assert faults(await act(town, code, "record-official-result", RESULT))


@pytest.mark.parametrize(
    ("outcome", "state", "reserved"), [("failed-again", "approved", 1_200_000), ("failed-back", "sent-back", 0)]
)
async def test_a_failed_purchase_goes_a_new_round_or_gives_its_money_back(
    town: Town, outcome: str, state: str, reserved: int
) -> None:
    code = await tracked(town)
    told = {"outcome": outcome, "notice_on": "2026-03-02", "notice_text": "响应供应商不足三家。"}
    answer = await act(town, code, "record-official-result", told)
    assert answer.json()["state"] == state, answer.text
    assert await money_of(answer.json()["budget_line"]) == (Decimal(reserved), Decimal(0), Decimal(0))
    await assert_books_balance()
    if state == "approved":
        again = await act(town, code, "hand-over", {**PAPERS, **MISSING})
        assert [one_of["round"] for one_of in again.json()["outside"]] == [2, 1]
