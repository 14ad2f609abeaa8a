"""A street's year on a page: the windows of every purchase drawn on one axis, the money, what must start by when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel import dates

from catalogs.queries.outlook import category_names
from market.base import plots
from market.base.calendar import local_date
from market.base.refusal import NotFound, Said, say
from market.base.web import Door, Route, Shown, read
from market.base.wording import locale_of, money, words
from market.desk.queries.year import Purchase, YearCard, year_for
from market.desk.rules import STAGE_WORDS, Stage, moment_between
from market.desk.rules.year import PHASE_WORDS, STEP_WORDS, Phase, Stretch
from market.needs.queries.year import MoneyOf
from market.needs.states import SOURCE_WORDS
from market.people.queries import OrganizationCard, organization_for
from market.people.states import STREET_ROLES, OrganizationKind, Role, User

_FIRST_YEAR = 2000
_MONTHS = range(1, 13)
_DRAWN = 60
_OVERSEERS = (Role.AUDITOR, Role.FINANCE_SUPERVISOR)
_TONES: Mapping[Phase, int] = {
    Phase.INTENTION: 5,
    Phase.BIDDING: 2,
    Phase.DECIDING: 1,
    Phase.OBJECTING: 4,
    Phase.SIGNING: 4,
    Phase.SERVICE: 3,
}
TONE_WORDS: Mapping[int, Said] = {
    5: PHASE_WORDS[Phase.INTENTION],
    2: PHASE_WORDS[Phase.BIDDING],
    1: PHASE_WORDS[Phase.DECIDING],
    4: say("Result, challenge and signing"),
    3: PHASE_WORDS[Phase.SERVICE],
}
_MONEY_WORDS: Sequence[tuple[int, Said]] = (
    (3, say("Paid")),
    (1, say("Committed")),
    (2, say("Reserved")),
    (5, say("Free")),
)


def may_see_the_year(user: User, *, street: str) -> bool:
    """Tell whether a reader serves this street office, or oversees all of them."""
    return user.may_be(*_OVERSEERS) or (user.organization == street and user.may_be(*STREET_ROLES))


def axis_of(year: int, *, lang: str) -> list[tuple[float, str]]:
    """Return the first days of a year's months as ticks, in few characters."""
    begin, end = date(year, 1, 1), date(year, 12, 31)
    form = "M月" if lang.startswith("zh") else "MMM"
    return [
        (
            moment_between(day=date(year, month, 1), begin=begin, end=end),
            str(dates.format_date(date(year, month, 1), form, locale=locale_of(lang))),
        )
        for month in _MONTHS
    ]


def timeline_of(purchases: Sequence[Purchase], *, year: int, today: date, lang: str) -> plots.Lanes:
    """Return the lanes of a year's purchases, the newest first; what lies outside the year is left out."""
    begin, end = date(year, 1, 1), date(year, 12, 31)
    said = say("{count} purchases and their windows from January to December", count=len(purchases))
    return plots.Lanes(
        id="plot-year",
        title=words(say("The purchases of {year}", year=str(year)), lang),
        words=words(said, lang),
        ticks=axis_of(year, lang=lang),
        today=(moment_between(day=today, begin=begin, end=end), words(say("Today"), lang))
        if begin <= today <= end
        else None,
        lanes=[_lane(purchase, begin=begin, end=end, lang=lang) for purchase in purchases],
    )


def _lane(purchase: Purchase, *, begin: date, end: date, lang: str) -> plots.Lane:
    return plots.Lane(
        label=purchase.title,
        note=words(STAGE_WORDS[Stage(purchase.state)], lang),
        spans=[
            plots.Span(
                since=moment_between(day=part.since, begin=begin, end=end),
                until=moment_between(day=part.until, begin=begin, end=end),
                tone=_TONES[part.phase],
                label=told(part, lang=lang),
                planned=part.planned,
            )
            for part in purchase.stretches
            if part.until >= begin and part.since <= end
        ],
        marks=[
            plots.Mark(
                at=moment_between(day=each.due_on, begin=begin, end=end),
                label=words(say("Evaluation result due by {day}", day=each.due_on), lang),
            )
            for each in purchase.evaluations
            if begin <= each.due_on <= end
        ],
    )


def told(part: Stretch, *, lang: str) -> str:
    """Return a stretch in words, as `Notice out, bids taken: 3 March 2026 to 16 March 2026 (reckoned)`."""
    said = say("{what}: {since} to {until}", what=PHASE_WORDS[part.phase], since=part.since, until=part.until)
    return words(say("{told} (reckoned)", told=said) if part.planned else said, lang)


def money_plot(rows: Sequence[MoneyOf], labels: Mapping[str, str], *, name: str, title: Said, lang: str) -> Any:
    """Draw how the money of each heading is divided: paid, committed, reserved, free."""
    drawn = [
        plots.Row(
            label=labels.get(row.key, row.key),
            note=money(row.amount, lang),
            values=[row.paid, row.committed, row.reserved, row.amount - row.paid - row.committed - row.reserved],
        )
        for row in rows
    ]
    return plots.stacked(
        plots.Stacked(
            id=name,
            title=words(title, lang),
            words="; ".join(f"{row.label}: {row.note}" for row in drawn),
            parts=[plots.Part(tone=tone, label=words(said, lang)) for tone, said in _MONEY_WORDS],
            rows=drawn,
        )
    )


async def _street(door: Door[None]) -> OrganizationCard:
    office = await organization_for(code=door.code, user=door.user)
    if office.kind != OrganizationKind.STREET or not may_see_the_year(door.user, street=office.code):
        raise NotFound
    return office


def year_asked(door: Door[None]) -> int:
    """Return the year asked for, up to the next one; this year when none or a strange one is."""
    this = local_date(door.now).year
    asked = door.query("year") or ""
    return int(asked) if asked.isdecimal() and _FIRST_YEAR <= int(asked[:5]) <= this + 1 else this


@read("/streets/{code:str}/year", name="year_for", template="desk/year.html", returns=YearCard, signed_in=True)
async def year(door: Door[None]) -> Shown:
    """Show a street its year: windows of all purchases, money by source and category, and what must start by when."""
    office = await _street(door)
    card = await year_for(office=office, year=year_asked(door), now=door.now)
    today, lang = local_date(door.now), door.lang
    at = 0 if lang.startswith("zh") else 1
    categories = {code: names[at] for code, names in (await category_names()).items()}
    sources = {str(source): words(said, lang) for source, said in SOURCE_WORDS.items()}
    plot = timeline_of(card.purchases[:_DRAWN], year=card.year, today=today, lang=lang)
    return Shown(
        card,
        {
            "timeline": plots.lanes(plot),
            "drawn": _DRAWN,
            "keys": [(plots.swatch(tone), words(said, lang)) for tone, said in TONE_WORDS.items()],
            "money_keys": [(plots.swatch(tone), words(said, lang)) for tone, said in _MONEY_WORDS],
            "source_plot": money_plot(card.by_source, sources, name="plot-source", title=say("By source"), lang=lang),
            "category_plot": money_plot(
                card.by_category, categories, name="plot-category", title=say("By category"), lang=lang
            ),
            "source_words": sources,
            "category_words": categories,
            "stage_words": STAGE_WORDS,
            "step_words": STEP_WORDS,
            "told": lambda part: told(part, lang=lang),
            "years": [(f"{card.url}?year={each}", str(each), each == card.year) for each in _years(today)],
        },
    )


def _years(today: date) -> list[int]:
    return [today.year + 1, today.year, today.year - 1]


ROUTES: list[Route] = [year]
