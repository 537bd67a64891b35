"""Columns of the admin's lists: amounts, periods, texts and plans as a reader reads them.

What is named `…_money` or `…_number` stands to the right; the style sheet goes by the name.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst

from bcf.money import format_pounds
from bcf.ui.tables import format_number
from bcf.ui.templatetags.ui import british_datetime

# So many characters of a text tell what it is about; its own page has the rest.
LONGEST = 140


def money_column(name: str, label: str) -> Any:
    """A column with an amount as a reader writes it, ordered by the amount."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return format_pounds(getattr(row, name))

    column.__name__ = f"{name}_money"
    return column


def number_column(name: str, label: str) -> Any:
    """A column with a number, its thousands apart, ordered by the number."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        value = getattr(row, name)
        return "" if value is None else format_number(value)

    column.__name__ = f"{name}_number"
    return column


def period_column(name: str, label: str) -> Any:
    """A column with a period in words, ordered by the period."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return str(getattr(row, name).label)

    column.__name__ = f"{name}_in_words"
    return column


def text_column(name: str, label: str, longest: int = LONGEST) -> Any:
    """A column with the beginning of a text that may be long, cut between two words."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return shortened(getattr(row, name), longest)

    column.__name__ = f"{name}_text"
    return column


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, or its first words with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return f"{Truncator(text).chars(longest, truncate='').rpartition(' ')[0].rstrip(',;:')}…"


def flag_column(name: str, label: str, yes: str = "Yes", no: str = "No") -> Any:
    """A column that says yes or no in words, ordered by which."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return yes if getattr(row, name) else no

    column.__name__ = f"{name}_flag"
    return column


def date_column(name: str, label: str) -> Any:
    """A column with a date, whole or partial, in words."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        day = getattr(row, name)
        if not day:
            return ""
        return str(day.label) if hasattr(day, "label") else f"{day.day} {day:%B %Y}"

    column.__name__ = f"{name}_day"
    return column


def moment_column(name: str, label: str) -> Any:
    """A column with a date and time, by British clocks."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return british_datetime(getattr(row, name))

    column.__name__ = f"{name}_moment"
    return column


def rows_in_words(label: str) -> str:
    """The kind of row of a label such as `schemes.spendline`, as the heading of its list."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
    except (LookupError, ValueError):
        return label


def plan_column(name: str = "plan") -> Any:
    """A column with the row's plan, which leads to the plan's page in the admin."""
    *path, last = name.split("__")

    @admin.display(description="plan", ordering=f"{name}__title")
    def column(row: Any) -> str:
        for step in path:
            row = getattr(row, step, None)
        plan = getattr(row, last, None)
        if plan is None:
            return ""
        return format_html('<a href="{}">{}</a>', plan_address(plan.pk), plan.title)

    column.__name__ = "of_plan"
    return column


def plan_address(number: int) -> str:
    """Where the plan of this number is worked on."""
    return reverse("admin:plans_plan_change", args=[number])


OF_PLAN = plan_column()
