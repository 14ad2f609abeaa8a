"""What panels of the town ask: one question that waits for its bidder, and one low price that waits for the panel."""

from datetime import UTC, datetime, timedelta

from market.base import clock
from market.base.database import rows
from market.seed import needs, people
from market.seed.needs import QINGHE
from market.seed.tendering import BIDDERS, members, ranked
from market.tendering import actions
from market.tendering.queries import tender_for
from market.tendering.states import Matter, State

_HOUR = timedelta(hours=1)
_FEBRUARY = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
_TODAY_AT_FIVE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def build() -> None:
    """Ask about a bid that is being checked, and leave a low price that was explained to be judged."""
    (unclear,) = await rows(
        "SELECT t.code, t.opens_at FROM tender t WHERE t.state = $1 AND NOT EXISTS"
        " (SELECT 1 FROM bid_check c JOIN bid b ON b.id = c.bid WHERE b.tender = t.id)",
        str(State.EVALUATING),
    )
    await actions.ask_clarification(
        code=unclear["code"],
        bid=1,
        matter=Matter.MEANING,
        question="方案中“每周固定服务日”是否包括法定节假日？",
        until=_TODAY_AT_FIVE,
        by=(await members(unclear["code"]))[0],
        now=unclear["opens_at"] + _HOUR,
    )
    await _explained()


async def _explained() -> None:
    low = BIDDERS[2]._replace(last_share="0.42")
    wish = needs.VISITS._replace(title="独居老人安全巡查", budget="66000.00")
    code = await ranked(wish, office=QINGHE, now=_FEBRUARY, bidders=(*BIDDERS[:2], low))
    member = (await members(code))[0]
    card = await tender_for(code=code, user=member, now=_TODAY_AT_FIVE)
    assert card.panel is not None  # noqa: S101  a member asks
    moment = card.opens_at + 6 * _HOUR
    await actions.ask_clarification(
        code=code,
        bid=card.panel.low_prices[0].number,
        matter=Matter.LOW_PRICE,
        question="最后报价明显低于其他供应商，请说明成本构成并提供证明材料。",
        until=moment + 2 * _HOUR,
        by=member,
        now=moment,
    )
    await clock.set_to(moment + _HOUR)
    answer = "场地由社区无偿提供，服务人员为在册社工，人工成本由本单位福彩公益金项目承担一半。"
    bidder = await people.somebody(low.login)
    await actions.answer_clarification(code=code, clarification=1, answer=answer, files=[], by=bidder)
