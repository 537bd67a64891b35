"""Many rows saved at once, under the same rules as one: checks, constraints, versions, history.

Rows are written a chunk at a time. Where the database refuses a chunk, its rows are tried one
by one, so that each refusal names its row; whoever is refused, nothing stays written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from simple_history.utils import bulk_create_with_history

from bcf.base.links import keep_links
from bcf.base.models import Row, Versioned, kept_as_stored
from bcf.base.reasons import reason_now
from bcf.base.refs import Refs

CHUNK = 100
# Whoever has this many to mend starts with these; looking for more would take too long.
MOST_ERRORS = 200
# What a row that is put back remembers its number as.
KEPT_NUMBER = "_kept_number"


class RowsRefused(Exception):
    """Rows that cannot be saved, by their place in what was given; nothing was saved."""

    def __init__(self, errors: Mapping[int, ValidationError]) -> None:
        super().__init__(f"{len(errors)} rows cannot be saved.")
        self.errors = dict(errors)


@dataclass(frozen=True)
class Saved:
    """How many rows were added, changed, and left because they were the same already."""

    added: int
    changed: int
    same: int


Placed = tuple[int, Any]
Stored = Mapping[str, Any]


@transaction.atomic
def save_rows(rows: Sequence[Versioned], *, by: Any = None) -> Saved:
    """Save rows of one kind, all or none; a row that is as stored already is left alone.

    A row that is not new must carry the version that was read. `by` is the person in the
    history; the reason is that of `bcf.base.reasons`. Raises `RowsRefused` with the errors of
    each row: of its fields, of its constraints, or that somebody else changed it meanwhile.
    """
    if not rows:
        return Saved(0, 0, 0)
    model = type(rows[0])
    errors: dict[int, ValidationError] = {}
    new = [(place, row) for place, row in enumerate(rows) if row._state.adding]
    old = [(place, row) for place, row in enumerate(rows) if not row._state.adding]
    stored = _locked(model, [row.pk for _, row in old])
    changed = [each for each in old if _differs(each, stored, errors)]
    _make_refs([row for _, row in new])
    for chunk in _chunks(new + changed, 500):
        with _read_along(model, [row for _, row in chunk]):
            for each in chunk:
                _check(each, errors)
    if not errors:
        _write(model, new, changed, errors, by)
    if errors:
        raise RowsRefused(errors)
    return Saved(len(new), len(changed), len(old) - len(changed))


@contextmanager
def _read_along(model: type[Versioned], rows: Sequence[Any]) -> Iterator[None]:
    """Read what the checks of the rows need, for all at once, and forget it afterwards."""
    known = [row for row in rows if not row._state.adding or KEPT_NUMBER in row.__dict__]
    models.prefetch_related_objects(known, *model.CHECKED_WITH)
    kept = {name: kept_as_stored(name) for name in model.CHECKED_AS_STORED}
    wholes = (models.Prefetch(name, to_attr=attribute) for name, attribute in kept.items())
    models.prefetch_related_objects(rows, *wholes)
    yield
    for row in rows:
        row._prefetched_objects_cache = {}
        for attribute in kept.values():
            row.__dict__.pop(attribute, None)


def put_back_rows(rows: Sequence[Versioned], *, by: Any = None) -> Saved:
    """Save removed rows again, each with the number, the ref and the version that it carries.

    Raises `RowsRefused` as `save_rows` does.
    """
    for row in rows:
        row._state.adding = True
        row.__dict__[KEPT_NUMBER] = row.pk
    return save_rows(rows, by=by)


def _locked(model: Any, numbers: list[Any]) -> dict[Any, Stored]:
    """The stored values of these rows, locked until the transaction ends, always in one order."""
    found: dict[Any, Stored] = {}
    for chunk in _chunks(sorted(numbers), 500):
        rows = model._base_manager.select_for_update().filter(pk__in=chunk).order_by("pk")
        found.update({values["id"]: values for values in rows.values()})
    return found


def _differs(
    each: Placed, stored: Mapping[Any, Stored], errors: dict[int, ValidationError]
) -> bool:
    """Whether the row is to be written; refuses one that was changed by somebody else."""
    place, row = each
    before = stored.get(row.pk)
    if before is None or before["version"] != row.version:
        errors[place] = ValidationError(
            "Somebody else changed or removed this row meanwhile. Look at it again.",
            code="changed-meanwhile",
        )
        return False
    for name in row.FIXED:
        if before[name] != getattr(row, name):
            label = row._meta.get_field(name.removesuffix("_id")).verbose_name
            errors[place] = ValidationError(f"The {label} of a row never changes.", code="fixed")
            return False
    return any(getattr(row, name) != value for name, value in before.items())


def _make_refs(rows: Iterable[Any]) -> None:
    """Give new rows their refs, asking once for those that are taken in each scope."""
    scopes: dict[tuple[Any, ...], Refs] = {}
    for row in rows:
        if not isinstance(row, Row):
            row.prepare()
        elif not row.ref:
            scope = row.ref_scope()
            key = tuple(scope.items())
            if key not in scopes:
                taken = type(row)._base_manager.filter(**scope)
                scopes[key] = Refs(taken.values_list("ref", flat=True))
            row.ref = scopes[key].make(row.natural_key_parts())


def _check(each: Placed, errors: dict[int, ValidationError]) -> None:
    """Check the row by itself; what it points at and was read already is not asked for again."""
    place, row = each
    known = {
        field.name
        for field in row._meta.fields
        if field.is_relation and (field.is_cached(row) or getattr(row, field.attname) is None)
    }
    try:
        row.full_clean(exclude=known, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors[place] = error


def _write(
    model: type[Versioned],
    new: list[Placed],
    changed: list[Placed],
    errors: dict[int, ValidationError],
    by: Any,
) -> None:
    """Write what is changed, then what is new: a key that a changed row leaves becomes free."""
    for chunk in _chunks(changed, CHUNK):
        _write_chunk(chunk, errors, lambda rows: _update(model, rows, by))
    for chunk in _chunks(new, CHUNK):
        _write_chunk(chunk, errors, lambda rows: _create(model, rows, by))


def _write_chunk(chunk: list[Placed], errors: dict[int, ValidationError], write: Any) -> None:
    if len(errors) >= MOST_ERRORS:
        return
    try:
        with transaction.atomic():
            write([row for _, row in chunk])
    except IntegrityError:
        _write_each(chunk, errors, write)


def _write_each(chunk: list[Placed], errors: dict[int, ValidationError], write: Any) -> None:
    """Write rows one by one; `errors` is told which were refused and why."""
    for place, row in chunk:
        try:
            with transaction.atomic():
                row.validate_unique()
                row.validate_constraints()
                write([row])
        except ValidationError as error:
            errors[place] = error
        except IntegrityError:
            errors[place] = ValidationError("This row does not agree with the others. Check it.")


def _create(model: type[Versioned], rows: list[Any], by: Any) -> None:
    for row in rows:
        row.pk = row.__dict__.get(KEPT_NUMBER)
    bulk_create_with_history(rows, model, default_user=by, default_change_reason=reason_now())


def _update(model: Any, rows: list[Any], by: Any) -> None:
    """Write whole rows over stored ones; they are locked, so none is added by it."""
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    for row in rows:
        row.version += 1
    try:
        model._base_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=names
        )
    except IntegrityError:
        for row in rows:
            row.version -= 1
        raise
    records = model.history.bulk_history_create(
        rows, update=True, default_user=by, default_change_reason=reason_now()
    )
    keep_links(model, records)


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    every = iter(items)
    while chunk := list(islice(every, size)):
        yield chunk
