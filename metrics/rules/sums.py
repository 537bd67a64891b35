"""Counts of months added into quarters and years; what is not known is never taken for nothing.

Only counts add, such as admissions and delayed days. A year's rate is its count over its people,
not its months' rates added: those carry twelve roundings.
"""

from collections.abc import Iterable, Mapping

from bcf.base.worked import Figure, added
from bcf.periods import FinancialYear, Month, Quarter


def whole_sum(counts: Iterable[Figure | None]) -> Figure | None:
    """The counts added; None where there is none, or one is not known."""
    known = list(counts)
    stated = [count for count in known if count is not None]
    return added(stated) if len(stated) == len(known) else None


def by_quarter(months: Mapping[Month, Figure | None]) -> dict[Quarter, Figure | None]:
    """Each quarter that has a month given, as its three months; None where one is missing."""
    quarters = sorted({month.quarter for month in months})
    return {each: whole_sum(months.get(month) for month in each.months) for each in quarters}


def by_year(quarters: Mapping[Quarter, Figure | None]) -> dict[FinancialYear, Figure | None]:
    """Each financial year that has a quarter given, as its four; None where one is missing."""
    years = sorted({quarter.year for quarter in quarters})
    return {each: whole_sum(quarters.get(quarter) for quarter in each.quarters) for each in years}
