"""Boxes for whole numbers, dates and periods keep what they do not understand."""

from datetime import date
from typing import Any

import pytest
from django import forms

from bcf.base.typedfields import (
    DateField,
    FinancialYearField,
    PartialDateField,
    PeriodField,
    WholeNumberField,
)
from bcf.periods import NOT_STATED, FinancialYear, Month, PartialDate


class TypedForm(forms.Form):
    people = WholeNumberField(required=False, min_value=0, max_value=32_767)
    day = DateField(required=False)
    due = PartialDateField(required=False)
    period = PeriodField(required=False)
    year = FinancialYearField(required=False)


READ: dict[str, tuple[str, Any, str]] = {
    "people": ("12,500", 12_500, "12,500"),
    "day": ("31/3/2026", date(2026, 3, 31), "31 March 2026"),
    "due": ("mar 2026", PartialDate(2026, 3), "March 2026"),
    "period": ("apr 2017", Month(2017, 4), "April 2017"),
    "year": ("2015/16", FinancialYear(2015), "2015-16"),
}
NOTHING = {"people": None, "day": None, "due": "", "period": NOT_STATED, "year": NOT_STATED}


@pytest.mark.parametrize("name", READ)
def test_what_is_typed_is_read_and_shown_as_people_write_it(name: str) -> None:
    typed, value, shown = READ[name]
    form = TypedForm({name: typed})
    assert form.is_valid()
    assert form.cleaned_data[name] == value
    assert f'value="{shown}"' in str(TypedForm(initial={name: value})[name])


@pytest.mark.parametrize("name", READ)
def test_an_empty_box_is_nothing(name: str) -> None:
    form = TypedForm({name: " "})
    assert form.is_valid()
    assert form.cleaned_data[name] == NOTHING[name]


@pytest.mark.parametrize("name", READ)
def test_what_is_not_understood_is_shown_again(name: str) -> None:
    form = TypedForm({name: "one fine day"})
    assert not form.is_valid()
    assert "“one fine day” is not a" in form.errors[name][0]
    assert 'value="one fine day"' in str(form[name])


@pytest.mark.parametrize("name", READ)
def test_the_same_value_in_other_words_is_no_change(name: str) -> None:
    typed, value, shown = READ[name]
    for again in (typed, shown):
        assert not TypedForm({name: again}, initial={name: value}).has_changed()
    assert TypedForm({name: "nonsense"}, initial={name: value}).has_changed()
    assert TypedForm({name: ""}, initial={name: value}).has_changed()
    assert not TypedForm({name: ""}).has_changed() or name in ("period", "year")


@pytest.mark.parametrize(
    ("typed", "words"), [("-1", "The least is 0"), ("99999", "most is 32,767")]
)
def test_a_whole_number_has_its_limits(typed: str, words: str) -> None:
    assert words in TypedForm({"people": typed}).errors["people"][0]


def test_a_period_not_stated_is_shown_in_words() -> None:
    assert 'value="not stated"' in str(TypedForm(initial={"period": "not-stated"})["period"])
