"""The ground of a chart over time: an axis of figures, periods in order, and labels at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from math import ceil

from bcf.charts.axis import Axis
from bcf.charts.drawing import (
    BOLD,
    BOLD_LETTER,
    FONT_SIZE,
    INK,
    LETTER,
    LINE,
    PALE,
    WIDTH,
    lines_down,
    lines_of,
    longest,
    rule,
    text,
)

MINUS = "\N{MINUS SIGN}"
NOT_STATED = "not stated"
_HEAD, _PERIODS, _LEAST_HEIGHT = 16, 12, 220
_LABELS, _LABEL_LETTERS, _LABEL_LINES = 172, 25, 3
# Labels stand at the ends of lines where the plot keeps this many units beside them.
_LEAST_PLOT = 300
_BETWEEN_LABELS, _INSET, _EDGE_ROOM = 6, 16, 10
_LEADER = "#6b7a7e"
_CAPTION_LINES = 3
# A period's name keeps to so many letters a line, `Q1` over `2017–18`, unless a word needs more.
_LEAST_LETTERS, _MOST_LETTERS, _NAME_LINES = 4, 14, 4


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
        return LINE * len(self.lines)


@dataclass(frozen=True)
class Plot:
    """Where figures and periods stand; the ends of its lines have labels where there is room.

    `breaks` are the positions of periods before which lines are cut: what is counted changes there.
    """

    axis: Axis
    periods: tuple[str, ...]
    unit: str
    labels: Sequence[str] = ()
    width: int = WIDTH
    breaks: Sequence[int] = ()

    @property
    def has_ends(self) -> bool:
        """Whether labels stand at the ends of lines; else a key under the plot has them."""
        return self.width - _LABELS >= _LEAST_PLOT

    @property
    def caption(self) -> list[str]:
        """The unit, and that the scale starts higher where it does, on lines over the plot."""
        start = plain(self.axis.ticks[0])
        more = "" if self.axis.starts_at_nought else f" (the scale starts at {start})"
        return lines_of(f"{self.unit}{more}", int(self.width / BOLD_LETTER), _CAPTION_LINES)

    @property
    def head(self) -> float:
        """Where the highest figure stands."""
        return _HEAD + LINE * len(self.caption)

    @property
    def left(self) -> float:
        return longest([plain(tick) for tick in self.axis.ticks]) * LETTER + 12

    @property
    def right(self) -> float:
        return self.width - (_LABELS if self.has_ends else _EDGE_ROOM)

    @property
    def bottom(self) -> float:
        room = room_for(self.labels) if self.has_ends else 0
        return self.head + max(_LEAST_HEIGHT, room)

    @property
    def names(self) -> list[list[str]]:
        """The periods as they are broken into lines."""
        words = [word for period in self.periods for word in period.split()]
        letters = min(max(longest(words), _LEAST_LETTERS), _MOST_LETTERS)
        return [lines_of(period, letters, _NAME_LINES) for period in self.periods]

    @property
    def name_width(self) -> float:
        """How wide the widest name of a period is."""
        return max((longest(name) for name in self.names), default=1) * LETTER

    @property
    def height(self) -> float:
        """The height of the picture, with the names of the periods."""
        return self.bottom + _PERIODS + LINE * max(2, *map(len, self.names), 0)

    @property
    def inset(self) -> float:
        """How far the first and the last period stand from the ends: room for their names."""
        return max(_INSET, self.name_width / 2 - _EDGE_ROOM + 2)

    @property
    def step(self) -> float:
        """How far one period stands from the next."""
        return (self.right - self.left - 2 * self.inset) / max(1, len(self.periods) - 1)

    def x(self, place: int) -> float:
        """Where a period stands, by its position; one alone stands in the middle."""
        if len(self.periods) == 1:
            return (self.left + self.right) / 2
        return self.left + self.inset + place * self.step

    def y(self, value: Decimal) -> float:
        """Where a figure stands."""
        return self.bottom - self.axis.share(value) * (self.bottom - self.head)

    def points(self, values: Sequence[Decimal | None]) -> list[list[tuple[float, float]]]:
        """The runs of points between which nothing is missing, and no break lies."""
        placed = list(enumerate(values))
        return [
            [(self.x(place), self.y(value)) for place, value in run if value is not None]
            for (is_stated, _), run in groupby(placed, key=self._run)
            if is_stated
        ]

    def _run(self, placed: tuple[int, Decimal | None]) -> tuple[bool, int]:
        place, value = placed
        return value is not None, sum(each <= place for each in self.breaks)


def room_for(labels: Sequence[str]) -> int:
    """The height that labels need if they stand one under the other."""
    return sum(EndLabel(words, 0, 0).height + _BETWEEN_LABELS for words in labels)


def ground(plot: Plot) -> str:
    """The unit, the lines of the axis with their figures, and the names of the periods."""
    drawn = [lines_down(0, FONT_SIZE, plot.caption, BOLD)]
    for tick in plot.axis.ticks:
        level = plot.y(tick)
        stroke = INK if tick in (0, plot.axis.ticks[0]) else PALE
        drawn.append(rule((plot.left, level), (plot.right, level), stroke))
        drawn.append(text(plot.left - 7, level + 4, plain(tick), 'text-anchor="end"'))
    return "".join([*drawn, *map(partial(_break, plot), plot.breaks), *_periods(plot)])


def _break(plot: Plot, place: int) -> str:
    """An upright line between the two periods where what is counted changes."""
    x = (plot.x(place - 1) + plot.x(place)) / 2
    return rule((x, plot.head), (x, plot.bottom), INK, 'stroke-dasharray="6 4"')


def _periods(plot: Plot) -> list[str]:
    """The names of the periods, as many as have room, with a mark on the axis for each."""
    every = ceil((plot.name_width + 6) / plot.step) if len(plot.periods) > 1 else 1
    drawn = []
    for place, name in enumerate(plot.names):
        x, foot = plot.x(place), plot.bottom
        drawn.append(rule((x, foot), (x, foot + 5), INK))
        if place % every == 0:
            drawn.append(lines_down(x, foot + 18, name, 'text-anchor="middle"'))
    return drawn


def end_labels(plot: Plot, labels: Sequence[EndLabel]) -> str:
    """The labels beside the plot, none over another, each led to from where its line ends."""
    drawn = []
    x = plot.right + 14
    for label, top in zip(labels, _spread(plot, labels), strict=True):
        middle = top + label.height / 2
        drawn.append(
            rule((label.x + 7, label.y), (x - 4, middle), _LEADER, 'stroke-dasharray="1 3"')
        )
        drawn.append(lines_down(x, top + 11, label.lines))
    return "".join(drawn)


def _spread(plot: Plot, labels: Sequence[EndLabel]) -> list[float]:
    """The tops of labels, as near to their points as they can be without overlapping."""
    order = sorted(range(len(labels)), key=lambda each: labels[each].y)
    tops: dict[int, float] = {}
    lowest = plot.head - LINE / 2
    for each in order:
        tops[each] = max(labels[each].y - labels[each].height / 2, lowest)
        lowest = tops[each] + labels[each].height + _BETWEEN_LABELS
    highest = plot.bottom + LINE
    for each in reversed(order):
        tops[each] = min(tops[each], highest - labels[each].height)
        highest = tops[each] - _BETWEEN_LABELS
    return [tops[each] for each in range(len(labels))]


def plain(value: Decimal) -> str:
    """A figure of an axis: `1,200`, `0.5`, `−20`."""
    digits = f"{abs(value):,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{MINUS}{digits}" if value < 0 else digits
