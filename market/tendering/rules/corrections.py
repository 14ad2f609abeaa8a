"""Judgement of a correction (更正): what may change, whether bids are touched, and how far the closing moves.

Law: L-4 and L-5, 财库〔2014〕214号 第十条 and 财政部令第87号 第二十七条.
"""

import unicodedata
from datetime import date, datetime
from typing import Any

import msgspec

from market.base.calendar import end_of_day, local_date
from market.base.money import Yuan
from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.rules.notice import period_after
from market.tendering.rules.terms import Terms

_FIXED = {
    "title": say("The object of the purchase may not change; end this purchase and begin another."),
    "qualification": say("The conditions for bidders may not change; end this purchase and begin another."),
}
_OF_BIDS = frozenset({"requirement", "budget", "service_from", "service_until"})


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction says anew; what is None stays."""

    requirement: str | None = None
    budget: Yuan | None = None
    service_from: date | None = None
    service_until: date | None = None
    title: str | None = None
    qualification: str | None = None
    closes_at: datetime | None = None
    opens_at: datetime | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field's words before and after."""

    field: str
    original: Any
    corrected: Any


def changes_of(*, before: Terms, after: Terms) -> list[Change]:
    """Return what differs between two versions of a notice, in the notice's order."""
    return [
        Change(field=name, original=getattr(before, name), corrected=getattr(after, name))
        for name in Terms.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    ]


def touches_bids(*, before: Terms, wanted: Wanted, said: bool) -> bool:
    """Tell whether a correction touches how bids are made: the street says so, or more than slips of the pen changed.

    Law: L-4, 影响响应文件编制的.
    """
    return said or any(
        (corrected := getattr(wanted, name)) is not None and _told(corrected) != _told(getattr(before, name))
        for name in _OF_BIDS
    )


def _told(value: Any) -> Any:
    """Return a text without spaces and punctuation, anything else as it is."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c)[0] in "LNMS")


def corrected(*, before: Terms, wanted: Wanted, touches: bool, now: datetime, law: Law) -> Terms:
    """Return the notice as it stands after a correction; a closing that was left open moves as far as L-4 wants.

    The opening never stays before the closing.
    """
    given = {name: value for name in Wanted.__struct_fields__ if (value := getattr(wanted, name)) is not None}
    after = msgspec.structs.replace(before, **given)
    if touches and wanted.closes_at is None:
        after = msgspec.structs.replace(after, closes_at=max(before.closes_at, earliest_closing(now=now, law=law)))
    if wanted.opens_at is None:
        after = msgspec.structs.replace(after, opens_at=max(before.opens_at, after.closes_at))
    return after


def earliest_closing(*, now: datetime, law: Law) -> datetime:
    """Return the earliest closing after a correction that touches bids: when the days of L-4 have run out."""
    return end_of_day(period_after(start=local_date(now), law_id="L-4.consultation", law=law).last_day)


def objections_to_correction(
    *, before: Terms, after: Terms, wanted: Wanted, touches: bool, now: datetime, law: Law
) -> list[Objection]:
    """Object to nothing corrected, to another object or condition (L-5), and to a closing too early (L-1, L-4)."""
    found = []
    if before == after and not touches:
        found.append(Objection("", say("Nothing is corrected by this."), "L-4.consultation"))
    for name, words in _FIXED.items():
        given = getattr(wanted, name)
        if given is not None and _told(given) != _told(getattr(before, name)):
            found.append(Objection(name, words, "L-5.consultation"))
    if after.closes_at < before.closes_at:
        words = say("The closing may be moved later, never earlier than {closing}.", closing=before.closes_at)
        found.append(Objection("closes_at", words, "L-1.consultation"))
    elif touches and after.closes_at < (earliest := earliest_closing(now=now, law=law)):
        words = say("After this correction the closing may not be before {earliest}.", earliest=earliest)
        found.append(Objection("closes_at", words, "L-4.consultation"))
    return found
