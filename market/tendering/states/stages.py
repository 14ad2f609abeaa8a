"""Where tenders and bids stand, and how suppliers compete."""

from enum import StrEnum


class Method(StrEnum):
    """How suppliers compete; here only competitive consultation is run, the others are words for the rules."""

    OPEN_TENDER = "open-tender"
    CONSULTATION = "consultation"
    NEGOTIATION = "negotiation"


class State(StrEnum):
    """Where a tender stands."""

    #: The purchaser has written it; the street alone sees it.
    DRAFT = "draft"
    #: The notice is public; bids come in sealed until the closing moment.
    OPEN = "open"
    #: The key was turned: names and opening prices are known.
    OPENED = "opened"
    #: The panel checks and scores, blind and each member alone.
    EVALUATING = "evaluating"
    #: Final quotes come in sealed until the round ends.
    QUOTING = "quoting"
    #: The round ended; price is scored, the bids are ranked, the panel signs.
    RANKED = "ranked"
    #: The report is sealed; a second person confirms within the period.
    EVALUATED = "evaluated"
    #: The result is public, the award letter has gone out.
    AWARDED = "awarded"
    #: The contract is signed by both.
    CONTRACTED = "contracted"
    #: Too few suppliers remained; the need is free again.
    FAILED = "failed"
    #: Ended by the street with a reason; the need is free again.
    CANCELLED = "cancelled"


class BidState(StrEnum):
    """Where one organization's bid stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    VALID = "valid"
    DISQUALIFIED = "disqualified"
