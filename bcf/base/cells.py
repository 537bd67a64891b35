"""What stands in one column of a file of rows: reading it, writing it, and showing it.

A cell is read as people write it (`£1,234`, `(500)`, `62.5%`, `April 2015`, a choice by its key
or its label) and written so that it comes back the same. What cannot be read raises `ValueError`
or `ValidationError` with a sentence.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from import_export.widgets import Widget

from bcf.base import fields
from bcf.base.formfields import NotANumber, parse_number, parse_percent
from bcf.files.writing import Cell, Kind
from bcf.money import format_pounds, parse_pounds
from bcf.periods import Period
from bcf.typed_periods import read_date, read_financial_year, read_partial_date, read_period

Options = Sequence[tuple[str, str]]
YES, NO = "yes", "no"
_YES, _NO = {YES, "y", "true", "1", "x", "✓"}, {NO, "n", "false", "0"}
# A sentence that refuses a choice names no more than these; the template file has all.
MOST_NAMED = 20


class CellWidget(Widget):
    """Text. `read` is given what is not blank, the row as far as it is known, and who asks."""

    kind = Kind.TEXT

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        return self.read(value, kwargs.get("instance"), kwargs.get("directory"))

    def render(self, value: Any, **kwargs: Any) -> Cell:
        return self.write(value, kwargs.get("instance"), kwargs.get("directory"))

    def read(self, text: str, row: Any, directory: Any) -> Any:
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()

    def write(self, value: Any, row: Any, directory: Any) -> Cell:
        written: Cell = value
        return written

    def same(self, value: Any, stored: Any) -> bool:
        """Whether what was read is what is stored already."""
        if isinstance(stored, str):
            stored = self.read(stored, None, None)
        return bool(value == stored)

    def show(self, value: Any, row: Any) -> str:
        """The value in words, for a table of differences."""
        return "" if value is None else str(value)

    def options(self, plan: Any) -> Options:
        """What may be chosen, as key and label; nothing where anything may be written."""
        return ()

    def hint(self) -> str:
        """What to write, in a few words."""
        return "Text"


class LongTextCell(CellWidget):
    kind = Kind.LONG_TEXT


class ValueCell(CellWidget):
    """A value that is no text: compared as it is."""

    def same(self, value: Any, stored: Any) -> bool:
        return bool(value == stored)


class MoneyCell(ValueCell):
    """Pounds, with two places."""

    kind = Kind.MONEY

    def read(self, text: str, row: Any, directory: Any) -> Decimal:
        return parse_pounds(text)

    def show(self, value: Any, row: Any) -> str:
        return "" if value is None else format_pounds(value)

    def hint(self) -> str:
        return "Pounds: 1234.50, £1,234, (500) or 1.2m"


class NumberCell(ValueCell):
    """A number with at most four places."""

    kind = Kind.NUMBER

    def read(self, text: str, row: Any, directory: Any) -> Any:
        return parse_number(text)

    def write(self, value: Any, row: Any, directory: Any) -> Cell:
        return None if value is None else Decimal(format(Decimal(value).normalize(), "f"))

    def show(self, value: Any, row: Any) -> str:
        return "" if value is None else f"{Decimal(value).normalize():,f}"

    def hint(self) -> str:
        return "A number with at most four decimal places"


class PercentCell(NumberCell):
    """A percentage from 0 to 100 with at most two places."""

    def read(self, text: str, row: Any, directory: Any) -> Any:
        return parse_percent(text)

    def show(self, value: Any, row: Any) -> str:
        return "" if value is None else f"{super().show(value, row)}%"

    def hint(self) -> str:
        return "A percentage from 0 to 100, such as 62.5"


class WholeNumberCell(NumberCell):
    def read(self, text: str, row: Any, directory: Any) -> Any:
        try:
            number = parse_number(text)
        except NotANumber:
            number = None
        if number is None or number != number.to_integral_value():
            raise NotANumber(f"“{text.strip()}” is not a whole number.")
        return int(number)

    def hint(self) -> str:
        return "A whole number"


class YesNoCell(ValueCell):
    def read(self, text: str, row: Any, directory: Any) -> bool:
        word = text.strip().lower()
        if word not in _YES | _NO:
            raise ValueError(f"“{text.strip()}” is neither yes nor no.")
        return word in _YES

    def write(self, value: Any, row: Any, directory: Any) -> Cell:
        return YES if value else NO

    def show(self, value: Any, row: Any) -> str:
        return "" if value is None else "Yes" if value else "No"

    def options(self, plan: Any) -> Options:
        return ((YES, "Yes"), (NO, "No"))

    def hint(self) -> str:
        return "yes or no"


class DateCell(ValueCell):
    kind = Kind.DATE

    def read(self, text: str, row: Any, directory: Any) -> Any:
        return read_date(text)

    def show(self, value: Any, row: Any) -> str:
        return "" if value is None else f"{value.day} {value:%B %Y}"

    def hint(self) -> str:
        return "A date: 2014-09-18 or 18/09/2014"


class CodeCell(ValueCell):
    """A period or a date that is known in part, kept as its code."""

    def __init__(self, field: models.Field, reader: Callable[[str], Any], hint: str) -> None:
        super().__init__()
        self._field, self._reader, self._hint = field, reader, hint

    def read(self, text: str, row: Any, directory: Any) -> Any:
        return self._field.to_python(str(self._reader(text)))

    def write(self, value: Any, row: Any, directory: Any) -> Cell:
        return "" if value is None else str(value)

    def same(self, value: Any, stored: Any) -> bool:
        return self.write(value, None, None) == self.write(stored, None, None)

    def show(self, value: Any, row: Any) -> str:
        return str(getattr(value, "label", value or ""))

    def hint(self) -> str:
        return self._hint


class ChoiceCell(ValueCell):
    """One of a few choices, by its key or its label; what the row's plan decides is in `find`."""

    def __init__(self, find: Callable[[Any], Iterable[tuple[str, str]]]) -> None:
        super().__init__()
        self._find = find

    def read(self, text: str, row: Any, directory: Any) -> str:
        word = " ".join(text.split())
        offered = dict(self._find(row))
        if word in offered:
            return word
        folded = word.casefold()
        for key, label in offered.items():
            if folded in (key.casefold(), str(label).casefold()):
                return key
        raise ValueError(_not_offered(word, offered))

    def show(self, value: Any, row: Any) -> str:
        return str(dict(self._find(row)).get(value, value) or "")

    def options(self, plan: Any) -> Options:
        return tuple(self._find(_OfPlan(plan)))

    def hint(self) -> str:
        return "One of the choices"


class _OfPlan:
    """Stands for a row of a plan of which nothing else is known."""

    def __init__(self, plan: Any) -> None:
        self.plan, self.plan_id = plan, getattr(plan, "pk", None)

    def __getattr__(self, name: str) -> None:
        return None


def _not_offered(word: str, offered: dict[str, str]) -> str:
    if not offered:
        return f"“{word}” is not offered: this cycle has no choices here. Leave it empty."
    named = [f"{key} ({label})" if key != label else key for key, label in offered.items()]
    more = " and others, which the template file lists" if len(named) > MOST_NAMED else ""
    return f"“{word}” is none of the choices: {', '.join(named[:MOST_NAMED])}{more}."


class RoundedCell(NumberCell):
    """How far a figure was rounded; as many places as its field keeps."""

    def __init__(self, field: models.Field) -> None:
        super().__init__()
        self._field = field

    def read(self, text: str, row: Any, directory: Any) -> Any:
        try:
            return self._field.to_python(text.replace(",", "").strip())
        except ValidationError as error:
            raise NotANumber(f"“{text.strip()}” is not a number.") from error


# A month, once a spreadsheet has taken it for the first of its days.
_FIRST_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-01|0?1/(?P<m2>\d{1,2})/(?P<y2>\d{4})")


def read_period_of_sheet(text: str) -> Period:
    """A period as people type it; `2015-04-01` and `01/04/2015` are the month that they begin."""
    match = _FIRST_DAY.fullmatch(text.strip())
    if match:
        text = f"{match['m'] or match['m2']}/{match['y'] or match['y2']}"
    return read_period(text)


PERIOD_HINT = "A period: 2015-16, 2015-16Q3, 2017-04, 2013, 2017-04/2017-07 or not-stated"


def cell_of(field: Any) -> CellWidget:
    """The cell for a field of a model that points at no other row."""
    if field.choices:
        choices = tuple((str(key), str(label)) for key, label in field.choices)
        return ChoiceCell(lambda row: choices)
    if isinstance(field, fields.FinancialYearField):
        hint = "A financial year such as 2015-16, or not-stated"
        return CodeCell(field, read_financial_year, hint)
    if isinstance(field, fields.PeriodField):
        return CodeCell(field, read_period_of_sheet, PERIOD_HINT)
    if isinstance(field, fields.PartialDateField):
        return CodeCell(field, read_partial_date, "2014-09-18, 2014-09 or 2014")
    for kind, cell in _CELLS:
        if isinstance(field, kind):
            return cell()
    return RoundedCell(field) if isinstance(field, models.DecimalField) else CellWidget()


# The more special kind of field comes first.
_CELLS: tuple[tuple[type[models.Field], type[CellWidget]], ...] = (
    (fields.PercentField, PercentCell),
    (fields.NumberField, NumberCell),
    (fields.MoneyField, MoneyCell),
    (models.BooleanField, YesNoCell),
    (models.DateField, DateCell),
    (models.IntegerField, WholeNumberCell),
    (models.TextField, LongTextCell),
)
