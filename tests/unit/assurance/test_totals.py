"""Totals of a plan's money: what counts, what is not stated, and what rounding accounts for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.assurance.figures import NOT_STATED, STATED_POOL, Choice
from bcf.assurance.totals import (
    Verdict,
    balance,
    counting,
    income_rows,
    lines_by,
    total_line,
    years_of,
)
from bcf.base.published import Citation
from bcf.money import PENNY, from_pence
from bcf.periods import NOT_STATED as NO_YEAR
from bcf.periods import FinancialYear
from tests.unit.assurance.values import (
    DFG,
    NHS,
    Y1,
    Y2,
    contribution,
    figures,
    pool,
    pounds,
    spend_line,
)

YEARS = (Y1, Y2)


def test_a_line_counts_in_the_pool_and_when_it_breaks_down_no_other() -> None:
    whole = spend_line(100, ref="whole")
    component = spend_line(60, breaks_down="whole")
    outside = spend_line(30, in_pool=False)
    outside_component = spend_line(5, in_pool=False, breaks_down="whole")
    assert counting([whole, component, outside, outside_component]) == [whole]


def test_spend_adds_only_what_counts() -> None:
    plan = figures(
        spend_line(100, ref="whole"), spend_line(60, breaks_down="whole"), spend_line(7, year=Y2)
    )
    assert balance(plan, Y1).spend == 100
    assert balance(plan, Y2).spend == 7


@given(st.lists(st.integers(0, 10**12), max_size=50))
def test_totals_are_exact_to_the_penny(pence: list[int]) -> None:
    plan = figures(*(spend_line(str(from_pence(each))) for each in pence))
    spend = balance(plan, Y1).spend
    assert spend == (from_pence(sum(pence)) if pence else None)


# -- income --------------------------------------------------------------------------------


def test_a_plan_that_prints_its_pool_alone_has_the_pool_as_income_not_by_source() -> None:
    (row,) = income_rows(figures(pool(6_634_000)))
    assert (row.source.key, row.amount) == (STATED_POOL, Decimal("6634000.00"))
    assert "not by source" in row.source.label


def test_the_rest_of_a_stated_pool_is_income_beside_the_contributions() -> None:
    rows = income_rows(figures(contribution(40), contribution("0.01"), pool(100)))
    assert [row.amount for row in rows] == [pounds(40), pounds("0.01"), pounds("59.99")]
    assert rows[-1].source.key == "rest-of-pool"


@pytest.mark.parametrize("stated", [100, 99, "99.99", 0, None])
def test_a_pool_that_contributions_reach_adds_nothing(stated: str | int | None) -> None:
    rows = income_rows(figures(contribution(100), pool(stated)))
    assert [row.amount for row in rows] == [pounds(100)]


def test_the_pool_of_one_year_is_not_filled_by_another_year() -> None:
    rows = income_rows(figures(contribution(40, year=Y2), pool(100)))
    assert [(row.year, row.amount) for row in rows] == [(Y2, pounds(40)), (Y1, pounds(100))]


def test_another_requirement_is_no_income() -> None:
    assert income_rows(figures(pool(846_000, is_total_pool=False))) == []


def test_the_minimum_of_a_pool_is_no_income() -> None:
    assert income_rows(figures(pool(None, minimum=pounds(500)))) == []


# -- not stated ----------------------------------------------------------------------------


def test_nothing_stated_is_not_nought() -> None:
    result = balance(figures(), Y1)
    assert (result.income, result.spend, result.difference) == (None, None, None)
    assert result.verdict is Verdict.NOT_STATED


def test_a_row_without_an_amount_does_not_make_nought() -> None:
    result = balance(figures(contribution(None), spend_line(None)), Y1)
    assert (result.income, result.spend) == (None, None)


def test_stated_noughts_are_noughts() -> None:
    result = balance(figures(contribution(0), spend_line(0)), Y1)
    assert (result.income, result.spend, result.verdict) == (0, 0, Verdict.BALANCED)


def test_one_side_alone_is_not_a_difference() -> None:
    assert balance(figures(contribution(5)), Y1).difference is None
    assert balance(figures(spend_line(5)), Y1).verdict is Verdict.NOT_STATED


def test_a_line_counts_its_rows_without_an_amount() -> None:
    line = total_line([spend_line(5), spend_line(None), spend_line(None, year=Y2)], YEARS)
    assert line.amounts == (Decimal(5), None)
    assert line.row_counts == (2, 1)
    assert line.unstated == 2
    assert line.total == 5


def test_a_line_that_states_nothing_has_no_total() -> None:
    assert total_line([spend_line(None)], YEARS).total is None


# -- tolerance -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("income", "spend", "rounded_to", "verdict"),
    [
        (100, 100, "0.01", Verdict.BALANCED),
        ("100.01", 100, "0.01", Verdict.DIFFERS),
        ("100.02", 100, "0.01", Verdict.DIFFERS),
        (68_410_000, 68_409_000, "1000", Verdict.WITHIN_ROUNDING),
        (68_410_000, 68_408_999, "1000", Verdict.DIFFERS),
        (68_409_000, 68_410_000, "1000", Verdict.WITHIN_ROUNDING),
        (100, 99, "1", Verdict.WITHIN_ROUNDING),
    ],
)
def test_tolerance_is_half_of_what_a_figure_is_rounded_to_and_none_of_one_to_the_penny(
    income: str | int, spend: str | int, rounded_to: str, verdict: Verdict
) -> None:
    to = Decimal(rounded_to)
    plan = figures(contribution(income, rounded_to=to), spend_line(spend, rounded_to=to))
    assert balance(plan, Y1).tolerance == (to if to > PENNY else 0)
    assert balance(plan, Y1).verdict is verdict


def test_more_rounded_figures_allow_more_and_another_year_none() -> None:
    thousand = Decimal(1000)
    lines = [spend_line(10_000, rounded_to=thousand) for _ in range(5)]
    plan = figures(
        contribution(50_000, rounded_to=thousand),
        *lines,
        spend_line(9, year=Y2, rounded_to=thousand),
    )
    assert balance(plan, Y1).tolerance == 3000
    assert balance(plan, Y2).tolerance == 500


def test_lines_that_do_not_count_do_not_widen_the_tolerance() -> None:
    plan = figures(
        contribution(10),
        spend_line(10),
        spend_line(10, breaks_down="line", rounded_to=Decimal(1_000_000)),
        spend_line(10, in_pool=False, rounded_to=Decimal(1_000_000)),
    )
    assert balance(plan, Y1).tolerance == 0


def test_rows_without_an_amount_do_not_widen_the_tolerance() -> None:
    plan = figures(
        contribution(12), spend_line(10), spend_line(None, rounded_to=Decimal(1_000_000))
    )
    assert balance(plan, Y1).verdict is Verdict.DIFFERS


# -- joint plans ---------------------------------------------------------------------------


def test_a_joint_plan_adds_its_parts_to_its_own_rows() -> None:
    part_b = figures(contribution(10, plan="b"), spend_line(4, plan="b"), slug="b")
    part_c = figures(contribution(20, plan="c"), spend_line(5, plan="c"), slug="c")
    joint = figures(contribution(1), spend_line(2), parts=(part_b, part_c))
    assert balance(joint, Y1).income == 31
    assert balance(joint, Y1).spend == 11


def test_each_plan_holds_its_stated_pool_against_its_own_contributions() -> None:
    part_b = figures(contribution(30, plan="b"), pool(100, plan="b"), slug="b")
    part_c = figures(contribution(500, plan="c"), slug="c")
    joint = figures(parts=(part_b, part_c))
    rows = income_rows(joint)
    assert [(row.plan, row.amount) for row in rows] == [
        ("b", pounds(30)),
        ("b", pounds(70)),
        ("c", pounds(500)),
    ]


# -- lines ---------------------------------------------------------------------------------


def test_one_line_a_choice_in_order_with_the_not_stated_last() -> None:
    rows = [
        spend_line(1),
        spend_line(2, source=NHS),
        spend_line(3, source=DFG, year=Y2),
        spend_line(4, source=NHS, year=Y2),
    ]
    lines = lines_by(rows, YEARS, lambda row: row.source)
    assert [line.choice for line in lines] == [NHS, DFG, NOT_STATED]
    assert [line.amounts for line in lines] == [
        (pounds(2), pounds(4)),
        (None, pounds(3)),
        (pounds(1), None),
    ]
    assert [line.row_counts for line in lines] == [(1, 1), (0, 1), (1, 0)]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from("abc"), st.sampled_from(YEARS))))
def test_every_cut_adds_to_the_same_total(rows: list[tuple[int, str, FinancialYear]]) -> None:
    lines = [
        spend_line(str(from_pence(pence)), theme=Choice(key, key), year=year)
        for pence, key, year in rows
    ]
    whole = total_line(lines, YEARS)
    parts = lines_by(lines, YEARS, lambda row: row.theme)
    assert sum((line.total or 0 for line in parts), Decimal(0)) == (whole.total or 0)


def test_a_line_names_each_document_once_and_counts_what_has_none() -> None:
    source = Citation("Plan", None, "8.1")
    rows = [spend_line(1, citation=source), spend_line(2, citation=source), spend_line(3)]
    line = total_line(rows, YEARS)
    assert line.citations == (source,)
    assert line.uncited == 1


def test_years_are_the_cycles_and_then_any_other_that_a_row_states() -> None:
    plan = figures(spend_line(1, year=NO_YEAR), contribution(1, year=FinancialYear(2020)))
    assert years_of(plan) == (Y1, Y2, FinancialYear(2020), NO_YEAR)


def test_years_of_a_joint_plan_include_those_of_its_parts_rows() -> None:
    part = figures(spend_line(1, plan="b", year=NO_YEAR), slug="b")
    assert years_of(figures(parts=(part,))) == (Y1, Y2, NO_YEAR)
