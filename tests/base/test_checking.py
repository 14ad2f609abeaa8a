"""Before what cannot be undone a person sees the entries once more; rows, files and second thoughts keep them."""

import re
from html import unescape

from market.base.database import one
from market.people.states import Act as PeopleAct
from tests.town import CHECKED, Browser, Town, hidden_fields

FINDING = "/findings/open-finding"
WUTONG = "11000000002468133W"
BODY = {"subject": WUTONG, "street": WUTONG, "title": "成交公告晚了两天", "text": "成交公告未按期发布。"}


async def _posted(browser: Browser, path: str, values: dict[str, str]) -> str:
    """Post a form without going past the page that asks once more."""
    page = await browser.get(path)
    answer = await browser.inner.post(path, data={**dict(hidden_fields(page.text)), **values})
    assert answer.status_code == 200, answer.text
    return answer.text


async def _findings() -> int:
    found = await one("SELECT count(*) AS n FROM finding")
    assert found is not None
    return int(found["n"])


async def test_a_final_act_is_shown_first_and_then_done_once(town: Town) -> None:
    auditor, before = await town.browser("hua.rong"), await _findings()
    check = await _posted(auditor, FINDING, BODY)
    assert CHECKED in check
    assert "成交公告晚了两天" in check
    assert "示例区梧桐街道办事处" in check
    assert await _findings() == before
    carried = {name: unescape(value) for name, value in hidden_fields(check)}
    first = await auditor.inner.post(FINDING, data=carried)
    again = await auditor.inner.post(FINDING, data=carried)
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert await _findings() == before + 1


async def test_what_the_rules_refuse_is_told_before_the_check(town: Town) -> None:
    auditor = await town.browser("hua.rong")
    page = await auditor.get(FINDING)
    answer = await auditor.inner.post(FINDING, data={**dict(hidden_fields(page.text)), **BODY, "subject": "X-1"})
    assert answer.status_code == 422
    assert CHECKED not in answer.text
    assert "<title>错误：" in answer.text
    assert "成交公告未按期发布。" in answer.text


async def test_a_rehearsal_leaves_no_trace(town: Town) -> None:
    state = "SELECT (SELECT count(*) FROM ledger_event) AS events, (SELECT count(*) FROM message) AS letters"
    auditor = await town.browser("hua.rong")
    before = await one(state)
    await _posted(auditor, FINDING, BODY)
    assert await one(state) == before
    first = await (await town.client("hua.rong")).post(FINDING, json=BODY)
    await _posted(auditor, FINDING, BODY)
    second = await (await town.client("hua.rong")).post(FINDING, json=BODY)
    numbers = [int(made.json()["code"].rsplit("-", 1)[1]) for made in (first, second)]
    assert numbers[1] == numbers[0] + 1


async def test_change_leads_back_with_every_entry(town: Town) -> None:
    auditor = await town.browser("hua.rong")
    check = await _posted(auditor, FINDING, BODY)
    carried = {name: unescape(value) for name, value in hidden_fields(check)}
    form = await auditor.inner.post(FINDING, data={**carried, "_change": "1"})
    assert form.status_code == 200
    for entered in BODY.values():
        assert entered in form.text


async def test_machines_are_not_asked_twice(town: Town) -> None:
    assert (await (await town.client("hua.rong")).post(FINDING, json=BODY)).status_code == 201


async def test_secrets_and_drafts_are_never_shown_again(town: Town) -> None:
    person = await town.browser("wang.fang")
    page = await person.get("/account/change-password")
    wrong = {"old_password": "not-this-one-at-all", "new_password": "another-long-password"}
    answer = await person.inner.post("/account/change-password", data={**dict(hidden_fields(page.text)), **wrong})
    assert answer.status_code == 422
    assert wrong["new_password"] not in answer.text
    draft = await person.submit("/needs/draft-need", {"title": "一", "budget_line": "L-2026-0001", "budget": "1.00"})
    assert draft.status_code in (303, 422)
    assert CHECKED not in draft.text


async def test_a_table_gets_another_row_and_keeps_what_was_entered(town: Town) -> None:
    person = await town.browser("wang.fang")
    rows = {"title": "助餐", "targets.0.name": "助餐人次", "targets.0.unit": "人次"}
    form = await _posted(person, "/needs/draft-need", {**rows, "_rows.targets": "1", "_add": "targets"})
    assert 'name="targets.1.name"' in form
    assert 'value="助餐人次"' in form
    assert re.search(r'name="targets\.1\.name"[^>]* autofocus', form)
    more = await person.inner.post("/needs/draft-need", data={**dict(hidden_fields(form)), **rows, "_add": "targets"})
    assert 'name="targets.2.name"' in more.text
    assert 'name="targets.3.name"' not in more.text


async def test_a_file_is_attached_without_losing_the_form(town: Town) -> None:
    code = (await one("SELECT code FROM contract WHERE state = 'in-force' ORDER BY id LIMIT 1") or {})["code"]
    organization = await one(
        "SELECT a.login FROM contract c JOIN organization o ON o.code = c.supplier"
        " JOIN membership m ON m.organization = o.id AND m.role = 'bidder'"
        " JOIN account a ON a.id = m.account WHERE c.code = $1 LIMIT 1",
        code,
    )
    assert organization is not None
    path, person = f"/contracts/{code}/record-session", await town.browser(organization["login"])
    entered = {"held_on": "2026-03-01", "quantity": "40", "unit": "人次", "note": "签到齐全，<照片>附后。"}
    page = await _posted(person, path, {**entered, "_attach": "evidence"})
    upload = page.split('class="send-file"')[1].split("</form>")[0]
    told = {name: unescape(value) for name, value in hidden_fields("<form" + upload)}
    sent = await person.inner.post(
        f"/attachments/{PeopleAct.ATTACH_FILE}", data=told, files={"file": ("签到表.txt", "签到四十人次".encode())}
    )
    assert sent.status_code == 200, sent.text
    back = sent.text.split(f'action="{path}"')[1].split("</form>")[0]
    form = await person.inner.post(path, data={n: unescape(v) for n, v in hidden_fields("<form" + back)})
    assert form.status_code == 200
    assert "签到齐全，&lt;照片&gt;附后。" in form.text
    assert re.search(r'name="evidence" value="A-\w+" checked', form.text)
