"""Printed figures in pounds, whatever the unit they are printed in."""

import datetime
from decimal import Decimal

import pytest

from bcf.base.published import Citation, citation_of, differs_from_print, printed_pounds


@pytest.mark.parametrize(
    ("printed", "unit", "pounds"),
    [
        ("3,642", "GBP_thousand", "3642000.00"),
        ("23,412,000", "GBP", "23412000.00"),
        ("£1.206", "GBP_million", "1206000.00"),
        ("8,244.39", "GBP", "8244.39"),
        ("-", "GBP_thousand", "0.00"),
        ("–", "GBP", "0.00"),
        ("—", "GBP", "0.00"),
        ("-12", "GBP_thousand", "-12000.00"),
    ],
)
def test_a_printed_figure_in_pounds(printed: str, unit: str, pounds: str) -> None:
    assert str(printed_pounds(printed, unit)) == pounds


@pytest.mark.parametrize(
    ("printed", "unit"), [("", "GBP"), (" ", "GBP"), ("12", ""), ("12", "days"), ("n/a", "GBP")]
)
def test_what_is_not_printed_money_gives_nothing(printed: str, unit: str) -> None:
    assert printed_pounds(printed, unit) is None


def test_a_citation_reads_as_title_and_place() -> None:
    assert str(Citation("Plan", datetime.date(2016, 3, 7), "item 11")) == "Plan, item 11"
    assert str(Citation("Plan")) == "Plan"


def test_pounds_are_decimal() -> None:
    assert isinstance(printed_pounds("1", "GBP"), Decimal)


def test_an_amount_differs_from_print_where_another_is_printed() -> None:
    assert differs_from_print(Decimal(12_500), "12", "GBP_thousand")
    assert not differs_from_print(Decimal(12_000), "12", "GBP_thousand")
    assert differs_from_print(None, "12", "GBP_thousand")
    assert not differs_from_print(Decimal(12), "", "GBP")
    assert not differs_from_print(Decimal(12), "about a dozen", "GBP")


def test_a_row_without_a_document_has_no_citation() -> None:
    assert citation_of("Plan", None, "8.1") == Citation("Plan", None, "8.1")
    assert citation_of("", None, "8.1") is None
