from typing import Any

from evaluations.states import State
from market.people.states import Role
from tests.evaluations.steps import AUDITOR, EVALUATOR, reach, stranger
from tests.town import Town, objections

BODY = {"statement": "全年上门服务一千二百次，投诉为零。", "self_score": "92.5"}


async def attached(town: Town, account: str) -> str:
    body = {"name": "台账.txt", "content_base64": "56S+5Yy65pyN5Yqh"}
    answer = await (await town.client(account)).post("/attachments/attach-file", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


async def test_it_works_and_each_account_is_kept(town: Town) -> None:
    case = await reach(town, State.OPEN)
    before = len((await case.card(case.provider))["evidence"])
    answer = await case.act(case.provider, "submit-evidence", BODY)
    assert answer.status_code == 200, answer.text
    await case.act(case.provider, "submit-evidence", {**BODY, "self_score": "91"})
    evidence = (await case.card(EVALUATOR))["evidence"]
    assert [e["self_score"] for e in evidence][:2] == ["91.00", "92.50"]
    assert len(evidence) == before + 2
    assert (await town.ledger(case.code))[-1] == "evaluations:submit-evidence"


async def test_its_files_are_read_by_those_who_judge(town: Town) -> None:
    case = await reach(town, State.OPEN)
    file = await attached(town, case.provider)
    assert (await case.act(case.provider, "submit-evidence", {**BODY, "attachments": [file]})).status_code == 200
    for account, status in ((EVALUATOR, 200), (case.purchaser, 200), (AUDITOR, 200), (await case.committee(), 404)):
        answer = await (await town.client(account)).get(f"{case.url}/files/{file}")
        assert answer.status_code == status, account
    assert answer.status_code == 404
    answer = await (await town.client(EVALUATOR)).get(f"{case.url}/files/{file}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert (await (await town.client(EVALUATOR)).get(f"{case.url}/files/A-ZZZZZZZZZZ")).status_code == 404


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"statement": ""}, "statement"),
    ({"statement": "好"}, "statement"),
    ({"self_score": "101"}, "self_score"),
    ({"self_score": "-1"}, "self_score"),
    ({"self_score": "NaN"}, "self_score"),
    ({"attachments": ["A-7KQ2M9XPRT"]}, "attachments"),
)


async def test_it_is_refused(town: Town) -> None:
    case = await reach(town, State.OPEN)
    for change, field in BAD:
        answer = await case.act(case.provider, "submit-evidence", {**BODY, **change})
        assert [found for found, _ in objections(answer)] == [field]


async def test_somebody_elses_file_is_refused(town: Town) -> None:
    case = await reach(town, State.OPEN)
    file = await attached(town, stranger(Role.ORGANIZATION_ADMINISTRATOR, case.supplier))
    answer = await case.act(case.provider, "submit-evidence", {**BODY, "attachments": [file]})
    assert objections(answer)[0][0] == "attachments"


async def test_it_is_too_late_once_scored(town: Town) -> None:
    case = await reach(town, State.SCORED)
    assert objections(await case.act(case.provider, "submit-evidence", BODY))[0][0] == ""


async def test_strangers(town: Town) -> None:
    case = await reach(town, State.OPEN)
    other = stranger(Role.ORGANIZATION_ADMINISTRATOR, case.supplier)
    for account, status in ((other, 404), (case.purchaser, 403), (EVALUATOR, 403), (None, 401)):
        assert (await case.act(account, "submit-evidence", BODY)).status_code == status


async def test_the_evaluation_stays_unseen_by_others(town: Town) -> None:
    case = await reach(town, State.OPEN)
    for account in (
        None,
        stranger(Role.ORGANIZATION_ADMINISTRATOR, case.supplier),
        stranger(Role.PURCHASER, case.street),
    ):
        client = await town.client(account)
        assert (await client.get(case.url)).status_code == 404
        listed = (await client.get("/evaluations")).json()["items"]
        assert case.code not in [line["code"] for line in listed]
