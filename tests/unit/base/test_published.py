"""Printed figures in pounds, whatever the unit they are printed in."""

import datetime
from decimal import Decimal

import pytest

from bcf.base.published import Citation, printed_pounds


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
