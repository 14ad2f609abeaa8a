"""Findings of auditors."""

from piccolo.columns import BigSerial, Date, Integer, Text, Timestamptz, Varchar
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


INVARIANTS = {
    "a finding is about a record of the ledger": (
        "SELECT f.code FROM finding f WHERE NOT EXISTS (SELECT 1 FROM ledger_event e WHERE e.code = f.subject) LIMIT 20"
    ),
}
