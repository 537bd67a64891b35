"""Figures worked out of what is measured: each says how it was made, and of which rows.

None is what nobody stated; it is never taken for nought. All is exact and rounded where shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from bcf.assurance.measured.values import Measured, MetricFigure, the_only
from bcf.base.worked import PERCENT, Figure, added, divided, less, stated, times
from bcf.money import MINUS
from bcf.periods import FinancialYear, Month, Period, Quarter
from metrics.choices import Attribution, DelayPart, Measure, Method, ValueKind
from metrics.models.population import PEOPLE
from metrics.rules import (
    AgeBand,
    average_delay,
    average_of_days_lost,
    by_quarter,
    by_year,
    directly_standardised,
    indirectly_standardised,
    is_rate_by,
    lies_in,
    people_for,
    whole_sum,
)

ATTRIBUTED = (Attribution.NHS, Attribution.SOCIAL_CARE, Attribution.BOTH)
WHOLE = stated(100, unit=PERCENT)
# How each part of an average delay is measured.
PART_MEASURES: dict[str, str] = {
    DelayPart.ON_THE_DAY: Measure.PERCENT,
    DelayPart.DELAYED: Measure.AVERAGE,
}
HUNDREDTH = stated(Decimal("0.01"))


def over_attributions(values: Sequence[MetricFigure]) -> Figure | None:
    """What is attributed to the NHS, to social care and to both, added; None without all three."""
    return whole_sum(
        the_only(each.count for each in values if each.attribution == body) for body in ATTRIBUTED
    )


def over_providers(values: Sequence[MetricFigure]) -> Figure | None:
    """The counts of all providers added, each once; those of no one provider are left out."""
    return _over(values, lambda each: each.provider)


def over_boards(values: Sequence[MetricFigure]) -> Figure | None:
    """The counts of all boards added, each once; those of a joint area are left out."""
    return _over(values, lambda each: each.board)


def _over(values: Sequence[MetricFigure], key: Callable[[MetricFigure], str]) -> Figure | None:
    keys = dict.fromkeys(key(each) for each in values if key(each))
    return whole_sum(the_only(each.count for each in values if key(each) == one) for one in keys)


def counts_by_period(values: Iterable[MetricFigure]) -> dict[Period, Figure | None]:
    """A series: the count of each period that occurs, None where two differ."""
    periods: dict[Period, list[Figure | None]] = {}
    for each in values:
        periods.setdefault(each.period, []).append(each.count)
    return {period: the_only(periods[period]) for period in sorted(periods)}


def of_quarter(counts: Mapping[Period, Figure | None], quarter: Quarter) -> Figure | None:
    """The three months of a quarter added; None where one is not stated."""
    return by_quarter(_months(counts)).get(quarter)


def of_year(counts: Mapping[Period, Figure | None], year: FinancialYear) -> Figure | None:
    """The twelve months of a year added, else its four quarters; None where one is missing."""
    months = [month for quarter in year.quarters for month in quarter.months]
    of_months = whole_sum(counts.get(month) for month in months)
    return of_months or by_year(_quarters(counts)).get(year)


def _months(counts: Mapping[Period, Figure | None]) -> dict[Month, Figure | None]:
    return {period: count for period, count in counts.items() if isinstance(period, Month)}


def _quarters(counts: Mapping[Period, Figure | None]) -> dict[Quarter, Figure | None]:
    return {period: count for period, count in counts.items() if isinstance(period, Quarter)}


def people_behind(measured: Measured, value: MetricFigure) -> Figure | None:
    """The population that a figure's rate is of: its board's, by the age band and the period.

    The plan's own count goes before one known of the board apart from it. None where none fits.
    """
    for plan in dict.fromkeys((value.plan, "")):
        found = [
            (each.people, each.count)
            for each in measured.populations
            if (each.plan, each.board) == (plan, value.board)
        ]
        fitting = people_for(
            (people for people, _ in found if people), value.about.age_band, value.period
        )
        if fitting:
            return next(count for people, count in found if people == fitting)
    return None


def rate_of(count: Figure, people: Figure, per: int) -> Figure | None:
    """A count per so many people: 20 admissions among 10,000 people are 200 per 100,000."""
    return divided(count, people, per=per)


def _count_and_people(
    measured: Measured, value: MetricFigure
) -> tuple[Figure | None, Figure | None]:
    """What stands over and under the line, else the same figure as a count, and the people."""
    count = value.numerator or the_only(each.count for each in _same_as_count(measured, value))
    return count, value.denominator or people_behind(measured, value)


def _same_as_count(measured: Measured, value: MetricFigure) -> list[MetricFigure]:
    return [each for each in measured.alike.get(value.part, ()) if each.value]


def worked_rate(measured: Measured, value: MetricFigure) -> Figure | None:
    """What a printed rate or average comes to by the method of its metric.

    None where what it is made of is not known, and of a figure that is suppressed: nothing is
    worked out of which the small number could be known.
    """
    if value.is_suppressed:
        return None
    if value.standard_rate or _is(Method.INDIRECTLY_STANDARDISED, value):
        return _indirectly(measured, value)
    if is_made_of_bands(value):
        bands = age_bands(measured, value)
        return directly_standardised(bands, value.per) if bands and value.per else None
    if is_average_delay(value):
        return delay_by_days_lost(value) or delay_by_parts(measured, value)
    if value.per is None:
        return _own_average(value)
    count, people = _count_and_people(measured, value)
    return rate_of(count, people, value.per) if count and people else None


def _own_average(value: MetricFigure) -> Figure | None:
    """An average by its own numbers alone: the people of the area are not what it is of."""
    if value.measure != Measure.AVERAGE or not (value.numerator and value.denominator):
        return None
    return divided(value.numerator, value.denominator, value.unit)


def _is(method: Method, value: MetricFigure) -> bool:
    return is_rate_by(method, value.about.method, value.measure)


def _indirectly(measured: Measured, value: MetricFigure) -> Figure | None:
    """Observed over expected, times the reference rate; the people of the area do not come in."""
    observed, _ = _count_and_people(measured, value)
    if not (observed and value.denominator and value.standard_rate):
        return None
    return indirectly_standardised(observed, value.denominator, value.standard_rate)


def is_made_of_bands(value: MetricFigure) -> bool:
    """Whether a figure is a directly standardised rate, and no age band of one."""
    return _is(Method.DIRECTLY_STANDARDISED, value) and value.standard_population is None


def age_bands(measured: Measured, value: MetricFigure) -> list[AgeBand] | None:
    """The age bands of a directly standardised rate; None where something of one is not known.

    They are the rows with a standard population that say the same but for their breakdown.
    """
    bands = [
        _age_band(measured, each)
        for each in measured.kin.get(value.part_without_breakdown, ())
        if each.standard_population
    ]
    known = [band for band in bands if band]
    return known if bands and len(known) == len(bands) else None


def _age_band(measured: Measured, band: MetricFigure) -> AgeBand | None:
    count, _ = _count_and_people(measured, band)
    if not (count and band.denominator and band.standard_population):
        return None
    return AgeBand(count, band.denominator, band.standard_population)


def is_average_delay(value: MetricFigure) -> bool:
    """Whether a figure is the average delay of all discharges."""
    is_average = (value.about.method, value.measure) == (Method.AVERAGE_DELAY, Measure.AVERAGE)
    return is_average and not value.breakdown


def delay_by_days_lost(value: MetricFigure) -> Figure | None:
    """The average delay as bed days lost over discharges; None where these are not stated."""
    if not (value.numerator and value.denominator):
        return None
    return average_of_days_lost(value.numerator, value.denominator)


def delay_by_parts(measured: Measured, value: MetricFigure) -> Figure | None:
    """The average delay by how many left on the day and how late the others did."""
    found = {
        each.breakdown.strip().casefold(): each.value
        for each in measured.kin.get(value.part_without_breakdown, ())
        if each.measure == PART_MEASURES.get(each.breakdown.strip().casefold())
    }
    on_the_day, days = found.get(DelayPart.ON_THE_DAY), found.get(DelayPart.DELAYED)
    return average_delay(on_the_day, days) if on_the_day and days else None


def implied_people(count: Figure, rate: Figure, per: int) -> Figure | None:
    """Of how many people a printed rate must be: 20 at 200 per 100,000 are of 10,000."""
    return divided(count, rate, PEOPLE, per)


def threshold_for(measured: Measured, value: MetricFigure) -> Figure | None:
    """The threshold under which a figure is held: of its part of the metric, for its period."""
    return the_only(
        each.value
        for each in measured.values
        if each.kind == ValueKind.THRESHOLD
        and (each.metric, each.plan, each.board) == (value.metric, value.plan, value.board)
        and (each.breakdown, each.unit) == (value.breakdown, value.unit)
        and (each.period == value.period or lies_in(value.period, each.period))
    )


def is_below(figure: Figure, threshold: Figure) -> bool:
    """Whether a figure lies below a threshold; one on it does not."""
    return figure.value < threshold.value


def mean(figures: Sequence[Figure]) -> Figure | None:
    """The figures added and divided by how many there are; None where there is none."""
    return equal_part(added(figures), len(figures))


def equal_part(whole: Figure | None, parts: int) -> Figure | None:
    """One of so many equal parts of a figure."""
    return divided(whole, stated(parts), whole.unit) if whole else None


def weighted_average(weighted: Sequence[tuple[Figure, Figure]]) -> Figure | None:
    """The average of figures, each with its weight: that of 2 weighing 3 and 6 weighing 1 is 3."""
    top = added(times(figure, weight, figure.unit or PEOPLE) for figure, weight in weighted)
    weights = added(weight for _, weight in weighted)
    return divided(top, weights) if top and weights else None


def rest_of_all(percent: Figure) -> Figure:
    """What is left of a hundred per cent."""
    return less(WHOLE, percent)


def share_of_share(part: Figure, whole: Figure) -> Figure:
    """A percentage of a percentage: half of 30% is 15%."""
    return times(times(part, whole), HUNDREDTH, PERCENT).called(f"{part.words} × {whole.words}")


def reduction_by_ratio(relative: Figure) -> Figure:
    """The reduction in per cent that a relative risk stands for: 0.75 is 25% less."""
    figure = times(less(stated(1), relative), stated(100), PERCENT)
    return figure.called(f"1 {MINUS} {relative.words}")
