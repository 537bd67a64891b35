"""An axis of figures: round ticks, and where a figure stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS = 6
_NOUGHT, _LITTLE = Decimal(0), Decimal("0.1")


@dataclass(frozen=True)
class Axis:
    """Round figures from the lowest to the highest that is drawn, at equal steps."""

    ticks: tuple[Decimal, ...]

    @property
    def starts_at_nought(self) -> bool:
        """Whether the axis shows nought, so that heights compare."""
        return self.ticks[0] <= 0 <= self.ticks[-1]

    def share(self, value: Decimal) -> float:
        """How far up the axis a figure stands: 0 at its foot, 1 at its head."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


def axis_for(values: Sequence[Decimal], *, from_nought: bool = True) -> Axis:
    """An axis around these figures, from nought unless that would hide how they differ.

    It starts higher where all figures lie in the upper half, and yet differ by a tenth: less than
    that is little, and should look it. Without `from_nought` any difference will do, as where how
    figures vary is the question.
    """
    lowest, highest = min(values, default=_NOUGHT), max(values, default=_NOUGHT)
    least = max(abs(lowest), abs(highest)) * (_LITTLE if from_nought else 0)
    is_little = highest - lowest <= least
    if lowest >= 0 and (is_little or lowest < highest / 2):
        lowest = _NOUGHT
    elif highest <= 0 and (is_little or highest > lowest / 2):
        highest = _NOUGHT
    if lowest == highest:
        highest += 1
    step = _step(highest - lowest)
    first = (lowest / step).to_integral_value(ROUND_FLOOR)
    last = max((highest / step).to_integral_value(ROUND_CEILING), first + 1)
    return Axis(tuple(step * number for number in range(int(first), int(last) + 1)))


def _step(span: Decimal) -> Decimal:
    """The smallest round step by which a span has few enough."""
    power = Decimal(1).scaleb(span.adjusted() - 1)
    steps = [power * each * tens for tens in (1, 10) for each in _ROUND]
    return next(step for step in steps if span / step <= _MOST_STEPS - 1)
