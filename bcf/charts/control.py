"""A process-control chart: a series, its mean, its limits, and the points that stand out."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial

from bcf.charts.axis import axis_for
from bcf.charts.drawing import EDGE, INK, WIDTH, frame, marker, path, rule
from bcf.charts.key import Entry, key_of
from bcf.charts.plot import EndLabel, Plot, end_labels, ground

_SAMPLE = 34
_WHOLE, _DASHED, _DOTTED = "", "6 4", "1 3"


class Mark(StrEnum):
    """What a point says; its value is what the picture's key says of it."""

    USUAL = "varies as usual"
    BETTER = "stands out, better"
    WORSE = "stands out, worse"
    EITHER = "stands out"


_LOOKS = {
    Mark.USUAL: ("circle", EDGE, "#ffffff"),
    Mark.BETTER: ("triangle", "#005a30", "#005a30"),
    Mark.WORSE: ("diamond", "#a8071a", "#a8071a"),
    Mark.EITHER: ("square", INK, INK),
}


@dataclass(frozen=True)
class ControlSpot:
    """A point of the series with its figure in words; None is a gap, never nought."""

    value: Decimal | None
    words: str
    mark: Mark = Mark.USUAL


@dataclass(frozen=True)
class Level:
    """A level line across the chart with its words at the end: the mean, a limit, a target."""

    words: str
    value: Decimal
    dash: str = ""


@dataclass(frozen=True)
class ControlChart:
    """A series with its mean and limits; a limit that means nothing is None, as one below nought.

    The words of the levels say what they are and their figures: `Mean: 120`.
    """

    key: str
    title: str
    description: str
    unit: str
    periods: tuple[str, ...]
    spots: tuple[ControlSpot, ...]
    mean: tuple[str, Decimal]
    upper: tuple[str, Decimal] | None = None
    lower: tuple[str, Decimal] | None = None
    target: tuple[str, Decimal] | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The level lines that there are."""
        dashed = (
            (self.mean, _WHOLE),
            (self.upper, _DASHED),
            (self.lower, _DASHED),
            (self.target, _DOTTED),
        )
        return tuple(Level(*each, dash) for each, dash in dashed if each)


def control_chart_svg(chart: ControlChart, width: int = WIDTH) -> str:
    """The chart as an `svg` element with a title, a description, and a key to its marks."""
    values = [spot.value for spot in chart.spots if spot.value is not None]
    levels = chart.levels
    labels = [level.words for level in levels]
    drawn_at = [*values, *(level.value for level in levels)]
    axis = axis_for(drawn_at, from_nought=False)
    plot = Plot(axis, chart.periods, chart.unit, labels, width)
    drawn = [ground(plot), *(_level(plot, level) for level in levels)]
    if plot.has_ends:
        ends = [EndLabel(level.words, plot.right - 6, plot.y(level.value)) for level in levels]
        drawn.append(end_labels(plot, ends))
    entries = [*_marks(chart), *([] if plot.has_ends else map(_line, levels))]
    key, bottom = key_of(entries, plot.height + 2, width)
    drawn += [_series(plot, chart), key]
    return frame(chart, _in_words(chart), (width, bottom + 4), "".join(drawn))


def _in_words(chart: ControlChart) -> str:
    """The figures as sentences: the levels, then each point and what stands out."""
    levels = "; ".join(level.words for level in chart.levels)
    points = ", ".join(
        f"{period} {spot.words}" + ("" if spot.mark is Mark.USUAL else f" ({spot.mark})")
        for period, spot in zip(chart.periods, chart.spots, strict=True)
    )
    return f"{levels}. {points}."


def _level(plot: Plot, level: Level) -> str:
    y = plot.y(level.value)
    dash = f' stroke-dasharray="{level.dash}"' if level.dash else ""
    return rule((plot.left, y), (plot.right, y), INK, f'stroke-width="1.5"{dash}')


def _series(plot: Plot, chart: ControlChart) -> str:
    drawn = [path(run, EDGE, 2, "") for run in plot.points([spot.value for spot in chart.spots])]
    for place, spot in enumerate(chart.spots):
        if spot.value is not None:
            shape, stroke, fill = _LOOKS[spot.mark]
            drawn.append(marker(shape, plot.x(place), plot.y(spot.value), stroke, fill))
    return "".join(drawn)


def _marks(chart: ControlChart) -> list[Entry]:
    """The marks that occur, as the key shows them."""
    occurring = {spot.mark for spot in chart.spots if spot.value is not None}
    return [
        Entry(mark.capitalize(), partial(_mark, mark), 19)
        for mark in filter(occurring.__contains__, Mark)
    ]


def _mark(mark: Mark, x: float, middle: float) -> str:
    shape, stroke, fill = _LOOKS[mark]
    return marker(shape, x + 8, middle, stroke, fill)


def _line(level: Level) -> Entry:
    """A level line as the key shows it, where its end has no label."""
    return Entry(level.words, partial(_dash, level.dash), _SAMPLE + 8)


def _dash(dash: str, x: float, middle: float) -> str:
    return path([(x, middle), (x + _SAMPLE, middle)], INK, 1.5, dash)
