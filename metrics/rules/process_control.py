"""Statistical process control: the XmR chart of a series, as NHS England reads one.

Source: NHS England, “Making Data Count”, and the NHS-R community's package NHSRplotthedots, which
puts it into rules. Everything is decided on exact fractions; what is shown is rounded once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from metrics.choices import Better

# Shewhart's constants for moving ranges of two: 3 / 1.128 to two places, and D4 for outliers.
LIMIT = Fraction("2.66")
NEAR = Fraction(2, 3)
OUTLYING = Fraction("3.267")
RUN = 7
FEWEST = 12


class Cause(StrEnum):
    """Why a point is marked as special; a point may be for several reasons."""

    OUTSIDE = "outside the limits"
    ONE_SIDE = "seven or more on one side of the mean"
    TREND = "seven or more rising or falling"
    TWO_OF_THREE = "two of three near a limit"


class Variation(StrEnum):
    """What a point says of the process."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEITHER = "special cause, neither better nor worse"


class Assurance(StrEnum):
    """Whether the process, as it varies now, meets a target."""

    MET = "consistently met"
    MISSED = "consistently missed"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True)
class Limits:
    """The mean of a part of the series and how far it varies by itself, exactly."""

    mean: Fraction
    moving_range: Fraction
    are_trial: bool

    @property
    def lower(self) -> Fraction:
        return self.mean - LIMIT * self.moving_range

    @property
    def upper(self) -> Fraction:
        return self.mean + LIMIT * self.moving_range

    @property
    def near_lower(self) -> Fraction:
        return self.mean - NEAR * LIMIT * self.moving_range

    @property
    def near_upper(self) -> Fraction:
        return self.mean + NEAR * LIMIT * self.moving_range

    def side(self, value: Decimal) -> int:
        """1 above the mean, -1 below it, 0 on it."""
        return _sign(Fraction(value) - self.mean)

    def is_outside(self, value: Decimal) -> bool:
        return not self.lower <= Fraction(value) <= self.upper

    def is_near(self, value: Decimal) -> bool:
        """Beyond a near limit but inside the limits."""
        inside = self.near_lower <= Fraction(value) <= self.near_upper
        return not inside and not self.is_outside(value)


@dataclass(frozen=True)
class Point:
    """One point of the series with what marks it, if anything does."""

    value: Decimal
    causes: frozenset[Cause]
    variation: Variation


@dataclass(frozen=True)
class Part:
    """A stretch of the series between two dates at which the process changed."""

    limits: Limits
    points: tuple[Point, ...]


def process_control(
    values: Sequence[Decimal],
    better: str,
    *,
    rebased_at: Iterable[int] = (),
    screens_outliers: bool = True,
) -> tuple[Part, ...]:
    """The parts of a series, each with its own mean and limits, and its points with their marks.

    `better` is the direction in which the metric improves (`Better`). `rebased_at` are the
    positions, from 0, of the first points after the process changed. With `screens_outliers`,
    as NHSRplotthedots has it, moving ranges that outlie are left out of the limits; without, as
    NHS England's workbooks have it, all count.
    """
    starts = sorted({0, *rebased_at} & set(range(len(values))))
    return tuple(
        _part(values[start:end], better, screens_outliers)
        for start, end in pairwise((*starts, len(values)))
    )


def natural_limits(values: Sequence[Decimal], *, screens_outliers: bool = True) -> Limits:
    """The mean of at least one point, and the mean moving range that its limits stand on.

    A moving range is the distance between neighbours. One that is not below 3.267 times their
    mean outlies (Nelson 1982); where none is below it, as in a series that never moves, all
    count. One point alone has limits at itself. With fewer than 12 points they are on trial.
    """
    exact = [Fraction(value) for value in values]
    ranges = [abs(after - before) for before, after in pairwise(exact)]
    average = _mean(ranges)
    if screens_outliers:
        average = _mean([each for each in ranges if each < OUTLYING * average] or ranges)
    return Limits(_mean(exact), average, are_trial=len(values) < FEWEST)


def variation_of(parts: Sequence[Part]) -> Variation | None:
    """What the series says now: the variation of its last point; None of an empty one."""
    return parts[-1].points[-1].variation if parts else None


def assurance_of(parts: Sequence[Part], target: Decimal | None, better: str) -> Assurance | None:
    """Whether the process meets the target, by the limits of its last part.

    A target that the whole of the limits surpasses is consistently met, one that none of it
    reaches consistently missed. None without a target, or where no direction is better.
    """
    if target is None or better == Better.NEITHER or not parts:
        return None
    limits, exact = parts[-1].limits, Fraction(target)
    if limits.lower <= exact <= limits.upper:
        return Assurance.HIT_AND_MISS
    is_below_target = exact > limits.upper
    return Assurance.MET if is_below_target == (better == Better.LOWER) else Assurance.MISSED


def _part(values: Sequence[Decimal], better: str, screens_outliers: bool) -> Part:
    limits = natural_limits(values, screens_outliers=screens_outliers)
    marked = {
        Cause.OUTSIDE: {at for at, value in enumerate(values) if limits.is_outside(value)},
        Cause.ONE_SIDE: _in_runs([limits.side(value) for value in values], RUN),
        Cause.TREND: _in_trends(values),
        Cause.TWO_OF_THREE: _two_of_three(values, limits),
    }
    points = []
    for at, value in enumerate(values):
        causes = frozenset(cause for cause, positions in marked.items() if at in positions)
        points.append(Point(value, causes, _variation(causes, limits.side(value), better)))
    return Part(limits, tuple(points))


def _in_runs(signs: Sequence[int], length: int) -> set[int]:
    """The positions in runs of at least so many equal signs; nought makes no run."""
    found: set[int] = set()
    start = 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if signs[start] and at - start >= length:
                found.update(range(start, at))
            start = at
    return found


def _in_trends(values: Sequence[Decimal]) -> set[int]:
    """The positions in runs of at least seven points that all rise, or all fall."""
    steps = [_sign(Fraction(after) - Fraction(before)) for before, after in pairwise(values)]
    in_steps = _in_runs(steps, RUN - 1)
    return in_steps | {at + 1 for at in in_steps}


def _two_of_three(values: Sequence[Decimal], limits: Limits) -> set[int]:
    """The points near a limit of which two stand in three neighbours on one side of the mean."""
    near = {at for at, value in enumerate(values) if limits.is_near(value)}
    found: set[int] = set()
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        on_one_side = abs(sum(limits.side(values[at]) for at in three)) == 3
        if on_one_side and len(near & set(three)) >= 2:
            found |= near & set(three)
    return found


def _variation(causes: frozenset[Cause], side: int, better: str) -> Variation:
    """By the side of the mean on which a marked point stands, those of a trend too."""
    if not causes:
        return Variation.COMMON_CAUSE
    if better == Better.NEITHER:
        return Variation.NEITHER
    good = 1 if better == Better.HIGHER else -1
    return Variation.IMPROVEMENT if side == good else Variation.CONCERN


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else Fraction(0)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
