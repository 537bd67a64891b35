"""A process-control chart: a series, its mean, its limits, and the points that stand out."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bcf.charts.axis import axis_for
from bcf.charts.drawing import EDGE, INK, LETTER, WIDTH, frame, marker, path, rule, text
from bcf.charts.plot import EndLabel, Plot, end_labels, ground, room_for

_KEY = 26
_WHOLE, _DASHED, _DOTTED = "", "6 4", "1 3"
_DASHES = {_WHOLE: "unbroken", _DASHED: "dashed", _DOTTED: "dotted"}


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

    @property
    def looks(self) -> list[str]:
        """How each level line looks, in words, for where its end is out of sight."""
        return [f"{level.words} ({_DASHES[level.dash]} line)" for level in self.levels]


def control_chart_svg(chart: ControlChart) -> str:
    """The chart as an `svg` element with a title, a description, and a key to its marks."""
    values = [spot.value for spot in chart.spots if spot.value is not None]
    levels = chart.levels
    labels = [level.words for level in levels]
    drawn_at = [*values, *(level.value for level in levels)]
    plot = Plot(axis_for(drawn_at, from_nought=False), chart.periods, room_for(labels))
    ends = [EndLabel(level.words, plot.right - 6, plot.y(level.value)) for level in levels]
    drawn = [ground(plot, chart.unit), *(_level(plot, level) for level in levels)]
    drawn += [end_labels(plot, ends), _series(plot, chart), _key(chart, plot.height + 12)]
    return frame(chart, _in_words(chart), (WIDTH, plot.height + _KEY), "".join(drawn))


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


def _key(chart: ControlChart, y: float) -> str:
    """The marks that occur, each with its words."""
    drawn, x = [], 8.0
    occurring = {spot.mark for spot in chart.spots if spot.value is not None}
    for mark in filter(occurring.__contains__, Mark):
        shape, stroke, fill = _LOOKS[mark]
        drawn += [marker(shape, x, y - 4, stroke, fill), text(x + 11, y, mark.capitalize())]
        x += 11 + len(mark) * LETTER + 26
    return "".join(drawn)
