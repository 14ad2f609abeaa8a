"""Reading a file of a list: every row's fate is shown and nothing is written."""

import io
from datetime import date
from typing import Any

import httpx
from openpyxl import Workbook

from market.base.database import one, rows
from market.seed import people
from tests.town import Town, objections

URL = "/imports/check-import"
DOCUMENT = "示例区民政局公告〔2026〕9号（虚构）"
ABNORMAL = ("统一社会信用代码", "名称", "列入日期", "文号", "移出日期")


def csv_of(*lines: tuple[Any, ...], encoding: str = "utf-8") -> bytes:
    return "\r\n".join(",".join(str(cell or "") for cell in line) for line in lines).encode(encoding)


def xlsx_of(*lines: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def attached(client: httpx.AsyncClient, content: bytes, name: str = "名单.csv") -> str:
    answer = await client.post("/attachments/attach-file", files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def checked(client: httpx.AsyncClient, kind: str, content: bytes, name: str = "名单.csv") -> dict[str, Any]:
    answer = await client.post(URL, json={"kind": kind, "file": await attached(client, content, name)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fates(card: dict[str, Any]) -> list[tuple[int, str]]:
    return [(row["row"], row["fate"]) for row in card["rows"]]


async def test_each_row_of_an_authoritys_list_is_shown_and_nothing_written(town: Town) -> None:
    keeper = await town.client("cao.jie")
    before = await rows("SELECT count(*) AS n FROM standing")
    content = csv_of(
        ("全区社会组织活动异常名录",),
        ABNORMAL,
        (people.WARM_SUN, "", "2026-02-02", DOCUMENT),
        ("53100000500019795A", "外地基金会", "2026-02-02", DOCUMENT),
        ("52000000MJ5678901X", "", "2026-02-02", DOCUMENT),
        (people.SPORTS, "另一个名字", "2026/2/3", DOCUMENT),
        (people.SPORTS, "", "2026-02-03", DOCUMENT),
        (people.VOLUNTEERS, "", "2027-02-02", DOCUMENT),
        (people.VOLUNTEERS, "", "", DOCUMENT),
    )
    card = await checked(keeper, "abnormal", content)
    assert fates(card) == [
        (3, "new"), (4, "unmatched"), (5, "refused"), (6, "new"), (7, "refused"), (8, "refused"), (9, "refused"),
    ]  # fmt: skip
    assert (card["state"], card["new"], card["unmatched"], card["refused"]) == ("shown", 2, 1, 4)
    assert [link["act"] for link in card["acts"]] == ["write-import", "drop-import"]
    reasons = [row["faults"][0]["field"] for row in card["rows"] if row["fate"] == "refused"]
    assert reasons == ["code", "code", "from_on", "from_on"]
    assert "C9" in str(card["rows"][-1]["faults"])
    assert "directory knows this code" in card["rows"][3]["warnings"][0]["msgid"]
    assert await rows("SELECT count(*) AS n FROM standing") == before
    assert await town.ledger(card["code"]) == ["catalogs:check-import"]


async def test_a_list_in_gb_18030_and_one_in_xlsx_say_the_same(town: Town) -> None:
    keeper = await town.client("cao.jie")
    line = (people.WARM_SUN, "", "2026-02-02", DOCUMENT)
    old = await checked(keeper, "abnormal", csv_of(ABNORMAL, line, encoding="gb18030"))
    new = await checked(
        keeper, "abnormal", xlsx_of(ABNORMAL, (people.WARM_SUN, None, date(2026, 2, 2), DOCUMENT)), "名单.xlsx"
    )
    assert old["rows"] == new["rows"]
    assert new["sheet"] == "Sheet"


async def test_a_wrong_inner_check_digit_is_a_warning_and_a_wrong_outer_one_a_fault(town: Town) -> None:
    keeper = await town.client("cao.jie")
    card = await checked(
        keeper,
        "organizations",
        csv_of(("统一社会信用代码", "名称"), ("52000000MJ5678912B", "内码不符"), ("52000000MJ5678901X", "外码不符")),
    )
    by_name = {row["changes"][0]["after"]: row for row in card["rows"]}
    assert by_name["外码不符"]["fate"] == "refused"
    inner = [row for row in card["rows"] if row["warnings"]]
    assert all("GB 11714" in row["warnings"][0]["msgid"] for row in inner)


async def test_what_cannot_be_read_is_refused_in_words(town: Town) -> None:
    keeper = await town.client("cao.jie")

    async def said(content: bytes, kind: str = "abnormal", name: str = "名单.csv") -> list[str]:
        body = {"kind": kind, "file": await attached(keeper, content, name)}
        return [message for _, message in objections(await keeper.post(URL, json=body))]

    assert "编号" in (await said(b"a,b\r\n1,2\r\n", "menu"))[0]
    assert (await said(csv_of(("统一社会信用代码", "名称"), ("x", "y"))))[0].endswith("列入日期、文件。")
    assert len(await said(csv_of((*ABNORMAL, "信用代码"), ("x", "y")))) == 1
    assert len(await said(csv_of(ABNORMAL))) == 1
    assert await one("SELECT 1 FROM import_run WHERE checked_at > '2026-03-01'") is None


async def test_only_who_keeps_the_lists_and_their_own_files(town: Town) -> None:
    content = csv_of(ABNORMAL, (people.WARM_SUN, "", "2026-02-02", DOCUMENT))
    stranger = await town.client("he.jing")
    assert (await stranger.post(URL, json={"kind": "abnormal", "file": "A-1"})).status_code == 403
    supervisor = await town.client("yan.li")
    own = await attached(supervisor, content)
    assert [f for f, _ in objections(await supervisor.post(URL, json={"kind": "menu", "file": own}))] == ["kind"]
    keeper = await town.client("cao.jie")
    other = await keeper.post(URL, json={"kind": "abnormal", "file": await attached(stranger, content)})
    assert [f for f, _ in objections(other)] == ["file"]
    card = await checked(supervisor, "abnormal", content)
    assert (await stranger.get(card["url"])).status_code == 404
    assert (await (await town.client()).get("/imports")).status_code == 401


async def test_the_page_shows_rows_by_fate(town: Town) -> None:
    keeper = await town.browser("cao.jie")
    answer = await keeper.get("/imports")
    assert "2025年度年检结果.csv" in answer.text
    code = (await one("SELECT code FROM import_run ORDER BY id LIMIT 1") or {})["code"]
    page = await keeper.get(f"/imports/{code}")
    for words in ("将新增", "名录中没有", "不予导入", "53100000500019795A", "备注"):
        assert words in page.text, words
    only = await keeper.get(f"/imports/{code}?fate=unmatched")
    assert people.SPORTS not in only.text
