"""Judgement of a contract's text: what it must state, its term, that it repeats the award, who may review and sign."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

import msgspec

from contracts.states import Review, Side
from market.base.calendar import add_working_days
from market.base.money import Yuan, apportion
from market.base.refusal import Objection, Said, say
from market.law.states import Law


class MilestoneTerm(msgspec.Struct, frozen=True, kw_only=True):
    """One stage: what is due on which day, by which standard, and which share (0-1) of the price it makes payable."""

    number: int
    title: str
    due_on: date
    share: Decimal
    standard: str = ""


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """What the award and its notice fixed; a contract may repeat it and not change it."""

    supplier: str
    amount: Yuan
    from_on: date
    until_on: date
    milestones: list[MilestoneTerm]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a contract states. Term [from_on, until_on); `multi_year_basis` tells why it may exceed the usual term."""

    supplier: str
    amount: Yuan
    from_on: date
    until_on: date
    content: str
    quantity: str
    quality: str
    settlement: str
    duties: str
    breach: str
    late_payment: str
    acceptance: str
    milestones: list[MilestoneTerm]
    multi_year_basis: str = ""
    late_rate: Decimal | None = None


_MUST_STATE: dict[str, tuple[Said, str]] = {
    "content": (say("the content of the service"), "C-1"),
    "quantity": (say("the quantity"), "C-1"),
    "quality": (say("the quality"), "C-1"),
    "settlement": (say("the settlement"), "C-1"),
    "duties": (say("rights and duties"), "C-1"),
    "breach": (say("the liability for breach"), "C-1"),
    "acceptance": (say("the acceptance standard and method"), "C-1"),
    "late_payment": (say("the liability for late payment"), "C-15"),
}


def objections_to_terms(*, terms: Terms, award: Award, law: Law) -> list[Objection]:
    """Return everything that speaks against a contract text. Law: C-1, C-2, C-3, C-15, C-17 of the rules."""
    return [
        *_objections_to_gaps(terms),
        *objections_to_span(
            from_on=terms.from_on, until_on=terms.until_on, multi_year_basis=terms.multi_year_basis, law=law
        ),
        *objections_to_late_rate(terms.late_rate),
        *_objections_to_difference(terms, award),
        *objections_to_milestones(terms.milestones, from_on=terms.from_on, until_on=terms.until_on),
    ]


def _objections_to_gaps(terms: Terms) -> list[Objection]:
    return [
        Objection(field, say("The contract must state {what}.", what=what), rule)
        for field, (what, rule) in _MUST_STATE.items()
        if not getattr(terms, field).strip()
    ]


HIGHEST_LATE_RATE = Decimal("0.01")


def objections_to_late_rate(rate: Decimal | None) -> list[Objection]:
    """Object to a daily rate of late interest that is none, or so high that it must be a slip of the pen."""
    if rate is not None and not 0 < rate <= HIGHEST_LATE_RATE:
        return [Objection("late_rate", say("The daily rate lies above 0 and is at most 1 per cent."), "C-15")]
    return []


def objections_to_span(*, from_on: date, until_on: date, multi_year_basis: str, law: Law) -> list[Objection]:
    """Object to a term [from, until) without days, above the usual years without a basis, above the longest ones."""
    if until_on <= from_on:
        return [Objection("until_on", say("The contract must end after it begins."), "C-1")]
    usual, longest = int(law.number("C-2")), int(law.number("C-2.longest"))
    if until_on > _years_later(from_on, longest):
        return [Objection("until_on", say("The term is at most {years} years.", years=longest), "C-2.longest")]
    if until_on > _years_later(from_on, usual) and not multi_year_basis.strip():
        words = say(
            "A term above {years} year needs a basis: budget guaranteed; content, funding and price stable.",
            years=usual,
        )
        return [Objection("multi_year_basis", words, "C-2")]
    return []


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _objections_to_difference(terms: Terms, award: Award) -> list[Objection]:
    """Object to whatever differs from the award and its notice. Law: 政府采购法 第四十六条."""
    found = []
    if terms.supplier != award.supplier:
        found.append(Objection("supplier", say("The contract is made with the awarded supplier only."), "C-3"))
    if terms.amount != award.amount:
        words = say("The contract amount must equal the award of {award_yuan}.", award_yuan=award.amount)
        found.append(Objection("amount", words, "C-3"))
    if terms.until_on - terms.from_on > award.until_on - award.from_on:
        found.append(Objection("until_on", say("The term may not be longer than the notice announced."), "C-3"))
    if [(m.number, m.title, m.share) for m in terms.milestones] != [
        (m.number, m.title, m.share) for m in award.milestones
    ]:
        found.append(Objection("milestones", say("Milestones and shares must be those of the notice."), "C-3"))
    return found


def objections_to_milestones(milestones: list[MilestoneTerm], *, from_on: date, until_on: date) -> list[Objection]:
    """Object to shares that do not sum to 1 and to due days outside the term or out of order. Law: 财库〔2021〕22号."""
    if not milestones:
        return [Objection("milestones", say("A contract has at least one milestone."), "C-17")]
    found = []
    total = sum((milestone.share for milestone in milestones), Decimal(0))
    if total != 1:
        words = say("The shares must sum to 100 %, not {total} %.", total=(total * 100).normalize())
        found.append(Objection("milestones", words, "C-17"))
    previous = from_on
    for row, milestone in enumerate(milestones):
        if milestone.share <= 0:
            found.append(Objection(f"milestones.{row}.share", say("Each share is more than 0 %."), "C-17"))
        if not from_on <= milestone.due_on <= until_on:
            found.append(Objection(f"milestones.{row}.due_on", say("A milestone is due within the term."), "C-17"))
        elif milestone.due_on < previous:
            found.append(Objection(f"milestones.{row}.due_on", say("Milestones stand in order of time."), "C-17"))
        previous = max(previous, milestone.due_on)
    return found


def amounts_of(*, amount: Yuan, milestones: list[MilestoneTerm]) -> list[Yuan]:
    """Return what each milestone makes payable; the parts sum to the amount exactly."""
    return apportion(amount, [milestone.share for milestone in milestones])


def objections_to_review(*, reviewer: str, drafter: str, conclusion: Review, reasons: str) -> list[Objection]:
    """Object when the drafter reviews, or when a contract is sent back without reasons."""
    found = []
    if reviewer == drafter:
        found.append(Objection("", say("Who drafted the contract may not review it."), "B-5"))
    if conclusion is Review.RETURN and not reasons.strip():
        found.append(Objection("reasons", say("Sending a contract back needs reasons."), "B-4"))
    return found


def objections_to_buyers_review(*, reviewer: str, buyers: Collection[str]) -> list[Objection]:
    """Object when who drafted, published or awarded the tender reviews its contract. Law: 政府采购法 第六十一条."""
    if reviewer not in buyers:
        return []
    return [Objection("", say("Who tendered the service may not review its contract."), "E-13")]


def objections_to_both_sides(*, by: str, signed_by: Collection[str]) -> list[Objection]:
    """Object when the person who signed for one side also signs for the other. Law: 政府采购法 第六十一条."""
    if by not in signed_by:
        return []
    return [Objection("", say("The same person may not sign for both sides."), "E-13")]


def publish_by(*, signed_on: date, law: Law) -> date:
    """Return the last day for publishing the contract: two working days after the second signature."""
    return add_working_days(signed_on, int(law.number("L-12")))


def objections_to_signing(
    *,
    side: Side,
    signed: Collection[Side],
    fingerprint: str,
    expected: str,
    today: date,
    last_day: date,
    late_reason: str,
) -> list[Objection]:
    """Object to a second signature of one side, to one under another text, and to lateness without a recorded reason.

    `fingerprint` is of the text the signatory saw, "" when not given; `expected` is the contract's.
    Lateness does not void a contract, so it may be signed with the reason on record.
    """
    found = []
    if side in signed:
        found.append(Objection("", say("This side has signed already.")))
    if fingerprint and fingerprint != expected:
        found.append(Objection("fingerprint", say("The text you read is not the text to be signed; read it again.")))
    if today > last_day and not late_reason.strip():
        words = say(
            "The last day for signing was {last_day}; the reason for the delay must be recorded.", last_day=last_day
        )
        found.append(Objection("late_reason", words, "L-11"))
    return found


def objections_to_supplement(*, original: Yuan, earlier: Yuan, new: Yuan, law: Law) -> list[Objection]:
    """Object when supplementary contracts together would exceed their share of the original contract.

    `earlier` is the sum of those signed before. Law: 政府采购法 第四十九条.
    """
    if new <= 0:
        return [Objection("amount", say("The supplement must be more than nothing."), "C-6")]
    limit = original * law.number("C-6")
    if earlier + new > limit:
        words = say(
            "Supplements together would be {sum_yuan}, more than {limit_yuan}.",
            sum_yuan=earlier + new,
            limit_yuan=limit,
        )
        return [Objection("amount", words, "C-6")]
    return []
