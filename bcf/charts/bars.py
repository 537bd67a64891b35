"""Bars in groups, to scale.

Every bar carries its words and its figure, so that nothing depends on colour and a print in
black and white says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.charts.drawing import EDGE, WIDTH, fitting, frame, text

_LABEL, _BAR, _GAP, _BETWEEN = 16, 15, 3, 11
_SERIES_WIDTH, _FIGURE_WIDTH = 78, 112
_ROOM = WIDTH - _SERIES_WIDTH - _FIGURE_WIDTH
# Dark, light with an edge, middle, white with an edge: apart from each other without colour.
_FILLS = ("#0d4a58", "#c3d7dc", "#5f929f", "#ffffff")
_LETTERS = 88


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


def bar_chart_svg(chart: BarChart) -> str:
    """The chart as an `svg` element with a title and a description; heights never negative."""
    longest = max((bar.value or Decimal(0) for g in chart.groups for bar in g.bars), default=None)
    series = list(dict.fromkeys(bar.series for group in chart.groups for bar in group.bars))
    parts, top = [], 0
    for group in chart.groups:
        drawn, height = _group(group, top, longest or Decimal(1), series)
        parts.append(drawn)
        top += height
    height = max(top - _BETWEEN, 1)
    return frame(chart, _in_words(chart.groups), (WIDTH, height), "".join(parts))


def _in_words(groups: Sequence[Group]) -> str:
    """The figures of the chart as a sentence, for who cannot see it."""
    return " ".join(
        f"{group.label}: {', '.join(f'{bar.series} {bar.words}' for bar in group.bars)}."
        for group in groups
    )


def _group(group: Group, top: int, longest: Decimal, series: Sequence[str]) -> tuple[str, int]:
    parts = [text(0, top + 12, fitting(group.label, _LETTERS), 'font-weight="bold"')]
    line = top + _LABEL + 2
    for bar in group.bars:
        parts.append(_bar(bar, line, longest, series.index(bar.series)))
        line += _BAR + _GAP
    return "".join(parts), line - top + _BETWEEN


def _bar(bar: Bar, top: int, longest: Decimal, place: int) -> str:
    length = 0 if bar.value is None else float(max(bar.value, Decimal(0)) / longest) * _ROOM
    fill = _FILLS[place % len(_FILLS)]
    drawn = (
        f'<rect x="{_SERIES_WIDTH}" y="{top + 0.5}" width="{length:.1f}" height="{_BAR - 1}" '
        f'fill="{fill}" stroke="{EDGE}" stroke-width="1"/>'
        if length
        else ""
    )
    start = _SERIES_WIDTH + length + 6
    return text(0, top + 12, bar.series) + drawn + text(round(start, 1), top + 12, bar.words)
