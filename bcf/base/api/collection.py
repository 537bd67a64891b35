"""A collection of the API as a value: which rows, which columns, which filters, which order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Func, Model, Q, QuerySet

from bcf.base.api.columns import Column
from bcf.base.api.kinds import Kind

Person = Any
Rows = QuerySet[Any]


@dataclass(frozen=True, eq=False)
class Filter:
    """A parameter that narrows a collection; given several times, any of the values is enough.

    `read` takes one value and raises `ValueError` with a sentence. `apply` gives the condition
    for all values of the parameter, for a person.
    """

    name: str
    kind: Kind
    told: str
    read: Callable[[str], Any]
    apply: Callable[[list[Any], Person], Q]
    choices: tuple[str, ...] = ()
    is_many: bool = True


@dataclass(frozen=True)
class Switch:
    """A parameter that lets in rows which a list leaves out otherwise: `?breakdowns=1`."""

    name: str
    told: str
    left_out: Q


@dataclass(frozen=True)
class RowKey:
    """How a row is named in addresses: the slugs of what it belongs to and its ref, by colons.

    `parts` are the ways to them.
    """

    parts: tuple[str, ...]
    told: str = ""

    def write(self, *values: Any) -> str:
        """`barnet-2014-16:vision-1` of a plan and a ref."""
        return ":".join(values)

    @property
    def cell(self) -> Any:
        """The expression that makes the same; None where only Python makes it."""
        return Func(
            *map(F, self.parts),
            template="%(expressions)s",
            arg_joiner=" || ':' || ",
            output_field=CharField(),
        )

    def read(self, key: str) -> dict[str, Any] | None:
        """The condition for the row of a key; None where no row is named so."""
        texts = key.split(":")
        if len(texts) != len(self.parts) or not all(texts) or "\0" in key:
            return None
        return dict(zip(self.parts, texts, strict=True))


@dataclass(frozen=True)
class PlacedKey(RowKey):
    """The key of a row of a plan, of a board, or of both: `plan:ref`, `:board:ref`.

    A row of both is `plan:board:ref`; or `plan:ref` too, where the ref is `once_in_plan`.
    """

    parts: tuple[str, ...] = ("plan__slug", "board__slug", "ref")
    once_in_plan: bool = False

    def write(self, *values: Any) -> str:
        plan, board, ref = values
        if not board or (plan and self.once_in_plan):
            return f"{plan}:{ref}"
        return f"{plan or ''}:{board}:{ref}"

    @property
    def cell(self) -> Any:
        return None

    def read(self, key: str) -> dict[str, Any] | None:
        *place, ref = key.split(":")
        plan, board = (*place, "")[:2] if place else ("", "")
        if len(place) > 2 or not ref or "\0" in key or (len(place) == 2) is not bool(board):
            return None
        if not plan:
            return {"plan__isnull": True, "board__slug": board, "ref": ref} if board else None
        if self.once_in_plan:
            return None if board else {"plan__slug": plan, "ref": ref}
        of_board = {"board__slug": board} if board else {"board__isnull": True}
        return {"plan__slug": plan, **of_board, "ref": ref}


@dataclass(frozen=True, eq=False)
class Collection:
    """Rows of one kind, as analysts read them.

    `read(person)` are the rows that a person may read. `plans(person)` are the plans that the
    person may read: a key that names a row of another plan is null. `order` is how a list stands
    where no other order is asked for.
    """

    key: str
    model: type[Model]
    told: str
    one: str
    read: Callable[[Person], Rows]
    plans: Callable[[Person], Rows]
    columns: tuple[Column, ...]
    row_key: RowKey
    order: tuple[str, ...]
    expansions: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    switches: tuple[Switch, ...] = ()

    def shown(self, expand: tuple[str, ...] = ()) -> tuple[Column, ...]:
        """The columns of a list that asks for these additions."""
        return (*self.columns, *(each for name in expand for each in self.expansions[name]))

    @cached_property
    def orderings(self) -> dict[str, str]:
        """What a list may be ordered by, as the column's name and the field: indexed ones."""
        indexed = _indexed(self.model)
        return {
            column.name: _order_field(self.model, column.field)
            for column in self.columns
            if column.source and column.name == column.field and column.field in indexed
        }

    def name_of(self, row: Mapping[str, Any]) -> str:
        """What names a row in addresses, of the row as it is answered."""
        name = "key" if len(self.row_key.parts) > 1 else self.row_key.parts[0]
        return str(row[name])

    @property
    def where(self) -> str:
        """Where the collection is under `/api/v1/`."""
        return f"{self.key}/"


def _order_field(model: Any, name: str) -> str:
    """A foreign key is ordered by its number: rows of one plan stand together."""
    return f"{name}_id" if model._meta.get_field(name).many_to_one else name


def _indexed(model: Any) -> set[str]:
    """The fields that start an index of the table."""
    meta = model._meta
    alone = {each.name for each in meta.fields if each.db_index or each.unique}
    starts = {each.fields[0].lstrip("-") for each in meta.indexes if each.fields}
    once = {each.fields[0] for each in meta.constraints if getattr(each, "fields", None)}
    return alone | starts | once
