"""XmR charts: limits, special causes, rebasing, variation and assurance."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.worked import rounded
from metrics.choices import Better
from metrics.rules import (
    Assurance,
    Cause,
    Variation,
    assurance_of,
    natural_limits,
    process_control,
    variation_of,
)

# Few different values, so that points stand on the mean, on limits and in runs often.
series = st.lists(st.integers(-4, 4).map(D), max_size=30) | st.lists(
    st.decimals(-1000, 1000, places=2), max_size=30
)
directions = st.sampled_from(list(Better))
WORKED = [D(each) for each in [1, 2, 1, 2, 10, *([1, 2] * 7)[:13]]]


def numbers(text: str) -> list[D]:
    return [D(each) for each in text.split()]


def marked(values: list[D], cause: Cause) -> list[int]:
    """The positions that a series without parts has marked for this cause."""
    (part,) = process_control(values, Better.LOWER)
    return [at for at, point in enumerate(part.points) if cause in point.causes]


@pytest.mark.parametrize(
    ("screens", "lower", "upper"), [(True, "-0.72", "4.60"), (False, "-3.06", "6.95")]
)
def test_the_worked_figures(screens: bool, lower: str, upper: str) -> None:
    assert len(WORKED) == 18
    limits = natural_limits(WORKED, screens_outliers=screens)
    assert rounded(limits.mean, 2) == D("1.94")
    assert rounded(limits.lower, 2) == D(lower)
    assert rounded(limits.upper, 2) == D(upper)
    assert not limits.are_trial


def by_definition(values: list[D], screens: bool) -> tuple[Fraction, Fraction]:
    """Mean and mean moving range, word by word as the rule says them."""
    x = [Fraction(value) for value in values]
    ranges = [abs(x[at] - x[at - 1]) for at in range(1, len(x))]
    if not ranges:
        return sum(x) / Fraction(len(x)), Fraction(0)
    first = sum(ranges) / Fraction(len(ranges))
    kept = [each for each in ranges if not screens or each < first * 3267 / 1000]
    kept = kept or ranges
    return sum(x) / Fraction(len(x)), sum(kept) / Fraction(len(kept))


@given(series.filter(bool), st.booleans())
def test_limits_agree_with_their_definition(values: list[D], screens: bool) -> None:
    limits = natural_limits(values, screens_outliers=screens)
    mean, moving_range = by_definition(values, screens)
    assert limits.mean == mean
    assert limits.upper - mean == mean - limits.lower == moving_range * 266 / 100
    assert limits.near_upper - mean == mean - limits.near_lower == moving_range * 532 / 300
    assert limits.are_trial == (len(values) < 12)


@given(series.filter(bool), directions, st.booleans())
def test_marks_agree_with_their_definition(values: list[D], better: Better, screens: bool) -> None:
    (part,) = process_control(values, better, screens_outliers=screens)
    mean, moving_range = by_definition(values, screens)
    x = [Fraction(value) - mean for value in values]
    wide, near = moving_range * 266 / 100, moving_range * 532 / 300
    windows = {size: [range(at, at + size) for at in range(len(x) - size + 1)] for size in (3, 7)}

    for at, point in enumerate(part.points):
        sevens = [window for window in windows[7] if at in window]
        threes = [window for window in windows[3] if at in window]
        expected = {
            Cause.OUTSIDE: abs(x[at]) > wide,
            Cause.ONE_SIDE: any(
                all(x[each] > 0 for each in window) or all(x[each] < 0 for each in window)
                for window in sevens
            ),
            Cause.TREND: any(
                all(x[one] < x[one + 1] for one in window[:-1])
                or all(x[one] > x[one + 1] for one in window[:-1])
                for window in sevens
            ),
            Cause.TWO_OF_THREE: near < abs(x[at]) <= wide
            and any(
                sum(near < abs(x[each]) <= wide for each in window) >= 2
                and (all(x[each] > 0 for each in window) or all(x[each] < 0 for each in window))
                for window in threes
            ),
        }
        assert point.value == values[at]
        assert point.causes == {cause for cause, is_so in expected.items() if is_so}
        assert (point.variation is Variation.COMMON_CAUSE) == (not point.causes)


@given(series, st.sets(st.integers(-3, 33)), directions, st.booleans())
def test_each_part_is_a_series_of_its_own(
    values: list[D], rebased_at: set[int], better: Better, screens: bool
) -> None:
    parts = process_control(values, better, rebased_at=rebased_at, screens_outliers=screens)
    assert [point.value for part in parts for point in part.points] == values
    for part in parts:
        own = [point.value for point in part.points]
        assert process_control(own, better, screens_outliers=screens) == (part,)


@given(series, st.integers(-50, 50).map(D), st.integers(1, 9).map(D))
def test_marks_do_not_depend_on_the_unit(values: list[D], shift: D, scale: D) -> None:
    def causes(of: list[D]) -> list[frozenset[Cause]]:
        return [point.causes for part in process_control(of, "lower") for point in part.points]

    assert causes(values) == causes([value * scale + shift for value in values])


@given(series)
def test_improvement_one_way_is_concern_the_other(values: list[D]) -> None:
    def said(better: Better) -> list[Variation]:
        return [
            point.variation for part in process_control(values, better) for point in part.points
        ]

    assert [each is Variation.COMMON_CAUSE for each in said(Better.LOWER)] == [
        each is Variation.COMMON_CAUSE for each in said(Better.NEITHER)
    ]
    assert {Variation.IMPROVEMENT, Variation.CONCERN}.isdisjoint(said(Better.NEITHER))
    assert said(Better.LOWER).count(Variation.IMPROVEMENT) <= said(Better.HIGHER).count(
        Variation.CONCERN
    )


def test_a_series_that_never_moves_has_its_limits_at_its_mean() -> None:
    (part,) = process_control([D(5)] * 12, Better.LOWER)
    assert part.limits.lower == part.limits.upper == 5
    assert {point.variation for point in part.points} == {Variation.COMMON_CAUSE}


def test_a_run_starts_with_the_seventh_point() -> None:
    six = numbers("1 2 1 2 1 2 8 9 8 9 8 9")
    seven = numbers("1 2 1 2 1 2 1 8 9 8 9 8 9 8")
    assert marked(six, Cause.ONE_SIDE) == []
    assert marked(seven, Cause.ONE_SIDE) == list(range(14))


def test_a_trend_is_seven_points_and_not_seven_steps() -> None:
    assert marked(numbers("5 5 1 2 3 4 5 6 6 5"), Cause.TREND) == []
    assert marked(numbers("5 5 1 2 3 4 5 6 7 5"), Cause.TREND) == [2, 3, 4, 5, 6, 7, 8]
    assert marked(numbers("7 6 5 4 3 2 1 1"), Cause.TREND) == [0, 1, 2, 3, 4, 5, 6]


def test_the_last_point_says_what_the_series_does_now() -> None:
    up = numbers("5 6 5 6 5 6 5 6 5 6 5 20")
    assert variation_of(process_control(up, Better.HIGHER)) is Variation.IMPROVEMENT
    assert variation_of(process_control(up, Better.LOWER)) is Variation.CONCERN
    assert variation_of(process_control(up, Better.NEITHER)) is Variation.NEITHER
    assert variation_of(process_control(WORKED, Better.LOWER)) is Variation.COMMON_CAUSE
    assert variation_of(process_control([], Better.LOWER)) is None


@pytest.mark.parametrize(
    ("target", "when_lower", "when_higher"),
    [
        ("4.61", Assurance.MET, Assurance.MISSED),
        ("4.6", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("-0.71", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("-0.72", Assurance.MISSED, Assurance.MET),
    ],
)
def test_a_target_is_held_against_the_limits(
    target: str, when_lower: Assurance, when_higher: Assurance
) -> None:
    parts = process_control(WORKED, Better.LOWER)
    assert assurance_of(parts, D(target), Better.LOWER) is when_lower
    assert assurance_of(parts, D(target), Better.HIGHER) is when_higher
    assert assurance_of(parts, D(target), Better.NEITHER) is None


def test_a_target_is_held_against_the_last_part() -> None:
    values = numbers("90 91 90 91 10 11 10 11")
    parts = process_control(values, Better.LOWER, rebased_at=[4])
    assert [part.limits.are_trial for part in parts] == [True, True]
    assert assurance_of(parts, D(50), Better.LOWER) is Assurance.MET
    assert assurance_of(parts, None, Better.LOWER) is None
    assert assurance_of([], D(50), Better.LOWER) is None
