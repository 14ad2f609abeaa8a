import asyncio

from evaluations.states import State
from market.base.database import rows
from market.base.invariants import offences
from market.people.states import Role
from tests.evaluations.steps import EVALUATOR, reach, stranger
from tests.town import Town, objections


async def test_it_works_and_reaches_the_organizations_card(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    assert (await (await town.client()).get(case.url)).status_code == 404
    answer = await case.act(case.approver, "publish-evaluation")
    assert answer.status_code == 200, answer.text
    everybody = await case.card(None)
    assert (everybody["state"], everybody["grade"]) == ("published", answer.json()["grade"])
    (track,) = await rows("SELECT * FROM track_record WHERE url = $1", case.url)
    assert (str(track["score"]), track["grade"]) == (everybody["score"], everybody["grade"])
    organization = await (await town.client()).get(f"/organizations/{case.supplier}")
    assert case.url in organization.text
    assert await offences(rooms=["evaluations"]) == []


async def test_the_public_snapshot_holds_the_result_and_nobodys_words(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    await case.act(case.approver, "publish-evaluation")
    assert (await town.ledger(case.code))[-1] == "evaluations:publish-evaluation"
    (event,) = await rows("SELECT public FROM ledger_event WHERE code = $1 ORDER BY id DESC LIMIT 1", case.code)
    public = event["public"]
    card = await case.card(None)
    assert (public["score"], public["grade"], public["contract"]) == (card["score"], card["grade"], case.contract)
    assert len(public["leaves"]) == 25
    assert "comments" not in public
    assert (card["comments"], card["evidence"], card["asked_for_money"]) == ([], [], None)


async def test_its_report_is_public(town: Town) -> None:
    case = await reach(town, State.PUBLISHED)
    answer = await (await town.client()).get(f"{case.url}/report")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    for lang in ("zh-CN", "en"):
        assert (await (await town.browser(lang=lang)).get(case.url)).status_code == 200
        assert case.code in (await (await town.browser(lang=lang)).get("/evaluations")).text


async def test_who_concluded_may_not_publish(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    await rows("UPDATE evaluation SET concluded_by = $2 WHERE code = $1", case.code, case.approver)
    assert objections(await case.act(case.approver, "publish-evaluation")) == [("", "作出评价结论的人不得自行公布。")]


async def test_not_before_the_conclusion_and_not_twice(town: Town) -> None:
    case = await reach(town, State.SETTLED)
    assert objections(await case.act(case.approver, "publish-evaluation"))[0][0] == ""
    case = await reach(town, State.PUBLISHED)
    assert objections(await case.act(case.approver, "publish-evaluation"))[0][0] == ""


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    other = stranger(Role.APPROVER, case.street)
    for account, status in ((other, 404), (case.purchaser, 403), (EVALUATOR, 403), (case.provider, 403), (None, 401)):
        assert (await case.act(account, "publish-evaluation")).status_code == status


async def test_eight_at_once_publish_it_once(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    answers = await asyncio.gather(*[case.act(case.approver, "publish-evaluation") for _ in range(8)])
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert len(await rows("SELECT 1 FROM track_record WHERE url = $1", case.url)) == 1


async def test_the_confirmation_in_a_browser(town: Town) -> None:
    case = await reach(town, State.CONCLUDED)
    browser = await town.browser(case.approver)
    assert (await browser.submit(f"{case.url}/publish-evaluation", {})).status_code == 303
