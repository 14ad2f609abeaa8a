"""Who may do what when: independence, the moments of survey and reply, vetoes with evidence, separate hands."""

from collections.abc import Collection
from datetime import datetime

from evaluations.rules.scoring import SHORTEST_REASON
from evaluations.states import Kind, State
from market.base.calendar import add_working_days, end_of_day, local_date
from market.base.refusal import Objection, say
from market.law.states import Law
from market.people.states import Role, User

MOST_BENEFICIARIES = 100_000
_LEAST_EVIDENCE = 10


def reply_until(*, scored_at: datetime, law: Law) -> datetime:
    """Return the end of the organization's time to reply: so many working days after the scoring day, exclusive."""
    return end_of_day(add_working_days(local_date(scored_at), int(law.number("IND-3.reply"))))


def objections_to_plan(*, kind: Kind, kinds_planned: frozenset[str], population: int) -> list[Objection]:
    """Object to a second evaluation of a kind, and to a population that cannot be."""
    found = []
    if kind in kinds_planned:
        found.append(Objection("kind", say("This contract has an evaluation of this kind already."), "K-1"))
    if not 1 <= population <= MOST_BENEFICIARIES:
        words = say("The number served is between 1 and {most}.", most=MOST_BENEFICIARIES)
        found.append(Objection("population", words))
    return found


def objections_to_moment(*, opens_at: datetime, now: datetime) -> list[Objection]:
    """Object to an evaluation that would open before today."""
    if local_date(opens_at) >= local_date(now):
        return []
    return [Objection("opens_on", say("This day is over."))]


def objections_to_answering(*, used: bool, closes_at: datetime | None, now: datetime) -> list[Objection]:
    """Object to a slip that was used, and to an answer at or after the survey's closing moment."""
    if closes_at is None or now >= closes_at:
        return [Objection("", say("The survey is closed."), "IND-5.survey")]
    return [Objection("", say("This slip has been used; each slip answers once."), "K-8")] if used else []


def objections_to_independence(
    *, evaluator: str | None, supplier: str, street: str, serves: Collection[str] = ()
) -> list[Objection]:
    """Object to an evaluator that is the buyer or the supplier; `serves` are all whom its person serves."""
    if evaluator is not None and not {supplier, street} & {evaluator, *serves}:
        return []
    return [Objection("", say("The evaluator must be independent of buyer and supplier."), "K-17")]


def objections_to_scoring_now(*, state: str, closes_at: datetime | None, now: datetime) -> list[Objection]:
    """Object to scoring while the survey still runs, whatever the state says."""
    if state == State.OPEN and closes_at is not None and now < closes_at:
        words = say("The survey runs until {until}; scoring begins after it.", until=closes_at)
        return [Objection("", words, "IND-5.survey")]
    return []


def objections_to_veto(*, veto: str | None, evidence: str) -> list[Objection]:
    """Object to a veto without evidence, and to evidence without a veto."""
    if veto is None and evidence.strip():
        return [Objection("veto", say("Name the event that this evidence proves."))]
    if veto is not None and len(evidence.strip()) < _LEAST_EVIDENCE:
        return [Objection("veto_evidence", say("A veto needs its evidence in words."))]
    return []


def objections_to_reply(*, until: datetime | None, now: datetime) -> list[Objection]:
    """Object to a reply at or after the end of the window."""
    if until is not None and now < until:
        return []
    return [Objection("", say("The time for a reply is over."), "IND-3.reply")]


def objections_to_conclusion(*, state: str, until: datetime | None, now: datetime) -> list[Objection]:
    """Object to concluding while the organization may still reply."""
    if state == State.SCORED and until is not None and now < until:
        words = say("The organization may reply until {until}.", until=until)
        return [Objection("", words, "IND-3.reply")]
    return []


def objections_to_publisher(*, concluded_by: str, by: str) -> list[Objection]:
    """Object to publishing one's own conclusion: two hands, two people. Law: none; house rule."""
    if concluded_by != by:
        return []
    return [Objection("", say("Who concluded the evaluation may not publish it."), "B-5")]


def objections_to_settler(*, by: User, street: str, evaluator: str | None) -> list[Objection]:
    """Object to settling an evaluation by anybody but its evaluator and the street's purchasers."""
    if (by.organization == street and by.may_be(Role.PURCHASER)) or by.organization == evaluator:
        return []
    return [Objection("", say("Only the evaluator or the street office may do this."), "K-2")]


def objections_to_words(*, field: str, text: str) -> list[Objection]:
    """Object to words too short to be a reason."""
    if len(text.strip()) >= SHORTEST_REASON:
        return []
    return [Objection(field, say("Give the reason in a sentence."))]
