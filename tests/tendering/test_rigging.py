"""Signs of bid-rigging (M-6): what the opened bids have in common, and who is told."""

from decimal import Decimal

import pytest

from market.base.database import rows
from market.tendering.rules.rigging import OpenedBid, RiggingSign, SignKind, signs_of_rigging
from tests.tendering.stages import seated, see, tender_at
from tests.town import Town

PLANS = (
    "每周固定服务日，社工与护理员搭档上门，一户一档，异常两小时内报告。",
    "依托邻里中心网点就近服务，招募楼组志愿者协助，月度回访全覆盖。",
    "由持证社工个案管理，每季评估一次需求，服务记录当日上传。",
)
PRICES = ("97000", "94000", "92000")
HANDS = ("lin.feng", "fei.xue", "cen.li")


def bids(
    *, plans: tuple[str, ...] = PLANS, prices: tuple[str, ...] = PRICES, hands: tuple[str, ...] = HANDS
) -> list[OpenedBid]:
    given = zip(plans, prices, hands, strict=True)
    return [
        OpenedBid(number=n, plan=plan, price=Decimal(price), submitted_by=hand)
        for n, (plan, price, hand) in enumerate(given, 1)
    ]


@pytest.mark.parametrize(
    ("given", "people", "found"),
    [
        # 财政部令第87号 第三十七条: nothing in common is no sign
        (bids(), {1: ["a"], 2: ["b"], 3: ["c"]}, []),
        # (一) 由同一单位或者个人编制; (五) 异常一致: the same words with other blanks and stops
        (bids(plans=(PLANS[0], PLANS[0].replace("，", " ； "), PLANS[2])), {}, [(SignKind.LIKE_TEXTS, [1, 2])]),
        # (二) 委托同一单位或者个人办理投标事宜
        (bids(hands=("lin.feng", "cen.li", "lin.feng")), {}, [(SignKind.SAME_HAND, [1, 3])]),
        # (三) 项目管理成员或者联系人员为同一人
        (bids(), {1: ["a", "x"], 2: ["b"], 3: ["x"]}, [(SignKind.SHARED_PEOPLE, [1, 3])]),
        # (四) 投标报价呈规律性差异, to the cent
        (bids(prices=("92000.10", "94000.10", "96000.10")), {}, [(SignKind.REGULAR_PRICES, [1, 2, 3])]),
        (bids(prices=("92000.10", "94000.10", "96000.11")), {}, []),
        (bids(prices=("92000", "92000", "95000")), {}, [(SignKind.EQUAL_PRICES, [1, 2])]),
        (bids(prices=("92000", "92000", "92000")), {}, [(SignKind.EQUAL_PRICES, [1, 2, 3])]),
        # two prices always lie one step apart
        (bids()[:2], {}, []),
        ([], {}, []),
    ],
)
def test_signs(given: list[OpenedBid], people: dict[int, list[str]], found: list[tuple[SignKind, list[int]]]) -> None:
    assert [(sign.kind, sign.bids) for sign in signs_of_rigging(given, people=people)] == found


def test_half_of_the_shorter_plan_is_much_and_less_is_not() -> None:
    own, shared = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
    half = [
        OpenedBid(number=n, plan=plan, price=Decimal(n), submitted_by=str(n))
        for n, plan in ((1, shared), (2, own + shared))
    ]
    assert signs_of_rigging(half, people={}) == [
        RiggingSign(kind=SignKind.LIKE_TEXTS, bids=[1, 2], likeness=Decimal("1.00"))
    ]
    few = [
        OpenedBid(number=n, plan=plan, price=Decimal(n), submitted_by=str(n))
        for n, plan in ((1, own + shared[:9]), (2, shared))
    ]
    assert signs_of_rigging(few, people={}) == []


async def test_the_panel_and_the_auditor_are_told_and_nobody_else(town: Town) -> None:
    code = await tender_at("drawn")
    expert = (await seated(code))[0]
    await rows(
        "UPDATE bid SET plan = (SELECT plan FROM bid x WHERE x.tender = bid.tender AND x.number = 1)"
        " WHERE number = 2 AND tender = (SELECT id FROM tender WHERE code = $1)",
        code,
    )
    for who in (expert, "hua.rong"):
        (sign,) = (await see(town, who, code))["signs"]
        assert sign == {"kind": "like-texts", "bids": [1, 2], "likeness": "1.00", "law": "M-6"}
        page = await (await town.client(who)).get(f"/tenders/{code}", headers={"Accept": "text/html"})
        assert "1、2" in page.text
    for other in ("wang.fang", "lin.feng", "yan.li", None):
        assert (await see(town, other, code))["signs"] is None
    assert (await see(town, "hua.rong", await tender_at("open")))["signs"] is None
