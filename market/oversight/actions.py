"""The deeds of oversight: a finding is opened, answered and closed; a flag is raised by a rule and cleared."""

from datetime import date, datetime
from typing import Any

from market.base.calendar import local_date
from market.base.codes import code_for
from market.base.database import one, rows, transaction
from market.base.ledger import Event, Follower, record
from market.base.lifecycle import objections_to_state
from market.base.refusal import NotFound, refuse_if, same_revision
from market.law.actions import Moved, move_deadline
from market.law.queries import law_on
from market.law.rules import moved_to
from market.needs.queries import need_facts
from market.oversight import rules
from market.oversight.queries import FindingCard, FlagCard, finding_for, flag_for, subject_exists
from market.oversight.states import FINDING, FLAG, Act, FlagState, State
from market.oversight.tables import Finding, Flag
from market.people.queries import organizations_of_kind
from market.people.states import CLOCK, Role, User
from market.people.topics import Topic, serving

_REPEATED = "HR-1"


async def open_finding(*, subject: str, street: str, title: str, text: str, by: User, now: datetime) -> FindingCard:
    """Open a finding about a record, addressed to a street office, to be answered within ten working days.

    Refused when the ledger knows no such record or the addressee is no street office.
    """
    async with transaction():
        streets = {code for code, _ in await organizations_of_kind(kind="street")}
        refuse_if(
            rules.objections_to_finding(
                subject_exists=await subject_exists(code=subject), concerns_street=street in streets
            )
        )
        code, today = await code_for("F", now), local_date(now)
        await Finding.insert(
            Finding(
                code=code,
                subject=subject,
                street=street,
                title=title,
                text=text,
                state=State.OPEN,
                opened_by=by.account,
                opened_at=now,
                answer_by=rules.answer_by(opened_on=today, law=await law_on(day=today, street=street)),
            )
        )
        await record(
            room="oversight",
            act=Act.OPEN_FINDING,
            code=code,
            by=by,
            now=now,
            detail={"subject": subject, "street": street},
        )
        return await finding_for(code=code, user=by)


async def _lock(*, code: str, by: User, expected: int | None) -> dict[str, Any]:
    """Lock a finding that this user may see. Raises NotFound, Stale."""
    row = await one("SELECT * FROM finding WHERE code = $1 FOR UPDATE", code)
    if row is None or not (by.may_be(Role.AUDITOR) or row["street"] == by.organization):
        raise NotFound
    same_revision(expected, row["revision"])
    return row


async def answer_finding(*, code: str, answer: str, expected: int | None, by: User, now: datetime) -> FindingCard:
    """Answer a finding for the street concerned. Refused when it is not open."""
    async with transaction():
        row = await _lock(code=code, by=by, expected=expected)
        refuse_if(objections_to_state(FINDING, Act.ANSWER_FINDING, row["state"]))
        await rows(
            "UPDATE finding SET state = $2, answer = $3, answered_at = $4, revision = revision + 1 WHERE code = $1",
            code,
            State.ANSWERED,
            answer,
            now,
        )
        await record(room="oversight", act=Act.ANSWER_FINDING, code=code, by=by, now=now)
        return await finding_for(code=code, user=by)


async def close_finding(*, code: str, conclusion: str, expected: int | None, by: User, now: datetime) -> FindingCard:
    """Close an answered finding with a conclusion, which is published with the finding's title and answer."""
    async with transaction():
        row = await _lock(code=code, by=by, expected=expected)
        refuse_if(objections_to_state(FINDING, Act.CLOSE_FINDING, row["state"]))
        await rows(
            "UPDATE finding SET state = $2, conclusion = $3, closed_at = $4, revision = revision + 1 WHERE code = $1",
            code,
            State.CLOSED,
            conclusion,
            now,
        )
        public = {
            "subject": row["subject"],
            "street": row["street"],
            "title": row["title"],
            "answer": row["answer"],
            "conclusion": conclusion,
        }
        await record(room="oversight", act=Act.CLOSE_FINDING, code=code, by=by, now=now, public=public)
        return await finding_for(code=code, user=by)


async def reckon_answers_anew(event: Event) -> None:
    """Follow the taking in of a holiday list: move the last days for answering open findings."""
    waiting = await rows(
        "SELECT id, code, street, opened_at, answer_by FROM finding WHERE state = $1 AND answer_by >= $2"
        " ORDER BY id FOR UPDATE",
        str(State.OPEN),
        date.fromisoformat((event.public or {})["since"]),
    )
    moved = []
    for row in waiting:
        opened_on = local_date(row["opened_at"])
        then = rules.answer_by(opened_on=opened_on, law=await law_on(day=opened_on, street=row["street"]))
        if day := moved_to(before=row["answer_by"], after=then, now=local_date(event.at)):
            await rows("UPDATE finding SET answer_by = $2, revision = revision + 1 WHERE id = $1", row["id"], day)
            moved.append(
                Moved(
                    code=row["code"],
                    what="answer",
                    before=row["answer_by"],
                    after=day,
                    url=f"/findings/{row['code']}",
                    topic=Topic.OVERSIGHT,
                    to=serving(row["street"], *(Role(role) for role in sorted(FINDING.step(Act.ANSWER_FINDING).by))),
                )
            )
    await move_deadline(moved=moved, holidays=event.code, by=event.by, now=event.at)


async def flag_repeated_purchases(event: Event) -> None:
    """Follow the submission of a need: purchases named beside it are for an auditor to look into. Law: HR-1."""
    if event.detail.get("flag") != _REPEATED:
        return
    need = await need_facts(code=event.code)
    await raise_flag(
        subject=need.code,
        street=need.street,
        title=need.title,
        law=_REPEATED,
        beside=event.detail["beside"],
        now=event.at,
    )


async def raise_flag(*, subject: str, street: str, title: str, law: str, beside: list[str], now: datetime) -> str:
    """Raise a flag about a record and return its code; one that still stands is kept and names what is beside it now.

    The caller holds the record's lock, so that two cannot raise the same.
    """
    async with transaction():
        standing = await one(
            "UPDATE flag SET beside = $3, title = $4, raised_at = $5, revision = revision + 1"
            " WHERE subject = $1 AND law = $2 AND state = 'raised' RETURNING code",
            subject,
            law,
            beside,
            title,
            now,
        )
        code = str(standing["code"]) if standing else await code_for("FL", now)
        if standing is None:
            await Flag.insert(
                Flag(
                    code=code,
                    subject=subject,
                    street=street,
                    title=title,
                    law=law,
                    beside=beside,
                    state=FlagState.RAISED,
                    raised_at=now,
                )
            )
        detail = {"subject": subject, "law": law, "beside": beside}
        await record(room="oversight", act=Act.RAISE_FLAG, code=code, by=CLOCK, now=now, detail=detail)
        return code


async def clear_flag(*, code: str, reason: str, expected: int | None, by: User, now: datetime) -> FlagCard:
    """Clear a flag that was looked into, with the reason. Refused when it is cleared. Raises NotFound, Stale."""
    async with transaction():
        row = await one("SELECT * FROM flag WHERE code = $1 FOR UPDATE", code)
        if row is None or not by.may_be(Role.AUDITOR):
            raise NotFound
        same_revision(expected, row["revision"])
        refuse_if(objections_to_state(FLAG, Act.CLEAR_FLAG, row["state"]))
        await rows(
            "UPDATE flag SET state = $2, reason = $3, cleared_by = $4, cleared_at = $5, revision = revision + 1"
            " WHERE code = $1",
            code,
            str(FlagState.CLEARED),
            reason,
            by.account,
            now,
        )
        await record(
            room="oversight", act=Act.CLEAR_FLAG, code=code, by=by, now=now, detail={"subject": row["subject"]}
        )
        return await flag_for(code=code, user=by)


FOLLOWERS: dict[str, Follower] = {
    "law:import-holidays": reckon_answers_anew,
    "needs:submit-need": flag_repeated_purchases,
}
