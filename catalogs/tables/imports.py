"""Files that are taken into the registers: what was shown of each row before anything was written, and what became."""

from piccolo.columns import JSONB, Array, BigSerial, Date, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS


class ImportRun(Table, tablename="import_run"):
    """One file, read once: its digest, how many rows met which fate, and whether they were written."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    kind = Varchar(length=30, null=False, default=None)
    # The file
    file = Varchar(length=40, null=False, default=None)
    file_name = Varchar(length=255, null=False, default=None)
    digest = Varchar(length=64, null=False, default=None)
    sheet = Varchar(length=60, null=False, default="")
    ignored = Array(base_column=Varchar(length=60), null=False, default=[])
    # How many rows
    new = Integer(null=False, default=None)
    changed = Integer(null=False, default=None)
    unchanged = Integer(null=False, default=None)
    unmatched = Integer(null=False, default=None)
    refused = Integer(null=False, default=None)
    blank = Integer(null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    checked_on = Date(null=False, default=None)
    checked_at = Timestamptz(null=False, default=None)
    checked_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    settled_at = Timestamptz(null=True, default=None)
    settled_by = Varchar(length=80, null=False, default="", help_text=HANDS)

    state_is_known = Check("state IN ('shown', 'written', 'dropped')")
    counts_are_not_negative = Check("least(new, changed, unchanged, unmatched, refused, blank) >= 0")
    settled_has_its_hand = Check("(state = 'shown') = (settled_at IS NULL)")


class ImportRow(Table, tablename="import_row"):
    """A row of a file: the record it is about, what that said before, what it would say, and what is wrong with it."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(ImportRun, null=False, on_delete=OnDelete.cascade, index=False)
    row = Integer(null=False, default=None)
    code = Varchar(length=40, null=False, default="")
    fate = Varchar(length=20, null=False, default=None)
    before = JSONB(null=True, default=None)
    after = JSONB(null=True, default=None)
    faults = JSONB(null=False, default="[]")
    warnings = JSONB(null=False, default="[]")

    one_fate_per_row = Unique([run, row])
    fate_is_known = Check("fate IN ('new', 'changed', 'unchanged', 'unmatched', 'refused')")
    refused_says_why = Check("fate <> 'refused' OR faults <> '[]'::jsonb")


INDEXES = ["CREATE INDEX IF NOT EXISTS import_row_by_fate ON import_row (run, fate, row)"]

INVARIANTS = {
    "every file taken in counts the rows that were shown of it": (
        "SELECT r.code FROM import_run r WHERE r.state <> 'dropped' AND r.new + r.changed + r.unchanged + r.unmatched"
        " + r.refused <> (SELECT count(*) FROM import_row l WHERE l.run = r.id) LIMIT 20"
    ),
}
