"""Intentions with every version that was published, and purchases that run outside with their stages and result."""

from piccolo.columns import (
    JSONB,
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
from market.needs.tables.needs import Need
from market.people.tables import Organization

_MONEY = (14, 2)


class Intention(Table):
    """A need's published intention; what it says now is its newest version."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, null=False, default=None, unique=True)
    need = ForeignKey(Need, target_column=Need.code, null=False, default=None, on_delete=OnDelete.restrict, unique=True)
    street = ForeignKey(
        Organization, target_column=Organization.code, null=False, default=None, on_delete=OnDelete.restrict, index=True
    )
    revision = Integer(null=False, default=1)
    state = Varchar(length=20, null=False, default=None)
    month_on = Date(null=False, default=None, index=True)
    published_at = Timestamptz(null=False, default=None)

    state_is_known = Check("state IN ('published', 'republished')")
    month_is_its_first_day = Check("extract(day FROM month_on) = 1")
    republished_has_a_later_version = Check("(state = 'republished') = (revision > 1)")


class IntentionVersion(Table, tablename="intention_version"):
    """What an intention said from a moment on; never changed."""

    id = BigSerial(primary_key=True)
    intention = ForeignKey(Intention, null=False, default=None, on_delete=OnDelete.restrict)
    number = Integer(null=False, default=None)
    title = Varchar(length=200, null=False, default=None)
    outline = Text(null=False, default=None)
    budget = Numeric(digits=_MONEY, null=False, default=None)
    month_on = Date(null=False, default=None)
    remark = Text(null=False, default="")
    # Why it comes less than the period before its month, and why it was changed
    exempt_because = Varchar(length=20, null=False, default="")
    reason = Text(null=False, default="")
    published_at = Timestamptz(null=False, default=None)
    published_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    one_version_per_number = Unique([intention, number])
    number_is_positive = Check("number > 0")
    budget_is_positive = Check("budget > 0")
    exemption_is_known = Check("exempt_because IN ('', 'petty', 'urgent')")
    exemption_has_its_reason = Check("exempt_because = '' OR reason <> ''")


class OfficialPurchase(Table, tablename="official_purchase"):
    """One round of a need outside this house: what was handed over, under which number it runs, how it ended."""

    id = BigSerial(primary_key=True)
    need = ForeignKey(Need, target_column=Need.code, null=False, default=None, on_delete=OnDelete.restrict)
    round = Integer(null=False, default=1)
    method = Varchar(length=30, null=False, default=None)
    # What the documents say
    qualification = Text(null=False, default=None)
    service_from = Date(null=False, default=None)
    service_until = Date(null=False, default=None)
    price_points = Numeric(digits=(6, 2), null=False, default=None)
    criteria = JSONB(null=False, default="[]")
    milestones = JSONB(null=False, default="[]")
    # The hand-over file
    file = Varchar(length=40, null=False, default=None)
    manifest = JSONB(null=False, default="[]")
    without_intention = Varchar(length=20, null=False, default="")
    without_intention_reason = Text(null=False, default="")
    handed_over_at = Timestamptz(null=False, default=None)
    handed_over_by = Varchar(length=80, null=False, default=None, help_text=HANDS)
    # The outside process
    number = Varchar(length=80, null=False, default="")
    platform_url = Varchar(length=500, null=False, default="")
    # Its result
    outcome = Varchar(length=20, null=False, default="")
    supplier = ForeignKey(
        Organization, target_column=Organization.code, null=True, default=None, on_delete=OnDelete.restrict, index=True
    )
    price = Numeric(digits=_MONEY, null=True, default=None)
    notice_number = Varchar(length=80, null=False, default="")
    notice_on = Date(null=True, default=None)
    notice_text = Text(null=False, default="")
    notice_file = Varchar(length=40, null=False, default="")
    recorded_at = Timestamptz(null=True, default=None)
    recorded_by = Varchar(length=80, null=True, default=None, help_text=HANDS)
    contract = Varchar(length=40, null=True, default=None)

    one_round_per_number = Unique([need, round])  # noqa: A003  the column above
    service_has_days = Check("service_until > service_from")
    outcome_is_known = Check("outcome IN ('', 'awarded', 'failed-again', 'failed-back')")
    recorded_with_its_outcome = Check("(outcome <> '') = (recorded_at IS NOT NULL AND recorded_by IS NOT NULL)")
    awarded_has_supplier_and_price = Check(
        "(outcome = 'awarded') = (supplier IS NOT NULL AND price IS NOT NULL AND notice_on IS NOT NULL)"
    )
    price_is_positive = Check("price IS NULL OR price > 0")
    only_awards_bear_contracts = Check("contract IS NULL OR outcome = 'awarded'")


class OfficialStage(Table, tablename="official_stage"):
    """One stage that the outside process reached, as the street saw it there."""

    id = BigSerial(primary_key=True)
    purchase = ForeignKey(OfficialPurchase, null=False, default=None, on_delete=OnDelete.restrict)
    stage = Varchar(length=20, null=False, default=None)
    reached_on = Date(null=False, default=None)
    note = Text(null=False, default="")
    tracked_at = Timestamptz(null=False, default=None)
    tracked_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    stage_is_known = Check(
        "stage IN ('received', 'announced', 'corrected', 'opened', 'evaluated', 'result-published', 'terminated')"
    )
