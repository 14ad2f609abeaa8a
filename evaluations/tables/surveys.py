"""Evaluations of contracts, the organization's own account, points per leaf, and the survey with its slips.

Slips and answers are not joined: which slip gave which answer is nowhere written, and slips carry no names.
"""

from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from evaluations.tables.evaluations import Evaluation


class SurveySlip(Table, tablename="survey_slip"):
    """A word that lets somebody answer once; only its digest is kept, and nothing says whose it is."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    audience = Varchar(length=20, null=False, default=None)
    number = Integer(null=False, default=None)
    digest = Varchar(length=64, null=False, default=None, unique=True)
    used_on = Date(null=True, default=None)

    one_slip_per_number = Unique([evaluation, audience, number])
    audience_is_known = Check("audience IN ('residents', 'committee', 'buyer', 'supplier')")


class SurveyAnswer(Table, tablename="survey_answer"):
    """One questionnaire: a number from 1 to 5 for each item, 0 where it was left out, and words if there were any."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    audience = Varchar(length=20, null=False, default=None)
    answers = Array(base_column=Integer(), null=False, default=None)
    comment = Text(null=False, default="")
    asked_for_money = Boolean(null=False, default=False)
    answered_on = Date(null=False, default=None)

    five_items_on_the_scale = Check("cardinality(answers) = 5 AND 0 <= ALL (answers) AND 5 >= ALL (answers)")
    answer_says_something = Check("answers <> '{0,0,0,0,0}'")


class SurveyRefusal(Table, tablename="survey_refusal"):
    """How many answers to a survey were refused on a day, and why: a slip used before, too late, or never given out."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=10, null=False, default=None)
    refused_on = Date(null=False, default=None)
    refused = Integer(null=False, default=None)

    one_count_per_day = Unique([evaluation, kind, refused_on])
    refusal_is_known = Check("kind IN ('used', 'late', 'forged')")
    something_was_refused = Check("refused > 0")
