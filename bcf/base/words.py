"""The value of a field as a reader writes it: names, not keys; pounds, periods and dates."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from bcf.base.fields import MoneyField, PartialDateField, PercentField, PeriodField
from bcf.money import format_pounds
from bcf.periods import PartialDate, Period
from bcf.ui.tables import NOT_STATED, format_number

EMPTY = "empty"
UNITS = (" (£)", " (%)")

NameOf = Callable[[type[models.Model], Any], str]


def field_label(field: Any) -> str:
    """What a field is called: `Amount`, without the unit that its values carry themselves."""
    label = str(field.verbose_name)
    for unit in UNITS:
        label = label.removesuffix(unit)
    return label[:1].upper() + label[1:]


def value_in_words(field: Any, value: Any, labels: Mapping[str, str], name_of: NameOf) -> str:
    """The value in words. `labels` are the choices of the cycle, `name_of` names other rows."""
    if value in (None, ""):
        return EMPTY if _is_free_text(field, labels) else NOT_STATED
    if field.is_relation:
        return name_of(field.related_model, value)
    fixed = dict(field.flatchoices)
    if value in fixed:
        return str(fixed[value])
    if isinstance(value, str):
        return labels.get(value, value)
    return _typed(field, value)


def _typed(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(field, MoneyField):
        return format_pounds(value)
    if isinstance(value, (int, Decimal)):
        return format_number(value) + ("%" if isinstance(field, PercentField) else "")
    if isinstance(value, (Period, PartialDate)):
        return value.label
    if isinstance(value, date):
        return date_in_words(value)
    return str(value)


def date_in_words(value: date) -> str:
    """`14 March 2026`, and by British clocks `14 March 2026, 10:32` where there is a time."""
    if not isinstance(value, datetime):
        return f"{value.day} {value:%B %Y}"
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def uncapped(sentence: str) -> str:
    """A sentence as it goes on after a colon; a first word in capitals keeps them."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def sentences(error: ValidationError, model: type[models.Model]) -> list[str]:
    """What is wrong with a row, each sentence with the label of the field that it is about."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    labels = {field.name: field_label(field) for field in model._meta.concrete_fields}
    return [
        f"{labels[name]}: {message}" if name in labels else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _is_free_text(field: Any, labels: Mapping[str, str]) -> bool:
    """Whether nothing in this field is an empty text, and not a fact that is not stated."""
    is_text = isinstance(field, (models.CharField, models.TextField))
    is_moment = isinstance(field, (PeriodField, PartialDateField))
    return is_text and not is_moment and not field.choices and not labels
