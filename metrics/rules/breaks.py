"""Years from which a metric is defined anew, so that figures before and after are of two kinds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bcf.periods import FinancialYear, Period
from plans.cycle_definitions import CycleDefinition


@dataclass(frozen=True)
class Break:
    """The first year of the new definition, and in one sentence what changed."""

    year: FinancialYear
    change: str
    verified: bool

    def is_before(self, period: Period) -> bool:
        """Whether a period lies after it; one whose time is not stated does not."""
        return period.starts_on is not None and period.starts_on >= self.year.starts_on


def breaks_of(cycles: Iterable[CycleDefinition], metric: str) -> tuple[Break, ...]:
    """Every break of a metric, by its key, as the cycles say; these come oldest first."""
    return tuple(
        Break(FinancialYear.parse(cycle.years[0]), entry.change, entry.verified)
        for cycle in cycles
        for entry in cycle.metrics
        if entry.key == metric and entry.change
    )


def between(breaks: Iterable[Break], one: Period, other: Period) -> tuple[Break, ...]:
    """The breaks between two periods, in whichever order; none where a time is not stated."""
    if one.starts_on is None or other.starts_on is None:
        return ()
    return tuple(each for each in breaks if each.is_before(one) != each.is_before(other))


def first_after(breaks: Iterable[Break], periods: Sequence[Period]) -> tuple[int, ...]:
    """The positions, from 0, of those periods before which a break lies; periods are in order."""
    found = {
        next((at for at, period in enumerate(periods) if each.is_before(period)), 0)
        for each in breaks
    }
    return tuple(sorted(found - {0}))
