"""The unified social credit code, with the vectors published for it (GB 32100-2015, GB 11714)."""

import pytest

from market.people.codes import (
    inner_check_digit,
    kinds_of_code,
    objections_to_code,
    objections_to_kind,
    region_of_code,
    tidy_code,
    warnings_about_code,
)
from market.people.states import OrganizationKind as Kind

REAL = "53100000500019795A"
INVENTED = ("51000000MJ1234561G", "52000000MJ5678901W", "53000000MJ7654321R", "11000000002468133W")


@pytest.mark.parametrize("code", [REAL, *INVENTED])
def test_a_sound_code_passes_both_checks(code: str) -> None:
    assert objections_to_code(code) == []
    assert warnings_about_code(code) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("52000000MJ5678901X", "does not check"),
        ("52000000MI5678901W", "no letters I, O"),
        ("52000000MJ567890", "18 characters"),
        ("", "18 characters"),
        ("52000000MJ5678901WW", "18 characters"),
        ("5200000AMJ5678901W", "eight digits"),
        ("52000000mj5678901w", "eight digits"),
        ("５２000000MJ5678901W", "eight digits"),
        ("52000000MJ56789\u202e1W", "eight digits"),
        ("52000000MJ567890😀W", "eight digits"),
    ],
)
def test_a_bad_code_is_named(code: str, words: str) -> None:
    (objection,) = objections_to_code(code)
    assert objection.field == "code"
    assert words in objection.message.msgid.format(**objection.message.values)


def test_every_single_wrong_character_is_found() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for place in range(8, 18):
        for sign in alphabet:
            if sign != REAL[place]:
                assert objections_to_code(REAL[:place] + sign + REAL[place + 1 :])


def test_a_wrong_inner_digit_only_warns() -> None:
    code = "52000000MJ5678902A"
    outer_right = next(
        code[:17] + sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if not objections_to_code(code[:17] + sign)
    )
    (warning,) = warnings_about_code(outer_right)
    assert "inner check digit" in warning.msgid


def test_the_inner_digit_may_be_x_or_nought() -> None:
    digits = {inner_check_digit(f"{number:08d}") for number in range(60)}
    assert digits == set("0123456789X")


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("51000000MJ1234561G", {Kind.ASSOCIATION}),
        ("52000000MJ5678901W", {Kind.SERVICE_INSTITUTION}),
        (REAL, {Kind.FOUNDATION}),
        ("11000000002468133W", {Kind.STREET, Kind.AUTHORITY}),
        ("55", {Kind.COMMITTEE}),
        ("91", {Kind.ENTERPRISE}),
        ("13", {Kind.MASS_ORGANIZATION}),
        ("Q7", set()),
    ],
)
def test_the_first_two_characters_tell_the_kind(code: str, kinds: set[Kind]) -> None:
    assert kinds_of_code(code) == kinds


def test_a_kind_must_agree_with_the_code() -> None:
    assert objections_to_kind(code=REAL, kind="jijinhui") == []
    assert objections_to_kind(code="Q7000000MJ7654321R", kind="jijinhui") == []
    (objection,) = objections_to_kind(code=REAL, kind="minfei")
    assert objection.field == "kind"


def test_tidying_and_region() -> None:
    assert tidy_code(" 5310 0000-5000 19795a ") == REAL
    assert region_of_code(REAL) == "100000"
