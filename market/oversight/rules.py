"""Judgement of oversight: what a finding must say, and by when it must be answered."""

from datetime import date

from market.base.calendar import add_working_days
from market.base.refusal import Objection, say

ANSWER_WITHIN = 10


def objections_to_finding(*, subject_exists: bool, concerns_street: bool) -> list[Objection]:
    """Object to a finding about nothing, or addressed to no street office. Law: none; house rule."""
    found = []
    if not subject_exists:
        found.append(Objection("subject", say("The ledger knows no record with this code.")))
    if not concerns_street:
        found.append(Objection("street", say("A finding is addressed to a street office.")))
    return found


def answer_by(*, opened_on: date) -> date:
    """Return the last day for the street's answer, ten working days after the opening. Law: none; house rule."""
    return add_working_days(opened_on, ANSWER_WITHIN)
