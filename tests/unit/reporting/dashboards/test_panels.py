"""A panel folds a long table, and shows the first rows alone of a very long one."""

from bcf.charts import Bar, BarChart, Group
from bcf.reporting.dashboards.panels import (
    FEW_ROWS,
    FEW_UNDER_PICTURE,
    MOST_ROWS,
    Dashboard,
    Panel,
    Question,
    kept,
)
from bcf.ui.tables import Table, build_table

CHART = BarChart("bars", "Bars", "One bar.", (Group("One", (Bar("Bar", None, "none"),)),))


def table(rows: int) -> Table:
    every = [(f"Row {number}",) for number in range(1, rows + 1)]
    return build_table("rows", "Rows", ["Name"], every, total=["Total"], notes=["A note."])


def test_a_table_of_few_rows_is_shown_whole() -> None:
    shown = table(MOST_ROWS)
    assert Panel("rows", table=shown).on_page is shown
    assert Panel("rows").on_page is None


def test_of_a_long_table_the_first_rows_are_shown_and_the_rest_is_counted() -> None:
    panel = Panel("rows", table=table(MOST_ROWS + 3))
    shown = panel.on_page
    assert shown is not None
    assert [row.cells[0].value for row in shown.rows] == [
        f"Row {number}" for number in range(1, MOST_ROWS + 1)
    ]
    assert shown.notes == (
        "The first 25 rows; 3 more are in the file of these figures.",
        "A note.",
    )
    assert shown.total is not None
    assert panel.table is not None
    assert len(panel.table.rows) == MOST_ROWS + 3


def test_a_table_is_folded_from_more_rows_on_where_it_has_no_picture() -> None:
    assert not Panel("rows", table=table(FEW_ROWS)).is_folded
    assert Panel("rows", table=table(FEW_ROWS + 1)).is_folded
    assert not Panel("rows", table=table(FEW_UNDER_PICTURE), chart=CHART).is_folded
    assert Panel("rows", table=table(FEW_UNDER_PICTURE + 1), chart=CHART).is_folded


def test_what_is_open_is_never_folded_and_nothing_has_nothing_to_fold() -> None:
    assert not Panel("rows", table=table(200), chart=CHART, is_open=True).is_folded
    assert not Panel("rows", chart=CHART).is_folded


def test_a_panel_is_found_by_its_key_among_those_of_all_questions() -> None:
    one, two = Panel("one"), Panel("two")
    found = Dashboard(
        questions=(Question("a", "A?", panels=(one,)), Question("b", "B?", (), (two,)))
    )
    assert found.panel("two") is two
    assert found.panel("three") is None
    assert list(found.panels()) == [one, two]


def test_a_question_that_is_not_asked_is_left_out() -> None:
    asked = Question("a", "A?")
    assert kept([None, asked, None]) == (asked,)
