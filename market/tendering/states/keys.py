"""The words of keyholders: the sides they stand on, and what they do with their own key."""

from enum import StrEnum

from market.base.lifecycle import Lifecycle, Step
from market.base.refusal import Said, say
from market.people.states import Role
from market.tendering.states.acts import Act


class Side(StrEnum):
    """On which side a keyholder stands; a tender's shares go to different ones."""

    #: The street's own opener.
    BUYER = "buyer"
    #: The district finance supervisor.
    FINANCE = "finance"
    #: Who witnesses for the bidders: the hub's staff, or else the residents' committee.
    WITNESS = "witness"


SIDE_WORDS: dict[Side, Said] = {
    Side.BUYER: say("The buyer’s opener"),
    Side.FINANCE: say("District finance supervisor"),
    Side.WITNESS: say("Witness for the bidders"),
}
# In the order in which they are asked: the first role of a side that somebody with a key holds.
ROLES_OF: dict[Side, tuple[Role, ...]] = {
    Side.BUYER: (Role.APPROVER, Role.PURCHASER),
    Side.FINANCE: (Role.FINANCE_SUPERVISOR,),
    Side.WITNESS: (Role.HUB_STAFF, Role.RESIDENTS_COMMITTEE),
}
KEYHOLDERS = frozenset(role for roles in ROLES_OF.values() for role in roles)


class KeyState(StrEnum):
    """A person's key is in use, or it was never made."""

    NONE = "none"
    IN_USE = "in-use"


KEY = Lifecycle(
    kind="key",
    collection="keys",
    label=say("Opening key"),
    states={KeyState.NONE: say("no key yet"), KeyState.IN_USE: say("in use")},
    steps=(
        Step(Act.MAKE_KEY, frozenset(), KeyState.IN_USE, KEYHOLDERS, say("Make your opening key"), law="HR-5"),
        Step(Act.CHANGE_PASSPHRASE, frozenset(), None, KEYHOLDERS, say("Change the passphrase"), law="HR-5"),
    ),
)
