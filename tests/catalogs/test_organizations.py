"""The directory: list, search, cards, standing and track record."""

from datetime import date
from decimal import Decimal

import pytest

from catalogs.actions import record_track
from catalogs.queries import organization_profile, standing_of
from market.base.database import transaction
from market.base.refusal import NotFound
from market.seed import people
from tests.town import Town


async def codes(town: Town, path: str) -> list[str]:
    answer = await (await town.client()).get(path)
    assert answer.status_code == 200, answer.text
    return [line["code"] for line in answer.json()["items"]]


async def test_the_list_shows_all_who_may_be_asked(town: Town) -> None:
    listed = await codes(town, "/organizations")
    assert len(listed) >= 10
    assert people.WUTONG not in listed
    assert sorted(await codes(town, "/organizations?kind=street")) == sorted([people.WUTONG, people.QINGHE])
    assert await codes(town, "/organizations?category=MEDIATION") == [people.HARMONY]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("暖阳", [people.WARM_SUN]),
        ("调解", [people.HARMONY]),
        ("warm sun", [people.WARM_SUN]),
        (people.WARM_SUN[:12], [people.WARM_SUN, people.NEIGHBOURS, people.HARMONY, people.SILVER, people.ASSESSORS]),
        ("没有这个", []),
    ],
)
async def test_search(town: Town, query: str, found: list[str]) -> None:
    assert sorted(await codes(town, f"/organizations?q={query}")) == sorted(found)


async def test_a_card(town: Town) -> None:
    card = (await (await town.client()).get(f"/organizations/{people.WARM_SUN}")).json()
    assert (card["kind"], card["may_supply"]) == ("minfei", True)
    assert [(s["kind"], s["value"], s["in_force"]) for s in card["standings"]] == [
        ("annual-check", "合格", True),
        ("grade", "5A", True),
    ]
    own = (await (await town.client("he.jing")).get(f"/organizations/{people.WARM_SUN}")).json()
    assert "update-profile" in [link["act"] for link in own["acts"]]
    other = (await (await town.client("tang.yu")).get(f"/organizations/{people.WARM_SUN}")).json()
    assert other["acts"] == []
    assert (await (await town.client()).get("/organizations/nobody")).status_code == 404


@pytest.mark.parametrize(
    ("organization", "rules"),
    [
        (people.WARM_SUN, []),
        (people.SPORTS, []),
        (people.WUTONG_COMMITTEE, []),
        (people.INSTITUTION, []),
        (people.UNION, ["P-02"]),
        (people.WORKSHOP, ["P-11"]),
        (people.WUTONG, ["P-04"]),
    ],
)
async def test_standing_today(town: Town, organization: str, rules: list[str]) -> None:
    standing = await standing_of(organization=organization, on=date(2026, 3, 2))
    assert [objection.law for objection in standing.objections] == rules
    page = await (await town.browser()).get(f"/organizations/{organization}")
    assert page.status_code == 200


async def test_the_card_says_why_and_that_listing_bars_nobody(town: Town) -> None:
    page = (await (await town.browser()).get(f"/organizations/{people.WORKSHOP}")).text
    assert "（2025）示执字第18号（虚构）" in page
    assert "P-11" in page
    assert "D-01" in page


async def test_published_evaluations_are_shown_once(town: Town) -> None:
    assert (await (await town.client()).get(f"/organizations/{people.FOUNDATION}")).json()["track_record"] == []
    now = await town.now()
    for score in ("92.00", "92.00"):
        async with transaction():
            await record_track(
                organization=people.FOUNDATION,
                contract="C-1999-0001",
                title="2025年助餐服务末期评价",
                score=Decimal(score),
                grade="excellent",
                url="/evaluations/E-1999-0001",
                now=now,
            )
    card = (await (await town.client()).get(f"/organizations/{people.FOUNDATION}")).json()
    assert [(t["contract"], t["score"]) for t in card["track_record"]] == [("C-1999-0001", "92.00")]
    assert card["average_score"] == "92.00"
    assert "2025年助餐服务末期评价" in (await (await town.browser()).get(f"/organizations/{people.FOUNDATION}")).text
    with pytest.raises(NotFound):
        await record_track(organization="nobody", contract="", title="", score=Decimal(1), grade="", url="/x", now=now)


async def test_a_profile_for_invoices(town: Town) -> None:
    profile = await organization_profile(code=people.WARM_SUN)
    assert (profile.bank_account, profile.kind) == ("6200000000000040001", "minfei")
    with pytest.raises(NotFound):
        await organization_profile(code="nobody")


async def test_a_new_organization_gets_its_profile(town: Town) -> None:
    body = {
        "code": "52000000MJ5678901W",
        "name": "示例区新芽社会服务中心",
        "name_en": "New Sprout",
        "kind": "minfei",
        "district": "示例区",
    }
    answer = await (await town.client("cao.jie")).post("/organizations/register-organization", json=body)
    assert answer.status_code == 201, answer.text
    assert await codes(town, "/organizations?q=新芽") == ["52000000MJ5678901W"]
