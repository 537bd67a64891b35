"""Refusals in words: each names its field and says what to do.

Django's own phrases (“This field is required.”) do neither, so forms and rows pass their errors
through `name_errors`, and no other place has to know those phrases.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

LONGEST_LIST = 20
LONGEST_QUOTE = 60

Field = forms.Field | models.Field
Words = Callable[[str, str, dict[str, Any], Field | None], str]

_EMPTY = "“{label}” is empty. {remedy}"
_INVALID = (
    ((forms.DateField, models.DateField), "a date. Type it as 31/3/2026 or 31 March 2026."),
    ((forms.DecimalField, models.DecimalField), "a number. Type it in figures, such as 1,000."),
    ((forms.FloatField, models.FloatField), "a number. Type it in figures, such as 1,000."),
    ((forms.IntegerField, models.IntegerField), "a whole number. Type it in figures, such as 12."),
    (
        (forms.URLField, models.URLField),
        "a web address. Type one such as https://www.example.org.uk/paper.pdf.",
    ),
    ((forms.EmailField, models.EmailField), "an e-mail address. Type one such as ann@nhs.net."),
    (
        (forms.SlugField, models.SlugField),
        "a name for addresses. Use letters, figures and hyphens alone.",
    ),
)


def quoted(typed: Any) -> str:
    """What was typed, in quotation marks; a long text is cut."""
    text = " ".join(str(typed).split())
    return f"“{text}”" if len(text) <= LONGEST_QUOTE else f"“{text[:LONGEST_QUOTE]}…”"


def one_of(labels: Iterable[str]) -> str:
    """`Choose one of: Acute; Other.`; a long list is not spelt out."""
    offered = list(labels)
    if not offered:
        return "Leave it empty: there is none to choose."
    if len(offered) > LONGEST_LIST:
        return "Choose one from the list."
    return f"Choose one of: {'; '.join(offered)}."


def not_offered(typed: Any, what: str, of: str, labels: Sequence[str]) -> str:
    """`“Foo” is no funding source of 2014-16. Choose one of: …`."""
    if not labels:
        return f"{quoted(typed)} is no {what} of {of}, which has none. Leave the {what} empty."
    return f"{quoted(typed)} is no {what} of {of}. {one_of(labels)}"


def named(label: str, text: str) -> str:
    """The sentence with its field's label before it, unless the label's words are in it."""
    plain = label_of(label)
    words = re.sub(r"\s*\([^)]*\)\s*$", "", plain)
    if not words or re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE):
        return text
    return f"{plain}: {text}"


def label_of(label: Any) -> str:
    """A label as it stands before a box: with a capital and without a colon."""
    text = str(label or "").strip().rstrip(":")
    return text[:1].upper() + text[1:]


def name_errors(
    error: ValidationError, label: Any, field: Field | None = None, typed: Any = ""
) -> None:
    """Put each message of one field's error into a sentence with the field's name, in place."""
    for leaf in error.error_list:
        leaf.message = named(str(label), _sentence(leaf, label_of(label), field, typed))
        leaf.params = None


def word_row_errors(row: models.Model, error: ValidationError) -> ValidationError:
    """The errors of a row, those in Django's phrases as sentences that name the model's field."""
    if not hasattr(error, "error_dict"):
        return error
    fields = {field.name: field for field in row._meta.get_fields()}
    for name, leaves in error.error_dict.items():
        field = fields.get(name)
        if name != NON_FIELD_ERRORS and isinstance(field, models.Field):
            for leaf in leaves:
                label, typed = label_of(field.verbose_name), getattr(row, field.attname, "")
                leaf.message, leaf.params = _sentence(leaf, label, field, typed), None
    return error


def _sentence(leaf: ValidationError, label: str, field: Field | None, typed: Any) -> str:
    message, params = leaf.message, leaf.params or {}
    word = _WORDS.get(leaf.code or "")
    if word and _is_stock(leaf):
        said = typed if typed and isinstance(typed, str) else params.get("value", typed)
        return word(label, quoted(said), params, field)
    return str(message % params if params else message)


def _is_stock(leaf: ValidationError) -> bool:
    """Whether a message is Django's; only “invalid” is also a code of our own sentences."""
    return leaf.code != "invalid" or str(leaf.message) in _stock_phrases()


@cache
def _stock_phrases() -> frozenset[str]:
    """What Django says of a value that it cannot read, for any kind of field."""
    of_fields = [
        kind.__dict__["default_error_messages"].get("invalid", "")
        for module in (forms, models)
        for kind in vars(module).values()
        if isinstance(kind, type) and "default_error_messages" in kind.__dict__
    ]
    of_validators = [
        check.message
        for check in vars(validators).values()
        if getattr(check, "code", "") == "invalid"
    ]
    return frozenset(map(str, (*of_fields, *of_validators)))


def is_choice(field: Field | None) -> bool:
    """Whether a field is chosen from a list and not typed."""
    if isinstance(field, models.Field):
        return bool(field.choices) or field.is_relation
    return isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))


def _empty(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    remedy = "Choose one from the list." if is_choice(field) else "Fill it in."
    return _EMPTY.format(label=label, remedy=remedy)


def _invalid(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    for kinds, what in _INVALID:
        if isinstance(field, kinds):
            return f"{label}: {typed} is not {what}"
    return f"{label}: {typed} cannot be read. Type it again."


def _unknown(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    if isinstance(field, models.Field) and field.choices:
        labels = [str(each) for key, each in field.flatchoices if key]
        return f"{label}: {typed} is not offered. {one_of(labels)}"
    if isinstance(field, forms.ChoiceField) and hasattr(field, "choices"):
        labels = [text for key, text in flat(field.choices) if key]
        return f"{label}: {typed} is not offered. {one_of(labels)}"
    return f"{label}: what was chosen is not offered here, or not any more. Choose another."


def flat(choices: Any) -> list[tuple[str, str]]:
    """Keys and labels of choices, those in groups too."""
    found: list[tuple[str, str]] = []
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            found += flat(label)
        else:
            found.append((str(key), str(label)))
    return found


def _too_long(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    has, most = params.get("show_value", 0), params.get("limit_value", 0)
    return f"“{label}” has {has:,} characters and takes at most {most:,}. Shorten it."


def _too_many_figures(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    return f"{label}: {typed} has more figures than can be kept. Round it."


def _limit(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    number = params.get("limit_value")
    return f"{label}: {typed} is beyond what can be kept; the limit is {number:,}. Change it."


def _taken(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    return f"{label}: {typed} is taken already. Choose another."


def _unstorable(label: str, typed: str, params: dict[str, Any], field: Field | None) -> str:
    return f"“{label}” has a sign that cannot be stored. Type it again by hand."


_WORDS: dict[str, Words] = {
    "required": _empty,
    "blank": _empty,
    "null": _empty,
    "incomplete": _empty,
    "invalid": _invalid,
    "invalid_date": _invalid,
    "overflow": _invalid,
    "invalid_choice": _unknown,
    "invalid_list": _unknown,
    "invalid_pk_value": _unknown,
    "max_length": _too_long,
    "max_digits": _too_many_figures,
    "max_decimal_places": _too_many_figures,
    "max_whole_digits": _too_many_figures,
    "min_value": _limit,
    "max_value": _limit,
    "unique": _taken,
    "null_characters_not_allowed": _unstorable,
}
