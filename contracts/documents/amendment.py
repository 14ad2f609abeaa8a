"""The paper of a change: a supplement, a suspension, a resumption or an early end, as both sides sign it."""

from functools import partial

from contracts.documents.contract import BUYER, SUPPLIER, Tell
from contracts.queries.changes import AmendmentCard
from contracts.rules.changes import Stage
from contracts.states import Side
from market.base.calendar import local_date
from market.base.paper import Column, Paper, Signature
from market.base.refusal import Said, say
from market.base.wording import day, money, words


def amendment_paper(card: AmendmentCard, *, kind: Said, reason: Said, address: str, lang: str) -> bytes:
    """Print a change: parties, ground, what reads otherwise, and who signed. `address` is the record's page."""
    tell = partial(words, lang=lang)
    paper = Paper(
        title=tell(say("Agreement on a change of contract: {kind}", kind=kind)),
        code=card.code,
        lang=lang,
        subtitle=card.contract_title,
    )
    paper.facts(
        [
            (tell(say("Contract")), card.contract),
            (tell(BUYER), f"{card.street_name}\n{card.street}"),
            (tell(SUPPLIER), f"{card.supplier_name}\n{card.supplier}"),
            (tell(say("Reason")), tell(reason)),
            (tell(say("Fingerprint of the text")), card.fingerprint),
        ]
    )
    paper.heading(tell(say("Why, in words"))).text(card.explanation)
    lines = _lines(card, lang=lang)
    if lines:
        columns = [Column(tell(say("Term of the contract")), 4), Column(tell(say("Before")), 4)]
        paper.heading(tell(say("What reads otherwise")))
        paper.table(columns=[*columns, Column(tell(say("After")), 4)], rows=lines)
    if card.kind == "termination":
        paper.amount(tell(say("Given back to the budget line")), card.released)
    paper.text(tell(say("Every other clause of the contract stays as it was signed.")))
    paper.signatures([_signature(card, side, tell) for side in _signatories(card)])
    if card.effective_at:
        paper.text(tell(say("In effect since {since}.", since=local_date(card.effective_at))), small=True)
    else:
        paper.text(tell(say("This is a proposal: it changes nothing before those it needs have signed.")), small=True)
    paper.code(address, words=tell(say("The record of this change: {address}", address=address)))
    return paper.pdf()


def _lines(card: AmendmentCard, *, lang: str) -> list[list[str]]:
    """Return what reads otherwise: the amount, the last day, each milestone that differs in more than its share."""
    tell = partial(words, lang=lang)
    found = []
    if card.before.amount != card.after.amount:
        found.append([tell(say("Contract amount")), money(card.before.amount, lang), money(card.after.amount, lang)])
    if card.before.until_on != card.after.until_on:
        found.append([tell(say("Last day of the term")), day(card.last_before, lang), day(card.last_after, lang)])
    was = {stage.number: _stage(stage, lang) for stage in card.before.milestones}
    for stage in card.after.milestones:
        now, then = _stage(stage, lang), was.get(stage.number, "—")
        if now != then:
            found.append([tell(say("Milestone {number}", number=stage.number)), then, now])
    return found


def _stage(stage: Stage, lang: str) -> str:
    return f"{stage.title}\n{day(stage.due_on, lang)}\n{money(stage.amount, lang)}"


def _signatories(card: AmendmentCard) -> list[Side]:
    """Return the sides whose signature the change has or needs: one where the law lets one act alone."""
    return [side for side in Side if not card.one_sided or side == card.proposed_side]


def _signature(card: AmendmentCard, side: Side, tell: Tell) -> Signature:
    label, name = (BUYER, card.street_name) if side is Side.BUYER else (SUPPLIER, card.supplier_name)
    signed = next((s for s in card.signatures if s.side == side), None)
    party = f"{tell(label)}\n{name}"
    return Signature(party, signed.name, local_date(signed.signed_at)) if signed else Signature(party)
