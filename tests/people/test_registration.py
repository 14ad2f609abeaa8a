"""request-registration and confirm-registration: an organization enters itself by the word that its mail brings."""

import asyncio
import re
from datetime import date

import pytest

from market.base.database import one, rows
from market.people.rules import objections_to_self_registration, too_many_requests
from market.seed.people import WARM_SUN
from tests.town import Town, objections

ASK = "/organizations/request-registration"
CODE = "52000000MJ5678901W"
BODY = {
    "code": CODE, "name": "示例区邻里社会工作服务中心", "kind": "minfei", "district": "示例区",
    "contact_name": "陈例", "email": "chen@town.example", "terms": True,
}  # fmt: skip
ACCOUNT = {"login": "chen.example", "name": "陈例", "password": "a-longer-one-2026"}


@pytest.mark.parametrize(
    ("kind", "day", "accepted", "fields"),
    [
        ("minfei", date(2026, 3, 2), True, []),
        ("mass_org", None, True, []),  # P-02: as a hub
        ("street", None, True, ["kind"]),  # P-04: nobody makes themselves a buyer
        ("authority", None, True, ["kind"]),
        ("committee", None, True, ["kind"]),
        ("minfei", date(2026, 3, 3), False, ["established_on", "terms"]),
    ],
)
def test_who_may_enter_themselves(kind: str, day: date | None, accepted: object, fields: list[str]) -> None:
    found = objections_to_self_registration(kind=kind, established_on=day, terms=bool(accepted), today=date(2026, 3, 2))
    assert [o.field for o in found] == fields
    assert all(o.law == "P-04" for o in found if o.field == "kind")


def test_how_many_are_taken_in_a_day() -> None:
    assert not too_many_requests(of_mail=2, of_organization=4, in_all=499)
    assert too_many_requests(of_mail=3, of_organization=0, in_all=3)
    assert too_many_requests(of_mail=0, of_organization=5, in_all=5)
    assert too_many_requests(of_mail=0, of_organization=0, in_all=500)


async def mailed(email: str = "chen@town.example") -> tuple[str, str]:
    mail = await one("SELECT body FROM message WHERE to_address = $1 ORDER BY id DESC LIMIT 1", email)
    assert mail is not None
    found = re.search(r"(/registrations/R-\w+/confirm-registration) 并输入口令：(\S+)", mail["body"])
    assert found
    return found[1], found[2]


async def test_it_works_once_and_says_that_nobody_reviewed_it(town: Town) -> None:
    anyone = await town.client()
    asked = await anyone.post(ASK, json=BODY)
    assert (asked.status_code, asked.json()["state"]) == (201, "requested")
    assert (await anyone.get(f"/organizations/{CODE}")).status_code == 404
    confirm, word = await mailed()
    wrong = await anyone.post(confirm, json={**ACCOUNT, "word": "wrong"})
    assert [field for field, _ in objections(wrong)] == ["word"]
    done = await anyone.post(confirm, json={**ACCOUNT, "word": word})
    assert (done.status_code, done.json()["state"]) == (200, "confirmed"), done.text
    assert (await anyone.post(confirm, json={**ACCOUNT, "word": word})).status_code == 422
    card = (await anyone.get(f"/organizations/{CODE}")).json()
    assert (card["self_registered"], card["may_supply"], card["listings"]) == (True, True, [])
    page = await (await town.browser()).get(f"/organizations/{CODE}")
    assert "未经民政部门审核" in page.text
    signed = await anyone.post("/sign-in", json={"account": "chen.example", "password": ACCOUNT["password"]})
    assert (signed.json()["roles"], signed.json()["organization"]) == (["organization-administrator"], CODE)
    assert await town.ledger(done.json()["code"]) == ["people:request-registration", "people:confirm-registration"]
    assert await town.ledger(CODE) == ["people:register-organization"]
    told = await rows("SELECT a.login FROM notification n JOIN account a ON a.id = n.account WHERE n.url = $1",
                      f"/organizations/{CODE}")  # fmt: skip
    assert [row["login"] for row in told] == ["cao.jie"]


async def test_every_fault_is_named_and_a_known_code_leads_to_its_administrator(town: Town) -> None:
    anyone = await town.client()
    answer = await anyone.post(ASK, json={**BODY, "code": "52000000MJ5678901X", "kind": "street", "terms": False})
    assert [field for field, _ in objections(answer)] == ["code", "kind", "terms"]
    [(field, said)] = objections(await anyone.post(ASK, json={**BODY, "code": WARM_SUN}))
    assert (field, "管理员" in said) == ("code", True)
    assert objections(await anyone.post(ASK, json={**BODY, "kind": "jijinhui"}))[0][0] == "kind"


async def test_an_odd_inner_digit_is_a_warning_and_its_page_says_so(town: Town) -> None:
    browser = await town.browser()
    odd = "52000000MJ56789020"
    answer = await browser.submit(ASK, {**BODY, "code": odd, "terms": "true"})
    assert answer.status_code == 303, answer.text
    assert "GB 11714" in (await browser.get(answer.headers["location"])).text


async def test_no_answer_tells_whether_an_address_has_an_account_and_mailboxes_are_spared(town: Town) -> None:
    anyone = await town.client()
    known = {**BODY, "email": "he.jing@town.example"}
    answers = [await anyone.post(ASK, json=body) for body in (known, BODY, BODY, BODY)]
    told = [(a.status_code, sorted(a.json()), a.json()["acts"][0]["act"]) for a in answers]
    assert len({str(each) for each in told}) == 1
    busy = await anyone.post(ASK, json=BODY)
    assert busy.status_code == 429


async def test_two_who_ask_for_one_code_make_one_organization(town: Town) -> None:
    anyone = await town.client()
    for login in ("one", "two"):
        assert (await anyone.post(ASK, json={**BODY, "email": f"{login}@town.example"})).status_code == 201
    sent = [
        anyone.post(confirm, json={**ACCOUNT, "login": f"chen.{login}", "word": word})
        for login in ("one", "two")
        for confirm, word in [await mailed(f"{login}@town.example")]
    ]
    assert sorted(a.status_code for a in await asyncio.gather(*sent)) == [200, 422]
    assert await rows("SELECT 1 FROM account WHERE login LIKE 'chen.%'") == [{"?column?": 1}]


async def test_an_account_that_is_there_is_proved_by_its_password(town: Town) -> None:
    anyone = await town.client()
    await anyone.post(ASK, json=BODY)
    confirm, word = await mailed()
    taken = {**ACCOUNT, "login": "he.jing", "word": word}
    assert [field for field, _ in objections(await anyone.post(confirm, json=taken))] == ["login"]
    done = await anyone.post(confirm, json={**taken, "password": "shecai-demo-2026"})
    assert done.status_code == 200, done.text
    serves = await rows("SELECT o.code FROM membership m JOIN account a ON a.id = m.account JOIN organization o"
                        " ON o.id = m.organization WHERE a.login = 'he.jing' ORDER BY o.code")  # fmt: skip
    assert [row["code"] for row in serves] == [WARM_SUN, CODE]


async def test_it_ends_after_three_days(town: Town) -> None:
    anyone = await town.client()
    url = (await anyone.post(ASK, json=BODY)).json()["url"]
    confirm, word = await mailed()
    assert (await anyone.get(url)).status_code == 200
    await town.advance(by="P3DT1M")
    assert (await anyone.post(confirm, json={**ACCOUNT, "word": word})).status_code == 404
    assert (await anyone.get(url)).status_code == 404
