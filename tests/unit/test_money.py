"""Pounds are read as people type them, written as they read them, and never lose a penny."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.money import (
    LIMIT,
    NotDivisible,
    NotMoney,
    divide,
    divide_by_percent,
    format_pounds,
    from_pence,
    parse_pounds,
    share,
    to_pence,
    to_pounds,
    total,
)

amounts = st.integers(-int(LIMIT) * 100, int(LIMIT) * 100).map(from_pence)


@given(amounts)
def test_what_is_written_reads_back_as_the_same_amount(amount: Decimal) -> None:
    assert parse_pounds(format_pounds(amount)) == amount


@given(amounts)
def test_pence_and_pounds_convert_both_ways(amount: Decimal) -> None:
    assert from_pence(to_pence(amount)) == amount


@given(st.lists(amounts, max_size=60))
def test_a_total_is_exact(given_amounts: list[Decimal]) -> None:
    assert total(given_amounts) * 100 == sum(map(to_pence, given_amounts))


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("£1,234", "1234.00"),
        ("1234.5", "1234.50"),
        (" £ 1,234.50 ", "1234.50"),
        ("(500)", "-500.00"),
        ("(£1,500.25)", "-1500.25"),
        ("1.2m", "1200000.00"),
        ("£23.412M", "23412000.00"),
        ("850k", "850000.00"),
        ("1.5bn", "1500000000.00"),
        ("-3.50", "-3.50"),
        ("\N{MINUS SIGN}3.50", "-3.50"),
        ("\N{EN DASH}3.50", "-3.50"),
        ("-£3.50", "-3.50"),
        ("£-3.50", "-3.50"),
        (".5", "0.50"),
        ("0", "0.00"),
        ("12,345,678.90", "12345678.90"),
        ("1.000", "1.00"),
    ],
)
def test_amounts_as_people_type_them(typed: str, pounds: str) -> None:
    read = parse_pounds(typed)
    assert str(read) == pounds


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "1,23",
        "12,34,567",
        "1,2345",
        "£",
        "1.2.3",
        "(500",
        "500)",
        "--5",
        "-£-5",
        "(-5)",
        "5-",
        "1e3",
        "NaN",
        "Infinity",
        "12%",
        "1.5x",
        "$5",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotMoney):
        parse_pounds(typed)


@pytest.mark.parametrize("typed", ["0.001", "1.234", "0.000000001m", "£3.505"])
def test_a_part_of_a_penny_is_refused_and_said(typed: str) -> None:
    with pytest.raises(NotMoney, match="part of a penny"):
        parse_pounds(typed)


def test_a_refusal_says_what_to_type() -> None:
    with pytest.raises(NotMoney, match=r"“1,23” is not an amount\. Type pounds, such as 1,234\.50"):
        parse_pounds("1,23")


def test_two_minus_signs_are_named_as_such() -> None:
    with pytest.raises(NotMoney, match="more than one minus sign"):
        parse_pounds("(-5)")


def test_the_limit_itself_is_taken_and_a_penny_more_is_not() -> None:
    assert parse_pounds(str(LIMIT)) == LIMIT
    with pytest.raises(NotMoney):
        to_pounds(LIMIT + Decimal("0.01"))
    with pytest.raises(NotMoney):
        to_pounds(-LIMIT - Decimal("0.01"))


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), "x"])
def test_what_is_no_number_is_no_money(value: Decimal | str) -> None:
    with pytest.raises(NotMoney):
        to_pounds(value)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("23412000.00", "£23,412,000"),
        ("1234.50", "£1,234.50"),
        ("-500", "\N{MINUS SIGN}£500"),
        ("0", "£0"),
        ("-0.01", "\N{MINUS SIGN}£0.01"),
    ],
)
def test_pounds_as_a_british_reader_writes_them(amount: str, written: str) -> None:
    assert format_pounds(Decimal(amount)) == written


def test_what_is_not_stated_is_not_nought() -> None:
    assert format_pounds(None) == "not stated"


def test_a_total_leaves_out_what_is_not_stated() -> None:
    assert total([Decimal("0.10"), None, Decimal("0.20")]) == Decimal("0.30")
    assert str(total([None])) == "0.00"


@pytest.mark.parametrize(
    ("part", "whole", "places", "percent"),
    [
        ("1", "3", 1, "33.3"),
        ("2", "3", 2, "66.67"),
        ("1", "8", 1, "12.5"),
        ("0.125", "100", 2, "0.13"),
        ("-1", "4", 0, "-25"),
        ("5", "5", 1, "100.0"),
    ],
)
def test_a_share_is_rounded_once_half_up(part: str, whole: str, places: int, percent: str) -> None:
    assert str(share(Decimal(part), Decimal(whole), places)) == percent


def test_a_share_of_nothing_is_not_stated() -> None:
    assert share(Decimal(5), Decimal(0)) is None


@given(amounts, st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=12))
def test_a_split_loses_no_penny(amount: Decimal, weights: list[Decimal]) -> None:
    if not any(weights):
        return
    parts = divide(amount, dict(enumerate(weights)))
    assert total(parts.values()) == amount
    for key, weight in enumerate(weights):
        exact = Fraction(amount) * Fraction(weight) / sum(map(Fraction, weights))
        assert abs(Fraction(parts[key]) - exact) < Fraction(1, 100)
        assert parts[key] * amount >= 0


@given(amounts, st.lists(st.integers(0, 100), min_size=2, max_size=8))
def test_nobody_bears_less_for_a_greater_weight(amount: Decimal, weights: list[int]) -> None:
    if not any(weights):
        return
    heavier_first = sorted(weights, reverse=True)
    parts = [abs(part) for part in divide(amount, dict(enumerate(heavier_first))).values()]
    assert parts == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("100", [1, 1, 1], ["33.34", "33.33", "33.33"]),
        ("-100", [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
        ("0.01", [1, 2], ["0.00", "0.01"]),
        ("0.05", [1, 1], ["0.03", "0.02"]),
        ("10", [0, 5], ["0.00", "10.00"]),
        ("0", [1, 5], ["0.00", "0.00"]),
    ],
)
def test_pence_left_over_go_to_who_lost_most(
    amount: str, weights: list[int], parts: list[str]
) -> None:
    divided = divide(Decimal(amount), dict(enumerate(weights)))
    assert [str(part) for part in divided.values()] == parts


@pytest.mark.parametrize(
    ("weights", "why"), [([], "above 0"), ([0, 0], "above 0"), ([1, -1, 5], "less than nothing")]
)
def test_by_nothing_or_less_nothing_is_divided(weights: list[int], why: str) -> None:
    with pytest.raises(NotDivisible, match=why):
        divide(Decimal(1), dict(enumerate(weights)))


@pytest.mark.parametrize("percents", [["50", "49.9"], ["60", "60"], []])
def test_percentages_that_are_not_the_whole_divide_nothing(percents: list[str]) -> None:
    with pytest.raises(NotDivisible, match="add to 100"):
        divide_by_percent(Decimal(1), dict(enumerate(map(Decimal, percents))))


def test_percentages_divide_the_whole() -> None:
    parts = divide_by_percent(Decimal("0.99"), {"first": Decimal("78"), "second": Decimal("22")})
    assert parts == {"first": Decimal("0.77"), "second": Decimal("0.22")}
