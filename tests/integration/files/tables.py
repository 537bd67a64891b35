"""Files of rows as a spreadsheet would save them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from bcf.base.resources import RowResource
from bcf.files.reading import read_table
from bcf.files.table import Table
from bcf.files.writing import Sheet, csv_lines, workbook


def as_csv(columns: Sequence[str], *rows: Sequence[Any]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([columns, *rows])
    return target.getvalue().encode()


def table(columns: str, *rows: Sequence[Any]) -> Table:
    """A table of columns named in one text."""
    return read_table("rows.csv", as_csv(columns.split(), *rows))


def exported(resource: RowResource, rows: Any, ending: str) -> bytes:
    """The rows as the product exports them."""
    columns = resource.file_columns()
    if ending == "csv":
        return "".join(csv_lines(columns, resource.file_rows(rows))).encode()
    return workbook([Sheet("Rows", columns, resource.file_rows(rows))])


def cells_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by column, as the product reads them."""
    found = read_table("rows.csv", content)
    return [dict(zip(found.columns, row.cells, strict=True)) for row in found.rows]
