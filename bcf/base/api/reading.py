"""Reads rows of a collection as plain values, in a fixed number of queries however many they are.

Rows come from the database as tuples, never as models, and are made a column at a time: what is
shown of a row is its texts and digits, and what it is linked to is read for many rows at once.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Case, ExpressionWrapper, F, Func, Q, QuerySet, When

from bcf.base.api import kinds
from bcf.base.api.collection import Collection, Person
from bcf.base.api.columns import Column
from bcf.base.link_tables import links_of

# The values of one column, a row each; and those of all columns of some rows.
Values = list[Any]
Block = list[Values]
Raw = Sequence[Sequence[Any]]
# Few enough to stay in the processor's own memory on their way.
CHUNK = 250


class Reading:
    """The columns of some rows for a person: where each value is read and how it is made."""

    def __init__(self, collection: Collection, person: Person, expand: tuple[str, ...]) -> None:
        self._collection, self._person = collection, person
        self.columns = (*collection.shown(expand),)
        if len(collection.row_key.parts) > 1:
            self.columns = (key_column(collection), *self.columns)
        self._ways: dict[str, int] = {"pk": 0}
        self._raw: dict[str, Any] = {}
        self._makers = [self._maker(column) for column in self.columns]
        self._guarded = self._guards()
        self._links = [
            (place, column, self._place(_owner_of(column)))
            for place, column in enumerate(self.columns)
            if column.link
        ]

    def _place(self, way: str, raw: Any = None) -> int:
        """Where in a row the value at the end of a way stands."""
        if way not in self._ways:
            self._ways[way] = len(self._ways)
            if raw is not None:
                self._raw[way] = raw
        return self._ways[way]

    def _maker(self, column: Column) -> Callable[[Raw], Values]:
        if column.link:
            return _nothing
        if column.worked:
            return _worked(column, [self._place(way, self._raw_of(way)) for way in column.needs])
        place = self._place(column.source, self._raw_of(column.source))
        write = column.kind.write
        if write is None:
            return _text(place) if column.kind.schema["type"] == "string" else _as_it_is(place)
        return _written(place, write)

    def _raw_of(self, way: str) -> Any:
        """The field as which the value at the end of a way is read; None where as it is."""
        field: Any = None
        model: Any = self._collection.model
        for name in way.split("__"):
            if name == "pk":
                return None
            field = model._meta.get_field(name)
            model = field.related_model
        return None if field.related_model else kinds.kind_of(field).raw

    def _guards(self) -> list[tuple[int, int]]:
        """Values that are null where the person may not read the plan: their place, and its."""
        return [
            (place, self._place(f"{column.guard}__slug"))
            for place, column in enumerate(self.columns)
            if column.guard and column.link != column.field
        ]

    def read(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows as tuples of what stands at the end of each way."""
        names, made = [], {}
        for place, way in enumerate(self._ways):
            raw = self._raw.get(way)
            names.append(way if raw is None else f"raw_{place}")
            if raw is not None:
                made[f"raw_{place}"] = ExpressionWrapper(F(way), output_field=raw)
        return rows.annotate(**made).values_list(*names)

    def page(self, rows: QuerySet[Any]) -> Block:
        """All of these rows, as the values of each column."""
        return self._made(list(zip(*self.read(rows), strict=True)) or [()] * len(self._ways))

    def stream(self, rows: QuerySet[Any]) -> Iterator[Block]:
        """The same a chunk at a time, as the database hands them over."""
        connection = connections[rows.db]
        compiler = self.read(rows).query.get_compiler(rows.db)
        try:
            asked = compiler.as_sql()
        except EmptyResultSet:
            return
        converted = compiler.get_converters([expression for expression, *_ in compiler.select])
        with connection.chunked_cursor() as cursor:
            cursor.execute(*asked)
            while chunk := cursor.fetchmany(CHUNK):
                raw: list[Sequence[Any]] = list(zip(*chunk, strict=True))
                for place, (converters, expression) in converted.items():
                    raw[place] = _converted(raw[place], converters, expression, connection)
                yield self._made(raw)

    def cells(self) -> list[Any] | None:
        """Each column as PostgreSQL makes its cell of a CSV file; None where it cannot make one."""
        cells = [self._cell(column) for column in self.columns]
        return None if None in cells else cells

    def _cell(self, column: Column) -> Any:
        if column.link or column.worked:
            return column.cell
        cell = Func(F(column.source), template=column.kind.cell)
        if not column.guard:
            return cell
        plans = self._collection.plans(self._person).values("pk")
        seen = Q(**{f"{column.guard}__in": plans}) | Q(**{f"{column.guard}__isnull": True})
        return Case(When(seen, then=cell))

    def _made(self, raw: Raw) -> Block:
        made = [make(raw) for make in self._makers]
        for place, column, owner in self._links:
            made[place] = self._linked(column, raw[owner])
        if self._guarded:
            self._hide(raw, made)
        return made

    def _linked(self, column: Column, owners: Sequence[int | None]) -> Values:
        """What each row is linked to, of what the person may read; null where it is of nothing."""
        guard = column.guard if column.link == column.field else ""
        plans = self._collection.plans(self._person).values("pk") if guard else None
        numbers = sorted({number for number in owners if number is not None})
        keys: dict[int, list[str]] = {number: [] for number in numbers}
        for number, key in links_of(self._collection.model, column.source, guard, plans, numbers):
            keys[number].append(key)
        return [None if number is None else keys[number] for number in owners]

    def _hide(self, raw: Raw, made: Block) -> None:
        """Empty what names a plan that the person may not read."""
        own = self._ways.get("plan__slug")
        known = set(raw[own]) if own is not None else set()
        others = {slug for _, plan in self._guarded for slug in raw[plan]} - known - {None}
        if not others:
            return
        plans = self._collection.plans(self._person).filter(slug__in=others)
        hidden = others - set(plans.order_by().values_list("slug", flat=True))
        for place, plan in self._guarded if hidden else ():
            pairs = zip(made[place], raw[plan], strict=True)
            made[place] = [None if slug in hidden else value for value, slug in pairs]


def _converted(
    values: Sequence[Any], converters: Sequence[Any], expression: Any, connection: Any
) -> Sequence[Any]:
    """The values of a column as its field has them; each that recurs is converted once."""
    known = {}
    for value in set(values):
        made = value
        for convert in converters:
            made = convert(made, expression, connection)
        known[value] = made
    return [known[value] for value in values]


def _owner_of(column: Column) -> str:
    """The way to the number of the row that is linked: the row itself, or what it points at."""
    *before, _ = column.link.split("__")
    return f"{'__'.join(before)}_id" if before else "pk"


def key_column(collection: Collection) -> Column:
    """The column that names a row in addresses."""
    return Column(
        "key",
        kinds.KEY,
        f"The row’s name in addresses: {collection.row_key.told}.",
        needs=collection.row_key.parts,
        worked=collection.row_key.write,
        cell=collection.row_key.cell,
    )


def _nothing(raw: Raw) -> Values:
    return []


def _text(place: int) -> Callable[[Raw], Values]:
    return lambda raw: [value or None for value in raw[place]]


def _as_it_is(place: int) -> Callable[[Raw], Values]:
    return lambda raw: list(raw[place])


def _written(place: int, write: Callable[[Any], Any]) -> Callable[[Raw], Values]:
    return lambda raw: [None if value is None else write(value) for value in raw[place]]


def _worked(column: Column, places: Sequence[int]) -> Callable[[Raw], Values]:
    worked: Any = column.worked
    return lambda raw: list(map(worked, *(raw[place] for place in places)))
