"""Rows of one CSV file as rows of one model, by natural keys.

A row that is already there is left as it is, with whatever was edited since: loading twice
changes nothing.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from bcf.base.models import Row
from bcf.base.refs import free_ref

Lookup = Callable[[str], models.Model]


class FixtureError(Exception):
    """A file of fixtures that cannot be loaded: which file, which line, and why."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line numbers; none where the file is not there."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def by_key(rows: models.QuerySet[Any], attribute: str) -> Lookup:
    """Finds a row by its natural key, reading the rows once."""
    known: dict[str, models.Model] = {}

    def find(key: str) -> models.Model:
        if key not in known:
            known.update({getattr(row, attribute): row for row in rows.all()})
        if key not in known:
            raise FixtureError(f"there is no {rows.model._meta.verbose_name} “{key}”")
        return known[key]

    return find


def load_file(
    path: Path,
    model: type[models.Model],
    *,
    lookups: Mapping[str, Lookup],
    key: tuple[str, ...] = ("ref",),
    scope: Mapping[str, models.Model] | None = None,
    many: Mapping[str, Lookup] | None = None,
) -> int:
    """Save those rows of the file that are not there yet; returns how many were saved.

    `lookups` find the rows that columns point at, `many` those that a column with several keys
    divided by `;` points at, `key` names the fields that tell rows apart within `scope`.
    Raises `FixtureError` with file and line where a row does not fit.
    """
    scope = dict(scope or {})
    present = set(model._default_manager.filter(**scope).values_list(*key))
    refs: set[str] = set()
    saved = 0
    for line, raw in read_rows(path):
        try:
            if None in raw or None in raw.values():
                raise FixtureError("the row has more or fewer cells than the header")
            links = _links(raw, many or {})
            row = model(**scope, **values_of(model, raw, lookups))
            if isinstance(row, Row):
                row.ref = row.ref or free_ref(row.natural_key_parts(), lambda _: refs)
                refs.add(row.ref)
            if tuple(getattr(row, name) for name in key) not in present:
                row.save()
                for name, rows in links.items():
                    getattr(row, name).add(*rows)
                saved += 1
        except (ValidationError, FixtureError) as error:
            raise FixtureError(f"{path.name}, line {line}: {error}") from error
    return saved


def _links(raw: dict[str, str], many: Mapping[str, Lookup]) -> dict[str, list[models.Model]]:
    """The rows of columns that hold several keys; these columns are taken out of `raw`."""
    return {
        name: [lookup(key) for key in raw.pop(name, "").split(";") if key]
        for name, lookup in many.items()
    }


def values_of(
    model: type[models.Model], raw: dict[str, str], lookups: Mapping[str, Lookup]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, text in raw.items():
        if column in lookups:
            values[column] = lookups[column](text) if text else None
            continue
        try:
            field = model._meta.get_field(column)
        except FieldDoesNotExist as error:
            raise FixtureError(f"the column “{column}” is not known") from error
        values[column] = _value(field, text)
    return values


def _value(field: Any, text: str) -> Any:
    if isinstance(field, models.BooleanField):
        if text not in ("yes", "no"):
            raise FixtureError(f"the column “{field.name}” is yes or no, not “{text}”")
        return text == "yes"
    if not text and field.null:
        return None
    return field.to_python(text)
