"""Judgement of the panel: odd numbers, the experts' share, independence, checks by majority, dissent."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from market.base.refusal import Objection, say
from market.law.states import Law
from market.tendering.states import Method

_RULE = {Method.OPEN_TENDER: "E-1", Method.NEGOTIATION: "E-2", Method.CONSULTATION: "E-3"}


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An expert of the pool, and the organizations the account belongs to."""

    account: str
    organizations: frozenset[str]


def objections_to_panel(*, size: int, experts: int, method: Method, law: Law) -> list[Objection]:
    """Object to an even or small panel, or one with too few experts (at least two of every three, rounded up)."""
    rule = _RULE[method]
    least = int(law.number(rule))
    objections = []
    if size % 2 == 0:
        objections.append(Objection("panel_size", say("The number of members must be odd."), rule))
    if size < least:
        objections.append(Objection("panel_size", say("The panel has at least {least} members.", least=least), rule))
    needed = fewest_experts(size=size, method=method, law=law)
    if experts < needed:
        objections.append(
            Objection("panel_size", say("At least {needed} members must be experts.", needed=needed), f"{rule}.experts")
        )
    return objections


def fewest_experts(*, size: int, method: Method, law: Law) -> int:
    """Return how many of a panel's members must be experts, rounded up."""
    rule = _RULE[method]
    share, of = int(law.number(f"{rule}.experts")), int(law.number(f"{rule}.experts-of"))
    return -(-size * share // of)


def is_independent(*, candidate: Candidate, street: str, bidders: Collection[str]) -> bool:
    """Tell whether an expert belongs neither to the buyer nor to any bidder. Law: 政府采购法实施条例 第九条."""
    return not candidate.organizations & {street, *bidders}


def objections_to_draw(*, drawn: int, seats: int) -> list[Objection]:
    """Object when the pool of independent experts is smaller than the empty seats."""
    if drawn < seats:
        return [
            Objection(
                "",
                say("The pool has {drawn} independent experts for {seats} seats.", drawn=drawn, seats=seats),
                "E-3",
            )
        ]
    return []


def verdict(*, votes: Sequence[bool], seats: int) -> bool | None:
    """Return what the majority of all seats decided about a bid, None while it is open. Law: 财政部令87 第六十一条."""
    needed = seats // 2 + 1
    if sum(votes) >= needed:
        return True
    if len(votes) - sum(votes) >= needed:
        return False
    return None


def objections_to_check(
    *, bid: int, bids: Collection[int], checked: Collection[int], passed: bool, reason: str
) -> list[Objection]:
    """Object to a check of no bid, a second check by the same member, or a refusal without a reason."""
    objections = []
    if bid not in bids:
        objections.append(Objection("bid", say("There is no bid with this number."), "M-8"))
    elif bid in checked:
        objections.append(Objection("bid", say("You have checked this bid already."), "M-8"))
    if not passed and not reason.strip():
        objections.append(Objection("reason", say("Say why the bid does not pass."), "M-8"))
    return objections


def objections_to_dissent(*, agrees: bool, reasons: str) -> list[Objection]:
    """Object to a dissent without written reasons. Law: 政府采购法实施条例 第四十一条."""
    if not agrees and not reasons.strip():
        return [Objection("reasons", say("Write the reasons of your dissent."), "E-11")]
    return []


def all_have_scored(*, scored: Mapping[str, Collection[int]], valid: Collection[int]) -> bool:
    """Tell whether every member has scored every valid bid; only then may anyone see another's scores."""
    return bool(scored) and all(set(valid) <= set(done) for done in scored.values())
