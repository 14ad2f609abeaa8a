"""The words of what a panel asks a bidder: what it is about, and what became of it."""

from enum import StrEnum

from market.base.refusal import say


class Matter(StrEnum):
    """What a panel asks a bidder about."""

    #: What the bid means where it is unclear or contradicts itself (财政部令87 第五十一条).
    MEANING = "meaning"
    #: Whether a price that is out of the ordinary can be kept (A-1 to A-7).
    LOW_PRICE = "low-price"


MATTER_WORDS = {
    Matter.MEANING: say("What the bid means"),
    Matter.LOW_PRICE: say("An abnormally low price"),
}
