"""Periods of time as the health service and councils count them, as one ordered value type.

A period is written one way everywhere (rows, files, the API): `2015-16` a financial year,
`2015-16Q3` one of its quarters, `2017-04` a month, `2013` a calendar year, `2013-04/2013-07` from
one to another, and `not-stated` where a document does not say. Financial years run from 1 April
to 31 March.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import ClassVar

NOT_STATED_TOKEN = "not-stated"
LEAST_YEAR, MOST_YEAR = 1900, 2199


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or earlier where they are below nought.

    The last day of a month that is shorter: a month after 31 January is 28 February.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class NotAPeriod(ValueError):
    """A text that is written like no period."""


@total_ordering
class Period:
    """A stretch of time with a first day; periods sort by first day, the longer one first."""

    code: str
    sort_key: tuple[str, int, str]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self.sort_key < other.sort_key

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Period) and self.code == other.code)

    def __hash__(self) -> int:
        return hash(self.code)

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r})"

    @property
    def label(self) -> str:
        """The period as a British reader reads it."""
        return self.code

    @property
    def starts_on(self) -> date | None:
        """The first day; None where it is not stated."""
        return None

    @property
    def ends_on(self) -> date | None:
        """The last day; None where it is not stated."""
        return None

    @property
    def days(self) -> int | None:
        """How many days it has, the first and the last included; None where they are not stated."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return (self.ends_on - self.starts_on).days + 1


class FinancialYear(Period):
    """1 April to 31 March, written `2015-16`."""

    def __init__(self, first: int) -> None:
        # The year before the first that can be written, and the one after the last, are years too.
        if not LEAST_YEAR - 1 <= first <= MOST_YEAR + 1:
            raise NotAPeriod(f"{first} is not a year between {LEAST_YEAR} and {MOST_YEAR}.")
        self.first = first
        self.code = f"{first}-{(first + 1) % 100:02d}"
        self.sort_key = (f"{first}-04", 0, self.code)

    @classmethod
    def parse(cls, text: str) -> "FinancialYear":
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if match and int(match[2]) == (int(match[1]) + 1) % 100:
            first = int(match[1])
            if LEAST_YEAR <= first <= MOST_YEAR:
                return cls(first)
            raise NotAPeriod(f"{first} is not a year between {LEAST_YEAR} and {MOST_YEAR}.")
        raise NotAPeriod(f"“{text}” is not a financial year. Write one as 2015-16.")

    @property
    def starts_on(self) -> date:
        return date(self.first, 4, 1)

    @property
    def ends_on(self) -> date:
        return date(self.first + 1, 3, 31)

    @property
    def label(self) -> str:
        return f"{self.first}\N{EN DASH}{(self.first + 1) % 100:02d}"

    @property
    def quarters(self) -> "tuple[Quarter, ...]":
        return tuple(Quarter(self, number) for number in (1, 2, 3, 4))

    def next(self) -> "FinancialYear":
        return FinancialYear(self.first + 1)

    @classmethod
    def containing(cls, day: date) -> "FinancialYear":
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


class Quarter(Period):
    """Three months of a financial year; quarter 1 starts on 1 April. Written `2015-16Q3`."""

    def __init__(self, year: FinancialYear, number: int) -> None:
        if number not in (1, 2, 3, 4):
            raise NotAPeriod(f"There is no quarter {number}; quarters are numbered 1 to 4.")
        self.year, self.number = year, number
        self.code = f"{year.code}Q{number}"
        month = 1 if number == 4 else 1 + 3 * number
        self.sort_key = (f"{year.first + (number == 4)}-{month:02d}", 1, self.code)
        self._first = date(year.first + (number == 4), month, 1)

    @property
    def months(self) -> "tuple[Month, ...]":
        return tuple(Month(self._first.year, self._first.month + later) for later in range(3))

    @property
    def starts_on(self) -> date:
        return self._first

    @property
    def ends_on(self) -> date:
        return self.months[-1].ends_on

    @property
    def label(self) -> str:
        return f"quarter {self.number} of {self.year.label}"


class Month(Period):
    """A calendar month, written `2017-04`."""

    def __init__(self, year: int, month: int) -> None:
        date(year, month, 1)
        self.year, self.month = year, month
        self.code = f"{year}-{month:02d}"
        self.sort_key = (self.code, 2, self.code)

    @property
    def quarter(self) -> Quarter:
        """The quarter of the financial year in which the month lies."""
        return Quarter(FinancialYear.containing(self.starts_on), (self.month - 4) % 12 // 3 + 1)

    @property
    def starts_on(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def label(self) -> str:
        return f"{date(self.year, self.month, 1):%B %Y}"


class CalendarYear(Period):
    """1 January to 31 December, written `2013`."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.code = f"{year:04d}"
        self.sort_key = (f"{year:04d}-01", 0, self.code)

    @property
    def starts_on(self) -> date:
        return date(self.year, 1, 1)

    @property
    def ends_on(self) -> date:
        return date(self.year, 12, 31)


class PeriodRange(Period):
    """From one period to another, both included: `2013-04/2013-07`."""

    def __init__(self, first: Period, last: Period) -> None:
        if first.sort_key[0] > last.sort_key[0]:
            raise NotAPeriod(f"{first} starts after {last}.")
        self.first, self.last = first, last
        self.code = f"{first.code}/{last.code}"
        self.sort_key = (first.sort_key[0], 3, self.code)

    @property
    def starts_on(self) -> date | None:
        return self.first.starts_on

    @property
    def ends_on(self) -> date | None:
        return self.last.ends_on

    @property
    def label(self) -> str:
        return f"{self.first.label} to {self.last.label}"


class NotStated(Period):
    """A period that the document does not give; it sorts after every other."""

    code = NOT_STATED_TOKEN
    sort_key = ("~", 9, NOT_STATED_TOKEN)

    @property
    def label(self) -> str:
        return "not stated"


NOT_STATED = NotStated()


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read a period as it is written everywhere; raises `NotAPeriod` with what to write.

    `2012-13` is a financial year and `2017-04` a month: the second part of a financial year
    is the last two digits of the next one, and a month is never more than 12, so the two
    meet only at 2000-01 to 2011-12, which are read as financial years when they can be.
    """
    if text == NOT_STATED_TOKEN:
        return NOT_STATED
    if "/" in text:
        begins, _, ends = text.partition("/")
        return PeriodRange(parse_period(begins), parse_period(ends))
    if match := re.fullmatch(r"(\d{4}-\d{2})Q([1-4])", text):
        return Quarter(FinancialYear.parse(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        first, second = int(match[1]), int(match[2])
        if second == (first + 1) % 100:
            return FinancialYear(first)
        if 1 <= second <= 12:
            return Month(first, second)
    elif re.fullmatch(r"(19|20|21)\d{2}", text):
        return CalendarYear(int(text))
    raise NotAPeriod(
        f"“{text}” is not a period. Write 2015-16, 2015-16Q3, 2017-04, 2013, "
        "2017-04/2017-07 or not-stated."
    )


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the day and the month, may not be known.

    Written `2014-09-18`, `2014-09` or `2014`; sorts by what is known, the vaguer one last.
    """

    year: int
    month: int | None = None
    day: int | None = None

    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise NotAPeriod("A day needs its month.")
        try:
            known = (1 if part is None else part for part in (self.month, self.day))
            date(self.year, *known)
        except ValueError as error:
            raise NotAPeriod(f"There is no such date: {self}.") from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        match = cls._FORM.fullmatch(text)
        if not match:
            raise NotAPeriod(f"“{text}” is not a date. Write 2014-09-18, 2014-09 or 2014.")
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[int, int, int]:
        return (self.year, self.month or 13, self.day or 32)

    @property
    def first_day(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """`18 September 2014`, `September 2014` or `2014`."""
        if self.month is None:
            return f"{self.year}"
        month = f"{date(self.year, self.month, 1):%B %Y}"
        return month if self.day is None else f"{self.day} {month}"
