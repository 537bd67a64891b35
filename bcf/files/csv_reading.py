"""A CSV file as rows of text: comma, semicolon or tab, UTF-8 or Windows-1252."""

import codecs
import csv
import io
from collections.abc import Iterator

from bcf.files.formula_marks import unmark
from bcf.files.table import FileRefused, Limits, Table, make_table

DELIMITERS = ",;\t"
# Longer than any line of a row that keeps to the limits, and short enough to be divided safely.
LONGEST_LINE = 1_000_000


def read_csv(content: bytes, limits: Limits) -> Table:
    """The table of a CSV file; raises `FileRefused`."""
    text = _decoded(content)
    delimiter, lines_before = _delimiter(text)
    return make_table(_rows(text, delimiter, lines_before), limits)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused(
            "The file is saved as “Unicode text”. In Excel, save it as “CSV UTF-8 (comma "
            "delimited)” or as an Excel workbook (.xlsx)."
        )
    if b"\0" in content:
        raise FileRefused(
            "The file is named .csv but does not hold text. Save the table as CSV or as an Excel "
            "workbook (.xlsx) and choose that file."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileRefused(
            "The file’s letters cannot be read: they are neither UTF-8 nor Windows-1252. In "
            "Excel, save it as “CSV UTF-8 (comma delimited)”."
        ) from error


def _delimiter(text: str) -> tuple[str, int]:
    """What divides the columns, and how many lines stand before the header.

    Excel may say it in a line of its own, `sep=;`; else it is what occurs most in the header,
    outside quotation marks.
    """
    first = text[:LONGEST_LINE].partition("\n")[0].rstrip("\r")
    if first.lower().startswith("sep=") and first[4:] in DELIMITERS and len(first) == 5:
        return first[4:], 1
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count), 0


def _rows(text: str, delimiter: str, lines_before: int) -> Iterator[tuple[int, list[str]]]:
    lines = _lines(text)
    for _ in range(lines_before):
        next(lines, "")
    number = lines_before
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            number += 1
            yield number, [unmark(cell) for cell in row]
    except csv.Error as error:
        raise FileRefused(_misquoted(number + 1, str(error))) from error


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            raise FileRefused(
                f"Line {number:,} of the file is too long. Is it a table with one row a line?"
            )
        yield line


def _misquoted(number: int, error: str) -> str:
    if "end of data" in error or "field limit" in error:
        return (
            f"A quotation mark that opens in row {number:,} is never closed: the file may have "
            "been cut short. Save or copy it again."
        )
    return (
        f"In row {number:,} something follows a closing quotation mark. Write a quotation mark "
        "within a cell twice, or save the table from a spreadsheet."
    )
