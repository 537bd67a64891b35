"""The ground of a chart over time: an axis of figures, periods in order, and labels at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil

from bcf.charts.axis import Axis
from bcf.charts.drawing import (
    FONT_SIZE,
    INK,
    LETTER,
    PALE,
    WIDTH,
    fitting,
    lines_of,
    rule,
    text,
)

MINUS = "\N{MINUS SIGN}"
NOT_STATED = "not stated"
_HEAD, _PERIODS, _LEAST_HEIGHT = 30, 40, 220
_LABELS, _LABEL_LETTERS, _LABEL_LINES = 172, 25, 3
_LINE, _BETWEEN_LABELS, _INSET = 14, 6, 16
_LEADER = "#6b7a7e"
_CAPTION_LETTERS = 105


@dataclass(frozen=True)
class EndLabel:
    """The words of a line, beside the point at which it ends."""

    words: str
    x: float
    y: float

    @property
    def lines(self) -> list[str]:
        """The words as they are broken to fit beside the plot."""
        return lines_of(self.words, _LABEL_LETTERS, _LABEL_LINES)

    @property
    def height(self) -> int:
        return _LINE * len(self.lines)


@dataclass(frozen=True)
class Plot:
    """Where figures and periods stand; `room` is the height that the labels need."""

    axis: Axis
    periods: tuple[str, ...]
    room: int = 0

    @property
    def left(self) -> float:
        return max(len(plain(tick)) for tick in self.axis.ticks) * LETTER + 12

    @property
    def right(self) -> float:
        return WIDTH - _LABELS

    @property
    def bottom(self) -> float:
        return _HEAD + max(_LEAST_HEIGHT, self.room)

    @property
    def height(self) -> float:
        """The height of the picture, with the names of the periods."""
        return self.bottom + _PERIODS

    @property
    def step(self) -> float:
        """How far one period stands from the next."""
        return (self.right - self.left - 2 * _INSET) / max(1, len(self.periods) - 1)

    def x(self, place: int) -> float:
        """Where a period stands, by its position; one alone stands in the middle."""
        if len(self.periods) == 1:
            return (self.left + self.right) / 2
        return self.left + _INSET + place * self.step

    def y(self, value: Decimal) -> float:
        """Where a figure stands."""
        return self.bottom - self.axis.share(value) * (self.bottom - _HEAD)

    def points(self, values: Sequence[Decimal | None]) -> list[list[tuple[float, float]]]:
        """The runs of points between which nothing is missing."""
        placed = list(enumerate(values))
        return [
            [(self.x(place), self.y(value)) for place, value in run if value is not None]
            for is_stated, run in groupby(placed, key=lambda each: each[1] is not None)
            if is_stated
        ]


def room_for(labels: Sequence[str]) -> int:
    """The height that labels need if they stand one under the other."""
    return sum(EndLabel(words, 0, 0).height + _BETWEEN_LABELS for words in labels)


def ground(plot: Plot, unit: str) -> str:
    """The unit, the lines of the axis with their figures, and the names of the periods."""
    start = plain(plot.axis.ticks[0])
    caption = unit if plot.axis.starts_at_nought else f"{unit} (the scale starts at {start})"
    drawn = [text(0, FONT_SIZE, fitting(caption.strip(), _CAPTION_LETTERS), 'font-weight="bold"')]
    for tick in plot.axis.ticks:
        level = plot.y(tick)
        stroke = INK if tick in (0, plot.axis.ticks[0]) else PALE
        drawn.append(rule((plot.left, level), (plot.right, level), stroke))
        drawn.append(text(plot.left - 7, level + 4, plain(tick), 'text-anchor="end"'))
    return "".join([*drawn, *_periods(plot)])


def _periods(plot: Plot) -> list[str]:
    """The names of the periods, as many as have room, with a mark on the axis for each."""
    names = [_name(period) for period in plot.periods]
    longest = max((len(line) for name in names for line in name), default=1)
    every = ceil((longest * LETTER + 6) / plot.step) if len(names) > 1 else 1
    drawn = []
    for place, name in enumerate(names):
        x, foot = plot.x(place), plot.bottom
        drawn.append(rule((x, foot), (x, foot + 5), INK))
        if place % every == 0:
            drawn += [
                text(x, foot + 18 + _LINE * number, line, 'text-anchor="middle"')
                for number, line in enumerate(name)
            ]
    return drawn


def _name(period: str) -> list[str]:
    """A period's name on two lines where it has two words: `Q1`, `2017–18`."""
    return period.split(" ", 1)


def end_labels(plot: Plot, labels: Sequence[EndLabel]) -> str:
    """The labels beside the plot, none over another, each led to from where its line ends."""
    drawn = []
    x = plot.right + 14
    for label, top in zip(labels, _spread(plot, labels), strict=True):
        middle = top + label.height / 2
        drawn.append(
            rule((label.x + 7, label.y), (x - 4, middle), _LEADER, 'stroke-dasharray="1 3"')
        )
        drawn += [
            text(x, top + _LINE * number + 11, line) for number, line in enumerate(label.lines)
        ]
    return "".join(drawn)


def _spread(plot: Plot, labels: Sequence[EndLabel]) -> list[float]:
    """The tops of labels, as near to their points as they can be without overlapping."""
    order = sorted(range(len(labels)), key=lambda each: labels[each].y)
    tops: dict[int, float] = {}
    lowest = float(_HEAD - _LINE // 2)
    for each in order:
        tops[each] = max(labels[each].y - labels[each].height / 2, lowest)
        lowest = tops[each] + labels[each].height + _BETWEEN_LABELS
    highest = plot.bottom + _LINE
    for each in reversed(order):
        tops[each] = min(tops[each], highest - labels[each].height)
        highest = tops[each] - _BETWEEN_LABELS
    return [tops[each] for each in range(len(labels))]


def plain(value: Decimal) -> str:
    """A figure of an axis: `1,200`, `0.5`, `−20`."""
    digits = f"{abs(value):,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{MINUS}{digits}" if value < 0 else digits
