"""The town's tenders by their stage, and short ways to act on them over HTTP."""

from typing import Any

import httpx

from market.base.database import rows
from market.tendering.examples import TURN
from tests.town import Town, objections

TITLES = {
    "draft": "家庭照护者培训",
    "open": "社区养老顾问服务",
    "closed": "租赁纠纷调解",
    "opened": "节日助餐配送",
    "drawn": "居家适老化评估",
    "checked": "楼组议事能力培训",
    "scored": "认知障碍家庭支持",
    "quoting": "失独家庭关爱",
    "ranked": "楼道堆物邻里调解",
    "explaining": "独居老人安全巡查",
    "evaluated": "社区书画与健身课程",
    "awarded": "高龄老人紧急援助",
    "failed": "社区花园共治",
}
BIDDERS = ("lin.feng", "fei.xue", "cen.li")
BID = {"price": "231234.56", "plan": "独一无二的方案措辞：银杏树下的约定", "declared": True}


async def tender_at(stage: str) -> str:
    """The code of the town's tender in a stage."""
    (row,) = await rows("SELECT code FROM tender WHERE title = $1", TITLES[stage])
    return str(row["code"])


async def do(town: Town, who: str | None, act: str, code: str, body: dict[str, Any] | None = None) -> httpx.Response:
    """Do an act on a tender as somebody, by JSON."""
    client = await town.client(who)
    return await client.post(f"/tenders/{code}/{act}", json=body or {})


async def done(town: Town, who: str, act: str, code: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Do an act that must succeed and return the record."""
    answer = await do(town, who, act, code, body)
    assert answer.status_code in (200, 201), f"{answer.status_code}: {answer.text}"
    return dict(answer.json())


async def open_bids(town: Town, code: str, opener: str = "li.jun") -> dict[str, Any]:
    """Let the street's opener and the district's finance supervisor turn their keys; return what the second sees."""
    for who in (opener, "yan.li"):
        card = await done(town, who, "turn-key", code, TURN)
    return card


async def see(town: Town, who: str | None, code: str) -> dict[str, Any]:
    """The tender's card as somebody sees it."""
    answer = await (await town.client(who)).get(f"/tenders/{code}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def offered(town: Town, who: str | None, code: str) -> set[str]:
    """The words of the acts a tender offers to somebody."""
    return {link["act"] for link in (await see(town, who, code))["acts"]}


async def seated(code: str) -> list[str]:
    """The accounts of a panel's members."""
    found = await rows(
        "SELECT s.account FROM seat s JOIN tender t ON t.id = s.tender"
        " WHERE t.code = $1 AND s.recused_at IS NULL ORDER BY s.account",
        code,
    )
    return [row["account"] for row in found]


async def unseated(code: str) -> str:
    """An expert of the pool who never had a seat on a panel."""
    found = await rows(
        "SELECT a.login FROM account a JOIN membership m ON m.account = a.id WHERE m.role = 'panel-expert' AND a.login"
        " NOT IN (SELECT s.account FROM seat s JOIN tender t ON t.id = s.tender WHERE t.code = $1) ORDER BY a.login",
        code,
    )
    return str(found[0]["login"])


def fields(answer: httpx.Response) -> list[str]:
    """The fields of every objection of a refused request."""
    return [field for field, _ in objections(answer)]


def laws(answer: httpx.Response) -> list[str]:
    """The rules' ids of every objection of a refused request."""
    objections(answer)
    return [o["law"].split(" ")[0] for o in answer.json()["objections"]]
