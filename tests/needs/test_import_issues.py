"""Lists of issues: `import-issues` shows each row's fate, then takes in what is new; `cite-issues` cites a group."""

import base64

from market.base.database import rows
from tests.needs.making import draft
from tests.town import Town, objections

CLERK = "wang.fang"
LIST = """工单编号,诉求类型,小区,受理日期,诉求内容,来电人
A1,噪音,梧桐二村,2026-02-01,太吵,张三
A1,噪音,梧桐二村,2026-02-01,太吵,张三
A2,噪音,梧桐二村,2027-02-01,太吵,张三
A3,噪音,梧桐二村501室,2026-02-01,太吵,张三
"""


async def listed(town: Town) -> str:
    client = await town.client(CLERK)
    body = {"name": "工单.csv", "content_base64": base64.b64encode(LIST.encode()).decode()}
    return str((await client.post("/attachments/attach-file", json=body)).json()["code"])


async def test_each_row_meets_its_fate_and_nobodys_words_are_kept(town: Town) -> None:
    client, file = await town.client(CLERK), await listed(town)
    body = {"source": "hotline", "file": file}
    dry = await client.post("/issues/import-issues", json={**body, "dry_run": True})
    assert [(r["row"], r["fate"]) for r in dry.json()["rows"]] == [
        (4, "refused"),
        (5, "refused"),
        (2, "written"),
        (3, "known"),
    ]
    assert (await client.get(dry.json()["url"])).status_code == 404, "nothing was written"
    done = await client.post("/issues/import-issues", json=body)
    assert done.status_code == 201, done.text
    assert (done.json()["written"], done.json()["known"], done.json()["refused"]) == (1, 1, 2)
    kept = await rows("SELECT to_jsonb(i)::text AS told FROM issue i WHERE number = 'A1'")
    assert len(kept) == 1
    assert "太吵" not in kept[0]["told"]
    assert [field for field, _ in objections(await client.post("/issues/import-issues", json=body))] == ["file"]
    other = await town.client("wu.tao")
    assert (await other.get(done.json()["url"])).status_code == 404
    assert [f for f, _ in objections(await other.post("/issues/import-issues", json=body))] == ["file"]
    assert (await (await town.client("yang.mei")).post("/issues/import-issues", json=body)).status_code == 403
    assert (await town.ledger(done.json()["code"])) == ["needs:import-issues"]


async def test_a_browser_sees_each_rows_fate_before_it_confirms(town: Town) -> None:
    browser, file = await town.browser(CLERK), await listed(town)
    page = await browser.get("/issues/import-issues")
    token = page.text.split('name="_csrf_token" value="')[-1].split('"')[0]
    body = {"source": "hotline", "file": file, "_csrf_token": token}
    check = await browser.inner.post("/issues/import-issues", data=body)
    assert "已有，跳过" in check.text
    done = await browser.confirm(check)
    assert done.status_code == 303
    assert "梧桐二村" in (await browser.get("/issues")).text


async def test_a_draft_cites_a_group_with_the_numbers_of_the_day(town: Town) -> None:
    client, need = await town.client(CLERK), await draft(town)
    done = await client.post(f"{need['url']}/cite-issues", json={"group": "独居老人求助 | 梧桐一村"})
    assert done.status_code == 200, done.text
    (cited,) = await rows("SELECT number, kind FROM issue_citation WHERE need = $1", need["code"])
    assert (cited["number"], cited["kind"]) == (3, "独居老人求助")
    assert "独居老人求助" in (await (await town.browser(CLERK)).get(need["url"])).text
    assert [f for f, _ in objections(await client.post(f"{need['url']}/cite-issues", json={"group": "无 | 无"}))] == [
        "group"
    ]
    stranger = await town.client("wu.tao")
    assert (await stranger.post(f"{need['url']}/cite-issues", json={"group": "噪音 | 无"})).status_code == 404
    assert (await town.ledger(need["code"]))[-1] == "needs:cite-issues"
