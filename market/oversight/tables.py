"""Findings of auditors, and the flags they look into."""

from piccolo.columns import Array, BigSerial, Date, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from market.base.personal import HANDS


class Finding(Table):
    """What an auditor found about a record, what the street answered, and how it was closed."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # What
    subject = Varchar(length=64, null=False, default=None, index=True)
    street = Varchar(length=18, null=False, default=None, index=True)
    title = Varchar(length=200, null=False, default=None)
    text = Text(null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    opened_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    opened_at = Timestamptz(null=False, default=None)
    answer_by = Date(null=False, default=None)
    answer = Text(null=True, default=None)
    answered_at = Timestamptz(null=True, default=None)
    conclusion = Text(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('open', 'answered', 'closed')")
    answered_has_its_answer = Check("(state = 'open') = (answer IS NULL)")
    closed_has_its_conclusion = Check("(state = 'closed') = (conclusion IS NOT NULL)")


class Flag(Table):
    """A record that a rule wants an auditor to look into, the records that stand beside it, and why it was cleared."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # What
    subject = Varchar(length=64, null=False, default=None, index=True)
    street = Varchar(length=18, null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    law = Varchar(length=40, null=False, default=None)
    beside = Array(base_column=Varchar(length=64), null=False, default=[])
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    raised_at = Timestamptz(null=False, default=None)
    reason = Text(null=True, default=None)
    cleared_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    cleared_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('raised', 'cleared')")
    cleared_has_its_reason = Check("(state = 'cleared') = (reason IS NOT NULL)")
    cleared_by_somebody_at_a_moment = Check(
        "(state = 'cleared') = (cleared_by IS NOT NULL) AND (state = 'cleared') = (cleared_at IS NOT NULL)"
    )


INDEXES = [
    "CREATE UNIQUE INDEX IF NOT EXISTS flag_is_raised_once ON flag (subject, law) WHERE state = 'raised'",
]

INVARIANTS = {
    "a flag is about a record of the ledger": (
        "SELECT f.code FROM flag f WHERE NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.code = f.subject) LIMIT 20"
    ),
    "a finding is about a record of the ledger": (
        "SELECT f.code FROM finding f WHERE NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.code = f.subject) LIMIT 20"
    ),
}
