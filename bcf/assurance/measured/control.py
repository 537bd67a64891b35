"""Process control of a metric's actuals: which series, by which limits, against which target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.assurance.measured.series import (
    FREQUENCIES,
    Cut,
    Frequency,
    counted_as,
    cut_of,
    frequency_of,
    has_place,
)
from bcf.assurance.measured.values import MetricFigure, the_only
from bcf.periods import Period
from metrics.choices import Measure, ValueKind
from metrics.rules import (
    Assurance,
    Limits,
    Point,
    Variation,
    assurance_of,
    first_after,
    lies_in,
    process_control,
    variation_of,
)
from metrics.rules.process_control import FEWEST

# From so many points limits are on trial, and from `FEWEST` on they stand.
TRIAL = 5
# As many as a row holds.
PLACES = 4
PLANNED = (ValueKind.TARGET, ValueKind.PLAN)
# A level that holds for a year as it does for a month of it; a count does not.
STEADY = (Measure.PERCENT,)


@dataclass(frozen=True)
class Actuals:
    """Actuals of the whole in their order, of one length of period and one unit.

    `suppressed` are the periods whose actual is withheld: it is no point, and leaves a gap.
    """

    frequency: Frequency
    figures: tuple[MetricFigure, ...]
    suppressed: frozenset[Period] = frozenset()

    @property
    def values(self) -> list[Decimal]:
        return [each.value.rounded(PLACES) for each in self.figures if each.value]


@dataclass(frozen=True)
class Controlled:
    """A series with its limits, its points with their marks, and what is said of the last one."""

    actuals: Actuals
    limits: Limits
    points: tuple[Point, ...]
    variation: Variation
    target: MetricFigure | None
    assurance: Assurance | None

    @property
    def last(self) -> MetricFigure:
        return self.actuals.figures[-1]


def actuals_of(figures: Iterable[MetricFigure]) -> list[Actuals]:
    """Every series of actuals of the whole, a period each; two that differ leave it out.

    Each begins where the metric was last defined anew.
    """
    found: dict[tuple[object, ...], dict[Period, list[MetricFigure]]] = {}
    for each in figures:
        frequency = frequency_of(each.period)
        has_time = has_place(each) and each.period.ends_on is not None
        is_wanted = has_time and cut_of(each) is Cut.WHOLE and each.kind == ValueKind.ACTUAL
        if frequency and is_wanted:
            key = (frequency, counted_as(each), each.series)
            found.setdefault(key, {}).setdefault(each.period, []).append(each)
    return [made for periods in found.values() if (made := _actuals(periods)).figures]


def _actuals(periods: Mapping[Period, Sequence[MetricFigure]]) -> Actuals:
    known = [rows for _, rows in sorted(periods.items()) if the_only(row.value for row in rows)]
    figures = [next(row for row in rows if row.value) for rows in known]
    withheld = (when for when, rows in periods.items() if all(row.is_suppressed for row in rows))
    frequency = FREQUENCIES[type(next(iter(periods)))]
    return Actuals(frequency, _since_the_last_break(figures), frozenset(withheld))


def _since_the_last_break(figures: Sequence[MetricFigure]) -> tuple[MetricFigure, ...]:
    if not figures:
        return ()
    starts = first_after(figures[-1].about.breaks, [each.period for each in figures])
    return tuple(figures[starts[-1] if starts else 0 :])


def chosen(every: Sequence[Actuals]) -> Actuals | None:
    """The series to be read: of the shortest periods with enough points, else with the most.

    Twelve are enough for limits that stand, five for limits on trial.
    """
    order = list(Frequency)
    for enough in (FEWEST, TRIAL):
        fitting = [each for each in every if len(each.figures) >= enough]
        if fitting:
            return max(fitting, key=lambda each: (order.index(each.frequency), len(each.figures)))
    return max(every, key=lambda each: len(each.figures), default=None)


def controlled(figures: Sequence[MetricFigure]) -> Controlled | None:
    """Process control of the metric's actuals; None where there are too few of them."""
    actuals = chosen(actuals_of(figures))
    if actuals is None or len(actuals.figures) < TRIAL:
        return None
    last = actuals.figures[-1]
    better = last.about.better
    parts = process_control(actuals.values, better)
    target = _target(figures, last)
    aim = target.value.rounded(PLACES) if target and target.value else None
    return Controlled(
        actuals=actuals,
        limits=parts[-1].limits,
        points=parts[-1].points,
        variation=variation_of(parts) or Variation.COMMON_CAUSE,
        target=target,
        assurance=assurance_of(parts, aim, better),
    )


def _target(figures: Sequence[MetricFigure], last: MetricFigure) -> MetricFigure | None:
    """The target of the last actual's time, else its plan; None where two differ."""
    alike = [
        each
        for each in figures
        if cut_of(each) is Cut.WHOLE
        and (counted_as(each), each.series) == (counted_as(last), last.series)
        and each.value is not None
    ]
    for kind in PLANNED:
        own = [each for each in alike if each.kind == kind and each.period == last.period]
        if not own and last.measure in STEADY:
            own = [
                each for each in alike if each.kind == kind and lies_in(last.period, each.period)
            ]
        if the_only(each.value for each in own):
            return own[0]
    return None
