"""Refusals name their field and the remedy, whatever Django says of itself."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.safe_forms import Wording
from bcf.base.sentences import (
    flat,
    label_of,
    named,
    not_offered,
    one_of,
    quoted,
    word_row_errors,
)
from plans.models import Organisation


class EveryField(Wording, forms.Form):
    title = forms.CharField(max_length=5)
    count = forms.IntegerField(label="Number of people", max_value=9)
    ratio = forms.DecimalField(max_digits=3, decimal_places=1)
    day = forms.DateField(label="Agreed by the board on")
    address = forms.URLField(label="Web address", assume_scheme="https")
    email = forms.EmailField(label="E-mail address")
    slug = forms.SlugField(label="Name in addresses")
    kind = forms.ChoiceField(choices=[("a", "Acute"), ("o", "Other")])
    kinds = forms.MultipleChoiceField(choices=[("a", "Acute"), ("o", "Other")])
    secret = forms.CharField(widget=forms.PasswordInput, max_length=3)


WRONG = {
    "title": "too long",
    "count": "many",
    "ratio": "1.2345",
    "day": "32/13/2015",
    "address": "nowhere",
    "email": "nobody",
    "slug": "a b",
    "kind": "x",
    "kinds": ["x"],
    "secret": "12345",
}


def first_errors(data: dict[str, Any]) -> dict[str, str]:
    form = EveryField(data)
    return {name: str(found[0]) for name, found in form.errors.items()}


def test_what_is_missing_is_named() -> None:
    errors = first_errors({})
    assert errors["title"] == "“Title” is empty. Fill it in."
    assert errors["kind"] == "“Kind” is empty. Choose one from the list."
    assert set(errors) == set(EveryField.base_fields)


def test_what_is_wrong_is_quoted_with_the_remedy() -> None:
    assert first_errors(WRONG) == {
        "title": "“Title” has 8 characters and takes at most 5. Shorten it.",
        "count": "Number of people: “many” is not a whole number. Type it in figures, such as 12.",
        "ratio": "Ratio: “1.2345” has more figures than can be kept. Round it.",
        "day": "Agreed by the board on: “32/13/2015” is not a date. Type it as 31/3/2026 or "
        "31 March 2026.",
        "address": "Web address: “nowhere” is not a web address. Type one such as "
        "https://www.example.org.uk/paper.pdf.",
        "email": "E-mail address: “nobody” is not an e-mail address. Type one such as ann@nhs.net.",
        "slug": "Name in addresses: “a b” is not a name for addresses. Use letters, figures and "
        "hyphens alone.",
        "kind": "Kind: “x” is not offered. Choose one of: Acute; Other.",
        "kinds": "Kinds: “x” is not offered. Choose one of: Acute; Other.",
        "secret": "“Secret” has 5 characters and takes at most 3. Shorten it.",
    }


def test_a_number_beyond_its_limit_is_refused_with_the_limit() -> None:
    assert first_errors({**WRONG, "count": "12"})["count"] == (
        "Number of people: “12” is beyond what can be kept; the limit is 9. Change it."
    )


def test_a_password_is_not_said_back() -> None:
    class PasswordForm(Wording, forms.Form):
        password = forms.IntegerField(widget=forms.PasswordInput)

    assert "hunter2" not in str(PasswordForm({"password": "hunter2"}).errors)


def test_an_error_that_names_its_field_stays_as_it_is() -> None:
    assert named("Amount (£)", "The amount is too large.") == "The amount is too large."
    assert named("Amount (£)", "Too large.") == "Amount (£): Too large."
    assert named("per", "A percentage lies from 0 to 100.") == (
        "Per: A percentage lies from 0 to 100."
    )


def test_an_error_of_several_fields_stays_as_it_is() -> None:
    form = EveryField(WRONG)
    form.errors.clear()
    form.add_error(None, ValidationError({"title": ["Say more."], "kind": ["Say less."]}))
    assert form.errors["title"] == ["Title: Say more."]
    assert form.errors["kind"] == ["Kind: Say less."]


def test_what_is_chosen_from_is_spelt_out_while_it_is_short() -> None:
    assert one_of(["Acute", "Other"]) == "Choose one of: Acute; Other."
    assert one_of(map(str, range(30))) == "Choose one from the list."
    assert not_offered("x", "scheme type", "2014-16", []) == (
        "“x” is no scheme type of 2014-16, which has none. Leave the scheme type empty."
    )


def test_a_long_text_is_quoted_in_part() -> None:
    assert quoted("x" * 100) == f"“{'x' * 60}…”"
    assert quoted("two\n lines") == "“two lines”"


def test_labels_and_choices_are_made_plain() -> None:
    assert label_of("funding source:") == "Funding source"
    assert flat([("", "—"), ("Group", [("a", "Acute")])]) == [("", "—"), ("a", "Acute")]


@pytest.mark.django_db
def test_a_row_saved_without_a_form_says_it_too() -> None:
    row = Organisation(key="not a slug", name="", kind="council")
    with pytest.raises(ValidationError) as error:
        row.save()
    found = {name: messages[0] for name, messages in error.value.message_dict.items()}
    assert found["name"] == "“Name” is empty. Fill it in."
    assert found["key"].startswith("Key: “not a slug” is not a name for addresses.")
    assert found["kind"].startswith("Kind: “council” is not offered. Choose one of: Local auth")


def test_errors_of_a_row_without_fields_are_left_alone() -> None:
    plain = ValidationError("As it is.")
    assert word_row_errors(models.Model.__new__(Organisation), plain) is plain
