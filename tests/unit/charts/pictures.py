"""How pictures are held to account: all in view, no words over others, nothing but attributes."""

import re
from itertools import combinations
from xml.etree import ElementTree

from bcf.charts import NARROW, WIDTH, Chart, chart_svg
from bcf.charts.drawing import BOLD_LETTER, LETTER

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (WIDTH, NARROW)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ACROSS = {"x", "cx", "x1", "x2"}
DOWN = {"y", "cy", "y1", "y2"}


def drawn(chart: Chart, width: int = WIDTH) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(chart, width))  # noqa: S314 - our own words


def texts(svg: ElementTree.Element) -> list[str]:
    return [str(each.text) for each in svg.iter(f"{SVG}text")]


def description(svg: ElementTree.Element) -> str:
    return str(svg.findtext(f"{SVG}desc"))


def lines_from(svg: ElementTree.Element, shape: str) -> list[dict[str, str]]:
    return [each.attrib for each in svg.iter(f"{SVG}{shape}")]


def text_box(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of words, taken as wide as wide letters are."""
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    wide = len(str(text.text)) * (BOLD_LETTER if "font-weight" in text.attrib else LETTER)
    start = x - {"middle": wide / 2, "end": wide}.get(text.attrib.get("text-anchor", ""), 0)
    return start, start + wide, y - 10, y + 2


def _places(element: ElementTree.Element) -> list[tuple[float, float]]:
    """The places that an element draws at: corners, centres and ends."""
    at = element.attrib
    if "points" in at:
        numbers = [float(each) for each in NUMBER.findall(at["points"])]
        return list(zip(numbers[::2], numbers[1::2], strict=True))
    across = [float(at[name]) for name in sorted(ACROSS & at.keys())]
    down = [float(at[name]) for name in sorted(DOWN & at.keys())]
    if "width" in at and across:
        across.append(across[0] + float(at["width"]))
        down.append(down[0] + float(at["height"]))
    return list(zip(across, down, strict=True))


def assert_in_view(svg: ElementTree.Element) -> None:
    """Every coordinate is a number inside the view box, and so are all words at their length."""
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for each in svg.iter():
        assert "nan" not in " ".join(each.attrib.values()).lower()
        if each is not svg:
            for x, y in _places(each):
                assert 0 <= x <= width, (each.tag, each.attrib)
                assert 0 <= y <= height, (each.tag, each.attrib)
    for text in svg.iter(f"{SVG}text"):
        left, right, top, bottom = text_box(text)
        assert left >= -0.1, text.text
        assert right <= width + 1, text.text
        assert top >= 0, text.text
        assert bottom <= height, text.text


def assert_words_apart(svg: ElementTree.Element) -> None:
    """No words lie over others."""
    boxes = [(each.text, text_box(each)) for each in svg.iter(f"{SVG}text")]
    for (one, a), (other, b) in combinations(boxes, 2):
        across = a[0] < b[1] - 0.1 and b[0] < a[1] - 0.1
        assert not (across and a[2] < b[3] - 1 and b[2] < a[3] - 1), (one, other)


def assert_whole(chart: Chart, width: int) -> None:
    """A picture is in view, its words apart, with nothing but attributes, and named."""
    svg = drawn(chart, width)
    assert svg.attrib["viewBox"].split()[2] == str(width)
    assert_in_view(svg)
    assert_words_apart(svg)
    assert not re.search(r"style|<script|href|url\(|\son\w+=", chart_svg(chart, width))
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert desc.text
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]
    assert svg.attrib["role"] == "img"


def lightness(colour: str) -> float:
    """The relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
