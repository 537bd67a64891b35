"""An axis of days: round dates, as many as have room, and where a day stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Months from one tick to the next. From a quarter on they keep step with April, as financial years.
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_YEAR, _APRIL = 12, 3


@dataclass(frozen=True)
class CalendarAxis:
    """From the first of a month to the first of another; ticks are firsts of months between."""

    first: date
    last: date
    ticks: tuple[date, ...]

    def holds(self, day: date) -> bool:
        """Whether a day lies on the axis."""
        return self.first <= day <= self.last

    def share(self, day: date) -> float:
        """How far along the axis a day stands: 0 at its start, 1 at its end."""
        return (day - self.first).days / (self.last - self.first).days


def calendar_axis_for(days: Sequence[date], most: float) -> CalendarAxis:
    """An axis around days (one or more), of at most so many steps (two or more)."""
    first, last = _month_of(min(days)), _month_of(max(days)) + 1
    step = next((step for step in _STEPS if last - first <= most * step), _STEPS[-1])
    aligned = 0 if step == 1 else _APRIL
    ticks = range(first + (aligned - first) % step, last + 1, step)
    return CalendarAxis(_first_of(first), _first_of(last), tuple(map(_first_of, ticks)))


def _month_of(day: date) -> int:
    """The month of a day, counted from the year nought."""
    return day.year * _YEAR + day.month - 1


def _first_of(month: int) -> date:
    """The first day of a month that is counted from the year nought."""
    return date(month // _YEAR, month % _YEAR + 1, 1)
