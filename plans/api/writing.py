"""Rows that come by the API: added, changed and removed as an import adds and changes them.

A row sent is a row of a table that the resource of its kind reads, so that references, choices,
checks, versions, history and who may do it are those of files; each request is one act.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import ProtectedError
from rest_framework import status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request

from bcf.accounts.models import User
from bcf.base.api.bodies import Fields, Texts
from bcf.base.api.collection import Collection
from bcf.base.api.errors import NOT_FOUND, Problem, Refused
from bcf.base.api.preconditions import require_version
from bcf.base.outcomes import RowError
from bcf.base.reads import locked
from bcf.base.resources import Ready, RowResource
from bcf.files.table import Table, TableRow
from plans import actions
from plans.changes import Act, change_set
from plans.choices import ChangeKind
from plans.grids.hanging import lost_with
from plans.row_imports import rows_write
from plans.scopes import Scope
from plans.setting import rows_remove

MOST_ROWS = 1_000
HELD = "It cannot be removed: other rows refer to it. Remove or change them first."
MEANWHILE = (
    "Somebody else changed or removed meanwhile what this refers to. Read it, and send again."
)
DEADLOCK = "40P01"


@dataclass(frozen=True)
class Written:
    """The numbers of the rows that were sent, in their order, and how many were added."""

    rows: list[int]
    added: int


def refusal_of(error: Exception) -> Exception:
    """The answer to what may not happen: not to this person, or not now; else the error itself."""
    if isinstance(error, actions.NotAllowed):
        return PermissionDenied(str(error), code="not-allowed")
    if isinstance(error, actions.Refused):
        code = "plan-closed" if isinstance(error, actions.PlanClosed) else "conflict"
        return Refused([Problem(code, str(error))], status.HTTP_409_CONFLICT)
    return changed_meanwhile() if _came_between(error) else error


def changed_meanwhile() -> Refused:
    return Refused([Problem("conflict", MEANWHILE)], status.HTTP_409_CONFLICT)


def _came_between(error: Exception) -> bool:
    """Whether it is about what others wrote: rows that went, or who waits for whom.

    What a row alone may not be was found before; a server sees at the end that what it points at
    is gone.
    """
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "pgcode", "") == DEADLOCK
    return isinstance(error, IntegrityError)


class Writing:
    """What one person writes to the rows of a collection."""

    def __init__(self, collection: Collection, resource: type[RowResource], by: User) -> None:
        self._collection, self._by = collection, by
        self._fields = Fields(collection, resource)
        self._resource = resource(by)
        self._resource.is_strict = self._resource.takes_refs = True
        self._names = tuple(self._resource.fields)
        self._is_several = False

    @property
    def _scope(self) -> Scope:
        scope: Scope = self._resource.scope
        return scope

    @property
    def _meta(self) -> Any:
        return self._resource.model._meta

    # -- adding ----------------------------------------------------------------------------

    def add(self, sent: Any) -> Written:
        """Add a row, or up to a thousand as a list: all or none.

        A row whose ref is there already with the same content is left as it is; with other
        content it is refused, as is all that an import would refuse.
        """
        self._is_several = isinstance(sent, list)
        rows = sent if self._is_several else [sent]
        if not 0 < len(rows) <= MOST_ROWS:
            raise Refused([Problem("too-many-rows", f"Send 1 to {MOST_ROWS:,} rows at once.")])
        problems: list[Problem] = []
        texts = [self._texts(each, place, problems) for place, each in enumerate(rows, 1)]
        if problems:
            raise Refused(problems)
        several = self._meta.verbose_name_plural
        what = f"{len(rows):,} {several}" if len(rows) > 1 else str(self._meta.verbose_name)
        return self._run(
            texts, f"{what[:1].upper()}{what[1:]} added by the API", self._refuse_other
        )

    def _texts(self, sent: Any, place: int, problems: list[Problem]) -> Texts:
        row = place if self._is_several else None
        if not isinstance(sent, dict):
            problems.append(Problem("invalid-type", "A row is an object of its fields.", row=row))
            return {}
        texts = self._fields.complete(self._fields.texts(sent, problems, row), self._names)
        scope = self._resource.SCOPE
        if scope and not problems and not any(texts[name].strip() for name in scope):
            message = f"Give {' or '.join(scope)}: it says what the row belongs to."
            problems.append(Problem("required", message, scope[0], row))
        return texts

    def _refuse_other(self, ready: Sequence[Ready]) -> None:
        """Refuse rows whose ref names another row than the one that is sent."""
        numbers = {id(row): number for number, row in self._resource.rows.items()}
        problems = [
            Problem(
                "conflict",
                f"There is a {self._meta.verbose_name} “{getattr(each.row, self._resource.REF)}” "
                f"with another {' and '.join(str(column.label) for column, _, _ in each.changes)}. "
                "Change that one, or give this one another ref.",
                self._resource.REF,
                numbers[id(each.row)] if self._is_several else None,
            )
            for each in ready
            if not each.is_new
        ]
        if problems:
            raise Refused(problems, status.HTTP_409_CONFLICT)

    # -- changing --------------------------------------------------------------------------

    @transaction.atomic
    def change(self, key: str, sent: Any, request: Request, *, wholly: bool) -> int:
        """Change a row, and give its number; `wholly` empties what is not sent."""
        row = self._held(key, request)
        if not isinstance(sent, dict):
            raise Refused([Problem("invalid-type", "A row is an object of its fields.")])
        problems: list[Problem] = []
        texts = self._fields.texts(sent, problems)
        own = self._own(row)
        for name, text in own.items():
            if texts.pop(name, text) != text:
                message = f"The {name} of a row never changes; it is {text or 'empty'}."
                problems.append(Problem("fixed", message, name))
        if problems:
            raise Refused(problems)
        names = [name for name in self._names if wholly or name in texts or name in own]
        cells = self._fields.complete({**texts, **own}, names)
        self._run([cells], f"{self._noun} “{row}” changed by the API")
        return int(row.pk)

    def _own(self, row: Any) -> Texts:
        """What names the row, as cells."""
        names = (*self._resource.SCOPE, self._resource.REF)
        columns = [self._resource.fields[name] for name in names]
        return {
            each.column_name: str(each.write(row, self._resource.directory) or "")
            for each in columns
        }

    @property
    def _noun(self) -> str:
        noun = str(self._meta.verbose_name)
        return f"{noun[:1].upper()}{noun[1:]}"

    def _held(self, key: str, request: Request) -> Any:
        """The row of a key, locked, where the person may change it and means this version."""
        condition = self._collection.row_key.read(key)
        rows = self._collection.read(self._by)
        row = None if condition is None else rows.filter(**condition).first()
        if row is None:
            raise NotFound(NOT_FOUND)
        self._scope.hold([row], by=self._by)
        now = locked(row)
        if now is None:
            raise NotFound(NOT_FOUND)
        require_version(request, now.version)
        return now

    @transaction.atomic
    def remove(self, key: str, request: Request) -> None:
        """Remove a row; what hangs on it keeps it."""
        row = self._held(key, request)
        lost = lost_with(self._resource.model, {row.pk}).get(row.pk)
        if lost:
            why = (
                f"It cannot be removed: {lost} would be lost with it. Remove or change them first."
            )
            raise Refused([Problem("held", why)], status.HTTP_409_CONFLICT)
        try:
            rows_remove([row], scope=self._scope, by=self._by)
        except ProtectedError:
            raise Refused([Problem("held", HELD)], status.HTTP_409_CONFLICT) from None

    # -- writing ---------------------------------------------------------------------------

    def _run(self, rows: Sequence[Texts], words: str, first: Any = None) -> Written:
        """Write the rows by one act; raises `Refused` with all that is wrong with them."""
        names = tuple(rows[0])
        table = Table(
            names,
            tuple(
                TableRow(n, tuple(each[name] for name in names)) for n, each in enumerate(rows, 1)
            ),
        )
        with change_set(
            kind=ChangeKind.API,
            words=words,
            scope=self._scope,
            model=self._resource.model,
            by=self._by,
        ) as act:
            save = partial(self._write, act, first)
            outcome = self._resource.run(table, save)
            if any(self._is_taken(each) for each in outcome.errors):
                # Perhaps by somebody who added the same row after it was looked for.
                outcome = self._resource.run(table, save)
            if outcome.errors:
                self._refuse(outcome.errors)
        return Written([self._resource.rows[n].pk for n in range(1, len(rows) + 1)], outcome.new)

    def _write(self, act: Act, first: Any, ready: Sequence[Ready]) -> None:
        if first:
            first(ready)
        rows_write(act, ready, self._scope, self._by)

    def _is_taken(self, error: RowError) -> bool:
        """Whether the ref that a new row brings is that of another row, stored already."""
        row = self._resource.rows.get(error.number)
        if error.column or row is None or not row._state.adding:
            return False
        return any(told in error.sentence for told in _said_of_ref(row, self._resource.REF))

    def _refuse(self, errors: Sequence[RowError]) -> None:
        """Raise `Refused`: 404 where a row belongs to what there is not, else 400.

        409 where nothing is wrong but that refs are taken.
        """
        unplaced = self._resource.unplaced
        code: int = status.HTTP_400_BAD_REQUEST
        if any(each.number in unplaced and each.found for each in errors):
            code = status.HTTP_404_NOT_FOUND
        elif all(self._is_taken(each) for each in errors):
            code = status.HTTP_409_CONFLICT
        raise Refused([self._problem(each) for each in errors], code)

    def _problem(self, error: RowError) -> Problem:
        row = error.number if self._is_several else None
        field = self._fields.name_of(error.column) if error.column else None
        column = self._resource.fields.get(error.column)
        if column is not None and column.is_needed and not error.found.strip():
            message = f"Give {field}: a row cannot be without it."
            return Problem("required", message, field, row)
        if error.number in self._resource.unplaced:
            return Problem("not-found", error.sentence, field, row)
        if self._is_taken(error):
            return Problem("conflict", error.sentence, self._resource.REF, row)
        return Problem("invalid-value" if field else "invalid-row", error.sentence, field, row)


def _said_of_ref(row: Any, name: str) -> Iterator[str]:
    """What the constraints by which a ref is given once say of a row, as others are stored now."""
    for constraint in row._meta.constraints:
        if name in getattr(constraint, "fields", ()):
            try:
                constraint.validate(type(row), row)
            except ValidationError as error:
                yield from error.messages
