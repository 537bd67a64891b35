"""What agreements and programmes come to: money by party and year, terms, providers."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.agreements.sums import (
    by_parties,
    current_services,
    ending_within,
    implied_funding,
    months_long,
    of_all_parties,
    of_party,
    pooled_as_printed,
    pooled_funds,
    put_right,
    rise,
    rise_percent,
    years_of,
)
from bcf.assurance.agreements.values import Agreements, Provider
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.programmes import (
    BudgetLine,
    Mark,
    Network,
    Programme,
    budget,
    marked_months,
    people,
)
from bcf.base.worked import RowRef
from bcf.periods import PartialDate
from tests.unit.assurance.agreement_values import COUNCIL, NHS, ROW, Y1, Y2, agreement, value


class TestMoney:
    def test_the_parties_amounts_add_whatever_total_is_printed(self) -> None:
        one = agreement(value(999), value(600, party=COUNCIL), value(300, party=NHS))
        added, printed = by_parties(one, "spend", Y1), of_all_parties(one, "spend", Y1)
        assert added is not None
        assert printed is not None
        assert (added.rounded(), added.how) == (900, "£600 + £300")
        assert printed.rounded() == 999

    def test_without_a_total_of_all_the_parties_are_added(self) -> None:
        whole = of_all_parties(agreement(value(600, party=COUNCIL)), "spend", Y1)
        assert whole is not None
        assert whole.rounded() == 600

    def test_what_is_not_stated_is_not_nothing(self) -> None:
        one = agreement(value(None, party=COUNCIL))
        assert by_parties(one, "spend", Y1) is None
        assert of_party(one, "spend", Y2, "council") is None
        assert implied_funding(one, Y1) is None

    def test_a_rise_between_years(self) -> None:
        one = agreement(value(400, party=NHS), value(500, party=NHS, year=Y2), value(1))
        before, now = (of_party(one, "spend", year, "nhs") for year in years_of(one, "spend"))
        by, percent = rise(now, before), rise_percent(now, before)
        assert by is not None
        assert percent is not None
        assert (by.rounded(), by.how) == (100, "£500 − £400")
        assert (percent.rounded(2), percent.how) == (25, "(£500 − £400) ÷ £400")
        assert rise(None, before) is None
        assert rise_percent(now, None) is None

    @pytest.mark.parametrize(
        ("left", "funding", "how"), [(-200, 800, "£1,000 − £200"), (50, 1_050, "£1,000 + £50")]
    )
    def test_the_funding_is_what_was_spent_less_the_deficit(
        self, left: int, funding: int, how: str
    ) -> None:
        one = agreement(value(1_000), value(left, measure="surplus-or-deficit"))
        figure = implied_funding(one, Y1)
        assert figure is not None
        assert (figure.rounded(), figure.how) == (funding, how)

    def test_pooled_funds_are_added_in_the_unit_meant_and_blindly_only_when_asked(self) -> None:
        wrong = value(2_000_000, measure="pooled-fund", printed=D(2_000), is_put_right=True)
        right = value(50_000, measure="pooled-fund", printed=D(50_000))
        agreements = Agreements(
            (agreement(wrong), agreement(right, slug="two", client_group="children"))
        )
        whole, blind = pooled_funds(agreements, Y1), pooled_as_printed(agreements, Y1)
        assert whole is not None
        assert blind is not None
        assert (whole.rounded(), blind.rounded()) == (2_050_000, 52_000)
        assert put_right(agreements, Y1) == [wrong]
        children = pooled_funds(agreements.of_client_group("children"), Y1)
        assert children is not None
        assert children.rounded() == 50_000
        assert pooled_funds(agreements.named("none"), Y1) is None


class TestTerms:
    @pytest.mark.parametrize(
        ("starts", "ends", "months"),
        [("2030-04", "2031-03", 12), ("2030-04-01", "2030-04-30", 1), ("2030-12", "2032-01", 14)],
    )
    def test_a_term_counts_its_first_month_and_its_last(
        self, starts: str, ends: str, months: int
    ) -> None:
        one = agreement(starts=PartialDate.parse(starts), ends=PartialDate.parse(ends))
        figure = months_long(one)
        assert figure is not None
        assert figure.rounded() == months

    def test_a_term_without_both_months_has_no_length(self) -> None:
        assert months_long(agreement(starts=PartialDate(2030, 4))) is None
        whole_years = agreement(starts=PartialDate(2030), ends=PartialDate(2031))
        assert months_long(whole_years) is None

    def test_a_vague_end_is_the_last_day_that_it_can_mean(self) -> None:
        assert PartialDate(2032, 2).last_day == date(2032, 2, 29)
        assert PartialDate(2032).last_day == date(2032, 12, 31)

    @pytest.mark.parametrize(
        ("ends", "is_near"),
        [
            ("2030-11-14", False),
            ("2030-11-15", True),
            ("2031-03", True),
            ("2031-11-15", True),
            ("2031-11", False),
            ("2032", False),
        ],
    )
    def test_what_ends_within_a_year_of_a_day(self, ends: str, is_near: bool) -> None:
        agreements = Agreements((agreement(ends=PartialDate.parse(ends)), agreement()))
        assert bool(ending_within(agreements, date(2030, 11, 15))) is is_near

    def test_months_later_on_the_last_day_of_a_shorter_month(self) -> None:
        agreements = Agreements((agreement(ends=PartialDate(2031, 2)),))
        assert ending_within(agreements, date(2030, 12, 31), months=2)


class TestProviders:
    def test_those_who_run_one_service_together_are_counted_once(self) -> None:
        one = agreement(
            providers=(
                provider("Elm Trust", "Advice."),
                provider("Oak", "Help at home, run with Birch."),
                provider("Birch", "Help at home, run with the Oak charity."),
                provider("Pine", "Day care.", status="ended"),
            )
        )
        services = current_services(one)
        assert [[each.organisation.key for each in group] for group in services] == [
            ["Elm Trust"],
            ["Oak", "Birch"],
        ]


def provider(name: str, service: str, status: str = "current") -> Provider:
    row = RowRef("governance.agreementprovider", "one", name)
    return Provider(Choice(name, name), service, status, None, None, row)


class TestProgrammes:
    def test_the_budget_by_who_gives_it_and_whether_it_recurs(self) -> None:
        one = programme(
            line(100, source=NHS, recurrence="recurrent"),
            line(20, source=COUNCIL, recurrence="recurrent"),
            line(3, source=COUNCIL, recurrence="non-recurrent"),
            line(None, source=COUNCIL),
        )
        amounts = [budget(one), budget(one, source="council"), budget(one, recurrence="recurrent")]
        assert [each and each.rounded() for each in amounts] == [123, 23, 120]
        assert budget(programme()) is None

    def test_people_of_networks_by_the_overview_or_their_own_pages(self) -> None:
        one = programme(network("N1", 100, 90), network("N2", 50, None))
        overview, own = people(one), people(one, ["N1"], on_own_pages=True)
        assert overview is not None
        assert own is not None
        assert (overview.rounded(), own.rounded()) == (150, 90)
        assert people(one, on_own_pages=True) is None

    def test_marked_months_of_each_network(self) -> None:
        one = programme(mark("N1", 1), mark("N1", 2), mark("N2", 1, is_marked=False))
        assert marked_months(one) == {"N1": 2, "N2": 0}


def programme(*rows: Any) -> Programme:
    def of(kind: type) -> Any:
        return tuple(row for row in rows if isinstance(row, kind))

    return Programme("work", "Work", of(BudgetLine), of(Network), of(Mark))


def line(amount: int | None, source: Choice = NOT_STATED, recurrence: str = "") -> BudgetLine:
    money = None if amount is None else D(amount)
    return BudgetLine(Y1, "Line", source, money, None, recurrence, ROW)


def network(name: str, overview: int | None, own: int | None) -> Network:
    return Network(name, None, overview, own, ROW)


def mark(name: str, position: int, *, is_marked: bool = True) -> Mark:
    return Mark(name, "Start", "Apr", position, is_marked, ROW)
