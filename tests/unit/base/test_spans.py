"""Every honest rounding agrees, and an error of one unit more does not."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.spans import NoBounds, Span, agrees

amounts = st.decimals(-(10**7), 10**7, places=2)
positive = st.decimals(1, 10**7, places=2)
steps = st.sampled_from([D("0.01"), D("0.1"), D(1), D(10), D(1000)])
honest = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN])


def to_step(value: D, step: D, way: str) -> D:
    return (value / step).quantize(D(1), way) * step


def nearest(exact: Fraction, step: D, up: bool) -> D:
    """An exact figure rounded to a step, a half up or down."""
    units = exact / Fraction(step)
    whole = units.numerator // units.denominator
    rest = units - whole
    return (whole + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and up))) * step


@st.composite
def rounded_figures_of(draw: st.DrawFn) -> tuple[D, Span]:
    """A true figure, and what its rounded one leaves open."""
    value, step, way = draw(positive), draw(steps), draw(honest)
    return value, Span.rounded(to_step(value, step, way), step)


rounded_figures = rounded_figures_of()


@given(amounts, steps, honest)
def test_every_honest_rounding_of_a_figure_agrees(value: D, step: D, way: str) -> None:
    assert agrees(to_step(value, step, way), step, Span.exactly(value))


@given(amounts, steps)
def test_an_error_of_one_unit_more_does_not_agree(value: D, step: D) -> None:
    least, most = to_step(value, step, ROUND_HALF_DOWN), to_step(value, step, ROUND_HALF_UP)
    for wrong in (min(least, most) - step, max(least, most) + step):
        assert not agrees(wrong, step, Span.exactly(value))


@given(st.lists(st.tuples(amounts, steps, honest), max_size=12), steps, honest)
def test_a_total_of_rounded_figures_agrees_with_the_true_total_rounded(
    figures: list[tuple[D, D, str]], step: D, way: str
) -> None:
    computed = Span.total(
        Span.rounded(to_step(value, own, how), own) for value, own, how in figures
    )
    true_total = sum((value for value, _, _ in figures), D(0))
    assert agrees(to_step(true_total, step, way), step, computed)


@given(st.lists(st.tuples(amounts, steps), max_size=12), steps)
def test_a_total_is_tolerant_of_exactly_the_rounding(figures: list[tuple[D, D]], step: D) -> None:
    computed = Span.total(Span.rounded(value, own) for value, own in figures)
    added = sum((value for value, _ in figures), D(0))
    slack = sum((own for _, own in figures), D(0)) / 2 + step / 2
    highest = to_step(added + slack, step, ROUND_FLOOR)
    lowest = to_step(added - slack, step, ROUND_CEILING)
    assert agrees(highest, step, computed)
    assert agrees(lowest, step, computed)
    assert not agrees(highest + step, step, computed)
    assert not agrees(lowest - step, step, computed)


WAYS: list[Callable[[Span, Span], Span]] = [
    lambda one, two: one + two,
    lambda one, two: one - two,
    lambda one, two: one * two,
    lambda one, two: one / two,
]


@given(rounded_figures, rounded_figures, steps, st.booleans())
def test_what_is_worked_out_of_true_figures_agrees(
    first: tuple[D, Span], second: tuple[D, Span], printed_step: D, up: bool
) -> None:
    (first_true, one), (second_true, two) = first, second
    for work_out in WAYS:
        true = work_out(Span.exactly(first_true), Span.exactly(second_true))
        assert true.low == true.high
        try:
            computed = work_out(one, two)
        except NoBounds:
            assert two.low <= 0
            continue
        assert computed.low <= true.low <= computed.high
        assert agrees(nearest(true.low, printed_step, up), printed_step, computed)


@pytest.mark.parametrize(
    ("printed", "step", "part", "whole", "is_honest"),
    [
        ("11.63", "0.01", 2_722_921, 23_412_000, True),
        ("11.64", "0.01", 2_722_921, 23_412_000, False),
        ("11.62", "0.01", 2_722_921, 23_412_000, False),
        ("12", "1", 2_722_921, 23_412_000, True),
        ("0.5", "0.1", 1, 200, True),
        ("12.5", "0.1", 1, 8, True),
        ("13", "1", 1, 8, True),
        ("12", "1", 1, 8, True),
        ("14", "1", 1, 8, False),
    ],
)
def test_a_printed_share(printed: str, step: str, part: int, whole: int, is_honest: bool) -> None:
    share = Span.exactly(part) * Span.exactly(100) / Span.exactly(whole)
    assert agrees(D(printed), D(step), share) is is_honest


def test_how_far_one_figure_lies_beyond_another() -> None:
    printed = Span.rounded(10_005, 1)
    assert printed.beyond(Span.rounded(10_003, 1)) == 1
    assert Span.rounded(10_003, 1).beyond(printed) == -1
    assert printed.beyond(Span.rounded(10_004, 1)) == 0


def test_a_figure_that_may_be_nothing_divides_no_other() -> None:
    with pytest.raises(NoBounds):
        Span.exactly(1) / Span.rounded(0, 1)
