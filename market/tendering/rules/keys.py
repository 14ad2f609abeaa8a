"""Judgement of keys: good passphrases, who may hold a tender's shares, and when a key may be turned."""

from collections.abc import Collection
from datetime import datetime

from market.base.refusal import Objection, say
from market.tendering.rules.bidding import objections_to_opening
from market.tendering.states import SIDE_WORDS, Side

SHORTEST_PASSPHRASE = 12


def objections_to_passphrase(passphrase: str, *, account: str, repeated: str) -> list[Objection]:
    """Object to a passphrase that is short, names its account, says little, or was not repeated the same.

    Law: none; house rule (decision 0008).
    """
    found = []
    if len(passphrase) < SHORTEST_PASSPHRASE:
        found.append(
            Objection("new_passphrase", say("A passphrase has at least {least} characters.", least=SHORTEST_PASSPHRASE))
        )
    if account.lower() in passphrase.lower():
        found.append(Objection("new_passphrase", say("A passphrase cannot contain the account's name.")))
    if len(set(passphrase)) < SHORTEST_PASSPHRASE // 2:
        found.append(Objection("new_passphrase", say("A passphrase needs more different characters.")))
    if repeated != passphrase:
        found.append(Objection("repeated", say("The two passphrases differ.")))
    return found


def objections_to_making(*, has_key: bool, lost: bool) -> list[Objection]:
    """Object to a second key, unless the first one's passphrase is said to be lost."""
    if has_key and not lost:
        return [Objection("lost", say("You have a key. Say that its passphrase is lost, or change the passphrase."))]
    return []


def objections_to_sides(found: Collection[Side]) -> list[Objection]:
    """Object to publishing while a side has nobody with a key: nobody could open the bids together. Law: HR-5."""
    missing = [SIDE_WORDS[side] for side in Side if side not in found]
    return [
        Objection("", say("Nobody there has made an opening key yet: {side}.", side=side), "HR-5") for side in missing
    ]


def objections_to_keyless(*, has_key: bool) -> list[Objection]:
    """Object to a bid for a notice without a key, as notices had before joint keys: nobody could open it. Law: HR-5."""
    if has_key:
        return []
    return [Objection("", say("This notice has no joint key; it must be cancelled and published anew."), "HR-5")]


def objections_to_turning(*, now: datetime, opens_at: datetime, turned: bool) -> list[Objection]:
    """Object to turning a key before the opening moment, or a second time. Law: HR-5."""
    objections = objections_to_opening(now=now, opens_at=opens_at)
    if turned:
        objections.append(Objection("", say("You have turned your key; another keyholder's is needed."), "HR-5"))
    return objections
