"""The table model, and the `{% table %}` tag that draws it."""

from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from bcf.ui.tables import (
    Cell,
    Column,
    Kind,
    ShapeError,
    Table,
    Value,
    build_row,
    build_table,
    data_amount,
    format_number,
    formatted,
)

COLUMNS = (
    Column("Scheme", is_row_header=True),
    Column("Status"),
    Column("2015-16", "money"),
    Column("Share", "percent"),
)


def drawn(table: Table) -> str:
    html = Template("{% load ui %}{% table t %}").render(Context({"t": table}))
    return " ".join(html.split())


def spend_table(**changes: Any) -> Table:
    given: dict[str, Any] = {
        "rows": [
            build_row(
                [
                    Cell("Telecare <old>", url="/schemes/1/"),
                    Cell("Late", tag_colour="red"),
                    Cell(Decimal(23412000), note="Part 1, page 7"),
                    Decimal("78.0"),
                ]
            ),
            build_row(["of which: alarms", "", None, None], indent=1, emphasis=True),
        ],
        "total": ["Total", "", Decimal("23412000.5"), None],
        "notes": ["Not by source."],
    }
    return build_table("spend", "Spend by scheme", COLUMNS, **(given | changes))


def test_headings_have_scopes_and_the_frame_is_named_by_the_caption() -> None:
    html = drawn(spend_table())
    assert html.count('scope="col"') == 4
    assert html.count('scope="row"') == 3
    assert 'role="region" aria-labelledby="table-spend" tabindex="0"' in html
    assert 'id="table-spend">Spend by scheme</caption>' in html


def test_money_stands_to_the_right_and_can_be_read_by_machines() -> None:
    html = drawn(spend_table())
    assert (
        '<td class="govuk-table__cell govuk-table__cell--numeric app-table__figure" '
        'data-amount="23412000.00">£23,412,000' in html
    )
    assert 'data-amount="23412000.50">£23,412,000.50' in html


def test_a_missing_amount_is_not_stated_and_has_no_data_amount() -> None:
    html = drawn(spend_table())
    assert '<span class="app-table__not-stated">not stated</span>' in html
    assert html.count("data-amount") == 2


def test_links_notes_tags_and_hostile_text() -> None:
    html = drawn(spend_table())
    assert '<a class="govuk-link" href="/schemes/1/">Telecare &lt;old&gt;</a>' in html
    assert '<span class="app-table__note">Part 1, page 7</span>' in html
    assert '<strong class="govuk-tag govuk-tag--red">Late</strong>' in html
    assert "<p>Not by source.</p>" in html


def test_total_subtotal_and_indent_are_marked() -> None:
    html = drawn(spend_table())
    assert '<tfoot> <tr class="govuk-table__row app-table__total">' in html
    assert "app-table__row--emphasis app-table__row--indent-1" in html


def test_a_column_without_a_label_has_no_header_cell() -> None:
    html = drawn(build_table("t", "T", [Column(""), Column("A")], [["x", "y"]]))
    assert '<td class="govuk-table__header"></td>' in html


@pytest.mark.parametrize(
    ("empty", "sentence"),
    [("No schemes recorded yet.", "No schemes recorded yet."), ("", "Nothing recorded.")],
)
def test_without_rows_a_sentence_stands_in_place_of_the_table(empty: str, sentence: str) -> None:
    html = drawn(spend_table(rows=[], total=None, empty=empty))
    assert "<table" not in html
    assert "Spend by scheme" in html
    assert sentence in html


def test_a_row_must_fit_the_columns() -> None:
    with pytest.raises(ShapeError, match="2 cells for 1 columns"):
        build_table("t", "T", ["A"], [["x", "y"]])
    with pytest.raises(ShapeError):
        build_table("t", "T", ["A"], [["x"]], total=["x", "y"])


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (Decimal(-500), "money", "−£500"),
        (1200, "money", "£1,200"),
        ("£3,642 as printed", "money", "£3,642 as printed"),
        (None, "money", "not stated"),
        (None, "text", "not stated"),
        (Decimal("12.50"), "percent", "12.5%"),
        (Decimal(0), "percent", "0%"),
        (Decimal("1234.50"), "number", "1,234.5"),
        (-7, "number", "−7"),
        (7, "text", "7"),
    ],
)
def test_words_of_a_cell(value: Value, kind: Kind, words: str) -> None:
    assert formatted(Cell(value), Column("A", kind)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(Decimal("1E+3"), "1,000"), (Decimal("-0.00"), "0"), (0, "0")]
)
def test_numbers_never_show_an_exponent_or_a_negative_nought(value: Decimal, words: str) -> None:
    assert format_number(value) == words


def test_only_an_amount_of_money_has_an_amount_for_machines() -> None:
    assert data_amount(Cell(Decimal(5)), Column("A", "money")) == "5.00"
    assert data_amount(Cell(Decimal(5)), Column("A", "number")) == ""
    assert data_amount(Cell("£5"), Column("A", "money")) == ""
