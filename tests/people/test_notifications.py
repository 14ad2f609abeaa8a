"""Who hears of what, and who must not; how it comes by mail; reading, choosing, and the morning's digest."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from market.app import lifecycles
from market.base.database import execute, rows
from market.base.outbox import send_due
from market.base.wording import words
from market.people.actions import send_digest, turn
from market.people.topics import Topic, default_of, kept_words, next_digest
from market.piccolo_conf import ROOMS
from market.seed import BEGINS, people
from market.tendering.examples import TURN
from tests.base.test_outbox import PostOffice, post_office  # noqa: F401  a fixture
from tests.tendering.stages import do, done, seated, tender_at
from tests.town import Town

QUESTION = {"text": "是否接受联合体参加本次采购？"}


async def last_event() -> int:
    (row,) = await rows("SELECT max(id) AS last FROM ledger_event")
    return int(row["last"])


async def told(*, since: int, tag: str | None = None) -> dict[str, str]:
    """Who was told what since an event, in Chinese, by account; of one kind of event when its tag is named."""
    found = await rows(
        "SELECT a.login, n.words FROM notification n JOIN account a ON a.id = n.account"
        " JOIN ledger_event e ON e.id = n.event WHERE n.event > $1 AND ($2::text IS NULL OR e.tag = $2)",
        since,
        tag,
    )
    return {row["login"]: words(kept_words(row["words"]), "zh-CN") for row in found}


async def bidders_of(code: str) -> set[str]:
    """The accounts that bid for the organizations whose bids stand, and those that govern these organizations."""
    found = await rows(
        "SELECT organization FROM bid b JOIN tender t ON t.id = b.tender WHERE t.code = $1 AND b.state <> 'withdrawn'",
        code,
    )
    homes = {row["organization"] for row in found}
    roles = ("bidder", "organization-administrator")
    return {person.login for person in people.PEOPLE if person.home in homes and person.role in roles}


async def letters(*, to: str | None = None) -> list[dict[str, Any]]:
    """The mails kept so far, the oldest first."""
    return await rows("SELECT * FROM message WHERE $1::text IS NULL OR to_address = $1 ORDER BY id", to)


async def choose(town: Town, who: str, mail: str, *, language: str = "zh-CN") -> None:
    client = await town.client(who)
    body = {"language": language} | {str(topic): mail for topic in Topic if topic is not Topic.ACCOUNT}
    answer = await client.post("/notifications/set-preferences", json=body)
    assert answer.status_code == 200, answer.text


def test_only_acts_of_the_house_are_told_of() -> None:
    known = {
        f"{type(step.act).__module__.partition('.states')[0].removeprefix('market.')}:{step.act}"
        for life in lifecycles()
        for step in life.steps
    }
    assert _tags() <= known
    assert len(_tags()) > 40


def _tags() -> set[str]:
    from importlib import import_module  # noqa: PLC0415
    from importlib.util import find_spec  # noqa: PLC0415

    modules = [import_module(f"{room}.telling") for room in ROOMS if find_spec(f"{room}.telling")]
    return {tag for module in modules for tag in module.TELLS}


async def test_all_that_the_town_was_told_can_be_said_in_both_languages(town: Town) -> None:
    found = await rows("SELECT n.words, n.url, e.tag FROM notification n JOIN ledger_event e ON e.id = n.event")
    assert len({row["tag"] for row in found}) >= 30
    auditor = await town.client("hua.rong")
    for row in found:
        chinese, english = (words(kept_words(row["words"]), lang) for lang in ("zh-CN", "en"))
        assert chinese != english
        assert "{" not in chinese + english
    for url in {row["url"] for row in found} - {"/account", "/budget"}:
        assert (await auditor.get(url)).status_code in (200, 403), url


async def test_publish_tender_reaches_those_who_offer_such_services(town: Town) -> None:
    code, since = await tender_at("draft"), await last_event()
    await execute("UPDATE profile SET categories = '{}'")
    await rows(
        "UPDATE profile SET categories = ARRAY[(SELECT category FROM entry_link WHERE entry = (SELECT item FROM tender"
        " WHERE code = $1) ORDER BY id LIMIT 1)] WHERE organization = (SELECT id FROM organization WHERE code = $2)",
        code,
        people.WARM_SUN,
    )
    await done(town, "li.jun", "publish-tender", code, {"closes_at": "2026-03-13T09:30:00+08:00"})
    heard = await told(since=since, tag="tendering:publish-tender")
    assert set(heard) == {"wang.fang", "he.jing", "lin.feng"}
    assert "家庭照护者培训" in heard["lin.feng"]
    assert "2026年3月13日 09:30" in heard["lin.feng"]


async def test_a_question_reaches_the_street_without_its_asker_and_the_answer_who_took_part(town: Town) -> None:
    code, since = await tender_at("open"), await last_event()
    await done(town, "lin.feng", "ask-question", code, QUESTION)
    heard = await told(since=since, tag="tendering:ask-question")
    assert "wang.fang" in heard
    assert all(who in {"wang.fang", "li.jun"} for who in heard)
    assert not any("暖阳" in sentence or "林峰" in sentence for sentence in heard.values())
    (row,) = await rows(
        "SELECT max(q.number) AS number FROM question q JOIN tender t ON t.id = q.tender WHERE t.code = $1", code
    )
    await done(town, "wang.fang", "answer-question", code, {"question": row["number"], "answer": "不接受。"})
    heard = await told(since=since, tag="tendering:answer-question")
    assert {"lin.feng", "he.jing"} <= set(heard)
    assert "wang.fang" not in heard


async def test_a_bid_is_told_to_nobody(town: Town) -> None:
    code, since = await tender_at("open"), await last_event()
    await done(town, "lin.feng", "take-documents", code)
    await done(town, "lin.feng", "submit-bid", code, {"price": "100000.00", "plan": "方案。", "declared": True})
    assert await told(since=since) == {}


async def test_the_opening_reaches_the_bidders(town: Town) -> None:
    code, since = await tender_at("closed"), await last_event()
    (row,) = await rows("SELECT opens_at FROM tender WHERE code = $1", code)
    await town.advance(to=max(row["opens_at"], BEGINS) + timedelta(minutes=1))
    await done(town, "li.jun", "turn-key", code, TURN)
    assert {"yan.li", "bi.yun"} <= set(await told(since=since, tag="tendering:turn-key"))
    await done(town, "yan.li", "turn-key", code, TURN)
    heard = await told(since=since, tag="tendering:open-bids")
    assert await bidders_of(code) <= set(heard)
    assert set(heard) - await bidders_of(code) <= {"wang.fang", "li.jun"}  # who may draw the panel
    assert not any("元" in sentence or "¥" in sentence for sentence in heard.values())


async def test_the_panel_is_told_to_its_members_alone(town: Town) -> None:
    code, since = await tender_at("opened"), await last_event()
    await done(town, "wu.tao", "draw-panel", code)
    assert set(await told(since=since)) == set(await seated(code))


async def test_no_expert_is_named_before_the_result(town: Town) -> None:
    names = [person.name for person in people.PEOPLE if person.role == "panel-expert"]
    found = await rows("SELECT words FROM notification WHERE topic <> 'account'")
    said = [words(kept_words(row["words"]), "zh-CN") for row in found]
    assert not [sentence for sentence in said for name in names if name in sentence]


async def test_the_award_tells_each_bidder_its_own_result(town: Town) -> None:
    code, since = await tender_at("evaluated"), await last_event()
    await done(town, "li.jun", "confirm-award", code)
    heard = await told(since=since)
    assert await bidders_of(code) | {"wang.fang"} == set(heard)
    card = (await (await town.client("fei.xue")).get(f"/tenders/{code}")).json()["mine"]
    assert heard["fei.xue"] == heard["tang.yu"]
    assert f"得分{card['total']}，排名第{card['rank']}" in heard["fei.xue"]
    assert len({sentence for who, sentence in heard.items() if who != "wang.fang"}) == len(await bidders_of(code)) / 2


async def test_needs_go_to_reviewers_and_back_to_their_drafter(town: Town) -> None:
    (row,) = await rows("SELECT code FROM need WHERE state = 'submitted' AND street = $1 LIMIT 1", people.WUTONG)
    since, client = await last_event(), await town.client("li.jun")
    body = {"decision": "send-back", "reason": "请补充服务标准。"}
    answer = await client.post(f"/needs/{row['code']}/review-need", json=body)
    assert answer.status_code == 200, answer.text
    heard = await told(since=since)
    assert set(heard) == {"wang.fang"}
    assert "退回" in heard["wang.fang"]


async def test_roles_passwords_and_tokens_reach_their_person_at_once_whatever_they_chose(town: Town) -> None:
    await choose(town, "wu.tao", "never")
    since, before = await last_event(), len(await letters(to="wu.tao@town.example"))
    admin, own = await town.client("jin.bo"), await town.client("wu.tao")
    for act in ("grant-role", "revoke-role"):
        body = {"account": "wu.tao", "role": "approver"}
        answer = await admin.post(f"/organizations/{people.QINGHE}/{act}", json=body)
        assert answer.status_code == 200, answer.text
    made = await own.post("/account/create-token", json={"name": "x", "acts": ["attach-file"], "days": 3})
    assert made.status_code == 201, made.text
    assert set(await told(since=since)) == {"wu.tao"}
    subjects = [letter["subject"] for letter in (await letters(to="wu.tao@town.example"))[before:]]
    assert len(subjects) == 3
    assert "审批人" in subjects[0] or "已被授予" in subjects[0]


async def test_mail_goes_at_once_in_the_chosen_language_over_smtp(
    town: Town,
    post_office: PostOffice,  # noqa: F811  the fixture
) -> None:
    await execute("DELETE FROM message")
    await choose(town, "wang.fang", "at-once", language="en")
    await choose(town, "li.jun", "never")
    code = await tender_at("open")
    await done(town, "lin.feng", "ask-question", code, QUESTION)
    sent = await send_due(now=await town.now() + timedelta(minutes=1), limit=20, smtp_url=post_office.url)
    assert sent == len(post_office.taken) >= 1
    (mail,) = [mail for mail in post_office.taken if mail["To"] == "wang.fang@town.example"]
    assert mail["Subject"].startswith("Shecai: A question was asked about")
    assert mail["List-Unsubscribe"] == "<http://town.test/notifications/preferences>"
    body = mail.get_content()  # type: ignore[attr-defined]
    assert f"http://town.test/tenders/{code}" in body
    assert "Dear 王芳," in body
    assert QUESTION["text"] not in mail.as_string()
    assert "li.jun@town.example" not in [mail["To"] for mail in post_office.taken]


async def test_set_preferences_holds_and_is_shown(town: Town) -> None:
    client = await town.client("wang.fang")
    before = (await client.get("/notifications/preferences")).json()
    assert before["mails"] == {str(topic): str(default_of(topic)) for topic in Topic}
    await choose(town, "wang.fang", "never", language="en")
    after = (await client.get("/notifications/preferences")).json()
    assert after["language"] == "en"
    assert after["mails"] == {str(t): "at-once" if t is Topic.ACCOUNT else "never" for t in Topic}
    assert (await client.post("/notifications/set-preferences", json={"language": "xx"})).status_code == 422
    browser = await town.browser("wang.fang")
    assert "不发邮件" in (await browser.get("/notifications/preferences")).text
    assert (await town.ledger("wang.fang"))[-2:] == ["people:set-preferences", "people:sign-in"]


async def test_send_digest_gathers_the_day_once(town: Town) -> None:
    await choose(town, "wang.fang", "daily")
    await execute("DELETE FROM message")
    code = await tender_at("open")
    for number in range(2):
        await done(town, "lin.feng", "ask-question", code, {"text": f"第{number}个问题：能否延期？"})
    assert await letters(to="wang.fang@town.example") == []
    at = next_digest(await town.now())
    acts = await town.advance(to=at)
    assert [(act["act"], act["at"]) for act in acts if act["act"] == "send-digest"] == [
        ("send-digest", "2026-03-03T00:00:00Z")
    ]
    (letter,) = await letters(to="wang.fang@town.example")
    assert letter["subject"] == "社采：有2条新消息"
    assert letter["body"].count(f"http://town.test/tenders/{code}") == 2
    assert "people:send-digest" in await town.ledger("digest-2026-03-03")
    assert await turn(now=at + timedelta(days=1)) == []


async def test_eight_schedulers_send_one_digest(town: Town) -> None:
    await choose(town, "wang.fang", "daily")
    await done(town, "lin.feng", "ask-question", await tender_at("open"), QUESTION)
    await execute("DELETE FROM message")
    at = next_digest(await town.now())
    await asyncio.gather(*[turn(now=at) for _ in range(8)])
    assert len(await letters(to="wang.fang@town.example")) == 1
    assert await send_digest(now=at) is None


async def test_what_was_read_or_is_no_longer_wanted_is_not_in_the_digest(town: Town) -> None:
    await choose(town, "wang.fang", "daily")
    await done(town, "lin.feng", "ask-question", await tender_at("open"), QUESTION)
    client = await town.client("wang.fang")
    assert (await client.post("/notifications/mark-read", json={"until": await last_event()})).status_code == 200
    await execute("DELETE FROM message")
    await town.advance(to=next_digest(await town.now()))
    assert await letters(to="wang.fang@town.example") == []
    await done(town, "lin.feng", "ask-question", await tender_at("open"), QUESTION)
    await choose(town, "wang.fang", "never")
    await town.advance(by="P2D")
    assert await letters(to="wang.fang@town.example") == []


async def test_who_has_no_address_is_told_in_the_application_alone(town: Town) -> None:
    await execute("UPDATE account SET email = '' WHERE login IN ('wang.fang', 'li.jun')")
    await execute("DELETE FROM message")
    since = await last_event()
    await done(town, "lin.feng", "ask-question", await tender_at("open"), QUESTION)
    assert "wang.fang" in await told(since=since)
    await town.advance(by="P2D")
    assert not [letter for letter in await letters() if letter["to_address"] in ("", "wang.fang@town.example")]


async def test_an_address_that_is_none_stops_nobody(town: Town) -> None:
    await execute("UPDATE account SET email = 'no address' WHERE login = 'wang.fang'")
    since = await last_event()
    await done(town, "lin.feng", "ask-question", await tender_at("open"), QUESTION)
    assert "wang.fang" in await told(since=since)


async def test_mark_read_one_and_all_and_only_ones_own(town: Town) -> None:
    client, other = await town.client("wang.fang"), await town.client("he.jing")
    unread = (await client.get("/notifications?unread=1")).json()["items"]
    assert len(unread) >= 3
    assert {item["state"] for item in unread} == {"unread"}
    number = unread[0]["number"]
    assert (await other.post("/notifications/mark-read", json={"notifications": [number]})).status_code == 200
    assert len((await client.get("/notifications?unread=1")).json()["items"]) == len(unread)
    assert (await client.post("/notifications/mark-read", json={"notifications": [number]})).status_code == 200
    left = (await client.get("/notifications?unread=1")).json()["items"]
    assert number not in [item["number"] for item in left]
    assert len(left) == len(unread) - 1
    browser = await town.browser("wang.fang")
    assert f'<span class="count">{len(left)}</span>' in (await browser.get("/needs")).text
    await browser.submit("/notifications/mark-read", {"until": str(await last_event())})
    page = (await browser.get("/notifications")).text
    assert 'class="count"' not in page
    assert "全部标为已读" not in page
    assert "没有未读通知" in (await browser.get("/notifications?unread=1")).text


async def test_pages_go_on_from_a_cursor(town: Town) -> None:
    await rows(
        "INSERT INTO notification (account, event, topic, words, url, code, made_at)"
        " SELECT a.id, 1000000 + n, 'needs', '{\"msgid\": \"Needs\", \"values\": {}}', '/needs', 'N', $1"
        " FROM account a, generate_series(1, 120) n WHERE a.login = 'wang.fang'",
        BEGINS,
    )
    client = await town.client("wang.fang")
    found: list[int] = []
    url: str | None = "/notifications"
    while url:
        answer = (await client.get(url)).json()
        found += [item["number"] for item in answer["items"]]
        url = f"/notifications?after={answer['next'].replace('+', '%2B')}" if answer["next"] else None
    (row,) = await rows(
        "SELECT count(*) AS n FROM notification n JOIN account a ON a.id = n.account WHERE a.login = 'wang.fang'"
    )
    assert len(found) == len(set(found)) == row["n"]
    for nonsense in ("x", "1", "2026.1", "9" * 40):
        assert len((await client.get(f"/notifications?after={nonsense}")).json()["items"]) == 50


@pytest.mark.parametrize("path", ["/notifications", "/notifications/preferences"])
async def test_they_are_ones_own(town: Town, path: str) -> None:
    assert (await (await town.client()).get(path)).status_code == 401
    mine = (await (await town.client("wang.fang")).get("/notifications")).json()["items"]
    theirs = (await (await town.client("lin.feng")).get("/notifications")).json()["items"]
    assert _numbers(mine)
    assert all("wang.fang" not in str(item) for item in theirs)


def _numbers(items: Iterable[dict[str, Any]]) -> list[int]:
    return [item["number"] for item in items]


async def test_an_act_tells_in_one_statement(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.test_query_counts import counted  # noqa: PLC0415

    code = await tender_at("evaluated")
    with counted(monkeypatch) as sent:
        assert (await do(town, "li.jun", "confirm-award", code)).status_code == 200
    assert len([query for query in sent if "INSERT INTO notification" in query]) == 1
    assert len([query for query in sent if "INSERT INTO message" in query]) == 1
