"""Lines over periods: each named at its end and told apart by its dash and its marks."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from math import ceil

from bcf.charts.axis import axis_for
from bcf.charts.drawing import EDGE, WIDTH, fitting, frame, marker, path
from bcf.charts.key import Entry, key_of
from bcf.charts.plot import NOT_STATED, EndLabel, Plot, end_labels, ground

# More lines than these are not told apart.
MOST_LINES = 5
_MARKER_ROOM, _NAME_LETTERS, _SAMPLE = 13, 40, 34


@dataclass(frozen=True)
class Spot:
    """A figure of a line at one period, and the figure in words; None is a gap, never nought."""

    value: Decimal | None
    words: str = NOT_STATED


@dataclass(frozen=True)
class Line:
    """A line under its name: a spot for each period of its chart."""

    name: str
    spots: tuple[Spot, ...]

    @property
    def last(self) -> int | None:
        """The position of the last spot that is stated."""
        stated = [place for place, spot in enumerate(self.spots) if spot.value is not None]
        return stated[-1] if stated else None

    @property
    def label(self) -> str:
        """The name, shortened where it is long, with the figure at which the line ends."""
        name = fitting(self.name, _NAME_LETTERS)
        return name if self.last is None else f"{name}: {self.spots[self.last].words}"


@dataclass(frozen=True)
class LineChart:
    """Lines over the same periods, in one unit. `key` is a slug, unique on its page.

    `breaks` are the positions of periods from which something else is counted: lines are cut there.
    """

    key: str
    title: str
    description: str
    unit: str
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Look:
    words: str
    dash: str
    width: float
    shape: str
    stroke: str
    fill: str


_LOOKS = (
    _Look("unbroken line, filled circles", "", 2.5, "circle", EDGE, EDGE),
    _Look("dashed line, open squares", "7 4", 2, "square", "#8a4b08", "#ffffff"),
    _Look("dotted line, filled triangles", "2 3", 2, "triangle", "#4a2a7a", "#4a2a7a"),
    _Look("line of dashes and dots, open diamonds", "10 3 2 3", 2, "diamond", "#2f7d8f", "#ffffff"),
    _Look("thin dashed line, triangles that point down", "4 2", 1.5, "wedge", "#5a5a5a", "#5a5a5a"),
)


def _look(place: int) -> _Look:
    return _LOOKS[place % len(_LOOKS)]


def line_chart_svg(chart: LineChart, width: int = WIDTH) -> str:
    """The chart as an `svg` element with a title and a description."""
    values = [spot.value for line in chart.lines for spot in line.spots if spot.value is not None]
    labels = [line.label for line in chart.lines if line.last is not None]
    plot = Plot(axis_for(values), chart.periods, chart.unit, labels, width, chart.breaks)
    drawn, height = [ground(plot)], plot.height
    if plot.has_ends:
        ends = [each for line in chart.lines for each in _label(plot, line)]
        drawn.append(end_labels(plot, ends))
    else:
        shown, bottom = key_of(_entries(chart), height + 8, width)
        drawn.append(shown)
        height = bottom + 4
    drawn += [
        _line(plot, line, _look(place)) for place, line in reversed(list(enumerate(chart.lines)))
    ]
    return frame(chart, _in_words(chart), (width, height), "".join(drawn))


def _entries(chart: LineChart) -> list[Entry]:
    """Each line that has a figure, as the key shows it."""
    return [
        Entry(
            f"{line.name}: {line.spots[line.last].words}",
            partial(_sample, _look(place)),
            _SAMPLE + 8,
        )
        for place, line in enumerate(chart.lines)
        if line.last is not None
    ]


def _sample(look: _Look, x: float, middle: float) -> str:
    drawn = path([(x, middle), (x + _SAMPLE, middle)], look.stroke, look.width, look.dash)
    return drawn + marker(look.shape, x + _SAMPLE / 2, middle, look.stroke, look.fill)


def _in_words(chart: LineChart) -> str:
    """The figures as a sentence for each line, and where what is counted changes."""
    lines = [
        f"{line.name}: {', '.join(_said(*pair) for pair in _pairs(chart, line))}."
        for line in chart.lines
    ]
    breaks = [f"Counted anew from {chart.periods[place]} on." for place in chart.breaks]
    return " ".join([*lines, *breaks])


def _pairs(chart: LineChart, line: Line) -> list[tuple[str, Spot]]:
    return list(zip(chart.periods, line.spots, strict=True))


def _said(period: str, spot: Spot) -> str:
    return f"{period} {spot.words}"


def _label(plot: Plot, line: Line) -> list[EndLabel]:
    if line.last is None:
        return []
    value = line.spots[line.last].value
    return [EndLabel(line.label, plot.x(line.last), plot.y(value))] if value is not None else []


def _line(plot: Plot, line: Line, look: _Look) -> str:
    runs = plot.points([spot.value for spot in line.spots])
    every = ceil(_MARKER_ROOM / plot.step)
    drawn = [path(run, look.stroke, look.width, look.dash) for run in runs]
    for run in runs:
        marked = {*run[::every], run[-1]}
        drawn += [marker(look.shape, x, y, look.stroke, look.fill) for x, y in sorted(marked)]
    return "".join(drawn)
