"""How agreements stand on a day: their terms then, their state, and what is due."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.positions import (
    Position,
    State,
    as_it_stood,
    once_parties,
    positions_on,
)
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.periods import PartialDate
from tests.unit.assurance.agreed import (
    TRUST,
    Y2017,
    Y2018,
    agreement,
    event,
    pooled,
    terms,
)
from tests.unit.assurance.agreement_values import NHS

DAY = date(2018, 11, 15)


def position(**given: Any) -> Position:
    (found,) = positions_on(DAY, [agreement("one", **given)], {})
    return found


class TestState:
    @pytest.mark.parametrize(
        ("given", "state", "days"),
        [
            ({"ends": "2021-03"}, State.IN_FORCE, 867),
            ({"ends": "2019-11-15"}, State.ENDING, 365),
            ({"ends": "2019-11-16"}, State.IN_FORCE, 366),
            ({"ends": "2018-11-15"}, State.ENDING, 0),
            ({"ends": "2018-11-14"}, State.ENDED, -1),
            ({"ends": "2018-11"}, State.ENDING, 15),
            ({"ends": "2018"}, State.ENDING, 46),
            ({"ends": "2017"}, State.ENDED, -319),
            ({"is_open_ended": True}, State.IN_FORCE, None),
            ({"starts": "2013-08"}, State.NOT_KNOWN, None),
            ({}, State.NOT_KNOWN, None),
        ],
    )
    def test_of_a_day(self, given: dict[str, Any], state: State, days: int | None) -> None:
        found = position(**given)
        assert (found.state, found.days_left) == (state, days)

    @pytest.mark.parametrize(
        ("starts", "is_later"), [("2018-11-16", True), ("2018-11", False), ("2018", False)]
    )
    def test_one_may_have_started_if_some_day_of_its_start_is_past(
        self, starts: str, is_later: bool
    ) -> None:
        assert position(starts=starts).is_later is is_later

    def test_one_without_a_start_is_not_later(self) -> None:
        assert not position().is_later


class TestDatesOfTheAgreementAbove:
    def test_a_schedule_takes_those_that_it_does_not_state(self) -> None:
        above = agreement("above", starts="2013-08", is_open_ended=True)
        below = agreement("below", parent="above")
        found = positions_on(DAY, [above, below], {})[1]
        assert found.state is State.IN_FORCE
        assert found.term.starts == PartialDate(2013, 8)
        assert (found.is_start_of_above, found.is_end_of_above) == (True, True)

    def test_its_own_are_its_own(self) -> None:
        above = agreement("above", starts="2013-08", is_open_ended=True)
        below = agreement("below", parent="above", starts="2014", ends="2018-03")
        found = positions_on(DAY, [above, below], {})[1]
        assert found.state is State.ENDED
        assert (found.is_start_of_above, found.is_end_of_above) == (False, False)

    def test_of_one_that_the_reader_may_not_see_nothing_is_taken(self) -> None:
        assert position(parent="hidden").state is State.NOT_KNOWN


class TestNotice:
    @pytest.mark.parametrize(
        ("ends", "months", "by"),
        [
            ("2021-03-31", 6, date(2020, 9, 30)),
            ("2021-03", 6, date(2020, 9, 30)),
            ("2021-05-31", 3, date(2021, 2, 28)),
            ("2021-01-15", 12, date(2020, 1, 15)),
        ],
    )
    def test_is_given_so_many_months_before_the_end(self, ends: str, months: int, by: date) -> None:
        assert position(ends=ends, notice_months=months).notice_by == by

    @pytest.mark.parametrize(
        "given",
        [
            {"ends": "2021-03"},
            {"notice_months": 6},
            {"is_open_ended": True, "notice_months": 6},
            {"ends": "2021", "notice_months": 6},
            {"ends": "2021-03-31", "notice_months": 0},
            {"ends": "2021-03-31", "notice_months": 32_767},
        ],
    )
    def test_by_no_day_where_the_end_or_the_period_is_not_known(
        self, given: dict[str, Any]
    ) -> None:
        assert position(**given).notice_by is None


BEFORE = terms(ends=PartialDate(2021, 3), arrangement="lead-commissioning", pooled={Y2017: D(100)})
AFTER = terms(
    ends=PartialDate(2022, 3),
    arrangement="pooled-fund",
    parties=("nhs", "trust"),
    pooled={Y2017: D(150), Y2018: D(200)},
)


def varied(*days: date) -> Agreement:
    """An agreement whose terms became `AFTER` on the first day, and then stayed so."""
    events = [event(day, BEFORE if day == days[0] else AFTER, AFTER) for day in days]
    return agreement(
        "one",
        pooled(150, printed=D(150), as_printed="£150"),
        pooled(200, Y2018),
        pooled(90, measure="spend"),
        starts="2017-04",
        ends="2022-03",
        arrangement="pooled-fund",
        parties=(NHS, TRUST),
        events=tuple(events),
    )


def funds(one: Agreement) -> dict[str, D | None]:
    return {str(value.year): value.amount for value in one.values if value.measure != "spend"}


class TestAsItStood:
    def test_before_a_variation_it_says_what_was_agreed_then(self) -> None:
        council = Choice("council", "The Council")
        then = as_it_stood(varied(date(2018, 12, 1)), DAY, {"council": council})
        assert (then.ends, then.arrangement) == (PartialDate(2021, 3), "lead-commissioning")
        assert then.parties == (NHS, council)
        assert funds(then) == {"2017-18": 100}
        assert [value.amount for value in then.values if value.measure == "spend"] == [90]
        (fund,) = (value for value in then.values if value.measure != "spend")
        assert fund.as_printed == ""

    def test_from_its_day_on_it_says_what_is_agreed_now(self) -> None:
        one = varied(DAY)
        assert as_it_stood(one, DAY, {}) is one

    def test_a_fund_that_stays_the_same_keeps_its_print(self) -> None:
        before = terms(ends=PartialDate(2021, 3), pooled={Y2017: D(150)})
        one = varied(date(2019, 1, 1))
        changed = event(date(2019, 1, 1), before, AFTER)
        then = as_it_stood(
            agreement("one", *one.values, ends="2022-03", events=(changed,)), DAY, {}
        )
        assert funds(then) == {"2017-18": 150}
        assert then.values[0].as_printed == "£150"

    def test_between_two_events_the_terms_are_those_after_the_first(self) -> None:
        one = varied(date(2018, 4, 1), date(2019, 4, 1))
        assert as_it_stood(one, DAY, {}).terms == AFTER
        assert as_it_stood(one, date(2018, 3, 31), {}).terms == BEFORE

    def test_a_party_without_a_name_is_told_by_its_key(self) -> None:
        then = as_it_stood(varied(date(2018, 12, 1)), DAY, {})
        assert [party.label for party in then.parties] == ["NHS", "council"]

    def test_once_parties_are_those_of_all_terms(self) -> None:
        assert once_parties([varied(DAY)]) == {"council", "nhs", "trust"}
        assert once_parties([agreement("one")]) == set()


class TestSuperseded:
    def superseded(self, *events: Any, **given: Any) -> Agreement:
        return agreement("old", events=events, **given)

    def at(self, day: date, *others: Agreement, later: tuple[Any, ...] = ()) -> Position:
        before = terms(ends=PartialDate(2021, 3))
        after = terms(ends=PartialDate(2018, 3, 31))
        happened = event(
            date(2018, 4, 1), before, after, action="supersede", successor=Choice("new", "New")
        )
        old = self.superseded(happened, *later, ends="2018-03-31")
        return positions_on(day, [old, *others], {})[0]

    def test_it_is_ended_and_says_by_what(self) -> None:
        found = self.at(date(2018, 4, 1), agreement("new"))
        assert (found.state, found.successor.label) == (State.ENDED, "New")

    def test_until_the_day_before_it_runs_with_its_former_end(self) -> None:
        found = self.at(date(2018, 3, 31), agreement("new"))
        assert (found.state, found.successor) == (State.IN_FORCE, NOT_STATED)
        assert found.agreement.ends == PartialDate(2021, 3)

    def test_by_what_the_reader_may_not_see_is_not_told(self) -> None:
        found = self.at(date(2018, 4, 1))
        assert (found.state, found.successor) == (State.ENDED, NOT_STATED)

    def test_what_happened_after_counts(self) -> None:
        after = terms(ends=PartialDate(2018, 3, 31))
        extended = event(date(2018, 6, 1), after, after, action="extend")
        found = self.at(date(2018, 6, 1), agreement("new"), later=(extended,))
        assert found.successor == NOT_STATED
