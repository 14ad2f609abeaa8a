"""Writing what was shown: all or nothing, twice changes nothing, and what is given out comes back the same."""

from datetime import date

import pytest

from catalogs.queries import standing_of
from market.base.database import one, rows
from market.seed import people
from tests.catalogs.test_check_import import ABNORMAL, DOCUMENT, attached, checked, csv_of, fates
from tests.town import Town, objections

LISTED = csv_of(ABNORMAL, (people.WARM_SUN, "", "2026-02-02", DOCUMENT))
LEFT = csv_of(ABNORMAL, (people.WARM_SUN, "", "2026-02-02", DOCUMENT, "2026-02-20"))


async def test_standings_are_recorded_told_and_the_second_time_nothing_changes(town: Town) -> None:
    keeper = await town.client("cao.jie")
    card = await checked(keeper, "serious", LISTED)
    written = await keeper.post(f"{card['url']}/write-import")
    assert written.status_code == 200, written.text
    assert (written.json()["state"], written.json()["acts"]) == ("written", [])
    assert await town.ledger(card["code"]) == ["catalogs:check-import", "catalogs:write-import"]
    standing = await standing_of(organization=people.WARM_SUN, on=date(2026, 3, 2))
    assert [o.law for o in standing.objections] == ["P-15"]
    made = await one("SELECT code FROM standing WHERE kind = 'civil-serious' ORDER BY id DESC LIMIT 1")
    assert made is not None
    assert await town.ledger(made["code"]) == ["catalogs:write-import"]
    assert await one("SELECT 1 FROM notification WHERE url = $1", f"/organizations/{people.WARM_SUN}")
    again = await checked(keeper, "serious", LISTED)
    assert fates(again) == [(2, "unchanged")]
    assert objections(await keeper.post(f"{again['url']}/write-import")) != []
    assert (await keeper.post(f"{card['url']}/write-import")).status_code == 422


async def test_who_leaves_a_list_is_lifted_on_that_day(town: Town) -> None:
    keeper = await town.client("cao.jie")
    for content in (LISTED, LEFT):
        card = await checked(keeper, "abnormal", content)
        assert (await keeper.post(f"{card['url']}/write-import")).status_code == 200
    found = await rows("SELECT state, lifted_on FROM standing WHERE kind = 'abnormal' AND document = $1", DOCUMENT)
    assert [(row["state"], row["lifted_on"]) for row in found] == [("lifted", date(2026, 2, 20))]
    assert fates(await checked(keeper, "abnormal", LEFT)) == [(2, "unchanged")]


async def test_a_corrected_list_lifts_the_old_word_and_records_the_new(town: Town) -> None:
    keeper = await town.client("cao.jie")
    head = ("统一社会信用代码", "年检结论", "公布日期", "文号")
    for value in ("合格", "不合格"):
        card = await checked(keeper, "annual-checks", csv_of(head, (people.SPORTS, value, "2026-02-11", DOCUMENT)))
        assert (await keeper.post(f"{card['url']}/write-import")).status_code == 200
    found = await rows(
        "SELECT state, value FROM standing WHERE kind = 'annual-check' AND from_on = '2026-02-11' ORDER BY id"
    )
    assert [(row["state"], row["value"]) for row in found] == [("lifted", "合格"), ("recorded", "不合格")]


async def test_a_corrected_standing_keeps_why_it_was_recorded(town: Town) -> None:
    keeper = await town.client("cao.jie")
    body = {"kind": "abnormal", "from_on": "2026-02-02", "document": DOCUMENT, "reason": "abnormal-6"}
    assert (await keeper.post(f"/organizations/{people.WARM_SUN}/record-standing", json=body)).status_code == 201
    corrected = csv_of(ABNORMAL, (people.WARM_SUN, "", "2026-02-02", "更正公告〔2026〕9号"))
    card = await checked(keeper, "abnormal", corrected)
    assert fates(card) == [(2, "changed")]
    written = await keeper.post(f"{card['url']}/write-import")
    assert written.status_code == 200, written.text
    found = await rows(
        "SELECT state, reason FROM standing WHERE kind = 'abnormal' AND from_on = '2026-02-02' ORDER BY id"
    )
    assert [(row["state"], row["reason"]) for row in found] == [("lifted", "abnormal-6"), ("recorded", "abnormal-6")]


async def test_what_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    keeper = await town.client("cao.jie")
    card = await checked(keeper, "abnormal", LISTED)
    body = {"kind": "abnormal", "from_on": "2026-02-02", "document": DOCUMENT}
    assert (await keeper.post(f"/organizations/{people.WARM_SUN}/record-standing", json=body)).status_code == 201
    before = await rows("SELECT count(*) FROM standing")
    (said,) = objections(await keeper.post(f"{card['url']}/write-import"))
    assert "2" in said[1]
    assert await rows("SELECT count(*) FROM standing") == before
    stale = await keeper.post(f"{card['url']}/write-import", headers={"If-Match": f'"{card["code"]}-7"'})
    assert stale.status_code == 412


async def test_organizations_are_registered_and_corrected(town: Town) -> None:
    keeper = await town.client("cao.jie")
    content = csv_of(
        ("统一社会信用代码", "名称", "业务范围", "服务类别", "专职人员"),
        ("52000000MJ5678901W", "示例区邻里社会工作服务中心", "社区矫正、=cmd", "社区生活服务类", "12"),
        (people.SPORTS, "示例区体育指导社", "", "", "10"),
        ("52000000MJ5678901W", "又一次", "", "", ""),
    )
    card = await checked(keeper, "organizations", content)
    assert [fate for _, fate in fates(card)] == ["new", "changed", "refused"], card["rows"][0]["faults"]
    changes = {change["field"]: (change["before"], change["after"]) for change in card["rows"][1]["changes"]}
    assert changes["full_time_staff"] == (9, 10)
    assert (await keeper.post(f"{card['url']}/write-import")).status_code == 200
    made = (await keeper.get("/organizations/52000000MJ5678901W")).json()
    assert (made["name"], made["full_time_staff"], made["may_supply"]) == ("示例区邻里社会工作服务中心", 12, True)
    found = (await keeper.get("/organizations?q=邻里社会工作")).json()["items"]
    assert "52000000MJ5678901W" in [line["code"] for line in found]
    sports = (await keeper.get(f"/organizations/{people.SPORTS}")).json()
    assert (sports["name"], sports["full_time_staff"]) == ("示例区体育指导社", 10)
    assert sports["business_scope"] == "社区健身指导、群众体育活动组织。"
    history = await rows("SELECT field, before, after FROM profile_change WHERE field = 'full_time_staff'")
    assert [(row["before"], row["after"]) for row in history][-1] == ("9", "10")
    assert fates(await checked(keeper, "organizations", content))[:2] == [(2, "unchanged"), (3, "unchanged")]


async def test_the_menu_goes_into_the_draft(town: Town) -> None:
    keeper = await town.client("cao.jie")
    old = await one("SELECT * FROM entry WHERE register = 'menu' AND state = 'in-use' ORDER BY code LIMIT 1")
    assert old is not None
    category = await one("SELECT name_zh FROM entry WHERE code = $1", old["category"])
    assert category is not None
    head = ("编号", "服务名称", "计量单位", "采购品目编码", "服务类别", "参考价下限")
    card = await checked(
        keeper,
        "menu",
        csv_of(
            head,
            (old["code"], old["name_zh"], "人天", old["item"], category["name_zh"], "12.50"),
            ("", "阳台种植指导", "课时", old["item"], category["name_zh"], ""),
            ("M999", "没有的", "课时", old["item"], category["name_zh"], ""),
        ),
    )
    assert fates(card) == [(2, "changed"), (3, "new"), (4, "refused")]
    assert (await keeper.post(f"{card['url']}/write-import")).status_code == 200
    now = await one("SELECT unit_zh FROM entry WHERE code = $1", old["code"])
    assert now == {"unit_zh": old["unit_zh"]}, "what is in force stays until the draft is published"
    staged = await rows(
        "SELECT x.name_zh, x.unit_zh FROM edition_entry x JOIN catalogue_edition c ON c.code = x.edition"
        " WHERE c.register = 'menu' AND c.state = 'draft'"
        " AND (x.code = $1 OR x.name_zh = '阳台种植指导') ORDER BY x.code",
        old["code"],
    )
    assert [(row["name_zh"], row["unit_zh"]) for row in staged] == [(old["name_zh"], "人天"), ("阳台种植指导", "课时")]


@pytest.mark.parametrize("how", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["menu", "organizations", "grades", "annual-checks", "abnormal", "serious", "credit"])
async def test_what_is_given_out_comes_back_the_same(town: Town, kind: str, how: str) -> None:
    keeper = await town.client("cao.jie")
    if kind in ("abnormal", "serious"):
        written = await checked(keeper, kind, LEFT)
        assert (await keeper.post(f"{written['url']}/write-import")).status_code == 200
    given = await (await town.client()).get(f"/exports/{kind}?format={how}")
    assert given.status_code == 200
    assert given.headers["content-disposition"].startswith("attachment")
    file = await attached(keeper, given.content, f"导出.{how}")
    answer = await keeper.post("/imports/check-import", json={"kind": kind, "file": file})
    if answer.status_code == 422:
        assert kind == "credit", answer.text
        return
    card = answer.json()
    assert card["unchanged"] > 0
    assert (card["new"], card["changed"], card["unmatched"], card["refused"]) == (0, 0, 0, 0), [
        r for r in card["rows"] if r["faults"]
    ]


async def test_a_file_may_be_left_out(town: Town) -> None:
    keeper = await town.client("cao.jie")
    card = await checked(keeper, "abnormal", LISTED)
    assert (await (await town.client("he.jing")).post(f"{card['url']}/drop-import")).status_code == 403
    assert (await keeper.post("/imports/IM-2026-9999/drop-import")).status_code == 404
    dropped = await keeper.post(f"{card['url']}/drop-import")
    assert (dropped.json()["state"], dropped.json()["rows"]) == ("dropped", [])
    assert await town.ledger(card["code"]) == ["catalogs:check-import", "catalogs:drop-import"]
    assert (await keeper.post(f"{card['url']}/drop-import")).status_code == 422
    assert (await keeper.post(f"{card['url']}/write-import")).status_code == 422


async def test_the_pages_work_without_javascript(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    code = (await one("SELECT code FROM import_run ORDER BY id LIMIT 1") or {})["code"]
    answer = await keeper.submit(f"/imports/{code}/write-import", {})
    assert answer.status_code == 303
    assert "已写入" in (await keeper.get(answer.headers["location"])).text


async def test_nobody_supplies_less_for_not_being_in_a_file(town: Town) -> None:
    """What is written informs; only the lists of P-11, P-15 and penalties of P-06 bar (D-01 to D-07)."""
    keeper = await town.client("cao.jie")
    head = ("统一社会信用代码", "年检结论", "公布日期", "文号")
    card = await checked(keeper, "annual-checks", csv_of(head, (people.SPORTS, "未参检", "2026-02-12", DOCUMENT)))
    assert (await keeper.post(f"{card['url']}/write-import")).status_code == 200
    assert (await keeper.get(f"/organizations/{people.SPORTS}")).json()["may_supply"] is True
