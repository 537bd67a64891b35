"""What a reader chose to look at, which the address carries from page to page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure
from bcf.periods import FinancialYear, Period
from metrics.choices import ValueKind

# What a figure is held against may be of another time than the figure.
OF_ANY_TIME = (ValueKind.BASELINE, ValueKind.BENCHMARK, ValueKind.THRESHOLD)


@dataclass(frozen=True)
class Option:
    """One of several things to look at, with the address that chooses it."""

    words: str
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Chosen:
    """The plan and the year that the address asks for, and a year that the plan does not have.

    `plan` is empty where none was asked for; `year` is None where all years are shown.
    """

    plan: str = ""
    year: FinancialYear | None = None
    unknown_year: str = ""

    @property
    def query(self) -> str:
        """What follows the address of another page, so that the choice goes with the reader."""
        return self.asking(self.year)

    def asking(self, year: FinancialYear | None) -> str:
        """The same with another year."""
        asked = {"plan": self.plan, "year": str(year) if year else ""}
        named = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(named)}" if named else ""


def chosen(plan: str, asked: str, years: Iterable[FinancialYear]) -> Chosen:
    """The choice of a plan's year by its name, `2015-16`; one that it lacks is told, not obeyed."""
    found = next((each for each in years if str(each) == asked), None)
    return Chosen(plan, found, asked[:20] if asked and found is None else "")


def year_options(choice: Chosen, years: Iterable[FinancialYear]) -> list[Option]:
    """All years together, and each by itself; none where there is one alone."""
    each_year = list(years)
    if len(each_year) < 2:
        return []
    return [
        Option("All years", choice.asking(None) or "?", choice.year is None),
        *(Option(year.label, choice.asking(year), choice.year == year) for year in each_year),
    ]


def of_year(record: Record, year: FinancialYear) -> Record:
    """The money, the metrics and the benefits of one year; all else as it is.

    A metric keeps the figures of periods within the year, and what these are held against.
    """
    measured = record.measured
    values = tuple(each for each in measured.values if _is_of(each, year))
    return replace(
        record,
        money=record.money.of_year(year),
        benefits=record.benefits.chosen(year=year),
        measured=replace(measured, values=values),
    )


def _is_of(each: MetricFigure, year: FinancialYear) -> bool:
    return each.kind in OF_ANY_TIME or _is_within(each.period, year)


def _is_within(period: Period, year: FinancialYear) -> bool:
    """Whether most of a period is in the year, as the last quarter of a calendar year is not."""
    starts, ends = period.starts_on, period.ends_on
    if starts is None or ends is None:
        return False
    middle = starts + (ends - starts) / 2
    return year.starts_on <= middle <= year.ends_on
