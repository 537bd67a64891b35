"""The figures of one metric as series over time: what may stand in one picture, and in one line.

Figures stand together that are of one length of time and one unit, and of one cut: of the whole,
as attributed to one body or another, or of parts such as providers.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bcf.assurance.measured.values import MetricFigure, the_only
from bcf.base.worked import Figure
from bcf.periods import CalendarYear, FinancialYear, Month, NotStated, Period, Quarter
from metrics.choices import Attribution, Measure, ValueKind

OF_THE_WHOLE = ("", Attribution.TOTAL)
KINDS = (
    ValueKind.ACTUAL,
    ValueKind.PLAN,
    ValueKind.TARGET,
    ValueKind.BASELINE,
    ValueKind.BENCHMARK,
    ValueKind.THRESHOLD,
)


class Frequency(StrEnum):
    """How often a series has a figure, longest first; figures without a time come last."""

    CALENDAR_YEAR = "calendar-year"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    NOT_STATED = "not-stated"


FREQUENCIES: dict[type[Period], Frequency] = {
    CalendarYear: Frequency.CALENDAR_YEAR,
    FinancialYear: Frequency.YEAR,
    Quarter: Frequency.QUARTER,
    Month: Frequency.MONTH,
    NotStated: Frequency.NOT_STATED,
}


class Cut(StrEnum):
    """By what figures that stand together are told apart."""

    WHOLE = "whole"
    ATTRIBUTION = "attribution"
    PROVIDER = "provider"
    PART = "part"


@dataclass(frozen=True, order=True)
class Together:
    """What figures that stand together share; of the whole, kinds stand beside each other.

    Without a unit they are of one `document`: two documents may count different things.
    """

    frequency: Frequency
    cut: Cut
    measure: str
    unit: str
    document: str = ""
    kind: str = ""
    series: str = ""


@dataclass(frozen=True)
class Series:
    """A line of figures by period under its name; None where two that differ are stated.

    None too where the figure is suppressed: those periods are told apart.
    """

    name: str
    figures: Mapping[Period, Figure | None]
    suppressed: frozenset[Period] = frozenset()

    @property
    def stated(self) -> list[Figure]:
        """The figures that are known."""
        return [figure for figure in self.figures.values() if figure is not None]


def frequency_of(period: Period) -> Frequency | None:
    """How often there is such a period; None of a range."""
    return FREQUENCIES.get(type(period))


def cut_of(figure: MetricFigure) -> Cut:
    """A benchmark's breakdown says of whom it is, England or a group of peers: it is a whole."""
    is_benchmark = figure.kind == ValueKind.BENCHMARK
    if figure.provider:
        return Cut.PROVIDER
    if figure.commissioner or (figure.breakdown and not is_benchmark):
        return Cut.PART
    return Cut.WHOLE if figure.attribution in OF_THE_WHOLE else Cut.ATTRIBUTION


def is_drawn(figure: MetricFigure) -> bool:
    """Whether a figure is a level with a number, and of no odd range of time."""
    is_level = figure.measure != Measure.CHANGE
    return is_level and figure.value is not None and frequency_of(figure.period) is not None


def has_place(figure: MetricFigure) -> bool:
    """Whether a figure is drawn, or would be were it not suppressed: it leaves a gap."""
    return is_drawn(figure) or (
        figure.is_suppressed
        and figure.measure != Measure.CHANGE
        and frequency_of(figure.period) is not None
    )


def counted_as(figure: MetricFigure) -> tuple[str, str, str]:
    """What a figure is counted in; without a unit, by its document, that may mean its own."""
    return (figure.measure, figure.unit, "" if figure.unit else figure.document)


def is_in_time(figure: MetricFigure) -> bool:
    """Whether a figure that is drawn has a place on an axis of time."""
    return is_drawn(figure) and figure.period.ends_on is not None


def pictured(
    figures: Iterable[MetricFigure], names: Mapping[str, str]
) -> list[tuple[Together, list[Series]]]:
    """The series that stand together, in the order of reading; `names` are those of bodies."""
    drawn = [figure for figure in figures if has_place(figure)]
    attributed = {
        _together(figure, Cut.ATTRIBUTION) for figure in drawn if cut_of(figure) is Cut.ATTRIBUTION
    }
    keyed = [(together, figure) for figure in drawn for together in _togethers(figure, attributed)]
    keyed.sort(key=lambda each: (_order(each[0]), KINDS.index(ValueKind(each[1].kind))))
    return [
        (together, _series([figure for _, figure in group], together, names))
        for together, group in groupby(keyed, key=lambda each: each[0])
    ]


def _togethers(figure: MetricFigure, attributed: Container[Together]) -> list[Together]:
    """Where a figure stands: a total with the whole, and again beside what is attributed."""
    own = cut_of(figure)
    found = [_together(figure, own)]
    if own is Cut.WHOLE and figure.attribution == Attribution.TOTAL:
        again = _together(figure, Cut.ATTRIBUTION)
        found += [again] if again in attributed else []
    return found


def _together(figure: MetricFigure, cut: Cut) -> Together:
    frequency = FREQUENCIES[type(figure.period)]
    shared = (frequency, cut, *counted_as(figure))
    return Together(*shared) if cut is Cut.WHOLE else Together(*shared, figure.kind, figure.series)


def _order(together: Together) -> tuple[object, ...]:
    kind = KINDS.index(ValueKind(together.kind)) if together.kind else -1
    return (
        list(Frequency).index(together.frequency),
        list(Cut).index(together.cut),
        together.unit,
        together.measure,
        together.document,
        kind,
        together.series,
    )


def _series(
    figures: Sequence[MetricFigure], together: Together, names: Mapping[str, str]
) -> list[Series]:
    several = len({figure.commissioner for figure in figures}) > 1
    lines: dict[str, dict[Period, list[MetricFigure]]] = {}
    for figure in figures:
        name = name_of(figure, together.cut, names, several)
        lines.setdefault(name, {}).setdefault(figure.period, []).append(figure)
    return [
        Series(
            name,
            {period: the_only(each.value for each in found[period]) for period in sorted(found)},
            frozenset(period for period, rows in found.items() if _are_suppressed(rows)),
        )
        for name, found in lines.items()
    ]


def _are_suppressed(figures: Iterable[MetricFigure]) -> bool:
    return all(each.is_suppressed for each in figures)


def name_of(figure: MetricFigure, cut: Cut, names: Mapping[str, str], several: bool = True) -> str:
    """How a figure is named beside others of its cut; `several` commissioners are told apart."""
    if cut is Cut.WHOLE:
        of_whom = figure.breakdown
        kind = ValueKind(figure.kind).label
        return ", ".join(filter(None, (f"{kind}: {of_whom}" if of_whom else kind, figure.series)))
    attribution = Attribution(figure.attribution).label if figure.attribution else ""
    if cut is Cut.ATTRIBUTION:
        return attribution
    provider, commissioner = names.get(figure.provider, ""), names.get(figure.commissioner, "")
    own = [provider, figure.breakdown]
    if several or not any(own):
        own.append(commissioner)
    own.append("" if figure.attribution in OF_THE_WHOLE else attribution)
    words = ", ".join(filter(None, own))
    return words[:1].upper() + words[1:]


def every_period(periods: Iterable[Period]) -> list[Period]:
    """All periods from the first to the last of one length, those without a figure too."""
    found = sorted(set(periods))
    filled = found[:1]
    while filled and filled[-1] < found[-1]:
        filled.append(_next(filled[-1]))
    return filled


def _next(period: Period) -> Period:
    if isinstance(period, FinancialYear):
        return period.next()
    if isinstance(period, CalendarYear):
        return CalendarYear(period.year + 1)
    if isinstance(period, Quarter):
        last = period.number == 4
        return Quarter(
            period.year.next() if last else period.year, 1 if last else period.number + 1
        )
    if isinstance(period, Month):
        last = period.month == 12
        return Month(period.year + last, 1 if last else period.month + 1)
    raise TypeError(f"{period!r} has no next one.")


def newest_actuals(figures: Iterable[MetricFigure]) -> list[MetricFigure]:
    """The newest actual of the whole in each unit, the newest first; of each part without one."""
    actuals = [each for each in figures if each.kind == ValueKind.ACTUAL and is_in_time(each)]
    whole = [each for each in actuals if cut_of(each) is Cut.WHOLE]
    newest: dict[tuple[object, ...], MetricFigure] = {}
    for figure in whole or actuals:
        part = (figure.attribution, figure.provider, figure.commissioner, figure.breakdown)
        key = (counted_as(figure), () if whole else part)
        if key not in newest or _ends(figure) > _ends(newest[key]):
            newest[key] = figure
    return sorted(newest.values(), key=_ends, reverse=True)


def _ends(figure: MetricFigure) -> str:
    return str(figure.period.ends_on or "")
