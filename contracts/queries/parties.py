"""Who stands where towards a contract; what a reader may see is a WHERE, what they may do a set of facts."""

from typing import Any

from contracts.states import Side
from market.base.database import one
from market.people.states import Role, User

# What is signed is public; before that the street works on it, and the supplier reads what passed the review.
VISIBLE = (
    "($1::bool OR c.street = $2 OR c.signed_at IS NOT NULL OR (c.supplier = $2 AND c.state <> 'drafted'"
    " AND c.state <> 'returned'))"
)
# An invoice names bank accounts: the two parties and the auditor read it.
INVOICE_VISIBLE = "($1::bool OR c.street = $2 OR c.supplier = $2)"

# The street of whose residents a committee speaks.
STREETS_OF_COMMITTEE = (
    "SELECT s.code FROM organization s JOIN organization k ON k.district = s.district"
    " AND k.street_code = s.street_code WHERE k.code = {committee} AND k.kind = 'committee'"
)

COMMITTEES_OF_STREET = (
    "SELECT k.code FROM organization k JOIN organization s ON k.district = s.district"
    " AND k.street_code = s.street_code WHERE s.code = $1 AND k.kind = 'committee'"
)


def reader(user: User) -> tuple[bool, str]:
    """Return the two values that the WHERE clauses begin with."""
    return user.may_be(Role.AUDITOR), user.organization or ""


def side_of(row: dict[str, Any], user: User) -> Side | None:
    """Return the side this user may sign for, None when neither."""
    if user.organization == row["street"] and user.may_be(Role.APPROVER):
        return Side.BUYER
    if user.organization == row["supplier"] and user.may_be(Role.ORGANIZATION_ADMINISTRATOR):
        return Side.SUPPLIER
    return None


async def speaks_for_residents(row: dict[str, Any], user: User) -> bool:
    """Tell whether the user is a resident representative of a committee of the contract's street."""
    if not user.may_be(Role.RESIDENT_REPRESENTATIVE):
        return False
    found = await one(
        f"SELECT 1 WHERE $1::text IN ({STREETS_OF_COMMITTEE.format(committee='$2')})",
        row["street"],
        user.organization,
    )
    return found is not None


def works_for_buyer(row: dict[str, Any], user: User) -> bool:
    """Tell whether the user reads what the street's lawyer wrote: the street itself and the auditor."""
    return user.may_be(Role.AUDITOR) or user.organization == row["street"]


async def is_party(row: dict[str, Any], user: User) -> bool:
    """Tell whether the user reads everything of the contract: both sides, its residents, and the auditor."""
    if user.may_be(Role.AUDITOR) or (user.organization or "") in (row["street"], row["supplier"]):
        return True
    return await speaks_for_residents(row, user)
