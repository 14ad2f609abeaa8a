"""The words of tendering: where a tender, its bids and what is disputed about it stand, and what is done to them."""

from market.tendering.states.acts import Act
from market.tendering.states.clarifications import MATTER_WORDS, Matter
from market.tendering.states.disputes import CHALLENGE, COMPLAINT
from market.tendering.states.keys import KEY, KEYHOLDERS, ROLES_OF, SIDE_WORDS, KeyState, Side
from market.tendering.states.stages import BidState, Method, State
from market.tendering.states.tenders import BUYERS, LIFECYCLE, PUBLISHED, UNDER_WAY

__all__ = [
    "BUYERS",
    "CHALLENGE",
    "COMPLAINT",
    "KEY",
    "KEYHOLDERS",
    "LIFECYCLE",
    "LIFECYCLES",
    "MATTER_WORDS",
    "PUBLISHED",
    "ROLES_OF",
    "SIDE_WORDS",
    "UNDER_WAY",
    "Act",
    "BidState",
    "KeyState",
    "Matter",
    "Method",
    "Side",
    "State",
]

LIFECYCLES = (LIFECYCLE, CHALLENGE, COMPLAINT, KEY)
