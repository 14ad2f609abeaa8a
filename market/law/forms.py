"""What an administrator sends to add a provision, or a year's holiday list."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

from market.base.forms import Line, Words
from market.base.refusal import Refused, say
from market.law.rules import NamedDay, read_days
from market.law.states import Provision, Unit, Verification

UNIT_WORDS = {
    Unit.NONE: say("No number"),
    Unit.DAYS: say("days"),
    Unit.WORKING_DAYS: say("working days"),
    Unit.YUAN: say("yuan"),
    Unit.SHARE: say("share (0.1 is 10 %)"),
    Unit.COUNT: say("number"),
    Unit.YEARS: say("years"),
    Unit.MONTHS: say("months"),
    Unit.POINTS: say("points"),
    Unit.MINUTES: say("minutes"),
}
MARK_WORDS = {
    Verification.READ: say("V: the article was read"),
    Verification.SECOND_HAND: say("V2: from a second source"),
    Verification.MEMORY_HIGH: say("M-H: from memory, high confidence"),
    Verification.MEMORY_MEDIUM: say("M-M: from memory, medium confidence"),
    Verification.MEMORY_LOW: say("M-L: from memory, low confidence"),
    Verification.HOUSE_RULE: say("D: rule of this house"),
}


class AddProvision(msgspec.Struct, frozen=True, kw_only=True):
    """A provision with its article, number, place and days."""

    rule: Annotated[
        Line, Meta(title="Rule", description="Its id, such as H-2.limit or L-1.consultation.", max_length=40)
    ]
    title_zh: Annotated[Line, Meta(title="Title in Chinese")]
    title_en: Annotated[Line, Meta(title="Title in English")]
    article: Annotated[Line, Meta(title="Article", description="Full citation, such as 政府采购法 第三十五条.")]
    value: Annotated[Decimal | None, Meta(title="Value")] = None
    unit: Annotated[Unit, Meta(title="Unit", extra={"words": UNIT_WORDS})] = Unit.NONE
    scope: Annotated[
        Line, Meta(title="Scope", description="national, city, district:NAME or street:CODE", max_length=80)
    ]
    in_force_from: Annotated[date, Meta(title="In force from", description="Today or later.")]
    in_force_until: Annotated[
        date | None, Meta(title="In force until", description="The first day on which it no longer holds.")
    ] = None
    verification: Annotated[Verification, Meta(title="How far the text was checked", extra={"words": MARK_WORDS})]
    house_rule: Annotated[bool, Meta(title="Binds here only as a rule of this house")] = False
    note: Annotated[Words, Meta(title="Note")] = ""

    def provision(self) -> Provision:
        """Return the provision as rules take it."""
        return Provision(
            id=self.rule,
            title_zh=self.title_zh,
            title_en=self.title_en,
            article=self.article,
            value=self.value,
            unit=self.unit,
            scope=self.scope,
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
            verification=self.verification,
            house_rule=self.house_rule,
            note=self.note,
        )


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the list."""

    day: Annotated[date, Meta(title="Day")]
    works: Annotated[bool, Meta(title="Offices work")] = False


class ImportHolidays(msgspec.Struct, frozen=True, kw_only=True):
    """A year's holiday list: pasted as lines, or day by day."""

    year: Annotated[int, Meta(title="Year")]
    document: Annotated[
        Line, Meta(title="Document", description="The State Council’s notice, such as 国办发明电〔2026〕7号.")
    ]
    csv: Annotated[
        Words,
        Meta(
            title="Days as lines",
            description="One line each: 2027-02-05, off; several days: 2027-02-05/2027-02-11, off; a weekend on"
            " which offices work: 2027-01-30, working. In Chinese: 休, 班.",
        ),
    ] = ""
    days: Annotated[list[Day], Meta(title="Days one by one")] = []

    def named(self) -> list[NamedDay]:
        """Return the days of both ways of giving them, in order. Raises Refused with every line that is not read."""
        read, faults = read_days(self.csv)
        if faults:
            raise Refused(faults)
        given = [NamedDay(day=each.day, works=each.works) for each in self.days]
        return sorted([*read, *given], key=lambda named: named.day)
