"""Money of several plans side by side, under one name for each thing: no database."""

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.over_years import (
    Column,
    Row,
    columns_of,
    income_by_source,
    spend_by_area,
    spend_by_source,
    spend_by_type,
)
from bcf.periods import FinancialYear
from plans.cycle_definitions import Choice as Entry
from plans.cycle_definitions import CycleDefinition, FundingSource, SchemeType, definition
from tests.unit.assurance.values import contribution, figures, spend_line

WORDS: dict[str, Any] = {"verified": False, "source": "a test"}


def source(key: str, **given: Any) -> FundingSource:
    kinds = ("local-authority",)
    return FundingSource(key, key.title(), group="all", contributor_kinds=kinds, **WORDS, **given)


EARLIER = replace(
    definition("2019-20"),
    key="2030-31",
    years=("2030-31",),
    funding_sources=(source("grant"), source("levy"), source("tithe")),
    scheme_types=(SchemeType("home", "Home care", **WORDS),),
    areas_of_spend=(Entry("ward", "Wards", **WORDS),),
)
LATER = replace(
    EARLIER,
    key="2031-32",
    years=("2031-32",),
    funding_sources=(
        source("one-grant", follows=("grant", "levy"), change="It holds the levy too."),
        source("tithe"),
    ),
    scheme_types=(SchemeType("care", "Care at home", follows=("home",), **WORDS),),
)
CYCLES = (EARLIER, LATER)


Y1, Y2 = FinancialYear(2030), FinancialYear(2031)


def plan(cycle: CycleDefinition, *rows: Any) -> PlanFigures:
    years = tuple(map(FinancialYear.parse, cycle.years))
    return replace(figures(*rows, slug=cycle.key), years=years)


@pytest.fixture
def columns() -> tuple[Column, ...]:
    before = plan(
        EARLIER,
        contribution("10.10", year=Y1, source=Choice("grant", "Grant")),
        contribution("5.05", year=Y1, source=Choice("levy", "Levy")),
        contribution("1", year=Y1, source=Choice("tithe", "Tithe")),
        spend_line("7", year=Y1, scheme_type=Choice("home", "Home care")),
    )
    after = plan(
        LATER,
        contribution("20", year=Y2, source=Choice("one-grant", "One-Grant")),
        spend_line("8", year=Y2, scheme_type=Choice("care", "Care at home")),
        spend_line("4", year=Y2),
        spend_line("100", year=Y2, in_pool=False),
    )
    return columns_of([(after, LATER), (before, EARLIER)])


def cells(rows: tuple[Row, ...]) -> list[tuple[str, tuple[D | None, ...]]]:
    return [(row.choice.label, row.amounts) for row in rows]


def test_columns_are_years_in_order(columns: tuple[Column, ...]) -> None:
    assert [(each.plan.slug, str(each.year)) for each in columns] == [
        ("2030-31", "2030-31"),
        ("2031-32", "2031-32"),
    ]


def test_what_was_joined_is_one_row_and_adds_to_the_penny(columns: tuple[Column, ...]) -> None:
    made = income_by_source(columns, CYCLES)
    assert cells(made.rows) == [
        ("One-Grant", (D("15.15"), D("20"))),
        ("Tithe", (D("1"), None)),
    ]
    assert made.totals == (D("16.15"), D("20"))


def test_spend_outside_the_pool_is_in_no_row(columns: tuple[Column, ...]) -> None:
    made = spend_by_type(columns, CYCLES)
    assert cells(made.rows) == [
        ("Care at home", (D("7"), D("8"))),
        ("Not stated", (None, D("4"))),
    ]
    assert made.totals == (D("7"), D("12"))
    for other in (spend_by_source, spend_by_area):
        assert other(columns, CYCLES).totals == made.totals


def test_without_plans_there_is_nothing() -> None:
    made = income_by_source(columns_of([]), CYCLES)
    assert (made.columns, made.rows, made.totals) == ((), (), ())
