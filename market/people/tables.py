"""Accounts, organizations, who serves whom in which role, sessions, tokens and invitations."""

from piccolo.columns import (
    JSONB,
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS, HERSELF, PUBLISHED


class Organization(Table):
    """Who an organization is: its code, name and kind. What it does and may do is the directory's (catalogs)."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=18, null=False, default=None, unique=True)
    name = Varchar(length=200, null=False, default=None)
    name_en = Varchar(length=200, null=False, default="")
    kind = Varchar(length=20, null=False, default=None, index=True)
    district = Varchar(length=60, null=False, default="")
    street_code = Varchar(length=12, null=False, default="")
    established_on = Date(null=True, default=None)
    registered_at = Timestamptz(null=False, default=None)
    # It entered itself, on its own word; an authority's review shows in its listings.
    self_registered = Boolean(null=False, default=False)

    code_is_in_form = Check("code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'")
    name_is_given = Check("name <> ''")


class Account(Table):
    """A person who signs in; `login` is what they type and what the ledger names."""

    id = BigSerial(primary_key=True)
    login = Varchar(length=80, null=False, default=None, unique=True, help_text=PUBLISHED)
    name = Varchar(length=200, null=False, default=None, help_text=PUBLISHED)
    email = Varchar(length=320, null=False, default="", help_text=HERSELF)
    lang = Varchar(length=5, null=False, default="zh-CN")
    password_hash = Text(null=False, default=None)
    suspended = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False, default=None)

    login_is_in_form = Check("login ~ '^[a-z0-9][a-z0-9._-]{1,79}$'")


class Membership(Table):
    """A role that an account holds for an organization, until it is revoked."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict, index=True)
    role = Varchar(length=40, null=False, default=None, index=True)
    granted_at = Timestamptz(null=False, default=None)
    granted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    revoked_at = Timestamptz(null=True, default=None)

    one_row_per_role = Unique([account, organization, role])
    revoked_after_granted = Check("revoked_at IS NULL OR revoked_at >= granted_at")


class Session(Table):
    """A browser that is signed in; only a digest of its cookie is kept."""

    id = BigSerial(primary_key=True)
    digest = Varchar(length=64, null=False, default=None, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    organization = ForeignKey(Organization, null=True, on_delete=OnDelete.restrict)
    created_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)

    expires_after_created = Check("expires_at > created_at")


class Token(Table):
    """A machine's key to some acts of one account for one organization; only its digest is kept."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    digest = Varchar(length=64, null=False, default=None, unique=True)
    name = Varchar(length=100, null=False, default=None)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    organization = ForeignKey(Organization, null=True, on_delete=OnDelete.restrict)
    acts = Array(base_column=Varchar(length=60), null=False, default=None)
    created_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)
    revoked_at = Timestamptz(null=True, default=None)

    expires_after_created = Check("expires_at > created_at")
    bears_acts = Check("cardinality(acts) > 0")


class Invitation(Table):
    """Somebody asked by mail to serve an organization; the word in the mail works once."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    digest = Varchar(length=64, null=False, default=None)
    organization = ForeignKey(Organization, null=False, on_delete=OnDelete.restrict)
    role = Varchar(length=40, null=False, default=None)
    email = Varchar(length=320, null=False, default=None, help_text=HERSELF)
    invited_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    created_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)
    accepted_at = Timestamptz(null=True, default=None)


class Registration(Table):
    """An organization that wants to enter itself: what it says, until the word mailed to its contact comes back."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    digest = Varchar(length=64, null=False, default=None)
    # What it says of itself
    organization_code = Varchar(length=18, null=False, default=None, index=True)
    name = Varchar(length=200, null=False, default=None)
    name_en = Varchar(length=200, null=False, default="")
    kind = Varchar(length=20, null=False, default=None)
    district = Varchar(length=60, null=False, default="")
    established_on = Date(null=True, default=None)
    # Whom the house asks
    contact_name = Varchar(length=100, null=False, default=None, help_text=HERSELF)
    email = Varchar(length=320, null=False, default=None, index=True, help_text=HERSELF)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    requested_at = Timestamptz(null=False, default=None, index=True)
    expires_at = Timestamptz(null=False, default=None)
    confirmed_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('requested', 'confirmed')")
    confirmed_has_its_moment = Check("(state = 'confirmed') = (confirmed_at IS NOT NULL)")
    expires_after_requested = Check("expires_at > requested_at")


class SignInFailure(Table, tablename="sign_in_failure"):
    """Failed sign-ins under a name, whether or not an account has it, so that nothing tells which names exist."""

    name = Varchar(length=80, primary_key=True, null=False, default=None)
    failures = Integer(null=False, default=None)
    locked_until = Timestamptz(null=True, default=None)
    last_at = Timestamptz(null=False, default=None)

    failures_are_counted = Check("failures > 0")


class SensitiveRead(Table, tablename="sensitive_read"):
    """Somebody read what few may: whose account, what kind, of which record; once a day, and never changed."""

    id = BigSerial(primary_key=True)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization = Varchar(length=18, null=False, default="")
    kind = Varchar(length=20, null=False, default=None)
    code = Varchar(length=64, null=False, default=None, index=True)
    on_day = Date(null=False, default=None)
    read_at = Timestamptz(null=False, default=None)

    once_a_day = Unique([account, kind, code, on_day])
    kind_is_known = Check("kind IN ('sealed-bid', 'bid-file', 'survey-words', 'bank-account')")


class Notification(Table):
    """What one person was told of one event, in words that are said again in any language; read or not."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    event = BigInt(null=False, default=None)
    organization = Varchar(length=18, null=False, default="")
    topic = Varchar(length=20, null=False, default=None)
    words = JSONB(null=False, default=None)
    url = Varchar(length=200, null=False, default=None)
    code = Varchar(length=64, null=False, default=None)
    made_at = Timestamptz(null=False, default=None)
    read_at = Timestamptz(null=True, default=None)
    digest_at = Timestamptz(null=True, default=None, index=True)

    told_once_of_an_event = Unique([account, event])
    leads_within_the_house = Check("url LIKE '/%' AND url NOT LIKE '//%'")


class MailPreference(Table, tablename="mail_preference"):
    """How news of one topic comes to one person by mail, where they chose it."""

    id = BigSerial(primary_key=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    topic = Varchar(length=20, null=False, default=None)
    mail = Varchar(length=10, null=False, default=None)

    one_choice_per_topic = Unique([account, topic])
    mail_is_known = Check("mail IN ('at-once', 'daily', 'never')")


INDEXES = [
    # How much somebody has not read is counted with every page; what was read long ago is not looked at for it.
    "CREATE INDEX IF NOT EXISTS notification_latest ON notification (account, made_at, event)",
    "CREATE INDEX IF NOT EXISTS notification_unread ON notification (account) WHERE read_at IS NULL",
]

INVARIANTS = {
    "an active role belongs to an account that is not suspended": (
        "SELECT m.id FROM membership m JOIN account a ON a.id = m.account WHERE a.suspended AND"
        " m.revoked_at IS NULL LIMIT 20"
    ),
}
