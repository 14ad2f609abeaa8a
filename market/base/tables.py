"""The ground floor's tables: the ledger, attachments, messages, counters, answered requests and the demo's clock."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Integer,
    Interval,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS


class LedgerEvent(Table, tablename="ledger_event"):
    """One line of the ledger: who did what to which record, and what of it is public. Never changed."""

    id = BigSerial(primary_key=True)
    at = Timestamptz(null=False, default=None, index=True)
    tag = Varchar(length=80, null=False, default=None)
    code = Varchar(length=64, null=False, default=None, index=True)
    # Actor
    account = Varchar(length=80, null=False, default=None)
    actor_name = Varchar(length=200, null=False, default=None)
    roles = Varchar(length=400, null=False, default=None)
    organization = Varchar(length=40, null=True, default=None)
    # Content
    public = JSONB(null=True, default=None)
    detail = JSONB(null=False, default="{}")
    revealed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)

    tag_names_room_and_act = Check("tag ~ '^[a-z]+:[a-z-]+$'")


class Attachment(Table):
    """A stored file: what it is, whose it is, and the digest under which its bytes lie."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    owner = Varchar(length=40, null=True, default=None, index=True)
    uploaded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    name = Varchar(length=400, null=False, default=None)
    media_type = Varchar(length=100, null=False, default=None)
    size = BigInt(null=False, default=None)
    digest = Varchar(length=64, null=False, default=None)
    sealed = Boolean(null=False, default=False)
    sealed_for = Varchar(length=64, null=True, default=None)
    wrapped_key = Bytea(null=True, default=None)
    sealed_name = Bytea(null=True, default=None)
    public = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False, default=None)

    size_is_positive = Check("size > 0")
    sealed_has_its_key = Check("sealed = (wrapped_key IS NOT NULL)")
    sealed_is_not_public = Check("NOT (sealed AND public)")


class Message(Table):
    """A message to be sent, written in the transaction of the act it tells of."""

    id = BigSerial(primary_key=True)
    to_address = Varchar(length=320, null=False, default=None)
    channel = Varchar(length=10, null=False, default="mail")
    subject = Varchar(length=400, null=False, default=None)
    body = Text(null=False, default=None)
    unsubscribe = Varchar(length=400, null=False, default="")
    created_at = Timestamptz(null=False, default=None)
    next_try_at = Timestamptz(null=True, default=None, index=True)
    # From when on it says nothing any more, such as a code that is no longer taken
    useless_from = Timestamptz(null=True, default=None)
    tries = Integer(null=False, default=0)
    sent_at = Timestamptz(null=True, default=None)
    failed_at = Timestamptz(null=True, default=None)
    last_error = Text(null=False, default="")

    is_waiting_sent_or_failed = Check(
        "(next_try_at IS NOT NULL)::int + (sent_at IS NOT NULL)::int + (failed_at IS NOT NULL)::int = 1"
    )


class Counter(Table):
    """The last number given in a series without gaps; the row is locked until the giving commits."""

    series = Varchar(length=80, primary_key=True, null=False, default=None)
    last = BigInt(null=False, default=None)

    last_is_positive = Check("last > 0")


class AnsweredRequest(Table, tablename="answered_request"):
    """The first answer to a request that carried an idempotency key, kept for 24 hours."""

    id = BigSerial(primary_key=True)
    account = Varchar(length=80, null=False, default=None)
    key = Varchar(length=200, null=False, default=None)
    fingerprint = Varchar(length=64, null=False, default=None)
    at = Timestamptz(null=False, default=None)
    status = Integer(null=True, default=None)
    headers = JSONB(null=False, default="{}")
    body = Bytea(null=True, default=None)

    one_answer_per_key = Unique([account, key])


class ClockOffset(Table, tablename="clock_offset"):
    """How far the demo's clock runs from the system's; one row at most, and none outside the demo."""

    id = Integer(primary_key=True, null=False, default=1)
    offset = Interval(null=False, default=None)

    there_is_one_clock = Check("id = 1")


class Keepsake(Table):
    """A fact of the installation kept under a name, such as the demo's examples."""

    name = Varchar(length=80, primary_key=True, null=False, default=None)
    value = JSONB(null=False, default=None)


INDEXES = [
    # What one person did last, for their home.
    "CREATE INDEX IF NOT EXISTS ledger_event_account_id ON ledger_event (account, id)",
]

INVARIANTS = {
    "ledger moments never run ahead of their row": (
        "SELECT id FROM ledger_event WHERE at IS NULL OR tag = '' LIMIT 20"
    ),
    "sealed attachments carry a key": "SELECT code FROM attachment WHERE sealed AND wrapped_key IS NULL LIMIT 20",
}
