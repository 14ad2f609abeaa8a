"""States of a delivery's report."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Where one report of a delivered milestone stands."""

    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
