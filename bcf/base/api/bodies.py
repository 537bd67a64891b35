"""Rows that are sent as JSON, as the cells of a table that a resource of files reads.

What a row of the API answers may be sent back: what is worked out of it is passed over. What is
no field at all is refused, so that a mistyped one is never lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from bcf.base.api.collection import Collection
from bcf.base.api.columns import CITATION, Column
from bcf.base.api.errors import Problem
from bcf.base.cells import NO, YES
from bcf.base.references import PREFIX, SEPARATOR
from bcf.base.resources import RowResource

Sent = Mapping[str, Any]
Texts = dict[str, str]
_TYPES: dict[str, tuple[type, str]] = {
    "string": (str, "a text"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
}


class Fields:
    """The fields of a collection that can be sent, by name; those of a source stand together."""

    def __init__(self, collection: Collection, resource: type[RowResource]) -> None:
        self._collection, self._resource = collection, resource
        columns = [each for each in collection.columns if each.name in resource.fields]
        self.plain = {each.name: each for each in columns if not each.within}
        self.within = {each.name_within: each for each in columns if each.within}
        # Of a key into another plan, the plan stands in a field of its own.
        worked = {each.name for each in collection.columns if each.worked}
        plans = {f"{name}_plan": name for name in self.plain}
        self.plans = {plan: name for plan, name in plans.items() if plan not in worked}

    @cached_property
    def known(self) -> set[str]:
        """What may stand in a row: what is sent, and what is only answered."""
        every = {"key", *(each.within or each.name for each in self._collection.columns)}
        more = (each.name for added in self._collection.expansions.values() for each in added)
        return {*every, *more}

    def name_of(self, column: str) -> str:
        """The field of a column: `citation.title` of `citation_title`."""
        within = {each.name: name for name, each in self.within.items()}
        return f"{CITATION}.{within[column]}" if column in within else column

    def texts(self, sent: Sent, problems: list[Problem], row: int | None = None) -> Texts:
        """The cells of what is sent of a row; `problems` is told what cannot be one."""
        texts: Texts = {}
        for field, name, column, value in self._values(sent, problems, row):
            try:
                texts[name] = _text(column, value)
            except ValueError as error:
                problems.append(Problem("invalid-type", str(error), field, row))
        for field, name in self.plans.items():
            plan = sent.get(field) if field in self.known else None
            if texts.get(name) and isinstance(plan, str) and plan:
                texts[name] = f"{plan}{PREFIX}{texts[name]}"
        return texts

    def _values(
        self, sent: Sent, problems: list[Problem], row: int | None
    ) -> Iterator[tuple[str, str, Column, Any]]:
        for field, value in sent.items():
            if field in self.plain:
                yield field, field, self.plain[field], value
            elif field == CITATION and self.within:
                yield from self._of_source(value, problems, row)
            elif field not in self.known:
                offered = ", ".join(sorted({*self.plain, *([CITATION] if self.within else [])}))
                message = f"There is no field “{field}” here. There are: {offered}."
                problems.append(Problem("unknown-field", message, field, row))

    def _of_source(
        self, value: Any, problems: list[Problem], row: int | None
    ) -> Iterator[tuple[str, str, Column, Any]]:
        parts = dict.fromkeys(self.within) if value is None else value
        if not isinstance(parts, Mapping):
            message = f"{CITATION} is an object of {', '.join(self.within)}; or null."
            problems.append(Problem("invalid-type", message, CITATION, row))
            return
        for name, each in parts.items():
            if name in self.within:
                column = self.within[name]
                yield f"{CITATION}.{name}", column.name, column, each
            else:
                message = f"There is no “{name}” in {CITATION}: {', '.join(self.within)}."
                problems.append(Problem("unknown-field", message, f"{CITATION}.{name}", row))

    def complete(self, texts: Texts, names: Sequence[str]) -> Texts:
        """All cells of a row: those that are not there are blank, or as a new row has them."""
        return {name: texts[name] if name in texts else self._usual(name) for name in names}

    def _usual(self, name: str) -> str:
        field: Any = self._resource._meta.model._meta.get_field(name)
        default = field.get_default()
        return (YES if default else NO) if isinstance(default, bool) else ""


def _text(column: Column, value: Any) -> str:
    """What a cell holds of a value of JSON; raises `ValueError` with what to send."""
    if column.link:
        if value is not None and not _is_list_of_texts(value):
            raise ValueError(f"{column.name} is a list of texts.")
        return f"{SEPARATOR} ".join(value or ())
    if value is None:
        return ""
    kind, told = _TYPES[column.kind.schema["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        meant = f", such as {column.kind.example}" if kind is str else ""
        raise ValueError(f"{column.name} is {told}{meant}; or null.")
    if isinstance(value, bool):
        return YES if value else NO
    text = str(value)
    if "\0" in text:
        raise ValueError(f"{column.name} has a sign that cannot be stored.")
    return text


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, str) and "\0" not in each for each in value
    )
