"""A document as structured data: what a JSON file of a plan holds."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from bcf.money import to_pounds
from bcf.reporting.documents.model import Document, Section
from bcf.ui.tables import Cell, Column, Row, Table


def as_data(document: Document) -> dict[str, Any]:
    """The document as values of JSON: amounts as "23412000.00", what is not stated as null."""
    data = _plain(document)
    assert isinstance(data, dict)
    return data


def as_json(document: Document) -> str:
    """The document as the text of a JSON file."""
    return json.dumps(as_data(document), ensure_ascii=False, indent=2) + "\n"


def version_of(sections: tuple[Section, ...], *about: str) -> str:
    """Eight letters that stand for this content: the same content has the same ones."""
    text = json.dumps([_plain(sections), *about], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:8]


def _plain(value: Any) -> Any:
    if isinstance(value, Table):
        return _table(value)
    if is_dataclass(value):
        kind = {"kind": value.kind} if hasattr(value, "kind") else {}
        return kind | {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "caption": table.caption,
        "columns": [{"label": each.label, "kind": each.kind} for each in table.columns],
        "rows": [_row(row, table) for row in table.rows],
        "total": _row(table.total, table) if table.total else None,
        "notes": list(table.notes),
        "empty": "" if table.rows else table.empty_text,
    }


def _row(row: Row, table: Table) -> dict[str, Any]:
    cells = zip(row.cells, table.columns, strict=True)
    return {
        "values": [_value(cell, column) for cell, column in cells],
        "notes": [cell.note for cell in row.cells],
        "indent": row.indent,
        "emphasis": row.emphasis,
    }


def _value(cell: Cell, column: Column) -> Any:
    value = cell.value
    if column.kind == "money" and isinstance(value, Decimal | int):
        return str(to_pounds(value))
    return str(value) if isinstance(value, Decimal) else value
