"""Reads of the signs of bid-rigging: for the seated panel and the auditors, once the bids are opened."""

from market.base.database import Row, rows
from market.people.states import Role, User
from market.tendering.queries.bids import OPENED
from market.tendering.rules.rigging import OpenedBid, RiggingSign, signs_of_rigging

_BIDS = """
    SELECT b.number, b.plan, b.price, b.submitted_by, ARRAY(SELECT a.login FROM membership m
        JOIN account a ON a.id = m.account JOIN organization o ON o.id = m.organization
        WHERE o.code = b.organization AND m.revoked_at IS NULL) AS people
    FROM bid b WHERE b.tender = $1 AND b.number IS NOT NULL ORDER BY b.number
"""


async def rigging_signs(*, tender: Row, user: User, seated: bool) -> list[RiggingSign] | None:
    """Return the signs among a tender's opened bids; None for who is neither auditor nor seated, and before."""
    if tender["state"] not in OPENED or not (seated or user.may_be(Role.AUDITOR)):
        return None
    found = await rows(_BIDS, tender["id"])
    bids = [
        OpenedBid(number=row["number"], plan=row["plan"], price=row["price"], submitted_by=row["submitted_by"])
        for row in found
    ]
    return signs_of_rigging(bids, people={row["number"]: row["people"] for row in found})
