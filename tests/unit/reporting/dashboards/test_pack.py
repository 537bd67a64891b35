"""What of a dashboard goes on paper: every word and picture, and tables where they are short."""

from bcf.charts import Bar, BarChart, Event, Group, Stage, TimelineChart
from bcf.reporting.dashboards.pack import FIRST, MOST_ALONE, Pack, Run, Sheet, packed
from bcf.reporting.dashboards.panels import MOST_ROWS, Dashboard, Panel, Question
from bcf.ui.tables import Cell, Row, Table, Working, build_table


def chart(bars: int = 2) -> BarChart:
    groups = tuple(Group(f"Theme {number}", (Bar("Plan", None, "2"),)) for number in range(bars))
    return BarChart("chart", "A picture", "Bars.", groups)


def table(rows: int, key: str = "rows") -> Table:
    return build_table(
        key,
        "Rows",
        ["Name"],
        [[Cell(f"Row {number}", url="/somewhere/")] for number in range(rows)],
        total=[Cell("Total", url="/all/")],
        workings=[Working("Total", "3", "1 + 2")],
    )


def pack_of(*panels: Panel) -> Pack:
    return packed(Dashboard(questions=(Question("q", "Why?", ("Because.",), panels),)))


def runs_of(*panels: Panel) -> tuple[Run, ...]:
    return pack_of(*panels).questions[0].runs


def only_sheet(*panels: Panel) -> Sheet:
    (sheet,) = [sheet for run in runs_of(*panels) for sheet in run.sheets]
    return sheet


def names(rows: tuple[Row, ...]) -> list[object]:
    return [row.cells[0].value for row in rows]


def test_every_panel_with_words_or_a_picture_is_there_once_and_in_order() -> None:
    line = TimelineChart("t", "Time", "Days.", (Event("One", None, None, "?", Stage.UNKNOWN),))
    panels = [
        Panel("one", chart=chart()),
        Panel("two", chart=chart(30)),
        Panel("words", points=("A point.",)),
        Panel("three", chart=chart()),
        Panel("line", chart=line),
        Panel("four", sentences=("A sentence.",), is_beside=True),
    ]
    strips = [strip for run in runs_of(*panels) for strip in run.strips]
    found = [panel.key for strip in strips for column in strip.columns for panel in column]
    assert sorted(found) == sorted(panel.key for panel in panels)
    assert [strip.is_halved for strip in strips] == [True, False, True, False, True]
    assert [[panel.key for panel in column] for column in strips[0].columns] == [["one"], ["two"]]


def test_a_short_table_is_whole_and_a_long_one_has_its_first_rows() -> None:
    short = only_sheet(Panel("p", table=table(MOST_ALONE)))
    assert (len(short.table.rows), short.rest) == (MOST_ALONE, "")
    long = only_sheet(Panel("p", table=table(MOST_ALONE + 1)))
    assert names(long.table.rows) == [f"Row {number}" for number in range(FIRST)]
    assert long.rest == f"{FIRST} of {MOST_ALONE + 1} rows"


def test_a_picture_says_what_the_table_under_it_does() -> None:
    (run,) = runs_of(Panel("p", chart=chart(), table=table(3)))
    assert run.sheets == ()
    assert only_sheet(Panel("p", chart=chart(), table=table(2))).rest == ""
    names_marks = Panel("p", chart=chart(), table=table(MOST_ROWS + 1), is_open=True)
    assert only_sheet(names_marks).rest == f"{MOST_ROWS} of {MOST_ROWS + 1} rows"


def test_a_table_of_what_several_pictures_say_is_left_out() -> None:
    drawn = Panel("one", chart=chart(), is_beside=True)
    whole = Panel("all", table=table(2))
    (run,) = runs_of(drawn, whole)
    assert run.sheets == ()
    (run,) = runs_of(drawn, Panel("two", "No picture", is_beside=True, sentences=("None.",)), whole)
    assert [sheet.panel for sheet in run.sheets] == ["all"]


def test_the_rows_that_press_are_shown_in_place_of_the_first() -> None:
    whole = table(9)
    pressed = only_sheet(Panel("p", chart=chart(), table=whole, pressing=whole.rows[7:]))
    assert names(pressed.table.rows) == ["Row 7", "Row 8"]
    assert pressed.rest == "2 of 9 rows"
    none = only_sheet(Panel("p", chart=chart(), table=whole, pressing=()))
    assert (none.table.rows, none.rest) == ((), "9 rows")


def test_tables_on_paper_lead_nowhere_and_tell_no_workings() -> None:
    found = only_sheet(Panel("p", table=table(2))).table
    assert found.total
    assert not any(cell.url for row in (*found.rows, found.total) for cell in row.cells)
    assert found.workings == ()


def test_an_empty_table_says_so() -> None:
    empty = only_sheet(Panel("p", table=table(0)))
    assert (empty.table.rows, empty.rest) == ((), "")
