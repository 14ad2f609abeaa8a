"""What changes a contract after its signature: amendments, suspensions, resumptions and terminations."""

from decimal import Decimal

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
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from contracts.tables.contracts import MONEY, Contract
from market.base.personal import HANDS


class Amendment(Table, tablename="contract_amendment"):
    """One change of a contract, proposed by a side and then in effect or declined.

    `before` and `after` are the terms it finds and leaves; nothing of an earlier change is ever written over.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    kind = Varchar(length=20, null=False, default=None)
    # Why; one-sided where the law lets one side act alone
    reason = Varchar(length=20, null=False, default=None)
    one_sided = Boolean(null=False, default=False)
    explanation = Text(null=False, default=None)
    evidence = Array(base_column=Varchar(length=40), null=False, default=list)
    # What: money added or taken away, what a termination gives back, and the terms before and after
    money = Numeric(digits=MONEY, null=False, default=Decimal(0))
    released = Numeric(digits=MONEY, null=False, default=Decimal(0))
    before = JSONB(null=False, default="{}")
    after = JSONB(null=False, default="{}")
    fingerprint = Varchar(length=64, null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None)
    proposed_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    proposed_side = Varchar(length=10, null=False, default=None)
    proposed_at = Timestamptz(null=False, default=None)
    effective_at = Timestamptz(null=True, default=None)
    publish_by = Date(null=True, default=None)
    declined_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    declined_at = Timestamptz(null=True, default=None)
    declined_because = Text(null=False, default="")

    kind_is_known = Check("kind IN ('amendment', 'suspension', 'resumption', 'termination')")
    state_of_amendment_is_known = Check("state IN ('proposed', 'effective', 'declined')")
    side_of_proposal_is_known = Check("proposed_side IN ('buyer', 'supplier')")
    only_amendments_move_the_price = Check("money = 0 OR kind = 'amendment'")
    only_terminations_release = Check("released >= 0 AND (released = 0 OR kind = 'termination')")
    effective_has_its_moment = Check("(effective_at IS NOT NULL) = (state = 'effective')")
    effective_has_its_publication_day = Check("(publish_by IS NULL) = (effective_at IS NULL)")
    declined_has_its_hand = Check("(declined_by IS NOT NULL AND declined_at IS NOT NULL) = (state = 'declined')")
    declined_with_words = Check("state <> 'declined' OR declined_because <> ''")
    one_amendment_per_number = Unique([contract, number])


class AmendmentSignature(Table, tablename="contract_amendment_signature"):
    """One side's confirmation of a change's text with this fingerprint."""

    id = BigSerial(primary_key=True)
    amendment = ForeignKey(Amendment, null=False, on_delete=OnDelete.restrict)
    side = Varchar(length=10, null=False, default=None)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization = Varchar(length=18, null=False, default=None)
    fingerprint = Varchar(length=64, null=False, default=None)
    signed_at = Timestamptz(null=False, default=None)

    side_of_signature_is_known = Check("side IN ('buyer', 'supplier')")
    one_amendment_signature_per_side = Unique([amendment, side])


_OF_CONTRACT = "ON contract_amendment (contract)"
INDEXES = [
    f"CREATE UNIQUE INDEX IF NOT EXISTS one_open_amendment {_OF_CONTRACT} WHERE state = 'proposed'",
    f"CREATE UNIQUE INDEX IF NOT EXISTS one_end {_OF_CONTRACT} WHERE kind = 'termination' AND state = 'effective'",
]

INVARIANTS = {
    "a contract's price is the one signed with what its amendments moved": (
        "SELECT c.code FROM contract c JOIN contract_amendment a ON a.contract = c.id AND a.state = 'effective'"
        " GROUP BY c.id HAVING c.amount <> sum(a.money)"
        " + (array_agg((a.before ->> 'amount')::numeric ORDER BY a.number))[1] LIMIT 20"
    ),
    "a change in effect is signed under its text by those it needs": (
        "SELECT a.code FROM contract_amendment a LEFT JOIN contract_amendment_signature s ON s.amendment = a.id"
        " AND s.fingerprint = a.fingerprint WHERE a.state = 'effective' GROUP BY a.id"
        " HAVING count(s.id) < CASE WHEN a.one_sided THEN 1 ELSE 2 END LIMIT 20"
    ),
    "a suspended or terminated contract has the change that made it so": (
        "SELECT c.code FROM contract c WHERE (c.terminated_at IS NOT NULL) <> EXISTS (SELECT 1 FROM contract_amendment"
        " a WHERE a.contract = c.id AND a.kind = 'termination' AND a.state = 'effective') OR c.state = 'suspended' AND"
        " 'suspension' IS DISTINCT FROM (SELECT a.kind FROM contract_amendment a WHERE a.contract = c.id"
        " AND a.state = 'effective' AND a.kind <> 'amendment' ORDER BY a.number DESC LIMIT 1) LIMIT 20"
    ),
    "a termination gives back what was not accepted": (
        "SELECT c.code FROM contract c WHERE c.released <> CASE WHEN c.terminated_at IS NULL THEN 0 ELSE (SELECT"
        " coalesce(sum(m.amount), 0) FROM contract_milestone m WHERE m.contract = c.id AND m.accepted_at IS NULL) END"
        " LIMIT 20"
    ),
}
