"""Listings in the directory, the mandates under which hubs help, and what profiles said before."""

from piccolo.columns import Array, BigSerial, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS
from market.people.tables import Organization


class Listing(Table):
    """An organization's listing in one category: asked for, looked at, listed for a term. Information, never a gate."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, index=True)
    category = Varchar(length=20, null=False, default=None)
    # What was asked, by whom; `hub` is who asked on a mandate
    statement = Text(null=False, default=None)
    files = Array(base_column=Varchar(length=40), null=False, default=None)
    applied_at = Timestamptz(null=False, default=None)
    applied_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    hub = Varchar(length=18, null=False, default="")
    # What the keeper said
    returned = Boolean(null=False, default=False)
    repair_until = Date(null=True, default=None)
    reason = Text(null=False, default="")
    decided_at = Timestamptz(null=True, default=None)
    decided_by = Varchar(length=80, null=False, default="", help_text=HANDS)
    # The term of the listing: from its day, until a day exclusive
    listed_on = Date(null=True, default=None)
    expires_on = Date(null=True, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    reminded = Integer(null=True, default=None)
    next_turn_at = Timestamptz(null=True, default=None, index=True)

    state_is_known = Check("state IN ('applied', 'returned', 'listed', 'refused', 'lapsed')")
    listed_has_its_term = Check(
        "state NOT IN ('listed', 'lapsed') OR (listed_on IS NOT NULL AND expires_on > listed_on)"
    )
    returned_has_its_day = Check("(state = 'returned') = (repair_until IS NOT NULL)")


class Mandate(Table):
    """An organization lets a hub keep its profile and its listings, and nothing else, until a day (exclusive)."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, index=True)
    hub = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, index=True)
    granted_on = Date(null=False, default=None)
    until_on = Date(null=False, default=None)
    # The organization consents that both public pages name the other
    shown = Boolean(null=False, default=False)
    granted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    granted_at = Timestamptz(null=False, default=None)
    state = Varchar(length=20, null=False, default=None)
    revoked_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('granted', 'revoked')")
    ends_after_it_begins = Check("until_on > granted_on")
    nobody_mandates_itself = Check("hub <> organization")
    revoked_has_its_moment = Check("(state = 'revoked') = (revoked_at IS NOT NULL)")


class ProfileChange(Table, tablename="profile_change"):
    """What one field of a profile said before and after; never changed itself. `hub` acted on a mandate."""

    id = BigSerial(primary_key=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, index=True)
    revision = Integer(null=False, default=None)
    field = Varchar(length=40, null=False, default=None)
    before = Text(null=False, default=None)
    after = Text(null=False, default=None)
    changed_at = Timestamptz(null=False, default=None)
    changed_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    hub = Varchar(length=18, null=False, default="")

    something_changed = Check("before <> after")


INDEXES = [
    (
        "CREATE UNIQUE INDEX IF NOT EXISTS listing_one_alive ON listing (organization, category)"
        " WHERE state IN ('applied', 'returned', 'listed')"
    ),
]

INVARIANTS = {
    "no listing stands as listed after its term": (
        "SELECT l.code FROM listing l WHERE l.state = 'listed' AND l.next_turn_at IS NULL LIMIT 20"
    ),
}
