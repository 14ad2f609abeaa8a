"""Plots as SVG made on the server: pure functions from plain structs, readable on a phone, in the dark and on paper.

Own markup, because a plot here is rectangles, lines and words: pygal writes inline style and script, which the
Content-Security-Policy forbids, and svgwrite is no longer kept. Widths are per cent and heights pixels, without a
viewBox, so that words keep their size when the page is narrow. Colours are classes of the style sheet `plots.css`;
every plot has a name and a description for those who do not see it, and stands before a table with the same numbers.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from unicodedata import east_asian_width

import msgspec
from markupsafe import Markup

_ROW = 46
_BAR_TOP = 21
_BAR = 14
_BASELINE = 15
_LONGEST_LABEL = 34
_LANE = 40
_HEAD = 22
_FOOT = 22
_TREND = 140
_INSET = Decimal(2)
_THINNEST = Decimal("0.4")
_WHOLE = Decimal(100)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What one colour means: a number from 1 to 5 and its words."""

    tone: int
    label: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: its words at the left, a note at the right, and the value of each part, not negative."""

    label: str
    note: str
    values: Sequence[Decimal | int]


class Stacked(msgspec.Struct, frozen=True, kw_only=True):
    """Horizontal bars on one scale from nothing to the longest, each divided into the same parts."""

    id: str
    title: str
    words: str
    parts: Sequence[Part]
    rows: Sequence[Row]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A point of a lane: where between 0 and 1, its words, and whether it is late."""

    at: float
    label: str
    late: bool = False


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time between two places from 0 to 1, with its colour and words; `planned` ones are drawn hollow."""

    since: float
    until: float
    tone: int
    label: str
    planned: bool = False


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A line of points, and of stretches below them; the note at its right may tell of points beyond the axis."""

    label: str
    note: str = ""
    spans: Sequence[Span] = ()
    marks: Sequence[Mark] = ()


class Lanes(msgspec.Struct, frozen=True, kw_only=True):
    """Points in time on parallel lines; `ticks` are places between 0 and 1 with words, `today` a place or None."""

    id: str
    title: str
    words: str
    ticks: Sequence[tuple[float, str]]
    today: tuple[float, str] | None
    lanes: Sequence[Lane]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A value at a moment: both places between 0 and 1, the value's upwards, with its words."""

    at: float
    value: float
    label: str


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """Values over time, joined by a line; `ticks` are places in time and `levels` heights, both with words."""

    id: str
    title: str
    words: str
    ticks: Sequence[tuple[float, str]]
    levels: Sequence[tuple[float, str]]
    points: Sequence[Point]


def stacked(plot: Stacked) -> Markup:
    """Draw horizontal bars; a part of nothing is left out, and a bar of nothing is an empty track.

    Parts touch, so their sum is the bar's length; a part is never drawn thinner than its share.
    """
    most = max((_total(row) for row in plot.rows), default=Decimal(0))
    drawn = [_bar(row, top=n * _ROW, parts=plot.parts, most=most) for n, row in enumerate(plot.rows)]
    return _svg(plot.id, plot.title, plot.words, height=len(plot.rows) * _ROW, inside=drawn)


def lanes(plot: Lanes) -> Markup:
    """Draw points in time on parallel lines, with the ticks' words below and today's above."""
    height = _HEAD + len(plot.lanes) * _LANE + _FOOT
    bottom = height - _FOOT
    drawn = [_tick(at, words, bottom=bottom) for at, words in plot.ticks]
    if plot.today is not None:
        drawn.append(_today(*plot.today, bottom=bottom))
    drawn += [_lane(lane, top=_HEAD + n * _LANE) for n, lane in enumerate(plot.lanes)]
    return _svg(plot.id, plot.title, plot.words, height=height, inside=drawn)


def trend(plot: Trend) -> Markup:
    """Draw values over time with their levels across; a single value is a point without a line."""
    bottom = _HEAD + _TREND
    drawn = [_level(height, words, bottom=bottom) for height, words in plot.levels]
    drawn += [_tick(at, words, bottom=bottom) for at, words in plot.ticks]
    drawn += [
        Markup('<line class="plot-course" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(
            _place(one.at), _height(one.value), _place(two.at), _height(two.value)
        )
        for one, two in pairwise(plot.points)
    ]
    drawn += [
        Markup('<circle class="plot-point" cx="{}" cy="{}" r="5"><title>{}</title></circle>').format(
            _place(point.at), _height(point.value), point.label
        )
        for point in plot.points
    ]
    return _svg(plot.id, plot.title, plot.words, height=bottom + _FOOT, inside=drawn)


def swatch(tone: int) -> Markup:
    """Draw the sample of a colour that stands before its words in a key; it says nothing by itself."""
    return Markup(
        '<svg class="plot-key" aria-hidden="true" focusable="false" width="14" height="14">'
        '<rect class="plot-{}" x="1" y="1" width="12" height="12"/></svg>'
    ).format(tone)


def per_cent(value: Decimal) -> str:
    """Return a share of a hundred as a length.

    >>> per_cent(Decimal(100) / 3)
    '33.33%'
    """
    return f"{value.quantize(Decimal('0.01')).normalize():f}%"


def shortened(words: str, longest: int = _LONGEST_LABEL) -> str:
    """Return words cut to a width in half characters, a Chinese character counting two; the table has them whole.

    >>> shortened("社区养老顾问服务", 9)
    '社区养老…'
    """
    width = 0
    for n, character in enumerate(words):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > longest:
            return f"{words[:n].rstrip()}…"
    return words


def _svg(name: str, title: str, words: str, *, height: int, inside: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="plot" role="img" aria-labelledby="{0}-title" aria-describedby="{0}-words" width="100%"'
        ' height="{1}" xmlns="http://www.w3.org/2000/svg"><title id="{0}-title">{2}</title>'
        '<desc id="{0}-words">{3}</desc>{4}</svg>'
    ).format(name, height, title, words, Markup().join(inside))


def _total(row: Row) -> Decimal:
    return sum((Decimal(value) for value in row.values), Decimal(0))


def _bar(row: Row, *, top: int, parts: Sequence[Part], most: Decimal) -> Markup:
    pieces = []
    begun = Decimal(0)
    for part, value in zip(parts, row.values, strict=True):
        if value > 0:
            start, end = begun / most * _WHOLE, (begun + value) / most * _WHOLE
            pieces.append(
                Markup('<rect class="plot-{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                    part.tone, per_cent(start), top + _BAR_TOP, per_cent(end - start), _BAR
                )
            )
        begun += value
    return Markup(
        '<text x="0" y="{0}">{1}</text><text class="plot-note" x="100%" y="{0}" text-anchor="end">{2}</text>'
        '<rect class="plot-track" x="0" y="{3}" width="100%" height="{4}"/>{5}'
    ).format(top + _BASELINE, shortened(row.label), row.note, top + _BAR_TOP, _BAR, Markup().join(pieces))


def _place(at: float) -> str:
    return per_cent(_inside(at))


def _inside(at: float) -> Decimal:
    return _INSET + min(max(Decimal(str(at)), Decimal(0)), Decimal(1)) * (_WHOLE - 2 * _INSET)


def _anchor(at: float) -> str:
    edge = 0.12
    return "start" if at < edge else "end" if at > 1 - edge else "middle"


def _tick(at: float, words: str, *, bottom: int) -> Markup:
    return Markup(
        '<line class="plot-grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="plot-note" x="{0}" y="{3}" text-anchor="{4}">{5}</text>'
    ).format(_place(at), _HEAD, bottom, bottom + _BASELINE, _anchor(at), words)


def _today(at: float, words: str, *, bottom: int) -> Markup:
    return Markup(
        '<line class="plot-today" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="plot-now" x="{0}" y="{3}" text-anchor="{4}">{5}</text>'
    ).format(_place(at), _HEAD - 4, bottom, _BASELINE - 2, _anchor(at), words)


def _height(value: float) -> int:
    """Return how far from the top a value between 0 and 1 stands.

    >>> _height(1.0), _height(0.0)
    (22, 162)
    """
    return _HEAD + round(_TREND * (1 - min(max(value, 0), 1)))


def _level(height: float, words: str, *, bottom: int) -> Markup:
    at = min(_height(height), bottom)
    return Markup(
        '<line class="plot-grid" x1="0" x2="100%" y1="{0}" y2="{0}"/><text class="plot-note" x="0" y="{1}">{2}</text>'
    ).format(at, at - 4, words)


def _lane(lane: Lane, *, top: int) -> Markup:
    middle = top + _LANE - 13
    drawn = [_span(span, middle=middle) for span in lane.spans]
    drawn += [
        Markup('<circle class="plot-{}" cx="{}" cy="{}" r="5"><title>{}</title></circle>').format(
            "late" if mark.late else "point", _place(mark.at), middle, mark.label
        )
        for mark in lane.marks
    ]
    return Markup(
        '<text class="plot-note" x="0" y="{0}">{1}</text>'
        '<text class="plot-note" x="100%" y="{0}" text-anchor="end">{2}</text>'
        '<line class="plot-axis" x1="0" x2="100%" y1="{3}" y2="{3}"/>{4}'
    ).format(top + _BASELINE, shortened(lane.label), lane.note, middle, Markup().join(drawn))


def _span(span: Span, *, middle: int) -> Markup:
    since, until = _inside(span.since), _inside(span.until)
    return Markup('<rect class="plot-{}{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>').format(
        span.tone,
        " plot-planned" if span.planned else "",
        per_cent(since),
        middle - _BAR // 2,
        per_cent(max(until - since, _THINNEST)),
        _BAR,
        span.label,
    )
