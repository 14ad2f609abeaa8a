"""Money is read strictly, divided exactly and written as papers want it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.base.money import apportion, in_capitals, parse_yuan, round_half_up, share


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0", "0.00"), ("0.5", "0.50"), ("480000", "480000.00"), ("480000.00", "480000.00"), ("999999999999.99",) * 2],
)
def test_plain_amounts_are_read(text: str, amount: str) -> None:
    assert str(parse_yuan(text)) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1.234", "1.", ".5", "-1", "+1", "1e3", "1,000", "007", "１２", "٣", "1 ", "1\n"),
        *("NaN", "Infinity", "1" * 13, "¥1"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="plain digits"):
        parse_yuan(text)


def test_halves_round_up() -> None:
    assert round_half_up(Decimal("2.345")) == Decimal("2.35")
    assert round_half_up(Decimal("2.5"), 0) == Decimal(3)
    assert share(Decimal("0.05"), Decimal("0.5")) == Decimal("0.03")


@given(
    st.decimals(min_value=0, max_value=10**10, places=2),
    st.lists(st.integers(min_value=1, max_value=99), min_size=1, max_size=8),
)
def test_parts_always_sum_to_the_amount(amount: Decimal, weights: list[int]) -> None:
    exact = [Decimal(weight) / 128 for weight in weights[:-1]]
    if sum(exact) >= 1:
        return
    fractions = [*exact, 1 - sum(exact, Decimal(0))]
    parts = apportion(amount, fractions)
    assert sum(parts) == amount
    for part, fraction in zip(parts, fractions, strict=True):
        assert abs(part - share(amount, fraction)) <= Decimal("0.01")


def test_fractions_must_be_whole() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        apportion(Decimal(1), [Decimal("0.5")])


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("480000.00", "肆拾捌万元整"),
        ("480000.05", "肆拾捌万元零伍分"),
        ("480000.50", "肆拾捌万元伍角"),
        ("1005.00", "壹仟零伍元整"),
        ("0.05", "伍分"),
        ("0.00", "零元整"),
        ("100000000.10", "壹亿元壹角"),
    ],
)
def test_amounts_in_capitals(amount: str, capitals: str) -> None:
    assert in_capitals(Decimal(amount)) == capitals


def test_negative_amounts_have_no_capitals() -> None:
    with pytest.raises(ValueError, match="not negative"):
        in_capitals(Decimal(-1))
