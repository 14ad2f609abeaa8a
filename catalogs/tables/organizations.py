"""Who offers it: profiles, standings, track record."""

from piccolo.columns import (
    JSONB,
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
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS, OWN, PARTNERS, PUBLISHED
from market.people.tables import Account, Organization


class Profile(Table):
    """What an organization does and where; its identity is the people room's."""

    id = BigSerial(primary_key=True)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, unique=True)
    revision = Integer(null=False, default=1)
    # How it is found: by words, by what it is and where (`marks`, such as area:北外滩街道), in the order of pinyin
    terms = Array(base_column=Varchar(length=20), null=False, default=None, index=True, index_method=IndexMethod.gin)
    sort_key = Varchar(length=120, null=False, default="")
    marks = Array(base_column=Varchar(length=40), null=False, default=[])
    # Facts of the certificate that decide who may supply
    public_class = Varchar(length=2, null=False, default="")
    fiscally_funded = Boolean(null=False, default=False)
    legal_person = Boolean(null=False, default=True)
    # What it tells of itself
    business_scope = Text(null=False, default="")
    categories = Array(base_column=Varchar(length=20), null=False, default=None)
    service_areas = Text(null=False, default="")
    address = Varchar(length=200, null=False, default="")
    responsible_person = Varchar(length=100, null=False, default="", help_text=PUBLISHED)
    legal_representative = Varchar(length=100, null=False, default="", help_text=PUBLISHED)
    supervisory_unit = Varchar(length=200, null=False, default="")
    registered_capital = Numeric(digits=(14, 2), null=True, default=None)
    party_organization = Varchar(length=20, null=False, default="")
    streets = Array(base_column=Varchar(length=12), null=False, default=[])
    contact_name = Varchar(length=100, null=False, default="", help_text=PARTNERS)
    contact_phone = Varchar(length=40, null=False, default="", help_text=PARTNERS)
    public_contact = Boolean(null=False, default=False)
    full_time_staff = Integer(null=True, default=None)
    social_workers = Integer(null=True, default=None)
    volunteers = Integer(null=True, default=None)
    # For its invoices
    bank_name = Varchar(length=200, null=False, default="")
    bank_account = Varchar(length=40, null=False, default="", help_text=OWN)
    changed_at = Timestamptz(null=False, default=None)

    public_class_is_known = Check("public_class IN ('', '1', '2')")
    staff_is_not_negative = Check(
        "coalesce(full_time_staff, 0) >= 0 AND coalesce(social_workers, 0) >= 0 AND coalesce(volunteers, 0) >= 0"
    )
    party_organization_is_known = Check("party_organization IN ('', 'own', 'joint', 'functional', 'none')")
    capital_is_not_negative = Check("coalesce(registered_capital, 0) >= 0")
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
    authority = Varchar(length=200, null=False, default="")
    reason = Varchar(length=20, null=False, default="")
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    recorded_at = Timestamptz(null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    lifted_on = Date(null=True, default=None)
    lifted_document = Varchar(length=200, null=False, default="")
    # When time ends it by itself; None for one without a term, and once it is over
    next_turn_at = Timestamptz(null=True, default=None, index=True)

    document_is_named = Check("document <> ''")
    state_is_known = Check("state IN ('recorded', 'lifted', 'ended')")
    only_recorded_waits = Check("state = 'recorded' OR next_turn_at IS NULL")
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


class SavedSearch(Table, tablename="saved_search"):
    """A search somebody keeps for themselves; what is new in it since `told_until` is told them at `tell_at`."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=60, null=False, default=None)
    wanted = JSONB(null=False, default=None)
    state = Varchar(length=20, null=False, default=None)
    saved_at = Timestamptz(null=False, default=None)
    told_until = Timestamptz(null=False, default=None)
    tell_at = Timestamptz(null=True, default=None, index=True)
    dropped_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('kept', 'dropped')")
    only_what_is_kept_is_told = Check("(state = 'kept') = (tell_at IS NOT NULL)")


INDEXES = [
    # A notice is told to those whose services it asks for.
    "CREATE INDEX IF NOT EXISTS profile_categories ON profile USING gin (categories)",
    # The directory and the menu are read in the order of pinyin, or by marks, or by what changed last.
    "CREATE INDEX IF NOT EXISTS profile_marks ON profile USING gin (marks)",
    'CREATE INDEX IF NOT EXISTS profile_in_order ON profile (sort_key COLLATE "C", id)',
    "CREATE INDEX IF NOT EXISTS profile_changed_at ON profile (changed_at)",
    'CREATE INDEX IF NOT EXISTS entry_in_order ON entry (sort_key COLLATE "C", id)',
    # An organization's page, and the search by grade and standing, read these by organization and by kind.
    "CREATE INDEX IF NOT EXISTS standing_of_organization ON standing (organization)",
    "CREATE INDEX IF NOT EXISTS standing_of_kind ON standing (kind, value)",
    "CREATE INDEX IF NOT EXISTS track_record_of_organization ON track_record (organization)",
]

INVARIANTS = {
    "every organization has its profile": (
        "SELECT o.code FROM organization o WHERE NOT EXISTS"
        " (SELECT 1 FROM profile p WHERE p.organization = o.id) LIMIT 20"
    ),
}
