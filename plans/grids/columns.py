"""Columns of a grid: how a field of a row is written as the text of a cell, and read back."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models

from bcf.base.fields import PartialDateField, PeriodField
from bcf.base.formfields import (
    MarkedNumberField,
    MoneyField,
    NumberField,
    PercentField,
    PeriodChoiceField,
    RowChoiceField,
    RowsChoiceField,
)
from bcf.base.sentences import flat
from bcf.base.typedfields import WholeNumberField
from bcf.money import NotMoney, parse_pounds
from bcf.periods import NOT_STATED_TOKEN, FinancialYear, NotAPeriod, parse_period
from bcf.typed_periods import PARTIAL_DATE_FORMS, PERIOD_FORMS, as_typed, read_period
from plans.grids.words import MOST_LISTED, Entry, UnknownWords, Words

YES = "yes"
SEPARATOR = ";"
# What names a row beside its own words, most telling first.
NAMES = ("ref", "key", "slug", "reference", "name", "ods_code")
_SCALED = re.compile(r"\d *(k|m|bn)$|^\(.*\)$", re.IGNORECASE)


class Unreadable(ValueError):
    """A cell whose text cannot be read; the sentence says what to type."""


class Column:
    """A column of plain words. `kind` says which control shows it, `width` how wide it is."""

    kind = "text"
    is_figure = False

    # What an empty cell stands for, where the field has a value of its own for nothing given.
    blank = ""

    def __init__(self, name: str, field: forms.Field, label: str, width: str) -> None:
        self.name, self.field, self.label, self.width = name, field, label, width

    @property
    def words(self) -> Words | None:
        """The choices of the column, where it has a list of them."""
        return None

    @property
    def what(self) -> str:
        """The column's name within a sentence."""
        is_shortening = self.label[1:2].isupper()
        return self.label if is_shortening else self.label[:1].lower() + self.label[1:]

    @property
    def hint(self) -> str:
        """What the column takes, as sentences."""
        is_needed = self.field.required and not self.blank
        asked = "" if is_needed or self.kind == "yes" else "May be empty."
        return " ".join(filter(None, (self._takes(), str(self.field.help_text), asked)))

    def _takes(self) -> str:
        return "Words."

    def write(self, row: models.Model) -> str:
        """The text of the row's cell."""
        value = getattr(row, self.name)
        if value is None or value == "":
            return ""
        return self.tidy(self._shown(value))

    def _shown(self, value: Any) -> str:
        shown = self.field.widget.format_value(self.field.prepare_value(value))
        return "" if shown is None else str(shown)

    def tidy(self, text: str) -> str:
        """The text as a box of this kind keeps it, whoever typed it where."""
        return " ".join(text.split())

    def read(self, text: str) -> Any:
        """What the form takes for the text of a cell; raises `Unreadable`."""
        return self._read(text) if text else self.blank

    def _read(self, text: str) -> Any:
        return text


class LongColumn(Column):
    """Words that may run over several lines."""

    kind = "long"

    def _takes(self) -> str:
        return "Words, over several lines where needed."

    def tidy(self, text: str) -> str:
        return text.replace("\r\n", "\n").strip()


class FigureColumn(Column):
    """A number or a percentage, written as a spreadsheet writes it: `1,234`, `(500)`, `85%`."""

    kind = "figure"
    is_figure = True

    def _takes(self) -> str:
        if isinstance(self.field, PercentField):
            return "A percentage from 0 to 100."
        return "A number, such as 1,234 or -5."

    def write(self, row: models.Model) -> str:
        written = super().write(row)
        if written or not isinstance(self.field, MarkedNumberField):
            return written
        return self.field.mark_of(row)

    def _read(self, text: str) -> Any:
        number = text.removesuffix("%").strip() if isinstance(self.field, NumberField) else text
        if _SCALED.search(number):
            try:
                return f"{parse_pounds(number):f}"
            except NotMoney:
                return text
        return number


class MoneyColumn(FigureColumn):
    """Pounds; a dash, which a spreadsheet shows for nothing, is £0."""

    kind = "money"

    def _takes(self) -> str:
        return "Pounds, such as £1,234, 1.2m or (500)."

    def _read(self, text: str) -> Any:
        is_dash = re.fullmatch(r"[-\u2013\u2014\u2212]", text.replace("£", "").strip())
        return "0" if is_dash else text


class DateColumn(Column):
    """A date, or as much of one as is known, in whichever way people write dates."""

    kind = "date"

    def _takes(self) -> str:
        return f"A date, such as {PARTIAL_DATE_FORMS}."


class PeriodColumn(Column):
    """A period of any kind, in whichever way people write periods."""

    kind = "period"

    def _takes(self) -> str:
        return f"A period: {PERIOD_FORMS}."

    def _shown(self, value: Any) -> str:
        return as_typed(parse_period(str(value)))


class YesColumn(Column):
    """Yes or no, as a box to tick: `yes` where it is ticked and empty where it is not."""

    kind = "yes"

    def _takes(self) -> str:
        return "A tick; pasted, yes or no."

    def write(self, row: models.Model) -> str:
        return YES if getattr(row, self.name) else ""

    def read(self, text: str) -> Any:
        return "on" if text else ""


class ChoiceColumn(Column):
    """One of a list of choices, by its words."""

    kind = "choice"

    def _takes(self) -> str:
        shown = self._words.shown
        if len(shown) > MOST_LISTED:
            return f"One of the {len(shown)} choices of its list."
        return f"One of: {'; '.join(shown)}." if shown else "There is nothing to choose yet."

    def __init__(self, *args: Any, words: Words) -> None:
        super().__init__(*args)
        self._words = words

    @property
    def words(self) -> Words:
        return self._words

    def write(self, row: models.Model) -> str:
        stored: Any = row._meta.get_field(self.name)
        value = getattr(row, stored.attname)
        return self.tidy(self._words.of("" if value is None else str(value)))

    def _read(self, text: str) -> Any:
        try:
            return self._words.value(text, self.what)
        except UnknownWords as error:
            raise Unreadable(str(error)) from error


class PeriodChoiceColumn(ChoiceColumn):
    """One of a list of periods, in whichever way people write periods."""

    def _read(self, text: str) -> Any:
        try:
            code = str(read_period(text))
        except NotAPeriod:
            code = ""
        return code if code in self._words.values else super()._read(text)


class SeveralColumn(ChoiceColumn):
    """Any number of choices, by their words with a semicolon between."""

    kind = "several"

    def _takes(self) -> str:
        return f"{super()._takes()} Several, with a semicolon between."

    def write(self, row: models.Model) -> str:
        if row.pk is None:
            return ""
        chosen = (self._words.of(str(each.pk)) for each in getattr(row, self.name).all())
        return self.tidy(f"{SEPARATOR} ".join(sorted(chosen, key=self._place)))

    def _place(self, shown: str) -> int:
        known = self._words.shown
        return known.index(shown) if shown in known else len(known)

    def read(self, text: str) -> Any:
        parts = [part.strip() for part in text.split(SEPARATOR)]
        return [super(SeveralColumn, self)._read(part) for part in parts if part]


def column_of(model: type[models.Model], name: str, field: forms.Field, width: str) -> Column:
    """The column that suits a field of a form of this model."""
    label = str(field.label or name.replace("_", " "))
    stored: Any = model._meta.get_field(name)
    column = _suited(stored, (name, field, label[:1].upper() + label[1:]), width)
    if field.required and stored.has_default() and not isinstance(column, YesColumn):
        column.blank = str(stored.get_default())
    return column


def _suited(stored: Any, named: tuple[str, forms.Field, str], width: str) -> Column:
    field: Any = named[1]
    if isinstance(field, RowsChoiceField):
        return SeveralColumn(*named, width or "wide", words=_row_words(field.rows))
    if isinstance(field, RowChoiceField):
        return ChoiceColumn(*named, width or "wide", words=_row_words(field.rows))
    if isinstance(field, forms.ChoiceField):
        return _of_choices(named, field, width)
    if isinstance(field, forms.BooleanField):
        return YesColumn(*named, width or "tiny")
    if isinstance(field, MoneyField):
        return MoneyColumn(*named, width or "figure")
    if isinstance(field, NumberField | PercentField | WholeNumberField):
        return FigureColumn(*named, width or "narrow")
    if isinstance(field.widget, forms.Textarea):
        return LongColumn(*named, width or "wide")
    if isinstance(stored, PartialDateField | models.DateField):
        return DateColumn(*named, width or "medium")
    if isinstance(stored, PeriodField):
        return PeriodColumn(*named, width or "narrow")
    return Column(*named, width or "medium")


def _of_choices(named: tuple[str, Any, str], field: Any, width: str) -> Column:
    choices = [(key, label) for key, label in flat(field.choices) if key]
    if isinstance(field, PeriodChoiceField):
        words = Words(_period_entry(key, label) for key, label in choices)
        return PeriodChoiceColumn(*named, width or "narrow", words=words)
    words = Words(Entry(key, label, (key,)) for key, label in choices)
    return ChoiceColumn(*named, width or "medium", words=words)


def _period_entry(code: str, label: str) -> Entry:
    """A period as its code, which is how people type it, with the other ways of writing it."""
    if code == NOT_STATED_TOKEN:
        return Entry(code, label, (code,))
    if not isinstance(parse_period(code), FinancialYear):
        return Entry(code, code, (as_typed(parse_period(code)),))
    first, last = code.split("-")
    pairs = [(first, last), (first[2:], last), (first, first[:2] + last)]
    others = [f"{a}{mark}{b}" for a, b in pairs for mark in "-/"]
    return Entry(code, code, (label, *others))


def _row_words(rows: Iterable[models.Model]) -> Words:
    return Words(Entry(str(row.pk), str(row), _names(row)) for row in rows)


def _names(row: models.Model) -> tuple[str, ...]:
    return tuple(str(name) for each in NAMES if (name := getattr(row, each, "")))
