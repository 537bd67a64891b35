"""Form fields that take whole numbers, dates and periods as people type them.

Each is a plain text box: a browser's own number and date boxes throw away what they do not
understand, and what was typed is to be shown again.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bcf.periods import NOT_STATED, NOT_STATED_TOKEN, PartialDate, Period
from bcf.typed_periods import (
    as_typed,
    date_as_typed,
    read_date,
    read_financial_year,
    read_partial_date,
    read_period,
)


class TypedField(forms.CharField):
    """A text that `read` turns into a value, and `show` turns back into what may be typed."""

    CLASS = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for name in ("max_length", "empty_value"):
            kwargs.pop(name, None)
        super().__init__(*args, **kwargs)
        self.widget.attrs.setdefault("class", self.CLASS)

    def read(self, text: str) -> Any:
        """The value of a text; raises `ValueError` with a sentence."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """The text of a value."""
        return str(value)

    def nothing(self) -> Any:
        """The value of an empty box."""
        return None

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) if value is None or isinstance(value, str) else value
        if not isinstance(text, str):
            return text
        try:
            return self.read(text) if text else self.nothing()
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.show(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True


class WholeNumberField(TypedField):
    """A whole number; thousands may be separated by commas."""

    CLASS = "money"

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kw: Any):
        super().__init__(**kw)
        self.least, self.most = min_value, max_value
        self.widget.attrs["inputmode"] = "numeric"

    def read(self, text: str) -> int:
        plain = text.replace(",", "").replace("\N{MINUS SIGN}", "-").replace(" ", "")
        if not plain.removeprefix("-").isdecimal() or len(plain) > 18:
            raise ValueError(f"“{text}” is not a whole number. Type it in figures, such as 12.")
        number = int(plain)
        if self.least is not None and number < self.least:
            raise ValueError(f"“{text}” is too small. The least is {self.least:,}.")
        if self.most is not None and number > self.most:
            raise ValueError(f"“{text}” is too large. The most is {self.most:,}.")
        return number

    def show(self, value: Any) -> str:
        return f"{value:,}"


class DateField(TypedField):
    """A day, shown as `31 March 2026`."""

    CLASS = "app-date"

    def read(self, text: str) -> datetime.date:
        return read_date(text)

    def show(self, value: Any) -> str:
        return date_as_typed(value)


class PartialDateField(TypedField):
    """A day, a month or a year, whichever is known."""

    CLASS = "app-date"

    def read(self, text: str) -> PartialDate:
        return read_partial_date(text)

    def show(self, value: Any) -> str:
        return str(value.label)

    def nothing(self) -> str:
        return ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial or "", data)


class PeriodField(TypedField):
    """A period of any kind; an empty box is not stated, unless the field is required."""

    CLASS = "app-period"
    reader: Callable[[str], Period] = staticmethod(read_period)

    def read(self, text: str) -> Period:
        return self.reader(text)

    def show(self, value: Any) -> str:
        return as_typed(value)

    def nothing(self) -> Period:
        return NOT_STATED

    def prepare_value(self, value: Any) -> Any:
        """A row that is not saved yet has its default as a code."""
        return super().prepare_value(NOT_STATED if value == NOT_STATED_TOKEN else value)


class FinancialYearField(PeriodField):
    """A financial year that is typed, because it may lie outside the plan's cycle."""

    reader = staticmethod(read_financial_year)
