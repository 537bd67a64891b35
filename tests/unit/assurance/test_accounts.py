from decimal import Decimal as D
from fractions import Fraction

import pytest

from bcf.assurance.agreements.accounts import (
    account_of,
    accounted_parties,
    years_with_account,
)
from bcf.assurance.figures import Choice
from bcf.base.worked import Figure
from bcf.periods import NOT_STATED as NO_YEAR
from bcf.periods import FinancialYear
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, Y2, actual, agreement, value

STEP = D(1000)


def worth(figure: Figure | None) -> Fraction | None:
    return figure.value if figure else None


class TestAccount:
    def test_what_came_in_less_what_was_spent_is_left(self) -> None:
        account = account_of(
            agreement(
                value(600, measure="contribution", party=COUNCIL),
                value(400, measure="contribution", party=NHS),
                value(700, party=COUNCIL),
                value(500, party=NHS),
            ),
            Y1,
        )
        assert worth(account.result) == -200
        assert [worth(each.left) for each in account.parties] == [-100, -100]
        assert account.agrees is None

    def test_what_is_carried_forward_comes_in_the_next_year(self) -> None:
        one = agreement(
            value(50, measure="carried-forward"),
            value(100, measure="contribution", year=Y2),
            value(120, year=Y2),
        )
        account = account_of(one, Y2)
        assert worth(account.brought_forward) == 50
        assert worth(account.worked) == 30
        assert account_of(one, Y1).brought_forward is None

    def test_missing_contributions_are_no_nought_but_follow_from_the_rest(self) -> None:
        account = account_of(
            agreement(value(3642, step=D(1)), value(-1075, measure="surplus-or-deficit")), Y1
        )
        assert account.contributed is None
        assert account.worked is None
        assert worth(account.result) == -1075
        assert worth(account.funding) == 2567
        assert account.is_funding_implied

    @pytest.mark.parametrize(("stated", "agrees"), [(-2000, True), (-5000, False)])
    def test_a_stated_result_is_held_against_the_one_that_follows(
        self, stated: int, agrees: bool
    ) -> None:
        account = account_of(
            agreement(
                value(10_000, measure="contribution", step=STEP),
                value(13_000, step=STEP),
                value(stated, measure="surplus-or-deficit", step=STEP),
            ),
            Y1,
        )
        assert account.agrees is agrees

    def test_four_quarters_stand_for_a_year_that_is_not_stated(self) -> None:
        quarters = [actual(number, 25) for number in (1, 2, 3, 4)]
        account = account_of(agreement(actuals=tuple(quarters)), Y1)
        assert worth(account.spent) == 100
        three = account_of(agreement(actuals=tuple(quarters[:3])), Y1)
        assert three.spent is None
        assert three.is_empty

    def test_quarters_of_each_party_are_added_only_when_all_are_known(self) -> None:
        own = [actual(number, 25, party=COUNCIL) for number in (1, 2, 3, 4)]
        other = [actual(number, 10, party=NHS) for number in (1, 2, 3, 4)]
        whole = account_of(agreement(actuals=(*own, *other)), Y1)
        assert worth(whole.spent) == 140
        assert account_of(agreement(actuals=(*own, *other[:2])), Y1).spent is None
        assert account_of(agreement(actuals=tuple(own)), Y1).spent is None

    def test_the_first_and_the_last_year_that_can_be_written_have_accounts(self) -> None:
        for year in (FinancialYear(1900), FinancialYear(2199)):
            account = account_of(agreement(value(5, year=year)), year)
            assert worth(account.spent) == 5
            assert account.brought_forward is None

    def test_what_the_year_states_goes_before_its_quarters(self) -> None:
        quarters = tuple(actual(number, 25) for number in (1, 2, 3, 4))
        account = account_of(agreement(value(90), actuals=quarters), Y1)
        assert worth(account.spent) == 90


def test_years_of_which_something_is_known() -> None:
    one = agreement(
        value(1, year=Y2),
        value(1, measure="pooled-fund", year=NO_YEAR),
        value(1, year=NO_YEAR),
        actuals=(actual(1, 1),),
    )
    assert years_with_account(one) == (Y1, Y2)


def test_whoever_has_an_amount_is_in_the_account() -> None:
    trust = Choice("trust", "A trust")
    assert accounted_parties(agreement(value(1, party=trust))) == (trust, COUNCIL, NHS)
