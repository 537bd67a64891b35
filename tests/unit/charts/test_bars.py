"""Charts: drawn to scale, in words for who cannot see them, and nothing but attributes."""

from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from bcf.charts import NARROW, WIDTH, Bar, BarChart, Group, chart_svg
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

EQUIPMENT = (
    "Integrated community equipment, adaptations and the Disabled Facilities Grant for Barking "
    "and Dagenham, Havering and Redbridge"
)
RATE = "651.9 admissions per 100,000 population aged 65 and over"


def money(*groups: Group, key: str = "money") -> BarChart:
    return BarChart(key, "Money by source", "What is paid in.", groups)


def chart(*groups: Group, key: str = "money", width: int = WIDTH) -> ElementTree.Element:
    return drawn(money(*groups, key=key), width)


def group(label: str, *amounts: int | None) -> Group:
    years = ("2014–15", "2015–16", "2016–17", "2017–18", "2018–19")
    return Group(
        label,
        tuple(
            Bar(year, None if each is None else Decimal(each), f"£{each}")
            for year, each in zip(years, amounts, strict=False)
        ),
    )


def widths(svg: ElementTree.Element) -> list[float]:
    return [float(bar.attrib["width"]) for bar in svg.iter(f"{SVG}rect")]


def one(series: str, value: str | None, words: str) -> Group:
    return Group("In admissions", (Bar(series, None if value is None else Decimal(value), words),))


CHARTS = [
    money(group("NHS", 20_000_000, None, 0, 1), group(EQUIPMENT, 23_412_000, 12)),
    money(group("Balance", -3_200_000, 1_200_000, None), group("Other", -3_900_000)),
    money(group("All below", -5, -3)),
    money(group("Nothing", None, 0)),
    money(one("Benchmark", "651.9", RATE), one("Plan", "600", RATE), one("Actual", None, "none")),
    money(one(f"Commissioned by {EQUIPMENT}", "-5", f"{RATE}, {EQUIPMENT}")),
    money(group("word " * 60, 1)),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("made", CHARTS)
def test_all_is_in_view_and_nothing_overlaps(made: BarChart, width: int) -> None:
    assert_whole(made, width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("made", CHARTS)
def test_no_bar_lies_over_words(made: BarChart, width: int) -> None:
    svg = drawn(made, width)
    for bar in lines_from(svg, "rect"):
        left, top = float(bar["x"]), float(bar["y"])
        right, bottom = left + float(bar["width"]), top + float(bar["height"])
        for start, end, over, under in map(text_box, svg.iter(f"{SVG}text")):
            assert not (start < right and left < end and over < bottom and top < under - 1)


@pytest.mark.parametrize("width", WIDTHS)
def test_bars_are_to_scale(width: int) -> None:
    first, second, third = widths(chart(group("NHS", 100, 50), group("Council", 25), width=width))
    assert second == pytest.approx(first / 2, abs=0.1)
    assert third == pytest.approx(first / 4, abs=0.1)


def test_bars_below_nought_go_the_other_way_on_the_same_scale() -> None:
    svg = chart(group("Balance", -100, 50, None))
    below, above = lines_from(svg, "rect")
    nought = float(below["x"]) + float(below["width"])
    assert nought == pytest.approx(float(above["x"]), abs=0.1)
    assert float(below["width"]) == pytest.approx(2 * float(above["width"]), abs=0.2)
    # A line of nought beside each bar, and beside the one that is not stated.
    marks = [float(each["x1"]) for each in lines_from(svg, "line")]
    assert marks == pytest.approx([nought] * 3)


def test_no_line_of_nought_where_none_is_below() -> None:
    assert lines_from(chart(group("NHS", 100, 0)), "line") == []


def test_words_that_leave_no_room_stand_over_their_bar() -> None:
    svg = chart(one("Benchmark", "651.9", RATE), width=NARROW)
    assert " ".join(texts(svg)) == f"In admissions Benchmark: {RATE}"
    (bar,) = lines_from(svg, "rect")
    assert float(bar["width"]) > NARROW * 0.9
    assert all(float(each["y"]) < float(bar["y"]) for each in lines_from(svg, "text"))


@pytest.mark.parametrize("width", WIDTHS)
def test_however_long_the_words_a_bar_has_room(width: int) -> None:
    for letters in range(5, 60, 5):
        (bar,) = lines_from(chart(one("Benchmark", "651.9", "9" * letters), width=width), "rect")
        assert float(bar["width"]) >= 0.4 * width


def test_short_figures_stand_beside_their_bars_at_either_width() -> None:
    for width in WIDTHS:
        svg = chart(group("NHS", 23_412_000), width=width)
        (bar,) = lines_from(svg, "rect")
        series, figure = lines_from(svg, "text")[1:]
        assert series["y"] == figure["y"]
        assert float(series["x"]) < float(bar["x"]) < float(figure["x"])


def test_the_longest_bar_leaves_room_for_its_figure() -> None:
    svg = chart(group("NHS", 1_000_000_000))
    (bar,) = svg.iter(f"{SVG}rect")
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) < WIDTH - 70


def test_nothing_and_not_stated_have_words_and_no_bar() -> None:
    svg = chart(group("NHS", 0, None))
    assert widths(svg) == []
    assert texts(svg) == ["NHS", "2014–15", "£0", "2015–16", "£None"]


def test_a_title_and_a_description_say_every_figure() -> None:
    svg = chart(group("NHS", 100, 50), group("Council & more", 25))
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Money by source. What is paid in."
    assert description is not None
    assert description.text == "NHS: 2014–15 £100, 2015–16 £50. Council & more: 2014–15 £25."
    names = [title.attrib["id"], description.attrib["id"]]
    assert svg.attrib["aria-labelledby"].split() == names
    assert svg.attrib["role"] == "img"


def test_years_are_told_apart_without_colour() -> None:
    svg = chart(group("NHS", 4, 3, 2, 1))
    fills = [bar.attrib["fill"] for bar in svg.iter(f"{SVG}rect")]
    assert len(set(fills)) == 4
    assert all(bar.attrib["stroke"] for bar in svg.iter(f"{SVG}rect"))


@pytest.mark.parametrize("count", [2, 4, 5])
def test_bars_side_by_side_are_told_apart_in_grey(count: int) -> None:
    fills = [each["fill"] for each in lines_from(chart(group("NHS", *[9] * count)), "rect")]
    for darker, lighter in map(sorted, pairwise(map(lightness, fills))):
        assert (lighter + 0.05) / (darker + 0.05) > 2


def test_markup_in_a_name_stays_text() -> None:
    hostile = '<image xlink:href="file:///etc/passwd"/>'
    svg = chart(group(hostile, 1), key='"><script>')
    assert hostile in [each.text for each in svg.iter(f"{SVG}text")]
    assert list(svg.iter(f"{SVG}image")) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_name_has_two_lines_and_is_whole_in_the_description(width: int) -> None:
    name = "word " * 60
    svg = chart(group(name, 1), width=width)
    first, second = texts(svg)[:2]
    assert first.startswith("word")
    assert not first.endswith("…")
    assert second.endswith("…")
    assert name.strip() in description(svg)


def test_a_name_that_fits_two_lines_is_whole() -> None:
    assert " ".join(texts(chart(group(EQUIPMENT, 1)))[:2]) == EQUIPMENT


def test_two_drawings_of_one_chart_have_names_of_their_own() -> None:
    wide, narrow = (chart_svg(money(group("NHS", 1)), width) for width in WIDTHS)
    assert 'aria-labelledby="money-title money-description"' in wide
    assert 'aria-labelledby="money-narrow-title money-narrow-description"' in narrow


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    assert chart().attrib["viewBox"] == f"0 0 {WIDTH} 1"
