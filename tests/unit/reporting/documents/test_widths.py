"""Widths of columns on paper: together the whole page, and wide enough for their words."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bcf.reporting.documents.widths import column_widths, needs_landscape
from bcf.ui.tables import Column, Table, build_row, build_table


def table(*rows: list[object], kinds: str = "tm") -> Table:
    names = {"t": "text", "m": "money"}
    columns = [Column(f"Col {n}", names[kind]) for n, kind in enumerate(kinds)]  # type: ignore[arg-type]
    return build_table("t", "Table", columns, rows)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.text(max_size=300), st.text(max_size=30)), max_size=8))
def test_the_columns_fill_the_page(rows: list[tuple[str, str]]) -> None:
    made = table(*(list(row) for row in rows), kinds="tt")
    for is_wide in (False, True):
        widths = column_widths(made, is_wide=is_wide)
        assert abs(sum(widths) - 100) < 0.1
        assert all(width > 1 for width in widths)


def test_long_text_takes_more_than_short() -> None:
    first, second = column_widths(table(["word " * 40, "yes"], kinds="tt"), is_wide=False)
    assert first > second * 3


def test_a_figure_is_never_too_narrow_for_itself() -> None:
    made = table(["word " * 200, Decimal(143_105_000)])
    _, figure = column_widths(made, is_wide=False)
    # Twelve characters of type of 9 points are about 21 millimetres.
    assert figure / 100 * 174 > 21


def test_one_endless_word_leaves_room_for_the_words_beside_it() -> None:
    _, second = column_widths(table(["x" * 500, "plain words"], kinds="tt"), is_wide=False)
    # Five letters and the sides of the cell are about 13 millimetres.
    assert second / 100 * 174 > 13


def test_few_short_columns_stand_upright_and_many_do_not() -> None:
    assert not needs_landscape(table(["Scheme", Decimal(5)]))
    many = table(["Scheme", *[Decimal(123_456_789)] * 8], kinds="tmmmmmmmm")
    assert needs_landscape(many)
    wordy = table(*[["word " * 20] * 6] * 3, kinds="tttttt")
    assert needs_landscape(wordy)


def test_a_part_of_a_row_is_set_in_and_its_column_wider() -> None:
    plain = build_table("t", "T", ["Ref.", "Name"], [build_row(["2a.01", "Service " * 9])])
    part = build_row(["2a.01", "Service " * 9], indent=2)
    inner = build_table("t", "T", ["Ref.", "Name"], [part])
    assert column_widths(inner, is_wide=False)[0] > column_widths(plain, is_wide=False)[0]
