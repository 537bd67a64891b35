"""Checks that printed figures of metrics agree with those that they are made of."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of, how_many
from bcf.assurance.checks.metric_kin import areas_unlike, series_differ, unmeasured
from bcf.assurance.checks.naming import said
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import (
    Measured,
    MetricFigure,
    counts_by_period,
    over_attributions,
    over_providers,
    rate_of,
    worked_rate,
)
from bcf.base.spans import Span
from bcf.base.worked import PERCENT, Figure, added, in_unit, less, rounded, shown
from bcf.periods import CalendarYear, FinancialYear, Month, Period, Quarter
from bcf.ui.tables import format_number
from metrics.choices import Attribution, Measure, ValueKind
from plans.cycle_definitions import CheckRule

RATES = (Measure.RATE, Measure.PERCENT, Measure.CHANGE)
COUNTED = (Measure.COUNT, Measure.RATE, Measure.PERCENT)
OF_OTHERS = (ValueKind.BENCHMARK, ValueKind.THRESHOLD)
PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
WHOLE = ("", Attribution.TOTAL)
BODIES = (Attribution.NHS, Attribution.SOCIAL_CARE, Attribution.BOTH)
BODY: dict[str, str] = {
    Attribution.NHS: "NHS",
    Attribution.SOCIAL_CARE: "social care",
    Attribution.BOTH: "NHS and social care both",
    Attribution.TOTAL: "in total",
}
PART = (
    *("metric", "plan", "board", "period", "attribution"),
    *("breakdown", "provider", "commissioner", "series"),
)

APART_FROM = {
    without: attrgetter(*(name for name in PART if name != without)) for without in ("", *PART)
}


def rate_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A printed rate or percentage is its count over its denominator or population."""
    own = _own(record)
    counted = Measured(
        tuple(each for each in own if each.measure in COUNTED), record.measured.populations
    )
    with_count = {_key(each) for each in counted.values if each.count}
    without_count: list[MetricFigure] = []
    without_people: list[MetricFigure] = []
    differing = []
    for value in own:
        if value.measure not in RATES or value.per is None or value.value is None:
            continue
        made = _made(counted, value, value.per)
        if made is None:
            has_count = value.numerator is not None or _key(value) in with_count
            (without_people if has_count else without_count).append(value)
        elif not _is_rounded_to(_as_shown(value.value), made):
            finding = _rate(record, rule.key, value, _as_shown(value.value), made)
            differing.append((_name(record, value), finding))
    yield from at_most_ten(differing, "rates and percentages differ from what they are made of")
    if without_count:
        what = "the number of cases is not entered"
        yield _no_rate(record, rule.key, without_count, what, "numerator")
    if without_people:
        what = "what the number of cases is divided by is not entered"
        yield _no_rate(record, rule.key, without_people, what, "denominator")
    yield from series_differ(record, rule.key)
    yield from unmeasured(record, rule.key)


def _own(record: Record) -> list[MetricFigure]:
    """What the plan itself states, with what the rounding of its numbers leaves open."""
    return [
        replace(each, numerator=_opened(each.numerator), denominator=_opened(each.denominator))
        for each in record.measured.values
        if each.plan in record.family and each.kind not in OF_OTHERS
    ]


def _opened(figure: Figure | None) -> Figure | None:
    """A whole number is exact; one with decimals is rounded to the last that it has."""
    if figure is None or figure.value.denominator == 1:
        return figure
    return _as_shown(figure)


def _as_shown(figure: Figure) -> Figure:
    """A figure as rounded to its last digit, where it is not known to be rounded further."""
    value = rounded(figure.value, 4).normalize()
    span = Span.rounded(value, Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))
    return replace(figure, span=span) if _width(span) > _width(figure.span) else figure


def _width(span: Span) -> Fraction:
    return span.high - span.low


def _made(counted: Measured, value: MetricFigure, per: int) -> Figure | None:
    """What a rate comes to; a change only by what stands over and under its own line."""
    if value.measure != Measure.CHANGE:
        return worked_rate(counted, value)
    if value.numerator is None or value.denominator is None:
        return None
    return rate_of(value.numerator, value.denominator, per)


def _is_rounded_to(printed: Figure, made: Figure) -> bool:
    """Whether what was made, rounded as the printed figure is, is the printed figure."""
    return printed.span.low <= made.value <= printed.span.high


def _rate(record: Record, code: str, value: MetricFigure, printed: Figure, made: Figure) -> Finding:
    is_explained = printed.agrees(made)
    worked = in_unit(shown(made.value), printed.unit if printed.unit == PERCENT else "")
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{_name(record, value)}: {printed.words} is stated, but {made.how} is {worked}"
        + (
            "; rounding explains the difference."
            if is_explained
            else ". Correct the rate, or the numbers that it is made of."
        ),
        printed.words,
        in_unit(shown(made.value), printed.unit),
        Mend.row(value.row, "value"),
        record.area(value.plan),
        (value.row, *made.rows),
    )


def _no_rate(
    record: Record, code: str, values: Sequence[MetricFigure], why: str, field: str
) -> Finding:
    names = few_of((f"“{_name(record, each)}”" for each in values), 3)
    one = len(values) == 1
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(values), 'rate or percentage', 'rates and percentages')} "
        f"{'was' if one else 'were'} not worked out again, because {why} with "
        f"{'it' if one else 'them'}: {names}. Enter the {field} where the plan has it.",
        mend=Mend.row(values[0].row, field),
        rows=tuple(each.row for each in values),
    )


def _name(record: Record, value: MetricFigure) -> str:
    """A figure told apart from others of its metric and period: `…, plan, 2017–18 (NHS, flat)`."""
    area = record.area(value.plan)
    details = (
        BODY.get(value.attribution, ""),
        value.breakdown,
        _titled(value.provider),
        value.series,
    )
    told = ", ".join(filter(None, details))
    return f"{area + ': ' if area else ''}{said(value.row)}{f' ({told})' if told else ''}"


def _titled(key: str) -> str:
    """An organisation's key in words: `north-hospitals` is North Hospitals."""
    return key.replace("-", " ").title().replace(" And ", " and ")


@dataclass(frozen=True)
class Sum:
    """A figure, and what it should be made of; `parts` is None where some of it is not stated.

    Where they need not be all of it, they may be less.
    """

    whole: MetricFigure
    parts: Figure | None
    words: str
    are_all: bool = True


def periods_differ(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Months and quarters add to their year; attributions and providers add to the whole."""
    values = [each for each in _own(record) if each.measure in COUNTED and each.count]
    untold, differing = [], []
    for each in (*_over_time(values), *_over_bodies(values), *_over_providers(values)):
        if each.parts is None:
            untold.append(each)
        elif each.whole.count and _is_off(each, each.whole.count, each.parts):
            finding = _sum(record, rule.key, each, each.whole.count, each.parts)
            differing.append((_name(record, each.whole), finding))
    yield from at_most_ten(differing, "figures differ from the sum of their parts")
    if untold:
        yield _no_sum(record, rule.key, untold)
    yield from areas_unlike(record, rule.key)


def _is_off(each: Sum, whole: Figure, parts: Figure) -> bool:
    return not _is_rounded_to(whole, parts) if each.are_all else parts.beyond(whole) > 0


def _key(value: MetricFigure, without: str = "") -> Hashable:
    """What figures of the same have in common, but for one property; a plan is as a target."""
    kind = ValueKind.PLAN if value.kind in PLANNED else value.kind
    return (kind, *APART_FROM[without](value))


def _groups(values: Iterable[MetricFigure], without: str) -> Iterator[list[MetricFigure]]:
    """Figures that differ in one property only and count the same."""
    groups: dict[Hashable, list[MetricFigure]] = {}
    for each in values:
        groups.setdefault(_key(each, without), []).append(each)
    for group in groups.values():
        if len({each.unit for each in group if each.measure == Measure.COUNT}) < 2:
            yield group


def _over_time(values: Sequence[MetricFigure]) -> Iterator[Sum]:
    for group in _groups(values, "period"):
        counts = counts_by_period(group)
        wholes = {each.period: each for each in group if counts[each.period]}
        for period, whole in wholes.items():
            found = [(words, [counts.get(each) for each in own]) for words, own in _parts(period)]
            complete = [(words, added(filter(None, own))) for words, own in found if all(own)]
            partial = [words for words, own in found if any(own)]
            for words, parts in complete:
                yield Sum(whole, parts, words)
            if partial and not complete:
                yield Sum(whole, None, partial[0])


def _parts(period: Period) -> list[tuple[str, list[Period]]]:
    """The shorter periods that make up one, by what they are called."""
    if isinstance(period, Quarter):
        return [("three months", list(period.months))]
    if isinstance(period, FinancialYear):
        quarters = period.quarters
    elif isinstance(period, CalendarYear):
        before, year = FinancialYear(period.year - 1), FinancialYear(period.year)
        quarters = (before.quarters[3], *year.quarters[:3])
    else:
        return []
    months: list[Month] = [month for quarter in quarters for month in quarter.months]
    return [("twelve months", list(months)), ("four quarters", list(quarters))]


def _over_bodies(values: Sequence[MetricFigure]) -> Iterator[Sum]:
    words = "figures of the NHS, of social care and of both"
    for group in _groups(values, "attribution"):
        if any(each.attribution in BODIES for each in group):
            for whole in (each for each in group if each.attribution in WHOLE):
                yield Sum(whole, over_attributions(group), words)


def _over_providers(values: Sequence[MetricFigure]) -> Iterator[Sum]:
    """The providers that a plan names need not be all of them: they may be less than the whole."""
    for group in _groups(values, "provider"):
        parts = over_providers(group)
        for whole in (each for each in group if parts and not each.provider):
            yield Sum(whole, parts, "figures of providers", are_all=False)


def _sum(record: Record, code: str, each: Sum, whole: Figure, parts: Figure) -> Finding:
    is_explained = parts.agrees(whole)
    off = format_number(shown(abs(less(parts, whole).value)))
    way = "more" if parts.value > whole.value else "less"
    behind = "" if each.whole.measure == Measure.COUNT else " as the numerator"
    as_parts = in_unit(shown(parts.value), whole.unit)
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{_name(record, each.whole)}: {whole.words} is stated{behind}, but its {each.words} "
        f"add to {format_number(shown(parts.value))}, {off} {way}"
        + (", which rounding explains." if is_explained else ". Correct the one that is wrong."),
        whole.words,
        as_parts,
        Mend.row(each.whole.row, "value"),
        record.area(each.whole.plan),
        (each.whole.row, *parts.rows),
    )


def _no_sum(record: Record, code: str, untold: Sequence[Sum]) -> Finding:
    names = few_of((f"the {each.words} of “{_name(record, each.whole)}”" for each in untold), 3)
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(untold), 'figure was', 'figures were')} not added up from "
        f"{'its' if len(untold) == 1 else 'their'} parts, because some of these are not entered: "
        f"{names}. Enter the rest where the plan has it.",
        mend=Mend(untold[0].whole.row.kind, untold[0].whole.row.owner),
        rows=tuple(each.whole.row for each in untold),
    )
