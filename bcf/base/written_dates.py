"""Periods and dates as people write them, and as spreadsheets change them on the way.

A spreadsheet that opens a CSV file turns `2014-09-18` into `18/09/2014` and `2014-09` into
`Sep-14`; the day comes first, as in Britain.
"""

import datetime
import re
from collections.abc import Callable
from typing import TypeVar

from bcf.periods import (
    NOT_STATED,
    FinancialYear,
    Month,
    NotAPeriod,
    PartialDate,
    Period,
    PeriodRange,
    Quarter,
    parse_period,
)

_NAMES = "january february march april may june july august september october november december"
MONTHS = {name[:length]: n for n, name in enumerate(_NAMES.split(), 1) for length in (3, len(name))}
MONTHS["sept"] = 9
_DASHES = str.maketrans({"\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{NON-BREAKING HYPHEN}": "-"})

_YEARS = re.compile(r"(\d{4})[-/](\d{4}|\d{2})")
_QUARTER = re.compile(r"q(?:uarter)? ?([1-4])(?: of)? (\S+)")
_FIRST_DAY = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{2})-01(?:t.*)?|0?1/(?P<m2>\d{1,2})/(?P<y2>\d{4}))"
)
_MONTH = re.compile(r"([a-z]+)\.?[ -](\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.? (\d{4})")

T = TypeVar("T")


def read_period(text: str) -> Period:
    """A period by its code or as a reader writes it: `2015/16`, `April 2015`, `Apr-15`.

    Raises `NotAPeriod` with what to write.
    """
    plain = _plain(text)
    if plain in ("", "not stated", str(NOT_STATED)):
        return NOT_STATED
    begins, _, ends = plain.partition(" to ")
    if ends:
        return PeriodRange(read_period(begins), read_period(ends))
    return _first_of((_financial_year, _quarter, _month), plain) or parse_period(text.strip())


def read_partial_date(text: str) -> PartialDate:
    """A date of which only the month or the year may be known; raises `NotAPeriod`."""
    plain = _plain(text)
    whole = _first_of((_slashed, _worded_day), plain)
    if whole:
        return whole
    month = _MONTH.fullmatch(plain)
    if month and month[1] in MONTHS:
        return PartialDate(_full_year(month[2]), MONTHS[month[1]])
    return PartialDate.parse(plain)


def read_date(text: str) -> datetime.date:
    """A whole date: `2015-04-01`, `01/04/2015` or `1 April 2015`; raises `NotAPeriod`."""
    try:
        found = read_partial_date(text)
    except NotAPeriod:
        found = None
    if found is None or found.month is None or found.day is None:
        raise NotAPeriod(f"“{text}” is not a date. Write 2014-09-18 or 18/09/2014.")
    return datetime.date(found.year, found.month, found.day)


def _plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).lower().split())


def _first_of(readers: tuple[Callable[[str], T | None], ...], plain: str) -> T | None:
    return next((found for read in readers if (found := read(plain)) is not None), None)


def _financial_year(plain: str) -> Period | None:
    match = _YEARS.fullmatch(plain)
    if match and int(match[2][-2:]) == (int(match[1]) + 1) % 100:
        return FinancialYear(int(match[1]))
    return None


def _quarter(plain: str) -> Period | None:
    match = _QUARTER.fullmatch(plain)
    year = _financial_year(match[2]) if match else None
    return Quarter(year, int(match[1])) if match and isinstance(year, FinancialYear) else None


def _month(plain: str) -> Period | None:
    """A month by its name, or by its first day, into which a spreadsheet turns it."""
    if match := _FIRST_DAY.fullmatch(plain):
        return _month_of(int(match["y"] or match["y2"]), int(match["m"] or match["m2"]))
    match = _MONTH.fullmatch(plain)
    if match and match[1] in MONTHS:
        return _month_of(_full_year(match[2]), MONTHS[match[1]])
    return None


def _month_of(year: int, month: int) -> Period | None:
    return Month(year, month) if 1 <= month <= 12 else None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _slashed(plain: str) -> PartialDate | None:
    match = _SLASHED.fullmatch(plain)
    return PartialDate(int(match[3]), int(match[2]), int(match[1])) if match else None


def _worded_day(plain: str) -> PartialDate | None:
    match = _DAY.fullmatch(plain)
    if match and match[2] in MONTHS:
        return PartialDate(int(match[3]), MONTHS[match[2]], int(match[1]))
    return None
