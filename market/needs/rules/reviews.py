"""Judgement about reviews: which parts a need's review has, whose part is open, and by which hands."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import msgspec

from market.base.refusal import Objection, say
from market.needs.states import Decision, Part
from market.people.states import Role


class Reviews(msgspec.Struct, frozen=True, kw_only=True):
    """The review of a need so far: who wrote it, which further parts it needs, who gave which.

    `legal`: law or the street wants a review of law beside the approval (B-4); `repeated`: purchases of the same line
    and item were named, so that a supervisor has to agree (HR-1).
    """

    hands: tuple[str, ...] = ()
    legal: bool = False
    repeated: bool = False
    given: dict[Part, str] = {}

    @property
    def awaited(self) -> list[Part]:
        """Return the parts that are still to come."""
        wanted = {Part.APPROVAL: True, Part.LAW: self.legal, Part.SUPERVISION: self.repeated}
        return [part for part, needed in wanted.items() if needed and part not in self.given]


def part_of(*, reviewer: str, roles: AbstractSet[str], reviews: Reviews) -> Part | None:
    """Return the part that this person may give now; None when none of theirs is awaited.

    The approver approves; the legal reviewer reviews the law where that is a part of its own, and otherwise may
    approve as second person; the street's supervisor agrees to repeated purchases. One person gives one part.
    """
    if reviewer in reviews.hands or reviewer in reviews.given.values():
        return None
    theirs = {
        Part.APPROVAL: Role.APPROVER in roles or (Role.LEGAL_REVIEWER in roles and not reviews.legal),
        Part.LAW: Role.LEGAL_REVIEWER in roles,
        Part.SUPERVISION: Role.STREET_SUPERVISOR in roles,
    }
    return next((part for part in reviews.awaited if theirs[part]), None)


def objections_to_review(
    *, reviewer: str, roles: AbstractSet[str], reviews: Reviews, decision: Decision, reason: str
) -> list[Objection]:
    """Object when the reviewer had a hand in the need, has no part open, or sends it back without saying why.

    Law: 财库〔2021〕22号 第三十二条 (B-5).
    """
    objections: list[Objection] = []
    if reviewer in reviews.hands:
        words = say("Who wrote a need may not review it; a second person must.")
        objections.append(Objection("", words, "B-5"))
    elif part_of(reviewer=reviewer, roles=roles, reviews=reviews) is None:
        words = say("No part of this review waits for you: one person gives one part, and yours is given or not asked.")
        objections.append(Objection("", words, "B-5"))
    if decision is Decision.SEND_BACK and not reason.strip():
        objections.append(Objection("reason", say("Say what must be changed.")))
    return objections


def names_of(parts: Iterable[Part]) -> list[str]:
    """Return parts as the ledger keeps them."""
    return [str(part) for part in parts]
