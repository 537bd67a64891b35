"""Finds the stored rows that the rows of a file are about, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects

CHUNK = 2_000


@dataclass(frozen=True)
class Identity:
    """Which row a row of a file is about: what it belongs to, and its ref within that."""

    belongs_to: dict[str, Any]
    ref: str
    error: ValidationError | None = None

    def key(self) -> tuple[Any, ...]:
        return (*(getattr(each, "pk", None) for each in self.belongs_to.values()), self.ref)

    def not_found(self, model: Any) -> str:
        where = ", ".join(str(each) for each in self.belongs_to.values() if each) or "this file"
        return (
            f"No {model._meta.verbose_name} “{self.ref}” of {where} was found. Leave the ref empty "
            "to add a row."
        )


class StoredRows:
    """The stored rows that rows of a file may be about, as far as the person may know of them."""

    def __init__(
        self, resource: Any, headers: Sequence[str], rows: Sequence[dict[str, str]]
    ) -> None:
        self._resource, self._model = resource, resource.model
        self._headers = set(headers)
        self._given = [name for name in resource.SCOPE if name in {*headers, *resource.defaults}]
        self.identities = [self._identify(row) for row in rows]
        self._rows: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        self.versions: dict[int, int] = {}
        self._load()

    def find(self, identity: Identity) -> Any:
        """The row, or None where it would be a new one; raises `ValidationError`."""
        if identity.error:
            raise identity.error
        found = self._rows.get(identity.key(), [])
        if len(found) > 1:
            missing = [name for name in self._resource.SCOPE if name not in self._given]
            raise ValidationError(
                f"Several rows have the ref “{identity.ref}”. Add the column "
                f"{' or '.join(missing)}, which tells them apart."
            )
        return found[0] if found else None

    def _identify(self, row: dict[str, str]) -> Identity:
        belongs_to: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for name in self._given:
            try:
                belongs_to[name] = self._owner(name, row.get(name, "").strip())
            except ValueError as error:
                errors[name] = str(error)
        ref = row.get(self._resource.REF, "").strip()
        return Identity(belongs_to, ref, ValidationError(errors) if errors else None)

    def _owner(self, name: str, text: str) -> Any:
        column = self._resource.fields[name]
        if text:
            return column.widget.read(text, None, self._resource.directory)
        if name not in self._headers or column.is_needed:
            default = self._resource.defaults.get(name)
            if default is None:
                raise ValueError("Fill this cell: a row cannot be without it.")
            return default
        return None

    def _load(self) -> None:
        wanted = [each for each in self.identities if not each.error and self._may_be_stored(each)]
        refs = sorted({each.ref for each in wanted})
        for start in range(0, len(refs), CHUNK):
            found = list(self._query(wanted, refs[start : start + CHUNK]))
            prefetch_related_objects(found, *self._resource.related)
            for row in found:
                owners = (getattr(row, f"{name}_id") for name in self._given)
                self._rows[(*owners, getattr(row, self._resource.REF))].append(row)
                self.versions[row.pk] = row.version

    def _may_be_stored(self, identity: Identity) -> bool:
        return bool(identity.ref) or not self._resource.makes_refs

    def _query(self, wanted: Iterable[Identity], refs: Sequence[str]) -> Any:
        rows = self._model._default_manager.filter(**{f"{self._resource.REF}__in": refs})
        for name in self._given:
            owners = {each.belongs_to[name] for each in wanted}
            if None not in owners:
                rows = rows.filter(**{f"{name}__in": owners})
        return self._resource.scope.visible(self._resource.person, rows)
