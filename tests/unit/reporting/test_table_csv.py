"""A table of a page as a file: plain figures, units in the heads, nothing that runs."""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from bcf.files.writing import BYTE_ORDER_MARK
from bcf.reporting.table_csv import table_csv
from bcf.ui.tables import Cell, Column, Table, build_table


def lines(table: Table) -> list[list[str]]:
    text = "".join(table_csv(table))
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def one(column: Column, value: Any) -> list[list[str]]:
    return lines(build_table("one", "One", [column], [[value]]))


@pytest.mark.parametrize(
    ("column", "head"),
    [
        (Column("Income", "money"), "Income (£)"),
        (Column("Income (£)", "money"), "Income (£)"),
        (Column("Share", "percent"), "Share (%)"),
        (Column("Share (%)", "percent"), "Share (%)"),
        (Column("Rows", "number"), "Rows"),
        (Column("Name"), "Name"),
    ],
)
def test_a_head_says_the_unit_once(column: Column, head: str) -> None:
    assert one(column, None)[0] == [head]


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("money", Decimal("23412000"), "23412000.00"),
        ("money", 5, "5.00"),
        ("money", 0, "0.00"),
        ("money", Decimal("-0.5"), "-0.50"),
        ("money", Decimal("1E+9"), "1000000000.00"),
        ("money", "none", "none"),
        ("percent", Decimal("12.5"), "12.5"),
        ("number", 12345, "12345"),
        ("number", Decimal("1E+3"), "1000"),
        ("number", -3, "-3"),
    ],
)
def test_figures_are_plain(kind: Any, value: Any, written: str) -> None:
    assert one(Column("It", kind), value)[1] == [written]


@pytest.mark.parametrize("kind", ["money", "percent", "number", "text"])
def test_what_is_not_stated_is_empty_and_not_nought(kind: Any) -> None:
    table = build_table("one", "One", ["Name", Column("It", kind)], [["A", None]])
    assert lines(table)[1] == ["A", ""]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    table = build_table("one", "One", [text], [[Cell(text, note=text)]])
    assert lines(table) == [[f"'{text}", f"'{text}: note"], [f"'{text}"] * 2]


def test_what_stands_small_under_figures_has_a_column_of_its_own() -> None:
    table = build_table(
        "two",
        "Two",
        [Column("Name", is_row_header=True), Column("Spend", "money"), Column("Share", "percent")],
        [["A", Cell(Decimal(4), note="about"), 5], ["B", 6, 7]],
    )
    assert lines(table) == [
        ["Name", "Spend (£)", "Spend (£): note", "Share (%)"],
        ["A", "4.00", "about", "5"],
        ["B", "6.00", "", "7"],
    ]


def test_the_total_and_the_notes_stay_on_the_page() -> None:
    table = build_table("one", "One", ["Name"], [["A"]], total=["Total"], notes=["A note."])
    assert lines(table) == [["Name"], ["A"]]


def test_a_table_without_rows_is_its_heads_alone() -> None:
    assert lines(build_table("one", "One", ["A", Column("B", "money")], [])) == [["A", "B (£)"]]


def test_marks_of_a_file_within_a_text_are_kept() -> None:
    text = 'a "quoted", text\nof two lines; with £'
    assert one(Column("It"), text)[1] == [text]
