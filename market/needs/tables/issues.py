"""Lists of issues from the grid and the hotline, kept as evidence of need: what kind, where, when; nobody's words."""

from piccolo.columns import BigSerial, Date, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS
from market.needs.tables.needs import Need
from market.people.tables import Organization


class IssueList(Table, tablename="issue_list"):
    """A file of issues taken in by a street: its digest, and how many rows met which fate."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    street = ForeignKey(
        Organization, target_column=Organization.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    source = Varchar(length=10, null=False, default=None)
    file_name = Varchar(length=255, null=False, default=None)
    digest = Varchar(length=64, null=False, default=None)
    written = Integer(null=False, default=None)
    known = Integer(null=False, default=None)
    refused = Integer(null=False, default=None)
    state = Varchar(length=20, null=False, default="kept")
    imported_at = Timestamptz(null=False, default=None)
    imported_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    counts_are_not_negative = Check("least(written, known, refused) >= 0")
    source_is_known = Check("source IN ('grid', 'hotline')")
    state_is_known = Check("state = 'kept'")


class Issue(Table):
    """One issue of a list: its number there, its kind, place and day. Who called and what they said is not kept."""

    id = BigSerial(primary_key=True)
    list = ForeignKey(IssueList, null=False, on_delete=OnDelete.restrict, index=False)
    street = Varchar(length=18, null=False, default=None)
    source = Varchar(length=10, null=False, default=None)
    number = Varchar(length=60, null=False, default=None)
    kind = Varchar(length=60, null=False, default=None)
    place = Varchar(length=100, null=False, default=None)
    happened_on = Date(null=False, default=None)

    each_number_once = Unique([street, source, number])
    source_is_known = Check("source IN ('grid', 'hotline')")


class IssueCitation(Table, tablename="issue_citation"):
    """A group of issues that a need cites as evidence, with what the group was when it was cited."""

    id = BigSerial(primary_key=True)
    need = ForeignKey(Need, target_column=Need.code, null=False, default=None, on_delete=OnDelete.restrict, index=False)
    kind = Varchar(length=60, null=False, default=None)
    place = Varchar(length=100, null=False, default=None)
    number = Integer(null=False, default=None)
    first_on = Date(null=False, default=None)
    last_on = Date(null=False, default=None)
    cited_at = Timestamptz(null=False, default=None)
    cited_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    each_group_once = Unique([need, kind, place])
    number_is_positive = Check("number > 0")
    last_is_not_before_first = Check("last_on >= first_on")


INDEXES = [
    "CREATE INDEX IF NOT EXISTS issue_by_group ON issue (street, kind, place)",
    # Piccolo would name it like the table of lists.
    "CREATE INDEX IF NOT EXISTS issue_of_list ON issue (list)",
]
