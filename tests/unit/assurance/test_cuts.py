"""Cuts of a plan's money for its document: they add up to the totals of the same money."""

from decimal import Decimal

from bcf.assurance.cuts import (
    Spent,
    contributed,
    income_crossed,
    largest,
    spend_crossed,
    spent,
)
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.summary import summarise
from bcf.money import total
from tests.unit.assurance.values import DFG, NHS, Y1, Y2, contribution, figures, pool, spend_line

COUNCIL, CCG = Choice("council", "Council"), Choice("ccg", "CCG")
CARE, HOME = Choice("care", "Care"), Choice("home", "Home First")


def amounts(rows: tuple[Spent, ...]) -> list[tuple[str, tuple[Decimal | None, ...]]]:
    return [(row.row.description, row.line.amounts) for row in rows]


def test_income_by_contributor_is_all_the_income() -> None:
    plan = figures(
        contribution(10, contributor=CCG),
        contribution(20, contributor=CCG, year=Y2),
        contribution(5, contributor=COUNCIL, source=DFG),
        contribution(1, contributor=COUNCIL),
        pool(30),
    )
    rows = contributed(plan)
    assert [(row.source.label, row.contributor, row.line.amounts) for row in rows][:3] == [
        (NHS.label, CCG, (10, 20)),
        (DFG.label, COUNCIL, (5, None)),
        (NHS.label, COUNCIL, (1, None)),
    ]
    assert rows[3].contributor == NOT_STATED
    assert total(row.line.total for row in rows) == summarise(plan).income.total == 50


def test_a_line_of_two_years_is_one_row_with_its_components_under_it() -> None:
    plan = figures(
        spend_line(10, ref="a1", description="Care", scheme=CARE),
        spend_line(2, ref="b", description="Other"),
        spend_line(4, ref="c", description="Nurses", breaks_down="a2", year=Y2),
        spend_line(20, ref="a2", description="Care", scheme=CARE, year=Y2),
    )
    rows = spent(plan)
    assert amounts(rows) == [("Care", (10, 20)), ("Nurses", (None, 4)), ("Other", (2, None))]
    assert [(row.is_component, row.counts) for row in rows] == [
        (False, True),
        (True, False),
        (False, True),
    ]


def test_what_counts_of_the_lines_is_the_plan_s_spend() -> None:
    plan = figures(
        spend_line(10, ref="a"),
        spend_line(9, ref="b", breaks_down="a", description="Part"),
        spend_line(7, ref="c", in_pool=False),
        spend_line(3, ref="d", year=Y2),
    )
    counted = total(row.line.total for row in spent(plan) if row.counts)
    assert counted == summarise(plan).spend.total == 13


def test_two_lines_that_read_alike_stay_two() -> None:
    plan = figures(spend_line(1, ref="a"), spend_line(2, ref="b"))
    assert [row.line.total for row in spent(plan)] == [1, 2]


def test_parts_stand_side_by_side_and_add_up() -> None:
    north = figures(
        contribution(1, plan="north"), spend_line(4, plan="north", theme=CARE), slug="north"
    )
    south = figures(
        contribution(2, plan="south"),
        contribution(3, plan="south", source=DFG),
        spend_line(5, plan="south", theme=HOME),
        slug="south",
    )
    joint = figures(slug="joint", parts=(north, south))
    *rows, whole = income_crossed(joint, Y1)
    assert [(row.choice, row.amounts, row.total) for row in rows] == [
        (NHS, (None, 1, 2), 3),
        (DFG, (None, None, 3), 3),
    ]
    assert (whole.amounts, whole.total) == ((None, 1, 5), 6)
    *rows, whole = spend_crossed(joint, Y1)
    assert [(row.choice, row.amounts) for row in rows] == [
        (CARE, (None, 4, None)),
        (HOME, (None, None, 5)),
    ]
    assert whole.total == summarise(joint).spend.total
    assert income_crossed(joint, Y2)[-1].total is None


def test_the_largest_lines_and_the_rest_together() -> None:
    sizes = (5, 1, 9, 3, 7)
    plan = figures(
        *(spend_line(size, ref=str(size), theme=Choice(str(size), str(size))) for size in sizes),
        spend_line(2, ref="later", theme=Choice("1", "1"), year=Y2),
    )
    lines = summarise(plan).spend_by_theme
    first, second, rest = largest(lines, 3)
    assert (first.total, second.total) == (9, 7)
    assert rest.choice.label == "The other 3 together"
    assert rest.amounts == (9, 2)
    assert total(line.total for line in largest(lines, 3)) == summarise(plan).spend.total
    assert len(largest(lines, 5)) == 5
