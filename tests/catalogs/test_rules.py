"""Who may supply on a day, with the article beside each case; standings, menu items, words for the search."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import msgspec
import pytest

import catalogs
import market.law
from catalogs.rules import (
    MenuItemWords,
    StandingFact,
    SupplierFacts,
    ends_by_itself,
    is_central,
    objections_to_menu_item,
    objections_to_standing,
    objections_to_supplier,
)
from catalogs.states import BARS, REGISTER_WORDS, STANDING_WORDS, Register, StandingKind
from market.law.rules import law_of
from market.law.states import Provision

DAY = date(2026, 3, 2)
PROVISIONS = msgspec.convert(
    json.loads((Path(market.law.__file__).parent / "data" / "provisions.json").read_text(encoding="utf-8"))[
        "provisions"
    ],
    list[Provision],
)
LAW = law_of(provisions=PROVISIONS, day=DAY)
CATALOGUE = json.loads((Path(catalogs.__file__).parent / "data" / "catalogue.json").read_text(encoding="utf-8"))


def on_list(kind: str, start: str = "2025-06-01", until: str | None = None, lifted: str | None = None) -> StandingFact:
    return StandingFact(
        kind=kind,
        from_on=date.fromisoformat(start),
        until_on=None if until is None else date.fromisoformat(until),
        lifted_on=None if lifted is None else date.fromisoformat(lifted),
        document="虚构公告〔2025〕1号",
    )


def rules_against(*standings: StandingFact, kind: str = "minfei", **facts: object) -> list[str]:
    supplier = msgspec.convert({"kind": kind, "standings": standings, **facts}, SupplierFacts)
    return [objection.law for objection in objections_to_supplier(supplier=supplier, on=DAY, law=LAW)]


@pytest.mark.parametrize(
    ("kind", "facts", "rules"),
    [
        # P-04: 政府购买服务管理办法 第六条
        ("shetuan", {}, []),
        ("minfei", {}, []),
        ("jijinhui", {}, []),
        ("enterprise", {}, []),
        ("institution_2", {"public_class": "2"}, []),
        ("committee", {}, []),
        ("individual", {"legal_person": False}, []),
        ("mass_org", {}, []),
        ("street", {}, ["P-04"]),
        ("authority", {}, ["P-04"]),
        # P-02: 政府购买服务管理办法 第八条
        ("institution_2", {"public_class": "1"}, ["P-02"]),
        ("mass_org", {"fiscally_funded": True}, ["P-02"]),
        # P-06: 政府采购法 第二十二条第一款第（一）项
        ("shetuan", {"legal_person": False}, ["P-06"]),
    ],
)
def test_kinds_of_organizations(kind: str, facts: dict[str, object], rules: list[str]) -> None:
    assert rules_against(kind=kind, **facts) == rules


@pytest.mark.parametrize(
    ("standing", "rules"),
    [
        # P-11: 沪府令65号 第三十二条第二款
        (on_list("dishonest-debtor"), ["P-11"]),
        (on_list("tax-offender"), ["P-11"]),
        (on_list("procurement-offender"), ["P-11"]),
        (on_list("procurement-offender", until="2026-03-02"), []),
        (on_list("procurement-offender", until="2026-03-03"), ["P-11"]),
        (on_list("procurement-offender", lifted="2026-03-02"), []),
        (on_list("procurement-offender", start="2026-03-03"), []),
        # P-15: 民政部令第60号
        (on_list("civil-serious"), ["P-15"]),
        (on_list("civil-serious", lifted="2026-01-01"), []),
        # P-06: 政府采购法 第二十二条第一款第（五）项; P-07: 实施条例 第十九条
        (on_list("serious-illegality", start="2023-03-03"), ["P-06"]),
        (on_list("serious-illegality", start="2023-03-02"), []),
        (on_list("serious-illegality", start="2025-01-01", until="2026-01-01"), []),
        # information only
        (on_list("abnormal"), []),
        (on_list("grade"), []),
        (on_list("annual-check"), []),
        (on_list("charity"), []),
    ],
)
def test_standings(standing: StandingFact, rules: list[str]) -> None:
    assert rules_against(standing) == rules


def test_all_reasons_are_told_at_once_each_with_its_document() -> None:
    rules = rules_against(on_list("tax-offender"), on_list("civil-serious"), kind="street", legal_person=False)
    assert rules == ["P-04", "P-06", "P-11", "P-15"]
    supplier = SupplierFacts(kind="minfei", standings=(on_list("civil-serious"),))
    (objection,) = objections_to_supplier(supplier=supplier, on=DAY, law=LAW)
    assert objection.message.values["document"] == "虚构公告〔2025〕1号"
    assert objection.law in LAW


def test_the_directory_never_bars() -> None:
    """D-01 to D-07: no listing, grade, check, age or place is among the facts that could bar."""
    assert set(SupplierFacts.__struct_fields__) == {
        "kind",
        "public_class",
        "fiscally_funded",
        "legal_person",
        "standings",
    }
    assert set(BARS.values()) == {"P-06", "P-11", "P-15"}
    harmless = [kind for kind in StandingKind if kind not in BARS]
    for kind, value in product(harmless, ("不合格", "1A", "")):
        assert rules_against(msgspec.structs.replace(on_list(kind), value=value)) == []


def test_every_kind_of_standing_and_register_has_words() -> None:
    assert set(STANDING_WORDS) == set(StandingKind)
    assert set(REGISTER_WORDS) == set(Register)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"document": "  "}, ["document"]),
        ({"from_on": "2026-03-03"}, ["from_on"]),
        ({"until_on": "2025-06-01"}, ["until_on"]),
        ({"kind": "grade", "value": "6A"}, ["value"]),
        ({"kind": "grade", "value": "5A"}, []),
        ({"kind": "annual-check", "value": "很好"}, ["value"]),
        ({"kind": "annual-check", "value": "合格"}, []),
        ({"kind": "gossip", "document": ""}, ["kind", "document"]),
    ],
)
def test_objections_to_a_standing(changes: dict[str, str], fields: list[str]) -> None:
    base = {"kind": "abnormal", "from_on": "2025-06-01", "document": "虚构公告〔2025〕1号"}
    standing = msgspec.convert({**base, **changes}, StandingFact)
    assert [o.field for o in objections_to_standing(standing=standing, today=DAY)] == fields


def test_a_grade_is_valid_for_the_years_of_the_measure() -> None:
    """X-8: 民政部令第39号, five years."""
    assert ends_by_itself(standing=on_list("grade", start="2021-05-10"), law=LAW) == date(2026, 5, 10)
    assert ends_by_itself(standing=on_list("grade", start="2024-02-29"), law=LAW) == date(2029, 3, 1)
    assert ends_by_itself(standing=on_list("tax-exempt", start="2024-01-01"), law=LAW) == date(2029, 1, 1)
    assert ends_by_itself(standing=on_list("donation-deduction", start="2024-01-01"), law=LAW) == date(2027, 1, 1)
    assert ends_by_itself(standing=on_list("abnormal"), law=LAW) is None


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"name_zh": " "}, ["name_zh"]),
        ({"name_zh": "老年助浴服务"}, ["name_zh"]),
        ({"unit_zh": ""}, ["unit_zh"]),
        ({"item": "C99"}, ["item"]),
        ({"category": "FUN"}, ["category"]),
        ({"price_from": "0"}, ["price_from"]),
        ({"price_from": "20", "price_until": "19.99"}, ["price_until"]),
        ({"price_from": "20", "price_until": "20"}, []),
    ],
)
def test_objections_to_a_menu_item(changes: dict[str, str], fields: list[str]) -> None:
    base = {"name_zh": "老年助餐服务", "unit_zh": "客次", "item": "C05010400", "category": "LIFE"}
    menu_item = msgspec.convert({**base, **changes}, MenuItemWords, strict=False)
    found = objections_to_menu_item(
        menu_item=menu_item, items={"C05010400"}, categories={"LIFE"}, names={"老年助浴服务"}
    )
    assert [objection.field for objection in found] == fields


def test_an_item_below_a_central_one_is_central() -> None:
    assert is_central(item="C21040000", parents=["C21000000", "C"], central={"C21040000"})
    assert is_central(item="C21040100", parents=["C21040000", "C"], central={"C21040000"})
    assert not is_central(item="C05010400", parents=["C05010000", "C"], central={"C21040000"})


def test_the_data_file_hangs_together() -> None:
    items = {row["code"]: row for row in CATALOGUE["item_catalogue"]}
    guiding = {row["code"]: row for row in CATALOGUE["guiding_catalogue"]}
    categories = {row["code"] for row in CATALOGUE["community_categories"]}
    for register in (items, guiding):
        assert all(row["parent"] is None or row["parent"] in register for row in register.values())
    assert all(row["category"] in categories and row["item"] in items for row in CATALOGUE["mapping"])
    assert all(row["category"] in categories and row["guiding"] in guiding for row in CATALOGUE["guiding_mapping"])
    assert all(row["category"] in categories and row["item"] in items for row in CATALOGUE["service_menu"])
    assert all(row["item"] in items for row in CATALOGUE["central_catalogue"])
    codes = [*items, *guiding, *categories, *(row["code"] for row in CATALOGUE["service_menu"])]
    assert len(codes) == len(set(codes)) == 318
    assert {CATALOGUE["header"][name]["status"] for name in ("guiding_catalogue", "central_catalogue")} == {
        "unverified"
    }
