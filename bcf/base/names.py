"""What rows are called, read for many at once: one query for each kind of row that is named.

A row that was removed is called what it was called last, by its history.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import ForeignKey, Max, Model

from bcf.base.models import Versioned
from bcf.base.versions import Version

GONE = "one that was removed"


class Names:
    """The rows that some versions point at, by kind and number."""

    def __init__(self) -> None:
        self._wanted: dict[type[Model], set[Any]] = defaultdict(set)
        self._found: dict[type[Model], dict[Any, Any]] = defaultdict(dict)
        self._removed: set[tuple[type[Model], Any]] = set()

    def want(self, model: type[Model], numbers: Iterable[Any]) -> None:
        """Have these rows read at the next `load`."""
        self._wanted[model].update(number for number in numbers if number is not None)

    def want_targets(self, version: Version) -> None:
        """Have everything read that a version points at."""
        for field in foreign_keys(version.model):
            self.want(field.related_model, [version.state.values[field.attname]])
        for link in version.model._meta.many_to_many:
            self.want(link.related_model, version.state.links.get(link.name, ()))

    def load(self) -> None:
        """Read what is wanted and not read yet."""
        for model in sorted(self._wanted, key=lambda each: each._meta.label):
            missing = self._wanted[model] - self._found[model].keys()
            if missing:
                self._read(model, missing)
        self._wanted.clear()

    def _read(self, model: type[Model], numbers: set[Any]) -> None:
        live = _live(model, numbers)
        removed = _removed(model, numbers - live.keys())
        self._found[model].update(live | removed)
        self._removed.update((model, number) for number in numbers - live.keys())

    def find(self, model: type[Model], number: Any) -> Any:
        """The row as it is or last was; None where nothing is known of it."""
        return self._found[model].get(number)

    def numbers(self, model: type[Model]) -> list[Any]:
        """The numbers of the rows of a kind that were read."""
        return list(self._found[model])

    def is_there(self, model: type[Model], number: Any) -> bool:
        """Whether the row was read and is not removed."""
        return number in self._found[model] and (model, number) not in self._removed

    def row(self, model: type[Model], number: Any) -> str:
        """The name of a row, as it is or was last called."""
        found = self.find(model, number)
        return GONE if found is None else str(found)

    def instance(self, version: Version) -> Any:
        """The row of a version, with what it points at, so that it can say its own name."""
        return self.complete(version.instance())

    def want_targets_of(self, row: Model) -> None:
        """Have everything read that a row points at by a foreign key."""
        for field in foreign_keys(type(row)):
            self.want(field.related_model, [getattr(row, field.attname)])

    def complete(self, row: Any) -> Any:
        """The row, with what it points at as it was read, so that nothing is asked for again."""
        for field in foreign_keys(type(row)):
            found = self.find(field.related_model, getattr(row, field.attname))
            if found is not None:
                setattr(row, field.name, found)
        return row


def complete_all(rows: Iterable[Any]) -> list[Any]:
    """Rows, with everything that they point at read in a query for each kind."""
    every, names = list(rows), Names()
    for row in every:
        names.want_targets_of(row)
    names.load()
    return [names.complete(row) for row in every]


def foreign_keys(model: type[Model]) -> list[Any]:
    """The fields of a kind of row that point at one other row."""
    return [each for each in model._meta.concrete_fields if isinstance(each, ForeignKey)]


def _live(model: type[Model], numbers: Iterable[Any]) -> dict[Any, Any]:
    needed = [field.name for field in foreign_keys(model) if not field.null]
    rows = model._base_manager.select_related(*needed)
    return {row.pk: row for row in rows.filter(pk__in=list(numbers))}


def _removed(model: type[Model], numbers: Iterable[Any]) -> dict[Any, Any]:
    if not numbers or not issubclass(model, Versioned):
        return {}
    records = model.history.filter(id__in=list(numbers))
    last = records.order_by().values("id").annotate(last=Max("history_id")).values("last")
    return {record.id: record.instance for record in model.history.filter(history_id__in=last)}
