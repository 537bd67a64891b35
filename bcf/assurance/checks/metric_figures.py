"""Checks that counts of metrics agree with those that they are added up of."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of, how_many
from bcf.assurance.checks.metric_kin import areas_unlike
from bcf.assurance.checks.naming import said
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import (
    MetricFigure,
    counts_by_period,
    over_attributions,
    over_providers,
)
from bcf.base.spans import Span
from bcf.base.worked import Figure, added, in_unit, less, rounded, shown
from bcf.periods import CalendarYear, FinancialYear, Month, Period, Quarter
from bcf.ui.tables import format_number
from metrics.choices import Attribution, Measure, ValueKind
from plans.cycle_definitions import CheckRule

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


def own_figures(record: Record) -> list[MetricFigure]:
    """What the plan itself states, with what the rounding of its numbers leaves open."""
    return [
        replace(
            each,
            numerator=opened(each.numerator),
            denominator=opened(each.denominator),
            standard_rate=opened(each.standard_rate),
        )
        for each in record.measured.values
        if each.plan in record.family and each.kind not in OF_OTHERS
    ]


def opened(figure: Figure | None) -> Figure | None:
    """A whole number is exact; one with decimals is rounded to the last that it has."""
    if figure is None or figure.value.denominator == 1:
        return figure
    return as_shown(figure)


def as_shown(figure: Figure) -> Figure:
    """A figure as rounded to its last digit, where it is not known to be rounded further."""
    value = rounded(figure.value, 4).normalize()
    span = Span.rounded(value, Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))
    return replace(figure, span=span) if _width(span) > _width(figure.span) else figure


def _width(span: Span) -> Fraction:
    return span.high - span.low


def is_rounded_to(printed: Figure, made: Figure) -> bool:
    """Whether what was made, rounded as the printed figure is, is the printed figure."""
    return printed.span.low <= made.value <= printed.span.high


def named(record: Record, value: MetricFigure) -> str:
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

    Where they need not be all of it, they may be less. Where some are suppressed, that is why.
    """

    whole: MetricFigure
    parts: Figure | None
    words: str
    are_all: bool = True
    is_withheld: bool = False


def periods_differ(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Months and quarters add to their year; attributions and providers add to the whole."""
    own = own_figures(record)
    values = [each for each in own if each.measure in COUNTED and each.count]
    withheld = [each for each in own if each.is_suppressed]
    sums = (
        *_over_time(values, _places(withheld, "period")),
        *_over_bodies(values, _places(withheld, "attribution")),
        *_over_providers(values),
    )
    untold, differing = [], []
    for each in sums:
        if each.parts is None:
            untold.append(each)
        elif each.whole.count and _is_off(each, each.whole.count, each.parts):
            finding = _sum(record, rule.key, each, each.whole.count, each.parts)
            differing.append((named(record, each.whole), finding))
    yield from at_most_ten(differing, "figures differ from the sum of their parts")
    for is_withheld in (False, True):
        without = [each for each in untold if each.is_withheld is is_withheld]
        if without:
            yield _no_sum(record, rule.key, without)
    yield from areas_unlike(record, rule.key)


def _is_off(each: Sum, whole: Figure, parts: Figure) -> bool:
    return not is_rounded_to(whole, parts) if each.are_all else parts.beyond(whole) > 0


def key_of(value: MetricFigure, without: str = "") -> Hashable:
    """What figures of the same have in common, but for one property; a plan is as a target."""
    kind = ValueKind.PLAN if value.kind in PLANNED else value.kind
    return (kind, *APART_FROM[without](value))


def _groups(values: Iterable[MetricFigure], without: str) -> Iterator[list[MetricFigure]]:
    """Figures that differ in one property only and count the same."""
    groups: dict[Hashable, list[MetricFigure]] = {}
    for each in values:
        groups.setdefault(key_of(each, without), []).append(each)
    for group in groups.values():
        if len({each.unit for each in group if each.measure == Measure.COUNT}) < 2:
            yield group


def _places(values: Iterable[MetricFigure], name: str) -> dict[Hashable, set[object]]:
    """By what figures have in common but for one property, where in it they stand."""
    found: dict[Hashable, set[object]] = {}
    for each in values:
        found.setdefault(key_of(each, name), set()).add(getattr(each, name))
    return found


def _over_time(
    values: Sequence[MetricFigure], withheld: Mapping[Hashable, set[object]]
) -> Iterator[Sum]:
    for group in _groups(values, "period"):
        counts = counts_by_period(group)
        hidden = withheld.get(key_of(group[0], "period"), set())
        wholes = {each.period: each for each in group if counts[each.period]}
        for period, whole in wholes.items():
            found = [(words, [counts.get(each) for each in own]) for words, own in _parts(period)]
            complete = [(words, added(filter(None, own))) for words, own in found if all(own)]
            partial = [words for words, own in found if any(own)]
            of_hidden = [words for words, own in _parts(period) if hidden.intersection(own)]
            for words, parts in complete:
                yield Sum(whole, parts, words)
            if of_hidden and not complete:
                yield Sum(whole, None, of_hidden[0], is_withheld=True)
            elif partial and not complete:
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


def _over_bodies(
    values: Sequence[MetricFigure], withheld: Mapping[Hashable, set[object]]
) -> Iterator[Sum]:
    words = "figures of the NHS, of social care and of both"
    for group in _groups(values, "attribution"):
        if any(each.attribution in BODIES for each in group):
            for whole in (each for each in group if each.attribution in WHOLE):
                hidden = withheld.get(key_of(whole, "attribution"), set()).intersection(BODIES)
                yield Sum(whole, over_attributions(group), words, is_withheld=bool(hidden))


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
        f"{named(record, each.whole)}: {whole.words} is stated{behind}, but its {each.words} "
        f"add to {format_number(shown(parts.value))}, {off} {way}"
        + (", which rounding explains." if is_explained else ". Correct the one that is wrong."),
        whole.words,
        as_parts,
        Mend.row(each.whole.row, "value"),
        record.area(each.whole.plan),
        (each.whole.row, *parts.rows),
    )


def _no_sum(record: Record, code: str, untold: Sequence[Sum]) -> Finding:
    names = few_of((f"the {each.words} of “{named(record, each.whole)}”" for each in untold), 3)
    why, remedy = (
        ("suppressed", "What is withheld is not taken for nought.")
        if untold[0].is_withheld
        else ("not entered", "Enter the rest where the plan has it.")
    )
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(untold), 'figure was', 'figures were')} not added up from "
        f"{'its' if len(untold) == 1 else 'their'} parts, because some of these are {why}: "
        f"{names}. {remedy}",
        mend=Mend(untold[0].whole.row.kind, untold[0].whole.row.owner),
        rows=tuple(each.whole.row for each in untold),
    )
