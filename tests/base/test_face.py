"""What every page writes: money, days and moments as Babel writes them, entries carried whole, colours one can read."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from babel import dates, numbers
from hypothesis import given
from hypothesis import strategies as st

from market.app import lifecycles
from market.base.clock import SHANGHAI
from market.base.fields import fields_of, in_groups
from market.base.forms import flatten, nest, packed, unpacked
from market.base.lifecycle import Tone
from market.base.render import STATIC
from market.base.wording import LANGUAGES, day, locale_of, moment, money
from market.needs.forms import DraftNeed

TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
PAIRS = {
    "ink": ("paper", "wash"),
    "soft": ("paper", "wash"),
    "accent": ("paper", "wash"),
    "accent-over": ("paper", "wash"),
    "bad": ("paper", "wash"),
    "good": ("paper", "wash"),
    "warn": ("paper", "wash"),
    "accent-ink": ("accent", "accent-over"),
    **{f"{tone}-ink": (tone,) for tone in ("draft", "waiting", "open", "closed", "refused")},
}
"""Every text colour with the grounds it stands on."""


@given(st.sampled_from(LANGUAGES), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_days_and_moments_are_written_as_babel_writes_them(lang: str, value: date) -> None:
    chinese, locale = lang.startswith("zh"), locale_of(lang)
    assert day(value, lang) == dates.format_date(value, "yyyy年M月d日 EEE" if chinese else "EEE d MMM yyyy", locale)
    at = datetime(value.year, value.month, value.day, tzinfo=UTC) + timedelta(minutes=value.toordinal() % 1440)
    pattern = "yyyy年M月d日 HH:mm" if chinese else "d MMM yyyy, HH:mm"
    assert moment(at, lang) == dates.format_datetime(at.astimezone(SHANGHAI), pattern, locale=locale)


@given(st.sampled_from(LANGUAGES), st.decimals(-(10**12), 10**12, places=2))
def test_money_is_written_as_babel_writes_it(lang: str, value: Decimal) -> None:
    assert money(value, lang) == numbers.format_currency(value, "CNY", locale=locale_of(lang))


@given(
    st.dictionaries(st.sampled_from(["title", "text", "unit"]), TEXT),
    st.lists(st.dictionaries(st.sampled_from(["name", "due_on"]), TEXT, min_size=1), max_size=4),
    st.lists(TEXT, min_size=2, max_size=4, unique=True),
)
def test_entries_are_carried_from_page_to_page_whole(
    plain: dict[str, str], rows: list[dict[str, str]], ticks: list[str]
) -> None:
    nested = {**plain, **({"rows": rows} if rows else {}), "ticks": ticks, "_once": "stays behind"}
    pairs = unpacked(packed(nested))
    assert pairs == flatten(nested)
    flat: dict[str, str | list[str]] = {}
    for name, value in pairs:
        flat[name] = [*flat.get("ticks", []), value] if name == "ticks" else value
    assert nest(flat) == {name: value for name, value in nested.items() if name != "_once"}


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[["a"]]', "\ud800"])
def test_what_is_not_packed_by_us_carries_nothing(text: str) -> None:
    assert unpacked(text) == []


def test_a_long_form_stands_in_its_sections() -> None:
    groups = in_groups(fields_of(DraftNeed))
    assert [said.msgid for said, _ in groups if said] == [
        "What is bought",
        "Its money",
        "Content and standard",
        "Term of the service",
        "Performance targets",
        "Residents and market",
        "Policy, law and risk",
        "Negative list",
    ]
    assert sum(len(inside) for _, inside in groups) == len(fields_of(DraftNeed))


def test_every_state_that_ended_or_waits_has_its_tone() -> None:
    for lifecycle in lifecycles():
        assert set(lifecycle.tones) <= set(lifecycle.states), lifecycle.kind
        assert all(isinstance(tone, Tone) for tone in lifecycle.tones.values())


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read_on_its_ground_in_light_and_dark() -> None:
    text = (STATIC[0] / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part)) for part in (light, dark.split("@media")[0])]
    for colours in found:
        for words, grounds in PAIRS.items():
            for ground in grounds:
                assert _contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
        for edge, ground in product(("edge", "accent"), ("paper", "wash")):
            assert _contrast(colours[edge], colours[ground]) >= 3, (edge, ground)
