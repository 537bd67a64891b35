"""Model fields for money, percentages and periods.

Money and percentages are whole hundredths in an integer column, because SQLite keeps decimals
as floats: sums drift by pence, and a check that two shares add to 100 fails.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from bcf.base import formfields, typedfields
from bcf.money import NotMoney, from_pence, parse_pounds, to_pence, to_pounds
from bcf.periods import (
    FinancialYear,
    NotAPeriod,
    NotStated,
    PartialDate,
    Period,
    parse_period,
)


class HundredthsField(models.BigIntegerField):
    """A `Decimal` with two places, kept as a whole number of hundredths."""

    # Read by the type checker: what a row's attribute takes and gives.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    form_class: type[forms.Field]

    def from_db_value(self, value: int | Decimal | None, *_: object) -> Decimal | None:
        return None if value is None else from_pence(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return parse_pounds(value) if isinstance(value, str) else to_pounds(value)
        except NotMoney as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        pounds = self.to_python(value)
        return None if pounds is None else to_pence(pounds)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        # The admin would give every kind of integer a number box, which refuses “£1,234”.
        kwargs.pop("widget", None)
        return models.Field.formfield(self, *args, **{"form_class": self.form_class, **kwargs})


class MoneyField(HundredthsField):
    """An amount in pounds; None means that it is not stated."""

    form_class = formfields.MoneyField


class PercentField(HundredthsField):
    """A percentage with two places, such as 78.00."""

    form_class = formfields.PercentField


class NumberField(HundredthsField):
    """A number with up to four decimal places, in the unit that its row says."""

    form_class = formfields.NumberField

    def from_db_value(self, value: int | Decimal | None, *_: object) -> Decimal | None:
        return None if value is None else (Decimal(value) / 10_000).normalize() + 0

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return formfields.parse_number(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        number = self.to_python(value)
        return None if number is None else int(number * 10_000)


class PeriodField(models.CharField):
    """A `bcf.periods.Period`, kept as its code; `not-stated` where a document gives none."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    reader: Callable[[str], Period] = staticmethod(parse_period)
    form_class: type[typedfields.PeriodField] = typedfields.PeriodField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> Period | None:
        return None if value is None else self.to_python(value)

    def to_python(self, value: Any) -> Period | None:
        if value is None or isinstance(value, Period):
            return value
        try:
            return self.reader(str(value))
        except NotAPeriod as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return str(value)

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value) if value is not None else value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        kwargs.pop("widget", None)
        usual = {
            "form_class": self.form_class,
            "required": not self.has_default(),
            "initial": self.get_default() if self.has_default() else None,
            "show_hidden_initial": False,
        }
        return models.Field.formfield(self, *args, **{**usual, **kwargs})


def _financial_year(text: str) -> Period:
    period = parse_period(text)
    if isinstance(period, (FinancialYear, NotStated)):
        return period
    raise NotAPeriod(f"“{text}” is not a financial year. Write one as 2015-16, or not-stated.")


class FinancialYearField(PeriodField):
    """A financial year such as `2015-16`, or `not-stated`."""

    reader = staticmethod(_financial_year)
    form_class = typedfields.FinancialYearField


class PartialDateField(models.CharField):
    """A `bcf.periods.PartialDate` as its text, such as `2014-09`; blank where not stated."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        if not value or isinstance(value, PartialDate):
            return value or ""
        try:
            return PartialDate.parse(str(value))
        except NotAPeriod as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> Any:
        return value if hasattr(value, "resolve_expression") else str(value or "")

    def run_validators(self, value: Any) -> None:
        super().run_validators(str(value) if value else value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        kwargs.pop("widget", None)
        usual = {"form_class": typedfields.PartialDateField}
        return models.Field.formfield(self, *args, **{**usual, **kwargs})
