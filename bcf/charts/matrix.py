"""A matrix: squares by two things at once, with marks in them, as likelihood by impact.

How high a square stands is told by its shade and by its small figure, so that a print in black
and white says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bcf.charts.drawing import (
    BOLD,
    BOLD_LETTER,
    INK,
    LETTER,
    LINE,
    WIDTH,
    box,
    frame,
    lines_down,
    lines_of,
    longest,
    text,
    whole_lines_of,
)
from bcf.charts.key import Entry, key_of

# None, low, medium and high, each far darker than the one before, and the ink that is read on it.
_SHADES = (("#ffffff", INK), ("#fdebc0", INK), ("#eda04e", INK), ("#7d1a12", "#ffffff"))
_MOST_SIDE, _LEAST_HEIGHT, _INSET = 130, 40, 3
_EDGE = "#6b7a7e"
_ROW_LETTERS = 32  # units of the width for each letter that a row's name may have on one line
_DOWN, _ACROSS = "\N{DOWNWARDS ARROW}", "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True)
class Square:
    """One square: its marks, its level from 0 (none) to 3 (high), and a small figure in its corner.

    `words` say it for who cannot see it; without them its row, its column and its marks do.
    """

    marks: tuple[str, ...] = ()
    level: int = 0
    corner: str = ""
    words: str = ""


@dataclass(frozen=True)
class MatrixChart:
    """Squares in rows, the first row at the top. `key` is a slug, unique on its page.

    `legend` says what levels mean: `(3, "High: 12 to 25")`.
    """

    key: str
    title: str
    description: str
    row_axis: str
    column_axis: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    squares: tuple[tuple[Square, ...], ...]
    legend: tuple[tuple[int, str], ...] = ()


def matrix_chart_svg(chart: MatrixChart, width: int = WIDTH) -> str:
    """The chart as an `svg` element with a title and a description; rows grow with their marks."""
    grid = _Grid(chart, width)
    drawn, top = [_heads(grid)], grid.head
    for name, squares in zip(chart.rows, chart.squares, strict=True):
        height = grid.height_of(name, squares)
        drawn.append(_row(grid, name, squares, top, height))
        top += height
    shown, bottom = key_of([_entry(*each) for each in chart.legend], top + 10, width)
    height = bottom + 4 if chart.legend else top + 1
    return frame(chart, _in_words(chart), (width, height), "".join([*drawn, shown]))


def _in_words(chart: MatrixChart) -> str:
    """The squares with marks as sentences."""
    said = [
        square.words or f"{chart.row_axis} {row}, {chart.column_axis.lower()} {column}: {marks}"
        for row, squares in zip(chart.rows, chart.squares, strict=True)
        for column, square in zip(chart.columns, squares, strict=True)
        if (marks := ", ".join(square.marks))
    ]
    return f"{'. '.join(said)}." if said else "Nothing is marked in any square."


@dataclass(frozen=True)
class _Grid:
    """Where the names and the squares of a matrix stand."""

    chart: MatrixChart
    width: int

    def row_lines(self, name: str) -> list[str]:
        return whole_lines_of(name, self.width // _ROW_LETTERS)

    @property
    def left(self) -> float:
        """Where the squares begin, beside the names of the rows."""
        return 10 + LETTER * longest(
            [line for row in self.chart.rows for line in self.row_lines(row)]
        )

    @property
    def side(self) -> float:
        """How wide a square is."""
        room = self.width - 1 - self.left
        return min(room / max(1, len(self.chart.columns)), _MOST_SIDE)

    @property
    def column_lines(self) -> list[list[str]]:
        letters = int((self.side - 2 * _INSET) / LETTER)
        return [whole_lines_of(column, letters) for column in self.chart.columns]

    @property
    def axes(self) -> list[str]:
        """What stands in rows and what in columns, on lines over everything."""
        words = f"{self.chart.row_axis} {_DOWN}  by  {self.chart.column_axis} {_ACROSS}"
        return lines_of(words, int(self.width / BOLD_LETTER), 3)

    @property
    def head(self) -> float:
        """Where the first row begins."""
        names = max(map(len, self.column_lines), default=0)
        return 6 + LINE * (len(self.axes) + names)

    def marks_of(self, square: Square) -> list[str]:
        letters = int((self.side - 2 * _INSET) / BOLD_LETTER)
        return lines_of(" ".join(square.marks), letters, max(1, len(square.marks)))

    def height_of(self, name: str, squares: Sequence[Square]) -> float:
        """How high a row is: as high as its name and the marks of each of its squares need."""
        most = max((len(self.marks_of(each)) for each in squares if each.marks), default=0)
        corner = LINE if any(each.corner for each in squares) else 0
        named = LINE * len(self.row_lines(name))
        return max(_LEAST_HEIGHT, named + 8, corner + LINE * most + 10)


def _heads(grid: _Grid) -> str:
    drawn = [lines_down(0, 12, grid.axes, BOLD)]
    for place, lines in enumerate(grid.column_lines):
        foot = grid.head - 6 - LINE * (len(lines) - 1)
        middle = grid.left + (place + 0.5) * grid.side
        drawn.append(lines_down(middle, foot, lines, 'text-anchor="middle"'))
    return "".join(drawn)


def _row(grid: _Grid, name: str, squares: Sequence[Square], top: float, height: float) -> str:
    lines = grid.row_lines(name)
    middle = top + (height - LINE * len(lines)) / 2 + 11
    drawn = [lines_down(0, middle, lines)]
    for place, square in enumerate(squares):
        drawn.append(_square(grid, square, (grid.left + place * grid.side, top), height))
    return "".join(drawn)


def _square(grid: _Grid, square: Square, corner: tuple[float, float], height: float) -> str:
    (x, y), (fill, ink) = corner, _SHADES[square.level]
    drawn = [box(x, y, (grid.side, height), fill, _EDGE)]
    right = x + grid.side - _INSET - 1
    if square.corner:
        drawn.append(text(right, y + 13, square.corner, f'text-anchor="end" fill="{ink}"'))
    start = y + 13 + (LINE if square.corner else 2)
    more = f'{BOLD} text-anchor="middle" word-spacing="2" fill="{ink}"'
    if square.marks:
        drawn.append(lines_down(x + grid.side / 2, start, grid.marks_of(square), more))
    return "".join(drawn)


def _entry(level: int, words: str) -> Entry:
    return Entry(words, partial(_sample, _SHADES[level][0]), 20)


def _sample(fill: str, x: float, middle: float) -> str:
    return box(x + 0.5, middle - 6.5, (13, 13), fill, _EDGE)
