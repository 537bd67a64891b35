"""Axes of figures: round, few, around what is drawn, and from nought where that is honest."""

from decimal import Decimal

import pytest

from bcf.charts.axis import axis_for


def ticks(*values: str, from_nought: bool = True) -> list[str]:
    axis = axis_for([Decimal(each) for each in values], from_nought=from_nought)
    return [f"{each.normalize():f}" for each in axis.ticks]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("0", "100"), ["0", "20", "40", "60", "80", "100"]),
        (("3", "412"), ["0", "100", "200", "300", "400", "500"]),
        (("0.2", "0.9"), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (("7", "7"), ["0", "2", "4", "6", "8"]),
        (("0", "0"), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (("-40", "60"), ["-40", "-20", "0", "20", "40", "60"]),
        (("-50", "-10"), ["-50", "-40", "-30", "-20", "-10", "0"]),
        (("-7", "-7"), ["-8", "-6", "-4", "-2", "0"]),
        ((), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_ticks_are_round_and_around_the_figures(
    values: tuple[str, ...], expected: list[str]
) -> None:
    assert ticks(*values) == expected


def test_figures_in_the_upper_half_that_differ_start_higher() -> None:
    assert ticks("80", "95") == ["80", "85", "90", "95"]
    assert not axis_for([Decimal(80), Decimal(95)]).starts_at_nought


def test_a_little_difference_looks_little() -> None:
    assert ticks("29500", "30000")[0] == "0"


def test_unless_the_difference_is_what_is_asked_for() -> None:
    assert ticks("29500", "30000", from_nought=False)[0] == "29500"


@pytest.mark.parametrize(
    "values", [("1", "2"), ("0", "999999"), ("-3", "0.001"), ("0.0001", "0.0004"), ("5", "5")]
)
def test_ticks_hold_every_figure_and_are_few(values: tuple[str, ...]) -> None:
    axis = axis_for([Decimal(each) for each in values])
    assert 2 <= len(axis.ticks) <= 8
    assert all(0 <= axis.share(Decimal(each)) <= 1 for each in values)
