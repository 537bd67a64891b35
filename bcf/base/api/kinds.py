"""Kinds of value in the API: how each is written, described, and read from a filter.

A kind gives what JSON holds of a value as the database has it: money and numbers as texts of plain
digits, so that nothing is rounded on the way, a period by its code, a date by its ISO form. What
is missing is null; a text is missing where it is blank. `raw` is the field as which a value is
read, so that a row costs no more than its digits.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from bcf.base import fields
from bcf.base.formfields import parse_number, parse_percent
from bcf.files.formula_marks import MARK, STARTS
from bcf.files.writing import Kind as Width
from bcf.money import parse_pounds
from bcf.periods import NotAPeriod, parse_period
from bcf.typed_periods import read_partial_date

Schema = Mapping[str, Any]
EXACT, CONTAINS, AT_LEAST, AT_MOST, MISSING = "", "contains", "gte", "lte", "missing"
RANGE = (EXACT, AT_LEAST, AT_MOST)
BIGGEST_INTEGER = 2**31 - 1
YEAR = r"^([0-9]{4}-[0-9]{2}|not-stated)$"
DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
# How PostgreSQL makes a cell of a CSV file: as it is, of a text, and of one that `mark` looks at.
# What starts with a letter is plain, which is cheaply seen before more is looked at.
AS_IT_IS = "%(expressions)s"
OF_TEXT = "NULLIF(%(expressions)s, '')"
_STARTS = ", ".join(str(ord(each)) for each in STARTS)
OF_FREE_TEXT = f"""CASE WHEN %(expressions)s = '' THEN NULL
    WHEN (%(expressions)s < 'A' COLLATE "C" OR %(expressions)s > '\uff00' COLLATE "C")
    AND ascii(ltrim(%(expressions)s, '{MARK * 2}')) IN ({_STARTS})
    THEN '{MARK * 2}' || %(expressions)s ELSE %(expressions)s END"""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of value. `read` takes the text of a filter and raises `ValueError` with a sentence.

    `write` makes what JSON holds of a value that is there; None keeps it as it is. `cell` makes
    the same in SQL of PostgreSQL, of a column of the database.
    """

    schema: Schema
    example: str
    read: Callable[[str], Any]
    write: Callable[[Any], Any] | None = None
    lookups: tuple[str, ...] = (EXACT,)
    raw: models.Field | None = field(default=None, repr=False)
    width: Width = Width.TEXT
    # Whether a spreadsheet could take its text for a formula.
    is_free: bool = False
    cell: str = AS_IT_IS


def pounds_of(pence: int) -> str:
    """`1234.50` of 123450 pence."""
    if pence < 100:
        return f"-{pounds_of(-pence)}" if pence < 0 else f"0.{pence:02d}"
    digits = str(pence)
    return f"{digits[:-2]}.{digits[-2:]}"


def number_of(ten_thousandths: int) -> str:
    """`12.5` of 125000 ten-thousandths: no zeros at the end, no exponent."""
    sign = "-" if ten_thousandths < 0 else ""
    whole, rest = divmod(abs(ten_thousandths), 10_000)
    return f"{sign}{whole}.{rest:04d}".rstrip("0").rstrip(".")


def percent_of(hundredths: int) -> str:
    return number_of(hundredths * 100)


def plain_decimal(value: Decimal) -> str:
    """The digits of a decimal, with neither an exponent nor zeros at the end."""
    return format(value.normalize(), "f")


def _read_text(text: str) -> str:
    return text


def _read_whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,10}", text) or abs(int(text)) > BIGGEST_INTEGER:
        raise ValueError(f"“{text}” is not a whole number.")
    return int(text)


def _read_boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(f"“{text}” is neither true nor false.")
    return text in ("true", "1")


def _read_date(text: str) -> datetime.date:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f"“{text}” is not a date. Write one as 2014-09-18.")


def _read_decimal(text: str) -> Decimal:
    """A number of at most ten digits before the point and four after it."""
    if not re.fullmatch(r"-?[0-9]{1,10}(\.[0-9]{1,4})?", text):
        raise ValueError(f"“{text}” is not a number with at most four decimal places.")
    return Decimal(text)


def _read_period(text: str) -> str:
    try:
        return str(parse_period(text))
    except NotAPeriod:
        raise
    except ValueError as error:
        raise ValueError(f"“{text}” is not a period that there is.") from error


def _read_year(text: str) -> str:
    if not re.fullmatch(YEAR, text):
        raise ValueError(f"“{text}” is not a financial year. Write one as 2015-16, or not-stated.")
    return _read_period(text)


def _read_partial_date(text: str) -> str:
    return str(read_partial_date(text))


def _text(schema: Schema | None = None, **more: Any) -> Kind:
    return Kind(
        {"type": "string", **(schema or {})}, "text", _read_text, **{"cell": OF_TEXT, **more}
    )


TEXT = _text(lookups=(EXACT, CONTAINS), is_free=True, cell=OF_FREE_TEXT)
LONG_TEXT = _text(lookups=(CONTAINS,), width=Width.LONG_TEXT, is_free=True, cell=OF_FREE_TEXT)
SLUG = _text({"pattern": "^[-a-zA-Z0-9_]+$"})
KEY = _text({"pattern": "^[-a-zA-Z0-9_:]+$"})
CHOICE = _text()
MONEY = Kind(
    {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
    "an amount in pounds, such as 1234.50",
    parse_pounds,
    pounds_of,
    RANGE,
    models.BigIntegerField(),
    Width.MONEY,
    cell="%(expressions)s * 0.01",
)
NUMBER = Kind(
    {"type": "string", "pattern": DECIMAL},
    "a number, such as 12.5",
    parse_number,
    number_of,
    RANGE,
    models.BigIntegerField(),
    Width.NUMBER,
    cell="trim_scale(%(expressions)s * 0.0001)",
)
PERCENT = Kind(
    {"type": "string", "pattern": DECIMAL},
    "a percentage, such as 62.5",
    parse_percent,
    percent_of,
    RANGE,
    models.BigIntegerField(),
    Width.NUMBER,
    cell="trim_scale(%(expressions)s * 0.01)",
)
# A decimal as it was worked out, of which no filter asks.
WORKED_NUMBER = Kind(
    {"type": "string", "pattern": DECIMAL},
    "a number",
    _read_decimal,
    plain_decimal,
    RANGE,
    width=Width.NUMBER,
    cell="trim_scale(%(expressions)s)",
)
WORKED_MONEY = Kind(MONEY.schema, MONEY.example, parse_pounds, str, RANGE, width=Width.MONEY)
WHOLE = Kind({"type": "integer"}, "a whole number", _read_whole, None, RANGE, width=Width.NUMBER)
BOOLEAN = Kind({"type": "boolean"}, "true or false", _read_boolean, cell="(%(expressions)s)::text")
DATE = Kind(
    {"type": "string", "format": "date"},
    "a date, such as 2014-09-18",
    _read_date,
    str,
    RANGE,
    models.CharField(),
    Width.DATE,
)
FINANCIAL_YEAR = Kind(
    {"type": "string", "pattern": YEAR},
    "a financial year, such as 2015-16, or not-stated",
    _read_year,
    None,
    RANGE,
    models.CharField(),
    cell=OF_TEXT,
)
PERIOD = Kind(
    {"type": "string"},
    "a period: 2015-16, 2015-16Q3, 2017-04, 2013, 2017-04/2017-07 or not-stated",
    _read_period,
    None,
    (EXACT,),
    models.CharField(),
    cell=OF_TEXT,
)
PARTIAL_DATE = Kind(
    {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "a date, or as much of it as is known: 2014-09-18, 2014-09 or 2014",
    _read_partial_date,
    None,
    RANGE,
    models.CharField(),
    cell=OF_TEXT,
)

# The more special kind of field comes first.
_KINDS: tuple[tuple[type[models.Field], Kind], ...] = (
    (fields.PercentField, PERCENT),
    (fields.NumberField, NUMBER),
    (fields.MoneyField, MONEY),
    (fields.FinancialYearField, FINANCIAL_YEAR),
    (fields.PeriodField, PERIOD),
    (fields.PartialDateField, PARTIAL_DATE),
    (models.BooleanField, BOOLEAN),
    (models.DateField, DATE),
    (models.DecimalField, WORKED_NUMBER),
    (models.IntegerField, WHOLE),
    (models.SlugField, SLUG),
    (models.TextField, LONG_TEXT),
)


def kind_of(field: Any) -> Kind:
    """The kind of a field of a model that points at no other row."""
    if field.choices:
        return CHOICE
    return next((kind for each, kind in _KINDS if isinstance(field, each)), TEXT)
