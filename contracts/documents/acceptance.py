"""The certificate of an acceptance."""

from functools import partial
from typing import Any

from contracts.documents.contract import BUYER, SUPPLIER, Tell
from contracts.queries.cards import ContractCard, DeliveryLine
from contracts.states import DeliveryState
from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import NotFound, say
from market.base.wording import day, moment, words

_FOR_BUYER, _FOR_USERS, ISSUED_BY = say("For the buyer"), say("For the service users"), say("Issued by")


def acceptance_paper(card: ContractCard, *, milestone: int, lang: str) -> bytes:
    """Print the certificate of an accepted milestone. Raises NotFound when it is not accepted."""
    stage = next((m for m in card.milestones if m.number == milestone), None)
    accepted = next((d for d in stage.deliveries if d.state == DeliveryState.ACCEPTED), None) if stage else None
    if stage is None or accepted is None or accepted.judged_at is None:
        raise NotFound
    tell = partial(words, lang=lang)
    paper = Paper(
        title=tell(say("Certificate of acceptance")), code=f"{card.code}-A{milestone}", lang=lang, subtitle=card.title
    )
    paper.facts(
        [
            (tell(say("Contract")), card.code),
            (tell(BUYER), card.street_name),
            (tell(SUPPLIER), card.supplier_name),
            (tell(say("Milestone")), f"{stage.number}. {stage.title}"),
            (tell(say("Due on")), day(stage.due_on, lang)),
            (tell(say("Reported")), moment(accepted.reported_at, lang)),
            (tell(say("Accepted")), moment(accepted.judged_at, lang)),
        ]
    )
    paper.amount(tell(say("Payable for this milestone")), stage.amount)
    paper.heading(tell(say("1. Standard by standard")))
    paper.facts(
        [
            (tell(say("Technical standards")), accepted.technical),
            (tell(say("Service standards")), accepted.service),
            (tell(say("Safety standards")), accepted.safety),
        ]
    )
    paper.heading(tell(say("2. Opinion of the service users"))).table(
        columns=[
            tell(say("Representative")),
            Column(tell(say("Satisfied")), 0.8, "centre"),
            Column(tell(say("Opinion of the residents")), 3),
        ],
        rows=[_opinion(o, tell) for o in accepted.opinions],
    )
    paper.heading(tell(say("3. Conclusion"))).text(accepted.conclusion)
    paper.signatures(_group(card, accepted, tell))
    return paper.pdf()


def _opinion(opinion: Any, tell: Tell) -> list[str]:
    satisfied = say("yes") if opinion.satisfied else say("no")
    return [f"{opinion.name}\n{opinion.organization_name}", tell(satisfied), opinion.text or "—"]


def _group(card: ContractCard, accepted: DeliveryLine, tell: Tell) -> list[Signature]:
    """Return the acceptance group's blocks: the street's hand, then every resident representative."""
    judged_on = local_date(accepted.judged_at) if accepted.judged_at else None
    street = Signature(f"{tell(_FOR_BUYER)}\n{card.street_name}", accepted.judged_name, judged_on)
    residents = [
        Signature(f"{tell(_FOR_USERS)}\n{o.organization_name}", o.name, local_date(o.given_at))
        for o in accepted.opinions
    ]
    return [street, *residents]
