"""Of whom a rate is: the population of the right people, at the right time."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bcf.periods import Period


@dataclass(frozen=True)
class People:
    """A number of people of an age band in a period, and how they were counted.

    `part` says which part of the area, segment or level of risk it is; empty for all of it.
    """

    count: Decimal
    age_band: str
    period: Period
    basis: str = ""
    part: str = ""


def people_for(populations: Iterable[People], age_band: str, period: Period) -> People | None:
    """The population that a rate of this age band and period is of; None where none is known.

    That of the period itself, else that of the shortest period in which it lies, as a year's for
    a month. Another age band, a part of the area or another year never stands in, and neither is
    chosen where two different counts fit alike: a rate of the wrong people is worse than none.
    """
    whole = [each for each in populations if not each.part and _same(each.age_band, age_band)]
    fitting = [each for each in whole if each.period == period]
    if not fitting:
        around = [each for each in whole if lies_in(period, each.period)]
        shortest = min((each.period.days or 0 for each in around), default=0)
        fitting = [each for each in around if each.period.days == shortest]
    return fitting[0] if len({each.count for each in fitting}) == 1 else None


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def lies_in(period: Period, longer: Period) -> bool:
    """Whether all days of a period are days of the other; where one is not stated it does not."""
    if period.starts_on is None or period.ends_on is None:
        return False
    if longer.starts_on is None or longer.ends_on is None:
        return False
    return longer.starts_on <= period.starts_on and period.ends_on <= longer.ends_on
