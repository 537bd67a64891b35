"""Checks of what is planned for the national metrics."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from bcf.assurance.checks import metric_figures, metric_kin
from bcf.assurance.checks.areas import Area, areas_of
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of, apart
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import Measured, MetricFigure, Which, quarter_stated, the_only
from bcf.base.worked import PERCENT, Figure, added, growth, in_unit, negative, percent_of, shown
from bcf.periods import FinancialYear, Period
from metrics.choices import Measure, ValueKind
from plans.cycle_definitions import CheckRule, CycleMetric

VALUES = "metrics.metricvalue"
PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
LONGEST_QUARTER = 92


def plan_missing(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Each core national metric has a plan or a target for every area and year of the plan."""
    undated = []
    for metric in (each for each in record.cycle.metrics if not each.is_supporting):
        lacking: dict[tuple[Period, ...], list[Area]] = {}
        for area in areas_of(record):
            stated = [each for each in _planned(record, metric.key) if area.has(each)]
            missing = _missing(metric, record.money.years, stated)
            if missing is None:
                undated.append((metric, stated[0]))
            elif missing or not stated:
                lacking.setdefault(missing if stated else (), []).append(area)
        for missing, areas in lacking.items():
            yield _missed(record, rule.key, metric, missing, areas)
    if undated:
        yield _undated(rule.key, undated)
    yield from _local_metric(record, rule.key)


def _local_metric(record: Record, code: str) -> Iterable[Finding]:
    """Where measures are considered for the local metric, one is chosen and planned."""
    national = {each.key for each in record.cycle.metrics}
    is_chosen = any(
        each.kind in PLANNED and each.plan in record.family and each.metric not in national
        for each in record.measured.values
    )
    if record.metric_options and not is_chosen:
        options = record.metric_options
        measures = "1 measure is" if len(options) == 1 else f"{len(options)} measures are"
        yield Finding(
            code,
            Severity.WARNING,
            f"{measures} considered for the local metric, and none is chosen: "
            f"{apart(f'“{each.indicator}”' for each in options)}. Choose one, and enter its plan.",
            "none",
            "a local metric with a plan or a target",
            Mend(VALUES, record.slug),
            rows=tuple(each.row for each in options),
        )


def _planned(record: Record, metric: str) -> list[MetricFigure]:
    """What the plan and its parts plan of a metric as a whole, in numbers or in words."""
    return [
        each
        for each in record.measured.values
        if each.metric == metric
        and each.plan in record.family
        and each.kind in PLANNED
        and not (each.provider or each.breakdown)
    ]


def _missing(
    metric: CycleMetric, years: Sequence[FinancialYear], stated: Sequence[MetricFigure]
) -> tuple[Period, ...] | None:
    """The years, or parts of one, that no plan is for; None where its period is not stated."""
    asked = [_asked_of(metric, year) for year in years]
    missing = tuple(
        _as_one(year, periods)
        for year, periods in zip(years, asked, strict=True)
        if periods and not any(_meet(each.period, one) for each in stated for one in periods)
    )
    without = any(each.period.starts_on is None for each in stated)
    return None if missing and without else missing


def _asked_of(metric: CycleMetric, year: FinancialYear) -> list[Period]:
    return [each for each in metric.plan_periods if _meet(each, year)]


def _as_one(year: FinancialYear, periods: Sequence[Period]) -> Period:
    """The year, or the one period of it that is asked for."""
    return periods[0] if len(periods) == 1 else year


def _meet(one: Period, other: Period) -> bool:
    """Whether two periods have days in common; one that is not stated has none."""
    if not (one.starts_on and one.ends_on and other.starts_on and other.ends_on):
        return False
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _missed(
    record: Record,
    code: str,
    metric: CycleMetric,
    missing: Sequence[Period],
    areas: Sequence[Area],
) -> Finding:
    """An error where a whole year is missed, a warning where it is a part of one."""
    whole = not missing or any(isinstance(each, FinancialYear) for each in missing)
    when = all_of(f"for {each.label}" for each in missing)
    one, owner = len(areas) == 1, areas[0].owner
    return Finding(
        code,
        Severity.ERROR if whole else Severity.WARNING,
        f"{_about(metric.label, areas)}: no plan or target is entered{' ' if when else ''}{when}. "
        f"Enter one{'' if one else ' for each area'}.",
        "none",
        "a plan or a target",
        Mend(VALUES, owner),
        record.area(owner) if one else "",
    )


def _undated(code: str, found: Sequence[tuple[CycleMetric, MetricFigure]]) -> Finding:
    labels = list(dict.fromkeys(metric.label for metric, _ in found))
    one = len(labels) == 1
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"It was not checked that every year has a plan or target of {_listed(labels)}, because "
        f"no period is entered with {'its target' if one else 'their targets'}. Enter the period"
        f"{'' if one else ' of each'}.",
        mend=Mend.row(found[0][1].row, "period"),
        rows=tuple(each.row for _, each in found),
    )


def _listed(labels: Sequence[str]) -> str:
    """Names that have commas of their own, told apart by quotation marks."""
    return all_of(f"“{each}”" for each in labels)


@dataclass(frozen=True)
class Fall:
    """By how much a metric is planned to fall, in per cent, and where that is mended."""

    percent: Figure
    row: MetricFigure


def reduction_below_ambition(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """The planned fall of a metric on its baseline is at least the ambition."""
    ambition = rule.thresholds["ambition-percent"]
    for metric in record.cycle.metrics:
        if metric.key not in rule.metrics:
            continue
        label = metric.label
        untold = []
        for area in areas_of(record):
            fall = _fall(record, metric.key, area)
            if fall is None:
                untold.append(area)
            elif fall.percent.value < Fraction(ambition):
                yield _below(Finding(rule.key, Severity.WARNING, label), area, fall, ambition)
        if untold:
            yield Finding(
                rule.key,
                Severity.NOT_CHECKED,
                f"{_about(label, untold)}: the planned reduction was not held against the ambition "
                f"of {_percent(ambition)}, because the baseline or the plan is not entered. Enter "
                "both as numbers of cases.",
                mend=Mend(VALUES, untold[0].owner),
            )


def _below(about: Finding, area: Area, fall: Fall, ambition: Decimal) -> Finding:
    """`about` is the finding to be made, with the metric as its sentence."""
    found = fall.percent
    is_explained = found.span.high >= Fraction(ambition)
    what = (
        f"a rise of {negative(found).words} is planned, where the ambition is a reduction of"
        if found.value < 0
        else f"a reduction of {found.words} is planned, below the ambition of"
    )
    remedy = (
        "; rounding explains it."
        if is_explained
        else ". Plan a larger reduction, or say in the plan why it is smaller."
    )
    return replace(
        about,
        severity=Severity.NOTE if is_explained else Severity.WARNING,
        sentence=f"{_about(about.sentence, [area])}: {what} {_percent(ambition)}{remedy}",
        found=found.words,
        required=f"a reduction of at least {_percent(ambition)}",
        mend=Mend.row(fall.row.row, "value"),
        area=area.name,
        rows=found.rows,
    )


def _about(label: str, areas: Sequence[Area]) -> str:
    """A metric, and the areas meant where there are several: `“Delays” in Barnet; Brent`."""
    where = apart(each.name for each in areas if each.name)
    return f"“{label}” in {where}" if where else f"“{label}”"


def _percent(number: Decimal) -> str:
    return in_unit(shown(Fraction(number)), PERCENT)


def _fall(record: Record, metric: str, area: Area) -> Fall | None:
    """By the quarters of payment, else by baseline and plan, else as the plan states it."""
    whole = [
        each
        for each in record.measured.values
        if each.metric == metric
        and each.plan in record.family
        and area.has(each)
        and not (each.provider or each.breakdown or each.commissioner or each.series)
        and each.value is not None
    ]
    return _by_quarter(record, metric, whole) or _by_count(whole) or _as_stated(whole)


def _by_quarter(record: Record, metric: str, whole: Sequence[MetricFigure]) -> Fall | None:
    quarters = [q for each in record.cycle.payments if each.metric == metric for q in each.quarters]
    own = Measured(tuple(whole))
    found = [
        quarter_stated(own, Which(metric), each.baseline, each.performance) for each in quarters
    ]
    before = [each.baseline for each in found if each.baseline]
    after = [each.planned for each in found if each.planned]
    plans = [each for each in whole if each.kind in PLANNED]
    if not quarters or len(before) < len(quarters) or len(after) < len(quarters):
        return None
    return _between(added(after), added(before), plans[0])


def _by_count(whole: Sequence[MetricFigure]) -> Fall | None:
    """The last plan of a year against the baseline."""
    counts = [each for each in whole if each.measure == Measure.COUNT]
    before = the_only(each.value for each in counts if each.kind == ValueKind.BASELINE)
    plans = [
        each
        for each in counts
        if each.kind in PLANNED and (each.period.days or 0) > LONGEST_QUARTER
    ]
    if before is None or not plans:
        return None
    last = max(plans, key=lambda each: each.period)
    if last.value is None or last.value.unit != before.unit:
        return None
    return _between(last.value, before, last)


def _between(after: Figure | None, before: Figure | None, row: MetricFigure) -> Fall | None:
    grown = growth(after, before) if after and before else None
    return Fall(negative(grown).called(grown.how), row) if grown else None


def _as_stated(whole: Sequence[MetricFigure]) -> Fall | None:
    """A change that the plan states in per cent, else one in cases against the baseline."""
    changes = [each for each in whole if each.kind in PLANNED and each.measure == Measure.CHANGE]
    for each in changes:
        if each.value and each.value.unit == PERCENT:
            return Fall(negative(each.value), each)
    before = the_only(
        each.value
        for each in whole
        if (each.kind, each.measure) == (ValueKind.BASELINE, Measure.COUNT)
    )
    for each in changes:
        if each.value and before and each.value.unit == before.unit:
            share = percent_of(negative(each.value), before)
            return Fall(share, each) if share else None
    return None


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "metric.plan-missing": plan_missing,
    "metric.rate-differs": metric_figures.rate_differs,
    "metric.periods-differ": metric_figures.periods_differ,
    "metric.plan-worse": metric_kin.plan_worse,
    "metric.reduction-below-ambition": reduction_below_ambition,
}
