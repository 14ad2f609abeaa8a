"""Judgement about suggestions: who may speak, in which words, and how a street may answer."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from market.base.masking import Tells, told_in
from market.base.refusal import Objection, Said, say
from market.base.terms import terms
from market.needs.states import Kind, Outcome, SuggestionState

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
PROOF_LASTS = timedelta(hours=2)
MOST_PHOTOS = 3


class Bound(NamedTuple):
    """At most so many within a time."""

    most: int
    within: timedelta


# House rules: a family of four on one telephone is served, a script is not.
CODES_A_PHONE = Bound(3, timedelta(minutes=10))
CODES_A_PHONE_A_DAY = Bound(10, timedelta(days=1))
# All numbers together: behind a proxy or in one house many share a network address, so none is counted.
CODES_IN_ALL = Bound(300, timedelta(hours=1))
SUGGESTIONS_A_VOICE = Bound(5, timedelta(days=1))
VOICES_A_SPEAKER = Bound(60, timedelta(days=1))

_PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LEAVE_OUT = {
    Tells.IDENTITY: say("Leave out identity numbers: everybody can read this."),
    Tells.TELEPHONE: say("Leave out telephone numbers: everybody can read this."),
    Tells.PERSON: say("Do not name persons: write for whom it is, such as older people living alone."),
    Tells.FLAT: say("Leave out the number of a flat: a building or lane is enough."),
}


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """What is suggested, as its rules take it."""

    title: str
    words: str
    place: str
    served: str
    people: int | None
    category: Kind


def tidy_phone(text: str) -> str:
    """Return a telephone number as it is kept: digits alone, without the country's code.

    >>> tidy_phone("+86 138-0013-8000")
    '13800138000'
    """
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    return digits.removeprefix("+86").removeprefix("0086")


def objections_to_phone(phone: str) -> list[Objection]:
    """Object to what is no mobile number of the mainland; expects what `tidy_phone` returns."""
    if _PHONE.fullmatch(phone):
        return []
    return [Objection("phone", say("A mobile number has eleven digits and begins with 13 to 19."))]


def wait_for(moments: list[datetime], bound: Bound, *, now: datetime) -> int | None:
    """Return in how many seconds one more is within the bound, None when it is now; `moments` are the past ones."""
    recent = sorted(moment for moment in moments if moment > now - bound.within)
    if len(recent) < bound.most:
        return None
    return max(1, int((recent[-bound.most] + bound.within - now).total_seconds()) + 1)


def terms_of(wording: Wording) -> tuple[str, ...]:
    """Return the terms under which a suggestion is found."""
    return terms(wording.title, also=(wording.words, wording.place, wording.served))


def pairs_of(title: str) -> list[str]:
    """Return the terms by which a title is like another: its pairs of characters and whole words, without readings."""
    return [term for term in terms(title) if term.startswith(".")]


def least_alike(asked: int) -> int:
    """Return how many of so many terms must be shared to be called alike: a third, and never a single common pair."""
    return max(2, -(-asked // 3))


def personal_in(text: str) -> Said | None:
    """Return what in a text tells who somebody is, in words for its writer; None when nothing does.

    Numbers are found with blanks and hyphens between their digits. Names are found by family name and form of
    address: what is not found here, an officer hides with a reason.
    """
    told = told_in(text)
    return _LEAVE_OUT[told] if told else None


def objections_to_words(**fields: str) -> list[Objection]:
    """Object to personal data in what everybody will read. Law: 个人信息保护法 第三十四条 (R-7)."""
    found = {field: personal_in(text) for field, text in fields.items()}
    return [Objection(field, words, "R-7") for field, words in found.items() if words is not None]


def objections_to_suggestion(wording: Wording) -> list[Objection]:
    """Object to a suggestion that says nothing, or tells who somebody is."""
    objections = [
        Objection(name, say("This field must be filled in."))
        for name in ("title", "place", "served")
        if not getattr(wording, name).strip()
    ]
    return objections + objections_to_words(
        title=wording.title, words=wording.words, place=wording.place, served=wording.served
    )


def objections_to_speaking(*, has_voice: bool) -> list[Objection]:
    """Object to somebody who is neither a residents' account nor has proven a telephone number. Law: B-1."""
    if has_voice:
        return []
    words = say("Confirm your phone number first, or sign in with a residents’ account.")
    return [Objection("proof", words, "B-1")]


def objections_to_answer(
    *, outcome: Outcome, state: str, link: str, need: str, need_street: str | None, street: str, has_need: bool
) -> list[Objection]:
    """Object to an answer that leads nowhere, or takes back what a need was already made of.

    `need_street` is the street of the need that is named, None when there is no such need.
    """
    objections: list[Objection] = []
    if outcome is Outcome.SERVED and not link:
        objections.append(Objection("link", say("Say where the service is found: an address of this site.")))
    if link and not re.fullmatch(r"/[A-Za-z0-9][A-Za-z0-9/_.?=&#-]*", link):
        objections.append(Objection("link", say("This is an address of this site, beginning with /.")))
    if need and outcome is not Outcome.TAKEN_UP:
        objections.append(Objection("need", say("Only what is taken up leads to a need.")))
    elif need and need_street != street:
        objections.append(Objection("need", say("Your street has no such need.")))
    if has_need and state == SuggestionState.TAKEN_UP:
        objections.append(Objection("", say("A need was made of it already; those who spoke hear of its steps.")))
    return objections


def objections_to_merger(
    *, code: str, street: str, into: str, main_street: str | None, main_state: str
) -> list[Objection]:
    """Object to a merger with itself, with another street's, or with what is merged or hidden.

    `main_street` is the street of the suggestion it is merged into, None when there is none.
    """
    if into == code:
        return [Objection("into", say("A suggestion cannot be merged with itself."))]
    if main_street != street:
        return [Objection("into", say("Your street has no such suggestion."))]
    if main_state in (SuggestionState.MERGED, SuggestionState.HIDDEN):
        return [Objection("into", say("That suggestion is merged or hidden itself; choose the one it leads to."))]
    return []
