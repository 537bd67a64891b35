"""Matrices: marks in their squares, rows that grow, and levels told apart without colour."""

from itertools import pairwise

import pytest

from bcf.charts import NARROW, WIDTH, MatrixChart, Square
from tests.unit.charts.pictures import (
    SVG,
    WIDTHS,
    assert_whole,
    description,
    drawn,
    lightness,
    lines_from,
    text_box,
    texts,
)

LEGEND = ((1, "Low: 1 to 5"), (2, "Medium: 6 to 11"), (3, "High: 12 to 25"))
SCORES = ("1", "2", "3", "4", "5")
LIKELY = ("5 Almost certain", "4 Likely", "3 Possible", "2 Unlikely", "1 Rare")
GRAVE = ("1 Insignificant", "2 Minor", "3 Moderate", "4 Major", "5 Catastrophic")


def numbers(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


def risks(
    marks: dict[tuple[int, int], int],
    rows: tuple[str, ...] = SCORES[::-1],
    columns: tuple[str, ...] = SCORES,
) -> MatrixChart:
    """Likelihood by impact, with so many risks in some squares (row and column from the top)."""
    squares = tuple(
        tuple(
            Square(
                numbers(marks.get((down, across), 0)),
                (5 - down) * (across + 1) // 9 + 1,
                str((5 - down) * (across + 1)),
            )
            for across in range(5)
        )
        for down in range(5)
    )
    made = ("risks", "Risks", "In Barnet.", "Likelihood", "Impact")
    return MatrixChart(*made, rows, columns, squares, LEGEND)


def levels(*rows: tuple[int, ...]) -> MatrixChart:
    """Level before by rating after mitigation, with so many risks in each square."""
    squares = tuple(
        tuple(Square(numbers(count), place) for place, count in enumerate(row)) for row in rows
    )
    return MatrixChart(
        "levels",
        "Before and after",
        "In Havering.",
        "Level before mitigation",
        "Rating after mitigation",
        ("High", "Medium", "Low"),
        ("Not stated", "Low", "Medium", "High"),
        squares,
    )


FULL = {(0, 4): 16, (1, 4): 3, (2, 2): 9, (4, 0): 1}
CHARTS = [
    risks({}),
    risks(FULL),
    risks({(down, across): 16 for down in range(5) for across in range(5)}),
    risks(FULL, LIKELY, GRAVE),
    levels((0, 1, 2, 3), (16, 0, 12, 1), (0, 0, 0, 0)),
    MatrixChart("none", "Nothing", "At all.", "One", "Other", (), (), ()),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", CHARTS)
def test_all_is_in_view_and_nothing_overlaps(chart: MatrixChart, width: int) -> None:
    assert_whole(chart, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_mark_of_a_full_square_stands_inside_it(width: int) -> None:
    svg = drawn(risks({(0, 4): 16}), width)
    square = lines_from(svg, "rect")[4]
    left, top = float(square["x"]), float(square["y"])
    right, bottom = left + float(square["width"]), top + float(square["height"])
    marks = [
        each
        for each in svg.iter(f"{SVG}text")
        if each.attrib.get("font-weight") and float(each.attrib["y"]) > top
    ]
    assert " ".join(str(each.text) for each in marks).split() == list(numbers(16))
    for start, end, over, under in map(text_box, marks):
        assert left <= start < end <= right
        assert top <= over < under <= bottom


def test_a_row_grows_with_its_marks_alone() -> None:
    heights = [float(each["height"]) for each in lines_from(drawn(risks(FULL)), "rect")[:25:5]]
    assert heights[0] > heights[1] == heights[4]


def test_levels_are_told_apart_without_colour() -> None:
    svg = drawn(levels((1, 1, 1, 1), (0, 0, 0, 0), (0, 0, 0, 0)))
    shades = [lightness(each["fill"]) for each in lines_from(svg, "rect")[:4]]
    assert all(one - other > 0.05 for one, other in pairwise(shades))
    assert all(each["stroke"] for each in lines_from(svg, "rect"))


def test_marks_are_read_on_every_shade() -> None:
    svg = drawn(levels((1, 1, 1, 1), (0, 0, 0, 0), (0, 0, 0, 0)))
    grounds = [lightness(each["fill"]) for each in lines_from(svg, "rect")[:4]]
    inks = [lightness(each["fill"]) for each in lines_from(svg, "text") if "fill" in each]
    assert len(inks) == 4
    for ground, ink in zip(grounds, inks, strict=True):
        darker, lighter = sorted((ground, ink))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_the_description_names_each_square_with_marks_and_no_other() -> None:
    assert description(drawn(risks({(0, 4): 2, (3, 1): 1}))) == (
        "Likelihood 5, impact 5: 1, 2. Likelihood 2, impact 2: 1."
    )
    assert description(drawn(risks({}))) == "Nothing is marked in any square."


def test_a_square_may_have_words_of_its_own() -> None:
    squares = ((Square(("1",), 3, "25", "Risk 1 is high"),),)
    made = MatrixChart("k", "t", "d", "Likelihood", "Impact", ("5",), ("5",), squares)
    assert description(drawn(made)) == "Risk 1 is high."


def test_axes_rows_columns_figures_and_the_legend_are_named() -> None:
    found = texts(drawn(risks({})))
    assert found[0].split() == ["Likelihood", "↓", "by", "Impact", "→"]
    assert {*SCORES, "25", "20", "Low: 1 to 5", "High: 12 to 25"} <= set(found)


def test_a_long_name_is_broken_by_a_hyphen_and_never_cut() -> None:
    svg = drawn(risks({}, LIKELY, GRAVE), NARROW)
    said = " ".join(texts(svg))
    assert "…" not in said
    assert "Catastrophic" in said.replace("- ", "")
    assert "Catastrophic" in " ".join(texts(drawn(risks({}, LIKELY, GRAVE), WIDTH)))


def test_markup_in_a_name_stays_text() -> None:
    hostile = "<script>"
    svg = drawn(MatrixChart(hostile, hostile, "d", "a", "b", (hostile,), ("c",), ((Square(),),)))
    assert list(svg.iter(f"{SVG}script")) == []
    assert hostile in texts(svg)
