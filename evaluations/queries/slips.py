"""Slips: a sheet of them for whoever hands them out, and the one slip that somebody holds in the hand."""

from datetime import datetime
from typing import Any

import msgspec

from evaluations.queries.cards import SEEN, audiences_for, reader
from evaluations.rules.surveys import slip_digest, slip_word
from evaluations.states import Act, Audience, Kind, State
from market.base.database import one, rows
from market.base.lifecycle import ActLink
from market.base.records import Record
from market.base.refusal import NotFound
from market.people.queries import organization_names
from market.people.states import User


class SlipRow(msgspec.Struct, frozen=True, kw_only=True):
    """One slip: its number, its word and page, and whether it has been used."""

    audience: Audience
    number: int
    word: str
    url: str
    used: bool


class SlipSheet(Record, frozen=True, kw_only=True):
    """The slips of an evaluation that this reader hands out."""

    title: str
    survey_until: datetime
    slips: list[SlipRow]


class SurveyReceipt(Record, frozen=True, kw_only=True):
    """A survey as the holder of a slip sees it: what is asked about, until when, and whether this slip was used.

    `code` is the evaluation's; `state` is the slip's: open, used or closed.
    """

    title: str
    kind: Kind
    supplier_name: str
    street_name: str
    audience: Audience
    survey_until: datetime
    open: bool
    used: bool
    answer_url: str


async def slips_for(*, code: str, user: User, secret: str) -> SlipSheet:
    """Return the slips that this reader hands out. Raises NotFound for everybody else and before the survey opens."""
    row = await one(f"{SEEN} AND e.code = $5", *reader(user), code)
    audiences = audiences_for(row, user) if row and row["state"] != State.PLANNED else []
    if row is None or not audiences:
        raise NotFound
    found = await rows(
        "SELECT audience, number, used_on FROM survey_slip WHERE evaluation = $1 AND audience = ANY ($2)"
        " ORDER BY audience DESC, number",
        row["id"], [str(audience) for audience in audiences],
    )  # fmt: skip
    return SlipSheet(
        code=row["code"],
        state=row["state"],
        title=row["title"],
        url=f"/evaluations/{row['code']}",
        survey_until=row["survey_until"],
        slips=[_slip(slip, code=row["code"], secret=secret) for slip in found],
    )


def _slip(row: dict[str, Any], *, code: str, secret: str) -> SlipRow:
    audience = Audience(row["audience"])
    word = slip_word(secret=secret, evaluation=code, audience=audience, number=row["number"])
    return SlipRow(
        audience=audience, number=row["number"], word=word, url=f"/survey/{word}", used=row["used_on"] is not None
    )


async def slip_for(*, word: str, evaluation: str | None = None, now: datetime) -> SurveyReceipt:
    """Return the survey that a slip opens, of one evaluation when it is named.

    Raises NotFound for a word that was never given out.
    """
    row = await one(
        "SELECT e.*, s.audience, s.used_on FROM survey_slip s JOIN evaluation e ON e.id = s.evaluation"
        " WHERE s.digest = $1 AND ($2::text IS NULL OR e.code = $2)",
        slip_digest(word), evaluation,
    )  # fmt: skip
    if row is None:
        raise NotFound
    names = await organization_names(codes=[row["supplier"], row["street"]])
    used = row["used_on"] is not None
    is_open = row["state"] == State.OPEN and now < row["survey_until"]
    answer_url = f"/evaluations/{row['code']}/{Act.ANSWER_SURVEY}"
    may_answer = is_open and not used
    return SurveyReceipt(
        code=row["code"],
        state="used" if used else "open" if is_open else "closed",
        acts=[ActLink(act=str(Act.ANSWER_SURVEY), method="POST", href=answer_url)] if may_answer else [],
        title=row["title"],
        kind=Kind(row["kind"]),
        supplier_name=names.get(row["supplier"], ""),
        street_name=names.get(row["street"], ""),
        audience=Audience(row["audience"]),
        survey_until=row["survey_until"],
        open=is_open,
        used=used,
        url=f"/survey/{word.strip().lower()}",
        answer_url=answer_url,
    )
