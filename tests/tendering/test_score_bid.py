"""Scoring, each member alone."""

import asyncio

from market.base.database import rows
from tests.tendering.stages import do, done, fields, laws, offered, seated, see, tender_at, unseated
from tests.town import Town

POINTS = [{"criterion": 1, "points": "34"}, {"criterion": 2, "points": "21.5"}, {"criterion": 3, "points": "12"}]
SHEET = {"bid": 1, "points": POINTS}


async def test_it_works(town: Town) -> None:
    code = await tender_at("checked")
    member = (await seated(code))[0]
    card = await done(town, member, "score-bid", code, SHEET)
    assert [p["points"] for p in card["panel"]["bids"][0]["my_points"]] == ["34.00", "21.50", "12.00"]
    assert (await town.ledger(code))[-1] == "tendering:score-bid"
    (event,) = await rows("SELECT detail FROM ledger_event WHERE code = $1 AND tag = 'tendering:score-bid'", code)
    assert event["detail"] == {"bid": 1}


async def test_scores_stand(town: Town) -> None:
    code = await tender_at("checked")
    member = (await seated(code))[0]
    answers = await asyncio.gather(*(do(town, member, "score-bid", code, SHEET) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7
    assert laws(await do(town, member, "score-bid", code, SHEET)) == ["E-12"]


async def test_all_scores_in_let_the_round_begin(town: Town) -> None:
    code = await tender_at("checked")
    members = await seated(code)
    for member in members:
        assert "request-final-quotes" not in await offered(town, member, code)
        for bid in (1, 2, 3):
            await done(town, member, "score-bid", code, {"bid": bid, "points": POINTS})
    assert (await see(town, members[0], code))["panel"]["all_scored"] is True
    assert "request-final-quotes" in await offered(town, members[0], code)


async def test_refusals(town: Town) -> None:
    code = await tender_at("checked")
    member = (await seated(code))[0]
    wrong = [{"criterion": 1, "points": "40.01"}, {"criterion": 2, "points": "-1"}, {"criterion": 3, "points": "1.234"}]
    assert fields(await do(town, member, "score-bid", code, {"bid": 9, "points": wrong})) == [
        "bid",
        "points.0.points",
        "points.1.points",
        "points.2.points",
    ]
    assert fields(await do(town, member, "score-bid", code, {"bid": 1, "points": POINTS[:2]})) == ["points"]
    assert fields(await do(town, member, "score-bid", code, {"bid": 1, "points": [*POINTS, POINTS[0]]})) == ["points"]
    assert fields(await do(town, member, "score-bid", code, {"bid": 1, "points": "all"}))[0].startswith("points")
    assert (await do(town, await unseated(code), "score-bid", code, SHEET)).status_code == 404
    assert (await do(town, "wu.tao", "score-bid", code, SHEET)).status_code == 403
    drawn = await tender_at("drawn")
    assert fields(await do(town, (await seated(drawn))[0], "score-bid", drawn, SHEET)) == ["bid"]


async def test_it_works_in_a_browser(town: Town) -> None:
    code = await tender_at("checked")
    browser = await town.browser((await seated(code))[0])
    path = f"/tenders/{code}/score-bid"
    filled = {f"points.{n}.{key}": value for n, row in enumerate(POINTS) for key, value in row.items()}
    wrong = await browser.submit(path, {"bid": "2", **filled, "points.1.points": "99"})
    assert wrong.status_code == 422
    assert 'value="34"' in wrong.text
    assert (await browser.submit(path, {"bid": "2", **filled})).status_code == 303
