"""The service ledger, deliveries and the residents' opinions."""

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
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from contracts.tables.contracts import Contract, Milestone
from market.base.personal import HANDS


class ServiceSession(Table, tablename="service_session"):
    """One entry of the service ledger, as the supplier recorded it."""

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    held_on = Date(null=False, default=None)
    place = Varchar(length=200, null=False, default="")
    quantity = Numeric(digits=(12, 2), null=False, default=None)
    unit = Varchar(length=200, null=False, default=None)
    note = Text(null=False, default="")
    evidence = Array(base_column=Varchar(length=40), null=False, default=None)
    recorded_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    recorded_at = Timestamptz(null=False, default=None)

    quantity_is_positive = Check("quantity > 0")
    one_session_per_number = Unique([contract, number])


class Delivery(Table, tablename="contract_delivery"):
    """One report that a milestone is delivered, and what the street concluded."""

    id = BigSerial(primary_key=True)
    milestone = ForeignKey(Milestone, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    state = Varchar(length=20, null=False, default=None)
    # Report
    note = Text(null=False, default=None)
    evidence = Array(base_column=Varchar(length=40), null=False, default=None)
    reported_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    reported_at = Timestamptz(null=False, default=None)
    # Conclusion
    technical = Text(null=False, default="")
    service = Text(null=False, default="")
    safety = Text(null=False, default="")
    conclusion = Text(null=False, default="")
    repair_by = Date(null=True, default=None)
    judged_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    judged_name = Varchar(length=200, null=False, default="")
    judged_at = Timestamptz(null=True, default=None)
    publish_by = Date(null=True, default=None)

    state_is_known = Check("state IN ('reported', 'returned', 'accepted')")
    reported_with_evidence = Check("cardinality(evidence) > 0")
    judged_unless_reported = Check("(judged_at IS NULL) = (state = 'reported')")
    returned_has_its_repair_day = Check("(repair_by IS NOT NULL) = (state = 'returned')")
    accepted_item_by_item = Check("state <> 'accepted' OR (technical <> '' AND service <> '' AND safety <> '')")
    one_report_per_number = Unique([milestone, number])


class Opinion(Table, tablename="contract_opinion"):
    """What a resident representative says of a reported delivery."""

    id = BigSerial(primary_key=True)
    delivery = ForeignKey(Delivery, null=False, on_delete=OnDelete.restrict)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization_name = Varchar(length=200, null=False, default=None)
    satisfied = Boolean(null=False, default=None)
    text = Text(null=False, default="")
    given_at = Timestamptz(null=False, default=None)

    dissatisfied_with_words = Check("satisfied OR text <> ''")
    one_opinion_per_person = Unique([delivery, account])


INVARIANTS = {
    "a milestone is accepted when one of its deliveries is": (
        "SELECT m.id FROM contract_milestone m WHERE (m.accepted_at IS NOT NULL) <>"
        " (SELECT count(*) = 1 FROM contract_delivery d WHERE d.milestone = m.id AND d.state = 'accepted') LIMIT 20"
    ),
    "an accepted delivery has a resident's opinion and other hands": (
        "SELECT d.id FROM contract_delivery d JOIN contract_milestone m ON m.id = d.milestone"
        " JOIN contract c ON c.id = m.contract WHERE d.state = 'accepted'"
        " AND (d.judged_by IN (c.drafted_by, c.reviewed_by) OR NOT EXISTS"
        " (SELECT 1 FROM contract_opinion o WHERE o.delivery = d.id AND o.account <> d.judged_by)) LIMIT 20"
    ),
}
