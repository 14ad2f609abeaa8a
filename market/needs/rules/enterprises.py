"""Judgement about setting a purchase aside for small enterprises, which would shut social organizations out."""

from market.base.money import Yuan
from market.base.refusal import Objection, Said, say
from market.law.states import Law
from market.needs.states import SetAside


def must_be_set_aside(*, budget: Yuan, official: bool, law: Law) -> bool:
    """Tell whether a purchase is set aside unless a ground is recorded. Law: 财库〔2020〕46号 第七条 (S-3)."""
    return official and budget <= law.number("S-3")


def warnings_of_set_aside(*, budget: Yuan, official: bool, set_aside: str, law: Law) -> list[tuple[Said, str]]:
    """Warn that social organizations, which are no enterprises (S-2), could not bid; each warning with its rule."""
    if set_aside == SetAside.RESERVED:
        return [(say("The purchase is set aside for small enterprises: social organizations cannot bid."), "S-2")]
    if set_aside or not must_be_set_aside(budget=budget, official=official, law=law):
        return []
    words = say(
        "Up to {most_yuan} the purchase is set aside for small enterprises and social organizations cannot bid, unless"
        " you choose a ground for the exemption and give its reason.",
        most_yuan=law.number("S-3"),
    )
    return [(words, "S-3")]


def objections_to_set_aside(*, budget: Yuan, official: bool, set_aside: str, reason: str, law: Law) -> list[Objection]:
    """Object when the choice is not made where the law asks for it, or a ground has no reason.

    Law: 财库〔2020〕46号 第六条 names the grounds (S-4), 第七条 sets the rest aside (S-3).
    """
    if set_aside and set_aside != SetAside.RESERVED and not reason.strip():
        return [Objection("set_aside_reason", say("Give the reason for this exemption."), "S-4")]
    if set_aside:
        return []
    warned = warnings_of_set_aside(budget=budget, official=official, set_aside=set_aside, law=law)
    return [Objection("set_aside", words, rule) for words, rule in warned]
