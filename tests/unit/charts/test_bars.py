"""Charts: drawn to scale, in words for who cannot see them, and nothing but attributes."""

import re
from decimal import Decimal
from xml.etree import ElementTree

from bcf.charts import WIDTH, Bar, BarChart, Group, bar_chart_svg

SVG = "{http://www.w3.org/2000/svg}"


def chart(*groups: Group, key: str = "money") -> ElementTree.Element:
    made = BarChart(key, "Money by source", "What is paid in.", groups)
    return ElementTree.fromstring(bar_chart_svg(made))  # noqa: S314 - our own words


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


def test_bars_are_to_scale() -> None:
    first, second, third = widths(chart(group("NHS", 100, 50), group("Council", 25)))
    assert second == round(first / 2, 1)
    assert third == round(first / 4, 1)


def test_the_longest_bar_leaves_room_for_its_figure() -> None:
    svg = chart(group("NHS", 1_000_000_000))
    (bar,) = svg.iter(f"{SVG}rect")
    assert float(bar.attrib["x"]) + float(bar.attrib["width"]) < WIDTH - 100


def test_nothing_and_not_stated_have_words_and_no_bar() -> None:
    svg = chart(group("NHS", 0, None))
    assert widths(svg) == []
    words = [each.text for each in svg.iter(f"{SVG}text")]
    assert words == ["NHS", "2014–15", "£0", "2015–16", "£None"]


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


def test_only_attributes_and_no_address() -> None:
    drawn = bar_chart_svg(BarChart("a", "t", "d", (group("NHS", 1),)))
    assert not re.search(r"style|<script|href|url\(|on\w+=", drawn)


def test_markup_in_a_name_stays_text() -> None:
    hostile = '<image xlink:href="file:///etc/passwd"/>'
    svg = chart(group(hostile, 1), key='"><script>')
    assert hostile in [each.text for each in svg.iter(f"{SVG}text")]
    assert list(svg.iter(f"{SVG}image")) == []


def test_a_long_name_is_shortened_on_the_picture_alone() -> None:
    name = "word " * 60
    svg = chart(group(name, 1))
    shown = next(iter(svg.iter(f"{SVG}text"))).text
    assert shown
    assert shown.endswith("…")
    assert len(shown) < 100
    description = svg.find(f"{SVG}desc")
    assert description is not None
    assert name.strip() in str(description.text)


def test_a_chart_of_nothing_is_still_a_picture() -> None:
    assert chart().attrib["viewBox"] == f"0 0 {WIDTH} 1"
