import pytest

from market.base.masking import Tells, covered, told_in

COVERED = (
    ("王阿姨很耐心。", "○○很耐心。"),
    ("请打138-0013-8000找李医生", "请打○○找○○"),
    ("身份证 310101 19500101 123X", "身份证 ○○"),
    ("身份证11010119900101123Ｘ", "身份证○○"),
    ("电话①③⑧00138000", "电话○○"),
    ("０２１ 62345678没人接", "○○没人接"),
    ("住在302室，门锁坏了", "住在○○，门锁坏了"),
    ("社工张小明常常迟到", "社工○○常常迟到"),
    ("我叫陈娟", "我叫○○"),
)
PLAIN = ("服务很周到，阿姨很耐心。", "每周两次，2026年3月开始，共120次。", "社工周到热情", "希望周末也能来。", "")


@pytest.mark.parametrize(("written", "shown"), COVERED)
def test_names_numbers_and_flats_are_covered(written: str, shown: str) -> None:
    assert covered(written) == shown
    assert covered(shown) == shown


@pytest.mark.parametrize("text", PLAIN)
def test_everything_else_stays_as_it_was_written(text: str) -> None:
    assert covered(text) == text


def test_the_gravest_is_told_first() -> None:
    assert told_in("王阿姨，13800138000，310101195001011234") is Tells.IDENTITY
    assert told_in("王阿姨，1 3 8 0 0 1 3 8 0 0 0") is Tells.TELEPHONE
    assert told_in("王阿姨住302室") is Tells.PERSON
    assert told_in("302 室") is Tells.FLAT
    assert told_in("每周两次") is None
