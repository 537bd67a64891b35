"""What a metric's page says in sentences: the newest actual, and how the figures vary."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from bcf.assurance.measured import Comparison, Measured, MetricFigure, comparisons, year_before
from bcf.assurance.measured.control import (
    PLACES,
    TRIAL,
    Controlled,
    actuals_of,
    chosen,
    controlled,
)
from bcf.assurance.measured.series import (
    Cut,
    Frequency,
    counted_as,
    cut_of,
    name_of,
    newest_actuals,
)
from bcf.base.worked import Figure, rounded
from bcf.periods import Period
from metrics.choices import Better, ValueKind
from metrics.rules import PERCENT, Assurance, Cause, Variation, between, in_words
from metrics.rules.process_control import FEWEST

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)


class Often(NamedTuple):
    """A length of period in words: as a heading, and in the midst of a sentence."""

    heading: str
    each: str
    plural: str


FREQUENCIES = {
    Frequency.CALENDAR_YEAR: Often("By calendar year", "calendar year", "calendar years"),
    Frequency.YEAR: Often("By financial year", "financial year", "financial years"),
    Frequency.QUARTER: Often("By quarter", "quarter", "quarters"),
    Frequency.MONTH: Often("By month", "month", "months"),
    Frequency.NOT_STATED: Often("Time not stated", "figure without a time", "times"),
}
CUTS = {
    Cut.WHOLE: "",
    Cut.ATTRIBUTION: "by the body that it is attributed to",
    Cut.PROVIDER: "by provider",
    Cut.PART: "by part",
}
DIRECTIONS = {
    Better.HIGHER: "Higher is better.",
    Better.LOWER: "Lower is better.",
    Better.NEITHER: "Neither higher nor lower is better.",
}
VARIATIONS = {
    Variation.COMMON_CAUSE: "varies as the figures usually do: nothing says that anything changed",
    Variation.IMPROVEMENT: "stands out for the better: more than the usual ups and downs",
    Variation.CONCERN: "stands out for the worse: more than the usual ups and downs",
    Variation.NEITHER: "stands out: more than the usual ups and downs",
}
CAUSES = {
    Cause.OUTSIDE: "it lies outside the limits",
    Cause.ONE_SIDE: "seven or more figures in a row lie on one side of the mean",
    Cause.TREND: "seven or more figures in a row rise, or fall",
    Cause.TWO_OF_THREE: "two of three figures in a row lie near a limit",
}
ASSURANCES = {
    Assurance.MET: "can be expected to be met each {each}, as the figures vary now",
    Assurance.MISSED: "cannot be expected to be met in any {each}, as the figures vary now",
    Assurance.HIT_AND_MISS: "will be met in one {each} and missed in another by chance, "
    "as the figures vary now",
}


def unit_words(unit: str) -> str:
    """A unit as a reader reads it; a document may print none."""
    bare = unit[1:-1] if unit.startswith("(") and unit.endswith(")") else unit
    return {PERCENT: "per cent", "": "unit not stated"}.get(bare, bare)


def figure_words(figure: Figure, unit: str) -> str:
    """A figure without its unit, which stands beside the axis; a sign of per cent stays."""
    return _sized(figure.rounded(PLACES), unit)


def with_unit(figure: MetricFigure) -> str:
    """A figure with its unit: `23,412 admissions`, `78%`, `0.45 (unit not stated)`."""
    if figure.value is None:
        return ""
    unit = figure.unit or "(unit not stated)"
    return in_words(figure.value.rounded(PLACES), unit=unit)


def _sized(value: Decimal, unit: str) -> str:
    return in_words(value, unit=PERCENT if unit.startswith(PERCENT) else "")


def lowest_possible() -> Decimal:
    """Below which no level of a metric can be."""
    return Decimal(0)


def rounded_limit(name: str, value: Fraction, unit: str) -> tuple[str, Decimal]:
    """A level of a process-control chart with its words, to a tenth: `Mean: 120.5`."""
    shown = rounded(value, 1)
    return f"{name}: {_sized(shown, unit)}", shown


def newest_in_words(figures: Sequence[MetricFigure], names: Mapping[str, str]) -> list[str]:
    """What the newest actual is against its plan and on a year before, one by unit.

    Where none is of the whole it is said of each part; `names` are those of bodies.
    """
    newest = newest_actuals(figures)
    told = [
        " ".join(_of_newest(figure, _name(figure, names), _compared(figures, figure)))
        for figure in newest
    ]
    return [*told, *_suppressed(figures, newest, names)]


def _suppressed(
    figures: Iterable[MetricFigure], newest: Iterable[MetricFigure], names: Mapping[str, str]
) -> Iterator[str]:
    """The actuals of after the newest that is known, each of which is withheld."""
    last = max((str(each.period.ends_on) for each in newest), default="")
    for each in figures:
        is_actual = each.is_suppressed and each.kind == ValueKind.ACTUAL
        if is_actual and each.period.ends_on and str(each.period.ends_on) > last:
            yield f"{_name(each, names)}: suppressed. A small number is withheld; it is not 0."


def _compared(figures: Sequence[MetricFigure], figure: MetricFigure) -> list[Comparison]:
    """What it is held against: without a unit, figures of the same document alone."""
    alike = tuple(each for each in figures if counted_as(each) == counted_as(figure))
    return list(comparisons(Measured(values=alike), figure))


def _name(figure: MetricFigure, names: Mapping[str, str]) -> str:
    """The time of a figure, after its part where it is not of the whole."""
    cut, label = cut_of(figure), figure.period.label
    if cut is not Cut.WHOLE:
        return f"{name_of(figure, cut, names)}, {label}"
    return label[:1].upper() + label[1:]


def _of_newest(figure: MetricFigure, name: str, found: Sequence[Comparison]) -> Iterator[str]:
    yield f"{name}: {with_unit(figure)}."
    plans = [each for each in found if each.against.kind in PLANNED]
    others = [each for each in found if each not in plans]
    for each in plans:
        kind = ValueKind(each.against.kind).label.lower()
        yield f"Against the {kind} of {with_unit(each.against)} for the same time: {each.change}."
    if not plans:
        yield "No plan or target for the same time is stated in this unit."
    for each in others:
        yield f"{_origin(each)}: {each.change}."
    if not others:
        before = year_before(figure.period)
        yield _nothing_before(figure, before) if before else ""


def _nothing_before(figure: MetricFigure, before: Period) -> str:
    """Why it is not held against the year before."""
    if between(figure.about.breaks, figure.period, before):
        return f"It is not compared with {before.label}, for it is defined anew since."
    return f"No figure of {before.label} is stated in this unit."


def _origin(found: Comparison) -> str:
    against = found.against
    when = against.period.label
    if against.kind == ValueKind.BASELINE:
        dated = when if against.period.starts_on else "time not stated"
        return f"Against the baseline of {with_unit(against)} ({dated})"
    return f"Against the year before, {with_unit(against)} in {when}"


def control_in_words(figures: Sequence[MetricFigure]) -> list[str]:
    """How the figures vary, in sentences; with too few of them, how many there are."""
    held = controlled(figures)
    return list(_controlled(held)) if held else [_too_few(figures)]


def _too_few(figures: Sequence[MetricFigure]) -> str:
    """Why no limits are drawn."""
    most = chosen(actuals_of(figures))
    needed = (
        "To tell a real change from the usual ups and downs takes at least "
        f"{TRIAL} actuals of one kind, and {FEWEST} to be sure."
    )
    if most is None:
        return f"{needed} No actual of the whole is stated yet."
    count = len(most.figures)
    often = FREQUENCIES[most.frequency]
    many = f"{count} {often.each if count == 1 else often.plural}"
    return f"{needed} The longest series so far has {many}."


def _controlled(held: Controlled) -> Iterator[str]:
    unit, often = held.last.unit, FREQUENCIES[held.actuals.frequency]
    label = held.last.period.label
    count = len(held.points)
    says = VARIATIONS[held.variation]
    yield f"The figure of {label}, {with_unit(held.last)}, {says}.{_why(held)}"
    yield _usual(held, often, unit)
    if held.limits.are_trial:
        yield (
            f"There are only {count} {often.plural} and sound limits need {FEWEST}: "
            "these are trial limits, to be read as a first guide."
        )
    if held.target is None:
        yield f"No target is stated for {label} in this unit, so nothing is said of meeting one."
    elif held.assurance:
        kind = ValueKind(held.target.kind).label.lower()
        says = ASSURANCES[held.assurance].format(each=often.each)
        yield f"The {kind} of {with_unit(held.target)} {says}."


def _why(held: Controlled) -> str:
    causes = [words for cause, words in CAUSES.items() if cause in held.points[-1].causes]
    return f" Why: {'; '.join(causes)}." if causes else ""


def _usual(held: Controlled, often: Often, unit: str) -> str:
    low, high = held.limits.lower, held.limits.upper
    top = _sized(rounded(high, 1), unit)
    bottom = _sized(rounded(max(low, Fraction(0)), 1), unit)
    mean = _sized(rounded(held.limits.mean, 1), unit)
    of = "" if unit.startswith(PERCENT) else f" ({unit_words(unit)})"
    return (
        f"A usual {often.each} lies between {bottom} and {top}, about a mean of {mean}{of}. "
        "Figures outside, or in long runs to one side, stand out."
    )
