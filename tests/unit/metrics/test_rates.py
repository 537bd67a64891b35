"""Rates, days, and what a figure changed by."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.periods import NOT_STATED, parse_period
from metrics.choices import Better
from metrics.rules import (
    Movement,
    a_day,
    change,
    change_in_points,
    change_percent,
    rate,
    rate_a_day,
)

counts = st.integers(0, 10**7).map(D)
people = st.integers(1, 10**7).map(D)


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


@given(counts, people, st.sampled_from([100, 1_000, 100_000]), st.integers(0, 4))
def test_a_rate_is_rounded_once(count: D, of: D, per: int, places: int) -> None:
    worked_out = rate(count, of, per, places)
    assert worked_out is not None
    assert abs(worked_out * of - count * per) <= of * D(5).scaleb(-places - 1)


@pytest.mark.parametrize(
    ("count", "period", "expected"),
    [
        (D("372.7"), "2017-08", D("12.0")),
        (D(280), "2017-02", D("10.0")),
        (D(290), "2016-02", D("10.0")),
        (D(366), "2015-16", D("1.0")),
        (D(366), "not-stated", None),
        (None, "2017-02", None),
    ],
)
def test_a_count_on_an_average_day(count: D | None, period: str, expected: D | None) -> None:
    assert a_day(count, parse_period(period)) == expected


def test_a_rate_a_day_is_rounded_once() -> None:
    august = parse_period("2017-08")
    assert rate_a_day(D(310), D(50_000), august, 100_000) == D("20.0")
    assert rate_a_day(D(1), D(3), august, 31, 4) == D("0.3333")


@pytest.mark.parametrize(("count", "of"), [(None, D(5)), (D(5), None), (D(5), D(0))])
def test_a_rate_a_day_needs_all(count: D | None, of: D | None) -> None:
    assert rate_a_day(count, of, parse_period("2017-08"), 100_000) is None
    assert rate_a_day(D(5), D(5), NOT_STATED, 100_000) is None


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        (D(22_596), D(22_984), D("-1.7")),
        (D(8), D(14), D("-42.9")),
        (D(-5), D(-10), D("50.0")),
        (D(5), D(0), None),
        (None, D(5), None),
        (D(5), None, None),
    ],
)
def test_a_change_in_per_cent(now: D | None, before: D | None, percent: D | None) -> None:
    assert change_percent(now, before) == percent


@pytest.mark.parametrize(
    ("now", "before", "better", "movement", "words"),
    [
        (D(980), D(1000), Better.LOWER, Movement.BETTER, "down 20 (2%), better"),
        (D(980), D(1000), Better.HIGHER, Movement.WORSE, "down 20 (2%), worse"),
        (D(1007), D(1000), Better.LOWER, Movement.WORSE, "up 7 (0.7%), worse"),
        (D("83.5"), D(0), Better.HIGHER, Movement.BETTER, "up 83.5, better"),
        (D(3), D(2), Better.NEITHER, Movement.NEITHER, "up 1 (50%), neither better nor worse"),
        (D(2), D("2.0"), Better.LOWER, Movement.UNCHANGED, "no change"),
    ],
)
def test_a_change_says_its_direction(
    now: D, before: D, better: Better, movement: Movement, words: str
) -> None:
    made = change(now, before, better)
    assert made is not None
    assert made.amount == now - before
    assert made.movement is movement
    assert str(made) == words


@given(counts, counts)
def test_better_one_way_is_worse_the_other(now: D, before: D) -> None:
    there, back = change(now, before, Better.LOWER), change(before, now, Better.LOWER)
    assert there is not None
    assert back is not None
    assert there.amount == -back.amount
    assert {there.movement, back.movement} in (
        {Movement.BETTER, Movement.WORSE},
        {Movement.UNCHANGED},
    )


def test_what_is_not_known_has_not_changed() -> None:
    assert change(None, D(1), Better.LOWER) is None
    assert change(D(1), None, Better.LOWER) is None


def test_percentages_change_by_points_and_not_in_per_cent() -> None:
    made = change_in_points(D(80), D(75), Better.HIGHER)
    assert made is not None
    assert (made.amount, made.percent, made.movement) == (D(5), None, Movement.BETTER)
    assert str(made) == "up 5 percentage points, better"
    assert change_in_points(D(80), None, Better.HIGHER) is None
    assert str(change_in_points(D(75), D(75), Better.LOWER)) == "no change"
