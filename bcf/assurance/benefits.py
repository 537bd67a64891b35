"""What a plan's benefits are expected to save, in pounds."""

from collections.abc import Iterable
from decimal import Decimal

from bcf.periods import Period
from schemes.models import Benefit
from schemes.rules import total_saving


def savings_by_year(benefits: Iterable[Benefit]) -> dict[Period, Decimal | None]:
    """The savings of each year that occurs, in order; None where none is known."""
    years: dict[Period, list[Benefit]] = {}
    for benefit in benefits:
        years.setdefault(benefit.financial_year, []).append(benefit)
    return {year: saving_of_all(years[year]) for year in sorted(years)}


def saving_of_all(benefits: Iterable[Benefit]) -> Decimal | None:
    """The savings of these benefits together, as stated or worked out; None without any."""
    return total_saving(benefit.expected_saving for benefit in benefits)
