"""Rates, and what a figure has changed by since a baseline or against a plan."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bcf.periods import Period
from metrics.choices import Better
from metrics.rules.wording import PERCENT, in_words

POINTS = "percentage points"


class Movement(StrEnum):
    """What a change is to a metric, by the direction in which it improves."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "no change"
    NEITHER = "neither better nor worse"


@dataclass(frozen=True)
class Change:
    """From one figure to another: by how much, what it is to the metric, and in per cent.

    `percent` is of the figure before, and None where that is nothing, or is in per cent itself;
    `unit` names what the amount counts, where it is not plain.
    """

    amount: Decimal
    percent: Decimal | None
    movement: Movement
    unit: str = ""

    def __str__(self) -> str:
        """`down 20 (2%), better`; `up 5 percentage points, worse`; `no change`."""
        if self.movement is Movement.UNCHANGED:
            return str(self.movement)
        way = "up" if self.amount > 0 else "down"
        share = "" if self.percent is None else f" ({in_words(abs(self.percent), unit=PERCENT)})"
        return f"{way} {in_words(abs(self.amount), unit=self.unit)}{share}, {self.movement}"


def places_of(value: Decimal | None, rounded_to: Decimal | None) -> int:
    """With how many decimals a value is printed; one where there is no value."""
    if value is None:
        return 1
    step = rounded_to or Decimal(1).scaleb(int(value.as_tuple().exponent))
    return max(0, -int(step.normalize().as_tuple().exponent))


def rate(
    numerator: Decimal | None, denominator: Decimal | None, per: int | None, places: int = 1
) -> Decimal | None:
    """The numerator per so many of the denominator, halves away from nought; None without one.

    25 delayed days among 20,000 people, per 100,000, are 125.
    """
    if numerator is None or not denominator or not per:
        return None
    return (numerator * per / denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def a_day(count: Decimal | None, period: Period, places: int = 1) -> Decimal | None:
    """A count of a period on an average day of it; None where either is not known.

    310 delayed days in a month of 31 days keep 10 beds a day: the average number of people
    delayed, which NHS England publishes as “DTOC beds” (delayed days over the days of the month).
    """
    days = period.days
    return None if days is None else rate(count, Decimal(days), 1, places)


def rate_a_day(
    count: Decimal | None,
    people: Decimal | None,
    period: Period,
    per: int | None,
    places: int = 1,
) -> Decimal | None:
    """A count of a period per day and per so many people, rounded once.

    Delayed days per day per 100,000 adults is how plans from 2017 set their delays.
    """
    days = period.days
    if days is None or people is None:
        return None
    return rate(count, people * days, per, places)


def change_percent(now: Decimal | None, before: Decimal | None, places: int = 1) -> Decimal | None:
    """What a figure changed by in per cent of the size it had; None where that was nothing."""
    if now is None or before is None:
        return None
    return rate(now - before, abs(before), 100, places)


def change(
    now: Decimal | None, before: Decimal | None, better: str, places: int = 1
) -> Change | None:
    """The change to `now` from a baseline, or from a plan; None where either is not known.

    `better` is the direction in which the metric improves (`Better`). 980 admissions after 1,000,
    where lower is better, are down 20 (2%), better.
    """
    if now is None or before is None:
        return None
    amount = now - before
    return Change(amount, change_percent(now, before, places), _movement(amount, better))


def change_in_points(now: Decimal | None, before: Decimal | None, better: str) -> Change | None:
    """The change from one percentage to another, in percentage points: 80% after 75% is up 5."""
    if now is None or before is None:
        return None
    return Change(now - before, None, _movement(now - before, better), POINTS)


def _movement(amount: Decimal, better: str) -> Movement:
    if not amount:
        return Movement.UNCHANGED
    if better == Better.NEITHER:
        return Movement.NEITHER
    return Movement.BETTER if (amount > 0) == (better == Better.HIGHER) else Movement.WORSE
