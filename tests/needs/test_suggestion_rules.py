from datetime import UTC, datetime, timedelta

import pytest

from market.needs.rules.suggestions import (
    CODES_A_PHONE,
    objections_to_answer,
    objections_to_merger,
    objections_to_phone,
    personal_in,
    tidy_phone,
    wait_for,
)
from market.needs.states import Outcome

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        # 个人信息保护法 第三十四条: no more than the task needs, and nothing of a person on a public page
        ("联系电话 138 0013 8000", "Leave out telephone"),
        ("电话：１３８００１３８０００", "Leave out telephone"),
        ("+86-138-0013-8000 找我", "Leave out telephone"),
        ("021-62345678 转", "Leave out telephone"),
        ("身份证310109195001011234", "Leave out identity"),
        ("3号楼501室的老人", "Leave out the number of a flat"),
        ("张女士需要助餐", "Do not name"),
        ("请找王阿姨", "Do not name"),
        ("姓名：陈小明", "Do not name"),
        ("请陈医生来义诊", "Do not name"),
        ("泄露张女士的情况", "Do not name"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, begins: str) -> None:
    found = personal_in(text)
    assert found is not None
    assert found.msgid.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "独居老人希望有人上门聊天",
        "周末希望老师来教书法",
        "马路对面没有路灯",
        "李家宅路 12 弄",
        "2026年起每周 3 次",
        "想请医生来义诊",
    ],
)
def test_what_tells_nobody_passes(text: str) -> None:
    assert personal_in(text) is None


@pytest.mark.parametrize(
    ("typed", "number", "holds"),
    [
        ("138 0013 8000", "13800138000", True),
        ("+86 138-0013-8000", "13800138000", True),
        ("１３８００１３８０００", "13800138000", True),
        ("12800138000", "12800138000", False),
        ("1380013800", "1380013800", False),
        ("", "", False),
    ],
)
def test_a_number_is_read_as_people_write_it(*, typed: str, number: str, holds: bool) -> None:
    assert tidy_phone(typed) == number
    assert (objections_to_phone(number) == []) is holds


@pytest.mark.parametrize(
    ("ago", "seconds"),
    [([], None), ([1, 2], None), ([1, 2, 3], 421), ([0, 0, 0], 601), ([10, 11, 12], None), ([1, 2, 3, 4], 421)],
)
def test_three_codes_in_ten_minutes_and_then_a_wait(ago: list[int], seconds: int | None) -> None:
    assert wait_for([NOW - timedelta(minutes=minutes) for minutes in ago], CODES_A_PHONE, now=NOW) == seconds


def answer(**changes: object) -> list[str]:
    given = {
        "outcome": Outcome.TAKEN_UP, "state": "open", "link": "", "need": "", "need_street": None, "street": "A",
        "has_need": False, **changes,
    }  # fmt: skip
    return [o.field for o in objections_to_answer(**given)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"need": "N-2026-0001", "need_street": "A"}, []),
        ({"need": "N-2026-0001", "need_street": "B"}, ["need"]),
        ({"need": "N-2026-0001"}, ["need"]),
        ({"outcome": Outcome.OTHERS, "need": "N-2026-0001", "need_street": "A"}, ["need"]),
        ({"outcome": Outcome.SERVED}, ["link"]),
        ({"outcome": Outcome.SERVED, "link": "/contracts/C-2026-0001"}, []),
        ({"link": "https://elsewhere.example/"}, ["link"]),
        ({"link": "//elsewhere.example/"}, ["link"]),
        ({"state": "taken-up", "has_need": True}, [""]),
    ],
)
def test_an_answer_leads_somewhere_of_ones_own(changes: dict[str, object], fields: list[str]) -> None:
    assert answer(**changes) == fields


@pytest.mark.parametrize(
    ("into", "street", "state", "refused"),
    [
        ("S-2", "A", "open", False),
        ("S-2", "A", "others", False),
        ("S-1", "A", "open", True),
        ("S-2", "B", "open", True),
        ("S-2", None, "", True),
        ("S-2", "A", "merged", True),
        ("S-2", "A", "hidden", True),
    ],
)
def test_a_merger_ends_at_one_that_stands(*, into: str, street: str | None, state: str, refused: bool) -> None:
    found = objections_to_merger(code="S-1", street="A", into=into, main_street=street, main_state=state)
    assert [o.field for o in found] == (["into"] if refused else [])
