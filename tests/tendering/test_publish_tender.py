"""Publishing a notice."""

from market.base.database import rows
from tests.tendering.stages import do, done, laws, offered, see, tender_at
from tests.town import Town


async def test_it_works(town: Town) -> None:
    code = await tender_at("draft")
    card = await done(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-13T09:30:00+08:00"})
    assert card["state"] == "open"
    assert card["questions_until"] == "2026-03-08T01:30:00Z"
    assert card["opens_at"] == card["closes_at"] == "2026-03-13T01:30:00Z"
    assert (await see(town, None, code))["state"] == "open"
    assert (await town.ledger(code))[-1] == "tendering:publish-tender"
    (event,) = await rows("SELECT public FROM ledger_event WHERE code = $1 AND tag = 'tendering:publish-tender'", code)
    assert event["public"]["budget"] == "70000.00"
    assert "take-documents" in await offered(town, "lei.hao", code)


async def test_the_drafter_may_not(town: Town) -> None:
    code = await tender_at("draft")
    await rows("UPDATE tender SET drafted_by = 'li.jun' WHERE code = $1", code)
    answer = await do(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-13T09:30:00+08:00"})
    assert laws(answer) == ["E-13"]
    assert "publish-tender" not in await offered(town, "li.jun", code)


async def test_a_closing_one_second_too_early_is_refused(town: Town) -> None:
    code = await tender_at("draft")
    answer = await do(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-12T23:59:59+08:00"})
    assert laws(answer) == ["L-1.consultation"]
    assert (await do(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-13T00:00:00+08:00"})).is_success


async def test_a_notice_published_later_than_planned_needs_a_new_closing(town: Town) -> None:
    code = await tender_at("draft")
    await town.advance(by="P5D")
    assert laws(await do(town, "li.jun", "publish-tender", code))[0] == "L-1.consultation"


async def test_twice_strangers_and_stale(town: Town) -> None:
    code = await tender_at("draft")
    body = {"closes_at": "2026-03-13T09:30:00+08:00"}
    assert (await do(town, "zheng.hui", "publish-tender", code, body)).status_code == 404
    assert (await do(town, "wang.fang", "publish-tender", code, body)).status_code == 403
    client = await town.client("li.jun")
    stale = await client.post(f"/tenders/{code}/publish-tender", json=body, headers={"If-Match": f'"{code}-7"'})
    assert stale.status_code == 412
    await done(town, "li.jun", "publish-tender", code, body)
    assert (await do(town, "li.jun", "publish-tender", code, body)).status_code == 422


async def test_the_notice_is_a_paper(town: Town) -> None:
    answer = await (await town.client()).get(f"/tenders/{await tender_at('open')}/notice.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


async def test_the_form_shows_the_periods(town: Town) -> None:
    page = await (await town.browser("li.jun")).get(f"/tenders/{await tender_at('draft')}/publish-tender")
    assert page.status_code == 200
    assert "L-1.consultation" in page.text
