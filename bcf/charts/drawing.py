"""What every chart is drawn with: the frame that names it, words, and marks.

Only presentation attributes are used, which a strict content security policy allows and which
both a browser and the PDF's writer draw.
"""

from collections.abc import Sequence
from html import escape
from typing import Protocol

# How wide a picture is on a page or on paper, and where the window is no wider than a telephone's;
# and where two stand side by side on paper.
WIDTH, NARROW, HALF = 680, 290, 400
EDGE, INK, PALE = "#0d4a58", "#111111", "#c9d3d6"
FONT = "Arial, Liberation Sans, sans-serif"
FONT_SIZE = 12
# A letter of the font at its size is about so wide, in the units of the picture; a bold one wider.
LETTER, BOLD_LETTER = 6.2, 6.8
# How far one line of words stands under another.
LINE = 14
BOLD = 'font-weight="bold"'


class Named(Protocol):
    """A chart by its name: a slug unique on its page, a title, and what it shows."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def description(self) -> str: ...


def frame(chart: Named, in_words: str, size: tuple[float, float], drawn: str) -> str:
    """The `svg` element of a chart; `in_words` says its figures for who cannot see it.

    A narrow drawing has ids of its own, for it stands on one page with the wide one.
    """
    width, height = size
    name = escape(chart.key if width >= WIDTH else f"{chart.key}-narrow")
    title = f"{chart.title}. {chart.description}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" focusable="false" '
        f'aria-labelledby="{name}-title {name}-description">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(in_words)}</desc>'
        f'<g font-family="{FONT}" font-size="{FONT_SIZE}" fill="{INK}">{drawn}</g></svg>'
    )


def text(x: float, y: float, words: str, more: str = "") -> str:
    """One line of words from a point on, its foot on `y`."""
    space = " " if more else ""
    return f'<text x="{_at(x)}" y="{_at(y)}"{space}{more}>{escape(words)}</text>'


def lines_down(x: float, y: float, lines: Sequence[str], more: str = "") -> str:
    """Lines of words one under the other, the foot of the first on `y`."""
    return "".join(text(x, y + LINE * number, line, more) for number, line in enumerate(lines))


def box(x: float, y: float, size: tuple[float, float], fill: str, stroke: str = EDGE) -> str:
    """An area of some width and height with an edge all round."""
    width, height = size
    return (
        f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="1"/>'
    )


def rule(
    start: tuple[float, float], end: tuple[float, float], stroke: str = EDGE, more: str = ""
) -> str:
    """A straight line between two points."""
    space = " " if more else ""
    return (
        f'<line x1="{_at(start[0])}" y1="{_at(start[1])}" x2="{_at(end[0])}" y2="{_at(end[1])}" '
        f'stroke="{stroke}"{space}{more}/>'
    )


def path(points: list[tuple[float, float]], stroke: str, width: float, dash: str) -> str:
    """A line through points in their order; a single point has none."""
    if len(points) < 2:
        return ""
    steps = " ".join(f"{_at(x)},{_at(y)}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{steps}" fill="none" stroke="{stroke}" stroke-width="{width:g}"'
        f' stroke-linejoin="round"{dashed}/>'
    )


def marker(shape: str, x: float, y: float, stroke: str, fill: str) -> str:
    """A circle, square, triangle, diamond or cross of some nine units about a point."""
    paint = f'fill="{fill}" stroke="{stroke}" stroke-width="1.5"'
    if shape == "circle":
        return f'<circle cx="{_at(x)}" cy="{_at(y)}" r="4" {paint}/>'
    corners = " ".join(f"{_at(x + right)},{_at(y + down)}" for right, down in _SHAPES[shape])
    return f'<polygon points="{corners}" {paint}/>'


_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    "triangle": ((0, -5.5), (5.2, 4), (-5.2, 4)),
    "wedge": ((0, 5.5), (5.2, -4), (-5.2, -4)),
    "diamond": ((0, -6), (6, 0), (0, 6), (-6, 0)),
}


def fitting(words: str, letters: int) -> str:
    """Words that keep to so many letters; the table beside a picture has them in full."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def lines_of(words: str, letters: int, most: int = 2) -> list[str]:
    """Words on at most so many lines of so many letters each."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fitting(line, letters) for line in lines]


def whole_lines_of(words: str, letters: int) -> list[str]:
    """Words on as many lines as they need, a word that is longer than a line broken by a hyphen."""
    letters = max(2, letters)
    pieces = [piece for word in words.split() for piece in _broken(word, letters)]
    return lines_of(" ".join(pieces), letters, len(pieces) or 1)


def _broken(word: str, letters: int) -> list[str]:
    pieces = []
    while len(word) > letters:
        pieces.append(f"{word[: letters - 1]}-")
        word = word[letters - 1 :]
    return [*pieces, word]


def longest(lines: Sequence[str]) -> int:
    """How many letters the longest of some lines has."""
    return max(map(len, lines), default=0)


def _at(place: float) -> str:
    """A coordinate to a tenth, never `-0`."""
    return f"{round(place, 1) + 0:g}"
