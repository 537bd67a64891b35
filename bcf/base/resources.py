"""Import and export of rows of a model: one row a record, columns named as its fields.

A resource says in a few lines what the columns of a model point at and what may be chosen in
them. A row of a file is found by its natural key: the rows that it belongs to (its plan, its
agreement) and its ref. A row without a ref is a new one. A column that the file does not have
stays as it is, a blank cell empties.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from import_export.resources import ModelResource
from import_export.results import RowResult

from bcf.base.bulk import RowsRefused, save_rows
from bcf.base.columns import Column
from bcf.base.models import Cited, Published, Row
from bcf.base.outcomes import MOST_SHOWN, Difference, Outcome, RowDifference, RowError
from bcf.base.references import Directory, ReferenceCell
from bcf.base.stored_rows import Identity, StoredRows
from bcf.files import writing
from bcf.files.table import Table

Names = tuple[str, ...]
# What stands in a field where nothing does.
EMPTY: tuple[Any, ...] = (None, "", [])
Links = dict[str, list[Any]]
Choices = Callable[[Any], Iterable[tuple[str, str]]]
# Of where a figure comes from: these columns stand last.
_SOURCE = {field.name for base in (Cited, Published) for field in base._meta.fields}


class Ready(NamedTuple):
    """A row that may be saved, with what it is linked to and what differs."""

    row: Any
    is_new: bool
    links: Links
    changes: list[tuple[Column, Any, Any]]


Save = Callable[[Sequence[Ready]], None]


class _PlainResult(RowResult):
    def add_instance_info(self, instance: Any) -> None:
        """Nothing is told of a row here: it may not be known well enough to have a name."""


class RowResource(ModelResource):
    """Rows of one model, read and written for one person.

    `SCOPE` names the foreign keys that a row belongs to and never leaves, `REF` the column that
    names it within them. `scope` is the `plans.scopes.Scope` of the model.
    """

    scope: ClassVar[Any]
    fields: Any
    SCOPE: ClassVar[Names] = ("plan",)
    REF: ClassVar[str] = "ref"
    REFERENCES: ClassVar[dict[str, ReferenceCell]] = {}
    CHOICES: ClassVar[dict[str, Choices]] = {}
    # What is read along with rows: what their checks and names need.
    ALONG: ClassVar[Names] = ()

    class Meta:
        exclude = ("id", "version")
        use_bulk = True
        skip_diff = True
        skip_html_diff = True

    def __init__(self, person: Any, defaults: Mapping[str, Any] | None = None) -> None:
        """`defaults` are rows to which a row belongs where the file has no such column."""
        super().__init__()
        self.person = person
        self.defaults = dict(defaults or {})
        self.directory = Directory(person)
        self.expected: dict[int, int] | None = None
        # Whether a new row may bring its ref, and whether a row that the person may not change
        # ends all by an error of its own.
        self.takes_refs = self.is_strict = False
        self.fields = dict(sorted(self.fields.items(), key=lambda item: self._order(item[0])))

    @classmethod
    def field_from_django_field(cls, name: str, field: Any, readonly: bool) -> Column:
        return Column(field, cls.REFERENCES.get(name), cls.CHOICES.get(name))

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return _PlainResult

    @property
    def model(self) -> Any:
        return self._meta.model

    @property
    def makes_refs(self) -> bool:
        """Whether a new row makes its ref itself."""
        return issubclass(self.model, Row)

    @property
    def columns(self) -> list[Column]:
        return list(self.fields.values())

    def _order(self, name: str) -> int:
        if name in self.SCOPE:
            return self.SCOPE.index(name)
        return len(self.SCOPE) if name == self.REF else 99 if name in _SOURCE else 50

    # -- export ----------------------------------------------------------------------------

    @property
    def related(self) -> list[str]:
        """What rows point at, to be read along with them."""
        return [column.attribute for column in self.columns if column.target] + list(self.ALONG)

    def file_columns(self) -> list[writing.Column]:
        return [writing.Column(column.column_name, column.widget.kind) for column in self.columns]

    def file_rows(self, rows: models.QuerySet[Any]) -> Iterator[list[writing.Cell]]:
        """The rows as cells of a file, read a thousand at a time."""
        along = rows.select_related(None).prefetch_related(*self.related)
        for row in along.iterator(chunk_size=1000):
            yield [column.write(row, self.directory) for column in self.columns]

    # -- import ----------------------------------------------------------------------------

    def check(self, table: Table) -> Outcome:
        """What importing the table would do; nothing is kept."""
        with transaction.atomic():
            outcome = self.run(table, self._try_save, again=True)
            transaction.set_rollback(True)
        return outcome

    def run(self, table: Table, save: Save, *, again: bool = False) -> Outcome:
        """Read the table and save its rows where none is refused, or to learn which are.

        With `again`, rows that were fine are tried a second time without those that were not,
        for the database tells of a row only when the checks let it through.
        """
        self._begin(table)
        objections = self._objections(table.columns)
        if objections:
            return Outcome(objections=objections)
        self._read(table)
        if again or not self._errors:
            self._save(save)
        if again and self._errors:
            self._save(save)
        return self._outcome(table)

    def _try_save(self, ready: Sequence[Ready]) -> None:
        """Save the rows to learn whether that can be; what they are linked to is there."""
        save_rows([each.row for each in ready], by=self.person)

    def refusal(self, row: Any, links: Links) -> dict[str, str]:
        """Why the person may not add or change the row, by column; empty where it may be."""
        return {}

    def settled(self, row: Any) -> Iterable[str]:
        """Columns of a row that is there already which never change, or not for this person."""
        return [name.removesuffix("_id") for name in self.model.FIXED]

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        """Errors by column that no check of the model finds: of what is linked."""
        return {}

    def _begin(self, table: Table) -> None:
        self._names = {name: self._column_of(name) for name in table.columns}
        self._numbers = [row.number for row in table.rows]
        self._texts: dict[int, dict[str, str]] = {}
        self._errors: dict[int, list[RowError]] = {}
        self._ready: dict[int, Ready] = {}
        self._same = 0
        self._seen: dict[int, int] = {}
        # The row that each row of the table is about, by its number.
        self.rows: dict[int, Any] = {}

    def _column_of(self, name: str) -> str:
        """The column that a header means: by its name, or as the pages call it."""
        plain = name.casefold().replace(" ", "_").replace("-", "_")
        if plain in self.fields:
            return plain
        for column in self.columns:
            if column.label.casefold() == name.casefold():
                return str(column.column_name)
        return ""

    @property
    def unplaced(self) -> set[int]:
        """The numbers of rows that belong to what is not there, or is not to be known of."""
        identities = enumerate(self._stored.identities)
        return {self._numbers[place] for place, each in identities if each.error}

    def _objections(self, names: Sequence[str]) -> list[str]:
        """What is wrong with the header."""
        found = []
        unknown = [name for name in names if not self._names[name]]
        known = ", ".join(column.column_name for column in self.columns)
        if unknown:
            listed = ", ".join(f"“{name}”" for name in unknown)
            several = "s" if len(unknown) > 1 else ""
            found.append(
                f"The column{several} {listed} cannot be read. Rename or remove "
                f"{'them' if several else 'it'}. The columns that can be read are: {known}."
            )
        meant = [name for name in self._names.values() if name]
        for name in sorted({name for name in meant if meant.count(name) > 1}):
            found.append(f"Two columns of the file mean “{name}”. Remove one of them.")
        if self.SCOPE and not any(name in self.defaults or name in meant for name in self.SCOPE):
            needed = " or ".join(f"“{name}”" for name in self.SCOPE)
            found.append(f"The file has no column {needed}. Add it: it says where a row belongs.")
        return found

    def _read(self, table: Table) -> None:
        headers = [self._names[name] for name in table.columns]
        self._given = [self.fields[name] for name in headers if name not in (*self.SCOPE, self.REF)]
        dataset = tablib.Dataset(*(row.cells for row in table.rows), headers=headers)
        result = self.import_data(dataset, use_transactions=False)
        for failure in (*result.base_errors, *(e for row in result.error_rows for e in row.errors)):
            raise failure.error

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        rows = [dict(zip(dataset.headers, cells, strict=True)) for cells in dataset]
        self._stored = StoredRows(self, dataset.headers, rows)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        self._place = kwargs["row_number"] - 1
        self._texts[self._numbers[self._place]] = row

    def get_or_init_instance(self, loader: Any, row: Any) -> tuple[Any, bool]:
        identity = self._stored.identities[self._place]
        found = self._stored.find(identity)
        if found is None:
            return self._new(identity), True
        number = self._numbers[self._place]
        earlier = self._seen.setdefault(found.pk, number)
        if earlier != number:
            raise ValidationError(f"Row {earlier} is about the same row. Keep one of them.")
        return found, False

    def _new(self, identity: Identity) -> Any:
        if self.makes_refs and identity.ref and not self.takes_refs:
            raise ValidationError({self.REF: identity.not_found(self.model)})
        row = self.model(**identity.belongs_to)
        if self.makes_refs:
            row.ref = identity.ref
        else:
            self._name(row, identity.ref)
        return row

    def _name(self, row: Any, ref: str) -> None:
        if not ref and not self.model._meta.get_field(self.REF).blank:
            raise ValidationError({self.REF: "Fill this cell: it names the row."})
        setattr(row, self.REF, ref)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        is_new = instance._state.adding
        settled = () if is_new else set(self.settled(instance))
        errors: dict[str, Any] = self._absent() if is_new else {}
        ready = Ready(instance, is_new, {}, [])
        self.rows[self._numbers[self._place]] = instance
        for column in self._given:
            name = column.column_name
            stored = column.stored(instance)
            if not (row[name] or is_new) and stored in EMPTY:
                continue
            try:
                value = column.read(row[name], instance, stored, self.directory)
            except (ValueError, ValidationError) as error:
                errors[name] = error if isinstance(error, ValidationError) else str(error)
                continue
            if column.widget.same(value, stored):
                continue
            if name in settled:
                errors[name] = column.settled_sentence(instance, stored)
                continue
            column.put(instance, value, ready.links)
            ready.changes.append((column, stored, value))
        self._current = ready
        if errors:
            raise ValidationError(errors)

    def _absent(self) -> dict[str, str]:
        """What a new row needs and the file has no column for."""
        given = {column.column_name for column in self._given}
        return {
            column.column_name: "The file has no such column, and a new row needs it. Add it."
            for column in self.columns
            if column.is_needed and column.column_name not in (*given, *self.SCOPE, self.REF)
        }

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        ready = self._current
        is_same = not (ready.changes or errors or ready.is_new)
        self._same += is_same
        return is_same

    def validate_instance(self, instance: Any, errors: Any = None, **kwargs: Any) -> None:
        ready = self._current
        refused = self.refusal(instance, ready.links) or self._changed_meanwhile(ready)
        if refused:
            raise ValidationError(refused)
        if errors:
            raise ValidationError(errors)
        if own := self.row_errors(instance, ready.links):
            raise ValidationError(own)

    def _changed_meanwhile(self, ready: Ready) -> dict[str, str]:
        """An error where the row is no longer the one that the preview showed."""
        row = ready.row
        if ready.is_new or not self.expected or row.version == self.expected.get(row.pk):
            return {}
        last = row.history.first()
        who = str(last.history_user) if last and last.history_user else "Somebody"
        when = timezone.localtime(last.history_date) if last else timezone.localtime()
        return {
            NON_FIELD_ERRORS: f"{who} changed this row on {when.day} {when:%B %Y at %H:%M}, after "
            "the preview. Look at the differences again, and import then."
        }

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        self._ready[self._numbers[self._place]] = self._current

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Nothing: an invalid row is told of when all rows were read."""

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error:
            self._refuse(self._numbers[self._place], result.validation_error)
        return result

    def _refuse(self, number: int, error: ValidationError) -> None:
        self._ready.pop(number, None)
        texts = self._texts[number]
        by_column = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        self._errors[number] = [
            RowError(number, column, texts.get(column, ""), " ".join(sentences))
            for column, sentences in (
                ("" if name == NON_FIELD_ERRORS else name, found)
                for name, found in by_column.items()
            )
        ]

    def _save(self, save: Save) -> None:
        numbers, ready = list(self._ready), list(self._ready.values())
        versions = [each.row.version for each in ready]
        try:
            save(ready)
        except RowsRefused as refused:
            for place, error in refused.errors.items():
                self._refuse(numbers[place], error)
            for each, version in zip(ready, versions, strict=True):
                # As they were before the attempt, which was undone.
                each.row.version = version
                if each.is_new:
                    each.row.pk, each.row._state.adding = None, True

    def _outcome(self, table: Table) -> Outcome:
        new = sum(each.is_new for each in self._ready.values())
        errors = [error for each in self._errors.values() for error in each]
        return Outcome(
            new=new,
            changed=len(self._ready) - new,
            same=self._same,
            refused=len(self._errors),
            error_count=len(errors),
            differences=[
                self._difference(number, each)
                for number, each in sorted(self._ready.items())[:MOST_SHOWN]
            ],
            errors=sorted(errors, key=lambda error: error.number)[:MOST_SHOWN],
            versions=self._stored.versions,
        )

    def _difference(self, number: int, ready: Ready) -> RowDifference:
        fields = [
            Difference(
                column.label,
                "" if ready.is_new else column.widget.show(before, ready.row),
                column.widget.show(after, ready.row),
            )
            for column, before, after in ready.changes
        ]
        return RowDifference(number, str(ready.row), ready.is_new, fields)
