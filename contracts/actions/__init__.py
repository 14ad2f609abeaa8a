"""The deeds of contracts, from the draft to the last payment."""

from contracts.actions.paying import (
    Request,
    approve_invoice,
    close_contract,
    record_payment,
    return_invoice,
    submit_invoice,
)
from contracts.actions.performance import (
    Findings,
    Session,
    accept_delivery,
    give_opinion,
    record_session,
    report_delivery,
    return_delivery,
)
from contracts.actions.signing import Wording, award_of, draft_contract, review_contract, sign_contract
from market.base.paper import PRESS
from market.settings import Settings


def furnish(settings: Settings) -> None:
    """Let papers say whether this is the demo, and keep their fonts."""
    PRESS.furnish(demo=settings.demo, spare=settings.data / "fonts")


__all__ = [
    "Findings",
    "Request",
    "Session",
    "Wording",
    "accept_delivery",
    "approve_invoice",
    "award_of",
    "close_contract",
    "draft_contract",
    "give_opinion",
    "record_payment",
    "record_session",
    "report_delivery",
    "return_delivery",
    "return_invoice",
    "review_contract",
    "sign_contract",
    "submit_invoice",
]
