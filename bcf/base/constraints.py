"""Which field a constraint is about, so that its refusal can stand beside that field."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import F


def field_of(constraint: models.BaseConstraint, fixed: Iterable[str] = ()) -> str:
    """The one field that a person can change to satisfy the constraint; blank if several.

    `fixed` are fields that are chosen once, such as the plan: nobody mends a row by them.
    """
    unchangeable = {"id", "ref", *(name.removesuffix("_id") for name in fixed)}
    names = {name for name in _names(constraint) if name not in unchangeable}
    return names.pop() if len(names) == 1 else ""


def _names(constraint: models.BaseConstraint) -> Iterator[str]:
    if isinstance(constraint, models.CheckConstraint):
        yield from _in_condition(constraint.condition)
    elif isinstance(constraint, models.UniqueConstraint):
        yield from constraint.fields
        for expression in constraint.expressions:
            yield from _in_expression(expression)


def _in_condition(node: Any) -> Iterator[str]:
    """The names in a condition: `amount` of `Q(amount__gte=0)`."""
    if isinstance(node, models.Q):
        for child in node.children:
            yield from _in_condition(child)
    elif isinstance(node, tuple):
        name, value = node
        yield name.split(LOOKUP_SEP)[0]
        yield from _in_expression(value)


def _in_expression(value: Any) -> Iterator[str]:
    name = getattr(value, "name", "") if isinstance(value, F) else ""
    if name:
        yield name
    elif hasattr(value, "get_source_expressions"):
        for inner in value.get_source_expressions():
            yield from _in_expression(inner)
