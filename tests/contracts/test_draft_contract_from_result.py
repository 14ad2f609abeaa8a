"""A contract drafted from a result of the city's platform, by the road of every other contract."""

from decimal import Decimal

from contracts.forms import STANDARD_CLAUSES
from market.base.database import one
from market.seed.people import WARM_SUN
from tests.needs.making import PURCHASER, assert_books_balance, money_of
from tests.needs.test_official import RESULT, act, faults, tracked
from tests.town import Town


async def test_draft_contract_from_result_binds_the_money(town: Town) -> None:
    code = await tracked(town)
    assert (await act(town, code, "draft-contract-from-result", _wording())).status_code == 404
    assert (await act(town, code, "record-official-result", RESULT)).status_code == 200
    drafted = await act(town, code, "draft-contract-from-result", _wording())
    assert drafted.status_code in (200, 201), drafted.text
    contract = drafted.json()
    assert (contract["supplier"], contract["amount"], contract["tender"]) == (WARM_SUN, "1180000.00", "")
    assert faults(await act(town, code, "draft-contract-from-result", _wording()))
    assert (await act(town, code, "draft-contract-from-result", _wording(), by="wu.tao")).status_code == 404
    await _signed(town, contract["code"])
    line = (await (await town.client(PURCHASER)).get(f"/needs/{code}")).json()["budget_line"]
    assert await money_of(line) == (Decimal(0), Decimal(1_180_000), Decimal(0))
    await assert_books_balance()
    planned = await one("SELECT count(*) AS n FROM evaluation WHERE contract = $1", contract["code"])
    assert planned is not None
    assert planned["n"] > 0
    paper = await (await town.client(PURCHASER)).get(f"/contracts/{contract['code']}/paper")
    assert paper.status_code == 200


def _wording() -> dict[str, str]:
    return {"content": "按采购公告提供约定的服务。", **STANDARD_CLAUSES}


async def _signed(town: Town, contract: str) -> None:
    legal = await town.client("zhao.min")
    passed = await legal.post(f"/contracts/{contract}/review-contract", json={"conclusion": "pass"})
    assert passed.status_code == 200, passed.text
    for signatory in ("li.jun", "he.jing"):
        answer = await (await town.client(signatory)).post(f"/contracts/{contract}/sign-contract", json={})
        assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "in-force"
