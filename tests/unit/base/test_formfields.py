"""Form fields read money and percentages as typed, and keep what was typed on an error."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from bcf.base.formfields import (
    MoneyField,
    NotAPercentage,
    PercentField,
    RowChoiceField,
    parse_percent,
)
from plans.models import Organisation


class AmountForm(forms.Form):
    amount = MoneyField(required=False)
    percent = PercentField(required=False)


def test_money_is_read_as_typed() -> None:
    form = AmountForm({"amount": "£1,234.50", "percent": "62.5%"})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": Decimal("1234.50"), "percent": Decimal("62.50")}


def test_left_empty_is_not_stated() -> None:
    form = AmountForm({"amount": " ", "percent": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": None, "percent": None}


@pytest.mark.parametrize("typed", ["1,23", "twelve", "£3.505", "(5"])
def test_what_was_typed_is_shown_again_beside_the_error(typed: str) -> None:
    form = AmountForm({"amount": typed})
    assert not form.is_valid()
    assert form["amount"].value() == typed
    assert f'value="{typed}"' in str(form["amount"].as_widget())
    assert typed.removeprefix("£") in form.errors["amount"][0]


def test_a_stored_amount_is_shown_as_people_write_it() -> None:
    form = AmountForm(initial={"amount": Decimal("1234567.00"), "percent": Decimal("62.50")})
    assert 'value="1,234,567"' in str(form["amount"])
    assert 'value="62.50"' in str(form["percent"])


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [
        (Decimal("1234.00"), "£1,234", False),
        (Decimal("1234.00"), "1234.00", False),
        (Decimal("1234.00"), "1234.01", True),
        (Decimal("1234.00"), "", True),
        (None, "", False),
        (None, "0", True),
        (Decimal("1.00"), "abc", True),
    ],
)
def test_another_way_of_writing_the_same_amount_is_no_change(
    initial: Decimal | None, typed: str, changed: bool
) -> None:
    assert MoneyField(required=False).has_changed(initial, typed) is changed


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("62.5", "62.50"), ("62.5%", "62.50"), ("0", "0.00"), ("100 %", "100.00"), ("33.33", "33.33")],
)
def test_percentages_as_people_type_them(typed: str, percent: str) -> None:
    assert str(parse_percent(typed)) == percent


def test_a_percentage_with_more_places_than_two_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        NotAPercentage, match=r"more than two decimal places\. Round it, such as 33\.33"
    ):
        parse_percent("33.333")


@pytest.mark.parametrize("typed", ["", "-1", "100.01", "half", "NaN", "1e1000"])
def test_what_is_no_percentage_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(NotAPercentage, match="Type a number from 0 to 100"):
        parse_percent(typed)


def test_a_required_amount_must_be_given() -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean("")


@pytest.fixture
def bodies() -> list[Organisation]:
    return [Organisation(pk=7, key="a", name="A"), Organisation(pk=8, key="b", name="B")]


def test_a_row_is_chosen_among_those_offered(bodies: list[Organisation]) -> None:
    field = RowChoiceField(rows=bodies, required=False)
    assert field.clean("8") is bodies[1]
    assert field.clean("") is None
    with pytest.raises(ValidationError):
        field.clean("9")


@pytest.mark.parametrize(
    ("initial", "typed", "changed"),
    [(7, "7", False), (None, "", False), (7, "8", True), (7, "", True), (None, "7", True)],
)
def test_a_row_chosen_again_is_no_change(
    bodies: list[Organisation], initial: Any, typed: str, changed: bool
) -> None:
    assert RowChoiceField(rows=bodies).has_changed(initial, typed) is changed
    row = next((each for each in bodies if each.pk == initial), None)
    assert RowChoiceField(rows=bodies).has_changed(row, typed) is changed
