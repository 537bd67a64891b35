"""Checks that printed rates and averages of metrics are what they are made of."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of, how_many
from bcf.assurance.checks.metric_figures import (
    COUNTED,
    as_shown,
    is_rounded_to,
    key_of,
    named,
    own_figures,
)
from bcf.assurance.checks.metric_kin import series_differ, unmeasured
from bcf.assurance.checks.record import Record
from bcf.assurance.measured import (
    Measured,
    MetricFigure,
    delay_by_days_lost,
    delay_by_parts,
    is_average_delay,
    is_made_of_bands,
    rate_of,
    worked_rate,
)
from bcf.base.worked import PERCENT, Figure, in_unit, shown
from metrics.choices import Measure, Method
from metrics.rules import is_rate_by, per_of
from plans.cycle_definitions import CheckRule

RATES = (Measure.RATE, Measure.PERCENT, Measure.CHANGE)


@dataclass(frozen=True)
class Want:
    """What a figure lacks to be worked out again: in words, what to do, and by which field."""

    words: str
    remedy: str
    field: str


def _entered(field: str) -> str:
    return f"Enter the {field} where the plan has it."


NO_CASES = Want("the number of cases is not entered", _entered("numerator"), "numerator")
NO_PEOPLE = Want(
    "what the number of cases is divided by is not entered", _entered("denominator"), "denominator"
)
NO_REFERENCE = Want(
    "the rate of the reference population is not entered",
    _entered("rate of the reference population"),
    "standard_rate",
)
NO_BANDS = Want(
    "the cases, the people and the standard population of its age bands are not all entered",
    "Enter a figure for each age band where the plan has them.",
    "breakdown",
)
NO_PARTS = Want(
    "neither bed days lost and discharges, nor both parts of the delay, are entered",
    "Enter the numerator and the denominator where the plan has them.",
    "numerator",
)
WITHHELD = Want(
    "what the figure is made of is suppressed", "What is withheld is not taken for nought.", "value"
)


def rate_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A printed rate, percentage or average is what it is made of, by its metric's method."""
    own = own_figures(record)
    counted = Measured(
        tuple(_part(each) for each in own if _may_make_others(each)), record.measured.populations
    )
    every, alike = Measured(tuple(own)), _by_key(own)
    lacking: dict[Want, list[MetricFigure]] = {}
    differing = []
    for value in own:
        differing += [
            (named(record, value), each) for each in _two_ways(record, rule, counted, value)
        ]
        if value.value is None or not _is_checked(value):
            continue
        made, printed = _made(counted, value), as_shown(value.value)
        if made is None:
            want = _lack(every, alike[key_of(value)], value)
            lacking.setdefault(want, []).append(value)
        elif not is_rounded_to(printed, made):
            finding = _rate(record, rule.key, value, printed, made)
            differing.append((named(record, value), finding))
    yield from at_most_ten(differing, "rates and percentages differ from what they are made of")
    for want in (NO_CASES, NO_PEOPLE, NO_REFERENCE, NO_BANDS, NO_PARTS, WITHHELD):
        if want in lacking:
            yield _no_rate(record, rule.key, lacking[want], want)
    yield from _suppressed(record, rule.key, own)
    yield from series_differ(record, rule.key)
    yield from unmeasured(record, rule.key)


def _by_key(values: Iterable[MetricFigure]) -> dict[Hashable, list[MetricFigure]]:
    found: dict[Hashable, list[MetricFigure]] = {}
    for each in values:
        found.setdefault(key_of(each), []).append(each)
    return found


def _may_make_others(value: MetricFigure) -> bool:
    return value.measure in COUNTED or value.about.method == Method.AVERAGE_DELAY


def _part(value: MetricFigure) -> MetricFigure:
    """A part of an average delay is printed, and so rounded."""
    is_part = value.about.method == Method.AVERAGE_DELAY and value.breakdown
    return replace(value, value=as_shown(value.value)) if is_part and value.value else value


def _is_checked(value: MetricFigure) -> bool:
    """Whether a figure says that it is made of others: per how many it is, or by which standard."""
    if value.measure == Measure.AVERAGE:
        is_by_itself = value.about.method == Method.AVERAGE and value.numerator is not None
        return is_by_itself or is_average_delay(value)
    per = per_of(value.measure, value.per)
    return value.measure in RATES and (per is not None or value.standard_rate is not None)


def _made(counted: Measured, value: MetricFigure) -> Figure | None:
    """What a rate comes to; a change only by what stands over and under its own line."""
    if value.measure != Measure.CHANGE:
        return worked_rate(counted, value)
    if value.numerator is None or value.denominator is None or value.per is None:
        return None
    return rate_of(value.numerator, value.denominator, value.per)


def _lack(own: Measured, alike: Sequence[MetricFigure], value: MetricFigure) -> Want:
    """Why a figure could not be worked out; `alike` are those that say the same in any unit."""
    kin = own.kin[value.part_without_breakdown]
    if is_average_delay(value):
        return WITHHELD if _is_any_withheld(kin) else NO_PARTS
    if is_made_of_bands(value):
        bands = [each for each in kin if each.standard_population]
        return WITHHELD if _is_any_withheld(bands) else NO_BANDS
    if value.numerator is None and not any(_counted(each) for each in alike):
        return WITHHELD if _is_any_withheld(alike) else NO_CASES
    if value.denominator and is_rate_by(
        Method.INDIRECTLY_STANDARDISED, value.about.method, value.measure
    ):
        return NO_REFERENCE
    return NO_PEOPLE


def _counted(value: MetricFigure) -> Figure | None:
    return value.count if value.measure in COUNTED else None


def _is_any_withheld(values: Iterable[MetricFigure]) -> bool:
    return any(each.is_suppressed for each in values)


def _two_ways(
    record: Record, rule: CheckRule, counted: Measured, value: MetricFigure
) -> Iterator[Finding]:
    """An average delay is the same by the bed days lost and by its two parts."""
    if value.is_suppressed or not is_average_delay(value):
        return
    by_days, by_parts = delay_by_days_lost(value), delay_by_parts(counted, value)
    if by_days is None or by_parts is None or by_days.agrees(by_parts):
        return
    one, other = (in_unit(shown(each.value), each.unit) for each in (by_days, by_parts))
    yield Finding(
        rule.key,
        Severity.WARNING,
        f"{named(record, value)}: by bed days lost the average delay is {one} ({by_days.how}), but "
        f"by its two parts it is {other} ({by_parts.how}). Correct the numbers that are wrong.",
        one,
        other,
        Mend.row(value.row, "numerator"),
        record.area(value.plan),
        (value.row, *by_parts.rows),
    )


def _rate(record: Record, code: str, value: MetricFigure, printed: Figure, made: Figure) -> Finding:
    is_explained = printed.agrees(made)
    worked = in_unit(shown(made.value), printed.unit if printed.unit == PERCENT else "")
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{named(record, value)}: {printed.words} is stated, but {made.how} is {worked}"
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


def _no_rate(record: Record, code: str, values: Sequence[MetricFigure], want: Want) -> Finding:
    names = few_of((f"“{named(record, each)}”" for each in values), 3)
    one = len(values) == 1
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(values), *_nouns(values))} {'was' if one else 'were'} not worked out "
        f"again, because {want.words} with {'it' if one else 'them'}: {names}. {want.remedy}",
        mend=Mend.row(values[0].row, want.field),
        rows=tuple(each.row for each in values),
    )


def _nouns(values: Sequence[MetricFigure]) -> tuple[str, str]:
    """What the figures are called: an average delay is neither a rate nor a percentage."""
    is_average = any(each.measure == Measure.AVERAGE for each in values)
    return ("figure", "figures") if is_average else ("rate or percentage", "rates and percentages")


def _suppressed(record: Record, code: str, own: Sequence[MetricFigure]) -> Iterator[Finding]:
    """A figure that is withheld is neither missing nor nought, and nothing can be told of it."""
    values = [each for each in own if each.is_suppressed]
    if not values:
        return
    one = len(values) == 1
    names = few_of((f"“{named(record, each)}”" for each in values), 3)
    yield Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(values), 'figure')} {'was' if one else 'were'} not checked, because "
        f"{'it is' if one else 'they are'} suppressed: {names}. A small number is withheld: it is "
        "neither missing nor nought.",
        mend=Mend.row(values[0].row, "is_suppressed"),
        rows=tuple(each.row for each in values),
    )
