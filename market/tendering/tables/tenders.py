"""Tenders and what belongs to them: takers of documents, questions, sealed bids, quotes, the panel and its scores."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    Bytea,
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

from market.base.personal import HANDS

_MONEY = (14, 2)
_POINTS = (6, 2)


class Tender(Table):
    """One purchase by competitive consultation, from its draft to the contract or its end without one."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    need = Varchar(length=40, null=False, default=None, index=True)
    street = Varchar(length=18, null=False, default=None, index=True)
    # Terms
    title = Varchar(length=200, null=False, default=None)
    item = Varchar(length=40, null=False, default=None)
    requirement = Text(null=False, default=None)
    qualification = Text(null=False, default=None)
    budget = Numeric(digits=_MONEY, null=False, default=None)
    closes_at = Timestamptz(null=False, default=None, index=True)
    opens_at = Timestamptz(null=False, default=None)
    service_from = Date(null=False, default=None)
    service_until = Date(null=False, default=None)
    panel_size = Integer(null=False, default=None)
    price_points = Numeric(digits=_POINTS, null=False, default=None)
    criteria = JSONB(null=False, default=None)
    milestones = JSONB(null=False, default=None)
    # Search
    search_terms = Array(
        base_column=Varchar(length=20), null=False, default=[], index=True, index_method=IndexMethod.gin
    )
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    drafted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    drafted_at = Timestamptz(null=False, default=None)
    published_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    published_at = Timestamptz(null=True, default=None, index=True)
    questions_until = Timestamptz(null=True, default=None)
    opened_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    opened_at = Timestamptz(null=True, default=None)
    quotes_until = Timestamptz(null=True, default=None)
    ranked_at = Timestamptz(null=True, default=None)
    reported_at = Timestamptz(null=True, default=None)
    confirm_until = Timestamptz(null=True, default=None)
    decided_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    decided_at = Timestamptz(null=True, default=None)
    contract = Varchar(length=40, null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")
    next_turn_at = Timestamptz(null=True, default=None, index=True)

    budget_is_positive = Check("budget > 0")
    panel_is_odd = Check("panel_size % 2 = 1 AND panel_size >= 3")
    opens_after_closing = Check("opens_at >= closes_at")
    service_has_days = Check("service_until > service_from")
    price_weighs_something = Check("price_points > 0 AND price_points < 100")
    state_is_known = Check(
        "state IN ('draft', 'open', 'opened', 'evaluating', 'quoting', 'ranked', 'evaluated', 'awarded', 'contracted',"
        " 'failed', 'cancelled')"
    )
    published_unless_draft_or_dropped = Check("published_at IS NOT NULL OR state IN ('draft', 'cancelled')")
    published_by_another_hand = Check("published_by IS NULL OR published_by <> drafted_by")
    confirmed_by_another_hand = Check("decided_by IS NULL OR decided_by <> drafted_by")
    opened_not_before_its_moment = Check("opened_at IS NULL OR opened_at >= opens_at")
    decided_when_awarded = Check("(decided_at IS NOT NULL) = (state IN ('awarded', 'contracted'))")
    contracted_has_its_contract = Check("state <> 'contracted' OR contract IS NOT NULL")
    contract_follows_an_award = Check("contract IS NULL OR state IN ('awarded', 'contracted')")
    ended_with_a_reason = Check(
        "(ended_at IS NOT NULL) = (state IN ('failed', 'cancelled')) AND (ended_at IS NULL OR reason <> '')"
    )
    clock_waits_only_where_time_acts = Check("(next_turn_at IS NOT NULL) = (state IN ('quoting', 'evaluated'))")


class DocumentsTaken(Table, tablename="documents_taken"):
    """An organization took the tender's documents."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    organization = Varchar(length=18, null=False, default=None)
    taken_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    taken_at = Timestamptz(null=False, default=None)

    taken_once_per_organization = Unique([tender, organization])


class Question(Table):
    """A question about the documents, whose asker only the auditors may know, and its public answer."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    organization = Varchar(length=18, null=False, default=None)
    asked_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    asked_at = Timestamptz(null=False, default=None)
    text = Text(null=False, default=None)
    answer = Text(null=True, default=None)
    answered_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    answered_at = Timestamptz(null=True, default=None)

    one_question_per_number = Unique([tender, number])
    answered_has_its_answer = Check("(answer IS NULL) = (answered_at IS NULL)")


class Bid(Table):
    """One organization's bid: sealed until the key is turned, then opened under a number that tells nothing.

    The draft and the submitted content are sealed apart; what the opening reveals stands in the columns below it.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    organization = Varchar(length=18, null=False, default=None, index=True)
    state = Varchar(length=20, null=False, default=None)
    # Sealed
    draft = Bytea(null=True, default=None)
    draft_key = Bytea(null=True, default=None)
    draft_at = Timestamptz(null=True, default=None)
    content = Bytea(null=True, default=None)
    content_key = Bytea(null=True, default=None)
    fingerprint = Varchar(length=64, null=True, default=None)
    submitted_at = Timestamptz(null=True, default=None)
    submitted_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    submissions = Integer(null=False, default=0)
    leaf = Varchar(length=64, null=True, default=None)
    signature = Varchar(length=128, null=True, default=None)
    voided_at = Timestamptz(null=True, default=None)
    # Opened
    opened_key = Bytea(null=True, default=None)
    number = Integer(null=True, default=None)
    price = Numeric(digits=_MONEY, null=True, default=None)
    plan = Text(null=True, default=None)
    files = JSONB(null=True, default=None)
    on_no_list = Boolean(null=True, default=None)
    confirmed_at = Timestamptz(null=True, default=None)
    confirmed_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    remark = Text(null=False, default="")
    # Evaluated
    refusal = Text(null=False, default="")
    final_price = Numeric(digits=_MONEY, null=True, default=None)
    quality = Numeric(digits=_POINTS, null=True, default=None)
    price_score = Numeric(digits=_POINTS, null=True, default=None)
    rank = Integer(null=True, default=None)
    by_lot = Boolean(null=False, default=False)

    one_bid_per_supplier = Unique([tender, organization])
    one_bid_per_number = Unique([tender, number])
    state_is_known = Check("state IN ('draft', 'submitted', 'withdrawn', 'opened', 'valid', 'disqualified')")
    draft_has_its_key = Check("(draft IS NULL) = (draft_key IS NULL)")
    submitted_is_sealed_with_a_fingerprint = Check(
        "(state IN ('draft', 'withdrawn')) = (content IS NULL)"
        " AND (content IS NULL) = (content_key IS NULL) AND (content IS NULL) = (fingerprint IS NULL)"
    )
    nothing_is_known_before_the_opening = Check(
        "(state IN ('opened', 'valid', 'disqualified')) = (price IS NOT NULL)"
        " AND (price IS NULL) = (plan IS NULL) AND (price IS NULL) = (number IS NULL)"
    )
    promised_with_a_signature = Check("(leaf IS NULL) = (signature IS NULL) AND (leaf IS NULL OR content IS NOT NULL)")
    no_key_is_known_before_the_opening = Check("opened_key IS NULL OR price IS NOT NULL")
    price_is_positive = Check("price IS NULL OR price > 0")
    final_price_is_not_above_the_first = Check("final_price IS NULL OR (final_price > 0 AND final_price <= price)")
    refused_with_a_reason = Check("(state = 'disqualified') = (refusal <> '')")
    ranked_is_scored = Check("rank IS NULL OR (quality IS NOT NULL AND price_score IS NOT NULL)")


class Quote(Table):
    """A final quote, sealed until its round ends; its amount then stands in the bid."""

    id = BigSerial(primary_key=True)
    bid = ForeignKey(Bid, null=False, on_delete=OnDelete.restrict, unique=True)
    content = Bytea(null=False, default=None)
    content_key = Bytea(null=False, default=None)
    fingerprint = Varchar(length=64, null=False, default=None)
    submitted_at = Timestamptz(null=False, default=None)
    submitted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)


class Seat(Table):
    """A member of the panel, drawn at random; secret until the award."""

    id = BigSerial(primary_key=True)
    tender = ForeignKey(Tender, null=False, on_delete=OnDelete.restrict)
    account = Varchar(length=80, null=False, default=None, index=True)
    name = Varchar(length=200, null=False, default=None)
    drawn_at = Timestamptz(null=False, default=None)
    recused_at = Timestamptz(null=True, default=None)
    conflict = Text(null=False, default="")
    # Signature
    signed_at = Timestamptz(null=True, default=None)
    agrees = Boolean(null=True, default=None)
    dissent = Text(null=False, default="")

    one_seat_per_expert = Unique([tender, account])
    recused_with_a_reason = Check("(recused_at IS NOT NULL) = (conflict <> '')")
    signed_says_whether_agreed = Check("(signed_at IS NULL) = (agrees IS NULL)")
    dissent_has_reasons = Check("agrees IS DISTINCT FROM false OR dissent <> ''")
    recused_does_not_sign = Check("recused_at IS NULL OR signed_at IS NULL")


class BidCheck(Table, tablename="bid_check"):
    """One member's word on whether a bid is qualified and meets the requirements."""

    id = BigSerial(primary_key=True)
    bid = ForeignKey(Bid, null=False, on_delete=OnDelete.restrict)
    seat = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict)
    passed = Boolean(null=False, default=None)
    reason = Text(null=False, default="")
    checked_at = Timestamptz(null=False, default=None)

    one_check_per_member = Unique([bid, seat])
    refused_with_a_reason = Check("passed OR reason <> ''")


class Score(Table):
    """One member's points for one criterion of one bid; never changed."""

    id = BigSerial(primary_key=True)
    bid = ForeignKey(Bid, null=False, on_delete=OnDelete.restrict)
    seat = ForeignKey(Seat, null=False, on_delete=OnDelete.restrict)
    criterion = Integer(null=False, default=None)
    points = Numeric(digits=_POINTS, null=False, default=None)
    scored_at = Timestamptz(null=False, default=None)

    one_score_per_criterion = Unique([bid, seat, criterion])
    points_are_not_negative = Check("points >= 0")


INDEXES = [
    # Notices are few a day and searches many: none of them shall read through what was added lately.
    "ALTER INDEX tender_search_terms SET (fastupdate = off)",
]

INVARIANTS = {
    "nothing is submitted at or after the closing": (
        "SELECT b.code FROM bid b JOIN tender t ON t.id = b.tender WHERE b.submitted_at >= t.closes_at LIMIT 20"
    ),
    "no bid is open before its tender's key was turned": (
        "SELECT b.code FROM bid b JOIN tender t ON t.id = b.tender"
        " WHERE b.price IS NOT NULL AND t.opened_at IS NULL LIMIT 20"
    ),
    "a need has one tender under way": (
        "SELECT need FROM tender WHERE state NOT IN ('failed', 'cancelled') GROUP BY need HAVING count(*) > 1 LIMIT 20"
    ),
    "an award has exactly one bid ranked first": (
        "SELECT t.code FROM tender t WHERE t.state IN ('ranked', 'evaluated', 'awarded', 'contracted')"
        " AND (SELECT count(*) FROM bid b WHERE b.tender = t.id AND b.rank = 1) <> 1 LIMIT 20"
    ),
    "only seated experts sign, and all have signed a sealed report": (
        "SELECT t.code FROM tender t JOIN seat s ON s.tender = t.id"
        " WHERE t.state IN ('evaluated', 'awarded', 'contracted')"
        " AND s.recused_at IS NULL AND s.signed_at IS NULL LIMIT 20"
    ),
    "no final quote came after its round": (
        "SELECT b.code FROM quote q JOIN bid b ON b.id = q.bid JOIN tender t ON t.id = b.tender"
        " WHERE t.quotes_until IS NULL OR q.submitted_at >= t.quotes_until LIMIT 20"
    ),
    "nobody scores above a criterion's points": (
        "SELECT s.id FROM score s JOIN bid b ON b.id = s.bid JOIN tender t ON t.id = b.tender"
        " JOIN LATERAL jsonb_to_recordset(t.criteria) AS c(number int, points numeric) ON c.number = s.criterion"
        " WHERE s.points > c.points LIMIT 20"
    ),
}

UNDER_LAW = (
    "SELECT code, '/tenders/' || code AS url, title, street, (published_at AT TIME ZONE 'Asia/Shanghai')::date AS day"
    " FROM tender WHERE state IN ('open', 'opened', 'evaluating', 'quoting', 'ranked', 'evaluated', 'awarded')"
)
"""Open records with the day whose law they are judged by, for `market.law.keeping`."""
