"""Rates, and figures as a reader writes them."""

from decimal import Decimal as D

import pytest

from metrics.rules import in_words, rate


@pytest.mark.parametrize(
    ("numerator", "denominator", "per", "expected"),
    [
        (D("4387.5"), D(198_867), 100_000, D("2206.2")),
        (D("4387.7"), D(198_867), 100_000, D("2206.3")),
        (D(367), D(29_135), 100, D("1.3")),
        (D(1), D(8), 10, D("1.3")),
        (D(-1), D(8), 10, D("-1.3")),
        (D(0), D(8), 100, D("0.0")),
        (None, D(8), 100, None),
        (D(8), None, 100, None),
        (D(8), D(0), 100, None),
        (D(8), D(9), None, None),
    ],
)
def test_a_rate_needs_all_three(
    numerator: D | None, denominator: D | None, per: int | None, expected: D | None
) -> None:
    assert rate(numerator, denominator, per) == expected


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
