"""How forms are drawn: the project's form renderer, and what its templates ask about a field.

The widget templates of Django are left alone, because the admin site uses them. Classes and
attributes are added when a field is drawn, so that no form has to know them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form, formset and field group with the markup of the design system."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"


FormLike = forms.BaseForm | BaseFormSet | Iterable[Any] | None

_MARKS_ERRORS = ("govuk-input", "govuk-select", "govuk-textarea")
_FIXED_WIDTH = (
    forms.NumberInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
)


def kind_of(field: BoundField) -> str:
    """Which markup a field needs: checkbox, choices, password, group or control."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    if widget.use_fieldset:
        return "group"
    return "control"


def _library_classes(widget: forms.Widget) -> list[str]:
    """The design system's classes for a widget without an error."""
    if isinstance(widget, forms.RadioSelect):
        return [f"govuk-{_choice_block(widget)}__input"]
    if isinstance(widget, forms.CheckboxInput):
        return ["govuk-checkboxes__input"]
    if isinstance(widget, forms.Select | forms.SelectDateWidget):
        return ["govuk-select"]
    if isinstance(widget, forms.Textarea):
        return ["govuk-textarea"]
    if isinstance(widget, forms.FileInput):
        return ["app-file-input"]
    if isinstance(widget, forms.PasswordInput):
        return [
            "govuk-input",
            "govuk-password-input__input",
            "govuk-js-password-input-input",
        ]
    if isinstance(widget, _FIXED_WIDTH):
        return ["govuk-input", "govuk-input--width-10"]
    return ["govuk-input"]


def _choice_block(widget: forms.Widget) -> str:
    many = isinstance(widget, forms.CheckboxSelectMultiple)
    return "checkboxes" if many else "radios"


def widget_attrs(field: BoundField) -> dict[str, Any]:
    """The attributes with which a field's widget is drawn: its own classes and ours.

    Focus is never moved on loading: a screen reader would miss what stands above the field.
    """
    widget = field.field.widget
    classes = [*str(widget.attrs.get("class", "")).split(), *_library_classes(widget)]
    if field.errors:
        classes += [f"{name}--error" for name in classes if name in _MARKS_ERRORS]
    attrs: dict[str, Any] = {"class": " ".join(classes), "autofocus": False}
    if isinstance(widget, forms.PasswordInput):
        attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    if isinstance(widget, forms.Textarea):
        attrs["rows"] = _rows_of(widget)
    return attrs


def _rows_of(textarea: forms.Textarea) -> int:
    """Five lines, unless the form asks for another number than Django's ten."""
    rows = int(textarea.attrs.get("rows", 10))
    return 5 if rows == 10 else rows


def first_control_id(field: BoundField) -> str:
    """The id of the control that a link from the error summary must reach."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        options = field.subwidgets
        return str(options[0].id_for_label) if options else field.auto_id
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


def parts_of(field: BoundField) -> list[dict[str, Any]]:
    """The controls of a widget that has several, each with a label of its own.

    A widget names its parts in `part_labels`; Django's own date and time widgets need not.
    """
    widget = field.field.widget
    attrs = field.build_widget_attrs({**widget_attrs(field), "id": field.auto_id})
    parts = widget.get_context(field.html_name, field.value(), attrs)["widget"]["subwidgets"]
    labels = getattr(widget, "part_labels", ()) or _usual_part_labels(widget, parts)
    return [
        {"label": label, "id": part["attrs"]["id"], "widget": part}
        for label, part in zip(labels, parts, strict=True)
    ]


def _usual_part_labels(widget: forms.Widget, parts: list[dict[str, Any]]) -> list[str]:
    if isinstance(widget, forms.SelectDateWidget):
        return [part["name"].rsplit("_", 1)[-1].capitalize() for part in parts]
    if isinstance(widget, forms.SplitDateTimeWidget):
        return ["Date", "Time"]
    return [f"Part {number}" for number in range(1, len(parts) + 1)]


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: the sentence, and the address of the field that mends it."""

    text: str
    href: str = ""


def problems_of(source: FormLike) -> list[Problem]:
    """Every error of a form, a formset, or several of either, in the order of the page."""
    if source is None:
        return []
    if isinstance(source, forms.BaseForm):
        return list(_form_problems(source))
    if isinstance(source, BaseFormSet):
        return list(_formset_problems(source))
    return [problem for one in source for problem in problems_of(one)]


def _formset_problems(formset: BaseFormSet) -> Iterator[Problem]:
    for text in formset.non_form_errors():
        yield Problem(str(text), _first_field_href(formset.forms))
    for number, form in enumerate(formset.forms, start=1):
        for problem in _form_problems(form):
            yield Problem(f"Row {number}: {problem.text}", problem.href)


def _form_problems(form: forms.BaseForm) -> Iterator[Problem]:
    if not form.is_bound:
        return
    for text in form.errors.get(NON_FIELD_ERRORS, ()):
        yield Problem(str(text), _first_field_href([form]))
    for field in form.hidden_fields():
        for text in field.errors:
            yield Problem(f"{field.label}: {text}")
    for field in form.visible_fields():
        for text in field.errors:
            yield Problem(_named(field, str(text)), f"#{first_control_id(field)}")


def page_problems(form: forms.BaseForm, tables: Iterable[BaseFormSet]) -> list[Problem]:
    """Every error of a row and of the tables on its page, each named by its table and row."""
    problems = list(_form_problems(form))
    for table in tables:
        noun = str(table.model._meta.verbose_name_plural)  # type: ignore[attr-defined]
        heading = noun[:1].upper() + noun[1:]
        for problem in _formset_problems(table):
            first, colon, rest = problem.text.partition(": ")
            is_row = colon and re.fullmatch(r"Row \d+", first)
            text = f"{first.lower()}: {rest}" if is_row else problem.text
            problems.append(Problem(f"{heading}, {text}" if is_row else text, problem.href))
    return problems


def _first_field_href(sources: Iterable[forms.BaseForm]) -> str:
    for form in sources:
        for field in form.visible_fields():
            return f"#{first_control_id(field)}"
    return ""


def _named(field: BoundField, text: str) -> str:
    """The message with its field's label before it, unless it names the field already."""
    label = str(field.label)
    if label.casefold() in text.casefold():
        return text
    return f"{label} {text}" if label.endswith(("?", ".", ":")) else f"{label}: {text}"
