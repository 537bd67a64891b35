"""From when to when an agreement runs, as far as its dates tell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from bcf.periods import PartialDate, Period, months_after


class Dated(Protocol):
    """An agreement as these rules read it; `parent` is the ref of the one above it."""

    @property
    def parent(self) -> str: ...

    @property
    def starts(self) -> PartialDate | None: ...

    @property
    def ends(self) -> PartialDate | None: ...

    @property
    def is_open_ended(self) -> bool: ...

    @property
    def notice_months(self) -> int | None: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Term:
    """Start and end, as far as they are known; `is_open_ended` where there is said to be no end.

    `notice_months` is how many months before that end notice is to be given.
    """

    starts: PartialDate | None
    ends: PartialDate | None
    is_open_ended: bool
    notice_months: int | None = None

    @property
    def notice_by(self) -> date | None:
        """The last day on which notice may be given; None where it cannot be told.

        Six months before 31 March 2021 are 30 September 2020. Of an end without its month it is
        not told, since it could come out eleven months too late.
        """
        months, ends = self.notice_months, self.ends
        if not months or ends is None or ends.month is None or months >= 12 * (ends.year - 1):
            return None
        return months_after(ends.last_day, -months)

    @property
    def is_end_known(self) -> bool:
        return self.is_open_ended or self.ends is not None

    def runs_in(self, year: Period) -> bool | None:
        """Whether it runs on some day of a year; None where its dates do not tell.

        One that has started, and of which no end is known, runs.
        """
        first, last = year.starts_on, year.ends_on
        if first is None or last is None:
            return None
        if self.starts and self.starts.first_day > last:
            return False
        if self.ends and self.ends.last_day < first:
            return False
        has_started = self.starts is not None and self.starts.last_day <= last
        is_not_over = self.ends is None or self.ends.first_day >= first
        return True if has_started and is_not_over else None


def term_of(agreement: D, others: Mapping[str, D]) -> Term:
    """Its own dates; a schedule takes from the agreement above it those that it does not state.

    With the end it takes the notice to be given, where it states none of its own.
    """
    own = Term(agreement.starts, agreement.ends, agreement.is_open_ended, agreement.notice_months)
    above = others.get(agreement.parent)
    if above is None or (own.starts and own.is_end_known):
        return own
    higher = term_of(above, {ref: each for ref, each in others.items() if each is not agreement})
    if own.is_end_known:
        return replace(own, starts=own.starts or higher.starts)
    notice = higher.notice_months if own.notice_months is None else own.notice_months
    return replace(higher, starts=own.starts or higher.starts, notice_months=notice)


def when(day: PartialDate) -> str:
    """`on 17 April 2018`, `in April 2018`, `in 2018`."""
    return f"{'in' if day.day is None else 'on'} {day.label}"
