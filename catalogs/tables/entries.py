"""What may be bought: registers, their entries and mapping."""

from piccolo.columns import JSONB, Array, BigSerial, Date, Integer, Numeric, Text, Timestamptz, Varchar
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Edition(Table):
    """Where a register comes from and how far it was compared with its source."""

    register = Varchar(length=20, primary_key=True, null=False, default=None)
    version = Text(null=False, default=None)
    version_zh = Text(null=False, default=None)
    checked = Varchar(length=20, null=False, default=None)
    source = Text(null=False, default=None)
    source_zh = Text(null=False, default=None)
    loaded_at = Timestamptz(null=False, default=None)

    checked_is_known = Check("checked IN ('verified', 'unverified', 'illustrative', 'own decision')")


class Entry(Table):
    """An entry of a register; `terms` are the words under which it is found."""

    id = BigSerial(primary_key=True)
    register = Varchar(length=20, null=False, default=None)
    code = Varchar(length=20, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # Words
    name_zh = Varchar(length=200, null=False, default=None)
    name_en = Varchar(length=200, null=False, default="")
    terms = Array(base_column=Varchar(length=20), null=False, default=None, index=True, index_method=IndexMethod.gin)
    sort_key = Varchar(length=120, null=False, default="")
    # Place in the tree
    parent = Varchar(length=20, null=True, default=None, index=True)
    level = Integer(null=False, default=None)
    # Service of the menu
    unit_zh = Varchar(length=40, null=False, default="")
    unit_en = Varchar(length=60, null=False, default="")
    item = Varchar(length=20, null=True, default=None, index=True)
    category = Varchar(length=20, null=True, default=None, index=True)
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
    changed_at = Timestamptz(null=False, default=None)

    register_is_known = Check("register IN ('item', 'guiding', 'menu', 'category')")
    state_is_known = Check("state IN ('in-use', 'retired')")
    menu_has_item_and_category = Check("(register = 'menu') = (item IS NOT NULL AND category IS NOT NULL)")
    prices_do_not_cross = Check("price_from IS NULL OR price_until IS NULL OR price_until >= price_from")
    prices_are_positive = Check("coalesce(price_from, 1) > 0 AND coalesce(price_until, 1) > 0")


class EntryLink(Table, tablename="entry_link"):
    """A category counts an official item or a guiding entry among its own: our decision, marked as such."""

    id = BigSerial(primary_key=True)
    category = Varchar(length=20, null=False, default=None)
    entry = Varchar(length=20, null=False, default=None, index=True)

    one_link_per_pair = Unique([category, entry])


class CentralItem(Table, tablename="central_item"):
    """An official item that stands in a central procurement catalogue over a period."""

    id = BigSerial(primary_key=True)
    item = Varchar(length=20, null=False, default=None)
    in_force_from = Date(null=False, default=None)
    in_force_until = Date(null=True, default=None)
    checked = Varchar(length=20, null=False, default=None)

    one_per_item_and_day = Unique([item, in_force_from])
    ends_after_it_begins = Check("in_force_until IS NULL OR in_force_until > in_force_from")


INVARIANTS = {
    "every entry hangs below an entry of its own register": (
        "SELECT e.code FROM entry e WHERE e.parent IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM entry p WHERE p.code = e.parent AND p.register = e.register) LIMIT 20"
    ),
    "every service of the menu maps to an official item and a category": (
        "SELECT e.code FROM entry e WHERE e.register = 'menu' AND NOT (EXISTS"
        " (SELECT 1 FROM entry i WHERE i.code = e.item AND i.register = 'item') AND EXISTS"
        " (SELECT 1 FROM entry c WHERE c.code = e.category AND c.register = 'category')) LIMIT 20"
    ),
}
