"""Challenges and complaints: filed by who took part, answered by the street or decided by the supervisor.

Each locks the tender first, so that nothing is signed or awarded while it is judged what follows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from market.base.calendar import end_of_day, local_date
from market.base.codes import code_for
from market.base.database import Row, one, rows, transaction
from market.base.ledger import record, record_many
from market.base.lifecycle import objections_to_state
from market.base.records import Turned
from market.base.refusal import NotFound, Objection, refuse_if, same_revision, say
from market.needs.actions import release
from market.people.attachments import objections_to_attachments
from market.people.states import CLOCK, User
from market.tendering.actions.locking import set_state
from market.tendering.queries.disputes import ChallengeCard, ComplaintCard, challenge_for, complaint_for
from market.tendering.queries.offers import standing_of
from market.tendering.queries.tenders import law_of_tender
from market.tendering.rules import disputes as rules
from market.tendering.rules.award import confirm_until
from market.tendering.rules.disputes import Standing
from market.tendering.states import CHALLENGE, COMPLAINT, Act, BidState, State
from market.tendering.states.disputes import ChallengeState, ComplaintState, Kind, Outcome, Path, Stage
from market.tendering.tables import Challenge, Complaint

_TENDER = """
    SELECT t.*, o.name AS street_name, o.district FROM tender t JOIN organization o ON o.code = t.street
    WHERE t.published_at IS NOT NULL AND
"""
_LETTER = ("facts", "grounds", "request", "contact", "files")


async def file_challenge(
    *, code: str, kind: Kind, stage: Stage | None, matter: str, letter: dict[str, Any], by: User, now: datetime
) -> ChallengeCard:
    """Challenge a tender's documents, a stage of its process or its result, in writing, once each.

    `letter` has facts, grounds, request, contact and the codes of files. Refused for who took no part (Q-3), after the
    days of Q-1, before there is anything to challenge (Q-2), and a second time. Until it is answered no contract of
    this tender is signed (Q-5).
    """
    async with transaction():
        row = await one(f"{_TENDER} t.code = $1 FOR UPDATE OF t", code)
        if row is None or by.organization is None:
            raise NotFound
        refuse_if(objections_to_state(CHALLENGE, Act.FILE_CHALLENGE, row["state"]))
        law = await law_of_tender(row=row, now=now)
        standing = await _standing(row=row, organization=by.organization, now=now)
        found = rules.objections_to_challenge(
            kind=kind,
            stage=stage,
            standing=standing,
            filed=await _filed(tender=row["id"], organization=by.organization),
            today=local_date(now),
            law=law,
        )
        refuse_if(found + await _objections_to_files(letter["files"], by=by))
        known = rules.known_on(kind=kind, stage=stage, standing=standing, law=law)
        due = rules.answer_by(filed_on=local_date(now), law=law)
        made = await code_for("CH", now)
        await Challenge.insert(
            Challenge(
                code=made,
                tender=row["id"],
                organization=by.organization,
                kind=kind,
                stage=stage or "",
                matter=matter,
                **{name: letter[name] for name in _LETTER},
                known_on=known,
                filed_by=by.account,
                filed_at=now,
                state=ChallengeState.OPEN,
                answer_by=due,
                complain_until=rules.complain_until(answer_by=due, law=law),
                next_turn_at=end_of_day(due),
            )
        )
        detail = {"tender": code, "kind": kind, "stage": stage}
        await record(room="tendering", act=Act.FILE_CHALLENGE, code=made, by=by, now=now, detail=detail)
        return await challenge_for(code=made, user=by, now=now)


async def _standing(*, row: Row, organization: str, now: datetime) -> Standing:
    found = await one(
        "SELECT d.taken_at, b.state AS bid, (SELECT max(k.corrected_at) FROM correction k WHERE k.tender = x.tender)"
        " AS corrected_at FROM (SELECT $1::bigint AS tender, $2::text AS organization) x"
        " LEFT JOIN documents_taken d ON d.tender = x.tender AND d.organization = x.organization"
        " LEFT JOIN bid b ON b.tender = x.tender AND b.organization = x.organization",
        row["id"],
        organization,
    )
    assert found is not None  # noqa: S101  the inner row is always there
    return standing_of(row=row, taken_at=found["taken_at"], bid=found["bid"], corrected=found["corrected_at"], now=now)


async def _filed(*, tender: int, organization: str) -> list[tuple[Kind, Stage | None]]:
    found = await rows(
        "SELECT kind, stage FROM challenge WHERE tender = $1 AND organization = $2", tender, organization
    )
    return [(Kind(each["kind"]), Stage(each["stage"]) if each["stage"] else None) for each in found]


async def _objections_to_files(files: Sequence[str], *, by: User) -> list[Objection]:
    return await objections_to_attachments(codes=files, field="files", by=by) if files else []


async def _lock(*, challenge: str) -> tuple[Row, Row]:
    """Lock a challenge's tender, then the challenge with its complaint's state. Raises NotFound."""
    known = await one("SELECT tender FROM challenge WHERE code = $1", challenge)
    if known is None:
        raise NotFound
    tender = await one(f"{_TENDER} t.id = $1 FOR UPDATE OF t", known["tender"])
    row = await one(
        "SELECT c.*, x.code AS complaint, x.state AS complaint_state FROM challenge c"
        " LEFT JOIN complaint x ON x.challenge = c.id WHERE c.code = $1 FOR UPDATE OF c",
        challenge,
    )
    if tender is None or row is None:
        raise NotFound
    return tender, row


async def answer_challenge(
    *, code: str, outcome: Outcome, answer: str, grounds: str, expected: int | None, by: User, now: datetime
) -> ChallengeCard:
    """Answer a challenge for one's street, and do for the purchase what Q-6 says; a late answer is still an answer.

    Refused when it is answered already, or the supervisor has decided.
    """
    async with transaction():
        tender, row = await _lock(challenge=code)
        if tender["street"] != by.organization:
            raise NotFound
        same_revision(expected, row["revision"])
        found = objections_to_state(CHALLENGE, Act.ANSWER_CHALLENGE, row["state"])
        if row["complaint_state"] == ComplaintState.DECIDED:
            found.append(Objection("", say("The supervisor has decided about this already."), "Q-8.decide"))
        refuse_if(found)
        path = await _path(tender=tender, kind=Kind(row["kind"]), outcome=outcome, now=now)
        await rows(
            "UPDATE challenge SET state = $2, outcome = $3, path = $4, answer = $5, answer_grounds = $6,"
            " answered_by = $7, answered_at = $8, next_turn_at = NULL, revision = revision + 1 WHERE id = $1",
            row["id"],
            str(ChallengeState.ANSWERED),
            str(outcome),
            str(path),
            answer,
            grounds,
            by.account,
            now,
        )
        public = {"tender": tender["code"], "kind": row["kind"], "outcome": outcome, "path": path}
        await record(room="tendering", act=Act.ANSWER_CHALLENGE, code=code, by=by, now=now, public=public)
        await _tell_the_tender(Act.ANSWER_CHALLENGE, tender=tender, letter=code, public=public, by=by, now=now)
        await _follow(path, tender=tender, because=code, by=by, now=now)
        return await challenge_for(code=code, user=by, now=now)


async def _path(*, tender: Row, kind: Kind, outcome: Outcome, now: datetime) -> Path:
    others = await one("SELECT count(*) AS n FROM bid WHERE tender = $1 AND rank > 1", tender["id"])
    return rules.path_of(
        kind=kind,
        outcome=outcome,
        state=State(tender["state"]),
        may_correct=now < tender["closes_at"],
        qualified=others["n"] if others else 0,
        law=await law_of_tender(row=tender, now=now),
    )


async def _follow(path: Path, *, tender: Row, because: str, by: User, now: datetime) -> None:
    """Do to a locked tender what follows: the award falls, or the purchase ends and its need is free again."""
    if path is Path.NEXT:
        await rows(
            "UPDATE bid SET state = $2, refusal = $3, rank = NULL WHERE tender = $1 AND rank = 1",
            tender["id"],
            str(BidState.DISQUALIFIED),
            f"{because}：质疑或者投诉成立，成交结果无效",
        )
        await rows("UPDATE bid SET rank = rank - 1 WHERE tender = $1 AND rank > 1", tender["id"])
        until = confirm_until(reported_at=now, law=await law_of_tender(row=tender, now=now))
        await set_state(
            row=tender, state=State.EVALUATED, confirm_until=until, decided_at=None, decided_by=None, contract=None
        )
    elif path is Path.REDO:
        reason = f"{because}：质疑或者投诉成立，依法重新开展采购活动"
        await set_state(
            row=tender,
            state=State.CANCELLED,
            ended_at=now,
            reason=reason,
            decided_at=None,
            decided_by=None,
            contract=None,
        )
        await release(code=tender["need"], now=now, by=by)
        public = {"tender": tender["code"], "title": tender["title"], "state": State.CANCELLED, "reason": reason}
        await record(room="tendering", act=Act.CANCEL_TENDER, code=tender["code"], by=by, now=now, public=public)


async def _tell_the_tender(
    act: Act, *, tender: Row, letter: str, public: dict[str, Any], by: User, now: datetime
) -> None:
    """Leave the same line in the tender's own history; the letter's event is the one that others follow."""
    told = {**public, "letter": letter}
    await record_many(room="tendering", act=act, events=[(tender["code"], told, {})], by=by, now=now)


async def note_overdue_answer(*, row: Row, now: datetime) -> Turned:
    """Note that the days of Q-4 went by without an answer, of a challenge locked by the caller; it is told."""
    await rows("UPDATE challenge SET overdue_at = $2, next_turn_at = NULL WHERE id = $1", row["id"], now)
    detail = {"answer_by": row["answer_by"]}
    await record(room="tendering", act=Act.NOTE_OVERDUE_ANSWER, code=row["code"], by=CLOCK, now=now, detail=detail)
    return Turned(act=Act.NOTE_OVERDUE_ANSWER, code=row["code"], at=now)


async def file_complaint(*, code: str, letter: dict[str, Any], by: User, now: datetime) -> ComplaintCard:
    """Complain of a challenge of one's own organization to the district finance supervisor; its matter stays.

    Refused before the answer or its last day, after the days of Q-7, and a second time. Signing waits for the decision,
    at most as long as Q-8 allows.
    """
    async with transaction():
        tender, row = await _lock(challenge=code)
        if row["organization"] != by.organization:
            raise NotFound
        law = await law_of_tender(row=tender, now=now)
        found = rules.objections_to_complaint(
            answered=row["state"] == ChallengeState.ANSWERED,
            answer_by=row["answer_by"],
            until=row["complain_until"],
            complained=row["complaint"] is not None,
            today=local_date(now),
        )
        refuse_if(found + await _objections_to_files(letter["files"], by=by))
        clock = rules.complaint_clock(filed_at=now, law=law)
        made = await code_for("CP", now)
        await Complaint.insert(
            Complaint(
                code=made,
                challenge=row["id"],
                **{name: letter[name] for name in _LETTER},
                filed_by=by.account,
                filed_at=now,
                state=ComplaintState.FILED,
                examine_by=clock.examine_by,
                decide_by=clock.decide_by,
                suspended_until=clock.suspended_until,
            )
        )
        detail = {"tender": tender["code"], "challenge": code}
        await record(room="tendering", act=Act.FILE_COMPLAINT, code=made, by=by, now=now, detail=detail)
        return await complaint_for(code=made, user=by, now=now)


async def decide_complaint(
    *, code: str, outcome: Outcome, decision: str, grounds: str, expected: int | None, by: User, now: datetime
) -> ComplaintCard:
    """Decide a complaint of one's district, publish the decision, and do for the purchase what Q-6 says."""
    async with transaction():
        known = await one(
            "SELECT c.code, c.answered_at, p.name AS organization_name FROM complaint x"
            " JOIN challenge c ON c.id = x.challenge JOIN organization p ON p.code = c.organization WHERE x.code = $1",
            code,
        )
        if known is None:
            raise NotFound
        tender, challenge = await _lock(challenge=known["code"])
        row = await one("SELECT * FROM complaint WHERE code = $1 FOR UPDATE", code)
        if row is None or tender["district"] != await _district_of(by):
            raise NotFound
        same_revision(expected, row["revision"])
        refuse_if(objections_to_state(COMPLAINT, Act.DECIDE_COMPLAINT, row["state"]))
        path = await _path(tender=tender, kind=Kind(challenge["kind"]), outcome=outcome, now=now)
        await rows(
            "UPDATE complaint SET state = $2, outcome = $3, path = $4, decision = $5, decision_grounds = $6,"
            " decided_by = $7, decided_at = $8, revision = revision + 1 WHERE id = $1",
            row["id"],
            str(ComplaintState.DECIDED),
            str(outcome),
            str(path),
            decision,
            grounds,
            by.account,
            now,
        )
        # An answer that never came is not waited for any longer.
        await rows(
            "UPDATE challenge SET next_turn_at = NULL, overdue_at = coalesce(overdue_at, $2) WHERE id = $1"
            " AND state = 'open'",
            challenge["id"],
            now,
        )
        public = {
            "tender": tender["code"],
            "title": tender["title"],
            "challenge": challenge["code"],
            "complainant": known["organization_name"],
            "respondent": tender["street_name"],
            "outcome": outcome,
            "path": path,
            "decision": decision,
            "grounds": grounds,
        }
        await record(room="tendering", act=Act.DECIDE_COMPLAINT, code=code, by=by, now=now, public=public)
        await _tell_the_tender(Act.DECIDE_COMPLAINT, tender=tender, letter=code, public=public, by=by, now=now)
        await _follow(path, tender=tender, because=code, by=by, now=now)
        return await complaint_for(code=code, user=by, now=now)


async def _district_of(user: User) -> str | None:
    row = await one("SELECT district FROM organization WHERE code = $1", user.organization)
    return row["district"] if row else None
