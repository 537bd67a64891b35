"""Lines over periods: to scale, in the picture, with gaps, and labels that never meet."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from bcf.charts import NARROW, ControlChart, ControlSpot, Line, LineChart, Mark, Spot
from tests.unit.charts.pictures import (
    SVG,
    WIDTHS,
    assert_whole,
    description,
    drawn,
    lines_from,
    texts,
)


def line(name: str, *values: float | None) -> Line:
    spots = (Spot(None) if v is None else Spot(Decimal(str(v)), f"{v}") for v in values)
    return Line(name, tuple(spots))


def lines(
    *made: Line, periods: tuple[str, ...] = (), key: str = "k", unit: str = "admissions"
) -> LineChart:
    names = periods or tuple(f"{2014 + n}–{15 + n}" for n in range(len(made[0].spots)))
    return LineChart(key, "Admissions", "In Barnet.", unit, names, made)


def control(*values: float | None, marks: tuple[Mark, ...] = ()) -> ControlChart:
    spots = tuple(
        ControlSpot(None if v is None else Decimal(str(v)), f"{v}", mark)
        for v, mark in zip(values, marks or (Mark.USUAL,) * len(values), strict=True)
    )
    months = tuple(f"Month {n}" for n in range(len(values)))
    return ControlChart(
        "process-control",
        "How it varies",
        "In Barnet.",
        "days",
        months,
        spots,
        mean=("Mean: 10", Decimal(10)),
        upper=("Upper limit: 14", Decimal(14)),
        lower=("Lower limit: 6", Decimal(6)),
        target=("Target: 10", Decimal(10)),
    )


MANY = lines(*(line(f"Line {n}", 10, 10 + n / 10) for n in range(5)))
LONG = lines(
    *(line(f"Barking, Havering and Redbridge University Hospitals {n}", 5, 5) for n in range(5))
)
CHARTS = [
    lines(line("Actual", 1, 2, 3), line("Target", 3, 2, 1)),
    lines(line("Actual", 5)),
    lines(line("Actual", 7, 7, 7)),
    lines(line("Actual", 0, 0)),
    lines(line("Change", -5, 3, -12.5)),
    lines(line("Actual", 1_234_567.8, None, 2_345_678.9)),
    lines(line("Actual", None, None), line("Target", 4, 5)),
    lines(line("Actual", *range(1, 145)), periods=tuple(f"Jun {n}" for n in range(144))),
    MANY,
    LONG,
    control(9, 10, 11, None, 10),
    control(10),
    control(*(10 + n % 3 for n in range(60))),
    control(9, 10, 11, 12, marks=tuple(Mark)),
    lines(
        line("Actual", 5, 6, 7, 8),
        periods=("2014–15", "April 2013 to July 2013", "not stated", "September 2015"),
    ),
    lines(line("Actual", 90, 91), unit="delayed days per 100,000 people aged 18 and over, " * 3),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", CHARTS)
def test_all_is_in_view_and_nothing_overlaps(chart: Any, width: int) -> None:
    assert_whole(chart, width)


def test_points_are_to_scale() -> None:
    svg = drawn(lines(line("Actual", 0, 50, 100)))
    low, middle, high = (float(each.attrib["cy"]) for each in svg.iter(f"{SVG}circle"))
    assert round(low - middle, 1) == round(middle - high, 1) > 0


def test_what_is_not_stated_is_a_gap_and_never_nought() -> None:
    svg = drawn(lines(line("Actual", 10, 11, None, 12, 13)))
    runs = [len(each.attrib["points"].split()) for each in svg.iter(f"{SVG}polyline")]
    assert runs == [2, 2]
    assert len(list(svg.iter(f"{SVG}circle"))) == 4
    assert "2016–17 not stated" in str(svg.findtext(f"{SVG}desc"))


def test_a_line_without_any_figure_has_no_label() -> None:
    assert "Actual" not in " ".join(texts(drawn(lines(line("Actual", None), line("Plan", 1)))))


def test_each_line_has_its_name_and_last_figure_at_its_end() -> None:
    found = texts(drawn(lines(line("Actual", 1, 2), line("Target", 4, None))))
    assert {"Actual: 2", "Target: 4"} <= set(found)


def test_a_long_name_is_shortened_and_keeps_its_figure() -> None:
    found = " ".join(texts(drawn(LONG)))
    assert found.count(": 5") == 5
    assert "…" in found


def test_lines_are_told_apart_without_colour() -> None:
    svg = drawn(MANY)
    dashes = [each.attrib.get("stroke-dasharray", "") for each in svg.iter(f"{SVG}polyline")]
    assert len(dashes) == len(set(dashes)) == 5


def test_where_ends_have_no_room_a_key_shows_each_line_with_its_figure() -> None:
    made = lines(line("Actual", 1, 2), line("Target", 4, None), line("Plan", None, None))
    svg = drawn(made, NARROW)
    assert {"Actual: 2", "Target: 4"} <= set(texts(svg))
    assert "Plan" not in " ".join(texts(svg))
    # The line itself, and its sample beside its words.
    dashed = [each for each in lines_from(svg, "polyline") if "stroke-dasharray" in each]
    assert [each["stroke-dasharray"] for each in dashed] == ["7 4"]
    plot = float(svg.attrib["viewBox"].split()[3]) * 0.7
    assert all(
        float(each.attrib["y"]) > plot for each in svg.iter(f"{SVG}text") if ": " in str(each.text)
    )


def test_a_name_in_the_key_is_whole() -> None:
    assert "University Hospitals 4: 5" in " ".join(texts(drawn(LONG, NARROW)))


def test_an_axis_that_starts_higher_says_so() -> None:
    found = texts(drawn(lines(line("Actual", 80, 95))))
    assert "admissions (the scale starts at 80)" in found


def test_names_of_many_periods_are_left_out_evenly() -> None:
    svg = drawn(CHARTS[7])
    places = [float(each.attrib["x"]) for each in svg.iter(f"{SVG}text") if each.text == "Jun"]
    steps = {round(after - before, 0) for before, after in pairwise(places)}
    assert 3 < len(places) < 20
    assert len(steps) <= 2


def test_markup_in_a_name_stays_text() -> None:
    hostile = '"><script>alert(1)</script>'
    svg = drawn(lines(line(hostile, 1, 2), key=hostile))
    assert list(svg.iter(f"{SVG}script")) == []
    assert hostile in str(svg.findtext(f"{SVG}desc"))


def test_a_title_and_a_description_name_the_picture() -> None:
    svg = drawn(lines(line("Actual", 1, 2)))
    assert svg.findtext(f"{SVG}title") == "Admissions. In Barnet."
    assert svg.findtext(f"{SVG}desc") == "Actual: 2014–15 1, 2015–16 2."
    assert svg.attrib["aria-labelledby"] == "k-title k-description"
    assert svg.attrib["role"] == "img"


def test_levels_of_process_control_are_labelled_and_limits_dashed() -> None:
    svg = drawn(control(9, 10, 11))
    found = texts(svg)
    for words in ("Mean: 10", "Upper limit: 14", "Lower limit: 6", "Target: 10"):
        assert words in found
    dashed = [e for e in svg.iter(f"{SVG}line") if e.attrib.get("stroke-dasharray") == "6 4"]
    assert len(dashed) == 2


def test_levels_stand_in_the_key_where_their_ends_have_no_room() -> None:
    svg = drawn(control(9, 10, 11), NARROW)
    assert {"Mean: 10", "Upper limit: 14", "Lower limit: 6", "Target: 10"} <= set(texts(svg))
    # The series itself, and the sample of each level.
    dashes = [each.get("stroke-dasharray", "") for each in lines_from(svg, "polyline")]
    assert sorted(dashes) == ["", "", "1 3", "6 4", "6 4"]


def test_points_that_stand_out_have_a_shape_and_words() -> None:
    marks = (Mark.USUAL, Mark.BETTER, Mark.WORSE, Mark.EITHER)
    svg = drawn(control(9, 10, 11, 12, marks=marks))
    found = texts(svg)
    for mark in marks:
        assert mark.capitalize() in found
    assert "Month 2 11 (stands out, worse)" in str(svg.findtext(f"{SVG}desc"))
    # One in the series and one in the key of each shape.
    assert len(list(svg.iter(f"{SVG}circle"))) == 2
    assert len(list(svg.iter(f"{SVG}polygon"))) == 6


def test_a_limit_that_means_nothing_is_not_drawn() -> None:
    svg = drawn(
        ControlChart(
            "k", "t", "d", "u", ("a",), (ControlSpot(Decimal(1), "1"),), ("Mean: 1", Decimal(1))
        )
    )
    assert not any("limit" in each for each in texts(svg))


def test_a_line_is_cut_where_something_else_is_counted() -> None:
    whole = lines(line("Actual", 10, 12, 14, 16))
    cut = replace(whole, breaks=(2,))
    before, after = drawn(whole), drawn(cut)
    assert [each.count(",") for each in _strokes(before)] == [4]
    assert [each.count(",") for each in _strokes(after)] == [2, 2]
    dashed = [each for each in lines_from(after, "line") if each.get("stroke-dasharray") == "6 4"]
    assert [each["x1"] == each["x2"] for each in dashed] == [True]
    for width in WIDTHS:
        assert_whole(cut, width)
    assert "Counted anew from 2016–17 on." in description(drawn(cut))
    assert "Counted anew" not in description(drawn(whole))


def _strokes(svg: ElementTree.Element) -> list[str]:
    return [each["points"] for each in lines_from(svg, "polyline")]
