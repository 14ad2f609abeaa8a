"""What law and house warn of while a need is written: nothing here refuses, each warning has its rule."""

from collections.abc import Sequence

from market.base.money import Yuan
from market.base.refusal import Objection, Said, say
from market.law.states import Law
from market.needs.rules.enterprises import warnings_of_set_aside
from market.needs.rules.splitting import Earlier, repeated, total


def warnings_of_coverage(*, is_covered: bool, consent_document: str) -> list[tuple[Said, str]]:
    """Warn that the guiding catalogue does not cover the item and no consent is named.

    Law: 上海市政府购买服务管理办法（沪财发〔2021〕3号） 第十六条 (N-8).
    """
    if is_covered or consent_document.strip():
        return []
    words = say(
        "The guiding catalogue does not cover this item: the government has to consent first; name its document."
    )
    return [(words, "N-8")]


def objections_to_coverage(*, is_covered: bool, official: bool, consent_document: str) -> list[Objection]:
    """Object on the official channel to what N-8 warns of; on the internal route it stays a warning."""
    warned = warnings_of_coverage(is_covered=is_covered, consent_document=consent_document) if official else []
    return [Objection("consent_document", words, rule) for words, rule in warned]


def warnings_of_need(
    *,
    budget: Yuan,
    official: bool,
    set_aside: str,
    is_covered: bool,
    consent_document: str,
    earlier: Sequence[Earlier],
    law: Law,
) -> list[tuple[Said, str]]:
    """Return every warning of a need with its rule: small enterprises (S-2, S-3), N-8, repeated purchases (HR-1)."""
    found = warnings_of_set_aside(budget=budget, official=official, set_aside=set_aside, law=law)
    found += warnings_of_coverage(is_covered=is_covered, consent_document=consent_document)
    if named := repeated(budget=budget, official=official, earlier=earlier, law=law):
        words = say(
            "With {codes} of the same line and item this comes to {total_yuan} and reaches the procurement limit: it"
            " needs a reason and the street supervisor’s agreement, and the auditors see it.",
            codes=[one.code for one in named],
            total_yuan=budget + total(named),
        )
        found.append((words, "HR-1"))
    return found
