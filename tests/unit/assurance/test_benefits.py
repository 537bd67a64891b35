"""Benefits: reductions and savings by scheme, metric and year, and month by month."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.benefits import (
    Benefit,
    Benefits,
    MonthOfBenefit,
    actual_to_date,
    off_plan,
    outturn_for_year,
    planned_for_year,
    planned_to_date,
    reduction,
    saving,
    share_of_reduction,
    total_saving,
    total_worth,
)
from bcf.assurance.derived_prices import derived_prices
from bcf.assurance.figures import Choice
from bcf.base.worked import POUNDS, RowRef, stated
from bcf.periods import NOT_STATED, FinancialYear, Month

Y1, Y2 = FinancialYear(2030), FinancialYear(2031)
ADMISSIONS, DAYS, HOMES = Choice("nea", "Admissions"), Choice("dtoc", "Days"), Choice("ra", "Homes")


def scheme(*refs: str) -> tuple[Choice, ...]:
    return tuple(Choice(ref, f"Scheme {ref}") for ref in refs)


def benefit(change: D | int | None = -10, **given: Any) -> Benefit:
    defaults: dict[str, Any] = {
        "year": Y1,
        "schemes": scheme("a"),
        "metrics": (ADMISSIONS,),
        "beneficiary": "",
        "unit": "admissions",
        "unit_price": D(1_500),
        "price_basis": "printed",
        "saving": None,
        "step": None,
        "row": RowRef("schemes.benefit", "plan", str(len(str(given)))),
    }
    return Benefit(change=None if change is None else D(change), **{**defaults, **given})


def many(*rows: Benefit) -> Benefits:
    return Benefits(rows)


class TestOneBenefit:
    def test_a_reduction_is_worth_its_unit_price(self) -> None:
        figure = benefit(-20).worth
        assert figure is not None
        assert figure.rounded(2) == D("30000.00")
        assert figure.how == "20 admissions × £1,500"
        assert figure.unit == POUNDS

    def test_an_increase_costs(self) -> None:
        figure = saving(benefit(4, unit_price=D("2.50")))
        assert figure is not None
        assert figure.rounded(2) == D("-10.00")

    def test_without_change_or_price_nothing_is_worked_out(self) -> None:
        assert benefit(None).worth is None
        assert saving(benefit(unit_price=None)) is None

    def test_a_stated_saving_stands_and_its_rounding_with_it(self) -> None:
        figure = saving(benefit(None, saving=D(15_000), step=D(1_000)))
        assert figure is not None
        assert figure.how == "£15,000"
        assert (figure.span.low, figure.span.high) == (14_500, 15_500)

    def test_a_stated_saving_that_the_reduction_explains_is_said_to_be_made_of_it(self) -> None:
        figure = saving(benefit(-10, saving=D(15_000), step=D(1)))
        assert figure is not None
        assert figure.how == "10 admissions × £1,500"

    def test_one_that_it_does_not_explain_is_not(self) -> None:
        figure = saving(benefit(-10, saving=D(16_000), step=D(1)))
        assert figure is not None
        assert (figure.rounded(), figure.how) == (16_000, "£16,000")

    def test_what_is_worked_out_is_of_whole_pence(self) -> None:
        figure = saving(benefit(D("-0.5"), unit_price=D("0.33")))
        assert figure is not None
        assert figure.value == figure.rounded(2) == D("0.17")


class TestBenefitsTogether:
    def test_savings_add_and_what_is_not_known_is_left_out(self) -> None:
        rows = many(benefit(-10), benefit(None), benefit(None, saving=D(500)))
        figure = total_saving(rows)
        assert figure is not None
        assert figure.rounded() == 15_500
        assert figure.how == "£15,000 + £500"

    def test_no_saving_known_is_not_nothing(self) -> None:
        assert total_saving(many(benefit(None), benefit(unit_price=None))) is None
        assert total_saving(many()) is None

    def test_reductions_at_one_price_are_said_together(self) -> None:
        rows = many(benefit(-10, saving=D(15_000)), benefit(-30))
        figure = total_saving(rows)
        assert figure is not None
        assert (figure.rounded(), figure.how) == (60_000, "40 admissions × £1,500")

    def test_those_at_several_prices_are_added(self) -> None:
        days = benefit(-100, metrics=(DAYS,), unit="days", unit_price=D(200))
        figure = total_worth(many(benefit(-10), days))
        assert figure is not None
        assert (figure.rounded(), figure.how) == (35_000, "£15,000 + £20,000")

    def test_a_total_that_its_reductions_do_not_explain_is_said_as_stated(self) -> None:
        rows = many(benefit(-10, saving=D(20_000)), benefit(-30))
        figure = total_saving(rows)
        assert figure is not None
        assert (figure.rounded(), figure.how) == (65_000, "£20,000 + £45,000")

    def test_reductions_of_several_units_do_not_add(self) -> None:
        assert reduction(many(benefit(), benefit(unit="days"))) is None
        assert reduction(many(benefit(None))) is None

    def test_a_share_of_the_reduction(self) -> None:
        rows = many(benefit(-10), benefit(-30, schemes=scheme("b")))
        figure = share_of_reduction(rows, rows.chosen(scheme="b"))
        assert figure is not None
        assert (figure.rounded(2), figure.how) == (75, "30 admissions ÷ 40 admissions")
        assert share_of_reduction(rows, rows.chosen(scheme="c")) is None

    def test_they_are_told_apart_by_scheme_metric_year_and_who_benefits(self) -> None:
        joint = benefit(schemes=scheme("a", "b"), year=NOT_STATED, beneficiary="Councils")
        later = benefit(year=Y2, metrics=(DAYS,))
        rows = many(joint, later, benefit())
        assert rows.chosen(scheme="b").rows == (joint,)
        assert rows.chosen(metric="dtoc").rows == (later,)
        assert rows.chosen(year=NOT_STATED).rows == (joint,)
        assert rows.chosen(beneficiary="Councils").rows == (joint,)
        assert list(rows.by_year()) == [Y1, Y2, NOT_STATED]
        assert list(rows.by_scheme()) == [scheme("a", "b"), scheme("a")]
        assert [len(each.rows) for each in rows.by_metric().values()] == [2, 1]

    def test_years_are_added_together(self) -> None:
        figure = reduction(many(benefit(-10), benefit(-30, year=Y2)))
        assert figure is not None
        assert (figure.rounded(), figure.unit) == (40, "admissions")


class TestDerivedPrices:
    def test_a_price_is_what_a_total_leaves_over_its_reduction(self) -> None:
        days = benefit(-100, metrics=(DAYS,), unit="days", unit_price=None, price_basis="")
        prices = derived_prices(many(benefit(-10), days), {("a", Y1): pounds(40_000)})
        assert prices["dtoc"].rounded(2) == 250
        assert prices["dtoc"].how == "(£40,000 − £15,000) ÷ 100 days"

    def test_a_price_that_is_found_helps_to_find_the_next(self) -> None:
        days = benefit(-100, metrics=(DAYS,), unit="days", unit_price=None, price_basis="")
        more = benefit(
            -50, schemes=scheme("b"), metrics=(DAYS,), unit="days", unit_price=None, price_basis=""
        )
        homes = benefit(
            -2,
            schemes=scheme("b"),
            metrics=(HOMES,),
            unit="places",
            unit_price=None,
            price_basis="",
        )
        totals = {("b", Y1): pounds(52_500), ("a", Y1): pounds(40_000)}
        prices = derived_prices(many(benefit(-10), days, more, homes), totals)
        assert {metric: price.rounded() for metric, price in prices.items()} == {
            "dtoc": 250,
            "ra": 20_000,
        }

    def test_two_schemes_that_give_different_prices_give_none(self) -> None:
        def days(name: str) -> Benefit:
            return benefit(
                -100,
                schemes=scheme(name),
                metrics=(DAYS,),
                unit="days",
                unit_price=None,
                price_basis="",
            )

        rows = many(days("a"), days("b"))
        assert derived_prices(rows, {("a", Y1): pounds(100), ("b", Y1): pounds(200)}) == {}
        same = derived_prices(rows, {("a", Y1): pounds(100), ("b", Y1): pounds(101, 2)})
        assert same["dtoc"].rounded() == 1

    def test_two_unknown_prices_in_every_total_stay_unknown(self) -> None:
        days = benefit(-100, metrics=(DAYS,), unit="days", unit_price=None, price_basis="")
        homes = benefit(-2, metrics=(HOMES,), unit="places", unit_price=None, price_basis="")
        assert derived_prices(many(days, homes), {("a", Y1): pounds(100)}) == {}


def pounds(amount: int, step: int = 1) -> Any:
    return stated(amount, step, POUNDS)


class TestMonths:
    def test_a_profile_adds_to_its_year(self) -> None:
        row = profiled(planned=[-1] * 12)
        figure = planned_for_year(row, Y1)
        assert figure is not None
        assert (figure.rounded(), figure.unit) == (-12, "admissions")
        assert len(figure.rows) == 12

    def test_a_missing_month_is_not_nothing(self) -> None:
        assert planned_for_year(profiled(planned=[-1] * 11), Y1) is None
        assert planned_for_year(profiled(planned=[-1] * 11 + [None]), Y1) is None

    def test_what_came_is_held_against_what_was_planned_of_those_months(self) -> None:
        row = profiled(planned=[-2] * 12, actual=[-3, -1, -5], forecast=[-9] * 2 + [-2] * 10)
        came, planned = actual_to_date(row, Y1), planned_to_date(row, Y1)
        difference = off_plan(came, planned)
        assert came is not None
        assert planned is not None
        assert difference is not None
        assert (came.rounded(), planned.rounded(), difference.rounded()) == (-9, -6, -3)

    def test_a_year_is_what_came_and_then_what_is_forecast(self) -> None:
        row = profiled(planned=[-2] * 12, actual=[-3, -1], forecast=[-9] * 2 + [-2] * 10)
        figure = outturn_for_year(row, Y1)
        assert figure is not None
        assert figure.rounded() == -24
        assert outturn_for_year(profiled(planned=[-2] * 12, actual=[-3]), Y1) is None

    def test_nothing_that_came_is_held_against_nothing(self) -> None:
        row = profiled(planned=[-2] * 12)
        assert actual_to_date(row, Y1) is None
        assert off_plan(None, planned_for_year(row, Y1)) is None


def profiled(**series: list[int | None] | list[int]) -> Benefit:
    months = [month for quarter in Y1.quarters for month in quarter.months]
    longest = max(len(each) for each in series.values())
    return benefit(months=tuple(_month(months[n], n, series) for n in range(longest)))


def _month(month: Month, place: int, series: dict[str, Any]) -> MonthOfBenefit:
    def value(name: str) -> D | None:
        values = series.get(name, [])
        stated_here = place < len(values) and values[place] is not None
        return D(values[place]) if stated_here else None

    row = RowRef("schemes.benefitprofile", "plan", month.code)
    return MonthOfBenefit(month, value("planned"), value("actual"), value("forecast"), row)
