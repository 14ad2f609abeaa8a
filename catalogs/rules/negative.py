"""The negative list in words: what a text that looks like something that may not be bought is asked again."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "N-2": ("行政许可", "行政处罚", "行政强制", "行政复议", "行政决策", "行政执法", "行政审批", "行政裁决"),
        "N-3": (
            "工程建设", "工程施工", "施工", "装修", "改建", "扩建", "翻建", "修缮工程", "加装电梯", "设备采购",
            "货物采购", "物资采购", "采购设备", "购置",
        ),
        "N-4": ("融资", "贷款", "借款", "垫资", "举债", "回购", "担保函", "保底回报", "BT项目"),
        "N-5": (
            "劳务派遣", "派遣人员", "派遣员工", "编外人员", "招聘人员", "招录", "用工", "借调", "公益性岗位",
            "公益岗位", "坐班", "协管员", "临聘", "聘用人员",
        ),
        "N-6": ("国家秘密", "涉密"),
    }
)  # fmt: skip
"""Words that often stand where the negative list holds: 政府购买服务管理办法 第十条 (N-1 to N-6). They only warn."""


class Hint(msgspec.Struct, frozen=True, kw_only=True):
    """A word of a text that looks like a case of the negative list, and which."""

    word: str
    law: str


def hints_in(texts: Iterable[str]) -> tuple[Hint, ...]:
    """Return the words of the negative list that stand in the texts, in the order of its rules; spaces hide none.

    A hint is a question and never a refusal: “不含施工” is innocent, and only people can tell.
    """
    text = "\n".join("".join(text.split()) for text in texts).upper()
    return tuple(Hint(word=word, law=law) for law, words in WORDS.items() for word in words if word.upper() in text)
