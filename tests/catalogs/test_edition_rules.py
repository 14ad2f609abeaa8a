"""What changed between two editions, when a draft may be published, and the words of the negative list."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogs.rules import (
    EntryWords,
    Indicator,
    applied,
    diff_of,
    hints_in,
    objections_to_guiding_entry,
    objections_to_publication,
)
from catalogs.rules.negative import WORDS
from catalogs.states import FIELD_WORDS

DAY = date(2026, 3, 2)
INDICATORS = st.builds(
    Indicator, name=st.sampled_from(["到课率", "满意度"]), number=st.integers(1, 3).map(Decimal), unit=st.just("%")
)
ENTRIES = st.builds(
    EntryWords,
    name_zh=st.sampled_from(["老年助餐服务", "老年助浴服务", "陪诊"]),
    price_from=st.none() | st.decimals(1, 3, places=2),
    indicators=st.lists(INDICATORS, max_size=2).map(tuple),
    state=st.sampled_from(["in-use", "retired"]),
)
EDITIONS = st.dictionaries(st.sampled_from(["M001", "M002", "M003", "M004", "M005"]), ENTRIES)


@given(old=EDITIONS, touched=EDITIONS)
def test_the_diff_applied_to_the_old_edition_gives_the_new_one(
    old: dict[str, EntryWords], touched: dict[str, EntryWords]
) -> None:
    # What a draft adds and retires again never was: it alone may differ.
    new = {**old, **{code: words for code, words in touched.items() if code in old or words.state == "in-use"}}
    diff = diff_of(old, new)
    assert applied(diff, to=old) == new
    assert diff.is_empty == (old == new)
    assert not set(diff.added) & set(diff.changed)
    assert not set(diff.changed) & set(diff.retired)
    assert diff_of(new, new).is_empty


@given(old=EDITIONS, lost=st.data())
def test_no_entry_is_ever_lost(old: dict[str, EntryWords], lost: st.DataObject) -> None:
    if old:
        code = lost.draw(st.sampled_from(sorted(old)))
        with pytest.raises(ValueError, match=code):
            diff_of(old, {other: words for other, words in old.items() if other != code})


def test_what_comes_and_goes_within_a_draft_is_no_change() -> None:
    assert diff_of({}, {"M001": EntryWords(name_zh="陪诊", state="retired")}).is_empty


def test_every_field_of_an_entry_has_its_words() -> None:
    assert set(FIELD_WORDS) == set(EntryWords.__struct_fields__)


CHANGE = diff_of({}, {"M001": EntryWords(name_zh="陪诊")})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        # N-9: 沪财发〔2021〕3号 第十二条至第十四条
        ({}, []),
        ({"in_force_from": DAY - timedelta(days=1)}, ["in_force_from"]),
        ({"in_force_from": DAY + timedelta(days=366)}, []),
        ({"in_force_from": DAY + timedelta(days=367)}, ["in_force_from"]),
        ({"after": DAY}, ["in_force_from"]),
        ({"after": DAY - timedelta(days=1)}, []),
        ({"grounds": "  "}, ["grounds"]),
        ({"diff": diff_of({}, {})}, [""]),
    ],
)
def test_objections_to_publication(changes: dict[str, object], fields: list[str]) -> None:
    base = {"diff": CHANGE, "in_force_from": DAY, "grounds": "示例文件", "after": None, "today": DAY}
    found = objections_to_publication(**{**base, **changes})  # type: ignore[arg-type]
    assert [objection.field for objection in found] == fields


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"name_zh": ""}, ["name_zh"]),
        ({"name_zh": "儿童福利服务"}, ["name_zh"]),
        ({"code": "A0401"}, ["code"]),
        ({"code": "A04"}, ["code", "code"]),
        ({"code": "B0409"}, ["code"]),
        ({"parent": "Z"}, ["parent"]),
        ({"parent": "Z", "is_new": False}, []),
    ],
)
def test_objections_to_a_guiding_entry(changes: dict[str, object], fields: list[str]) -> None:
    base = {"code": "A0409", "name_zh": "无障碍出行服务", "parent": "A04", "is_new": True}
    known = {"names": {"儿童福利服务"}, "codes": {"A04", "A0401"}}
    found = objections_to_guiding_entry(**{**base, **known, **changes})  # type: ignore[arg-type]
    assert [objection.field for objection in found] == fields


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        # 政府购买服务管理办法 第十条: N-2 duties of government, N-3 works and goods, N-4 financing, N-5 staff
        ("劳务派遣人员二十名", ["N-5"]),
        ("劳务 派遣", ["N-5"]),
        ("含活动室装修和设备采购", ["N-3", "N-3"]),
        ("由承接主体垫资，三年后回购", ["N-4", "N-4"]),
        ("代为办理行政许可", ["N-2"]),
        ("为独居老人提供每周上门探访", []),
        ("bt项目", ["N-4"]),
        ("", []),
    ],
)
def test_words_that_look_like_the_negative_list(text: str, laws: list[str]) -> None:
    found = [hint.law for hint in hints_in([text])]
    assert found[: len(laws)] == laws
    assert set(found) == set(laws)


def test_words_do_not_join_across_texts() -> None:
    assert hints_in(["劳务", "派遣"]) == ()
    assert set(WORDS) <= {"N-1", "N-2", "N-3", "N-4", "N-5", "N-6"}
    assert [(hint.word, hint.law) for hint in hints_in(["融资"])] == [("融资", "N-4")]
