"""How rows leave the API: a page as JSON or all rows as a workbook; `csv_files` has the third."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import orjson

from bcf.base.api.columns import Column
from bcf.base.api.kinds import Kind
from bcf.base.api.reading import Block
from bcf.files import writing

JSON, CSV, XLSX, YAML, ZIP = "json", "csv", "xlsx", "yaml", "zip"
MEDIA_TYPES = {
    JSON: "application/json",
    CSV: "text/csv; charset=utf-8",
    YAML: "application/yaml",
    ZIP: "application/zip",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 50_000
SEPARATOR = "; "
WORDS = {True: "true", False: "false"}
_NUMBERS = (writing.Kind.MONEY, writing.Kind.NUMBER)


def as_json(value: Any) -> bytes:
    return orjson.dumps(value)


def as_objects(columns: Sequence[Column], block: Block) -> list[dict[str, Any]]:
    """Each row as an object; columns of one source stand together in an object of their own."""
    names = [each.name for each in columns if not each.within]
    plain = [values for each, values in zip(columns, block, strict=True) if not each.within]
    inner: dict[str, dict[str, list[Any]]] = {}
    for each, values in zip(columns, block, strict=True):
        if each.within:
            inner.setdefault(each.within, {})[each.name_within] = values
    for name, parts in inner.items():
        names.append(name)
        plain.append(_objects_or_none(parts))
    return [dict(zip(names, row, strict=True)) for row in zip(*plain, strict=True)]


def _objects_or_none(parts: Mapping[str, list[Any]]) -> list[dict[str, Any] | None]:
    """An object of each row's values; null where all of them are."""
    nothing = (None,) * len(parts)
    return [
        None if row == nothing else dict(zip(parts, row, strict=True))
        for row in zip(*parts.values(), strict=True)
    ]


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
        return WORDS[value]
    if isinstance(value, str) and kind.width in _NUMBERS:
        return Decimal(value)
    if isinstance(value, str) and kind.width is writing.Kind.DATE:
        return datetime.date.fromisoformat(value)
    cell: writing.Cell = value
    return cell
