"""The answers of dashboards over the real plans: their figures are those of the rows and totals."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bcf.assurance.benefits import Benefits, gather_benefits, reduction, total_saving
from bcf.assurance.checks.reading import gather_record
from bcf.assurance.checks.record import Record
from bcf.assurance.summary import summarise
from bcf.money import total
from bcf.reporting.dashboards.changes import changes_question, in_one_unit
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.dashboards.parts import parts_question
from bcf.reporting.dashboards.people import people_question
from bcf.reporting.dashboards.telling import newest_told
from bcf.reporting.dashboards.whose import of_board
from bcf.ui.tables import Table
from governance.models import Agreement, PrintedFigure
from metrics.models import MetricValue
from plans.models import Board, Plan
from schemes.models import Benefit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_plans")]

TODAY = date(2026, 11, 22)
SLUGS = (
    *("barnet-2014-16", "tri-borough-2014-16", "bhr-2017-19"),
    *("barking-and-dagenham-2017-19", "havering-2017-19", "redbridge-2017-19"),
)


def recorded(slug: str) -> Record:
    plan = Plan.objects.get(slug=slug)
    return gather_record(plan, plan.parts.all(), plan.part_of, Agreement.objects.all(), TODAY)


def boards_of(plan: Record) -> list[tuple[str, str]]:
    areas = {board.slug: board.area for board in Board.objects.all()}
    return [(row.slug, areas[row.slug]) for row in plan.boards]


def panel(question: Question, key: str) -> Panel:
    return next(each for each in question.panels if each.key == key)


def total_cells(table: Table | None) -> list[Any]:
    assert table is not None
    assert table.total is not None
    return [cell.value for cell in table.total.cells]


def test_every_real_plan_is_asked() -> None:
    assert set(SLUGS) == set(Plan.objects.values_list("slug", flat=True))


def test_panels_have_keys_of_their_own_and_tables_their_pictures() -> None:
    for slug in SLUGS:
        plan = recorded(slug)
        boards = boards_of(plan)
        found = [
            people_question(plan, boards),
            changes_question(plan),
            parts_question(plan, summarise(plan.money), boards),
        ]
        panels = [each for question in found if question for each in question.panels]
        assert max(Counter(each.key for each in panels).values(), default=1) == 1
        tabled = {each.key.split("-")[0] for each in panels if each.table}
        assert all(each.key.split("-")[0] in tabled for each in panels if each.chart)
        assert all(each.heading or each.points or each.table for each in panels)


# -- people --------------------------------------------------------------------------------


def test_people_are_told_of_the_figures_that_rows_state() -> None:
    told = 0
    for slug in SLUGS:
        plan = recorded(slug)
        for board, _ in boards_of(plan):
            for metric in plan.cycle.metrics:
                found = newest_told(metric, of_board(plan, board))
                if found is None:
                    continue
                told += 1
                row = found.figure.row
                owner = {"plan__slug": row.owner} if found.figure.plan else {"plan": None}
                stated = MetricValue.objects.get(ref=row.ref, board__slug=board, **owner)
                assert found.figure.value is not None
                assert found.figure.value.value == stated.value
    assert told == 27


def test_havering_s_delays_and_admissions_are_told_as_people() -> None:
    plan = recorded("havering-2017-19")
    question = people_question(plan, boards_of(plan))
    assert question is not None
    points = question.panels[0].points
    assert points[0] == (
        "26,368 admissions in the year 2016–17: about 72 people admitted to hospital in an "
        "emergency each day. Planned: about 72 people each day; for 2018–19, about 71 people each "
        "day."
    )
    assert points[1].startswith("199.3 delayed days a month for every 100,000 people in the year")


def test_what_three_boards_state_together_is_told_of_none_of_them() -> None:
    plan = recorded("tri-borough-2014-16")
    question = people_question(plan, boards_of(plan))
    assert question is not None
    assert question.panels == ()
    assert question.sentences[0].endswith("is stated for a board.")


def test_delays_without_a_unit_are_not_told() -> None:
    plan = recorded("barnet-2014-16")
    question = people_question(plan, boards_of(plan))
    assert question is not None
    assert "“Delayed transfers of care”" in question.panels[0].sentences[0]
    assert len(question.panels[0].points) == 3


# -- changes -------------------------------------------------------------------------------


def test_savings_are_those_of_the_rows_to_the_penny() -> None:
    for slug in SLUGS:
        plan = recorded(slug)
        rows = Benefit.objects.filter(plan__slug__in=plan.family)
        known = [row.expected_saving for row in rows if row.expected_saving is not None]
        whole = total_saving(plan.benefits)
        assert (whole.rounded(2) if whole else None) == (total(known) if known else None)
        for key in ("saving-by-scheme", "saving-by-metric"):
            tables = [each.table for each in changes_question(plan).panels if each.key == key]
            assert len(tables) == (1 if known else 0)
            assert all(total(known) in total_cells(table) for table in tables)


def test_barnet_s_schemes_have_the_shares_that_its_tables_3_and_4_print() -> None:
    plan = recorded("barnet-2014-16")
    table = panel(changes_question(plan), "change-nea").table
    assert table is not None
    shown = {
        (str(row.cells[0].value).split()[0], str(row.cells[1].value)): row.cells[3].value
        for row in table.rows
        if not row.emphasis
    }
    printed = PrintedFigure.objects.filter(
        plan__slug=plan.slug, measure="share-of-reduction", scheme__isnull=False
    ).select_related("scheme")
    assert len(printed) == len(shown) == 10
    for each in printed:
        assert each.scheme is not None
        assert shown[each.scheme.reference, each.financial_year.label] == each.value


def test_barnet_s_changes_are_those_of_the_benefits() -> None:
    benefits = gather_benefits([Plan.objects.get(slug="barnet-2014-16")])
    question = changes_question(recorded("barnet-2014-16"))
    for each in in_one_unit(benefits):
        own: Benefits = each.benefits
        reduced, saved = reduction(own), total_saving(own)
        assert reduced is not None
        assert saved is not None
        found = [panel.table for panel in question.panels if panel.key == each.key]
        assert len(found) == (1 if each.key == "change-nea" else 0)
        for cells in map(total_cells, found):
            assert (cells[2], cells[4]) == (reduced.rounded(), saved.rounded(2))
    assert question.sentences == (
        "The changes should save £3,897,517 in all: £1,544,011 in 2014–15 and £2,353,506 in "
        "2015–16.",
    )


# -- parts ---------------------------------------------------------------------------------


def test_the_parts_of_bhr_add_up_to_its_totals_to_the_penny() -> None:
    plan = recorded("bhr-2017-19")
    summary = summarise(plan.money)
    question = parts_question(plan, summary, boards_of(plan))
    assert question is not None
    for place, year in enumerate(summary.years):
        for name, whole in (("spend", summary.spend), ("income", summary.income)):
            areas = [getattr(part, name).amounts[place] for part in summary.parts]
            table = panel(question, f"parts-{name}-{year.code}").table
            assert total_cells(table) == ["Total", *areas, whole.amounts[place]]
            assert table is not None
            by_area = zip(*(row.cells[1:-1] for row in table.rows), strict=True)
            assert [_added(cells) for cells in by_area] == areas
    assert summary.spend.amounts[0] == Decimal("68408000.00")


def _added(cells: tuple[Any, ...]) -> Decimal:
    return total(cell.value for cell in cells if isinstance(cell.value, Decimal))


def test_the_printed_cut_of_bhr_says_where_it_stands_and_how_far_it_is_off() -> None:
    plan = recorded("bhr-2017-19")
    question = parts_question(plan, summarise(plan.money), boards_of(plan))
    assert question is not None
    found = panel(question, "parts-printed-2017-18")
    assert "(2 table 1)" in found.sentences[0]
    assert found.sentences[1] == "Rounding explains every difference of the totals."
    assert found.table is not None
    amounts = {row.cells[0].value: [cell.value for cell in row.cells] for row in found.table.rows}
    thousands = [Decimal(each) * 1000 for each in (31385, 1920, 802, 34107, 34106, -1)]
    assert amounts["High Impact Change Model"][1:] == thousands
    assert amounts["Paid in"][1:4] == [Decimal(each) * 1000 for each in (46986, 14432, 6992)]


def test_three_boards_in_one_pool_are_not_compared() -> None:
    plan = recorded("tri-borough-2014-16")
    question = parts_question(plan, summarise(plan.money), boards_of(plan))
    assert question is not None
    assert question.panels == ()
    assert question.sentences[1:] == (
        "Together they pool £157,110,353 in 2014–15 and £211,460,612 in 2015–16.",
        "What they spend together is not stated.",
    )
    for slug in ("barnet-2014-16", "havering-2017-19"):
        alone = recorded(slug)
        assert parts_question(alone, summarise(alone.money), boards_of(alone)) is None
