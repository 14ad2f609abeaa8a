"""Which provisions hold on a day in a place, how they are cited, and what a new one must not do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

import market.law
from market.law.rules import cite, law_of, objections_to_provision, state_of, value_in_words
from market.law.states import VERIFICATION_WORDS, Provision, State, Unit, Verification

DATA = Path(market.law.__file__).parent / "data" / "provisions.json"


class DataFile(msgspec.Struct):
    header: dict[str, str]
    provisions: list[Provision]


def the_file() -> DataFile:
    return msgspec.json.decode(DATA.read_bytes(), type=DataFile)


def provision(
    value: str | None = "1000000",
    *,
    rule: str = "H-2.limit",
    scope: str = "city",
    start: str = "2021-01-01",
    end: str | None = None,
) -> Provision:
    return Provision(
        id=rule,
        title_zh="分散采购限额标准（服务）",
        title_en="Procurement limit for services",
        article="上海市集中采购目录和采购限额标准",
        value=None if value is None else Decimal(value),
        unit=Unit.NONE if value is None else Unit.YUAN,
        scope=scope,
        in_force_from=date.fromisoformat(start),
        in_force_until=None if end is None else date.fromisoformat(end),
        verification=Verification.MEMORY_MEDIUM,
    )


@pytest.mark.parametrize(
    ("day", "there"),
    [("2020-12-31", False), ("2021-01-01", True), ("2026-04-30", True), ("2026-05-01", False)],
)
def test_a_provision_holds_from_its_first_day_and_until_the_day_before_its_last(*, day: str, there: bool) -> None:
    law = law_of(provisions=[provision(end="2026-05-01")], day=date.fromisoformat(day))
    assert ("H-2.limit" in law) is there


def test_the_nearest_scope_wins_even_when_it_is_older() -> None:
    rows = [
        provision("1000000", start="2024-01-01"),
        provision("800000", scope="district:虹口区", start="2021-01-01"),
        provision("500000", scope="street:11000000002468133W", start="2021-01-01"),
    ]
    day = date(2026, 3, 2)
    assert law_of(provisions=rows, day=day).number("H-2.limit") == 1_000_000
    assert law_of(provisions=rows, day=day, district="虹口区").number("H-2.limit") == 800_000
    assert law_of(provisions=rows, day=day, district="徐汇区").number("H-2.limit") == 1_000_000
    street = law_of(provisions=rows, day=day, district="虹口区", street="11000000002468133W")
    assert street.number("H-2.limit") == 500_000


def test_the_newest_wins_within_a_scope_whatever_the_order() -> None:
    rows = [provision("2000000", start="2026-01-01"), provision("1000000", start="2021-01-01")]
    for order in (rows, rows[::-1]):
        assert law_of(provisions=order, day=date(2025, 12, 31)).number("H-2.limit") == 1_000_000
        assert law_of(provisions=order, day=date(2026, 1, 1)).number("H-2.limit") == 2_000_000


def test_the_shanghai_measure_gives_way_to_the_national_order_when_it_expires() -> None:
    """T-1: 沪财发〔2021〕3号 ended on 2026-04-30; 财政部令第102号 goes on."""
    rows = the_file().provisions
    before, after = (law_of(provisions=rows, day=day) for day in (date(2026, 4, 30), date(2026, 5, 1)))
    assert (before["N-1"].scope, before["N-1"].verification) == ("city", Verification.READ)
    assert (after["N-1"].scope, after["N-1"].verification) == ("national", Verification.MEMORY_HIGH)
    assert before.number("C-2") == after.number("C-2") == 1
    gone = set(before) - set(after)
    assert gone == {"P-03"}
    assert before["H-3"].article.startswith("上海市政府购买服务管理办法")
    assert after["H-3"].article.startswith("政府采购法")


def test_the_data_file_is_whole() -> None:
    rows = the_file().provisions
    keys = [(row.id, row.scope, row.in_force_from) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row.article and row.title_zh and row.title_en for row in rows)
    assert all(row.value is None or row.unit is not Unit.NONE or row.id == "IND-4.z" for row in rows)
    assert all(row.house_rule == row.id.startswith(("HR-", "IND-", "X-10", "G-4.customary")) for row in rows)


@pytest.mark.parametrize(
    ("rule", "value", "unit", "status"),
    [
        ("L-1.open-tender", "20", Unit.DAYS, Verification.READ),
        ("L-1.consultation", "10", Unit.DAYS, Verification.SECOND_HAND),
        ("L-1.negotiation", "3", Unit.WORKING_DAYS, Verification.READ),
        ("L-2.consultation", "5", Unit.WORKING_DAYS, Verification.MEMORY_HIGH),
        ("L-8.consultation", "5", Unit.WORKING_DAYS, Verification.MEMORY_HIGH),
        ("L-11", "30", Unit.DAYS, Verification.READ),
        ("G-2", "0.10", Unit.SHARE, Verification.READ),
        ("F-2.min", "0.10", Unit.SHARE, Verification.SECOND_HAND),
        ("F-2.max", "0.30", Unit.SHARE, Verification.SECOND_HAND),
        ("A-3", "0.45", Unit.SHARE, Verification.SECOND_HAND),
        ("H-2.limit", "1000000", Unit.YUAN, Verification.MEMORY_MEDIUM),
        ("H-2.open-tender", "4000000", Unit.YUAN, Verification.MEMORY_MEDIUM),
        ("Q-1", "7", Unit.WORKING_DAYS, Verification.READ),
        ("Q-7", "15", Unit.WORKING_DAYS, Verification.READ),
        ("K-6.excellent", "90", Unit.POINTS, Verification.MEMORY_HIGH),
        ("C-6", "0.10", Unit.SHARE, Verification.READ),
        ("C-13", "30", Unit.DAYS, Verification.READ),
    ],
)
def test_the_numbers_of_the_table(rule: str, value: str, unit: Unit, status: Verification) -> None:
    law = law_of(provisions=the_file().provisions, day=date(2026, 6, 1))
    assert (law.number(rule), law[rule].unit, law[rule].verification) == (Decimal(value), unit, status)


def test_citations_and_values_in_words() -> None:
    row = provision()
    assert cite(row, "zh_CN") == "上海市集中采购目录和采购限额标准：分散采购限额标准（服务）"
    assert cite(row, "en") == "上海市集中采购目录和采购限额标准: Procurement limit for services"
    assert value_in_words(row.value, row.unit, "zh_CN") == "1,000,000元"
    law = law_of(provisions=the_file().provisions, day=date(2026, 6, 1))
    words = {
        key: value_in_words(law[key].value, law[key].unit, "zh")
        for key in ("L-1.consultation", "L-2.consultation", "G-2", "C-2", "A-6", "E-3", "L-15", "N-1")
    }
    assert words == {
        "L-1.consultation": "10日",
        "L-2.consultation": "5个工作日",
        "G-2": "10%",
        "C-2": "1年",
        "A-6": "30分钟",
        "E-3": "3",
        "L-15": "1.2",
        "N-1": "",
    }
    assert value_in_words(Decimal(5), Unit.WORKING_DAYS, "en") == "5 working days"
    assert value_in_words(Decimal("10.5"), Unit.YUAN, "en") == "10.50 yuan"


TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        (provision(start="2026-03-02"), []),
        (provision(start="2026-03-01"), ["in_force_from"]),
        (provision(start="2026-07-01", end="2026-07-01"), ["in_force_until"]),
        (provision(start="2026-07-01", scope="galaxy"), ["scope"]),
        (provision(start="2026-07-01", scope="district:"), ["scope"]),
        (provision(start="2026-07-01", scope="district:虹口区"), []),
        (provision("-1", start="2026-07-01"), ["value"]),
        (provision(start="2026-07-01", rule="H 2"), ["rule"]),
        (provision(start="2026-09-01"), ["rule"]),
        (
            msgspec.structs.replace(provision(None, start="2026-07-01"), unit=Unit.YUAN, article=" ", title_en=""),
            ["article", "title_zh", "value"],
        ),
    ],
)
def test_objections_to_a_new_provision(changed: Provision, fields: list[str]) -> None:
    found = objections_to_provision(provision=changed, others=[provision(start="2026-09-01")], today=TODAY)
    assert [objection.field for objection in found] == fields


def test_every_mark_has_words() -> None:
    assert set(VERIFICATION_WORDS) == set(Verification)


def test_the_state_is_told_by_the_days() -> None:
    row = provision(end="2026-05-01")
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2026, 4, 30), date(2026, 5, 1)]
    assert [state_of(provision=row, day=day) for day in days] == [
        State.COMING,
        State.IN_FORCE,
        State.IN_FORCE,
        State.EXPIRED,
    ]
