"""Bars in groups, to scale.

Every bar carries its words and its figure, so that nothing depends on colour and a print in
black and white says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.charts.drawing import (
    BOLD,
    BOLD_LETTER,
    EDGE,
    INK,
    LETTER,
    LINE,
    WIDTH,
    box,
    frame,
    lines_down,
    lines_of,
    longest,
    rule,
)

_BAR, _GAP, _BETWEEN, _UNDER_LABEL = 15, 3, 11, 4
_BESIDE = 6
# Of the width, the least for the series and for figures, so that pictures on a page are alike; and
# the least for the longest bar, without which words stand over the bars.
_GUTTER, _FIGURES, _LEAST = 0.115, 0.165, 0.4
# Dark, light with an edge, middle, white with an edge: apart from each other without colour.
_FILLS = ("#0d4a58", "#c3d7dc", "#5f929f", "#ffffff")
_LABEL_LINES, _WORDS_LINES = 2, 3
_NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Bar:
    """One bar: of which series it is, how long, and its figure in words; None draws no bar."""

    series: str
    value: Decimal | None
    words: str


@dataclass(frozen=True)
class Group:
    """The bars of one thing, under its name."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars in groups. `key` is a slug, unique on its page; `description` says what it shows."""

    key: str
    title: str
    description: str
    groups: tuple[Group, ...]

    @property
    def bars(self) -> list[Bar]:
        """The bars of all groups."""
        return [bar for group in self.groups for bar in group.bars]


def bar_chart_svg(chart: BarChart, width: int = WIDTH) -> str:
    """The chart as an `svg` element with a title and a description.

    A bar of less than nought goes to the left of the line of nought, which is drawn where one does.
    """
    ground = _Ground(chart, width)
    parts, top = [], 0.0
    for group in chart.groups:
        drawn, height = _group(ground, group, top)
        parts.append(drawn)
        top += height
    height = max(top - _BETWEEN, 1)
    return frame(chart, _in_words(chart.groups), (width, height), "".join(parts))


def _in_words(groups: Sequence[Group]) -> str:
    """The figures of the chart as a sentence, for who cannot see it."""
    return " ".join(
        f"{group.label}: {', '.join(f'{bar.series} {bar.words}' for bar in group.bars)}."
        for group in groups
    )


class _Ground:
    """Where bars begin and how long they are, beside their words or under."""

    def __init__(self, chart: BarChart, width: int) -> None:
        values = [bar.value for bar in chart.bars if bar.value is not None]
        self.width = width
        self.series = list(dict.fromkeys(bar.series for bar in chart.bars))
        self.lowest = min([*values, _NOUGHT])
        self.span = (max([*values, _NOUGHT]) - self.lowest) or Decimal(1)
        words = [bar.words for bar in chart.bars]
        gutter = max(longest(self.series) * LETTER + 2 * _BESIDE, _GUTTER * width)
        room = width - gutter - max(longest(words) * LETTER + _BESIDE, _FIGURES * width)
        self.is_beside = room >= _LEAST * width
        self.left = gutter if self.is_beside else 1.0
        self.room = room if self.is_beside else width - 2.0

    @property
    def nought(self) -> float:
        """Where bars begin."""
        return self.x(_NOUGHT)

    def x(self, value: Decimal) -> float:
        return self.left + float((value - self.lowest) / self.span) * self.room


def _group(ground: _Ground, group: Group, top: float) -> tuple[str, float]:
    label = lines_of(group.label, int(ground.width / BOLD_LETTER), _LABEL_LINES)
    parts, start = [lines_down(0, top + 12, label, BOLD)], top
    top += LINE * len(label) + _UNDER_LABEL
    for bar in group.bars:
        drawn, height = (_beside if ground.is_beside else _under)(ground, bar, top)
        parts.append(drawn)
        top += height + _GAP
    return "".join(parts), top - start + _BETWEEN


def _beside(ground: _Ground, bar: Bar, top: float) -> tuple[str, float]:
    """The series, the bar and the figure on one line."""
    end = max(ground.nought, ground.x(bar.value or _NOUGHT))
    drawn = lines_down(0, top + 12, [bar.series]) + _drawn(ground, bar, top)
    return drawn + lines_down(end + _BESIDE, top + 12, [bar.words]), _BAR


def _under(ground: _Ground, bar: Bar, top: float) -> tuple[str, float]:
    """The series and the figure as words over the bar, on as many lines as they need."""
    words = f"{bar.series}: {bar.words}"
    lines = lines_of(words, int(ground.width / LETTER), _WORDS_LINES)
    height = LINE * len(lines) + 2
    drawn = lines_down(0, top + 12, lines)
    return (
        (drawn, height)
        if not bar.value
        else (
            drawn + _drawn(ground, bar, top + height),
            height + _BAR + _GAP,
        )
    )


def _drawn(ground: _Ground, bar: Bar, top: float) -> str:
    line = ""
    if ground.lowest < 0:
        line = rule((ground.nought, top - _GAP), (ground.nought, top + _BAR), INK)
    if not bar.value:
        return line
    start, end = sorted((ground.nought, ground.x(bar.value)))
    fill = _FILLS[ground.series.index(bar.series) % len(_FILLS)]
    return box(start, top + 0.5, (end - start, _BAR - 1), fill, EDGE) + line
