"""Confirming the award, by a second person or by silence."""

import asyncio
from datetime import datetime, timedelta

import pytest

from market.base import clock
from market.base.database import rows
from market.base.refusal import NotFound, Refused
from market.seed.people import somebody
from market.tendering.actions import mark_contracted
from market.tendering.queries import award_facts
from tests.tendering.stages import do, done, laws, offered, seated, see, tender_at
from tests.town import Town


async def test_it_works_and_all_is_published(town: Town) -> None:
    code = await tender_at("evaluated")
    members = await rows("SELECT name FROM account WHERE login = ANY ($1) ORDER BY name", await seated(code))
    card = await done(town, "li.jun", "confirm-award", code)
    assert card["state"] == "awarded"
    result = (await see(town, None, code))["result"]
    assert result["supplier_name"] == "示例区暖阳为老服务中心"
    assert result["amount"] == "114000.00"
    assert sorted(result["experts"]) == sorted(row["name"] for row in members)
    assert [line["rank"] for line in result["ranking"]] == [1, 2, 3]
    assert (result["notice_until"], result["sign_by"]) == ("2026-03-03", "2026-04-01")
    assert (result["publish_by"], result["challenge_until"]) == ("2026-03-04", "2026-03-12")
    assert result["deemed"] is False
    assert (await town.ledger(code))[-1] == "tendering:confirm-award"
    (event,) = await rows("SELECT public FROM ledger_event WHERE code = $1 AND tag = 'tendering:confirm-award'", code)
    assert event["public"]["result"]["amount"] == "114000.00"


async def test_bidders_hear_their_own_score_and_rank(town: Town) -> None:
    code = await tender_at("evaluated")
    await done(town, "li.jun", "confirm-award", code)
    mine = (await see(town, "fei.xue", code))["mine"]
    assert (mine["rank"], mine["total"]) == (2, "86.18")
    told = await rows(
        "SELECT to_address, body FROM message WHERE to_address = $1 AND subject LIKE $2",
        "fei.xue@town.example",
        f"%{code}%",
    )
    assert ["得分86.18，排名第2" in mail["body"] for mail in told] == [True]


async def test_experts_events_are_revealed(town: Town) -> None:
    code = await tender_at("evaluated")
    auditor = await town.client("hua.rong")
    assert "score-bid" not in (await auditor.get(f"/ledger?record={code}")).text
    await done(town, "li.jun", "confirm-award", code)
    assert "score-bid" in (await auditor.get(f"/ledger?record={code}")).text


async def test_the_drafter_and_strangers_may_not(town: Town) -> None:
    code = await tender_at("evaluated")
    assert (await do(town, "wang.fang", "confirm-award", code)).status_code == 403
    assert (await do(town, "zheng.hui", "confirm-award", code)).status_code == 404
    assert (await do(town, "li.jun", "confirm-award", await tender_at("ranked"))).status_code == 422
    await rows("UPDATE tender SET published_by = 'zhao.min', drafted_by = 'li.jun' WHERE code = $1", code)
    assert laws(await do(town, "li.jun", "confirm-award", code)) == ["E-13"]
    assert "confirm-award" not in await offered(town, "li.jun", code)


async def test_silence_confirms_rank_one_at_the_end_of_the_period(town: Town) -> None:
    code = await tender_at("evaluated")
    did = await town.advance(by="P3D")
    assert {"act": "confirm-award", "code": code, "at": "2026-03-03T16:00:00Z"} in did
    result = (await see(town, None, code))["result"]
    assert result["deemed"] is True
    assert result["decided_at"] == "2026-03-03T16:00:00Z"


async def test_a_second_late_is_late(town: Town) -> None:
    code = await tender_at("evaluated")
    until = datetime.fromisoformat((await see(town, "li.jun", code))["confirm_until"])
    await clock.set_to(until)
    assert laws(await do(town, "li.jun", "confirm-award", code)) == ["L-8.consultation"]
    await clock.set_to(until - timedelta(seconds=30))
    await done(town, "li.jun", "confirm-award", code)


async def test_the_confirmation_shows_who_is_awarded_what(town: Town) -> None:
    code = await tender_at("evaluated")
    ranking = (await see(town, "li.jun", code))["ranking"]
    page = await (await town.browser("li.jun")).get(f"/tenders/{code}/confirm-award")
    assert ranking[0]["supplier_name"] in page.text
    assert f"{float(ranking[0]['final_price']):,.2f}" in page.text
    assert "不可撤销" in page.text


async def test_eight_at_once_are_one(town: Town) -> None:
    code = await tender_at("evaluated")
    answers = await asyncio.gather(*(do(town, "li.jun", "confirm-award", code) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_letter_is_for_both_sides(town: Town) -> None:
    code = await tender_at("awarded")
    for reader in ("li.jun", "lin.feng", "hua.rong"):
        answer = await (await town.client(reader)).get(f"/tenders/{code}/award-letter.pdf")
        assert answer.content.startswith(b"%PDF-")
    assert (await (await town.client("fei.xue")).get(f"/tenders/{code}/award-letter.pdf")).status_code == 404
    evaluated = await tender_at("evaluated")
    assert (await (await town.client("li.jun")).get(f"/tenders/{evaluated}/award-letter.pdf")).status_code == 404


async def test_the_facts_for_a_contract(town: Town) -> None:
    facts = await award_facts(tender=await tender_at("awarded"))
    assert facts.supplier_name == "示例区暖阳为老服务中心"
    assert str(facts.amount) == "171000.00"
    assert [str(term.share) for term in facts.terms] == ["0.3", "0.4", "0.3"]
    assert (await award_facts(tender=await tender_at("evaluated"))).supplier == ""
    with pytest.raises(NotFound):
        await award_facts(tender="T-2026-9999")


async def test_a_tender_is_contracted_once(town: Town) -> None:
    code = await tender_at("awarded")
    by, now = await somebody("li.jun"), await town.now()
    await mark_contracted(tender=code, contract="C-2026-0009", now=now, by=by)
    assert (await see(town, None, code))["state"] == "contracted"
    assert (await award_facts(tender=code)).supplier != ""
    with pytest.raises(Refused):
        await mark_contracted(tender=code, contract="C-2026-0010", now=now, by=by)
    with pytest.raises(NotFound):
        await mark_contracted(tender="T-2026-9999", contract="C-2026-0010", now=now, by=by)
