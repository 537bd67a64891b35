"""Many rows of one CSV file at once, where saving each by itself would take too long.

Each row is cleaned by itself; what holds between rows and within one is left to the database,
whose constraints refuse the whole file. Every row leaves its history, as when it is saved alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

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

    Raises `FixtureError` with file and line where a row does not fit, and with the file alone
    where the database refuses.
    """
    present = set(model._default_manager.filter(**scope).values_list("ref", flat=True))
    found: set[str] = {*lookups, *scope}
    refs: set[str] = set()
    rows: list[Row] = []
    for line, raw in read_rows(path):
        try:
            row: Any = model(**scope, **values_of(model, raw, lookups))
            row.ref = row.ref or free_ref(row.natural_key_parts(), lambda _: refs)
            refs.add(row.ref)
            if row.ref not in present:
                # What was looked up is there: not to be asked for again, row by row.
                row.clean_fields(exclude=found)
                row.clean()
                rows.append(row)
        except (ValidationError, FixtureError) as error:
            raise FixtureError(f"{path.name}, line {line}: {error}") from error
    try:
        with transaction.atomic():
            bulk_create_with_history(rows, model, batch_size=200)
    except IntegrityError as error:
        raise FixtureError(f"{path.name}: {error}") from error
    return len(rows)
