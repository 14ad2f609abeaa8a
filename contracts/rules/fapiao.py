"""Judgement of the official electronic invoice that a supplier records behind its own."""

import re
from datetime import date

from market.base.money import ZERO_YUAN, Yuan
from market.base.refusal import Objection, say

_NUMBER = re.compile(r"[0-9]{8}|[0-9]{20}")


def objections_to_fapiao(
    *, number: str, amount: Yuan, issued_on: date, today: date, asked: Yuan, recorded: Yuan, used_by: str | None
) -> list[Objection]:
    """Object to a number that is none, that stands behind another invoice, to more than is asked, and to the future.

    A number has 20 digits, or 8 on the older forms (国家税务总局公告2024年第11号); it is used once, or money is asked
    for twice. `asked` is what is left of the invoice after credit notes, `recorded` the sum of its fapiao so far.
    """
    found = []
    if not _NUMBER.fullmatch(number):
        found.append(Objection("number", say("The number of a fapiao has 20 digits, or 8 on the older forms.")))
    elif used_by is not None:
        words = say("The fapiao {number} stands behind invoice {code} already.", number=number, code=used_by)
        found.append(Objection("number", words, "C-13"))
    if issued_on > today:
        found.append(Objection("issued_on", say("A fapiao is recorded after it was issued.")))
    if amount <= ZERO_YUAN:
        found.append(Objection("amount", say("The amount must be more than nothing.")))
    elif amount > asked - recorded:
        words = say("The fapiao exceed the invoice: {left_yuan} is left of it.", left_yuan=asked - recorded)
        found.append(Objection("amount", words, "C-13"))
    return found
