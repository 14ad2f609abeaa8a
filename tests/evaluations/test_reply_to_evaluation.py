import asyncio
from datetime import timedelta

from evaluations.states import State
from market.base.database import rows
from market.people.states import Role
from tests.evaluations.steps import EVALUATOR, reach, stranger
from tests.town import Town, objections

BODY = {"reply": "对长效机制一项有异议：已培训楼组长十二名。"}


async def test_it_works(town: Town) -> None:
    case = await reach(town, State.SCORED)
    answer = await case.act(case.provider, "reply-to-evaluation", BODY)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["reply"]) == ("replied", BODY["reply"])
    assert (await town.ledger(case.code))[-1] == "evaluations:reply-to-evaluation"
    assert "answer-reply" in [link["act"] for link in (await case.card(EVALUATOR))["acts"]]


async def test_one_second_late_is_late_whether_time_has_acted_or_not(town: Town) -> None:
    case = await reach(town, State.SCORED)
    await rows("UPDATE evaluation SET reply_until = $2 WHERE code = $1", case.code, await town.now())
    assert objections(await case.act(case.provider, "reply-to-evaluation", BODY)) == [("", "提出意见的期限已过。")]
    later = await town.now() + timedelta(minutes=5)
    await rows("UPDATE evaluation SET reply_until = $2 WHERE code = $1", case.code, later)
    assert (await case.act(case.provider, "reply-to-evaluation", BODY)).status_code == 200


async def test_words_must_say_something(town: Town) -> None:
    case = await reach(town, State.SCORED)
    for reply in ("", "好", "\u202e倒过来的意见"):
        assert objections(await case.act(case.provider, "reply-to-evaluation", {"reply": reply}))[0][0] == "reply"


async def test_not_before_the_draft_and_not_twice(town: Town) -> None:
    case = await reach(town, State.OPEN)
    assert objections(await case.act(case.provider, "reply-to-evaluation", BODY))[0][0] == ""
    case = await reach(town, State.REPLIED)
    assert objections(await case.act(case.provider, "reply-to-evaluation", BODY))[0][0] == ""


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.SCORED)
    other = stranger(Role.ORGANIZATION_ADMINISTRATOR, case.supplier)
    for account, status in ((other, 404), (case.purchaser, 403), (EVALUATOR, 403), (None, 401)):
        assert (await case.act(account, "reply-to-evaluation", BODY)).status_code == status


async def test_eight_at_once_leave_one_reply(town: Town) -> None:
    case = await reach(town, State.SCORED)
    answers = await asyncio.gather(*[case.act(case.provider, "reply-to-evaluation", BODY) for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_the_form_in_a_browser(town: Town) -> None:
    case = await reach(town, State.SCORED)
    browser = await town.browser(case.provider)
    answer = await browser.submit(f"{case.url}/reply-to-evaluation", BODY)
    assert answer.status_code == 303
    assert BODY["reply"] in (await browser.get(case.url)).text
