"""What residents read of their street: the numbers are the database's, and nothing unpublished stands there."""

from decimal import Decimal

import pytest

from evaluations.queries.streets import satisfaction_in
from market.base.database import one, rows
from market.seed.people import PEOPLE
from tests.test_query_counts import counted
from tests.town import Town

WUTONG = "11000000002468133W"
QINGHE = "110000000013579092"


async def test_the_list_tells_what_each_street_buys_now_and_bought(town: Town) -> None:
    listed = (await (await town.client()).get("/streets")).json()
    assert [item["code"] for item in listed["items"]] == sorted([WUTONG, QINGHE])
    for item in listed["items"]:
        open_now = await one(
            "SELECT count(*) AS n FROM tender WHERE street = $1 AND state = 'open' AND closes_at > $2",
            item["code"],
            await town.now(),
        )
        signed = await one(
            "SELECT count(*) AS n, coalesce(sum(amount), 0.00) AS amount FROM contract WHERE street = $1"
            " AND state IN ('in-force', 'closed') AND signed_at >= '2025-01-01 00:00+08' AND signed_at <"
            " '2026-01-01 00:00+08'",
            item["code"],
        )
        assert open_now is not None
        assert signed is not None
        assert item["open"] == open_now["n"]
        assert (item["last_year"]["contracts"], Decimal(item["last_year"]["amount"])) == (signed["n"], signed["amount"])


async def test_a_street_tells_its_services_money_and_results(town: Town) -> None:
    card = (await (await town.client()).get(f"/streets/{QINGHE}?year=2025")).json()
    contracts = await rows(
        "SELECT code, amount FROM contract WHERE street = $1 AND state IN ('in-force', 'closed')"
        " AND signed_at < '2026-01-01 00:00+08' ORDER BY id DESC",
        QINGHE,
    )
    assert [(c["code"], Decimal(c["amount"])) for c in card["services"]] == [
        (c["code"], c["amount"]) for c in contracts
    ]
    paid = await one(
        "SELECT sum(p.amount) AS paid FROM invoice_payment p JOIN invoice i ON i.id = p.invoice JOIN contract_milestone"
        " m ON m.id = i.milestone JOIN contract c ON c.id = m.contract WHERE c.street = $1"
        " AND p.paid_on BETWEEN '2025-01-01' AND '2025-12-31'",
        QINGHE,
    )
    assert paid is not None
    assert [year["year"] for year in card["money"]] == [2025, 2024]
    assert Decimal(card["money"][0]["paid"]) == paid["paid"]
    assert Decimal(card["money"][0]["contracted"]) == sum(c["amount"] for c in contracts)
    published = await rows("SELECT code FROM evaluation WHERE street = $1 AND state = 'published'", QINGHE)
    assert {e["code"] for e in card["results"]} == {e["code"] for e in published}
    assert card["results"][0]["residents"]["mean"] is not None


async def test_nothing_that_is_not_published_stands_on_a_street(town: Town) -> None:
    """Not even for the street itself: the page is the residents', and the same for all."""
    hidden = await rows(
        "SELECT code FROM need WHERE state IN ('draft', 'submitted', 'sent-back') UNION ALL"
        " SELECT code FROM tender WHERE published_at IS NULL UNION ALL"
        " SELECT code FROM contract WHERE signed_at IS NULL UNION ALL"
        " SELECT code FROM evaluation WHERE state <> 'published'"
    )
    assert len(hidden) > 5
    street = next(person.login for person in PEOPLE if person.home == WUTONG)
    for who in (None, street):
        client = await town.client(who)
        for code in (WUTONG, QINGHE):
            for year in (2025, 2026):
                text = (await client.get(f"/streets/{code}?year={year}")).text
                assert not [row["code"] for row in hidden if f'"{row["code"]}"' in text]


async def test_the_page_in_plain_words_with_a_plot(town: Town) -> None:
    page = (await (await town.browser()).get(f"/streets/{QINGHE}?year=2025")).text
    for words in ("正在购买什么", "买了什么、向谁买", "居民满意度", "怎样表达意见"):
        assert words in page
    assert 'class="plot"' in page


@pytest.mark.parametrize("code", ["X-2026-9999", "9131000000000000XX", "110000000012345678"])
async def test_what_is_no_street_is_not_there(town: Town, code: str) -> None:
    assert (await (await town.client()).get(f"/streets/{code}")).status_code == 404


async def test_an_organization_is_no_street(town: Town) -> None:
    other = await one("SELECT code FROM organization WHERE kind <> 'street' LIMIT 1")
    assert other is not None
    assert (await (await town.client()).get(f"/streets/{other['code']}")).status_code == 404


@pytest.mark.parametrize("year", ["1899", "3000", "99999999999", "02026999", "abc", "-1", "²"])
async def test_a_strange_year_is_this_year(town: Town, year: str) -> None:
    card = (await (await town.client()).get(f"/streets/{WUTONG}", params={"year": year})).json()
    assert card["year"] == 2026


@pytest.mark.parametrize("path", ["/streets", f"/streets/{WUTONG}?year=2025", f"/streets/{QINGHE}?year=2025"])
async def test_the_pages_ask_a_bounded_number_of_times(town: Town, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    browser = await town.browser()
    with counted(monkeypatch) as sent:
        assert (await browser.get(path)).status_code == 200
    assert 0 < len(sent) <= 16, "\n".join(query[:110] for query in sent)


def test_too_few_answers_are_no_score() -> None:
    """Decision 0006: below the fewest the page tells the numbers and no mean."""
    asked = {"audience": "residents", "mean": "91.00", "valid": 12, "least": 30, "counts": False}
    few = satisfaction_in([asked])
    enough = satisfaction_in([{**asked, "valid": 31, "counts": True}])
    assert few is not None
    assert enough is not None
    assert (few.mean, few.valid) == (None, 12)
    assert enough.mean == Decimal("91.00")
    assert satisfaction_in([{**asked, "audience": "committee"}]) is None
    assert satisfaction_in(None) is None
