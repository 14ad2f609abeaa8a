import itertools
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from market.base.plots import (
    Lane,
    Lanes,
    Mark,
    Part,
    Point,
    Row,
    Stacked,
    Trend,
    lanes,
    shortened,
    stacked,
    swatch,
    trend,
)

SVG = "{http://www.w3.org/2000/svg}"
PARTS = [Part(tone=1, label="Paid"), Part(tone=2, label="Free")]


def money(*rows: Row) -> Stacked:
    return Stacked(id="plot-a", title="Money & more", words="<words>", parts=PARTS, rows=rows)


def parsed(drawn: Markup) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314  our own drawing


def lengths(element: ET.Element) -> list[tuple[str, float, float]]:
    found = []
    for rect in element.iter(f"{SVG}rect"):
        if rect.get("class") != "plot-track":
            start, width = (float(rect.get(name, "").removesuffix("%")) for name in ("x", "width"))
            found.append((rect.get("class", ""), start, width))
    return found


def test_parts_are_drawn_to_scale_and_touch() -> None:
    row = Row(label="a", note="", values=[Decimal(30), Decimal(70)])
    half = Row(label="b", note="", values=[Decimal(0), Decimal(50)])
    drawn = lengths(parsed(stacked(money(row, half))))
    assert drawn == [("plot-1", 0, 30), ("plot-2", 30, 70), ("plot-2", 0, 50)]


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=2, max_size=2), max_size=5))
def test_no_bar_leaves_the_plot(values: list[list[int]]) -> None:
    element = parsed(stacked(money(*(Row(label="a", note="", values=row) for row in values))))
    for _, start, width in lengths(element):
        assert 0 <= start <= start + width <= 100.01
        assert width >= 0
    assert "E" not in "".join(rect.get("width", "") for rect in element.iter(f"{SVG}rect"))


@pytest.mark.parametrize(
    "drawn", [stacked(money()), lanes(Lanes(id="p", title="t", words="w", ticks=[], today=None, lanes=[]))]
)
def test_a_plot_of_nothing_is_still_a_plot(drawn: Markup) -> None:
    assert parsed(drawn).get("role") == "img"


def test_a_plot_has_a_name_and_a_description_that_cannot_break_out() -> None:
    element = parsed(stacked(money(Row(label="<b>&", note='"', values=[1, 0]))))
    title, words = element.find(f"{SVG}title"), element.find(f"{SVG}desc")
    assert title is not None
    assert words is not None
    assert (title.text, words.text) == ("Money & more", "<words>")
    assert element.get("aria-labelledby") == title.get("id")
    assert element.get("aria-describedby") == words.get("id")
    assert [text.text for text in element.iter(f"{SVG}text")] == ["<b>&", '"']


def test_points_stand_where_their_day_is_and_late_ones_look_otherwise() -> None:
    marks = [Mark(at=0, label="first", late=True), Mark(at=0.5, label="middle"), Mark(at=1, label="last")]
    element = parsed(
        lanes(
            Lanes(
                id="p",
                title="t",
                words="w",
                ticks=[(0.25, "April")],
                today=(0.1, "Today"),
                lanes=[Lane(label="Payment", note="3 later", marks=marks)],
            )
        )
    )
    points = [(point.get("class"), point.get("cx")) for point in element.iter(f"{SVG}circle")]
    assert points == [("plot-late", "2%"), ("plot-point", "50%"), ("plot-point", "98%")]
    assert [point.text for circle in element.iter(f"{SVG}circle") for point in circle] == ["first", "middle", "last"]
    assert {text.text for text in element.iter(f"{SVG}text")} == {"April", "Today", "Payment", "3 later"}


def test_no_plot_carries_style_or_script() -> None:
    drawn = stacked(money(Row(label="a", note="b", values=[1, 2]))) + swatch(1)
    assert not re.search(r"style=|<style|<script|\son\w+=|#[0-9a-f]{3}", drawn)


@pytest.mark.parametrize(
    ("words", "longest", "short"),
    [("abc", 3, "abc"), ("abcd", 3, "abc…"), ("社区", 4, "社区"), ("社区服务", 5, "社区…")],
)
def test_words_are_cut_by_their_width(words: str, longest: int, short: str) -> None:
    assert shortened(words, longest) == short


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=6))
def test_a_trend_joins_its_points_and_higher_values_stand_higher(values: list[tuple[float, float]]) -> None:
    points = [Point(at=at, value=value, label=f"<{value}>") for at, value in values]
    plot = Trend(id="t", title="T", words="w", ticks=[(0.5, "May")], levels=[(0.9, "90")], points=points)
    drawn = parsed(trend(plot))
    heights = [int(circle.get("cy", "")) for circle in drawn.iter(f"{SVG}circle")]
    assert len(heights) == len(points)
    for one, two in itertools.pairwise(values):
        first, second = heights[values.index(one)], heights[values.index(two)]
        assert (one[1] >= two[1]) == (first <= second) or first == second
    courses = [line for line in drawn.iter(f"{SVG}line") if line.get("class") == "plot-course"]
    assert len(courses) == max(len(points) - 1, 0)
    assert "style" not in trend(plot)
