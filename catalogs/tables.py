"""What may be bought (registers, their entries and mapping) and who offers it (profiles, standings, track record)."""

from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.indexes import IndexMethod
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.people.tables import Organization


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


class Profile(Table):
    """What an organization does and where; its identity is the people room's."""

    id = BigSerial(primary_key=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, unique=True)
    revision = Integer(null=False, default=1)
    terms = Array(base_column=Varchar(length=20), null=False, default=None, index=True, index_method=IndexMethod.gin)
    # Facts of the certificate that decide who may supply
    public_class = Varchar(length=2, null=False, default="")
    fiscally_funded = Boolean(null=False, default=False)
    legal_person = Boolean(null=False, default=True)
    # What it tells of itself
    business_scope = Text(null=False, default="")
    categories = Array(base_column=Varchar(length=20), null=False, default=None)
    service_areas = Text(null=False, default="")
    address = Varchar(length=200, null=False, default="")
    responsible_person = Varchar(length=100, null=False, default="")
    full_time_staff = Integer(null=True, default=None)
    social_workers = Integer(null=True, default=None)
    volunteers = Integer(null=True, default=None)
    # For its invoices
    bank_name = Varchar(length=200, null=False, default="")
    bank_account = Varchar(length=40, null=False, default="")
    changed_at = Timestamptz(null=False, default=None)

    public_class_is_known = Check("public_class IN ('', '1', '2')")
    staff_is_not_negative = Check(
        "coalesce(full_time_staff, 0) >= 0 AND coalesce(social_workers, 0) >= 0 AND coalesce(volunteers, 0) >= 0"
    )
    bank_account_is_in_form = Check("bank_account ~ '^[0-9]{0,40}$'")


class StandingRow(Table, tablename="standing"):
    """What an authority recorded about an organization: by which document, from when, until when, lifted or not."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=30, null=False, default=None)
    value = Varchar(length=40, null=False, default="")
    from_on = Date(null=False, default=None)
    until_on = Date(null=True, default=None)
    document = Varchar(length=200, null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None)
    lifted_on = Date(null=True, default=None)
    lifted_document = Varchar(length=200, null=False, default="")

    document_is_named = Check("document <> ''")
    state_is_known = Check("state IN ('recorded', 'lifted')")
    lifted_has_its_day_and_document = Check("(state = 'lifted') = (lifted_on IS NOT NULL AND lifted_document <> '')")
    ends_after_it_begins = Check("until_on IS NULL OR until_on > from_on")


class TrackRecord(Table, tablename="track_record"):
    """A published evaluation of a contract of an organization, as the evaluations room reported it."""

    id = BigSerial(primary_key=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict)
    contract = Varchar(length=40, null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    score = Numeric(digits=(5, 2), null=False, default=None)
    grade = Varchar(length=20, null=False, default=None)
    url = Varchar(length=200, null=False, default=None, unique=True)
    published_at = Timestamptz(null=False, default=None)

    score_is_within_bounds = Check("score >= 0 AND score <= 100")


INDEXES = [
    # A notice is told to those whose services it asks for.
    "CREATE INDEX IF NOT EXISTS profile_categories ON profile USING gin (categories)",
]

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
    "every organization has its profile": (
        "SELECT o.code FROM organization o WHERE NOT EXISTS"
        " (SELECT 1 FROM profile p WHERE p.organization = o.id) LIMIT 20"
    ),
}
