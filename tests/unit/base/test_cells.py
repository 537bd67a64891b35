"""Cells are read as people write them, and written so that they come back the same."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bcf.base.cells import ChoiceCell, cell_of
from bcf.files.writing import Kind
from bcf.periods import FinancialYear, PartialDate, parse_period
from governance.models import Agreement, SignOff
from metrics.models import MetricValue
from plans.models import Answer, Contribution
from schemes.models import BenefitProfile, Scheme, SpendLine

CELLS = {
    "text": Contribution._meta.get_field("printed"),
    "long": Scheme._meta.get_field("summary"),
    "money": Contribution._meta.get_field("amount"),
    "percent": SpendLine._meta.get_field("nhs_percent"),
    "number": MetricValue._meta.get_field("value"),
    "whole": Answer._meta.get_field("order"),
    "rounded": Contribution._meta.get_field("rounded_to"),
    "tick": SpendLine._meta.get_field("in_pool"),
    "date": SignOff._meta.get_field("signed_on"),
    "year": Contribution._meta.get_field("financial_year"),
    "period": BenefitProfile._meta.get_field("month"),
    "partial": Agreement._meta.get_field("starts"),
    "choice": MetricValue._meta.get_field("kind"),
}


def read(kind: str, text: str) -> Any:
    return cell_of(CELLS[kind]).clean(text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  two\r\nlines ", "two\nlines"),
        ("money", "£1,234", Decimal("1234.00")),
        ("money", "(500)", Decimal("-500.00")),
        ("money", "1.2m", Decimal("1200000.00")),
        ("percent", "62.5%", Decimal("62.50")),
        ("percent", "62.5", Decimal("62.50")),
        ("number", "1,234.5678", Decimal("1234.5678")),
        ("whole", "1,234", 1234),
        ("whole", "7.0", 7),
        ("rounded", "1,000", Decimal("1000")),
        ("tick", "Yes", True),
        ("tick", "TRUE", True),
        ("tick", "0", False),
        ("date", "18/09/2014", datetime.date(2014, 9, 18)),
        ("year", "2015/16", FinancialYear(2015)),
        ("year", "Not stated", parse_period("not-stated")),
        ("period", "2015-04-01", parse_period("2015-04")),
        ("partial", "Sep-14", PartialDate(2014, 9)),
        ("choice", "Baseline", "baseline"),
        ("choice", "BASELINE", "baseline"),
        ("choice", "baseline", "baseline"),
    ],
)
def test_a_cell_is_read_as_people_write_it(kind: str, text: str, value: Any) -> None:
    found = read(kind, text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("money", "lots", "“lots” is not an amount. Type pounds"),
        ("money", "1.005", "part of a penny"),
        ("percent", "120", "from 0 to 100"),
        ("number", "a few", "not a number"),
        ("whole", "1.5", "“1.5” is not a whole number"),
        ("rounded", "thousands", "“thousands” is not a number"),
        ("tick", "perhaps", "“perhaps” is neither yes nor no"),
        ("date", "2014", "Type it as 31/3/2026 or 31 March 2026"),
        ("year", "2015-04", "is not a financial year"),
        ("period", "soon", "is not a period"),
        ("partial", "soon", "is not a date"),
        ("choice", "hoped for", "is none of the choices: baseline (Baseline)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(kind: str, text: str, says: str) -> None:
    with pytest.raises((ValueError, ValidationError)) as refused:
        read(kind, text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "value", "written", "shown"),
    [
        ("text", "£5", "£5", "£5"),
        ("money", Decimal("1234.50"), Decimal("1234.50"), "£1,234.50"),
        ("money", None, None, ""),
        ("percent", Decimal("62.50"), Decimal("62.5"), "62.5%"),
        ("number", Decimal("1234.5"), Decimal("1234.5"), "1,234.5"),
        ("number", Decimal("1E+3"), Decimal("1000"), "1,000"),
        ("tick", False, "no", "No"),
        ("date", datetime.date(2014, 9, 18), datetime.date(2014, 9, 18), "18 September 2014"),
        ("year", FinancialYear(2015), "2015-16", "2015–16"),
        ("partial", "", "", ""),
        ("partial", PartialDate(2014, 9), "2014-09", "September 2014"),
        ("choice", "baseline", "baseline", "Baseline"),
    ],
)
def test_a_value_is_written_plainly_and_shown_in_words(
    kind: str, value: Any, written: Any, shown: str
) -> None:
    cell = cell_of(CELLS[kind])

    assert cell.render(value) == written
    assert str(cell.render(value)) == str(written)
    assert cell.show(value, None) == shown


def test_a_difference_of_line_ends_and_blanks_at_the_ends_is_none() -> None:
    cell = cell_of(CELLS["long"])

    assert cell.same(cell.clean("two\nlines"), " two\r\nlines ")
    assert not cell.same("two lines", "two\nlines")


def test_kinds_of_columns_follow_from_the_fields() -> None:
    kinds = {name: cell_of(field).kind for name, field in CELLS.items()}

    assert kinds["money"] is Kind.MONEY
    assert kinds["long"] is Kind.LONG_TEXT
    assert kinds["date"] is Kind.DATE
    assert kinds["percent"] is Kind.NUMBER
    assert kinds["year"] is Kind.TEXT


def test_choices_may_depend_on_the_row() -> None:
    cell = ChoiceCell(lambda row: [(f"{row.plan}-a", "First")])

    assert cell.clean("first", instance=SimpleNamespace(plan="x")) == "x-a"
    assert cell.options("y") == (("y-a", "First"),)
    with pytest.raises(ValueError, match="none of the choices"):
        cell.clean("second", instance=SimpleNamespace(plan="x"))
    with pytest.raises(ValueError, match="no choices here"):
        ChoiceCell(lambda row: []).clean("second", instance=None)


def test_of_many_choices_only_some_are_named() -> None:
    cell = ChoiceCell(lambda row: [(f"key-{n}", f"Label {n}") for n in range(50)])

    with pytest.raises(ValueError, match="and others, which the template file lists") as refused:
        cell.clean("none")
    assert "key-49" not in str(refused.value)


@pytest.mark.parametrize("kind", CELLS)
def test_every_cell_says_what_to_write(kind: str) -> None:
    assert cell_of(CELLS[kind]).hint()
