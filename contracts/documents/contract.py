"""The contract on paper."""

from collections.abc import Callable
from functools import partial

from babel.numbers import format_percent

from contracts.queries.cards import ContractCard, MilestoneLine
from contracts.rules.drafting import Requirement, quantity_of
from contracts.states import Side
from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import Said, say
from market.base.wording import day, locale_of, money, words

Tell = Callable[[Said], str]

BUYER, SUPPLIER = say("Party A (buyer)"), say("Party B (supplier)")
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

_SETTLED_BY_LAW = (
    say(
        "Party B may not assign the contract. Work may be subcontracted only as the documents allow and Party A agrees."
    ),
    say("Supplements change no other clause, and together exceed no more than 10 % of the contract amount."),
    say("Residents’ personal data are used for this service only, kept secret, and deleted or returned when it ends."),
    say("Disputes are settled by talks first, and then by the people’s court at Party A’s seat."),
)


def contract_paper(card: ContractCard, *, requirement: Requirement, address: str, lang: str) -> bytes:
    """Print a contract: parties, clauses, milestones with amounts, both signatures, the requirement as annexes.

    `address` is the record's page, which a QR code at the end leads back to.
    """
    return paper_of(card, requirement=requirement, address=address, lang=lang).pdf()


def paper_of(card: ContractCard, *, requirement: Requirement, address: str, lang: str, to_sign: bool = False) -> Paper:
    """Return the contract as paper; `to_sign` leaves both blocks empty, as fields for signatures in the file."""
    tell = partial(words, lang=lang)
    paper = Paper(
        title=card.title, code=card.code, lang=lang, subtitle=tell(say("Contract for the purchase of services"))
    )
    paper.facts(
        [
            (tell(BUYER), f"{card.street_name}\n{card.street}"),
            (tell(SUPPLIER), f"{card.supplier_name}\n{card.supplier}"),
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
        if clause == "late_payment" and card.late_rate is not None:
            rate = format_percent(card.late_rate, "0.####%", locale="en")
            paper.text(tell(say("Rate by which a delay is reckoned: {rate} a day.", rate=rate)))
    paper.heading(tell(say("10. What the law settles")))
    paper.text("\n".join(tell(line) for line in _SETTLED_BY_LAW))
    if card.multi_year_basis:
        paper.heading(tell(say("11. Basis for more than one year"))).text(card.multi_year_basis)
    _signatures(paper, card, to_sign=to_sign, lang=lang)
    _annexes(paper, requirement, lang=lang)
    paper.code(address, words=tell(say("The record of this contract: {address}", address=address)))
    return paper


def _signatures(paper: Paper, card: ContractCard, *, to_sign: bool, lang: str) -> None:
    tell = partial(words, lang=lang)
    blocks = [_signature(card, side, lang=lang, signed=not to_sign) for side in Side]
    paper.signatures(blocks, fields=[str(side) for side in Side] if to_sign else ())
    if to_sign:
        said = say("In force from the day on which both sides have signed; the signatures stand in this file.")
    elif card.signed_at:
        said = say("In force since {since}.", since=local_date(card.signed_at))
    else:
        said = say("This is a draft: it binds nobody before both sides have signed.")
    paper.text(tell(said), small=True)


def _annexes(paper: Paper, requirement: Requirement, *, lang: str) -> None:
    """Add what the need fixed: its targets, then quantity, place and standard."""
    tell = partial(words, lang=lang)
    if requirement.targets:
        paper.heading(tell(say("Annex 1: performance targets")))
        columns = [
            Column(tell(say("Target")), 6),
            Column(tell(say("Value")), 3, "right"),
            Column(tell(say("Due on")), 3),
        ]
        paper.table(
            columns=columns,
            rows=[
                [t.name, f"{t.number.normalize():f} {t.unit}".strip(), day(t.due_on, lang)] for t in requirement.targets
            ],
        )
    paper.heading(tell(say("Annex 2: requirement of the purchase")))
    paper.facts(
        [
            (tell(say("Quantity")), quantity_of(requirement)),
            (tell(say("Who is served")), requirement.served),
            (tell(say("How many people are served")), str(requirement.beneficiaries or "")),
            (tell(say("Place")), requirement.place),
            (tell(say("Service standard")), requirement.standard),
        ]
    )


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


def _signature(card: ContractCard, side: Side, *, lang: str, signed: bool) -> Signature:
    label, name = (BUYER, card.street_name) if side is Side.BUYER else (SUPPLIER, card.supplier_name)
    by = next((s for s in card.signatures if s.side == side), None) if signed else None
    party = f"{words(label, lang)}\n{name}"
    return Signature(party, by.name, local_date(by.signed_at)) if by else Signature(party)
