"""Figures of one metric held against each other: years, series, areas, and missing units."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of, apart, few_of, how_many
from bcf.assurance.checks.naming import said
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure
from bcf.base.worked import Figure
from bcf.periods import FinancialYear, Period
from metrics.choices import Attribution, Better, Measure, ValueKind
from metrics.rules import between
from plans.cycle_definitions import CheckRule

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
BEFORE = (ValueKind.ACTUAL, ValueKind.BASELINE)
OF_OTHERS = (ValueKind.BENCHMARK, ValueKind.THRESHOLD)
WHOLE = ("", Attribution.TOTAL)
Pair = tuple[MetricFigure, MetricFigure]


def plan_worse(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """No year's plan is worse than what happened, or was planned, the year before.

    Where the metric was defined anew between the two, the one says nothing of the other.
    """
    worse: dict[tuple[str, Period], list[Pair]] = {}
    for group in _grouped(_whole_numbers(record), _series):
        for each in group:
            before = _year_before(each, group) if _is_planned(record, each) else None
            if before and _is_worse(each, before):
                worse.setdefault((each.plan, each.period), []).append((each, before))
    for pairs in worse.values():
        yield _worse(record, rule.key, pairs)


def _is_planned(record: Record, value: MetricFigure) -> bool:
    """Whether it is planned for a year of the plan."""
    return value.kind in PLANNED and value.period in record.money.years


def _whole_numbers(record: Record) -> list[MetricFigure]:
    return [
        each
        for each in record.measured.values
        if each.plan in record.family
        and each.value
        and each.measure not in ("", Measure.CHANGE)
        and each.kind in (*PLANNED, *BEFORE)
        and isinstance(each.period, FinancialYear)
    ]


def _grouped(values: Iterable[MetricFigure], key: Sequence[str]) -> Iterable[list[MetricFigure]]:
    groups: dict[Hashable, list[MetricFigure]] = {}
    for each in values:
        groups.setdefault(tuple(getattr(each, name) for name in key), []).append(each)
    return groups.values()


_of_whom = ("plan", "board", "metric", "breakdown", "provider", "commissioner")
_how = ("measure", "per", "attribution")
_series = (*_of_whom, *_how, "unit", "series")


def _year_before(value: MetricFigure, group: Sequence[MetricFigure]) -> MetricFigure | None:
    """What happened in the year before a plan's, or else what was planned for it."""
    assert isinstance(value.period, FinancialYear)
    year = FinancialYear(value.period.first - 1)
    if between(value.about.breaks, value.period, year):
        return None
    for kinds in (BEFORE, PLANNED):
        for each in group:
            if each.period == year and each.kind in kinds:
                return each
    return None


def _is_worse(planned: MetricFigure, before: MetricFigure) -> bool:
    now, then = planned.value, before.value
    if not now or not then:
        return False
    rise = now.beyond(then)
    return (
        rise > 0
        if planned.about.better == Better.LOWER
        else (rise < 0 and planned.about.better == Better.HIGHER)
    )


def _worse(record: Record, code: str, pairs: Sequence[Pair]) -> Finding:
    first, before = pairs[0]
    area = record.area(first.plan)
    one = len(pairs) == 1
    named = apart(_after(record, planned, then) for planned, then in pairs)
    what = "one metric" if one else f"{len(pairs)} metrics"
    return Finding(
        code,
        Severity.NOTE,
        f"{area + ': w' if area else 'W'}hat is planned for {first.period.label} is worse than the "
        f"year before in {what}: {named}. Check {'it' if one else 'each'}, and say in the plan "
        "why.",
        _words(first),
        _words(before),
        Mend.row(first.row, "value"),
        area,
        tuple(each.row for pair in pairs for each in pair),
    )


def _after(record: Record, planned: MetricFigure, before: MetricFigure) -> str:
    """`“Delayed days”, 300 days, after 280 days planned for 2016–17`."""
    then = "planned for" if before.kind in PLANNED else "in"
    told = f" at {_titled(planned.provider)}" if planned.provider else ""
    whole = f" ({targets})" if (targets := _of_the_whole(record, planned)) else ""
    return (
        f"“{planned.about.name}”{told}, {_words(planned)}, after {_number(before)} {then} "
        f"{before.period.label}{whole}"
    )


def _of_the_whole(record: Record, planned: MetricFigure) -> str:
    """What is planned for the same time for all providers together, where this is one of them."""
    if not planned.provider:
        return ""
    found = [
        _words(each)
        for each in record.measured.values
        if (each.plan, each.board, each.metric) == (planned.plan, planned.board, planned.metric)
        and each.period == planned.period
        and each.kind in PLANNED
        and each.value
        and not (each.provider or each.breakdown or each.commissioner)
    ]
    return f"the plan for all providers together: {all_of(dict.fromkeys(found))}" if found else ""


def series_differ(record: Record, code: str) -> Iterator[Finding]:
    """A plan is what one of its own series, such as a flat one, comes to."""
    for group in _grouped(_whole_numbers(record), (*_of_whom, *_how, "period")):
        planned = [each for each in group if each.kind in PLANNED and each.value]
        series = [each for each in planned if each.series]
        for each in (one for one in planned if not one.series and series):
            if not any(_is_told_as(each.value, other.value) for other in series):
                yield _unlike_series(record, code, each, series)


def _is_told_as(one: Figure | None, other: Figure | None) -> bool:
    """Whether one is the other as it is rounded."""
    if one is None or other is None:
        return False
    return any(
        each.span.low <= of.value <= each.span.high for each, of in ((one, other), (other, one))
    )


def _unlike_series(
    record: Record, code: str, value: MetricFigure, series: Sequence[MetricFigure]
) -> Finding:
    area = record.area(value.plan)
    of_series = all_of(f"{_number(each)} ({each.series})" for each in series)
    return Finding(
        code,
        Severity.WARNING,
        f"{area + ': ' if area else ''}{said(value.row)}: {_words(value)} is stated, but the plan "
        f"month by month comes to {of_series}. Correct the one that is wrong.",
        _words(value),
        of_series,
        Mend.row(value.row, "value"),
        area,
        (value.row, *(each.row for each in series)),
    )


def unmeasured(record: Record, code: str) -> Iterator[Finding]:
    """Every figure says what it measures, so that it can be worked out again.

    The boards' own figures, apart from any plan, are told by themselves, the whole ones only.
    """
    silent = [
        each
        for each in record.measured.values
        if each.value
        and (not each.measure or (each.measure == Measure.COUNT and not each.unit))
        and each.kind not in OF_OTHERS
        and (each.plan in record.family or (not each.plan and each.attribution in WHOLE))
    ]
    for group in _grouped(silent, ("plan",)):
        one, area = len(group) == 1, record.area(group[0].plan)
        named = apart(_beside(record, each) for each in _grouped(group, ("metric", "period")))
        lead = f"{area}: " if area else "" if group[0].plan else "Beside the plan, "
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            f"{lead}{how_many(len(group), 'figure')} {'was' if one else 'were'} not worked out "
            f"again, because {'its unit is' if one else 'their units are'} not entered: {named}. "
            f"Choose {'its measure and unit' if one else 'the measure and unit of each'}.",
            mend=Mend.row(group[0].row, "unit"),
            area=area,
            rows=tuple(each.row for each in group),
        )


def _beside(record: Record, group: Sequence[MetricFigure]) -> str:
    """`“Delayed days”, 495 (beside 1,669 per 100,000 people for the same time)`."""
    first = group[0]
    same = [
        _words(each)
        for each in record.measured.values
        if (each.plan, each.board, each.metric) == (first.plan, first.board, first.metric)
        and (each.period, each.kind, each.attribution)
        == (first.period, first.kind, first.attribution)
        and each.measure
        and each.value
        and first.period.starts_on
        and each not in group
    ]
    beside = f" (beside {all_of(same)} for the same time)" if same else ""
    when = f", {first.period.label}" if first.period.starts_on else ""
    return f"“{first.about.name}”{when}, {all_of(_words(each) for each in group)}{beside}"


def areas_unlike(record: Record, code: str) -> Iterator[Finding]:
    """All areas state a plan in the same measure, so that it can be added or compared."""
    planned = [
        each
        for each in _whole_numbers(record)
        if _is_planned(record, each)
        and each.attribution in WHOLE
        and not (each.provider or each.breakdown or each.series)
    ]
    unlike: dict[str, list[list[MetricFigure]]] = {}
    for group in _grouped(planned, ("metric", "period")):
        measures: dict[str, set[str]] = {}
        for each in group:
            measures.setdefault(each.plan, set()).add(each.measure)
        if len(measures) > 1 and not set.intersection(*measures.values()):
            unlike.setdefault(group[0].metric, []).append(group)
    for groups in unlike.values():
        yield _unlike_areas(record, code, groups)


def _unlike_areas(record: Record, code: str, groups: Sequence[list[MetricFigure]]) -> Finding:
    first = groups[0]
    years = all_of(group[0].period.label for group in groups)
    stated = few_of((f"{record.area(each.plan)} {_words(each)}" for each in first), len(first))
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"“{first[0].about.name}”: the plans of the areas for {years} were not added or compared, "
        f"because they are not all in one measure. For {first[0].period.label} they are "
        f"{stated}. Enter the same measure for each.",
        mend=Mend.row(first[0].row, "measure"),
        rows=tuple(each.row for group in groups for each in group),
    )


def _words(value: MetricFigure) -> str:
    return value.value.words if value.value else ""


def _number(value: MetricFigure) -> str:
    """A figure whose unit has been said."""
    words = _words(value)
    return words.split(" ")[0] if value.unit and words.endswith(value.unit) else words


def _titled(key: str) -> str:
    return key.replace("-", " ").title().replace(" And ", " and ")
