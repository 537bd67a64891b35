"""The balance while one side is typed: the same as the plan's own once that is saved."""

import pytest

from bcf.assurance.as_typed import balance_as_typed, period_of, stated_pool
from bcf.assurance.totals import Verdict, balance
from bcf.periods import NOT_STATED, FinancialYear
from tests.unit.assurance.values import Y1, Y2, contribution, figures, pool, pounds, spend_line

PART = figures(contribution(40, plan="b"), spend_line(30, plan="b"), slug="b")
PLAN = figures(
    contribution(100),
    contribution(50, year=Y2),
    pool(120),
    spend_line(70),
    spend_line(7, in_pool=False),
    parts=(PART,),
)


def test_with_what_is_stored_typed_the_balance_is_the_plans_own() -> None:
    income = {Y1: pounds(100), Y2: pounds(50)}
    spend = {Y1: pounds(70)}
    own = [balance(PLAN, year) for year in (Y1, Y2)]

    assert [each.balance for each in balance_as_typed(PLAN, "income", income)] == own
    assert [each.balance for each in balance_as_typed(PLAN, "spend", spend)] == own


def test_spend_is_what_is_typed_and_what_the_parts_have() -> None:
    first, second = balance_as_typed(PLAN, "spend", {Y1: pounds(130)})

    assert (first.balance.income, first.balance.spend) == (pounds(160), pounds(160))
    assert (first.words, first.colour, first.others) == ("Balanced", "green", pounds(30))
    assert second.balance.spend is None
    assert second.words == "Not stated"


@pytest.mark.parametrize(("typed", "income"), [(90, 160), (150, 190), (None, 160)])
def test_income_is_never_less_than_the_stated_pool(typed: int | None, income: int) -> None:
    first, _ = balance_as_typed(PLAN, "income", {Y1: pounds(typed)})

    assert first.balance.income == pounds(income)
    assert (first.least, first.others) == (pounds(120), pounds(40))
    assert first.balance.verdict is Verdict.DIFFERS


def test_nothing_typed_and_nothing_stated_is_not_stated() -> None:
    first, _ = balance_as_typed(figures(spend_line(5)), "income", {})
    assert first.balance.income is None
    assert stated_pool(figures(pool(None)), Y1) is None


def test_a_year_that_only_what_is_typed_has_comes_last() -> None:
    typed = {Y1: pounds(1), NOT_STATED: pounds(2), FinancialYear(2030): None}
    years = [each.balance.year for each in balance_as_typed(figures(), "spend", typed)]
    assert years == [Y1, Y2, NOT_STATED]


def test_a_code_is_a_year_or_not_stated() -> None:
    assert period_of("2015-16") == Y1
    assert period_of("") == period_of("not-stated") == NOT_STATED
