"""What is set right or disputed about a notice: corrections, challenges (质疑) and complaints (投诉)."""

from piccolo.columns import (
    JSONB,
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

from market.base.personal import HANDS, PARTNERS
from market.tendering.tables.tenders import Tender


class Correction(Table):
    """One correction of a published notice: each field's words before and after, and what it did to bids in hand."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    reason = Text(null=False, default=None)
    changes = JSONB(null=False, default=None)
    touches_bids = Boolean(null=False, default=None)
    closed_at = Timestamptz(null=False, default=None)
    closes_at = Timestamptz(null=False, default=None)
    voided = Integer(null=False, default=0)
    corrected_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    corrected_at = Timestamptz(null=False, default=None)

    one_correction_per_number = Unique([tender, number])
    closing_is_never_moved_forward = Check("closes_at >= closed_at")
    only_substance_voids_bids = Check("voided = 0 OR touches_bids")


class Challenge(Table):
    """One participant's challenge of the documents, of a stage, or of the result, and the street's written answer."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    organization = Varchar(length=18, null=False, default=None, index=True)
    kind = Varchar(length=20, null=False, default=None)
    stage = Varchar(length=20, null=False, default=None)
    # What is challenged
    matter = Text(null=False, default=None)
    facts = Text(null=False, default=None)
    grounds = Text(null=False, default=None)
    request = Text(null=False, default=None)
    files = JSONB(null=False, default=None)
    contact = Varchar(length=200, null=False, default=None, help_text=PARTNERS)
    known_on = Date(null=False, default=None)
    filed_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    filed_at = Timestamptz(null=False, default=None)
    # Answer
    state = Varchar(length=20, null=False, default=None, index=True)
    answer_by = Date(null=False, default=None)
    overdue_at = Timestamptz(null=True, default=None)
    outcome = Varchar(length=20, null=True, default=None)
    path = Varchar(length=20, null=True, default=None)
    answer = Text(null=False, default="")
    answer_grounds = Text(null=False, default="")
    answered_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    answered_at = Timestamptz(null=True, default=None)
    complain_until = Date(null=False, default=None)
    next_turn_at = Timestamptz(null=True, default=None, index=True)

    one_challenge_per_stage = Unique([tender, organization, kind, stage])
    kind_is_known = Check("kind IN ('document', 'process', 'result')")
    a_stage_is_of_the_process = Check("(kind = 'process') = (stage <> '')")
    state_is_known = Check("state IN ('open', 'answered')")
    answered_says_what_follows = Check(
        "(state = 'answered') = (outcome IS NOT NULL) AND (outcome IS NULL) = (path IS NULL)"
        " AND (outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer = '')"
    )
    clock_waits_for_the_answer_alone = Check("(next_turn_at IS NOT NULL) = (state = 'open' AND overdue_at IS NULL)")


class Complaint(Table):
    """A challenger's complaint to the district finance supervisor, and the published decision."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    challenge = ForeignKey(Challenge, null=False, on_delete=OnDelete.restrict, unique=True)
    # What is complained of
    facts = Text(null=False, default=None)
    grounds = Text(null=False, default=None)
    request = Text(null=False, default=None)
    files = JSONB(null=False, default=None)
    contact = Varchar(length=200, null=False, default=None, help_text=PARTNERS)
    filed_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    filed_at = Timestamptz(null=False, default=None)
    # Decision
    state = Varchar(length=20, null=False, default=None, index=True)
    examine_by = Date(null=False, default=None)
    decide_by = Date(null=False, default=None)
    suspended_until = Timestamptz(null=False, default=None)
    outcome = Varchar(length=20, null=True, default=None)
    path = Varchar(length=20, null=True, default=None)
    decision = Text(null=False, default="")
    decision_grounds = Text(null=False, default="")
    decided_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    decided_at = Timestamptz(null=True, default=None)

    state_is_known = Check("state IN ('filed', 'decided')")
    decided_says_what_follows = Check(
        "(state = 'decided') = (outcome IS NOT NULL) AND (outcome IS NULL) = (path IS NULL)"
        " AND (outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decision = '')"
    )


INVARIANTS = {
    "who challenges took part": (
        "SELECT c.code FROM challenge c WHERE NOT EXISTS (SELECT 1 FROM documents_taken d WHERE d.tender = c.tender"
        " AND d.organization = c.organization) LIMIT 20"
    ),
    "no contract was signed while a challenge was open": (
        "SELECT c.code FROM challenge c JOIN tender t ON t.id = c.tender JOIN ledger_event e ON e.code = t.contract"
        " AND e.tag = 'contracts:sign-contract' WHERE e.at > c.filed_at AND e.public IS NOT NULL"
        " AND (c.answered_at IS NULL OR e.at < c.answered_at) LIMIT 20"
    ),
}
