"""Judgement of oversight: what a finding must say, and by when it must be answered."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from market.base.calendar import add_working_days
from market.base.refusal import Objection, Said, say
from market.law.states import Law


def objections_to_finding(*, subject_exists: bool, concerns_street: bool) -> list[Objection]:
    """Object to a finding about nothing, or addressed to no street office. Law: none; house rule."""
    found = []
    if not subject_exists:
        found.append(Objection("subject", say("The ledger knows no record with this code.")))
    if not concerns_street:
        found.append(Objection("street", say("A finding is addressed to a street office.")))
    return found


def answer_by(*, opened_on: date, law: Law) -> date:
    """Return the last day for the street's answer. Law: none; house rule (HR-6)."""
    return add_working_days(opened_on, int(law.number("HR-6")))


class Sign(StrEnum):
    """What makes an overseer look at a record; a sign is computed from the records and accuses nobody."""

    SIGNED_LATE = "signed-late"
    PAID_LATE = "paid-late"
    FEW_BIDS = "few-bids"
    LOW_PRICE = "low-price"
    SILENT_AWARD = "silent-award"
    RESULT_OVERDUE = "result-overdue"
    ANSWER_OVERDUE = "answer-overdue"


LAW_OF_SIGN: Mapping[Sign, str] = {
    Sign.SIGNED_LATE: "L-11",
    Sign.PAID_LATE: "C-13",
    Sign.FEW_BIDS: "M-4",
    Sign.LOW_PRICE: "A-3",
    Sign.SILENT_AWARD: "L-8.consultation",
    Sign.RESULT_OVERDUE: "K-1",
    Sign.ANSWER_OVERDUE: "HR-6",
}


def words_of_late(sign: Sign, *, last_on: date, done_on: date | None) -> Said:
    """Say what ran late: the last day, and the day on which it was done if it was."""
    if sign is Sign.SIGNED_LATE:
        if done_on is None:
            return say("The contract was to be signed by {last_on} and is not.", last_on=last_on)
        return say("The contract was to be signed by {last_on} and was on {done_on}.", last_on=last_on, done_on=done_on)
    if done_on is None:
        return say("The invoice was to be paid by {last_on} and is not.", last_on=last_on)
    return say("The invoice was to be paid by {last_on} and was on {done_on}.", last_on=last_on, done_on=done_on)
