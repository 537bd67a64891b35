"""CSV files as spreadsheets and people write them."""

import pytest

from bcf.files.reading import read_table
from bcf.files.table import FileRefused, Limits, Table


def read(content: str | bytes, name: str = "rows.csv", limits: Limits | None = None) -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return read_table(name, raw, limits)


def refusal(content: str | bytes, name: str = "rows.csv", limits: Limits | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, name, limits)
    return str(refused.value)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_rows_carry_the_number_that_a_spreadsheet_shows() -> None:
    table = read('ref,note\na,"two\nlines"\n\n,\nb,x\n')

    assert table.columns == ("ref", "note")
    assert [tuple(row) for row in table.rows] == [(2, ("a", "two\nlines")), (5, ("b", "x"))]


@pytest.mark.parametrize(
    "raw",
    [
        "ref,note\r\na,£5 – café\r\n".encode("utf-8-sig"),
        "ref,note\na,£5 – café\n".encode(),
        "ref,note\na,£5 – café\n".encode("cp1252"),
        "ref;note\na;£5 – café\n".encode("cp1252"),
        "ref\tnote\ra\t£5 – café\r".encode(),
        "sep=;\r\nref;note\r\na;£5 – café\r\n".encode(),
    ],
    ids=["utf-8 with mark", "utf-8", "windows", "semicolon", "tab", "sep"],
)
def test_every_way_of_saving_gives_the_same(raw: bytes) -> None:
    table = read(raw)

    assert (table.columns, cells(table)) == (("ref", "note"), [("a", "£5 – café")])


def test_a_delimiter_within_quotation_marks_divides_nothing() -> None:
    assert read('"a;b;c;d",e\n1,2\n').columns == ("a;b;c;d", "e")


def test_the_row_of_sep_counts() -> None:
    assert read("sep=,\nref\na\n").rows[0].number == 3


def test_short_rows_are_filled_and_columns_without_name_and_cells_are_left_out() -> None:
    table = read("ref, my  note ,,amount,\na\nb,,,5,\n")

    assert table.columns == ("ref", "my note", "amount")
    assert cells(table) == [("a", "", ""), ("b", "", "5")]


def test_the_mark_before_a_formula_is_taken_away_and_no_other_apostrophe() -> None:
    table = read("a,b,c,d,e\n'=1+1,'-5,''@x,'tis,-5\n")

    assert cells(table) == [("=1+1", "-5", "'@x", "'tis", "-5")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "The file is empty"),
        ("\n\n", "The first row is empty"),
        (",,\na,b\n", "The first row is empty"),
        ("ref,note\n", "no rows under them"),
        ("ref,note\n , \n", "no rows under them"),
        ("ref,Ref\na,b\n", "Columns A and B are both named “Ref”"),
        ("ref,note\na,b,c\n", "Cell C2 holds “c”, and column C has no name"),
        ("ref,,note\na,b,c\n", "Cell B2 holds “b”"),
        ('ref\n"a', "opens in row 2 is never closed"),
        ('ref\n"a"b\n', "In row 2 something follows"),
        ("ref\n\0\n", "does not hold text"),
        ("ref\na\n".encode("utf-16"), "Unicode text"),
        (b"ref\n\x81\xff\n", "neither UTF-8 nor Windows-1252"),
        (b"%PDF-1.7\nref", "holds a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: str | bytes, says: str) -> None:
    assert says in refusal(content)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rows.xls", "before 2007"),
        ("rows.ods", "ends neither in .csv nor in .xlsx"),
        ("rows", "ends neither"),
        ("rows.xlsx", "If it is a CSV file, give it the ending .csv"),
    ],
)
def test_another_ending_is_refused(name: str, says: str) -> None:
    assert says in refusal("ref\na\n", name)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(upload_bytes=20), "larger than 0 MiB"),
        (Limits(rows=2), "more than 2 rows"),
        (Limits(columns=1), "The file has 2 columns; the most is 1"),
        (Limits(cells=5), "holds too much up to row 3"),
        (Limits(characters=15), "holds too much up to row 4"),
        (Limits(cell_length=4), "Cell B3 has more than 4 characters"),
    ],
)
def test_beyond_a_limit_the_file_is_refused(limits: Limits, says: str) -> None:
    assert says in refusal("ref,note\na,b\nc,hello\nd,e\n", limits=limits)


def test_at_its_limits_a_file_is_read() -> None:
    limits = Limits(upload_bytes=24, rows=3, columns=2, cells=8, cell_length=5)

    assert len(read("ref,note\na,b\nc,hello\nd,e", limits=limits).rows) == 3
