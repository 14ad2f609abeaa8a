"""An evaluation as its readers see it: who may see it is a WHERE, and drafts stay with those who work on them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from evaluations.queries.leaves import BranchRow, LeafRow, leaves_of
from evaluations.queries.records import facts_of
from evaluations.queries.surveys import SurveyRow, refusals_of, rows_of, survey_results, words_of
from evaluations.rules.leaves import Facts
from evaluations.states import Audience, Grade, Kind, Refusal, State, Veto
from market.base.calendar import local_date
from market.base.database import one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.law.queries import MARK, law_on
from market.law.states import Law
from market.people.queries import organization_names
from market.people.states import Role, User

PAGE = 50
_LONGEST_CURSOR = 18
UNSCORED = frozenset({State.PLANNED, State.OPEN, State.SCORING})
_RESULT = ("score", "grade", "veto", "veto_evidence", "opinion", "reply", "answer")
COMMITTEE = (Role.RESIDENTS_COMMITTEE, Role.RESIDENT_REPRESENTATIVE)


class EvidenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """The organization's own account, with its own score and its files."""

    statement: str
    self_score: Decimal
    attachments: list[str]
    submitted_at: datetime


class ObjectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One objection of the organization to the draft, with the answer to it; `leaf` is "" for the draft as a whole."""

    number: int
    leaf: str
    words: str
    answer: str


class EvaluationCard(Record, frozen=True, kw_only=True):
    """An evaluation for one reader; what this reader may not see yet is None or empty."""

    revision: int
    contract: str
    kind: Kind
    template: str
    title: str
    street: str
    street_name: str
    supplier: str
    supplier_name: str
    population: int
    opens_at: datetime
    due_on: date
    survey_until: datetime | None
    slips_url: str | None
    evaluator: str | None
    evaluator_name: str
    scored_at: datetime | None
    reply_until: datetime | None
    reply: str | None
    replied_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    concluded_at: datetime | None
    published_at: datetime | None
    score: Decimal | None
    grade: Grade | None
    veto: Veto | None
    veto_evidence: str | None
    opinion: str | None
    leaves: list[LeafRow]
    branches: list[BranchRow]
    surveys: list[SurveyRow]
    facts: dict[str, Any]
    evidence: list[EvidenceRow]
    objections: list[ObjectionRow]
    comments: list[str]
    asked_for_money: int | None
    refusals: dict[Refusal, int]


class EvaluationLine(Record, frozen=True, kw_only=True):
    """An evaluation in a list; score and grade only where the reader may see them."""

    title: str
    kind: Kind
    contract: str
    street_name: str
    supplier_name: str
    due_on: date
    score: Decimal | None
    grade: Grade | None
    published_at: datetime | None


# A committee looks after the evaluations of the street that it belongs to.
_NEAR = """
    ($4::bool AND EXISTS (SELECT 1 FROM organization s JOIN organization c ON c.street_code = s.street_code
     WHERE s.code = e.street AND c.code = $2 AND s.street_code <> ''))
"""
SEEN = f"""
    SELECT e.*, {_NEAR} AS near, {MARK} AS law_mark FROM evaluation e WHERE
    (e.state = 'published' OR $1::bool OR e.street = $2 OR e.supplier = $2
     OR (e.state <> 'planned' AND {_NEAR})
     OR (e.state <> 'planned' AND $3::bool AND $2 NOT IN (e.street, e.supplier)
         AND (e.evaluator IS NULL OR e.evaluator = $2)))
"""  # noqa: S608  nothing of the reader's stands in it


def reader(user: User) -> tuple[bool, str, bool, bool]:
    """Return who asks, as `SEEN` wants to know it."""
    return (
        user.may_be(Role.AUDITOR),
        user.organization or "-",
        user.may_be(Role.THIRD_PARTY_EVALUATOR),
        user.may_be(*COMMITTEE),
    )


async def law_of(row: Mapping[str, Any]) -> Law:
    """Return the law by which an evaluation is judged: that of the day on which it was planned."""
    return await law_on(day=local_date(row["planned_at"]), street=row["street"], mark=row.get("law_mark"))


async def evaluation_for(*, code: str, user: User, now: datetime) -> EvaluationCard:
    """Return an evaluation to a reader who may see it. Raises NotFound for everybody else."""
    row = await one(f"{SEEN} AND e.code = $5", *reader(user), code)
    if row is None:
        raise NotFound
    return await _card(row, user=user, now=now)


async def evaluations_page(*, user: User, after: str | None = None) -> Listing[EvaluationLine]:
    """Return the evaluations a reader may see, newest first, 50 a page."""
    cursor = int(after) if after and after.isdecimal() and len(after) <= _LONGEST_CURSOR else None
    found = await rows(
        f"{SEEN} AND ($5::bigint IS NULL OR e.id < $5) ORDER BY e.id DESC LIMIT {PAGE + 1}", *reader(user), cursor
    )
    names = await organization_names(codes={row[side] for row in found for side in ("street", "supplier")})
    items = [_line(row, names=names, user=user) for row in found[:PAGE]]
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


def sees_result(row: Mapping[str, Any], user: User) -> bool:
    """Tell whether a reader may see points and grade: everybody once published, before only those who work on them."""
    if row["state"] == State.PUBLISHED or works_on(row, user):
        return True
    return user.organization == row["supplier"] and State(row["state"]) not in UNSCORED


def works_on(row: Mapping[str, Any], user: User) -> bool:
    """Tell whether a reader judges or oversees the evaluation: street, evaluator, auditor."""
    evaluates = (
        user.may_be(Role.THIRD_PARTY_EVALUATOR)
        and user.organization not in {row["street"], row["supplier"]}
        and row["evaluator"] in (None, user.organization)
    )
    return user.may_be(Role.AUDITOR) or user.organization == row["street"] or evaluates


def acting_facts(row: Mapping[str, Any], *, user: User, now: datetime) -> frozenset[str]:
    """Return what holds for this reader now, as the lifecycle's `when` names it."""
    is_supplier = user.organization == row["supplier"]
    is_street = user.organization == row["street"]
    is_evaluator = user.may_be(Role.THIRD_PARTY_EVALUATOR) and not is_supplier and not is_street
    window_open = row["reply_until"] is not None and now < row["reply_until"]
    survey_over = row["survey_until"] is not None and now >= row["survey_until"]
    settles = is_street or is_evaluator
    facts = {
        "is_supplier": is_supplier,
        "may_score": is_evaluator and (row["state"] == State.SCORING or survey_over),
        "may_reply": is_supplier and window_open,
        "may_settle": settles,
        "may_conclude": settles and (row["state"] == State.SETTLED or not window_open),
        "may_publish": is_street and user.account != row["concluded_by"],
    }
    return frozenset(name for name, holds in facts.items() if holds)


def _line(row: Mapping[str, Any], *, names: Mapping[str, str], user: User) -> EvaluationLine:
    shown = sees_result(row, user)
    return EvaluationLine(
        code=row["code"],
        state=row["state"],
        url=f"/evaluations/{row['code']}",
        title=row["title"],
        kind=Kind(row["kind"]),
        contract=row["contract"],
        street_name=names.get(row["street"], ""),
        supplier_name=names.get(row["supplier"], ""),
        due_on=row["due_on"],
        score=row["score"] if shown else None,
        grade=Grade(row["grade"]) if shown and row["grade"] else None,
        published_at=row["published_at"],
    )


async def _card(row: dict[str, Any], *, user: User, now: datetime) -> EvaluationCard:
    names = await organization_names(codes={row[k] for k in ("street", "supplier", "evaluator") if row[k]})
    shown, works = sees_result(row, user), works_on(row, user)
    words = await words_of(evaluation=row["id"]) if works else None
    facts = await _facts(row, now=now) if works or user.organization == row["supplier"] or shown else Facts()
    leaves: list[LeafRow] = []
    branches: list[BranchRow] = []
    if shown or user.organization == row["supplier"]:
        leaves, branches = await leaves_of(row=row, facts=facts, law=await law_of(row))
    facts_dict = {
        k: v for k, v in msgspec.structs.asdict(facts).items() if v is not None and v is not False and v != ""
    }
    return msgspec.convert(
        {
            **row,
            "url": f"/evaluations/{row['code']}",
            "acts": acts_for(
                kind="evaluation",
                code=row["code"],
                state=row["state"],
                by=user,
                facts=acting_facts(row, user=user, now=now),
            ),
            "street_name": names.get(row["street"], ""),
            "supplier_name": names.get(row["supplier"], ""),
            "evaluator_name": names.get(row["evaluator"] or "", ""),
            "slips_url": _slips_url(row, user),
            "leaves": leaves,
            "branches": branches,
            "surveys": await _surveys(row) if shown else [],
            "facts": facts_dict,
            "evidence": await _evidence(row) if works or user.organization == row["supplier"] else [],
            "objections": await _objections(row) if shown and row["reply"] else [],
            "comments": words.comments if words else [],
            "refusals": await refusals_of(evaluation=row["id"]) if user.may_be(Role.AUDITOR) else {},
            "asked_for_money": words.asked_for_money if words and user.may_be(Role.AUDITOR) else None,
            **(
                {}
                if shown
                else dict.fromkeys(("score", "grade", "veto", "veto_evidence", "opinion", "reply", "answer"))
            ),
        },
        EvaluationCard,
        from_attributes=True,
    )


def audiences_for(row: Mapping[str, Any], user: User) -> list[Audience]:
    """Return whose slips a reader hands out: the committee the residents' and its own, each side its own."""
    found = []
    if row["near"]:
        found += [Audience.RESIDENTS, Audience.COMMITTEE]
    if user.organization == row["street"]:
        found.append(Audience.BUYER)
    if user.organization == row["supplier"]:
        found.append(Audience.SUPPLIER)
    return found


def _slips_url(row: Mapping[str, Any], user: User) -> str | None:
    is_out = row["state"] != State.PLANNED and audiences_for(row, user)
    return f"/evaluations/{row['code']}/slips" if is_out else None


async def _facts(row: Mapping[str, Any], *, now: datetime) -> Facts:
    if row["facts"] is not None:
        return msgspec.convert(row["facts"], Facts, strict=False)
    return await facts_of(contract=row["contract"], now=now, law=await law_of(row))


async def _surveys(row: Mapping[str, Any]) -> list[SurveyRow]:
    return rows_of(await survey_results(evaluation=row["id"], population=row["population"], law=await law_of(row)))


async def _objections(row: Mapping[str, Any]) -> list[ObjectionRow]:
    found = await rows("SELECT * FROM reply_point WHERE evaluation = $1 ORDER BY number", row["id"])
    return msgspec.convert(found, list[ObjectionRow])


async def _evidence(row: Mapping[str, Any]) -> list[EvidenceRow]:
    found = await rows("SELECT * FROM evidence WHERE evaluation = $1 ORDER BY id DESC", row["id"])
    return msgspec.convert(found, list[EvidenceRow])
