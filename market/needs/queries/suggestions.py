"""Reads of suggestions: the public list and page, what waits for a street, and who spoke."""

import re
from datetime import datetime
from typing import Any

import msgspec

from market.base.database import Row, one, rows
from market.base.records import Listing, Record, Waiting, acts_for
from market.base.refusal import NotFound
from market.base.searching import answering, rows_sought
from market.base.terms import sought
from market.base.wording import words
from market.needs.rules.suggestions import least_alike, pairs_of
from market.needs.states import SUGGESTION, Act, SuggestionState
from market.people.queries import organization_names
from market.people.states import Role, User
from market.people.topics import kept_words

PAGE = 30
_SIMILAR = 5
_WAITING = 50
_CURSOR = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)
_SHOWN = "s.state IN ('open', 'taken-up', 'served', 'others', 'not-possible')"
_LINE = "s.id, s.code, s.state, s.title, s.street, s.place, s.served, s.people, s.category, s.voices, s.suggested_at"


class SuggestionLine(Record, frozen=True, kw_only=True):
    """A suggestion in the list."""

    title: str
    street: str
    street_name: str
    place: str
    served: str
    people: int | None
    category: str
    voices: int
    suggested_at: datetime


class ProgressStep(msgspec.Struct, frozen=True, kw_only=True):
    """A later step: what happened, in words, and where it is read."""

    step: str
    at: datetime
    says: str
    url: str


class SuggestionCard(Record, frozen=True, kw_only=True):
    """A suggestion as everybody may read it. Of a hidden one only the reason is told, but to its street and auditors.

    `by` is the organization that suggests openly, "" for neighbours; `need` and `merged_into` lead on.
    """

    revision: int
    title: str
    words: str
    street: str
    street_name: str
    place: str
    served: str
    people: int | None
    category: str
    by: str
    suggested_at: datetime
    voices: int
    photos: list[str]
    answer: str
    answer_url: str
    answered_at: datetime | None
    need: str | None
    merged_into: str | None
    hidden_reason: str
    progress: list[ProgressStep]


def _officer(user: User, street: str) -> bool:
    """Tell whether a reader answers for a street's suggestions or oversees them."""
    return user.organization == street or user.may_be(Role.AUDITOR)


async def suggestion_for(*, code: str, user: User, speaker: str | None = None, lang: str = "zh-CN") -> SuggestionCard:
    """Return a suggestion to everybody; `speaker` is the reader's voice, if they have one. Raises NotFound."""
    row = await one(
        "SELECT s.*, coalesce(o.name, '') AS by, spoken.said_on,"
        " (SELECT v.speaker FROM voice v WHERE v.suggestion = s.id AND v.said_on = s.code ORDER BY v.id LIMIT 1)"
        " AS raised_by FROM suggestion s"
        " LEFT JOIN organization o ON o.code = s.organization"
        " LEFT JOIN voice spoken ON spoken.suggestion = s.id AND spoken.speaker = $2 WHERE s.code = $1",
        code,
        speaker or "",
    )
    if row is None:
        raise NotFound
    names = await organization_names(codes=[row["street"]])
    covered: dict[str, Any] = {}
    if row["state"] == SuggestionState.HIDDEN and not _officer(user, row["street"]):
        covered = {"title": "", "words": "", "place": "", "served": "", "people": None, "photos": [], "by": ""}
    return msgspec.convert(
        {
            **row,
            **covered,
            "photos": [f"/suggestions/{code}/photos/{photo}" for photo in ([] if covered else row["photos"])],
            "street_name": names.get(row["street"], ""),
            "url": f"/suggestions/{code}",
            "acts": acts_for(
                kind="suggestion", code=code, state=row["state"], by=user, facts=_facts(row, user, speaker)
            ),
            "progress": await _progress_of(row["id"], lang),
        },
        SuggestionCard,
    )


def _facts(row: Row, user: User, speaker: str | None) -> frozenset[str]:
    facts = set()
    if row["said_on"] is None:
        facts.add("not-yet")
    if speaker and row["raised_by"] == speaker:
        facts.add("raised")
    if user.organization == row["street"]:
        facts |= {"own"} if row["need"] else {"own", "mergeable", "answerable"}
    return frozenset(facts)


async def _progress_of(suggestion: int, lang: str) -> list[ProgressStep]:
    found = await rows(
        "SELECT step, at, words, url FROM need_progress WHERE suggestion = $1 ORDER BY id LIMIT 100", suggestion
    )
    return [
        ProgressStep(step=row["step"], at=row["at"], says=words(kept_words(row["words"]), lang), url=row["url"])
        for row in found
    ]


async def suggestions_page(
    *,
    street: str | None = None,
    category: str | None = None,
    state: str | None = None,
    text: str | None = None,
    after: str | None = None,
) -> Listing[SuggestionLine]:
    """Return suggestions, the most supported first, 30 a page; merged and hidden ones only when their state is asked.

    `text` are words that its title or texts must carry. Of hidden ones neither title nor place is told.
    """
    place = _CURSOR.fullmatch(after or "")
    looked = sought(text) if text else None
    given: list[Any] = [street, category, state, *([int(part) for part in place.groups()] if place else [None, None])]
    found_by = ""
    if looked is not None:
        condition, wanted = answering(looked, column="s.terms", first=len(given) + 1)
        found_by, given = f" AND {condition}", [*given, *wanted]
    found = await rows_sought(
        f"SELECT {_LINE}, o.name AS street_name FROM suggestion s JOIN organization o ON o.code = s.street"  # noqa: S608
        " WHERE ($1::text IS NULL OR s.street = $1) AND ($2::text IS NULL OR s.category = $2)"
        f" AND (($3::text IS NULL AND {_SHOWN}) OR s.state = $3)"
        f" AND ($4::int IS NULL OR (s.voices, s.id) < ($4::int, $5::bigint)){found_by}"
        f" ORDER BY s.voices DESC, s.id DESC LIMIT {PAGE + 1}",
        *given,
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Listing(items=[_line(row) for row in found[:PAGE]], next=f"{last['voices']}.{last['id']}" if last else None)


def _line(row: Row) -> SuggestionLine:
    covered = {"title": "", "place": "", "served": "", "people": None} if row["state"] == SuggestionState.HIDDEN else {}
    return msgspec.convert({**row, **covered, "url": f"/suggestions/{row['code']}"}, SuggestionLine)


async def similar_to(*, title: str, street: str, besides: str = "") -> list[SuggestionLine]:
    """Return up to five open suggestions of a street whose words are most like a title's, for support instead."""
    wanted = pairs_of(title)
    if not wanted:
        return []
    found = await rows(
        f"SELECT {_LINE}, o.name AS street_name, cardinality(ARRAY(SELECT unnest(s.terms)"  # noqa: S608
        " INTERSECT SELECT unnest($2::varchar[]))) AS alike FROM suggestion s JOIN organization o ON o.code = s.street"
        " WHERE s.street = $1 AND s.state IN ('open', 'taken-up') AND s.terms && $2::varchar[] AND s.code <> $3"
        " ORDER BY alike DESC, s.voices DESC, s.id DESC LIMIT $4",
        street,
        wanted,
        besides,
        _SIMILAR,
    )
    return [_line(row) for row in found if row["alike"] >= least_alike(len(wanted))]


async def others_to_merge(*, code: str, street: str) -> list[tuple[str, str]]:
    """Return code and words of a street's other suggestions, the likeliest first, for the choice of the main one."""
    row = await one("SELECT title FROM suggestion WHERE code = $1", code)
    near = await similar_to(title=row["title"] if row else "", street=street, besides=code)
    found = await rows(
        "SELECT code, title, voices FROM suggestion WHERE street = $1 AND code <> $2 AND state IN ('open', 'taken-up',"
        " 'served', 'others', 'not-possible') ORDER BY voices DESC, id DESC LIMIT 100",
        street,
        code,
    )
    rank = {line.code: number for number, line in enumerate(near)}
    found.sort(key=lambda each: rank.get(each["code"], len(rank)))
    return [(each["code"], f"{each['title']} ({each['code']}, {each['voices']})") for each in found]


async def need_choices(*, street: str) -> list[tuple[str, str]]:
    """Return code and title of a street's newest needs, for naming the one that was made of a suggestion."""
    found = await rows("SELECT code, title FROM need WHERE street = $1 ORDER BY id DESC LIMIT 50", street)
    return [(row["code"], f"{row['title']} ({row['code']})") for row in found]


async def suggestions_of_need(*, need: str) -> list[SuggestionLine]:
    """Return the suggestions that a need was made of, for the need's page."""
    found = await rows(
        f"SELECT {_LINE}, o.name AS street_name FROM suggestion s JOIN organization o ON o.code = s.street"  # noqa: S608
        " WHERE s.need = $1 ORDER BY s.voices DESC LIMIT 20",
        need,
    )
    return [_line(row) for row in found]


async def streets_to_ask() -> list[tuple[str, str]]:
    """Return code and name of every street office, for the choice whom one asks."""
    found = await rows("SELECT code, name FROM organization WHERE kind = 'street' ORDER BY street_code, code")
    return [(row["code"], row["name"]) for row in found]


async def photo_of(*, code: str, photo: str, user: User) -> None:
    """Return when a reader may see a suggestion's photo. Raises NotFound otherwise."""
    row = await one("SELECT street, state, photos FROM suggestion WHERE code = $1", code)
    if row is None or photo not in row["photos"]:
        raise NotFound
    if row["state"] == SuggestionState.HIDDEN and not _officer(user, row["street"]):
        raise NotFound


async def waiting_suggestions(*, user: User) -> list[Waiting]:
    """Return the suggestions that a street's purchaser has to answer, the most supported first."""
    if not user.may_be(Role.PURCHASER):
        return []
    found = await rows(
        "SELECT code, title FROM suggestion WHERE street = $1 AND state = 'open'"
        " ORDER BY voices DESC, id DESC LIMIT $2",
        user.organization or "",
        _WAITING,
    )
    law = SUGGESTION.step(Act.ANSWER_SUGGESTION).law
    return [
        Waiting(title=row["title"], act=str(Act.ANSWER_SUGGESTION), url=f"/suggestions/{row['code']}", law=law)
        for row in found
    ]
