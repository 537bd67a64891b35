"""The parameters by which a collection is narrowed and ordered, made of its columns.

A parameter is a column's name, alone (`plan=barnet-2014-16`) or with what is asked of it
(`amount__gte=1000`, `theme__missing=true`). What a collection does not know is refused with what
it does know: a mistyped filter never gives all rows.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from bcf.base.api import kinds
from bcf.base.api.collection import Collection, Filter, Person
from bcf.base.api.columns import Column
from bcf.base.api.errors import Problem, Refused
from bcf.base.api.kinds import AT_LEAST, AT_MOST, CONTAINS, EXACT, MISSING
from bcf.base.link_tables import linked_rows
from bcf.periods import NOT_STATED_TOKEN

ORDERING, EXPAND, FORMAT = "ordering", "expand", "format"
PAGE, PAGE_SIZE = "page", "page_size"
OWN = (PAGE, PAGE_SIZE, ORDERING, EXPAND, FORMAT)
# A list of values longer than this is a mistake, and a heavy one.
MOST_VALUES = 200
LONGEST = 1000

_WORDS = {
    EXACT: "is",
    CONTAINS: "contains, in capitals or not,",
    AT_LEAST: "is at least",
    AT_MOST: "is at most",
}
_OPERATORS = {EXACT: "in", CONTAINS: "icontains", AT_LEAST: "gte", AT_MOST: "lte"}


@cache
def filters_of(collection: Collection) -> dict[str, Filter]:
    """All filters of a collection by name; those that it declares itself come before others."""
    found = {each.name: each for each in (*_of_key(collection), *collection.filters)}
    for column in collection.columns:
        if not column.unfiltered:
            for each in _of_column(collection, column):
                found.setdefault(each.name, each)
    return found


def _of_key(collection: Collection) -> Iterable[Filter]:
    if len(collection.row_key.parts) > 1:
        yield Filter(
            "key",
            kinds.KEY,
            f"Rows of this key: {collection.row_key.told}.",
            str,
            lambda keys, person: _any(_of_one_key(collection, key) for key in keys),
        )


def _of_one_key(collection: Collection, key: str) -> Q:
    condition = collection.row_key.read(key)
    return Q(pk__in=[]) if condition is None else Q(**condition)


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for each in conditions:
        found |= each
    return found


def _of_column(collection: Collection, column: Column) -> Iterable[Filter]:
    if not column.source and not column.link:
        return
    seen = _seen(collection, column)
    choices = tuple(key for key, _ in column.choices)
    for lookup in column.kind.lookups:
        yield Filter(
            column.name if lookup == EXACT else f"{column.name}__{lookup}",
            column.kind,
            f"Rows whose {column.name} {_WORDS[lookup]} this: {column.kind.example}.",
            _reader(column, choices if lookup == EXACT else ()),
            _condition(collection, column, lookup, seen),
            choices if lookup == EXACT else (),
            is_many=lookup == EXACT,
        )
    if column.is_optional or column.link or column.kind in (kinds.FINANCIAL_YEAR, kinds.PERIOD):
        yield Filter(
            f"{column.name}__{MISSING}",
            kinds.BOOLEAN,
            f"Rows whose {column.name} is missing (true), or is there (false).",
            kinds.BOOLEAN.read,
            _missing(collection, column, seen),
            is_many=False,
        )


def _reader(column: Column, choices: tuple[str, ...]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if choices and text not in choices:
            raise ValueError(f"“{text}” is none of the choices: {', '.join(choices)}.")
        return column.kind.read(text)

    return read


def _seen(collection: Collection, column: Column) -> Callable[[Person], Q]:
    """The condition that the person may know of what the column points at."""
    if not column.guard or column.link:
        return lambda person: Q()
    guard = column.guard

    def seen(person: Person) -> Q:
        plans = collection.plans(person).values("pk")
        alone = Q() if guard == column.field else Q(**{f"{guard}__isnull": True})
        return Q(**{f"{guard}__in": plans}) | alone

    return seen


def _condition(
    collection: Collection, column: Column, lookup: str, seen: Callable[[Person], Q]
) -> Callable[[list[Any], Person], Q]:
    operator = _OPERATORS[lookup]

    def apply(values: list[Any], person: Person) -> Q:
        asked = {f"{column.source}__{operator}": values if lookup == EXACT else values[0]}
        if column.link:
            return Q(pk__in=_linked(collection, column, person, asked))
        condition = Q(**asked) & seen(person)
        if column.kind is kinds.FINANCIAL_YEAR and lookup != EXACT:
            condition &= ~Q(**{column.source: NOT_STATED_TOKEN})
        if column.kind is kinds.PARTIAL_DATE:
            condition &= ~Q(**{column.source: ""})
        return condition

    return apply


def _linked(
    collection: Collection, column: Column, person: Person, asked: Mapping[str, Any]
) -> Any:
    """The numbers of rows linked to what is asked for, as far as the person may know of it."""
    plans = collection.plans(person).values("pk") if column.guard else None
    return linked_rows(collection.model, column.link, column.guard, plans, asked)


def _missing(
    collection: Collection, column: Column, seen: Callable[[Person], Q]
) -> Callable[[list[Any], Person], Q]:
    def apply(values: list[Any], person: Person) -> Q:
        if column.link:
            there = Q(pk__in=_linked(collection, column, person, {}))
        elif column.kind in (kinds.FINANCIAL_YEAR, kinds.PERIOD):
            there = ~Q(**{column.source: NOT_STATED_TOKEN})
        else:
            there = Q(**{f"{column.source}__isnull": False}) & seen(person)
            if column.kind.schema["type"] == "string" and _is_text(collection, column):
                there &= ~Q(**{column.source: ""})
        return ~there if values[0] else there

    return apply


def _is_text(collection: Collection, column: Column) -> bool:
    """Whether the field itself holds texts, which are blank where they are missing."""
    model: Any = collection.model
    field = model._meta.get_field(column.field)
    return field.related_model is None and bool(field.empty_strings_allowed) and not field.null


class Asked:
    """What a request asks of a collection; raises `Refused` with all that is wrong with it."""

    def __init__(self, collection: Collection, query: QueryDict, also: Iterable[str] = ()) -> None:
        self._collection = collection
        self._problems: list[Problem] = []
        known = filters_of(collection)
        switches = {each.name: each for each in collection.switches}
        self._filters: list[tuple[Filter, list[Any]]] = []
        self.left_out = {each.name: each.left_out for each in collection.switches}
        for name, texts in query.lists():
            if name in known:
                self._filters.append((known[name], self._values(known[name], texts)))
            elif name in switches:
                if self._value(name, texts[-1], kinds.BOOLEAN.read):
                    del self.left_out[name]
            elif name not in (*OWN, *also):
                offered = ", ".join(sorted((*known, *switches, *OWN)))
                self._problem(
                    "unknown-filter", name, f"There is no filter “{name}”. There are: {offered}."
                )
        self.expand = self._expansions(query.getlist(EXPAND))
        self.order = self._ordering(query.getlist(ORDERING))
        if self._problems:
            raise Refused(self._problems)

    def _problem(self, code: str, name: str, message: str) -> None:
        self._problems.append(Problem(code, message, name))

    def _values(self, known: Filter, texts: list[str]) -> list[Any]:
        if len(texts) > (MOST_VALUES if known.is_many else 1):
            most = f"at most {MOST_VALUES} times" if known.is_many else "once"
            self._problem("too-many-values", known.name, f"Give {known.name} {most}.")
            return []
        return [self._value(known.name, text, known.read) for text in texts]

    def _value(self, name: str, text: str, read: Callable[[str], Any]) -> Any:
        if "\0" in text or len(text) > LONGEST or not text:
            message = f"Give {name} a value" if not text else f"The value of {name} cannot be read"
            self._problem("invalid-value", name, f"{message}.")
            return None
        try:
            return read(text)
        except (ValueError, ArithmeticError) as error:
            self._problem("invalid-value", name, str(error))
            return None

    def _expansions(self, texts: list[str]) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(name for text in texts for name in text.split(",") if name))
        for name in names:
            if name not in self._collection.expansions:
                offered = ", ".join(self._collection.expansions) or "none"
                message = f"“{name}” cannot be expanded. What can be: {offered}."
                self._problem("unknown-expansion", EXPAND, message)
        return names

    def _ordering(self, texts: list[str]) -> tuple[str, ...]:
        names = [name for text in texts for name in text.split(",") if name]
        offered = self._collection.orderings
        for name in names:
            if name.removeprefix("-") not in offered:
                listed = ", ".join(offered)
                message = f"Rows cannot be ordered by “{name}”. What they can be by: {listed}."
                self._problem("unknown-ordering", ORDERING, message)
        if self._problems or not names:
            return self._collection.order
        fields = [
            f"{'-' if name.startswith('-') else ''}{offered[name.removeprefix('-')]}"
            for name in names
        ]
        # In the same direction, so that one index serves both.
        return (*fields, "-pk" if fields[-1].startswith("-") else "pk")

    def rows(self, person: Person) -> Any:
        """The rows that are asked for, of those that the person may read, in order."""
        rows = self._collection.read(person)
        for condition in self.left_out.values():
            rows = rows.exclude(condition)
        for known, values in self._filters:
            rows = rows.filter(known.apply(values, person))
        return rows.order_by(*self.order)
