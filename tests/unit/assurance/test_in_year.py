from decimal import Decimal as D

from bcf.assurance.agreements.in_year import EVERYBODY, expected, in_year, so_far
from bcf.periods import Quarter
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, actual, agreement, value

FIRST = Quarter(Y1, 1)


class TestSoFar:
    def test_to_date_forecast_and_variance_of_each_party(self) -> None:
        one = agreement(
            value(1000, measure="contribution", party=COUNCIL),
            actuals=(
                actual(1, 200, 900, party=COUNCIL),
                actual(2, 300, 1100, party=COUNCIL, note="More equipment"),
            ),
        )
        (row,) = so_far(one, Quarter(Y1, 2))
        assert (row.party, row.measure) == (COUNCIL, "spend")
        assert (row.in_quarter, row.to_date, row.forecast) == (D(300), D(500), D(1100))
        assert (row.budget, row.variance, row.note) == (D(1000), D(100), "More equipment")

    def test_a_quarter_that_is_missing_leaves_to_date_unknown(self) -> None:
        (row,) = so_far(agreement(actuals=(actual(2, 300),)), Quarter(Y1, 2))
        assert (row.in_quarter, row.to_date, row.forecast) == (D(300), None, None)
        assert row.variance is None

    def test_the_forecast_is_the_latest_one(self) -> None:
        one = agreement(actuals=(actual(1, 10, 50), actual(2, 20)))
        (row,) = so_far(one, Quarter(Y1, 2))
        assert row.forecast == D(50)

    def test_the_budget_of_all_is_the_pooled_fund_where_no_contribution_is_stated(self) -> None:
        one = agreement(value(400, measure="pooled-fund"), actuals=(actual(1, 100),))
        (row,) = so_far(one, Quarter(Y1, 1))
        assert row.budget == D(400)

    def test_later_quarters_are_not_in_it(self) -> None:
        assert so_far(agreement(actuals=(actual(3, 1),)), Quarter(Y1, 2)) == []


class TestInYear:
    def test_parties_add_to_all_where_each_is_known(self) -> None:
        one = agreement(
            value(1000, measure="contribution"),
            actuals=(
                actual(1, 200, 900, party=COUNCIL),
                actual(1, 100, 300, party=NHS),
                actual(1, 250, 1000, measure="contribution"),
            ),
        )
        came, spent = in_year(one, FIRST)
        assert (came.measure, came.has_parties) == ("contribution", False)
        assert [row.party for row in spent.rows] == [COUNCIL, NHS]
        assert (spent.whole.party, spent.whole.in_quarter) == (EVERYBODY, D(300))
        assert (spent.whole.forecast, spent.whole.variance) == (D(1200), D(200))
        assert expected([came, spent]) == D(-200)

    def test_one_that_is_not_known_leaves_all_unknown(self) -> None:
        one = agreement(actuals=(actual(1, 200, party=COUNCIL), actual(1, None, 5, party=NHS)))
        (spent,) = in_year(one, FIRST)
        assert spent.whole.in_quarter is None
        assert spent.whole.forecast is None
        assert expected([spent]) is None

    def test_what_is_told_of_all_goes_before_the_parties_added(self) -> None:
        one = agreement(actuals=(actual(1, 200, party=COUNCIL), actual(1, 250)))
        (spent,) = in_year(one, FIRST)
        assert spent.whole.in_quarter == D(250)

    def test_without_figures_there_is_nothing(self) -> None:
        assert in_year(agreement(), FIRST) == []

    def test_a_party_that_has_told_nothing_leaves_all_unknown(self) -> None:
        (spent,) = in_year(agreement(actuals=(actual(1, 200, 900, party=NHS),)), FIRST)
        assert [row.party for row in spent.rows] == [NHS]
        assert (spent.whole.in_quarter, spent.whole.forecast) == (None, None)
        assert spent.whole.variance is None
