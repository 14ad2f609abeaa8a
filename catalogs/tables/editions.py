"""How the guiding catalogue and the menu changed: editions, and every entry as each edition has it."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS


class CatalogueEdition(Table, tablename="catalogue_edition"):
    """One edition of a register; once published its words are kept for ever, and time puts it in force."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    register = Varchar(length=20, null=False, default=None)
    number = Integer(null=False, default=None)
    revision = Integer(null=False, default=1)
    grounds = Text(null=False, default="")
    in_force_from = Date(null=True, default=None)
    in_force_until = Date(null=True, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    begun_at = Timestamptz(null=False, default=None)
    begun_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    published_at = Timestamptz(null=True, default=None)
    published_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    next_turn_at = Timestamptz(null=True, default=None, index=True)
    reason = Text(null=False, default="")

    one_number_per_register = Unique([register, number])
    register_has_editions = Check("register IN ('menu', 'guiding')")
    state_is_known = Check("state IN ('draft', 'dropped', 'published', 'withdrawn', 'in-force', 'superseded')")
    published_has_its_day = Check("(state IN ('draft', 'dropped')) = (in_force_from IS NULL)")
    withdrawn_says_why = Check("(state = 'withdrawn') = (reason <> '')")
    published_has_its_hand = Check("(in_force_from IS NULL) = (published_at IS NULL)")
    superseded_has_its_end = Check("(state = 'superseded') = (in_force_until IS NOT NULL)")
    ends_after_it_begins = Check("in_force_until >= in_force_from")
    only_published_waits = Check("(state = 'published') = (next_turn_at IS NOT NULL)")


class EditionEntry(Table, tablename="edition_entry"):
    """An entry as an edition has it; changed in a draft only."""

    id = BigSerial(primary_key=True)
    edition = ForeignKey(
        CatalogueEdition, target_column=CatalogueEdition.code, null=False, default=None, on_delete=OnDelete.restrict
    )
    code = Varchar(length=20, null=False, default=None, index=True)
    revision = Integer(null=False, default=1)
    # Words
    name_zh = Varchar(length=200, null=False, default=None)
    name_en = Varchar(length=200, null=False, default="")
    parent = Varchar(length=20, null=True, default=None)
    level = Integer(null=False, default=0)
    unit_zh = Varchar(length=40, null=False, default="")
    unit_en = Varchar(length=60, null=False, default="")
    item = Varchar(length=20, null=True, default=None)
    category = Varchar(length=20, null=True, default=None)
    price_from = Numeric(digits=(14, 2), null=True, default=None)
    price_until = Numeric(digits=(14, 2), null=True, default=None)
    # What good delivery is
    standard = Text(null=False, default="")
    indicators = JSONB(null=False, default="[]")
    staff = Text(null=False, default="")
    evidence = Text(null=False, default="")
    # Lifecycle
    checked = Varchar(length=20, null=False, default=None)
    state = Varchar(length=20, null=False, default=None)

    one_per_edition = Unique([edition, code])
    state_is_known = Check("state IN ('in-use', 'retired')")
    prices_do_not_cross = Check("price_from IS NULL OR price_until IS NULL OR price_until >= price_from")


INDEXES = [
    "CREATE UNIQUE INDEX IF NOT EXISTS one_draft_edition ON catalogue_edition (register) WHERE state = 'draft'",
    "CREATE UNIQUE INDEX IF NOT EXISTS one_edition_in_force ON catalogue_edition (register) WHERE state = 'in-force'",
]

INVARIANTS = {
    "every entry of the menu and the guiding catalogue says what the edition in force says": (
        "SELECT x.code FROM edition_entry x JOIN catalogue_edition c ON c.code = x.edition AND c.state = 'in-force'"
        " LEFT JOIN entry e ON e.code = x.code WHERE (e.code IS NULL AND x.state = 'in-use') OR (e.code IS NOT NULL"
        " AND (e.name_zh, e.revision, e.state) IS DISTINCT FROM (x.name_zh, x.revision, x.state)) LIMIT 20"
    ),
}
