"""The national metrics of a schedule that carries the fund: the latest figures and their trend."""

from collections.abc import Iterable, Iterator, Sequence

from bcf.assurance.figures import Choice
from bcf.assurance.measured import (
    Comparison,
    Fact,
    Measured,
    MetricFigure,
    comparisons,
    newest_actuals,
)
from bcf.periods import FinancialYear, Period
from bcf.reporting.metric_words import with_unit
from metrics.choices import Measure, ValueKind
from metrics.rules import change, change_in_points, in_words

# As many decimals as a row holds.
PLACES = 4


def told_metrics(
    measured: Measured, metrics: Iterable[Choice], year: FinancialYear
) -> Iterator[str]:
    """Each metric in a sentence or two: what it came to in the year, and against what."""
    for metric in metrics:
        figures = [
            each
            for each in measured.values
            if each.metric == metric.key and _is_by(each.period, year)
        ]
        told = [
            _told(figures, each)
            for each in newest_actuals(figures)
            if _is_within(each.period, year)
        ]
        told += _told_facts(measured.context, metric, year)
        withheld = any(
            each.is_suppressed and each.kind == ValueKind.ACTUAL and _is_within(each.period, year)
            for each in figures
        )
        without = f"{'the' if withheld else 'no'} figure of {year.label} is "
        without += "suppressed" if withheld else "stated"
        yield f"{metric.label}: {'; '.join(told) or without}."


def _is_within(period: Period, year: FinancialYear) -> bool:
    starts, ends = period.starts_on, period.ends_on
    return bool(starts and ends and year.starts_on <= starts and ends <= year.ends_on)


def _is_by(period: Period, year: FinancialYear) -> bool:
    """Whether a period is over by the end of a year; one that is not stated may be."""
    return period.ends_on is None or period.ends_on <= year.ends_on


def _told(figures: Sequence[MetricFigure], figure: MetricFigure) -> str:
    """`3,354 admissions in 2017–18 (against 3,434 in 2016–17: down 80 (2.3%), better)`."""
    found = list(comparisons(Measured(values=tuple(figures)), figure))
    said = [_against(each) for each in found] or list(_since(figures, figure))
    words = f"{with_unit(figure)} in {figure.period.label}"
    return f"{words}, {' and '.join(said)}" if said else words


def _against(found: Comparison) -> str:
    kind = ValueKind(found.against.kind)
    what = "" if kind is ValueKind.ACTUAL else f"the {kind.label.lower()} of "
    when = f" in {found.against.period.label}" if found.against.period.starts_on else ""
    return f"against {what}{with_unit(found.against)}{when}: {found.change}"


def _since(figures: Sequence[MetricFigure], figure: MetricFigure) -> Iterator[str]:
    """What it was the last time before, where nothing better is there to hold it against."""
    earlier = [
        each
        for each in figures
        if each.kind == ValueKind.ACTUAL
        and _alike(each) == _alike(figure)
        and each.period.ends_on
        and figure.period.starts_on
        and each.period.ends_on < figure.period.starts_on
    ]
    if not earlier:
        return
    before = max(earlier, key=lambda each: str(each.period.ends_on))
    moved = _moved(before, figure)
    if moved:
        yield f"after {with_unit(before)} in {before.period.label}: {moved}"


def _moved(before: MetricFigure, now: MetricFigure) -> str:
    """By how much it moved; by the people counted where both say them, for a rate is rounded."""
    better = now.about.better
    if now.measure == Measure.RATE and now.numerator and before.numerator:
        was, came = (each.rounded(0) for each in (before.numerator, now.numerator))
        counted = change(came, was, better)
        return f"counted, from {in_words(was)} to {in_words(came)}, {counted}" if counted else ""
    if now.value is None or before.value is None:
        return ""
    make = change_in_points if now.measure == Measure.PERCENT else change
    found = make(now.value.rounded(PLACES), before.value.rounded(PLACES), better)
    return str(found) if found else ""


def _alike(figure: MetricFigure) -> tuple[object, ...]:
    return (figure.part[:3], figure.part[5:], figure.measure, figure.unit, type(figure.period))


def _told_facts(facts: Iterable[Fact], metric: Choice, year: FinancialYear) -> Iterator[str]:
    """What else the board states of the metric in the year, under a label that begins with it."""
    name = metric.label.partition(" (")[0].casefold()
    for each in sorted(facts, key=lambda each: str(each.period.ends_on), reverse=True):
        head, colon, what = each.label.partition(": ")
        if colon and head.casefold() == name and _is_within(each.period, year) and each.value:
            yield f"{what} {each.value.words} in {each.period.label}"
