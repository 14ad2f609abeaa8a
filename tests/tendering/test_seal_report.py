"""Signing the evaluation report."""

from tests.tendering.stages import do, done, fields, laws, offered, seated, see, tender_at, unseated
from tests.town import Town

YES = {"agrees": True}


async def test_the_last_signature_seals_it(town: Town) -> None:
    code = await tender_at("ranked")
    first, second, third = await seated(code)
    assert (await done(town, first, "seal-report", code, YES))["state"] == "ranked"
    assert "seal-report" not in await offered(town, first, code)
    await done(town, second, "seal-report", code, {"agrees": False, "reasons": "价格分权重偏高"})
    card = await done(town, third, "seal-report", code, YES)
    assert card["state"] == "evaluated"
    assert card["confirm_until"] == "2026-03-09T16:00:00Z"
    assert (await town.ledger(code))[-1] == "tendering:seal-report"
    ranking = (await see(town, "li.jun", code))["ranking"]
    assert [bid["rank"] for bid in ranking] == [1, 2, 3]
    assert ranking[0]["supplier_name"] == "示例区暖阳为老服务中心"
    assert (await see(town, "lin.feng", code))["ranking"] is None


async def test_the_report_is_a_paper_without_names(town: Town) -> None:
    code = await tender_at("evaluated")
    for reader in ("li.jun", (await seated(code))[0], "hua.rong"):
        answer = await (await town.client(reader)).get(f"/tenders/{code}/report.pdf")
        assert answer.content.startswith(b"%PDF-")
    for stranger in ("zheng.hui", "lin.feng", await unseated(code)):
        assert (await (await town.client(stranger)).get(f"/tenders/{code}/report.pdf")).status_code == 404
    ranked = await tender_at("ranked")
    assert (await (await town.client("li.jun")).get(f"/tenders/{ranked}/report.pdf")).status_code == 404


async def test_refusals(town: Town) -> None:
    code = await tender_at("ranked")
    member = (await seated(code))[0]
    assert fields(await do(town, member, "seal-report", code, {"agrees": False})) == ["reasons"]
    await done(town, member, "seal-report", code, YES)
    assert laws(await do(town, member, "seal-report", code, YES)) == ["E-11"]
    assert (await do(town, await unseated(code), "seal-report", code, YES)).status_code == 404
    assert (await do(town, "li.jun", "seal-report", code, YES)).status_code == 403
    scored = await tender_at("scored")
    assert (await do(town, (await seated(scored))[0], "seal-report", scored, YES)).status_code == 422
