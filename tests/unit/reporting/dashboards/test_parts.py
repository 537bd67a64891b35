"""How the parts of a joint plan compare: to the penny, and nothing missing shown as nought."""

from dataclasses import replace
from typing import Any

from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Choice, PlanFigures, Printed
from bcf.assurance.printed import SPEND
from bcf.assurance.summary import summarise
from bcf.base.worked import POUNDS, RowRef, stated
from bcf.charts import BarChart
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.dashboards.parts import parts_question
from bcf.ui.tables import Table, formatted
from tests.unit.assurance.checks.records_schemes import record
from tests.unit.assurance.values import DFG, NHS, Y1, contribution, figures, pool, spend_line

CARE, HOME = Choice("Care", "Care"), Choice("Home", "Home")
NORTH = figures(
    contribution(10, plan="north"), spend_line(4, plan="north", theme=CARE), slug="north"
)
SOUTH = figures(
    contribution(2, plan="south"),
    contribution("3.50", plan="south", source=DFG),
    spend_line(5, plan="south", theme=HOME),
    spend_line(None, plan="south", theme=CARE),
    slug="south",
)
JOINT = figures(slug="joint", parts=(NORTH, SOUTH))
BOARDS = (("n", "Northton"), ("s", "Southton"))


def asked(money: PlanFigures, boards: Any = BOARDS, **given: Any) -> Question | None:
    return parts_question(record(money), summarise(money), boards, **given)


def compared(money: PlanFigures = JOINT, **given: Any) -> Question:
    question = asked(money, **given)
    assert question is not None
    return question


def panel(question: Question, key: str) -> Panel:
    return next(each for each in question.panels if each.key == key)


def cells(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [
        [formatted(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in (*table.rows, *([table.total] if table.total else []))
    ]


def printed(amount: int, theme: str = "", source: str = "", **given: Any) -> Printed:
    row = RowRef("governance.printedfigure", "joint", f"{theme}-{source}")
    defaults: dict[str, Any] = {"plan": "joint", "table": "8.3", "place": "8.3", "year": Y1}
    figure = stated(amount, given.pop("step", None), POUNDS, row)
    return Printed(measure=SPEND, figure=figure, theme=theme, source=source, **defaults | given)


# -- which plans ---------------------------------------------------------------------------


def test_a_plan_of_one_board_is_not_asked() -> None:
    assert asked(NORTH, BOARDS[:1]) is None


def test_a_plan_of_several_boards_without_parts_says_what_is_not_stated() -> None:
    assert compared(figures(pool(1000))).sentences == (
        "How much of the pool is each board’s is not stated: the plan is one for Northton and "
        "Southton together, and has no part for each.",
        "Together they pool £1,000 in 2015–16.",
        "What they spend together is not stated.",
    )
    assert compared(figures(pool(1000))).panels == ()


def test_parts_that_the_reader_may_not_see_are_said_to_be_left_out() -> None:
    alone = compared(figures(slug="joint"), hidden_parts=2)
    assert alone.sentences == ("2 parts of the plan are not open to you, and in no figure here.",)
    assert compared(hidden_parts=1).sentences == compared().sentences


# -- side by side --------------------------------------------------------------------------


def test_years_are_said_with_each_area() -> None:
    assert compared().sentences == (
        "In 2015–16, £9 is to be spent together: North £4 and South £5.",
        "What the parts spend in 2016–17 is not stated.",
    )


def test_themes_stand_by_area_with_totals_and_what_is_missing_is_no_nought() -> None:
    found = panel(compared(), "parts-spend-2015-16")
    assert cells(found.table) == [
        ["Care", "£4", "not stated", "£4"],
        ["Home", "\N{EN DASH}", "£5", "£5"],
        ["Total", "£4", "£5", "£9"],
    ]
    assert isinstance(found.chart, BarChart)
    assert [[bar.words for bar in group.bars] for group in found.chart.groups] == [
        ["£4", "not stated"],
        ["none entered", "£5"],
    ]
    assert [bar.value for bar in found.chart.groups[1].bars] == [None, 5]


def test_sources_stand_by_area_with_totals() -> None:
    assert cells(panel(compared(), "parts-income-2015-16").table) == [
        ["NHS minimum", "£10", "£2", "£12"],
        ["Disabled Facilities Grant", "\N{EN DASH}", "£3.50", "£3.50"],
        ["Total", "£10", "£5.50", "£15.50"],
    ]


def test_a_year_without_rows_has_no_panel_of_its_own() -> None:
    assert [each.key for each in compared().panels] == [
        "parts-income",
        "parts-spend",
        "parts-spend-2015-16",
        "parts-income-2015-16",
    ]


def test_rows_of_the_joint_plan_itself_stand_by_themselves() -> None:
    money = figures(spend_line(1, plan="joint", theme=CARE), slug="joint", parts=(NORTH, SOUTH))
    assert cells(panel(compared(money), "parts-spend-2015-16").table)[0] == [
        "Care",
        "£1",
        "£4",
        "not stated",
        "£5",
    ]


def test_areas_stand_with_all_their_years() -> None:
    chart = panel(compared(), "parts-spend").chart
    assert isinstance(chart, BarChart)
    assert [(group.label, [bar.words for bar in group.bars]) for group in chart.groups] == [
        ("North", ["£4", "none entered"]),
        ("South", ["£5", "none entered"]),
    ]


def test_figures_lead_to_their_rows() -> None:
    question = compared(where=lambda table, choice, year: f"{table}:{choice and choice.key}")
    table = panel(question, "parts-spend-2015-16").table
    assert table is not None
    assert table.total is not None
    assert table.rows[0].cells[-1].url == "spend-by-theme:Care"
    assert [cell.url for cell in table.total.cells[1:]] == [
        "spend-by-part:north",
        "spend-by-part:south",
        "spend-by-theme:None",
    ]


# -- the printed cut -----------------------------------------------------------------------


PRINTED = (
    printed(4, "Care", "nhs-minimum"),
    printed(4, "Care"),
    printed(2, "Home", "nhs-minimum"),
    printed(4, "Home", "dfg"),
    printed(6, "Home"),
    printed(6, source="nhs-minimum"),
    printed(4, source="dfg", step=1),
    printed(10),
)


def of_printed(*rows: Printed, **given: Any) -> Record:
    return record(replace(figures(slug="joint", parts=(NORTH, SOUTH)), printed=rows), **given)


def printed_panel(*rows: Printed) -> Panel:
    plan = of_printed(*rows)
    question = parts_question(plan, summarise(plan.money), BOARDS)
    assert question is not None
    return panel(question, "parts-printed-2015-16")


def test_the_printed_cut_stands_beside_what_the_rows_come_to() -> None:
    found = printed_panel(*PRINTED)
    minus = "\N{MINUS SIGN}"
    assert cells(found.table) == [
        ["Care", "£4", "\N{EN DASH}", "£4", "£4", "£0"],
        ["Home", "£2", "£4", "£6", "£5", f"{minus}£1"],
        ["Total, as printed", "£6", "£4", "£10", "£9", f"{minus}£1"],
        ["Paid in", "£12", "£3.50", "", "", ""],
        ["Difference", "£6", f"{minus}£0.50", "", "", ""],
    ]
    assert found.table is not None
    assert len(found.table.notes) == 2
    assert [cell.note for cell in found.table.rows[-1].cells[1:3]] == ["", "within rounding"]
    assert found.sentences == (
        "The plan prints its spend by source (8.3). The spend lines name no source, so beside it "
        "stands what each source pays in.",
        "3 of 5 totals differ by more than rounding explains.",
    )


def test_lines_that_name_their_source_are_held_by_it() -> None:
    lined = figures(
        spend_line(4, plan="north", theme=CARE, source=NHS),
        spend_line(6, plan="north", theme=HOME, source=DFG),
        slug="north",
    )
    money = replace(figures(slug="joint", parts=(lined,)), printed=PRINTED)
    found = panel(compared(money), "parts-printed-2015-16")
    assert cells(found.table)[3] == ["From the lines", "£4", "£6", "", "", ""]


def test_what_agrees_is_said_to() -> None:
    same = (printed(12, source="nhs-minimum"), printed(9))
    assert printed_panel(*same).sentences[1] == "All totals are the same."
    rounded = (printed(13, source="nhs-minimum", step=10),)
    assert printed_panel(*rounded).sentences[1] == (
        "Rounding explains every difference of the totals."
    )


def test_the_fullest_table_is_taken_and_smaller_parts_are_not_it() -> None:
    found = printed_panel(
        printed(1, source="nhs-minimum", table="1", place="section 1"),
        *PRINTED,
        printed(1, "Care", "nhs-minimum", line="One line", table="1"),
        printed(1, "Care", "dfg", plan="north", table="1"),
    )
    assert found.sentences[0].startswith("The plan prints its spend by source (8.3).")


def test_without_a_printed_cut_there_is_no_panel() -> None:
    plan = of_printed(printed(10), printed(4, "Care"))
    question = parts_question(plan, summarise(plan.money), BOARDS)
    assert question is not None
    assert not [each for each in question.panels if each.key.startswith("parts-printed")]
