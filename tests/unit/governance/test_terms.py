from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from bcf.periods import FinancialYear, PartialDate
from governance.rules import Terms, terms_on

YEAR = FinancialYear(2017)


def terms(ends: str = "2021-03", **changes: object) -> Terms:
    stored = {
        "ends": ends,
        "is_open_ended": False,
        "arrangement": "lead-commissioning",
        "parties": ["barnet-ccg", "lb-barnet"],
        "pooled": {"2017-18": "3642000.00"},
    }
    return Terms.from_stored({**stored, **changes})


@dataclass(frozen=True)
class Event:
    effective: date
    terms_before: Terms


class TestTerms:
    def test_they_are_stored_and_read_again_unchanged(self) -> None:
        one = terms()
        assert one.pooled == {YEAR: Decimal("3642000.00")}
        assert Terms.from_stored(one.to_store()) == one

    @pytest.mark.parametrize(
        ("found", "label"),
        [
            (terms(), "March 2021"),
            (terms(""), "not stated"),
            (terms("", is_open_ended=True), "no end"),
        ],
    )
    def test_the_end_in_words(self, found: Terms, label: str) -> None:
        assert found.end_label == label

    @pytest.mark.parametrize("amount", ["NaN", "Infinity", "1.005", "a lot"])
    def test_an_amount_that_is_no_money_is_refused(self, amount: str) -> None:
        with pytest.raises((ValueError, ArithmeticError)):
            terms(pooled={"2017-18": amount})

    def test_an_end_that_is_no_date_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not a date"):
            terms("soon")


class TestTermsOn:
    first, second, now = terms("2019-03"), terms("2020-03"), terms("2021-03")
    events = (Event(date(2018, 10, 1), second), Event(date(2018, 4, 1), first))

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2018, 3, 31), first),
            (date(2018, 4, 1), second),
            (date(2018, 9, 30), second),
            (date(2018, 10, 1), now),
            (date(2030, 1, 1), now),
        ],
    )
    def test_what_was_agreed_on_a_day(self, day: date, expected: Terms) -> None:
        assert terms_on(day, self.now, self.events) == expected

    def test_without_events_it_is_what_is_agreed_now(self) -> None:
        assert terms_on(date(1990, 1, 1), self.now, ()) == self.now

    def test_it_is_an_end_in_the_words_of_the_day(self) -> None:
        assert terms_on(date(2018, 3, 31), self.now, self.events).ends == PartialDate(2019, 3)
