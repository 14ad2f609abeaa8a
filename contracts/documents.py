"""The papers of contracts: the contract itself, the certificate of an acceptance, the invoice."""

from collections.abc import Callable
from functools import partial
from typing import Any

from babel.numbers import format_percent

from contracts.forms import TAX_WORDS
from contracts.queries.cards import ContractCard, DeliveryLine, InvoiceCard, MilestoneLine
from contracts.states import DeliveryState, Side, TaxStatus
from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import NotFound, Said, say
from market.base.wording import day, locale_of, moment, money, words

Tell = Callable[[Said], str]

_BUYER, _SUPPLIER = say("Party A (buyer)"), say("Party B (supplier)")
_CLAUSES = (
    (say("1. Content of the service"), "content"),
    (say("2. Quantity"), "quantity"),
    (say("3. Quality and service standards"), "quality"),
    (say("5. Settlement and progress of payment"), "settlement"),
    (say("6. Acceptance"), "acceptance"),
    (say("7. Rights and duties"), "duties"),
    (say("8. Liability for breach"), "breach"),
    (say("9. Liability for late payment"), "late_payment"),
)
_PLACE_OF_MILESTONES = 4
_FOR_BUYER, _FOR_USERS, _ISSUED_BY = say("For the buyer"), say("For the service users"), say("Issued by")
_SETTLED_BY_LAW = (
    say(
        "Party B may not assign the contract. Work may be subcontracted only as the documents allow and Party A agrees."
    ),
    say("Supplements change no other clause, and together exceed no more than 10 % of the contract amount."),
    say("Residents’ personal data are used for this service only, kept secret, and deleted or returned when it ends."),
    say("Disputes are settled by talks first, and then by the people’s court at Party A’s seat."),
)


def contract_paper(card: ContractCard, *, lang: str) -> bytes:
    """Print a contract: parties, clauses, milestones with amounts, targets of acceptance, and both signatures."""
    tell = partial(words, lang=lang)
    paper = Paper(
        title=card.title, code=card.code, lang=lang, subtitle=tell(say("Contract for the purchase of services"))
    )
    paper.facts(
        [
            (tell(_BUYER), f"{card.street_name}\n{card.street}"),
            (tell(_SUPPLIER), f"{card.supplier_name}\n{card.supplier}"),
            (tell(say("Award")), card.tender or card.need),
            (tell(say("Item")), card.item),
            (tell(say("Term")), tell(say("{first} to {last}", first=card.from_on, last=card.last_on))),
            (tell(say("Fingerprint of the text")), card.fingerprint),
        ]
    )
    paper.amount(tell(say("Contract amount")), card.amount)
    for number, (heading, clause) in enumerate(_CLAUSES, start=1):
        if number == _PLACE_OF_MILESTONES:
            paper.heading(tell(say("4. Milestones")))
            paper.table(columns=_milestone_columns(tell), rows=[_milestone_row(m, lang=lang) for m in card.milestones])
        paper.heading(tell(heading)).text(getattr(card, clause))
    paper.heading(tell(say("10. What the law settles")))
    paper.text("\n".join(tell(line) for line in _SETTLED_BY_LAW))
    if card.multi_year_basis:
        paper.heading(tell(say("11. Basis for more than one year"))).text(card.multi_year_basis)
    paper.signatures([_signature(card, Side.BUYER, lang=lang), _signature(card, Side.SUPPLIER, lang=lang)])
    if card.signed_at:
        paper.text(tell(say("In force since {since}.", since=local_date(card.signed_at))), small=True)
    else:
        paper.text(tell(say("This is a draft: it binds nobody before both sides have signed.")), small=True)
    return paper.pdf()


def _milestone_columns(tell: Tell) -> list[Column]:
    return [
        Column(tell(say("No.")), 1, "centre"),
        Column(tell(say("Milestone")), 5),
        Column(tell(say("Due on")), 3),
        Column(tell(say("Share")), 1.6, "right"),
        Column(tell(say("Amount")), 3, "right"),
    ]


def _milestone_row(milestone: MilestoneLine, *, lang: str) -> list[str]:
    title = f"{milestone.title}\n{milestone.standard}" if milestone.standard else milestone.title
    return [
        str(milestone.number),
        title,
        day(milestone.due_on, lang),
        format_percent(milestone.share, "0.##%", locale=locale_of(lang)),
        money(milestone.amount, lang),
    ]


def _signature(card: ContractCard, side: Side, *, lang: str) -> Signature:
    label, name = (_BUYER, card.street_name) if side is Side.BUYER else (_SUPPLIER, card.supplier_name)
    signed = next((s for s in card.signatures if s.side == side), None)
    party = f"{words(label, lang)}\n{name}"
    return Signature(party, signed.name, local_date(signed.signed_at)) if signed else Signature(party)


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
            (tell(_BUYER), card.street_name),
            (tell(_SUPPLIER), card.supplier_name),
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


def invoice_paper(card: InvoiceCard, *, lang: str) -> bytes:
    """Print an invoice: who asks whom for what, in figures and capitals, after which acceptance, paid where."""
    tell = partial(words, lang=lang)
    number = f"{card.year}-{card.number:04d}"
    paper = Paper(title=tell(say("Invoice")), code=card.code, lang=lang, subtitle=card.contract_title)
    paper.facts(
        [
            (tell(say("Invoice number")), number),
            (tell(say("Issued")), moment(card.submitted_at, lang)),
            (tell(say("From")), f"{card.supplier_name}\n{card.supplier}"),
            (tell(say("To")), f"{card.street_name}\n{card.street}"),
            (tell(say("Contract")), card.contract),
            (tell(say("Tax status")), tell(TAX_WORDS[TaxStatus(card.tax_status)])),
        ]
    )
    paper.table(
        columns=[
            Column(tell(say("Milestone")), 3),
            Column(tell(say("Acceptance")), 5),
            Column(tell(say("Amount")), 2, "right"),
        ],
        rows=[
            [
                f"{card.milestone}. {card.milestone_title}",
                tell(
                    say(
                        "Certificate {code}, accepted on {accepted_on} by {name}",
                        code=f"{card.contract}-A{card.milestone}",
                        accepted_on=card.accepted_on,
                        name=card.accepted_name,
                    )
                ),
                money(card.amount, lang),
            ]
        ],
    )
    paper.amount(tell(say("Amount asked")), card.amount)
    paper.heading(tell(say("Where the money goes")))
    paper.facts(
        [
            (tell(say("Account holder")), card.account_name),
            (tell(say("Bank and branch")), card.bank),
            (tell(say("Account number")), card.bank_account),
            (tell(say("To be paid by")), day(card.pay_by, lang)),
            (tell(say("Note")), card.note),
        ]
    )
    paper.text(
        tell(say("This is a request for payment; the tax invoice (fapiao) follows the tax authority’s rules.")),
        small=True,
    )
    paper.signatures([Signature(f"{tell(_ISSUED_BY)}\n{card.supplier_name}", "", local_date(card.submitted_at))])
    return paper.pdf()
