"""What judging needs beside the points: editions of indicator templates, and objections to a draft."""

from piccolo.columns import (
    JSONB,
    BigSerial,
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

from evaluations.tables.evaluations import Evaluation
from market.base.personal import HANDS


class IndicatorTemplate(Table, tablename="indicator_template"):
    """An edition of an indicator template that a person added to those of the data file; never changed afterwards."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    family = Varchar(length=40, null=False, default=None, index=True)
    in_force_from = Date(null=False, default=None)
    title_zh = Varchar(length=200, null=False, default=None)
    title_en = Varchar(length=200, null=False, default=None)
    source = Text(null=False, default=None)
    branches = JSONB(null=False, default=None)
    leaves = JSONB(null=False, default=None)
    added_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    added_at = Timestamptz(null=False, default=None)

    one_edition_of_a_family_per_day = Unique([family, in_force_from])
    an_edition_names_its_source = Check("source <> ''")


class ReplyPoint(Table, tablename="reply_point"):
    """One objection of the organization to the draft, and the answer to it in writing."""

    id = BigSerial(primary_key=True)
    evaluation = ForeignKey(Evaluation, null=False, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    leaf = Varchar(length=10, null=False, default="")
    words = Text(null=False, default=None)
    answer = Text(null=False, default="")

    one_objection_per_number = Unique([evaluation, number])
    objection_has_words = Check("words <> ''")
