"""What an organization's public page shows besides its card: grades over time, who is around it, the way to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from catalogs.queries.organizations import OrganizationPage, TrackLine
from catalogs.queries.profiles import surroundings_of
from market.base import plots
from market.base.calendar import local_date
from market.base.qr import qr_code
from market.base.refusal import say
from market.base.wording import day, words
from market.people.actions import public_address

_WHOLE = 100
_LEVELS = (60, 80, 100)
"""Heights told beside the plot: where fair and good begin (K-6), and the whole."""


async def shown_besides(card: OrganizationPage, *, on: date, lang: str) -> dict[str, Any]:
    """Return what the template of the public page takes besides the card."""
    return {
        "around": await surroundings_of(code=card.code, on=on),
        "grades_plot": grades_plot(card.track_record, lang=lang),
        "qr": qr_code(public_address(card.url), title=words(say("The address of this page"), lang)),
    }


def grades_plot(track: Sequence[TrackLine], *, lang: str) -> Markup | None:
    """Draw the scores of published evaluations over time, oldest at the left; None when there are none."""
    if not track:
        return None
    told = sorted(track, key=lambda line: line.published_at)
    first, last = told[0].published_at, told[-1].published_at
    ticks = [(_at(first, first, last), day(local_date(first), lang))]
    if local_date(last) != local_date(first):
        ticks.append((_at(last, first, last), day(local_date(last), lang)))
    return plots.trend(
        plots.Trend(
            id="grades",
            title=words(say("Scores of published evaluations over time"), lang),
            words=words(
                say(
                    "{count} evaluations; the first {first}, the last {last} of {whole} points.",
                    count=len(told),
                    first=told[0].score,
                    last=told[-1].score,
                    whole=_WHOLE,
                ),
                lang,
            ),
            ticks=ticks,
            levels=[(level / _WHOLE, str(level)) for level in _LEVELS],
            points=[
                plots.Point(
                    at=_at(line.published_at, first, last),
                    value=float(line.score) / _WHOLE,
                    label=f"{day(local_date(line.published_at), lang)} {line.title} {line.score}",
                )
                for line in told
            ],
        )
    )


def _at(moment: datetime, first: datetime, last: datetime) -> float:
    """Return where between the first and the last a moment stands; the middle when they are one."""
    return (moment - first) / (last - first) if last > first else 0.5
