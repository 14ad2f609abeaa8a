import asyncio
import io
from datetime import timedelta
from typing import Any

from pypdf import PdfReader

from evaluations.states import State
from market.base.database import rows
from market.people.states import Role
from market.seed.people import PEOPLE
from tests.evaluations.steps import AUDITOR, EVALUATOR, Case, reach
from tests.town import Town, objections

ANSWER = {"attitude": 5, "quality": 4, "timeliness": 5, "effect": 4, "again": 5, "comment": "阿姨很耐心。"}


def door(case: Case, slip: str) -> str:
    return f"{case.url}/answer-survey?slip={slip.removeprefix('/survey/')}"


async def answers_of(case: Case) -> list[dict[str, Any]]:
    return await rows(
        "SELECT a.* FROM survey_answer a JOIN evaluation e ON e.id = a.evaluation WHERE e.code = $1 ORDER BY a.id",
        case.code,
    )


async def test_it_works_by_json_without_an_account(town: Town) -> None:
    case = await reach(town, State.OPEN)
    before = await answers_of(case)
    slip = (await case.slips(await case.committee()))[0]
    answer = await (await town.client()).post(door(case, slip), json=ANSWER)
    assert answer.status_code == 200
    assert answer.json()["used"] is True
    (row,) = [r for r in await answers_of(case) if r not in before]
    assert (row["answers"], row["comment"], row["asked_for_money"]) == ([5, 4, 5, 4, 5], "阿姨很耐心。", False)
    assert (await town.ledger(case.code))[-1] == "evaluations:answer-survey"


async def test_it_works_in_a_browser_without_javascript(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    browser = await town.browser()
    page = await browser.get(slip)
    assert page.status_code == 200
    assert "居民满意度调查" in page.text
    assert "<script" not in page.text
    answer = await browser.submit(
        slip, to=door(case, slip), values={"attitude": "5", "quality": "4", "effect": "3", "asked_for_money": "true"}
    )
    assert answer.status_code == 303
    thanks = await browser.get(answer.headers["location"])
    assert "谢谢您" in thanks.text
    assert "<form" not in thanks.text
    row = (await answers_of(case))[-1]
    assert (row["answers"], row["asked_for_money"]) == ([5, 4, 0, 3, 0], True)


async def test_the_word_may_stand_in_the_body(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    body = {**ANSWER, "slip": slip.removeprefix("/survey/")}
    assert (await (await town.client()).post(f"{case.url}/answer-survey", json=body)).status_code == 200


async def test_a_slip_answers_for_its_own_evaluation_only(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    others = await rows("SELECT code FROM evaluation WHERE code <> $1", case.code)
    for other in others:
        url = door(case, slip).replace(case.code, other["code"])
        assert (await (await town.client()).post(url, json=ANSWER)).status_code == 404


async def test_nobody_learns_who_answered(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    signed_in = await town.browser(case.provider)
    assert (
        await signed_in.submit(slip, to=door(case, slip), values={"attitude": "1", "quality": "1", "effect": "1"})
    ).status_code == 303
    (event,) = await rows("SELECT * FROM ledger_event WHERE code = $1 ORDER BY id DESC LIMIT 1", case.code)
    assert (event["account"], event["organization"], event["detail"], event["public"]) == ("", None, {}, None)


async def test_a_slip_answers_once(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    client = await town.client()
    assert (await client.post(door(case, slip), json=ANSWER)).status_code == 200
    count = len(await answers_of(case))
    assert (
        "凭条已经使用过"
        in objections(await client.post(door(case, slip.removeprefix("/survey/").upper()), json=ANSWER))[0][1]
    )
    assert len(await answers_of(case)) == count


async def test_eight_at_once_with_one_slip_leave_one_answer(town: Town) -> None:
    case = await reach(town, State.OPEN)
    before = len(await answers_of(case))
    slip = (await case.slips(await case.committee()))[0]
    clients = [await town.client() for _ in range(8)]
    answers = await asyncio.gather(*[client.post(door(case, slip), json=ANSWER) for client in clients])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert len(await answers_of(case)) == before + 1


async def test_a_forged_slip_opens_nothing(town: Town) -> None:
    case = await reach(town, State.OPEN)
    client = await town.client()
    for word in ("a" * 24, "x", "é" * 24):
        assert (await client.get(f"/survey/{word}")).status_code == 404
        assert (await client.post(f"{case.url}/answer-survey", json={**ANSWER, "slip": word})).status_code == 404
    assert (await client.post(f"{case.url}/answer-survey", json=ANSWER)).status_code == 404


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, ""),
    ({"attitude": 5, "quality": 5}, ""),
    ({**ANSWER, "attitude": 6}, "attitude"),
    ({**ANSWER, "quality": 0}, "quality"),
    ({**ANSWER, "effect": "好"}, "effect"),
    ({**ANSWER, "again": 4.5}, "again"),
    ({**ANSWER, "comment": "好" * 1001}, "comment"),
    ({**ANSWER, "comment": "\u202e倒过来"}, "comment"),
)


async def test_a_bad_questionnaire_is_refused_and_the_slip_stays(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    client = await town.client()
    for body, field in BAD:
        assert objections(await client.post(door(case, slip), json=body))[0][0] == field
    assert (await client.post(door(case, slip), json=ANSWER)).status_code == 200


async def test_what_was_filled_in_is_kept_when_it_is_refused(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    answer = await (await town.browser()).submit(
        slip, to=door(case, slip), values={"attitude": "4", "comment": "请周末来。"}
    )
    assert answer.status_code == 422
    assert 'value="4" checked' in answer.text
    assert "请周末来。" in answer.text
    assert "至少回答3个" in answer.text


async def test_one_second_late_is_late_whether_time_has_acted_or_not(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slips = await case.slips(await case.committee())
    closes_at = await town.now() + timedelta(minutes=2)
    await rows("UPDATE evaluation SET survey_until = $2 WHERE code = $1", case.code, closes_at)
    client = await town.client()
    assert (await client.post(door(case, slips[0]), json=ANSWER)).status_code == 200
    await rows("UPDATE evaluation SET survey_until = $2 WHERE code = $1", case.code, await town.now())
    assert objections(await client.post(door(case, slips[1]), json=ANSWER)) == [("", "调查已经结束。")]
    assert "调查已经结束" in (await (await town.browser()).get(slips[1])).text


async def test_slips_are_for_those_who_hand_them_out(town: Town) -> None:
    case = await reach(town, State.OPEN)
    committee = await case.committee()
    for account, status in ((committee, 200), (case.purchaser, 200), (case.provider, 200), ("kong.xin", 404)):
        answer = await (await town.client(account)).get(f"{case.url}/slips")
        assert answer.status_code == status, account
        if status == 200:
            seen = {slip["audience"] for slip in answer.json()["slips"]}
            expected = {committee: {"residents", "committee"}, case.purchaser: {"buyer"}, case.provider: {"supplier"}}
            assert seen == expected[account]
    assert (await (await town.client()).get(f"{case.url}/slips")).status_code == 401


async def test_no_word_of_a_slip_is_kept(town: Town) -> None:
    case = await reach(town, State.OPEN)
    word = (await case.slips(await case.committee()))[0].removeprefix("/survey/")
    for table in ("survey_slip", "survey_answer", "ledger_event"):
        found = await rows(f"SELECT 1 FROM {table} t WHERE t::text LIKE '%' || $1 || '%'", word)
        assert found == []


async def test_names_and_numbers_are_covered_before_anybody_reads_them(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    body = {**ANSWER, "comment": "王阿姨迟到了，打她电话138 0013 8000没人接。"}
    assert (await (await town.client()).post(door(case, slip), json=body)).status_code == 200
    assert (await answers_of(case))[-1]["comment"] == "○○迟到了，打她电话○○没人接。"


async def test_that_money_was_asked_for_is_for_the_auditor_alone(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slip = (await case.slips(await case.committee()))[0]
    body = {**ANSWER, "asked_for_money": True}
    assert (await (await town.client()).post(door(case, slip), json=body)).status_code == 200
    assert (await case.card(AUDITOR))["asked_for_money"] == 1
    for account in (case.purchaser, EVALUATOR, case.provider):
        assert (await case.card(account))["asked_for_money"] is None
    await town.advance(to=(await case.row())["survey_until"])
    told = await rows(
        "SELECT DISTINCT a.login FROM notification n JOIN account a ON a.id = n.account"
        " WHERE n.code = $1 AND n.words ->> 'msgid' LIKE '%asked for money%'",
        case.code,
    )
    auditors = {person.login for person in PEOPLE if person.role is Role.AUDITOR}
    assert {row["login"] for row in told} == auditors


async def test_refused_answers_are_counted_for_the_auditor(town: Town) -> None:
    case = await reach(town, State.OPEN)
    slips = await case.slips(await case.committee())
    client = await town.client()
    assert (await client.post(door(case, slips[0]), json=ANSWER)).status_code == 200
    for _ in range(2):
        assert (await client.post(door(case, slips[0]), json=ANSWER)).status_code == 422
    assert (await client.post(door(case, "a" * 24), json=ANSWER)).status_code == 404
    await rows("UPDATE evaluation SET survey_until = $2 WHERE code = $1", case.code, await town.now())
    assert (await client.post(door(case, slips[1]), json=ANSWER)).status_code == 422
    assert (await case.card(AUDITOR))["refusals"] == {"used": 2, "forged": 1, "late": 1}
    assert (await case.card(case.purchaser))["refusals"] == {}
    page = (await (await town.browser(AUDITOR)).get(case.url)).text
    assert "凭条重复使用 2" in page


async def test_unused_slips_are_printed_for_those_who_hand_them_out(town: Town) -> None:
    case = await reach(town, State.OPEN)
    committee = await case.committee()
    unused = await case.slips(committee)
    answer = await (await town.client(committee)).get(f"{case.url}/slips.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert text.count("请您评一评") == len(unused)
    assert all(slip.removeprefix("/survey/") in "".join(text.split()) for slip in unused)
    assert (await (await town.client(EVALUATOR)).get(f"{case.url}/slips.pdf")).status_code == 404
