"""The provisions of the law, one row for each period and place in which a rule has one text; holiday lists."""

from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, Integer, Numeric, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from market.base.personal import HANDS


class ProvisionRow(Table, tablename="provision"):
    """A provision; rows are added and never changed, except that the newest tells by its days which one holds."""

    id = BigSerial(primary_key=True)
    rule = Varchar(length=40, null=False, default=None, index=True)
    # Text
    title_zh = Varchar(length=200, null=False, default=None)
    title_en = Varchar(length=200, null=False, default=None)
    article = Varchar(length=300, null=False, default=None)
    value = Numeric(null=True, default=None)
    unit = Varchar(length=20, null=False, default="none")
    note = Text(null=False, default="")
    # Where and when
    scope = Varchar(length=80, null=False, default=None)
    in_force_from = Date(null=False, default=None)
    in_force_until = Date(null=True, default=None)
    # How sure
    verification = Varchar(length=3, null=False, default=None)
    house_rule = Boolean(null=False, default=False)
    # Origin
    added_at = Timestamptz(null=False, default=None)
    added_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    one_per_rule_scope_and_day = Unique([rule, scope, in_force_from])
    ends_after_it_begins = Check("in_force_until IS NULL OR in_force_until > in_force_from")
    value_is_not_negative = Check("value IS NULL OR value >= 0")
    verification_is_known = Check("verification IN ('V', 'V2', 'M-H', 'M-M', 'M-L', 'D')")
    unit_needs_a_value = Check("unit = 'none' OR value IS NOT NULL")
    scope_is_a_place = Check("scope IN ('national', 'city') OR scope ~ '^(district|street):.+$'")


class HolidayList(Table, tablename="holiday_list"):
    """The State Council's list of a year as it was taken in; a corrected list is a new one, and the newest counts."""

    id = BigSerial(primary_key=True)
    year = Integer(null=False, default=None, index=True)
    document = Varchar(length=200, null=False, default=None)
    imported_at = Timestamptz(null=False, default=None)
    imported_by = Varchar(length=80, null=False, default=None, help_text=HANDS)

    year_is_of_our_time = Check("year BETWEEN 2007 AND 2100")


class CalendarDay(Table, tablename="calendar_day"):
    """A day that a holiday list names: off, or a weekend on which offices work."""

    id = BigSerial(primary_key=True)
    holiday_list = ForeignKey(HolidayList, null=False, on_delete=OnDelete.restrict)
    day = Date(null=False, default=None)
    works = Boolean(null=False, default=None)

    one_per_list_and_day = Unique([holiday_list, day])


INVARIANTS = {
    "every holiday list names days": (
        "SELECT l.year FROM holiday_list l WHERE NOT EXISTS (SELECT FROM calendar_day d WHERE d.holiday_list = l.id)"
        " LIMIT 20"
    ),
    "every provision cites an article and bears a title": (
        "SELECT rule FROM provision WHERE article = '' OR title_zh = '' OR title_en = '' LIMIT 20"
    ),
}
