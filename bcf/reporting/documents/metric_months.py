"""Monthly values of a metric as a table: a row a month, and one for each year that is whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bcf.assurance.measured import (
    Measured,
    counts_by_period,
    of_year,
    people_behind,
    rate_of,
    worked_rate,
)
from bcf.base.worked import Figure
from bcf.periods import FinancialYear, Month
from bcf.reporting.documents.metric_rows import Stated, bare, notes_of
from bcf.ui.tables import Column, Row, Table, build_row, build_table, format_number
from metrics.choices import Measure, Method

WORKED_OUT = "worked out"
METHOD = "Rates worked out: the count ÷ the people of the month or of the year × the number of people the rate is per."  # noqa: E501

METHODS: dict[str, str] = {
    Method.INDIRECTLY_STANDARDISED: "Rates worked out: the cases observed ÷ those expected × the rate of the reference population.",  # noqa: E501
    Method.DIRECTLY_STANDARDISED: "Rates worked out: the rates of the age bands, each × its standard population, added ÷ the whole standard population.",  # noqa: E501
    Method.AVERAGE: "Averages worked out: the numerator ÷ the denominator.",
    Method.AVERAGE_DELAY: "Averages worked out: bed days lost ÷ discharges, else the share not discharged on the day they were ready × the average delay of those.",  # noqa: E501
}
WITHHELD = "What is suppressed is a small number withheld, not 0: the year of such a month is not worked out."  # noqa: E501


@dataclass(frozen=True)
class MonthColumn:
    """A column of figures in words, by month, and by year where the year's can be worked out."""

    head: str
    months: Mapping[Month, str]
    years: Mapping[FinancialYear, str]


def month_by_month(key: str, caption: str, measured: Measured, found: Sequence[Stated]) -> Table:
    """A column for each part and unit, and beside a rate the same worked out where it can be.

    After the months of a financial year stands what they come to: counts added, rates of the
    year's count among the year's people. Where a month is missing there is no such row.
    """
    parts = list(dict.fromkeys((each.value.part, each.value.unit) for each in found))
    units = list(dict.fromkeys(unit for _, unit in parts))
    columns: list[MonthColumn] = []
    for part, unit in parts:
        rows = [each for each in found if (each.value.part, each.value.unit) == (part, unit)]
        columns += _columns(_head(part, unit, units), measured, rows)
    has_withheld = any(each.figure.is_suppressed for each in found)
    method = METHODS.get(found[0].figure.about.method, METHOD)
    notes = [method] if any(column.head.endswith(WORKED_OUT) for column in columns) else []
    return build_table(
        key,
        caption,
        [Column("Month", is_row_header=True), *(Column(column.head) for column in columns)],
        list(_rows(columns)),
        notes=[
            *_unit_note(units),
            *notes,
            *([WITHHELD] if has_withheld else []),
            *notes_of(found),
        ],
    )


def _columns(head: str, measured: Measured, rows: Sequence[Stated]) -> Iterator[MonthColumn]:
    printed = {_month(each): bare(each.value) for each in rows}
    is_count = all(each.value.measure == Measure.COUNT for each in rows)
    yield MonthColumn(head, printed, _years_added(rows) if is_count else {})
    rates = {_month(each): worked_rate(measured, each.figure) for each in rows}
    if any(rates.values()):
        places = {_month(each): each.value.places for each in rows}
        months = {month: _words(made, places[month]) for month, made in rates.items()}
        years = _year_rates(measured, rows, max(places.values()))
        yield MonthColumn(f"{head}, {WORKED_OUT}", months, years)


def _month(each: Stated) -> Month:
    assert isinstance(each.value.period, Month)
    return each.value.period


def _years_added(rows: Sequence[Stated]) -> dict[FinancialYear, str]:
    counts = counts_by_period(each.figure for each in rows)
    sums = {year: of_year(counts, year) for year in _years(rows)}
    places = max(each.value.places for each in rows)
    return {year: _words(made, places) for year, made in sums.items() if made}


def _year_rates(
    measured: Measured, rows: Sequence[Stated], places: int
) -> dict[FinancialYear, str]:
    counts, figure = counts_by_period(each.figure for each in rows), rows[0].figure
    if figure.about.method in METHODS:
        return {}  # Neither a standardised rate nor an average is its year's count over people.
    years = {}
    for year in _years(rows):
        count = of_year(counts, year)
        people = people_behind(measured, replace(figure, period=year))
        if count and people and figure.per:
            years[year] = _words(rate_of(count, people, figure.per), places)
    return years


def _years(rows: Sequence[Stated]) -> list[FinancialYear]:
    return sorted({_month(each).quarter.year for each in rows})


def _words(made: Figure | None, places: int) -> str:
    return format_number(made.rounded(places)) if made else ""


def _rows(columns: Sequence[MonthColumn]) -> Iterator[Row]:
    months = sorted({month for column in columns for month in column.months})
    for place, month in enumerate(months):
        yield build_row([month.label, *(column.months.get(month, "") for column in columns)])
        year = month.quarter.year
        is_last = place + 1 == len(months) or months[place + 1].quarter.year != year
        if is_last and any(column.years.get(year) for column in columns):
            name = f"{year.label}, twelve months together ({WORKED_OUT})"
            cells = (column.years.get(year, "") for column in columns)
            yield build_row([name, *cells], emphasis=True)


def _head(part: str, unit: str, units: Sequence[str]) -> str:
    mark = f" ({chr(ord('a') + units.index(unit))})" if len(units) > 1 else ""
    return f"{part or 'Whole'}{mark}"


def _unit_note(units: Sequence[str]) -> list[str]:
    if len(units) == 1:
        return [f"Counted in {units[0] or 'a unit that is not stated'}."]
    marked = (f"({chr(ord('a') + place)}) {unit}" for place, unit in enumerate(units))
    return [f"Counted in {'; '.join(marked)}."]
