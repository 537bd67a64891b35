"""Many rows of one CSV file at once, where saving each by itself would take too long."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.bulk import RowsRefused, save_rows
from bcf.base.models import Row
from bcf.base.refs import free_ref
from bcf.loading.tables import FixtureError, Lookup, read_rows, values_of


def load_at_once(
    path: Path,
    model: type[Row],
    *,
    lookups: Mapping[str, Lookup],
    scope: Mapping[str, models.Model | None],
) -> int:
    """Save those rows of the file whose `ref` is not there yet; returns how many were saved.

    Raises `FixtureError` with file and line where a row does not fit.
    """
    present = set(model._default_manager.filter(**scope).values_list("ref", flat=True))
    refs: set[str] = set()
    rows: dict[int, Row] = {}
    for line, raw in read_rows(path):
        try:
            row: Any = model(**scope, **values_of(model, raw, lookups))
        except (ValidationError, FixtureError) as error:
            raise FixtureError(f"{path.name}, line {line}: {error}") from error
        row.ref = row.ref or free_ref(row.natural_key_parts(), lambda _: refs)
        refs.add(row.ref)
        if row.ref not in present:
            rows[line] = row
    try:
        return save_rows(list(rows.values())).added
    except RowsRefused as refused:
        place, why = next(iter(refused.errors.items()))
        raise FixtureError(f"{path.name}, line {list(rows)[place]}: {why}") from refused
