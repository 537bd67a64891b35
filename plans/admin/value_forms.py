"""The box in which one value for many rows is typed or chosen."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from bcf.base.formfields import RowChoiceField
from bcf.base.safe_forms import Wording
from bcf.base.sentences import flat
from bcf.base.words import field_label

YES_OR_NO = [("", "—"), ("yes", "Yes"), ("no", "No")]


class ValueForm(Wording, forms.Form):
    """One field, called `value`, made of the row's own form."""


def value_form(model_field: Any, own: Iterable[forms.Field]) -> type[ValueForm]:
    """A form for a value that fits all of a field's own form fields, one for each cycle.

    Of choices, those are offered that all of them have.
    """
    first, *others = own
    first.label = field_label(model_field)
    first.required = not model_field.blank
    if isinstance(first, forms.BooleanField):
        first = forms.TypedChoiceField(
            label=first.label, choices=YES_OR_NO, coerce=lambda value: value == "yes"
        )
    elif isinstance(first, forms.ModelChoiceField):
        # Without the script that looks names up: a list of all that may be chosen.
        first.widget = forms.Select()
        first.widget.choices = first.choices
    elif isinstance(first, forms.ChoiceField):
        first.choices = common_choices([first, *others])
    elif isinstance(first.widget, forms.Textarea):
        first.widget = AdminTextareaWidget()
    return type("OneValueForm", (ValueForm,), {"value": first})


def common_choices(fields: Iterable[Any]) -> list[tuple[str, str]]:
    """The choices of the first field that the others have too, in its order."""
    first, *others = fields
    if not others:
        return list(first.choices)
    shared = [{value for value, _ in flat(field.choices)} for field in others]
    return [
        (value, label)
        for value, label in flat(first.choices)
        if all(value in values for values in shared)
    ]


def left_out(fields: Iterable[Any]) -> list[str]:
    """The labels of choices that some of the fields have and others have not."""
    every: list[Mapping[str, str]] = [
        dict(flat(field.choices))
        for field in fields
        if hasattr(field, "choices") and not hasattr(field, "queryset")
    ]
    common = set.intersection(*map(set, every)) if every else set()
    return list(
        dict.fromkeys(
            label for each in every for value, label in each.items() if value not in common
        )
    )


def is_of_one_plan(field: forms.Field) -> bool:
    """Whether a field chooses among the rows of one plan."""
    return isinstance(field, RowChoiceField) and not field.is_for_all
