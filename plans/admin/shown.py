"""Rows that are only looked at: keys in the cycle's words, figures as people read them."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib import admin
from django.db import models

from bcf.base.fields import MoneyField, NumberField, PartialDateField, PercentField, PeriodField
from bcf.base.sentences import flat
from bcf.money import format_pounds
from plans.cycle_choices import choices_of, definitions_for

EMPTY = "–"


def read_only(fieldsets: Any, model: type[models.Model], form: Any) -> list[Any]:
    """The fieldsets with a column in words in place of each field that has none of its own."""
    return [
        (
            heading,
            {**options, "fields": [_column(name, model, form) for name in options["fields"]]},
        )
        for heading, options in fieldsets
    ]


@cache
def _column(name: Any, model: Any, form: Any) -> Any:
    fields = {field.name: field for field in model._meta.fields}
    field = fields.get(name) if isinstance(name, str) else None
    words = _words_of(field, form) if field is not None else None
    if field is None or words is None:
        return name
    declared = getattr(form, "declared_fields", {}).get(name)
    label = str((declared and declared.label) or field.verbose_name)

    @admin.display(description=label, empty_value=EMPTY)
    def column(row: models.Model) -> str:
        return words(row)

    column.__name__ = field.name
    return column


def _words_of(field: models.Field, form: type[Any]) -> Callable[[Any], str] | None:
    """How a row's value of this field is read; None where Django's own way does."""
    entries = getattr(form, "CHOICES", {}).get(field.name)
    if entries is not None:
        return lambda row: _label(entries, row, str(getattr(row, field.name)))
    for kind, words in _KINDS:
        if isinstance(field, kind):
            return lambda row: words(getattr(row, field.name))
    return None


def _label(entries: Any, row: Any, key: str) -> str:
    offered = choices_of(entries(cycle) for cycle in definitions_for(row.plan))
    return dict(flat(offered)).get(key, key) or EMPTY


def _percent(value: Decimal | None) -> str:
    return EMPTY if value is None else f"{value.normalize():f}%"


def _number(value: Decimal | None) -> str:
    return EMPTY if value is None else f"{value:,f}"


_KINDS: tuple[tuple[type[models.Field], Callable[[Any], str]], ...] = (
    (MoneyField, format_pounds),
    (PercentField, _percent),
    (NumberField, _number),
    (PartialDateField, lambda value: value.label if value else EMPTY),
    (PeriodField, lambda value: value.label if value else EMPTY),
)
