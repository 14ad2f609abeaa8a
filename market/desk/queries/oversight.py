"""What overseers see first: signs computed from the records, findings, the ledger, openings, money by street."""

from datetime import date, datetime
from decimal import Decimal

import msgspec

from contracts.queries import outlook as contracts
from evaluations.queries import outlook as evaluations
from market.base.calendar import local_date
from market.base.refusal import Said, say
from market.law.queries import law_on
from market.needs.queries.year import LineYear, streets_of_year
from market.oversight.queries import FindingCard, LedgerState, ledger_state, open_findings
from market.oversight.rules import LAW_OF_SIGN, Sign, words_of_late
from market.people.sensitive import SensitiveReadLine, sensitive_reads
from market.people.states import User
from market.tendering.queries import outlook as tendering
from market.tendering.queries.outlook import Award, OpenNotice

_SHOWN = 30
_READS = 15
_SIGN_OF_AWARD = {"low": Sign.LOW_PRICE, "few": Sign.FEW_BIDS, "silent": Sign.SILENT_AWARD}


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """A sign on a record: what stands there, under which rule, and where the evidence is."""

    sign: Sign
    words: Said
    law: str
    code: str
    url: str
    title: str
    street_name: str
    on: date


class AuditorDesk(msgspec.Struct, frozen=True, kw_only=True):
    """The auditor's first look."""

    flags: list[Flag]
    findings: list[FindingCard]
    ledger: LedgerState
    reads: list[SensitiveReadLine]


class FinanceDesk(msgspec.Struct, frozen=True, kw_only=True):
    """The district's finance supervisor's first look: the year's money by street, and the openings ahead."""

    year: int
    streets: list[LineYear]
    openings: list[OpenNotice]


async def auditor_desk(*, user: User, now: datetime) -> AuditorDesk:
    """Return the auditor's desk; callers ask for auditors alone."""
    return AuditorDesk(
        flags=await flags(today=local_date(now), user=user),
        findings=await open_findings(user=user, limit=_SHOWN),
        ledger=await ledger_state(),
        reads=await sensitive_reads(limit=_READS),
    )


async def finance_desk(*, now: datetime, year: int | None) -> FinanceDesk:
    """Return the finance supervisor's desk; callers ask for those who oversee all streets."""
    shown = year or local_date(now).year
    return FinanceDesk(
        year=shown,
        streets=await streets_of_year(year=shown),
        openings=await tendering.open_notices(now=now, limit=_SHOWN),
    )


async def flags(*, today: date, user: User) -> list[Flag]:
    """Return the signs that records show today, the newest first; computed afresh, so what is mended is gone."""
    law = await law_on(day=today)
    awards = await tendering.awards_to_look_at(
        low=law.number("A-3") if "A-3" in law else Decimal(0), fewest=int(law.number("M-4")), limit=_SHOWN
    )
    late = await contracts.contracts_running_late(today=today, limit=_SHOWN)
    overdue = await evaluations.evaluations_overdue(today=today, limit=_SHOWN)
    unanswered = [
        finding
        for finding in await open_findings(user=user, limit=_SHOWN)
        if finding.state == "open" and finding.answer_by < today
    ]
    found = [
        *(_of_award(award) for award in awards),
        *(_of_late(each) for each in late),
        *(_of_overdue(each) for each in overdue),
        *(_of_finding(finding) for finding in unanswered),
    ]
    return sorted(found, key=lambda flag: (flag.on, flag.code), reverse=True)


def _of_award(award: Award) -> Flag:
    sign = _SIGN_OF_AWARD[award.why]
    words = {
        Sign.LOW_PRICE: say(
            "Awarded at {amount_yuan} of a budget of {budget_yuan}.",
            amount_yuan=award.amount,
            budget_yuan=award.budget,
        ),
        Sign.FEW_BIDS: say("Only {count} bids were qualified.", count=award.qualified),
        Sign.SILENT_AWARD: say("Nobody confirmed the award in time; rank one was deemed chosen."),
    }
    return _flag(sign, award, words=words[sign], on=local_date(award.decided_at))


def _of_late(late: contracts.LateContract) -> Flag:
    sign = Sign.SIGNED_LATE if late.why == "signing" else Sign.PAID_LATE
    return _flag(sign, late, words=words_of_late(sign, last_on=late.last_on, done_on=late.done_on), on=late.last_on)


def _of_overdue(evaluation: evaluations.EvaluationAhead) -> Flag:
    words = say("The result was to be out by {due_on}.", due_on=evaluation.due_on)
    return _flag(Sign.RESULT_OVERDUE, evaluation, words=words, on=evaluation.due_on)


def _of_finding(finding: FindingCard) -> Flag:
    words = say("The finding was to be answered by {answer_by}.", answer_by=finding.answer_by)
    return _flag(Sign.ANSWER_OVERDUE, finding, words=words, on=finding.answer_by)


def _flag(
    sign: Sign,
    record: Award | contracts.LateContract | evaluations.EvaluationAhead | FindingCard,
    *,
    words: Said,
    on: date,
) -> Flag:
    return Flag(
        sign=sign,
        words=words,
        law=LAW_OF_SIGN[sign],
        code=record.code,
        url=record.url,
        title=record.title,
        street_name=record.street_name,
        on=on,
    )
