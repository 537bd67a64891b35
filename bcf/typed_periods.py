"""Periods and dates as people type them, and as a box shows them so that they can be typed over.

A form takes `2015/16`, `Q3 2015-16`, `Apr 2017`, `31/3/2026` and the like; what is stored is the
one way of writing of `bcf.periods`. Days come before months.
"""

import re
from datetime import date

from bcf.periods import (
    NOT_STATED,
    FinancialYear,
    Month,
    NotAPeriod,
    NotStated,
    PartialDate,
    Period,
    PeriodRange,
    Quarter,
    parse_period,
)

DATE_FORMS = "31/3/2026 or 31 March 2026"
PARTIAL_DATE_FORMS = "31/3/2026, March 2026 or 2026"
PERIOD_FORMS = (
    "a financial year (2015-16), a quarter (Q3 2015-16), a month (April 2015), a calendar year "
    "(2015), a span (April 2015 to July 2015) or “not stated”"
)

_MONTHS = [f"{date(2000, number, 1):%B}".casefold() for number in range(1, 13)]
_NUMBERS = re.compile(r"(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})")
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -])?(?P<month>[a-z]{3,9})\.?,?[ -](?P<year>\d{4}|\d{2})"
)
_QUARTER = re.compile(r"\bq(?:uarter|tr)? ?(?P<number>[1-4])(?:\b|(?=\d{4}))|(?P<after>q[1-4])$")
_YEARS = re.compile(r"(?:fy ?)?(?P<first>\d{4}|\d{2}) ?[-/] ?(?P<second>\d{4}|\d{2})")


class NotADate(ValueError):
    """A text that is no date, with what to type in its place."""


def read_date(text: str) -> date:
    """Read a day: `31/3/2026`, `31 March 2026` or `2026-03-31`; raises `NotADate`."""
    try:
        read = _partial(text)
    except NotAPeriod:
        read = None
    if read is None or read.month is None or read.day is None:
        raise NotADate(f"“{text.strip()}” is not a date. Type it as {DATE_FORMS}.")
    return date(read.year, read.month, read.day)


def read_partial_date(text: str) -> PartialDate:
    """Read a day, a month or a year, whichever is known; raises `NotADate`."""
    try:
        return _partial(text)
    except NotAPeriod as error:
        raise NotADate(
            f"“{text.strip()}” is not a date. Type it as {PARTIAL_DATE_FORMS}."
        ) from error


def read_period(text: str) -> Period:
    """Read a period of any kind; nothing typed is not stated. Raises `NotAPeriod`."""
    plain = _plain(text)
    try:
        return _period(plain)
    except NotAPeriod as error:
        raise NotAPeriod(f"“{text.strip()}” is not a period. Type {PERIOD_FORMS}.") from error


def read_financial_year(text: str) -> FinancialYear | NotStated:
    """Read `2015-16`, `2015/16` or `2015-2016`; raises `NotAPeriod`."""
    try:
        period = _period(_plain(text))
    except NotAPeriod:
        period = None
    if isinstance(period, (FinancialYear, NotStated)):
        return period
    raise NotAPeriod(
        f"“{text.strip()}” is not a financial year. Type one as 2015-16, or “not stated”."
    )


def as_typed(period: Period) -> str:
    """The period as a box shows it: `Q3 2015-16`, `April 2017`, `not stated`."""
    if isinstance(period, Quarter):
        return f"Q{period.number} {period.year}"
    if isinstance(period, PeriodRange):
        return f"{as_typed(period.first)} to {as_typed(period.last)}"
    return period.label if isinstance(period, (Month, NotStated)) else period.code


def date_as_typed(day: date) -> str:
    """`31 March 2026`."""
    return f"{day.day} {day:%B %Y}"


def _plain(text: str) -> str:
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return re.sub(r"\s+", " ", text).strip().casefold()


def _partial(text: str) -> PartialDate:
    plain = _plain(text)
    for form in (_NUMBERS, _WORDS):
        match = form.fullmatch(plain)
        if match and not re.fullmatch(r"\d{1,2}-\d{4}|\d{1,2}[.-]\d{2}", plain):
            day = int(match["day"]) if match["day"] else None
            return PartialDate(_year(match["year"]), _month(match["month"]), day)
    return PartialDate.parse(plain)


def _year(text: str) -> int:
    """Two digits are a year of this century: there is no Better Care Fund before it."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    for number, name in enumerate(_MONTHS, start=1):
        if name.startswith(text) or (text == "sept" and name == "september"):
            return number
    raise NotAPeriod(f"“{text}” is no month.")


def _period(plain: str) -> Period:
    if plain in ("", "not stated"):
        return NOT_STATED
    # Before all else: `2015/2016` is a financial year here, not a span of two years.
    for reader in (_financial_year, _as_written):
        try:
            return reader(plain)
        except NotAPeriod:
            continue
    begins, to, ends = plain.partition(" to ") if " to " in plain else plain.partition(" - ")
    if to:
        return _range(begins, ends)
    if match := _QUARTER.search(plain):
        rest = (plain[: match.start()] + plain[match.end() :]).replace(" of ", " ")
        number = match["number"] or match["after"][1]
        return Quarter(_financial_year(rest.strip(" ,")), int(number))
    if match := _WORDS.fullmatch(plain):
        return _whole_month(match)
    if match := re.fullmatch(r"(?P<month>\d{1,2})/(?P<year>\d{4})", plain):
        return _whole_month(match)
    raise NotAPeriod(f"“{plain}” is no period.")


def _as_written(plain: str) -> Period:
    """The one way of writing of `bcf.periods`, in small letters or capitals."""
    if re.fullmatch(r"\d{4}/\d{2}", plain):
        plain = plain.replace("/", "-")
    return parse_period(plain.upper() if "q" in plain else plain)


def _range(begins: str, ends: str) -> PeriodRange:
    last = _period(ends)
    if begins.isalpha() and isinstance(last, Month):
        begins = f"{begins} {last.year}"
    return PeriodRange(_period(begins), last)


def _whole_month(match: re.Match[str]) -> Month:
    if match.groupdict().get("day"):
        raise NotAPeriod("A day is no period.")
    try:
        return Month(_year(match["year"]), _month(match["month"]))
    except ValueError as error:
        raise NotAPeriod(str(error)) from error


def _financial_year(plain: str) -> FinancialYear:
    match = _YEARS.fullmatch(plain)
    if match and (int(_year(match["first"])) + 1) % 100 == int(match["second"]) % 100:
        second = match["second"]
        if len(second) == 2 or int(second) == _year(match["first"]) + 1:
            return FinancialYear(_year(match["first"]))
    raise NotAPeriod(f"“{plain}” is no financial year.")
