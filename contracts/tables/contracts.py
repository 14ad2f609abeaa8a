"""Contracts, their signatures and milestones, and what must always be true of the room."""

from decimal import Decimal

from piccolo.columns import (
    BigSerial,
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

from market.base.personal import HANDS, OWN

MONEY = (14, 2)


class Contract(Table):
    """One contract made from an award; `live_tender` names that award unless it was sent back: one lives per award.

    The award is a tender of this house, or, when `tender` is empty, the result of its need bought outside.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    # Origin
    tender = Varchar(length=40, null=False, default=None, index=True)
    live_tender = Varchar(length=40, null=True, default=None, unique=True)
    need = Varchar(length=40, null=False, default=None, index=True)
    item = Varchar(length=40, null=False, default=None)
    street = Varchar(length=18, null=False, default=None, index=True)
    street_name = Varchar(length=200, null=False, default=None)
    supplier = Varchar(length=18, null=False, default=None, index=True)
    supplier_name = Varchar(length=200, null=False, default=None)
    award_sent_on = Date(null=False, default=None)
    sign_by = Date(null=False, default=None)
    # Terms
    title = Varchar(length=200, null=False, default=None)
    amount = Numeric(digits=MONEY, null=False, default=None)
    from_on = Date(null=False, default=None)
    until_on = Date(null=False, default=None)
    content = Text(null=False, default=None)
    quantity = Text(null=False, default=None)
    quality = Text(null=False, default=None)
    settlement = Text(null=False, default=None)
    duties = Text(null=False, default=None)
    breach = Text(null=False, default=None)
    late_payment = Text(null=False, default=None)
    # What the clause on late payment comes to a day, as a share of what is owed; none when it names no rate
    late_rate = Numeric(digits=(7, 6), null=True, default=None)
    acceptance = Text(null=False, default=None)
    multi_year_basis = Text(null=False, default="")
    fingerprint = Varchar(length=64, null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    drafted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    drafted_at = Timestamptz(null=False, default=None)
    reviewed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    reviewed_at = Timestamptz(null=True, default=None)
    review_reasons = Text(null=False, default="")
    signed_at = Timestamptz(null=True, default=None)
    publish_by = Date(null=True, default=None)
    # What a termination gave back: the milestones that were never accepted
    terminated_at = Timestamptz(null=True, default=None)
    released = Numeric(digits=MONEY, null=False, default=Decimal(0))
    closed_at = Timestamptz(null=True, default=None)

    amount_is_positive = Check("amount > 0")
    late_rate_is_a_part = Check("late_rate IS NULL OR (late_rate > 0 AND late_rate <= 0.01)")
    term_has_days = Check("until_on > from_on")
    state_of_contract_is_known = Check(
        "state IN ('drafted', 'returned', 'reviewed', 'in-force', 'suspended', 'terminated', 'closed')"
    )
    lives_unless_returned = Check("(live_tender IS NULL) = (state = 'returned')")
    lives_under_its_award = Check("live_tender IS NULL OR live_tender = coalesce(nullif(tender, ''), need)")
    reviewed_unless_drafted = Check("(reviewed_by IS NULL) = (state = 'drafted')")
    reviewed_by_another_hand = Check("reviewed_by IS NULL OR reviewed_by <> drafted_by")
    signed_once_in_force = Check(
        "(signed_at IS NOT NULL) = (state IN ('in-force', 'suspended', 'terminated', 'closed'))"
    )
    terminated_has_its_moment = Check(
        "CASE state WHEN 'terminated' THEN terminated_at IS NOT NULL"
        " WHEN 'closed' THEN true ELSE terminated_at IS NULL END"
    )
    only_a_termination_gives_back = Check(
        "released >= 0 AND released <= amount AND (released = 0 OR terminated_at IS NOT NULL)"
    )
    signed_has_its_publication_day = Check("(publish_by IS NULL) = (signed_at IS NULL)")
    closed_has_its_moment = Check("(closed_at IS NOT NULL) = (state = 'closed')")


class Signature(Table, tablename="contract_signature"):
    """One side's signature under the text with this fingerprint, and the file as it stood after it.

    `account` is how contracts were signed before files were: with the person's account alone.
    """

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    side = Varchar(length=10, null=False, default=None)
    account = Varchar(length=80, null=False, default=None)
    name = Varchar(length=200, null=False, default=None)
    organization = Varchar(length=18, null=False, default=None)
    fingerprint = Varchar(length=64, null=False, default=None)
    late_reason = Text(null=False, default="")
    signed_at = Timestamptz(null=False, default=None)
    # How: a signature in the file, or a pen on its print, whose scan the signatory attests
    method = Varchar(length=20, null=False, default="account")
    file = Varchar(length=64, null=True, default=None)
    scan = Varchar(length=40, null=True, default=None)
    certificate_subject = Text(null=False, default="", help_text=OWN)
    certificate_issuer = Text(null=False, default="")
    certificate_serial = Varchar(length=80, null=False, default="")
    certificate_fingerprint = Varchar(length=64, null=False, default="")

    side_is_known = Check("side IN ('buyer', 'supplier')")
    one_signature_per_side = Unique([contract, side])
    method_is_known = Check("method IN ('account', 'demo', 'certificate', 'paper')")
    signed_file_is_kept = Check("(file IS NULL) = (method = 'account')")
    paper_has_its_scan = Check("(scan IS NOT NULL) = (method = 'paper')")
    certificate_is_named = Check("(certificate_fingerprint <> '') = (method IN ('demo', 'certificate'))")


class Milestone(Table, tablename="contract_milestone"):
    """One stage of a contract and what its acceptance makes payable."""

    id = BigSerial(primary_key=True)
    contract = ForeignKey(Contract, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    due_on = Date(null=False, default=None)
    share = Numeric(digits=(7, 6), null=False, default=None)
    amount = Numeric(digits=MONEY, null=False, default=None)
    standard = Text(null=False, default="")
    accepted_at = Timestamptz(null=True, default=None)

    number_is_positive = Check("number > 0")
    share_is_a_part = Check("share > 0 AND share <= 1")
    amount_is_not_negative = Check("amount >= 0")
    one_milestone_per_number = Unique([contract, number])


INVARIANTS = {
    "the milestones' amounts sum to the contract's": (
        "SELECT c.code FROM contract c JOIN contract_milestone m ON m.contract = c.id"
        " GROUP BY c.id HAVING sum(m.amount) <> c.amount OR sum(m.share) <> 1 LIMIT 20"
    ),
    "a contract is in force when both sides signed its text": (
        "SELECT c.code FROM contract c LEFT JOIN contract_signature s ON s.contract = c.id"
        " AND s.fingerprint = c.fingerprint GROUP BY c.id"
        " HAVING (count(s.id) = 2) <> (c.signed_at IS NOT NULL) LIMIT 20"
    ),
    "a closed contract is paid in full": (
        "SELECT c.code FROM contract c WHERE c.state = 'closed' AND c.amount - c.released <>"
        " (SELECT coalesce(sum(p.amount), 0) FROM invoice_payment p JOIN invoice i ON i.id = p.invoice"
        " JOIN contract_milestone m ON m.id = i.milestone WHERE m.contract = c.id) LIMIT 20"
    ),
}

UNDER_LAW = (
    "SELECT code, '/contracts/' || code AS url, title, street, (signed_at AT TIME ZONE 'Asia/Shanghai')::date AS day"
    " FROM contract WHERE state IN ('in-force', 'suspended')"
)
"""Open records with the day whose law they are judged by, for `market.law.keeping`."""
