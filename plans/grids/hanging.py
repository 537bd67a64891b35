"""What would be lost with a row that is ticked for removal."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import models


def hanging_on(model: type[models.Model], going: set[int]) -> dict[int, str]:
    """By the number of a row that is to go, a sentence where other rows hang on it and stay."""
    return {
        number: f"It cannot be removed: {words} would be lost with it. "
        "Remove or change them first, or take off the tick."
        for number, words in lost_with(model, going).items()
    }


def lost_with(model: type[models.Model], going: set[int]) -> dict[int, str]:
    """By the number of a row that is to go, what hangs on it: `2 spend lines and 1 benefit`."""
    if not going:
        return {}
    lost: dict[int, list[str]] = {}
    for relation in model._meta.related_objects:
        for number, count in _held_by(relation, going).items():
            lost.setdefault(number, []).append(_counted(relation, count))
    return {number: " and ".join(words) for number, words in lost.items()}


def _held_by(relation: Any, going: set[int]) -> Counter[int]:
    """How many rows, or links of rows, would go along with each."""
    rows, name = _pointing(relation)
    if rows is None:
        return Counter()
    held = rows.filter(**{f"{name}__in": going})
    if relation.one_to_many and relation.related_model is relation.model:
        held = held.exclude(pk__in=going)
    numbers: Iterable[int] = held.values_list(name, flat=True)
    return Counter(numbers)


def _pointing(relation: Any) -> tuple[Any, str]:
    """The rows that point at a row of the model and would go with it, and by which column."""
    if relation.many_to_many:
        return relation.through._base_manager, f"{relation.field.m2m_reverse_field_name()}_id"
    own = hasattr(relation.related_model, "version")
    if own and relation.one_to_many and relation.on_delete is models.CASCADE:
        return relation.related_model._base_manager, relation.field.attname
    return None, ""


def _counted(relation: Any, count: int) -> str:
    model = relation.related_model
    one, several = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    if relation.one_to_many and model is relation.model:
        several = relation.get_accessor_name().replace("_", " ")
        one = several.removesuffix("s")
    noun = one if count == 1 else several
    if relation.many_to_many:
        return f"the link to {count} {noun}"
    return f"{count} {noun}"
