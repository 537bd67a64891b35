"""The key of a picture: samples of what is drawn, each with its words, as many on a line as fit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bcf.charts.drawing import LETTER, LINE, lines_down, lines_of, longest

_BETWEEN, _UNDER, _MOST_LINES = 24, 6, 4


@dataclass(frozen=True)
class Entry:
    """What a sample means. `sample` draws it, `wide` units from a left edge about a middle."""

    words: str
    sample: Callable[[float, float], str]
    wide: float


def key_of(entries: Sequence[Entry], top: float, width: float) -> tuple[str, float]:
    """The entries from a height on, no wider than `width`, and the height at which they end."""
    drawn, x, bottom = [], 0.0, top
    for entry in entries:
        lines = lines_of(entry.words, int((width - entry.wide) / LETTER), _MOST_LINES)
        wide = entry.wide + longest(lines) * LETTER
        if x and x + wide > width:
            x, top = 0.0, bottom + _UNDER
        drawn.append(entry.sample(x, top + LINE / 2))
        drawn.append(lines_down(x + entry.wide, top + 11, lines))
        x += wide + _BETWEEN
        bottom = max(bottom, top + LINE * len(lines))
    return "".join(drawn), bottom
