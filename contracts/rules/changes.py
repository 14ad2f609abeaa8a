"""Judgement of what changes a contract: the terms as they shall read, and what the law allows of it."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from contracts.rules.terms import objections_to_span, objections_to_supplement
from contracts.states import AmendReason, Side
from market.base.money import ZERO_YUAN, Yuan, round_half_up
from market.base.refusal import Objection, say
from market.law.states import Law

_PLACES = 6
_LOWERS = frozenset({AmendReason.PUBLIC_INTEREST, AmendReason.FORCE_MAJEURE})


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """One milestone as a change finds or leaves it."""

    number: int
    title: str
    due_on: date
    amount: Yuan
    share: Decimal


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The terms that a change may touch, as they read before or after it; the term is [from_on, until_on)."""

    amount: Yuan
    from_on: date
    until_on: date
    milestones: list[Stage]


class StageChange(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be different of a milestone; without a number it is a new one behind the others."""

    number: int | None = None
    title: str | None = None
    due_on: date | None = None
    amount: Yuan | None = None


def reading_after(
    before: Reading,
    *,
    amount: Yuan | None,
    until_on: date | None,
    stages: Sequence[StageChange],
    open_: Collection[int],
) -> Reading:
    """Return the terms as they shall read; numbers are the contract's own, whatever a rule will say of them.

    Where the amount moves and no stage names its own, the last open stage (`open_`) bears the difference.
    """
    named = {change.number: change for change in stages if change.number is not None}
    kept = [_changed(stage, named.get(stage.number)) for stage in before.milestones]
    last = max((stage.number for stage in kept), default=0)
    added = [
        Stage(
            number=last + place,
            title=change.title or "",
            due_on=change.due_on or before.until_on,
            amount=change.amount or ZERO_YUAN,
            share=Decimal(0),
        )
        for place, change in enumerate((c for c in stages if c.number is None), start=1)
    ]
    total = before.amount if amount is None else amount
    if total != before.amount and open_ and all(change.amount is None for change in stages):
        bearer = max(open_)
        kept = [
            msgspec.structs.replace(stage, amount=stage.amount + total - before.amount)
            if stage.number == bearer
            else stage
            for stage in kept
        ]
    milestones = [*kept, *added]
    # Shares as signed are exact; they are reckoned from the amounts only where an amount moves.
    if [stage.amount for stage in milestones] != [stage.amount for stage in before.milestones]:
        shares = shares_of([stage.amount for stage in milestones], total=total)
        milestones = [
            msgspec.structs.replace(stage, share=share) for stage, share in zip(milestones, shares, strict=True)
        ]
    return Reading(amount=total, from_on=before.from_on, until_on=until_on or before.until_on, milestones=milestones)


def _changed(stage: Stage, change: StageChange | None) -> Stage:
    if change is None:
        return stage
    return msgspec.structs.replace(
        stage,
        title=change.title or stage.title,
        due_on=change.due_on or stage.due_on,
        amount=stage.amount if change.amount is None else change.amount,
    )


def shares_of(amounts: Sequence[Yuan], *, total: Yuan) -> list[Decimal]:
    """Return which part of the total each amount is, to six places; the last takes what is missing to one.

    >>> [str(part) for part in shares_of([Decimal("1"), Decimal("2")], total=Decimal("3"))]
    ['0.333333', '0.666667']
    """
    if total <= 0:
        return [Decimal(0)] * len(amounts)
    parts = [round_half_up(amount / total, _PLACES) for amount in amounts[:-1]]
    return [*parts, 1 - sum(parts, Decimal(0))]


def objections_to_open_change(*, waiting: str | None) -> list[Objection]:
    """Object to a second change while one waits for its signatures: both would start from the same terms."""
    if waiting is None:
        return []
    return [Objection("", say("The change {code} waits for its signatures; sign or decline it first.", code=waiting))]


def objections_to_amendment(
    *,
    before: Reading,
    after: Reading,
    stages: Sequence[StageChange],
    open_: Collection[int],
    reason: AmendReason,
    original: Yuan,
    supplements: Yuan,
    multi_year_basis: str,
    today: date,
    law: Law,
) -> list[Objection]:
    """Return everything that speaks against changed terms.

    `original` is the amount as signed, `supplements` what earlier ones added to it.
    Law: 政府采购法 第四十六、四十九、五十条.
    """
    if after == before:
        return [Objection("", say("Nothing would change: give an amount, an end or a milestone."), "C-7")]
    found = _objections_to_price(
        money=after.amount - before.amount, reason=reason, original=original, supplements=supplements, law=law
    )
    total = sum((stage.amount for stage in after.milestones), ZERO_YUAN)
    if total != after.amount:
        words = say("The milestones sum to {sum_yuan}, not to {amount_yuan}.", sum_yuan=total, amount_yuan=after.amount)
        found.append(Objection("milestones", words, "C-17"))
    elif any(stage.share <= 0 for stage in after.milestones):
        found.append(Objection("milestones", say("Each milestone keeps a part of the price."), "C-17"))
    found += objections_to_stages(stages, before=before, after=after, open_=open_, today=today)
    if after.until_on != before.until_on:
        found += objections_to_span(
            from_on=after.from_on, until_on=after.until_on, multi_year_basis=multi_year_basis, law=law
        )
        if after.until_on <= today:
            found.append(Objection("until_on", say("The new end must lie ahead."), "C-7"))
    return found


def _objections_to_price(
    *, money: Yuan, reason: AmendReason, original: Yuan, supplements: Yuan, law: Law
) -> list[Objection]:
    if reason is AmendReason.SUPPLEMENT:
        return objections_to_supplement(original=original, earlier=supplements, new=money, law=law)
    if money > 0:
        return [Objection("reason", say("More money is a supplement: choose that reason."), "C-6")]
    if money < 0 and reason not in _LOWERS:
        words = say("The price of the award is lowered only for the public interest or after force majeure.")
        return [Objection("amount", words, "C-7")]
    return []


def objections_to_stages(
    stages: Sequence[StageChange], *, before: Reading, after: Reading, open_: Collection[int], today: date
) -> list[Objection]:
    """Object to touching what was reported or accepted, to gaps in new stages, and to days that cannot be."""
    found: list[Objection] = []
    known = {stage.number: stage for stage in before.milestones}
    for row, change in enumerate(stages):
        at = f"milestones.{row}"
        if change.number is None:
            missing = [name for name in ("title", "due_on", "amount") if getattr(change, name) is None]
            found += [
                Objection(f"{at}.{name}", say("A new milestone needs title, day and amount.")) for name in missing
            ]
        elif change.number not in known:
            found.append(Objection(f"{at}.number", say("The contract has no such milestone.")))
        elif change.number not in open_:
            words = say("What was reported or accepted can no longer be changed.")
            found.append(Objection(f"{at}.number", words, "C-3"))
        if change.amount is not None and change.amount <= 0:
            found.append(Objection(f"{at}.amount", say("The amount must be more than nothing.")))
        moves = change.due_on is not None and (
            change.number not in known or change.due_on != known[change.number].due_on
        )
        if moves and change.due_on is not None and not today <= change.due_on <= after.until_on:
            found.append(Objection(f"{at}.due_on", say("A changed day lies between today and the end."), "C-17"))
    named = [change.number for change in stages if change.number is not None]
    if len(named) != len(set(named)):
        found.append(Objection("milestones", say("Each milestone stands here once.")))
    days = [stage.due_on for stage in after.milestones]
    if days != sorted(days):
        found.append(Objection("milestones", say("Milestones stand in order of time."), "C-17"))
    late = [s.number for s in after.milestones if s.number in open_ and s.due_on > after.until_on]
    if late and after.until_on != before.until_on:
        words = say("Milestones {numbers} would be due after the end; move them too.", numbers=late)
        found.append(Objection("until_on", words, "C-17"))
    return found


def objections_to_one_side(*, reason: str, one_sided: bool, side: Side, evidence: Sequence[str]) -> list[Objection]:
    """Object where one side acts alone without evidence, or on a ground that only the street office may state.

    Law: 政府采购法 第五十条: nobody changes, suspends or ends a contract at will; what the public interest demands
    is the exception, and the law of contracts knows force majeure and breach.
    """
    found = []
    if reason in ("public-interest", "dispute") and side is not Side.BUYER:
        found.append(Objection("reason", say("Only the street office may state this ground."), "C-7"))
    if one_sided and not evidence:
        found.append(Objection("evidence", say("Without the other side’s agreement this needs evidence."), "C-7"))
    return found


def objections_to_resumption(
    *,
    before: Reading,
    after: Reading,
    suspended_on: date,
    today: date,
    one_sided_by: str | None,
    alone: bool,
    side: Side,
) -> list[Objection]:
    """Object to gaining more days than the suspension took, and to ending alone what was not suspended alone.

    `one_sided_by` is the side that suspended it alone, None when both agreed.
    """
    found = []
    lost = (today - suspended_on).days
    if after.until_on < before.until_on or (after.until_on - before.until_on).days > lost:
        words = say("The end moves by at most the {days} days of the suspension.", days=lost)
        found.append(Objection("until_on", words, "C-7"))
    moved = {stage.number: stage.due_on for stage in before.milestones}
    for stage in after.milestones:
        if not 0 <= (stage.due_on - moved.get(stage.number, stage.due_on)).days <= lost:
            words = say(
                "Milestone {number} moves by at most the {days} days of the suspension.", number=stage.number, days=lost
            )
            found.append(Objection("milestones", words, "C-7"))
    if alone and side != one_sided_by:
        found.append(Objection("reason", say("What you did not suspend alone is resumed by agreement."), "C-7"))
    return found


def objections_to_termination(*, waiting: Sequence[int], unaccepted: Sequence[int]) -> list[Objection]:
    """Object to ending a contract while reports wait for judgement, and when there is nothing left to end."""
    found = []
    if waiting:
        words = say("Reports wait for judgement first: milestones {numbers}.", numbers=list(waiting))
        found.append(Objection("", words, "C-10"))
    if not unaccepted:
        found.append(Objection("", say("Everything is accepted: the contract is closed, not terminated."), "C-17"))
    return found


def objections_to_signing_change(
    *,
    side: Side,
    signed: Collection[Side],
    needed: Collection[Side],
    by: str,
    proposed_by: str,
    proposed_side: Side,
    fingerprint: str,
    expected: str,
) -> list[Objection]:
    """Object to a signature that is not asked for, a second one, one's own proposal, and another text.

    In a street office who proposes is not who signs (政府采购法 第六十一条).
    """
    found = []
    if side in signed:
        found.append(Objection("", say("This side has signed already.")))
    elif side not in needed:
        found.append(Objection("", say("This change does not need your signature."), "C-7"))
    if side is Side.BUYER is proposed_side and by == proposed_by:
        found.append(Objection("", say("Who proposed the change may not sign it for the street office."), "E-13"))
    if fingerprint and fingerprint != expected:
        found.append(Objection("fingerprint", say("The text you read is not the text to be signed; read it again.")))
    return found


def objections_to_moved_on(
    *, before: Reading, after: Reading, now_reads: Reading, open_: Collection[int], released: Yuan, releases: Yuan
) -> list[Objection]:
    """Object when a stage that the change touches was reported or accepted since it was proposed.

    `released` is what the text says goes back, `releases` what would go back today.
    """
    then = {stage.number: stage for stage in before.milestones}
    touched = [stage.number for stage in after.milestones if stage.number in then and stage != then[stage.number]]
    # Shares are apportioned anew in every stage; only what is due and payable is a stage's own.
    own = [n for n in touched if _own(then[n]) != _own(next(s for s in after.milestones if s.number == n))]
    gone = [number for number in own if number not in open_]
    if gone or now_reads != before or released != releases:
        words = say("The contract has moved on since this was proposed; decline it and propose it anew.")
        return [Objection("", words, "C-7")]
    return []


def _own(stage: Stage) -> tuple[str, date, Yuan]:
    return stage.title, stage.due_on, stage.amount
