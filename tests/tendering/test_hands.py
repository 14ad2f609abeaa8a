"""Persons, not only organizations: second roles and past ones, a member who leaves, and what silence has decided."""

from datetime import datetime, timedelta

from market.base import clock
from market.base.database import rows
from market.seed.people import PEOPLE, WUTONG
from market.tendering.actions import turn
from tests.people.serving import serve
from tests.tendering.stages import BID, do, done, laws, offered, seated, see, tender_at
from tests.town import Town

REASON = {"reason": "近三年内与其中一家供应商有劳动关系。"}


async def test_who_serves_the_street_may_not_bid_for_another(town: Town) -> None:
    code = await tender_at("open")
    await serve("lin.feng", organization=WUTONG, role="purchaser", since=await town.now())
    assert "P-10" in laws(await do(town, "lin.feng", "submit-bid", code, BID))


async def test_experts_who_served_a_bidder_within_three_years_are_not_drawn(town: Town) -> None:
    code = await tender_at("opened")
    (bid,) = await rows(
        "SELECT b.organization FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1 LIMIT 1", code
    )
    now = await town.now()
    for person in PEOPLE:
        if person.role == "panel-expert":
            ended = now - timedelta(days=30)
            begun = now - timedelta(days=3000)
            await serve(person.login, organization=bid["organization"], role="bidder", since=begun, until=ended)
    assert laws(await do(town, "wu.tao", "draw-panel", code)) == ["E-3"]
    await rows("UPDATE membership SET revoked_at = $1 WHERE revoked_at = $2", now - timedelta(days=1100), ended)
    await done(town, "wu.tao", "draw-panel", code)


async def test_the_vote_of_a_member_who_stepped_back_decides_nothing(town: Town) -> None:
    code = await tender_at("drawn")
    leaving, staying, *_ = await seated(code)
    for member in (leaving, staying):
        await done(town, member, "check-bid", code, {"bid": 1, "passed": False, "reason": "未提供资格证明"})
    await done(town, leaving, "declare-conflict", code, REASON)
    (bid,) = await rows(
        "SELECT b.state, b.refusal FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1 AND b.number = 1",
        code,
    )
    assert bid == {"state": "opened", "refusal": ""}
    newcomer = next(member for member in await seated(code) if member not in (staying, leaving))
    assert "check-bid" in await offered(town, newcomer, code)


async def test_all_terms_are_judged_again_on_the_day_of_publication(town: Town) -> None:
    code = await tender_at("draft")
    answer = await do(town, "li.jun", "publish-tender", code, {"closes_at": "2026-12-01T09:30:00+08:00"})
    assert laws(answer) == ["N-10"]


async def test_what_silence_confirmed_cannot_be_cancelled(town: Town) -> None:
    code = await tender_at("evaluated")
    await clock.set_to(datetime.fromisoformat((await see(town, "li.jun", code))["confirm_until"]))
    assert laws(await do(town, "li.jun", "cancel-tender", code, {"reason": "采购任务取消。"})) == ["L-8.consultation"]
    assert "cancel-tender" not in await offered(town, "li.jun", code)


async def test_a_late_scheduler_shortens_no_challenge(town: Town) -> None:
    code = await tender_at("evaluated")
    until = datetime.fromisoformat((await see(town, "li.jun", code))["confirm_until"])
    late = until + timedelta(days=20)
    await clock.set_to(late)
    await turn(now=late)
    result = (await see(town, None, code))["result"]
    assert result["deemed"] is True
    assert result["notice_until"] > late.date().isoformat()


async def test_a_number_that_no_bid_can_have_is_not_found(town: Town) -> None:
    code = await tender_at("drawn")
    client = await town.client((await seated(code))[0])
    assert (await client.get(f"/tenders/{code}/bids/99999999999999999999/files/1")).status_code == 404
