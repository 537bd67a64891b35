"""Columns read a cell as people and spreadsheets write it, and write a row's field back."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms

from bcf.base.formfields import MoneyField, NumberField, PercentField, PeriodChoiceField
from bcf.base.typedfields import WholeNumberField
from bcf.periods import NOT_STATED, PartialDate
from metrics.models import MetricValue
from plans.grids.columns import Column, Unreadable, column_of
from schemes.models import Benefit, Milestone, SpendLine


def column(model: Any, name: str, field: forms.Field | None = None) -> Column:
    found = field or model._meta.get_field(name).formfield()
    return column_of(model, name, found, "")


def year_field() -> PeriodChoiceField:
    return PeriodChoiceField(
        choices=[("", "—"), ("2017-18", "2017–18"), ("not-stated", "Not stated")]
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [("£1,234", "£1,234"), ("£ -   ", "0"), ("–", "0"), ("", ""), ("-5", "-5")],
)
def test_a_dash_of_a_spreadsheet_is_nothing_pounds(typed: str, read: str) -> None:
    amount = column(SpendLine, "amount", MoneyField())
    assert amount.read(amount.tidy(typed)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("(500)", "-500.00"),
        ("1.2m", "1200000.00"),
        ("85%", "85"),
        ("1,234.5678", "1,234.5678"),
        ("(x)", "(x)"),
        ("", ""),
    ],
)
def test_numbers_are_read_as_spreadsheets_write_them(typed: str, read: str) -> None:
    assert column(Benefit, "change", NumberField()).read(typed) == read


def test_whole_numbers_may_have_commas_and_percentages_keep_their_sign() -> None:
    number = column(Benefit, "change", WholeNumberField())
    assert number.field.clean(number.read("100,000")) == 100_000
    assert column(SpendLine, "nhs_percent", PercentField()).read("62.5%") == "62.5%"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("18/09/2014", PartialDate(2014, 9, 18)),
        ("8.9.14", PartialDate(2014, 9, 8)),
        ("Sep-14", PartialDate(2014, 9)),
        ("18 September 2014", PartialDate(2014, 9, 18)),
        ("18-Sep-14", PartialDate(2014, 9, 18)),
        ("2014-09", PartialDate(2014, 9)),
        ("2014", PartialDate(2014)),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, read: PartialDate) -> None:
    due = column(Milestone, "due")
    assert due.field.clean(due.read(typed)) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2014/15", "2014-15"),
        ("2014–15", "2014-15"),
        ("Not stated", "not-stated"),
        ("q3 2014-15", "2014-15Q3"),
        ("Apr 2014 to Jul 2014", "2014-04/2014-07"),
    ],
)
def test_periods_are_read_as_people_write_them(typed: str, read: str) -> None:
    period = column(MetricValue, "period")
    assert str(period.field.clean(period.read(typed))) == read


@pytest.mark.parametrize("code", ["2014-15Q3", "2014-04", "2014/2015", "2014-04/2014-07"])
def test_a_period_is_written_as_it_is_read(code: str) -> None:
    period = column(MetricValue, "period")
    shown = period.write(MetricValue(period=code))
    assert str(period.field.clean(period.read(shown))) == code


def test_an_emptied_period_that_may_be_so_is_not_stated() -> None:
    year = column(Milestone, "financial_year")
    assert year.field.clean(year.read("")) == NOT_STATED


@pytest.mark.parametrize("typed", ["2017-18", "2017–18", "2017/18", "17/18", "2017-2018", "17-18"])
def test_a_year_of_the_cycle_has_many_spellings_and_is_shown_as_its_code(typed: str) -> None:
    year = column(SpendLine, "financial_year", year_field())
    assert year.read(typed) == "2017-18"
    assert year.words
    assert year.words.shown == ["2017-18", "Not stated"]


def test_an_empty_year_is_not_stated_where_the_row_may_be_so_and_missing_elsewhere() -> None:
    assert column(Benefit, "financial_year", year_field()).read("") == "not-stated"
    assert column(SpendLine, "financial_year", year_field()).read("") == ""


def test_a_year_outside_the_cycle_is_refused_with_the_choices() -> None:
    with pytest.raises(Unreadable, match="Write one of: 2017-18; Not stated"):
        column(SpendLine, "financial_year", year_field()).read("2031-32")


def test_a_row_is_written_as_it_is_read() -> None:
    line = SpendLine(description=" Two \n words", amount=Decimal("1234.50"), in_pool=True)
    assert column(SpendLine, "description").write(line) == "Two words"
    assert column(SpendLine, "amount", MoneyField()).write(line) == "1,234.50"
    assert column(SpendLine, "in_pool").write(line) == "yes"
    milestone = Milestone(due=PartialDate(2014, 9), financial_year=NOT_STATED)
    assert column(Milestone, "due").write(milestone) == "September 2014"
    assert column(Milestone, "starts").write(milestone) == ""
    assert column(Milestone, "financial_year").write(milestone) == "not stated"


def test_lines_of_a_long_text_are_kept() -> None:
    note = column(Benefit, "note")
    assert note.kind == "long"
    assert note.tidy("One\r\ntwo \n") == "One\ntwo"


def test_every_column_says_what_it_takes() -> None:
    assert column(SpendLine, "amount", MoneyField(required=False)).hint == (
        "Pounds, such as £1,234, 1.2m or (500). May be empty."
    )
    year = column(SpendLine, "financial_year", year_field())
    assert year.hint == "One of: 2017-18; Not stated."
    assert column(Milestone, "due").hint == (
        "A date, such as 31/3/2026, March 2026 or 2026. May be empty."
    )
