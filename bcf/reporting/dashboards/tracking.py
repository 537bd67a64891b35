"""Are we on track: each national metric of the cycle against its plan, for one area.

A metric is on or off track only where an actual figure and a plan of the same part, measure, unit
and period are stated; nothing else is taken for one of them, and nothing missing for nought.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bcf.assurance.checks.naming import counted, joined
from bcf.assurance.measured import MetricFigure
from bcf.base.worked import PERCENT, in_unit
from bcf.charts import Bar, BarChart, Group
from bcf.periods import NOT_STATED
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from metrics.choices import Attribution, Better, Measure, ValueKind
from metrics.rules import SUPPRESSED, Change, Movement, change, change_in_points, in_words
from plans.cycle_definitions import CycleMetric

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
WHOLE = ("", Attribution.TOTAL)
# As many as a row holds.
PLACES = 4
NO_DAY = date.min
# Months and quarters differ by this many days at most.
LEAP_DAYS = 3
BEFORE = "This was before the plan began."


class Verdict(StrEnum):
    """How a metric stands against its plan."""

    ON_TRACK = "On track"
    OFF_TRACK = "Off track"
    NEITHER = "No direction"
    NO_DATA = "No data"


COLOURS = {
    Verdict.ON_TRACK: "green",
    Verdict.OFF_TRACK: "red",
    Verdict.NEITHER: "blue",
    Verdict.NO_DATA: "grey",
}


@dataclass(frozen=True)
class Standing:
    """A metric: its verdict with the reason in words, and the figures that are known of it.

    `actual` is the newest one that has a plan for its period, else the newest there is; `plan` is
    the plan for that period, else the newest. `withheld` is an actual that is suppressed, where
    none is known.
    """

    metric: CycleMetric
    verdict: Verdict
    reason: str
    baseline: MetricFigure | None
    plan: MetricFigure | None
    actual: MetricFigure | None
    benchmark: MetricFigure | None
    later: tuple[MetricFigure, ...] = ()
    withheld: MetricFigure | None = None

    @property
    def colour(self) -> str:
        return COLOURS[self.verdict]

    @property
    def ahead(self) -> str:
        """What is planned for later: `Plan for 2018–19: 25,794 admissions.`"""
        return " ".join(
            f"Plan for {each.period.label}: {figure_words(each)}." for each in self.later
        )

    @property
    def chart(self) -> BarChart | None:
        """The figures of one unit as bars; None where there are fewer than two to compare."""
        return _chart(self)

    @property
    def figures(self) -> tuple[tuple[str, MetricFigure | None], ...]:
        """What there is, under its name, in the order of the table."""
        return (
            ("Baseline", self.baseline),
            ("Plan", self.plan),
            ("Actual", self.actual),
            ("Benchmark", self.benchmark),
        )


@dataclass(frozen=True)
class Track:
    """The sentence, the metrics one by one with a picture each, and the table.

    `is_of_before` says that every verdict is of a time before the plan began.
    """

    sentence: str
    standings: tuple[Standing, ...]
    table: Table
    is_of_before: bool = False


def track_of(
    metrics: Sequence[CycleMetric], values: Iterable[MetricFigure], begins: date | None = None
) -> Track:
    """The metrics of a cycle, by the figures of one area; `begins` is the plan's first day.

    A figure of before that day is said to be one.
    """
    found = [each for each in values if _is_whole(each) and (each.value or each.is_suppressed)]
    standings = tuple(
        _standing(metric, [each for each in found if each.metric == metric.key], begins)
        for metric in metrics
    )
    known = [each.actual for each in standings if each.verdict is not Verdict.NO_DATA]
    is_old = bool(known) and all(_is_before(each, begins) for each in known)
    return Track(_sentence(standings, is_old=is_old), standings, _table(standings), is_old)


def _is_whole(each: MetricFigure) -> bool:
    """Whether it is of the whole area; whom a benchmark is of stands in its breakdown."""
    is_benchmark = each.kind == ValueKind.BENCHMARK
    is_part = each.provider or each.commissioner or each.series
    return not is_part and (is_benchmark or not each.breakdown)


def _of_all(rows: Iterable[MetricFigure]) -> list[MetricFigure]:
    """Those attributed to nobody or to all; where there is none, those of the one body there is."""
    every = list(rows)
    whole = [each for each in every if each.attribution in WHOLE]
    return whole or (every if len({each.attribution for each in every}) == 1 else [])


def _standing(metric: CycleMetric, rows: Sequence[MetricFigure], begins: date | None) -> Standing:
    withheld = [each for each in rows if each.is_suppressed and each.kind == ValueKind.ACTUAL]
    rows = _of_all(each for each in rows if each.value and each.measure != Measure.CHANGE)
    actuals = _newest_first(each for each in rows if each.kind == ValueKind.ACTUAL)
    plans = _newest_first(each for each in rows if each.kind in PLANNED)
    pair = next(((a, p) for a in actuals if (p := _plan_for(a, plans))), None)
    actual, plan = pair or (next(iter(actuals), None), next(iter(plans), None))
    verdict, reason = _verdict(actual, plan) if pair else (Verdict.NO_DATA, _why(actual, plan))
    like = plan or actual
    later = [each for each in plans if plan and _follows(each, plan)] if pair else []
    if hidden := _suppressed(withheld, actual):
        reason = f"{reason} {hidden}" if actual else hidden
    return Standing(
        metric=metric,
        verdict=verdict,
        reason=f"{reason} {BEFORE}" if pair and _is_before(actual, begins) else reason,
        baseline=_nearest([each for each in rows if each.kind == ValueKind.BASELINE], like),
        plan=plan,
        actual=actual,
        benchmark=_nearest([each for each in rows if each.kind == ValueKind.BENCHMARK], like),
        later=tuple(reversed(later)),
        withheld=None if actual else next(iter(_newest_first(withheld)), None),
    )


def _suppressed(withheld: Iterable[MetricFigure], actual: MetricFigure | None) -> str:
    """That the newest figure of all is suppressed, where it is: neither missing nor nought."""
    newest = next(iter(_newest_first(withheld)), None)
    if newest is None or (actual and _age(actual)[0] >= _age(newest)[0]):
        return ""
    return f"The actual figure of {newest.period.label} is suppressed: small, and withheld."


def _is_before(each: MetricFigure | None, begins: date | None) -> bool:
    ends = each.period.ends_on if each else None
    return ends is not None and begins is not None and ends < begins


def _newest_first(rows: Iterable[MetricFigure]) -> list[MetricFigure]:
    """By the last day of their periods; of the same one, longer periods and counts first."""
    return sorted(rows, key=_age, reverse=True)


def _age(each: MetricFigure) -> tuple[date, int, bool]:
    return each.period.ends_on or NO_DAY, each.period.days or 0, each.measure == Measure.COUNT


def _plan_for(actual: MetricFigure, plans: Iterable[MetricFigure]) -> MetricFigure | None:
    """The plan of the same thing for the same stated period; None where two differ."""
    if actual.period == NOT_STATED:
        return None
    found = [
        each for each in plans if each.period == actual.period and _thing(each) == _thing(actual)
    ]
    values = {each.value.value for each in found if each.value}
    return found[0] if len(values) == 1 else None


def _thing(each: MetricFigure) -> tuple[object, ...]:
    return each.measure, each.unit, each.per, each.attribution


def _follows(each: MetricFigure, plan: MetricFigure) -> bool:
    return each.period != NOT_STATED and _age(each)[0] > _age(plan)[0]


def _nearest(rows: Sequence[MetricFigure], like: MetricFigure | None) -> MetricFigure | None:
    """The newest figure in the unit of another, else the newest there is."""
    ordered = _newest_first(rows)
    same = [each for each in ordered if like and _measured_alike(each, like)]
    return next(iter([*same, *ordered]), None)


def _measured_alike(one: MetricFigure, other: MetricFigure) -> bool:
    return (one.measure, one.unit) == (other.measure, other.unit)


def _verdict(actual: MetricFigure | None, plan: MetricFigure | None) -> tuple[Verdict, str]:
    moved = _moved(actual, plan)
    if moved is None or actual is None:
        return Verdict.NO_DATA, _why(actual, plan)
    return _VERDICTS[moved.movement], f"{_how_far(moved, actual)} {_direction(actual)}"


_VERDICTS = {
    Movement.BETTER: Verdict.ON_TRACK,
    Movement.UNCHANGED: Verdict.ON_TRACK,
    Movement.WORSE: Verdict.OFF_TRACK,
    Movement.NEITHER: Verdict.NEITHER,
}


def _moved(actual: MetricFigure | None, plan: MetricFigure | None) -> Change | None:
    if not (actual and plan and actual.value and plan.value):
        return None
    make = change_in_points if actual.measure == Measure.PERCENT else change
    now, planned = actual.value.rounded(PLACES), plan.value.rounded(PLACES)
    return make(now, planned, actual.about.better)


def _how_far(moved: Change, actual: MetricFigure) -> str:
    when = actual.period.label
    if moved.movement is Movement.UNCHANGED:
        return f"In {when}, exactly as planned."
    way = "above" if moved.amount > 0 else "below"
    amount = in_words(abs(moved.amount).normalize(), unit=moved.unit)
    share = "" if moved.percent is None else f" ({in_words(abs(moved.percent), unit='%')})"
    return f"In {when}, {amount}{share} {way} the plan."


def _direction(each: MetricFigure) -> str:
    if each.about.better == Better.NEITHER:
        return "Neither more nor less is better."
    return f"{'More' if each.about.better == Better.HIGHER else 'Less'} is better."


def _why(actual: MetricFigure | None, plan: MetricFigure | None) -> str:
    """Why nothing can be told."""
    if actual is None and plan is None:
        return "Neither a plan nor an actual figure is entered."
    if actual is None:
        return "A plan is entered, but no actual figure yet."
    if plan is None:
        return "An actual figure is entered, but no plan to hold it against."
    return (
        f"The newest actual figure {_is_of(actual)}; no plan of the same measure is entered for "
        "the same time."
    )


def _is_of(each: MetricFigure) -> str:
    return "states no period" if each.period == NOT_STATED else f"is of {each.period.label}"


def _sentence(standings: Sequence[Standing], *, is_old: bool) -> str:
    if not standings:
        return "The national metrics of this cycle are not known."
    numbers = {
        verdict: sum(1 for each in standings if each.verdict is verdict) for verdict in Verdict
    }
    words = {
        Verdict.ON_TRACK: "on track",
        Verdict.OFF_TRACK: "off track",
        Verdict.NEITHER: "without a direction",
    }
    told = [
        f"{number or 'none'} {'is' if number < 2 else 'are'} {words[verdict]}"
        for verdict, number in numbers.items()
        if verdict in words and (number or verdict is not Verdict.NEITHER)
    ]
    without = numbers[Verdict.NO_DATA]
    if without == len(standings):
        return (
            f"Whether the {counted(len(standings), 'national metric')} of this cycle are on track "
            "cannot be told: for none of them an actual figure and a plan of the same time are "
            "entered."
        )
    if without:
        told.append(f"for {without} it cannot be told")
    old = " All of these figures are of before the plan began." if is_old else ""
    return f"Of {counted(len(standings), 'national metric')}, {joined(told)}.{old}"


# -- pictures and table --------------------------------------------------------------------


def figure_words(each: MetricFigure) -> str:
    """A figure with its unit: `26,109 admissions`, `87%`; a plain number states no unit."""
    if each.value is None:
        return ""
    number = in_unit(each.value.rounded(PLACES).normalize(), each.value.unit)
    return number if each.unit or each.value.unit == PERCENT else f"{number} (no unit stated)"


def period_words(each: MetricFigure) -> str:
    """`2016–17`, or that no period is stated; with whose figure it is where not the area's."""
    period = "period not stated" if each.period == NOT_STATED else each.period.label
    part = "" if each.attribution in WHOLE else f"{Attribution(each.attribution).label} only"
    return ", ".join(filter(None, (each.breakdown, part, period)))


def _chart(each: Standing) -> BarChart | None:
    """The figures of one unit as bars; None where there are fewer than two to compare."""
    like = each.plan or each.actual
    shown = [(name, row) for name, row in each.figures if row and like and in_scale(row, like)]
    if like is None or len(shown) < 2:
        return None
    bars = tuple(bar for name, row in shown if (bar := bar_of(name, row)))
    group = Group(unit_heading(like), bars)
    title = each.metric.label
    return BarChart(f"metric-{each.metric.key}", title, "The figures that are known.", (group,))


def bar_of(name: str, each: MetricFigure) -> Bar | None:
    """A figure as a bar of this name, with its period; None where it is told in words alone."""
    if each.value is None:
        return None
    return Bar(name, each.value.rounded(PLACES), f"{_number(each)} ({_period(each)})")


def unit_heading(each: MetricFigure) -> str:
    """`In admissions`, `In per cent`, `Per 100,000 people`."""
    if each.measure == Measure.PERCENT:
        return "In per cent"
    if not each.unit:
        return "Unit not stated"
    return f"Per {each.unit[4:]}" if each.unit.startswith("per ") else f"In {each.unit}"


def in_scale(one: MetricFigure, other: MetricFigure) -> bool:
    """Whether two bars may stand side by side: one unit, and periods of one length."""
    is_positive = bool(one.value and one.value.value >= 0)
    return is_positive and _measured_alike(one, other) and _is_as_long(one, other)


def _is_as_long(one: MetricFigure, other: MetricFigure) -> bool:
    """Whether two periods are years, or quarters, or months alike; one not stated may be any."""
    days, others = one.period.days, other.period.days
    return days is None or others is None or abs(days - others) <= LEAP_DAYS


def _number(each: MetricFigure) -> str:
    sign = "%" if each.measure == Measure.PERCENT else ""
    return f"{in_words(each.value.rounded(PLACES).normalize())}{sign}" if each.value else ""


def _period(each: MetricFigure) -> str:
    return "no period" if each.period == NOT_STATED else each.period.label


def _table(standings: Sequence[Standing]) -> Table:
    return build_table(
        "metrics",
        "National metrics against the plan",
        [
            Column("Metric", is_row_header=True),
            Column("Standing"),
            *(Column(name) for name in ("Baseline", "Plan", "Actual", "Benchmark")),
        ],
        [_row(each) for each in standings],
        empty="The metrics of this cycle are not known.",
    )


def _row(each: Standing) -> Row:
    actual = each.actual or each.withheld
    cells = [_cell(row) for row in (each.baseline, each.plan, actual, each.benchmark)]
    return build_row(
        [each.metric.label, Cell(each.verdict.value, tag_colour=COLOURS[each.verdict]), *cells]
    )


def _cell(each: MetricFigure | None) -> Cell:
    if each and each.is_suppressed:
        return Cell(SUPPRESSED, note=period_words(each))
    return Cell(figure_words(each), note=period_words(each)) if each else Cell(None)
