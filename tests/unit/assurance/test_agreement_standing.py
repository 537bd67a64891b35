"""How an agreement stands on a day, what was agreed then, and what events changed."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.changes import Changed, changes_of
from bcf.assurance.agreements.standing import State, agreed_on, notice_by, standing_of
from bcf.assurance.agreements.values import Happened
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.periods import FinancialYear, PartialDate
from governance.rules import Terms
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, Y2, agreement, value

DAY = date(2030, 6, 15)
AFTER = Choice("after", "The one after")
NAMES = {each.key: each for each in (COUNCIL, NHS)}


def terms(**given: Any) -> Terms:
    defaults: dict[str, Any] = {
        "ends": PartialDate(2031, 3),
        "is_open_ended": False,
        "arrangement": "pooled-fund",
        "parties": ("council", "nhs"),
        "pooled": {Y1: D(100)},
    }
    return Terms(**{**defaults, **given})


def event(effective: date, before: Terms, after: Terms, **given: Any) -> Happened:
    defaults: dict[str, Any] = {
        "number": 1,
        "action": "vary",
        "deed_date": None,
        "reason": "Because.",
        "by": "Ann",
        "successor": NOT_STATED,
    }
    return Happened(
        effective=effective, terms_before=before, terms_after=after, **{**defaults, **given}
    )


class TestState:
    @pytest.mark.parametrize(
        ("starts", "ends", "is_open_ended", "state"),
        [
            (PartialDate(2029), PartialDate(2030, 6), False, State.IN_FORCE),
            (PartialDate(2029), PartialDate(2030, 6, 15), False, State.IN_FORCE),
            (PartialDate(2029), PartialDate(2030, 6, 14), False, State.ENDED),
            (None, PartialDate(2030, 5), False, State.ENDED),
            (PartialDate(2029), None, True, State.IN_FORCE),
            (PartialDate(2030, 7), None, True, State.COMING),
            (PartialDate(2029), None, False, State.UNKNOWN),
            (None, PartialDate(2031), False, State.UNKNOWN),
            (None, None, False, State.UNKNOWN),
        ],
    )
    def test_it_follows_from_the_dates(
        self, starts: Any, ends: Any, is_open_ended: bool, state: State
    ) -> None:
        one = agreement(starts=starts, ends=ends, is_open_ended=is_open_ended)
        assert standing_of(one, (), DAY).state is state

    def test_a_schedule_has_the_dates_above_it_where_its_own_are_not_stated(self) -> None:
        above = agreement(slug="above", starts=PartialDate(2020), is_open_ended=True)
        found = standing_of(agreement(parent="above"), (above,), DAY)
        assert found.state is State.IN_FORCE
        assert found.is_term_above
        assert found.days_left is None
        assert not standing_of(above, (), DAY).is_term_above

    def test_days_left_count_to_the_last_day_and_below_nought_after_it(self) -> None:
        one = agreement(starts=PartialDate(2029), ends=PartialDate(2030, 6))
        assert standing_of(one, (), DAY).days_left == 15
        assert standing_of(one, (), date(2030, 7, 2)).days_left == -2

    def test_what_was_superseded_by_a_day_says_so_from_then_on(self) -> None:
        done = event(DAY, terms(), terms(), action="supersede", successor=AFTER)
        one = agreement(ends=PartialDate(2030, 6, 14), events=(done,))
        found = standing_of(one, (), DAY)
        assert (found.state, found.successor) == (State.SUPERSEDED, AFTER)
        assert standing_of(one, (), date(2030, 6, 14)).state is not State.SUPERSEDED

    @pytest.mark.parametrize(
        ("ends", "months", "by"),
        [
            (PartialDate(2031, 3, 31), 6, date(2030, 9, 30)),
            (PartialDate(2031, 3), 13, date(2030, 2, 28)),
            (None, 6, None),
            (PartialDate(2031, 3), None, None),
        ],
    )
    def test_notice_is_given_so_many_months_before_the_end(
        self, ends: Any, months: Any, by: Any
    ) -> None:
        assert notice_by(ends, months) == by


class TestAgreedOn:
    """Across a variation of end, parties and pooled funds."""

    BEFORE, AFTER = terms(parties=("nhs",), pooled={Y1: D(80)}), terms(pooled={Y1: D(80), Y2: D(9)})

    def varied(self) -> Any:
        printed = value(80, measure="pooled-fund", as_printed="£80")
        later = value(9, measure="pooled-fund", year=Y2)
        return agreement(
            printed,
            later,
            value(7),
            ends=PartialDate(2031, 3),
            arrangement="pooled-fund",
            events=(event(DAY, self.BEFORE, self.AFTER),),
        )

    def test_before_it_the_terms_are_those_before(self) -> None:
        then = agreed_on(date(2030, 6, 14), self.varied(), NAMES)
        assert then.terms == self.BEFORE
        assert then.parties == (NHS,)
        assert then.events == ()
        assert [each.as_printed for each in then.values] == ["£80", ""]

    def test_from_its_day_on_they_are_those_after(self) -> None:
        one = self.varied()
        assert agreed_on(DAY, one, NAMES) == one
        assert one.terms == self.AFTER

    def test_a_fund_that_was_another_is_a_bare_amount(self) -> None:
        other = event(DAY, terms(pooled={Y1: D(60)}), self.AFTER)
        then = agreed_on(date(2030, 1, 1), agreement(*self.varied().values, events=(other,)), NAMES)
        funds = [each for each in then.values if each.measure == "pooled-fund"]
        assert [(each.year, each.amount, each.as_printed) for each in funds] == [(Y1, D(60), "")]


class TestChanges:
    def test_only_what_changed_is_told(self) -> None:
        after = terms(
            ends=None,
            is_open_ended=True,
            arrangement="",
            parties=("nhs", "unknown"),
            pooled={Y2: D("1.5")},
        )
        labels = {"pooled-fund": "Pooled fund"}
        assert changes_of(terms(), after, NAMES, labels) == (
            Changed("End", "March 2031", "no end"),
            Changed("Arrangement", "Pooled fund", "not stated"),
            Changed("Parties", "Council, NHS", "NHS, unknown"),
            Changed(f"Pooled fund {Y1.label}", "£100", "not stated"),
            Changed(f"Pooled fund {FinancialYear(2031).label}", "not stated", "£1.50"),
        )
        assert changes_of(terms(), terms(), NAMES, labels) == ()
