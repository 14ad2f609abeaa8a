"""What a home's template is given: tasks in groups, and plots drawn in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from babel import dates, numbers
from markupsafe import Markup

from catalogs.states import CHECKED_WORDS, REGISTER_WORDS, STANDING_WORDS
from evaluations.states import GRADES
from market.base import plots
from market.base.calendar import local_date
from market.base.money import Yuan
from market.base.records import Deadline
from market.base.refusal import Said, say
from market.base.wording import locale_of, words
from market.desk.queries.home import Home
from market.desk.queries.street import StageCount, sum_of
from market.desk.queries.supplier import Aged
from market.desk.queries.waiting import Task
from market.desk.rules import (
    AGE_WORDS,
    STAGE_WORDS,
    URGENCY_WORDS,
    TimeLeft,
    Urgency,
    horizon,
    moment_between,
    time_left,
)
from market.needs.queries.year import LineYear
from market.people.sensitive import SENSITIVE_WORDS
from market.people.states import ROLE_WORDS, Role
from market.tendering.states import BidState

MONEY_WORDS: Sequence[Said] = (say("Paid"), say("Committed"), say("Reserved"), say("Free"))
_MONEY_TONES = (3, 1, 2, 5)
LANE_WORDS: Mapping[str, Said] = {
    "responses": say("Responses due"),
    "opening": say("Opening of bids"),
    "result": say("Award and result notice"),
    "signing": say("Contract signing"),
    "acceptance": say("Delivery and acceptance"),
    "payment": say("Payment"),
    "evaluation": say("Evaluation result"),
}
BID_WORDS: Mapping[str, Said] = {
    BidState.DRAFT: say("Draft bid"),
    BidState.SUBMITTED: say("Submitted, sealed"),
    BidState.WITHDRAWN: say("Withdrawn"),
    BidState.OPENED: say("Opened, being checked"),
    BidState.VALID: say("Qualified"),
    BidState.DISQUALIFIED: say("Disqualified"),
}
ROOM_WORDS: Mapping[str, Said] = {
    "market.people": say("Notifications by mail"),
    "catalogs": say("Catalogue and directory"),
    "market.tendering": say("Tendering"),
    "contracts": say("Performance of contracts"),
    "evaluations": say("Evaluation of contracts"),
}
_NEAR_THE_EDGE = timedelta(days=9)


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A plot as markup, with the words of its colours."""

    svg: Markup
    keys: list[tuple[Markup, str]]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks of one urgency."""

    urgency: Urgency
    words: Said
    tasks: list[tuple[Task, TimeLeft | None]]


def context_of(tasks: Sequence[Task], *, desk: Home, now: datetime, lang: str) -> dict[str, Any]:
    """Return what the template of the home page needs besides the tasks themselves."""
    today = local_date(now)
    context: dict[str, Any] = {
        "desk": desk,
        "today": today,
        "groups": groups_of(tasks, today=today),
        "left": partial(_left, today=today),
        "short": partial(short_money, lang=lang),
        "role_words": {role: said for role, said in ROLE_WORDS.items() if role is not Role.ANYONE},
        "age_words": AGE_WORDS,
        "stage_words": STAGE_WORDS,
        "lane_words": LANE_WORDS,
        "bid_words": BID_WORDS,
        "grade_words": GRADES,
        "room_words": ROOM_WORDS,
        "standing_words": STANDING_WORDS,
        "register_words": REGISTER_WORDS,
        "checked_words": CHECKED_WORDS,
        "sensitive_words": SENSITIVE_WORDS,
        "plots": {},
    }
    if desk.street is not None:
        context["plots"] = {
            "money": money_plot(desk.street.lines, year=desk.street.year, lang=lang),
            "stages": stages_plot(desk.street.stages, year=desk.street.year, lang=lang),
            "deadlines": deadlines_plot(desk.street.deadlines, today=today, lang=lang),
        }
    if desk.supplier is not None and any(aged.amount for aged in desk.supplier.receivables):
        context["plots"]["receivables"] = receivables_plot(desk.supplier.receivables, lang=lang)
    if desk.finance is not None:
        context["plots"]["streets"] = money_plot(desk.finance.streets, year=desk.finance.year, lang=lang)
    return context


def _left(day: date | datetime, *, today: date) -> TimeLeft:
    return time_left(by_when=local_date(day) if isinstance(day, datetime) else day, today=today)


def groups_of(tasks: Sequence[Task], *, today: date) -> list[Group]:
    """Return tasks by urgency, the most urgent first; an urgency without tasks is left out."""
    made = []
    for urgency in Urgency:
        mine = [
            (task, time_left(by_when=task.by_when, today=today) if task.by_when else None)
            for task in tasks
            if task.state == urgency
        ]
        if mine:
            made.append(Group(urgency=urgency, words=URGENCY_WORDS[urgency], tasks=mine))
    return made


def short_money(amount: Yuan, lang: str) -> str:
    """Return an amount in few characters, as `¥48万` or `CN¥480K`, for a plot; tables tell it to the cent."""
    return str(numbers.format_compact_currency(amount, "CNY", locale=locale_of(lang), fraction_digits=1))


def money_plot(lines: Sequence[LineYear], *, year: int, lang: str) -> Drawing:
    """Draw how the money of budget lines is divided: paid, committed, reserved, free; the sum comes last."""
    shown = list(lines)
    if len(lines) > 1:
        total = sum_of(lines, street="", year=year)
        shown.append(msgspec.structs.replace(total, title=words(say("In total"), lang)))
    rows = [
        plots.Row(
            label=line.title,
            note=words(
                say(
                    "{free} free of {amount}",
                    free=short_money(line.free, lang),
                    amount=short_money(line.amount, lang),
                ),
                lang,
            ),
            values=[line.paid, line.committed, line.reserved, line.free],
        )
        for line in shown
    ]
    labels = [words(said, lang) for said in MONEY_WORDS]
    svg = plots.stacked(
        plots.Stacked(
            id="plot-money",
            title=words(say("Money of {year} by budget line", year=str(year)), lang),
            words="; ".join(f"{row.label}: {row.note}" for row in rows),
            parts=[plots.Part(tone=tone, label=label) for tone, label in zip(_MONEY_TONES, labels, strict=True)],
            rows=rows,
        )
    )
    return Drawing(svg=svg, keys=_keys(_MONEY_TONES, labels))


def stages_plot(stages: Sequence[StageCount], *, year: int, lang: str) -> Drawing:
    """Draw how many purchases of a year stand in each stage."""
    rows = [
        plots.Row(label=words(STAGE_WORDS[each.stage], lang), note=str(each.count), values=[each.count])
        for each in stages
    ]
    svg = plots.stacked(
        plots.Stacked(
            id="plot-stages",
            title=words(say("Purchases of {year} by stage", year=str(year)), lang),
            words="; ".join(f"{row.label}: {row.note}" for row in rows),
            parts=[plots.Part(tone=1, label=words(say("Purchases"), lang))],
            rows=rows,
        )
    )
    return Drawing(svg=svg, keys=[])


def receivables_plot(receivables: Sequence[Aged], *, lang: str) -> Drawing:
    """Draw the money an organization waits for by its age."""
    rows = [
        plots.Row(label=words(AGE_WORDS[each.age], lang), note=short_money(each.amount, lang), values=[each.amount])
        for each in receivables
    ]
    svg = plots.stacked(
        plots.Stacked(
            id="plot-receivables",
            title=words(say("Receivables by age"), lang),
            words="; ".join(f"{row.label}: {row.note}" for row in rows),
            parts=[plots.Part(tone=1, label=words(say("Amount"), lang))],
            rows=rows,
        )
    )
    return Drawing(svg=svg, keys=[])


def deadlines_plot(deadlines: Sequence[Deadline], *, today: date, lang: str) -> Drawing:
    """Draw the days ahead on a time axis, one lane for each kind; days that are over and not kept are marked late."""
    begin, end = horizon(days=[deadline.on for deadline in deadlines], today=today)
    lanes = [
        _lane(
            [each for each in deadlines if each.lane == lane], label=label, begin=begin, end=end, today=today, lang=lang
        )
        for lane, label in LANE_WORDS.items()
    ]
    late = sum(deadline.on < today for deadline in deadlines)
    said = say("{count} days ahead, {late} of them over and not kept", count=len(deadlines), late=late)
    svg = plots.lanes(
        plots.Lanes(
            id="plot-deadlines",
            title=words(say("Deadlines ahead"), lang),
            words=words(said, lang),
            ticks=[
                (moment_between(day=day, begin=begin, end=end), _short_day(day, lang))
                for day in ticks_between(begin, end)
            ],
            today=(moment_between(day=today, begin=begin, end=end), words(say("Today"), lang)),
            lanes=lanes,
        )
    )
    return Drawing(svg=svg, keys=[])


def _lane(deadlines: Sequence[Deadline], *, label: Said, begin: date, end: date, today: date, lang: str) -> plots.Lane:
    later = sum(deadline.on > end for deadline in deadlines)
    return plots.Lane(
        label=words(label, lang),
        note=words(say("{count} later", count=later), lang) if later else "",
        marks=[
            plots.Mark(
                at=moment_between(day=deadline.on, begin=begin, end=end),
                label=f"{_short_day(deadline.on, lang)} {deadline.title}",
                late=deadline.on < today,
            )
            for deadline in deadlines
            if deadline.on <= end
        ],
    )


def ticks_between(begin: date, end: date) -> list[date]:
    """Return the first days of months between two days, but for one so near the beginning that its words collide."""
    firsts = []
    year, month = begin.year, begin.month
    while (first := date(year, month, 1)) <= end:
        if first > begin + _NEAR_THE_EDGE:
            firsts.append(first)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004  December
    return firsts


def _short_day(day: date, lang: str) -> str:
    return str(dates.format_date(day, "M月d日" if lang.startswith("zh") else "d MMM", locale=locale_of(lang)))


def _keys(tones: Sequence[int], labels: Sequence[str]) -> list[tuple[Markup, str]]:
    return [(plots.swatch(tone), label) for tone, label in zip(tones, labels, strict=True)]
