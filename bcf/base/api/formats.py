"""How rows leave the API: a page as JSON, all rows as CSV line by line, or as a workbook."""

import csv
import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from bcf.base.api.columns import Column
from bcf.base.api.kinds import Kind
from bcf.files import writing
from bcf.files.formula_marks import mark

JSON, CSV, XLSX, YAML = "json", "csv", "xlsx", "yaml"
MEDIA_TYPES = {
    JSON: "application/json",
    CSV: "text/csv; charset=utf-8",
    YAML: "application/yaml",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 50_000
SEPARATOR = "; "
_NUMBERS = (writing.Kind.MONEY, writing.Kind.NUMBER)


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def as_objects(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Each row as an object; columns of one source stand together in an object of their own."""
    plain = [(place, each.name) for place, each in enumerate(columns) if not each.within]
    inner: dict[str, list[tuple[int, str]]] = {}
    for place, each in enumerate(columns):
        if each.within:
            inner.setdefault(each.within, []).append((place, each.name_within))
    objects = []
    for row in rows:
        made = {name: row[place] for place, name in plain}
        for name, parts in inner.items():
            found = {part: row[place] for place, part in parts}
            made[name] = found if any(value is not None for value in found.values()) else None
        objects.append(made)
    return objects


def csv_chunks(columns: Sequence[Column], chunks: Iterable[list[list[Any]]]) -> Iterator[str]:
    """The lines of a CSV file, many at a time: plain digits, true and false, nothing of a null.

    No text becomes a formula; there is no mark at the start, which R takes for a name's first
    letter.
    """
    yield _lines([[column.name for column in columns]])
    writers = [(place, _cell_of(column)) for place, column in enumerate(columns)]
    odd = [(place, write) for place, write in writers if write is not None]
    for rows in chunks:
        for row in rows:
            for place, write in odd:
                if row[place] is not None:
                    row[place] = write(row[place])
        yield _lines(rows)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _cell_of(column: Column) -> Any:
    """What changes a value on its way into a cell; None where it stays as it is."""
    if column.link:
        return SEPARATOR.join
    if column.kind.is_free:
        return mark
    return _true_or_false if column.kind.schema["type"] == "boolean" else None


def _true_or_false(value: bool) -> str:
    return "true" if value else "false"


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as a workbook of one sheet; raises `CannotWrite` where one does not fit."""
    heads = [writing.Column(column.name, _width(column)) for column in columns]
    cells = (
        [_cell(column.kind, value) for column, value in zip(columns, row, strict=True)]
        for row in rows
    )
    return writing.workbook([writing.Sheet(title[:31], heads, cells)])


def _width(column: Column) -> writing.Kind:
    return writing.Kind.TEXT if column.link else column.kind.width


def _cell(kind: Kind, value: Any) -> writing.Cell:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    if isinstance(value, bool):
        return _true_or_false(value)
    if isinstance(value, str) and kind.width in _NUMBERS:
        return Decimal(value)
    if isinstance(value, str) and kind.width is writing.Kind.DATE:
        return datetime.date.fromisoformat(value)
    cell: writing.Cell = value
    return cell
