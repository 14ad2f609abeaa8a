"""Reads of challenges and complaints: for parties and supervisor; answers for who took part; decisions for all."""

from datetime import date, datetime
from typing import Any

import msgspec

from market.base.calendar import last_day, local_date, start_of_day
from market.base.database import Row, one, rows
from market.base.records import Listing, Record, acts_for
from market.base.refusal import NotFound
from market.law.queries import law_on, laws_on
from market.law.states import Law
from market.people.states import Role, User
from market.tendering.rules import disputes as rules
from market.tendering.rules.disputes import Suspension
from market.tendering.states.disputes import ChallengeState, ComplaintState

PAGE = 50
_LONGEST_NUMBER = 19


class EvidenceFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a letter, under its number."""

    number: int
    url: str


class Letter(Record, frozen=True, kw_only=True):
    """What challenge and complaint both say: about which tender, whose it is, what it states and what shows it."""

    revision: int
    tender: str
    title: str
    street: str
    street_name: str
    organization: str
    organization_name: str
    kind: str
    stage: str
    matter: str
    facts: str
    grounds: str
    request: str
    contact: str
    files: list[EvidenceFile]
    filed_at: datetime


class ChallengeCard(Letter, frozen=True, kw_only=True):
    """A challenge and its answer. Who challenges, how to reach them and their files are the parties' alone."""

    known_on: date
    answer_by: date
    overdue_at: datetime | None
    outcome: str | None
    path: str | None
    answer: str
    answer_grounds: str
    answered_at: datetime | None
    complain_until: date
    complaint: str | None


class ComplaintCard(Letter, frozen=True, kw_only=True):
    """A complaint and its decision; `unfounded` counts the complainant's of twelve months, for the supervisor."""

    challenge: str
    examine_by: date
    decide_by: date
    suspended_until: datetime
    suspended_last_on: date
    outcome: str | None
    path: str | None
    decision: str
    decision_grounds: str
    decided_at: datetime | None
    unfounded: int | None = None
    serial: bool = False


# $1 is the reader's organization, $2 whether an auditor reads, $3 whether a finance supervisor does.
_PARTY = """
    (c.organization = $1 OR t.street = $1 OR $2::bool
     OR ($3::bool AND s.district = (SELECT r.district FROM organization r WHERE r.code = $1)))
"""
_TOOK_PART = """
    (c.state = 'answered' AND EXISTS (
        SELECT 1 FROM documents_taken d WHERE d.tender = t.id AND d.organization = $1 AND $1 <> ''))
"""
_OF_BOTH = """
    t.code AS tender, t.title, t.street, s.name AS street_name, s.district, t.state AS tender_state, t.published_at,
    c.organization, p.name AS organization_name, c.kind, c.stage
"""
_FROM = """
    FROM challenge c JOIN tender t ON t.id = c.tender JOIN organization s ON s.code = t.street
    JOIN organization p ON p.code = c.organization LEFT JOIN complaint x ON x.challenge = c.id
"""
_CHALLENGE = f"""
    SELECT c.id, c.code, c.revision, c.state, c.matter, c.facts, c.grounds, c.request, c.contact, c.files, c.known_on,
        c.filed_at, c.answer_by, c.overdue_at, c.outcome, c.path, c.answer, c.answer_grounds, c.answered_at,
        c.complain_until, x.code AS complaint, {_PARTY} AS is_party, {_OF_BOTH} {_FROM}
    WHERE ({_PARTY} OR {_TOOK_PART})
"""
_COMPLAINT = f"""
    SELECT x.id, x.code, x.revision, x.state, c.code AS challenge, c.matter, x.facts, x.grounds, x.request, x.contact,
        x.files, x.filed_at, x.examine_by, x.decide_by, x.suspended_until, x.outcome, x.path, x.decision,
        x.decision_grounds, x.decided_at, {_PARTY} AS is_party, {_OF_BOTH},
        (SELECT count(*) FROM complaint u JOIN challenge v ON v.id = u.challenge WHERE v.organization = c.organization
         AND u.outcome = 'unfounded' AND u.decided_at >= $4) AS counted {_FROM}
    WHERE x.id IS NOT NULL AND (x.state = 'decided' OR {_PARTY})
"""  # noqa: S608  no words of a reader enter


def _reader(user: User) -> tuple[str, bool, bool]:
    return user.organization or "", user.may_be(Role.AUDITOR), user.may_be(Role.FINANCE_SUPERVISOR)


def _counted_since(now: datetime) -> datetime:
    return start_of_day(rules.unfounded_since(today=local_date(now)))


async def challenge_for(*, code: str, user: User, now: datetime) -> ChallengeCard:
    """Return a challenge to its parties, the supervisor, the auditors, and once answered to who took part."""
    row = await one(f"{_CHALLENGE} AND c.code = $4", *_reader(user), code)
    if row is None:
        raise NotFound
    return _challenge(row, user=user, now=now)


async def challenges_page(*, user: User, now: datetime, after: str | None = None) -> Listing[ChallengeCard]:
    """Return the challenges a reader may see, newest first, 50 a page."""
    found = await rows(
        f"{_CHALLENGE} AND ($4::bigint IS NULL OR c.id < $4) ORDER BY c.id DESC LIMIT {PAGE + 1}",
        *_reader(user),
        _cursor(after),
    )
    return _page(found, [_challenge(row, user=user, now=now) for row in found[:PAGE]])


async def complaint_for(*, code: str, user: User, now: datetime) -> ComplaintCard:
    """Return a complaint to its parties and the supervisor, once decided to everybody (Q-10). Raises NotFound."""
    row = await one(f"{_COMPLAINT} AND x.code = $5", *_reader(user), _counted_since(now), code)
    if row is None:
        raise NotFound
    law = await law_on(day=local_date(now), district=row["district"], street=row["street"])
    return _complaint(row, law=law, user=user)


async def complaints_page(*, user: User, now: datetime, after: str | None = None) -> Listing[ComplaintCard]:
    """Return the complaints a reader may see, newest first, 50 a page; the public sees the decisions."""
    found = await rows(
        f"{_COMPLAINT} AND ($5::bigint IS NULL OR x.id < $5) ORDER BY x.id DESC LIMIT {PAGE + 1}",
        *_reader(user),
        _counted_since(now),
        _cursor(after),
    )
    places = [(local_date(now), row["district"], row["street"]) for row in found[:PAGE]]
    laws = await laws_on(places=places)
    cards = [_complaint(row, law=laws[place], user=user) for row, place in zip(found, places, strict=False)]
    return _page(found, cards)


def _cursor(after: str | None) -> int | None:
    return int(after) if after and after.isdecimal() and len(after) < _LONGEST_NUMBER else None


def _page(found: list[Row], items: list[Any]) -> Listing[Any]:
    return Listing(items=items, next=str(found[PAGE - 1]["id"]) if len(found) > PAGE else None)


def _challenge(row: Row, *, user: User, now: datetime) -> ChallengeCard:
    facts = set()
    if row["street"] == user.organization:
        facts.add("concerns_my_street")
    if row["organization"] == user.organization and row["complaint"] is None:
        answered = row["state"] == ChallengeState.ANSWERED
        if rules.may_complain(
            answered=answered, answer_by=row["answer_by"], until=row["complain_until"], today=local_date(now)
        ):
            facts.add("may_complain")
    url = f"/challenges/{row['code']}"
    acts = acts_for(kind="challenge", code=row["code"], state=row["state"], by=user, facts=facts)
    return msgspec.convert({**_for_reader(row, url), "url": url, "acts": acts}, ChallengeCard)


def _complaint(row: Row, *, law: Law, user: User) -> ComplaintCard:
    supervises = row["is_party"] and user.may_be(Role.FINANCE_SUPERVISOR, Role.AUDITOR)
    facts = {"is_my_district"} if row["is_party"] and user.may_be(Role.FINANCE_SUPERVISOR) else set()
    url = f"/complaints/{row['code']}"
    told: dict[str, Any] = {}
    if supervises:
        told = {"unfounded": row["counted"], "serial": rules.is_serial(unfounded=row["counted"], law=law)}
    acts = acts_for(kind="complaint", code=row["code"], state=row["state"], by=user, facts=facts)
    suspended = {"suspended_last_on": last_day(row["suspended_until"])}
    return msgspec.convert({**_for_reader(row, url), **suspended, **told, "url": url, "acts": acts}, ComplaintCard)


def _for_reader(row: Row, url: str) -> Row:
    """Return a letter as its reader may see it: contact and files for the parties; the name also in a decision."""
    if row["is_party"]:
        files = [EvidenceFile(number=n, url=f"{url}/files/{n}") for n in range(1, len(row["files"]) + 1)]
        return {**row, "files": files}
    hidden = {"contact": "", "files": [], "facts": "", "grounds": "", "request": ""}
    if row["state"] != ComplaintState.DECIDED:
        hidden |= {"organization": "", "organization_name": ""}
    return {**row, **hidden}


async def file_of_letter(*, code: str, number: int, user: User, now: datetime) -> str:
    """Return the attachment behind a file of a challenge or complaint, to its parties alone. Raises NotFound."""
    of_challenge = code.startswith("CH-")
    row = await (
        one(f"{_CHALLENGE} AND c.code = $4", *_reader(user), code)
        if of_challenge
        else one(f"{_COMPLAINT} AND x.code = $5", *_reader(user), _counted_since(now), code)
    )
    if row is None or not row["is_party"] or not 1 <= number <= len(row["files"]):
        raise NotFound
    return str(row["files"][number - 1])


async def suspensions_of(*, tender: str, now: datetime) -> list[Suspension]:
    """Return what the signing of a tender's contract waits for now (Q-5, Q-8), for the rooms above."""
    found = await rows(
        "SELECT c.code, c.state, x.code AS complaint, x.state AS complaint_state, x.suspended_until FROM challenge c"
        " JOIN tender t ON t.id = c.tender LEFT JOIN complaint x ON x.challenge = c.id WHERE t.code = $1 ORDER BY c.id",
        tender,
    )
    return suspensions_from(found, now=now)


def suspensions_from(found: list[Row], *, now: datetime) -> list[Suspension]:
    """Return what signing waits for, of a tender's challenges each with its complaint."""
    decided = ComplaintState.DECIDED
    return rules.suspensions(
        challenges=[(c["code"], c["state"] == ChallengeState.OPEN and c["complaint_state"] != decided) for c in found],
        complaints=[
            (c["complaint"], c["complaint_state"] == ComplaintState.FILED, c["suspended_until"])
            for c in found
            if c["complaint"]
        ],
        now=now,
    )


_WAITING_APPROVER = """
    SELECT c.code, t.title, 'answer-challenge' AS act, '/challenges/' || c.code AS url, c.answer_by AS by_when
        FROM challenge c JOIN tender t ON t.id = c.tender WHERE t.street = $1 AND c.state = 'open'
    UNION ALL SELECT t.code, t.title, 'correct-notice', '/tenders/' || t.code, NULL FROM challenge c
        JOIN tender t ON t.id = c.tender WHERE t.street = $1 AND t.state = 'open' AND t.closes_at > $2
        AND c.path = 'correct' AND t.drafted_by <> $3
        AND NOT EXISTS (SELECT 1 FROM correction k WHERE k.tender = t.id AND k.corrected_at > c.answered_at)
"""
_WAITING_SUPERVISOR = """
    SELECT x.code, t.title, 'decide-complaint' AS act, '/complaints/' || x.code AS url, x.decide_by AS by_when
        FROM complaint x JOIN challenge c ON c.id = x.challenge JOIN tender t ON t.id = c.tender
        JOIN organization s ON s.code = t.street WHERE x.state = 'filed'
        AND s.district = (SELECT r.district FROM organization r WHERE r.code = $1)
"""


async def disputes_waiting(*, user: User, now: datetime, limit: int) -> list[Row]:
    """Return what waits in challenges and complaints for a reader: code, title, act, url, by_when."""
    found: list[Row] = []
    if user.may_be(Role.APPROVER):
        found += await rows(f"{_WAITING_APPROVER} LIMIT {limit}", user.organization, now, user.account)
    if user.may_be(Role.FINANCE_SUPERVISOR):
        found += await rows(f"{_WAITING_SUPERVISOR} LIMIT {limit}", user.organization)
    return found


async def signer_of(*, challenge: str = "", complaint: str = "") -> tuple[str, str]:
    """Return who signed an answer or a decision, and the authority or street they signed for; "" when nobody did."""
    row = await one(
        "SELECT a.name, o.name AS party FROM (SELECT answered_by AS hand, code FROM challenge WHERE code = $1"
        " UNION ALL SELECT decided_by, code FROM complaint WHERE code = $2) x JOIN account a ON a.login = x.hand"
        " JOIN ledger_event e ON e.code = x.code AND e.account = x.hand"
        " AND e.tag IN ('tendering:answer-challenge', 'tendering:decide-complaint')"
        " JOIN organization o ON o.code = e.organization LIMIT 1",
        challenge,
        complaint,
    )
    return (row["name"], row["party"]) if row else ("", "")
