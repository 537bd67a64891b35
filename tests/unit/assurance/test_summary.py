"""The summary: every cut of the money, from the same rows."""

from decimal import Decimal

from bcf.assurance.figures import Choice
from bcf.assurance.summary import summarise
from tests.unit.assurance.values import (
    DFG,
    NHS,
    Y1,
    Y2,
    contribution,
    figures,
    pool,
    pounds,
    spend_line,
)

CARE = Choice("care", "Care")
BEDS = Choice("beds", "Beds")


def test_every_cut_adds_to_the_totals() -> None:
    plan = figures(
        contribution(70, source=NHS),
        contribution(30, source=DFG),
        contribution(50, source=NHS, year=Y2),
        spend_line(60, scheme=CARE, theme=CARE, source=NHS),
        spend_line(40, scheme=BEDS, theme=CARE),
        spend_line(55, scheme=BEDS, theme=BEDS, year=Y2),
        spend_line(25, scheme=BEDS, theme=BEDS, breaks_down="line"),
        spend_line(9, scheme=CARE, in_pool=False),
    )
    summary = summarise(plan)
    assert summary.years == (Y1, Y2)
    assert summary.income.amounts == (pounds(100), pounds(50))
    assert summary.spend.amounts == (pounds(100), pounds(55))
    for cut in (summary.spend_by_scheme, summary.spend_by_theme, summary.spend_by_source):
        assert sum((line.total or 0 for line in cut), Decimal(0)) == summary.spend.total
    assert sum((line.total or 0 for line in summary.income_by_source), Decimal(0)) == 150
    assert [each.difference for each in summary.balances] == [0, -5]


def test_spend_outside_the_pool_stands_beside_it() -> None:
    plan = figures(
        spend_line(60, scheme=CARE),
        spend_line(9, scheme=CARE, in_pool=False),
        spend_line(4, scheme=BEDS, in_pool=False, breaks_down="line"),
    )
    summary = summarise(plan)
    assert summary.outside.total == 9
    assert [line.choice for line in summary.outside_pool] == [CARE]
    assert summary.spend.total == 60


def test_the_parts_of_a_joint_plan_add_to_its_totals() -> None:
    part_b = figures(contribution(10, plan="b"), spend_line(4, plan="b"), slug="b")
    part_c = figures(pool(20, plan="c"), spend_line(5, plan="c"), slug="c")
    summary = summarise(figures(parts=(part_b, part_c)))
    assert [(each.slug, each.income.total, each.spend.total) for each in summary.parts] == [
        ("b", 10, 4),
        ("c", 20, 5),
    ]
    assert (summary.income.total, summary.spend.total) == (30, 9)


def test_a_plan_without_rows_states_nothing() -> None:
    summary = summarise(figures())
    assert (summary.income.total, summary.spend.total, summary.outside.total) == (None, None, None)
    assert summary.income_by_source == summary.spend_by_scheme == summary.parts == ()
    assert len(summary.balances) == 2
