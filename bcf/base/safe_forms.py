"""Forms that lose nothing that was typed, and refuse in sentences that name the field."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.models import ModelFormMetaclass

from bcf.base import formfields, typedfields
from bcf.base.seen import SeenForm
from bcf.base.sentences import label_of, name_errors
from bcf.ui.widgets import CheckList, SuggestInput

BLANK = ("", "—")
AS_STORED = "{} (as stored; not offered to a new row)"
# Of what every published row has, so that no form has to say it.
SOURCE_HELP = {
    "printed": "Figure and signs as in the document, such as 1,035.",
    "rounded_to": "The step of rounding, such as 1,000 for whole thousands.",
    "citation_date": "Such as 18 September 2014.",
    "citation_place": "Page, section or table.",
}
MOST_WORDS = 50
_SHORT, _MEDIUM, _TALL = 20, 60, 4


@dataclass(frozen=True)
class Grouped:
    """Rows to choose among in groups, each under its heading."""

    groups: Sequence[tuple[str, Iterable[models.Model]]]


class Wording(forms.BaseForm):
    """A form whose errors each name their field, whether the form or its row refuses."""

    def add_error(self, field: str | None, error: Any) -> None:
        error = error if isinstance(error, ValidationError) else ValidationError(error)
        if hasattr(error, "error_dict"):
            for name, leaves in error.error_dict.items():
                self._name(name, ValidationError(leaves))
        elif field is not None:
            self._name(field, error)
        super().add_error(field, error)

    def _name(self, name: str, error: ValidationError) -> None:
        field = self.fields.get(name)
        if field is not None:
            box, named = field.widget, self.add_prefix(name)
            # A password is never said back.
            is_secret = isinstance(box, forms.PasswordInput)
            typed = "" if is_secret else box.value_from_datadict(self.data, self.files, named)
            name_errors(error, field.label or name.replace("_", " "), field, typed or "")


class PlainFields(ModelFormMetaclass):
    """Makes the fields of a form ready once for its class: plain boxes, wide enough for words.

    Stock number and date boxes become text boxes, which keep what they do not understand, and
    the buttons that open a related row in another window go.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> "PlainFields":
        made: Any = super().__new__(mcs, name, bases, attrs)
        for each, field in made.base_fields.items():
            if field.label is None:
                field.label = label_of(each.replace("_", " "))
            field.help_text = field.help_text or SOURCE_HELP.get(each, "")
            made.base_fields[each] = _plain(field)
        return made


def _plain(field: forms.Field) -> forms.Field:
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    shared: dict[str, Any] = {
        "required": field.required,
        "label": field.label,
        "help_text": field.help_text,
        "initial": field.initial,
    }
    if type(field) is forms.DateField:
        return typedfields.DateField(**shared)
    if type(field) is forms.DecimalField:
        return formfields.NumberField(**shared)
    if type(field) is forms.IntegerField:
        limits: dict[str, Any] = {"min_value": field.min_value, "max_value": field.max_value}
        return typedfields.WholeNumberField(**shared, **limits)
    _widen(field)
    _say_blank(field)
    return field


def _widen(field: forms.Field) -> None:
    """A box as wide as what fits into it."""
    widget = field.widget
    if isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = min(int(widget.attrs.get("rows", _TALL)), _TALL)
    elif type(field) in (forms.CharField, forms.SlugField) and not widget.is_hidden:
        most = getattr(field, "max_length", None) or _MEDIUM + 1
        width = "short" if most <= _SHORT else "medium" if most <= _MEDIUM else "long"
        classes = [each for each in widget.attrs.get("class", "").split() if each != "vTextField"]
        widget.attrs["class"] = " ".join(dict.fromkeys((*classes, f"app-{width}")))


def _say_blank(field: forms.Field) -> None:
    """One way of showing that nothing is chosen."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = BLANK[1]
    elif isinstance(field, forms.TypedChoiceField):
        choices: Any = field.choices
        field.choices = [BLANK if key in ("", None) else (key, label) for key, label in choices]


class SafeForm(Wording, SeenForm, metaclass=PlainFields):
    """A form that can be shown again with everything typed when saving was refused.

    `refusal` is the sentence of the refusal, set on the form's class for the second showing.
    `bound` is what the row belongs to, by field: chosen before the form is shown, and no field
    of it; neither are the fields of `read_only`, and `person` is who fills it in. All are set on
    a class made for one request.
    """

    refusal: ClassVar[str] = ""
    bound: ClassVar[Mapping[str, models.Model | None]] = {}
    read_only: ClassVar[Collection[str]] = ()
    person: ClassVar[Any] = None
    SUGGESTED: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            for name, row in self.bound.items():
                setattr(self.instance, name, row)
        for name in {*self.bound, *self.read_only}:
            self.fields.pop(name, None)
        if not self.prefix:
            for name in set(self.SUGGESTED).intersection(self.fields):
                widget = SuggestInput(suggestions=self._once(f"{name}s", self._words_used(name)))
                widget.attrs = {**self.fields[name].widget.attrs, "list": f"suggested-{name}"}
                self.fields[name].widget = widget

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        """What is made once for a class, however many forms of it are made."""
        name = f"_made_{what}"
        if name not in type(self).__dict__:
            setattr(type(self), name, make())
        return getattr(type(self), name)

    def _words_used(self, name: str) -> Callable[[], list[str]]:
        """What other rows that belong to the same have in a field, to be typed alike again."""

        def read() -> list[str]:
            if not any(self.bound.values()):
                return []
            rows = type(self.instance)._base_manager.filter(**self.bound).exclude(**{name: ""})
            return list(rows.order_by(name).values_list(name, flat=True).distinct()[:MOST_WORDS])

        return read

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """A row is told from others of its plan, so what it belongs to is looked at too.

        Not in a table: a query for each of its rows would be too many, and saving checks it.
        """
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.prefix else excluded.difference(self.bound)

    def _update_errors(self, errors: ValidationError) -> None:
        """Show errors of fields that this form does not have above the form."""
        if hasattr(errors, "error_dict"):
            for name in set(errors.error_dict).difference(self.fields, {NON_FIELD_ERRORS}):
                leaves = errors.error_dict.pop(name)
                field = self._model_field(name)
                name_errors(ValidationError(leaves), getattr(field, "verbose_name", name), field)
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(leaves)
        super()._update_errors(errors)  # type: ignore[misc]

    def _model_field(self, name: str) -> models.Field | None:
        fields = {field.name: field for field in self.instance._meta.get_fields()}
        field = fields.get(name)
        return field if isinstance(field, models.Field) else None


class OfferingForm(SafeForm):
    """A form some of whose fields choose among rows that were read once for its class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self._once("rows", self._make_rows).items():
            chooser = self.fields.get(name)
            if isinstance(chooser, (formfields.RowChoiceField, formfields.RowsChoiceField)):
                chooser.share(rows)
                self._keep_row(name, chooser)
                if isinstance(chooser.widget, CheckList):
                    chooser.widget.label = chooser.label or label_of(name.replace("_", " "))
                elif not self.prefix:
                    chooser.widget.attrs["data-searchable"] = ""

    def rows_offered(self) -> dict[str, Iterable[Any] | Grouped]:
        """Rows among which fields choose, by field; read once for a whole table."""
        return {}

    def _make_rows(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, rows in self.rows_offered().items():
            several = isinstance(self.base_fields.get(name), formfields.RowsChoiceField)
            made[name] = formfields.RowsChoiceField() if several else formfields.RowChoiceField()
            made[name].offer_groups(rows.groups if isinstance(rows, Grouped) else [("", rows)])
            made[name].is_for_all = isinstance(rows, Grouped)
        return made

    def _keep_row(self, name: str, chooser: Any) -> None:
        """A stored row stays a choice, though it would not be offered to a new one."""
        field = self._model_field(name)
        number = getattr(self.instance, field.attname) if field and field.many_to_one else None
        if number is not None and not chooser.offers(number):
            chooser.keep(getattr(self.instance, name), AS_STORED)
