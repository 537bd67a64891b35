"""Figures as a reader writes them."""

from decimal import Decimal as D

import pytest

from metrics.rules import in_words


@pytest.mark.parametrize(
    ("value", "upper", "unit", "qualifier", "expected"),
    [
        (D(614_000_000), None, "£", "", "£614,000,000"),
        (D(-5), None, "£ a person", "about", "about \N{MINUS SIGN}£5 a person"),
        (D(10), D(19), "%", "", "10 to 19%"),
        (D("-3.5"), None, "%", "", "\N{MINUS SIGN}3.5%"),
        (D("1234.50"), None, "", "over", "over 1,234.5"),
        (D(0), None, "delayed days", "", "0 delayed days"),
        (None, None, "%", "about", ""),
    ],
)
def test_a_figure_in_words(
    value: D | None, upper: D | None, unit: str, qualifier: str, expected: str
) -> None:
    assert in_words(value, upper, unit, qualifier) == expected
