"""Evaluations of contracts, the organization's own account, points per leaf, and the survey with its slips.

Slips and answers are not joined: which slip gave which answer is nowhere written, and slips carry no names.
"""

from piccolo.columns import (
    JSONB,
    Array,
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

from market.base.personal import HANDS

_SCORE = (5, 2)


class Evaluation(Table):
    """One evaluation of a contract, from its plan to the published result."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    revision = Integer(null=False, default=1)
    contract = Varchar(length=40, null=False, default=None, index=True)
    kind = Varchar(length=20, null=False, default=None)
    template = Varchar(length=40, null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    street = Varchar(length=18, null=False, default=None, index=True)
    supplier = Varchar(length=18, null=False, default=None, index=True)
    # Plan
    population = Integer(null=False, default=None)
    opens_at = Timestamptz(null=False, default=None)
    due_on = Date(null=False, default=None)
    planned_at = Timestamptz(null=False, default=None)
    # Lifecycle
    state = Varchar(length=20, null=False, default=None, index=True)
    next_turn_at = Timestamptz(null=True, default=None, index=True)
    opened_at = Timestamptz(null=True, default=None)
    survey_until = Timestamptz(null=True, default=None)
    evaluator = Varchar(length=18, null=True, default=None, index=True)
    scored_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    scored_at = Timestamptz(null=True, default=None)
    reply_until = Timestamptz(null=True, default=None)
    reply = Text(null=True, default=None)
    replied_at = Timestamptz(null=True, default=None)
    answer = Text(null=True, default=None)
    answered_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    answered_at = Timestamptz(null=True, default=None)
    concluded_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    concluded_at = Timestamptz(null=True, default=None)
    published_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    published_at = Timestamptz(null=True, default=None, index=True)
    # Result
    facts = JSONB(null=True, default=None)
    opinion = Text(null=True, default=None)
    veto = Varchar(length=40, null=True, default=None)
    veto_evidence = Text(null=True, default=None)
    exact = Text(null=True, default=None)
    score = Numeric(digits=_SCORE, null=True, default=None)
    grade = Varchar(length=20, null=True, default=None)

    one_evaluation_per_kind = Unique([contract, kind])
    kind_is_known = Check("kind IN ('mid-term', 'final', 'follow-up', 'special')")
    state_is_known = Check(
        "state IN ('planned', 'open', 'scoring', 'scored', 'replied', 'settled', 'concluded', 'published')"
    )
    grade_is_known = Check("grade IN ('excellent', 'good', 'fair', 'poor')")
    buyer_is_not_supplier = Check("street <> supplier")
    evaluator_is_independent = Check("evaluator IS NULL OR evaluator NOT IN (street, supplier)")
    population_is_positive = Check("population > 0")
    score_is_out_of_a_hundred = Check("score BETWEEN 0 AND 100")
    opened_has_its_end = Check(
        "(state = 'planned') = (opened_at IS NULL) AND (opened_at IS NULL) = (survey_until IS NULL)"
    )
    scored_has_score_and_grade = Check(
        "(state IN ('planned', 'open', 'scoring')) = (score IS NULL) AND (score IS NULL) = (grade IS NULL)"
        " AND (score IS NULL) = (scored_at IS NULL) AND (score IS NULL) = (exact IS NULL)"
        " AND (score IS NULL) = (evaluator IS NULL) AND (score IS NULL) = (reply_until IS NULL)"
    )
    scored_after_the_survey = Check("scored_at IS NULL OR scored_at >= survey_until")
    reply_is_in_time = Check("replied_at IS NULL OR replied_at < reply_until")
    reply_has_its_moment = Check("(reply IS NULL) = (replied_at IS NULL)")
    answer_follows_a_reply = Check("answer IS NULL OR reply IS NOT NULL")
    reply_is_answered_before_the_end = Check(
        "state NOT IN ('settled', 'concluded', 'published') OR (reply IS NULL) = (answer IS NULL)"
    )
    concluded_has_its_moment = Check("(state IN ('concluded', 'published')) = (concluded_at IS NOT NULL)")
    concluded_after_the_reply_window = Check("concluded_at IS NULL OR reply IS NOT NULL OR concluded_at >= reply_until")
    published_has_its_moment = Check("(state = 'published') = (published_at IS NOT NULL)")
    published_by_another_hand = Check("published_by IS NULL OR published_by <> concluded_by")
    veto_has_its_evidence = Check("(veto IS NULL) = (veto_evidence IS NULL)")
    veto_makes_poor = Check("veto IS NULL OR grade = 'poor'")
    clock_waits_only_where_time_acts = Check("(next_turn_at IS NOT NULL) = (state IN ('planned', 'open', 'scored'))")


class Evidence(Table):
    """The organization's own account of what it did, with its own score; every one is kept, the last one counts."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    statement = Text(null=False, default=None)
    self_score = Numeric(digits=_SCORE, null=False, default=None)
    attachments = Array(base_column=Varchar(length=40), null=False, default=list)
    submitted_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    submitted_at = Timestamptz(null=False, default=None)

    self_score_is_out_of_a_hundred = Check("self_score BETWEEN 0 AND 100")


class LeafScore(Table, tablename="leaf_score"):
    """The points of one leaf: computed, judged with a reason, from the survey, or removed with a reason (NULL)."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    leaf = Varchar(length=10, null=False, default=None)
    basis = Varchar(length=20, null=False, default=None)
    exact = Text(null=True, default=None)
    points = Numeric(digits=_SCORE, null=True, default=None)
    reason = Text(null=False, default="")

    one_score_per_leaf = Unique([evaluation, leaf])
    basis_is_known = Check("basis IN ('computed', 'judged', 'survey')")
    points_are_not_negative = Check("points >= 0")
    points_are_exact_too = Check("(points IS NULL) = (exact IS NULL)")
    removed_or_judged_has_a_reason = Check("reason <> '' OR (points IS NOT NULL AND basis <> 'judged')")


INVARIANTS = {
    "every answer used exactly one slip": (
        "SELECT s.evaluation, s.audience FROM survey_slip s GROUP BY s.evaluation, s.audience"
        " HAVING count(s.used_on) <> (SELECT count(*) FROM survey_answer a"
        " WHERE a.evaluation = s.evaluation AND a.audience = s.audience) LIMIT 20"
    ),
    "every answer belongs to an audience that was asked": (
        "SELECT a.id FROM survey_answer a WHERE NOT EXISTS (SELECT 1 FROM survey_slip s"
        " WHERE s.evaluation = a.evaluation AND s.audience = a.audience) LIMIT 20"
    ),
    "a scored evaluation has points for every leaf": (
        "SELECT e.code FROM evaluation e WHERE e.score IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM leaf_score l WHERE l.evaluation = e.id) LIMIT 20"
    ),
    "every objection to a draft is answered before the result is final": (
        "SELECT e.code FROM evaluation e JOIN reply_point p ON p.evaluation = e.id"
        " WHERE e.state IN ('settled', 'concluded', 'published') AND p.answer = '' LIMIT 20"
    ),
    "an evaluation is of a contract that exists": (
        "SELECT e.code FROM evaluation e WHERE NOT EXISTS (SELECT 1 FROM contract c WHERE c.code = e.contract) LIMIT 20"
    ),
    "a published result stands in the ledger": (
        "SELECT e.code FROM evaluation e WHERE e.state = 'published' AND NOT EXISTS (SELECT 1 FROM ledger_event l"
        " WHERE l.code = e.code AND l.tag = 'evaluations:publish-evaluation' AND l.public IS NOT NULL) LIMIT 20"
    ),
}

UNDER_LAW = (
    "SELECT code, '/evaluations/' || code AS url, title, street, (planned_at AT TIME ZONE 'Asia/Shanghai')::date AS day"
    " FROM evaluation WHERE state <> 'published'"
)
"""Open records with the day whose law they are judged by, for `market.law.keeping`."""
