"""What a reader chose: read from the address, carried along in it, and what a year keeps."""

from types import SimpleNamespace
from typing import cast

import pytest

from bcf.assurance.benefits import Benefits
from bcf.assurance.checks.record import Record
from bcf.periods import FinancialYear
from bcf.reporting.dashboards.choosing import (
    Chosen,
    asked_along,
    board_options,
    of_year,
    plan_options,
    year_of,
    year_options,
)
from metrics.choices import ValueKind
from plans.models import Board, Cycle, Plan
from tests.unit.assurance.checks.records_schemes import measured, record, value
from tests.unit.assurance.values import Y1, Y2, contribution, figures, pool, spend_line
from tests.unit.reporting.dashboards.test_changes import benefit

YEARS = (Y1, Y2)
AYTON = Board(slug="ayton", name="Ayton Health and Wellbeing Board")
BEETON = Board(slug="beeton", name="Beeton Health and Wellbeing Board")


def plan(slug: str, *boards: Board) -> Plan:
    """A plan that knows its boards without a database."""
    made = SimpleNamespace(
        slug=slug,
        title=f"Plan {slug}",
        cycle=Cycle(key="2015-17", name="2015–17"),
        boards=SimpleNamespace(all=lambda: list(boards)),
    )
    return cast("Plan", made)


# -- the address ---------------------------------------------------------------------------


def test_a_year_of_the_plan_is_obeyed() -> None:
    assert year_of("2016-17", YEARS) == (Y2, "")
    assert year_of("", YEARS) == (None, "")


@pytest.mark.parametrize("asked", ["2030-31", "2015", "2015-17", "2015–16", " 2015-16", "<b>"])
def test_a_year_that_the_plan_lacks_is_told_and_not_obeyed(asked: str) -> None:
    assert year_of(asked, YEARS) == (None, asked)
    assert year_of(asked, ()) == (None, asked)


def test_of_a_very_long_year_the_beginning_is_told() -> None:
    assert year_of("x" * 5000, YEARS) == (None, "x" * 20)


def test_the_choice_goes_along_in_the_address() -> None:
    chosen = Chosen(plan="a-plan", board="ayton", year=Y1)
    assert chosen.query == "?plan=a-plan&board=ayton&year=2015-16"
    assert chosen.link == chosen.query


def test_without_a_choice_another_page_needs_no_query_and_this_page_an_empty_one() -> None:
    assert Chosen(unknown_year="1066").query == ""
    assert Chosen().link == "?"


def test_the_plan_and_the_year_come_along_to_a_page_that_makes_no_choice() -> None:
    asked = {"plan": "a-plan", "year": "2015-16", "board": "ayton", "q": "words"}
    assert asked_along(asked) == "?plan=a-plan&year=2015-16"
    assert asked_along({"year": ""}) == ""
    assert asked_along({"plan": 'a" onclick=&b'}) == "?plan=a%22+onclick%3D%26b"


# -- options -------------------------------------------------------------------------------


def test_all_years_and_each_by_itself_keep_the_rest_of_the_choice() -> None:
    chosen = Chosen(board="ayton", year=Y2)
    found = [(each.words, each.address, each.is_chosen) for each in year_options(chosen, YEARS)]
    assert found == [
        ("All years", "?board=ayton", False),
        ("2015–16", "?board=ayton&year=2015-16", False),
        ("2016–17", "?board=ayton&year=2016-17", True),
    ]


def test_one_year_alone_or_none_is_no_choice() -> None:
    assert year_options(Chosen(), (Y1,)) == ()
    assert year_options(Chosen(), ()) == ()


def test_of_several_areas_all_or_one_is_chosen() -> None:
    found = board_options(Chosen(board="beeton", year=Y1), (AYTON, BEETON))
    assert [(each.words, each.address, each.is_chosen) for each in found] == [
        ("All areas", "?year=2015-16", False),
        ("Ayton", "?board=ayton&year=2015-16", False),
        ("Beeton", "?board=beeton&year=2015-16", True),
    ]
    assert board_options(Chosen(), (AYTON,)) == ()


def test_of_several_plans_the_shown_one_is_chosen_and_joint_ones_are_said_to_be() -> None:
    own, joint = plan("own", AYTON), plan("joint", AYTON, BEETON)
    found = plan_options(Chosen(year=Y1), (own, joint), joint)
    assert [(each.words, each.address, each.is_chosen) for each in found] == [
        ("2015–17", "?plan=own&year=2015-16", False),
        ("2015–17, joint plan of 2 boards", "?plan=joint&year=2015-16", True),
    ]
    assert plan_options(Chosen(), (own,), own) == ()


def test_plans_of_one_cycle_are_told_apart_by_their_titles() -> None:
    plans = (plan("one", AYTON), plan("two", AYTON), plan("joint", AYTON, BEETON))
    assert [each.words for each in plan_options(Chosen(), plans, None)] == [
        "2015–17: Plan one",
        "2015–17: Plan two",
        "2015–17, joint plan of 2 boards",
    ]


# -- what a year keeps ---------------------------------------------------------------------


def test_the_money_and_the_benefits_of_other_years_are_left_out() -> None:
    whole = record(
        figures(
            *(contribution(5, year=year) for year in YEARS),
            *(spend_line(4, year=year) for year in YEARS),
            *(pool(5, year=year) for year in YEARS),
        ),
        benefits=benefits_of(Y1, Y2),
    )
    found = of_year(whole, Y2)
    assert found.money.years == (Y2,)
    assert [row.year for row in found.money.contributions] == [Y2]
    assert [row.year for row in found.money.spend_lines] == [Y2]
    assert [row.year for row in found.money.requirements] == [Y2]
    assert [row.year for row in found.benefits.rows] == [Y2]
    assert len(whole.benefits.rows) == 2


def benefits_of(*years: FinancialYear) -> Benefits:
    return Benefits(tuple(benefit(-1, year=year) for year in years))


def periods_kept(year: FinancialYear, *periods: str, kind: str = ValueKind.PLAN) -> list[str]:
    whole: Record = record(measured=measured(*(value("1", each, kind=kind) for each in periods)))
    return [str(each.period) for each in of_year(whole, year).measured.values]


def test_a_metric_keeps_the_periods_within_the_year() -> None:
    kept = ("2015-16", "2015-16Q1", "2015-16Q4", "2015-04", "2016-03")
    left = ("2014-15", "2016-17", "2014-15Q4", "2016-17Q1", "2015-03", "2016-04")
    assert periods_kept(Y1, *kept, *left) == list(kept)


def test_a_calendar_year_is_of_the_financial_year_in_which_most_of_it_lies() -> None:
    assert periods_kept(Y1, "2014", "2015", "2016") == ["2015"]


def test_quarters_of_a_calendar_year_are_each_of_one_financial_year() -> None:
    quarters = ("2015-01/2015-03", "2015-04/2015-06", "2015-10/2015-12", "2016-01/2016-03")
    assert periods_kept(Y1, *quarters) == list(quarters[1:])
    assert periods_kept(Y1.next(), *quarters) == []


def test_a_period_that_is_not_stated_is_of_no_year() -> None:
    assert periods_kept(Y1, "not-stated") == []


@pytest.mark.parametrize("kind", ["baseline", "benchmark", "threshold"])
def test_what_figures_are_held_against_stays_whatever_its_time(kind: str) -> None:
    assert periods_kept(Y1, "2012-13", "not-stated", kind=kind) == ["2012-13", "not-stated"]


@pytest.mark.parametrize("kind", ["plan", "target", "actual"])
def test_a_plan_a_target_and_an_actual_of_another_time_are_left_out(kind: str) -> None:
    assert periods_kept(Y1, "2012-13", kind=kind) == []
