"""Form fields for money, percentages and rows chosen from a list that was read once."""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from bcf.money import parse_pounds
from bcf.ui.widgets import CheckList

Groups = Iterable[tuple[str, Iterable[models.Model]]]


class NotAPercentage(ValueError):
    """A text that is no percentage from 0 to 100."""


def parse_percent(text: str) -> Decimal:
    """Read `62.5` or `62.5%`; raises `NotAPercentage` with what to type."""
    try:
        percent = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        percent = Decimal(-1)
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise NotAPercentage(
            f"“{text}” is not a percentage. Type a number from 0 to 100, such as 62.5."
        )
    if percent != round(percent, 2):
        raise NotAPercentage(
            f"“{text}” has more than two decimal places. Round it, such as {round(percent, 2)}."
        )
    return round(percent, 2)


class NotANumber(ValueError):
    """A text that is no number, or has more than four decimal places."""


def parse_number(text: str) -> Decimal:
    """Read `1,234.5` or `-12`; raises `NotANumber` with what to type."""
    try:
        number = Decimal(text.replace(",", "").replace("\N{MINUS SIGN}", "-").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**14 or number != round(number, 4):
        raise NotANumber(
            f"“{text}” is not a number. Type it in figures, with at most four decimal places, "
            "such as 1,234.5."
        )
    return number


class HundredthsField(forms.CharField):
    """A number with at most two decimal places, read as people type it by `reader`."""

    reader: Callable[[str], Decimal]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "money"})
        )
        super().__init__(*args, **{**kwargs, "empty_value": None})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text is None:
            return None
        try:
            return self.reader(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        places = 0 if value == value.to_integral_value() else 2
        return f"{value:,.{places}f}"

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class MoneyField(HundredthsField):
    """Pounds: `£1,234`, `(500)` and `1.2m` are understood."""

    reader = staticmethod(parse_pounds)


class PercentField(HundredthsField):
    """A percentage from 0 to 100 with at most two decimal places; the sign may be typed."""

    reader = staticmethod(parse_percent)


class NumberField(HundredthsField):
    """A number with at most four decimal places; thousands may be separated by commas."""

    reader = staticmethod(parse_number)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,f}" if isinstance(value, Decimal) else value


class MarkedNumberField(NumberField):
    """A number, or a mark that stands where a number is withheld; its value is then the mark's.

    `is_mark` knows a mark as people type it, and `mark_of` gives that of a row that has one.
    """

    def is_mark(self, text: str) -> bool:
        raise NotImplementedError

    def mark_of(self, row: models.Model) -> str:
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, str) and self.is_mark(value) else super().to_python(value)


class RowChoiceField(forms.ChoiceField):
    """One of the rows given, looked up in memory: no query for each form of a table.

    `is_for_all` says that the rows are offered whichever plan the form is for.
    """

    is_for_all = False

    def __init__(self, *, rows: Iterable[models.Model] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(rows)

    def offer(self, rows: Iterable[models.Model], label: Any = str) -> None:
        """Let the field choose among `rows`, shown by `label(row)`."""
        self.offer_groups([("", rows)], label)

    def offer_groups(self, groups: Groups, label: Any = str) -> None:
        """Let the field choose among rows in groups, each under its heading; blank for none."""
        self._rows, choices = _rows_and_choices(groups, label)
        self.choices = [("", "—"), *choices]

    @property
    def rows(self) -> list[models.Model]:
        """The rows among which it chooses."""
        return list(self._rows.values())

    def share(self, other: "RowChoiceField") -> None:
        """Take the rows and the choices that another field has already prepared."""
        self._rows, self.choices = other._rows, other.choices
        self.is_for_all = other.is_for_all

    def offers(self, number: int) -> bool:
        """Whether the row of this number is among those offered."""
        return str(number) in self._rows

    def keep(self, row: models.Model, label: str) -> None:
        """Offer one more row, under a label with a place for its name."""
        self._rows = {**self._rows, str(row.pk): row}
        choices: Any = self.choices
        self.choices = [*choices, (str(row.pk), label.format(row))]

    def clean(self, value: Any) -> Any:
        return self._rows.get(str(super().clean(value)))

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, models.Model) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class RowsChoiceField(forms.MultipleChoiceField):
    """Several of the rows given, ticked in a list and looked up in memory."""

    widget = CheckList

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rows: dict[str, models.Model] = {}

    @property
    def rows(self) -> list[models.Model]:
        """The rows among which it chooses."""
        return list(self._rows.values())

    def offer(self, rows: Iterable[models.Model], label: Any = str) -> None:
        """Let the field choose among `rows`, shown by `label(row)`."""
        self.offer_groups([("", rows)], label)

    def offer_groups(self, groups: Groups, label: Any = str) -> None:
        """Let the field choose among rows in groups, each under its heading; blank for none."""
        self._rows, self.choices = _rows_and_choices(groups, label)

    def share(self, other: "RowsChoiceField") -> None:
        """Take the rows and the choices that another field has already prepared."""
        self._rows, self.choices = other._rows, other.choices

    def clean(self, value: Any) -> Any:
        return [self._rows[key] for key in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [each.pk if isinstance(each, models.Model) else each for each in value]
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {str(each) for each in self.prepare_value(list(initial or ()))}
        return before != {str(each) for each in data or ()}


def _rows_and_choices(groups: Groups, label: Any) -> tuple[dict[str, models.Model], list[Any]]:
    rows: dict[str, models.Model] = {}
    choices: list[Any] = []
    for heading, members in groups:
        own = {str(row.pk): row for row in members if str(row.pk) not in rows}
        rows |= own
        entries = [(key, label(row)) for key, row in own.items()]
        if heading and entries:
            choices.append((heading, entries))
        else:
            choices += entries
    return rows, choices


class PeriodChoiceField(forms.ChoiceField):
    """A choice of periods by their codes; the row's own value is a period, not its code."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(None if initial is None else str(initial), data)
