"""What differs between two states of a row, field by field, in words for people.

Nothing here asks the database: a state is values that were read, and `Words` knows the names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models

from bcf.base.passages import Passage, passages
from bcf.base.words import EMPTY, NOT_STATED, field_label, value_in_words

NOT_SHOWN = {"id", "version"}


@dataclass(frozen=True)
class State:
    """A row as it stood: its values by column, and the rows that it was linked to by field."""

    values: Mapping[str, Any]
    links: Mapping[str, frozenset[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One field that differs: its name, its label, and both values in words.

    The words are empty where there was no row: `old` of a row that is added, `new` of one that
    is removed. `added` and `removed` name what a field with several rows gained and lost.
    """

    name: str
    label: str
    old: str
    new: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
        """Both values with what differs between them marked, where both are long texts."""
        if {self.old, self.new} & {EMPTY, NOT_STATED}:
            return (Passage(self.old),), (Passage(self.new),)
        return passages(self.old, self.new)


class Words(Protocol):
    """Knows how the choices of a field read, and what rows are called."""

    def labels(self, name: str) -> Mapping[str, str]:
        """The choices of a field that differ from cycle to cycle: key to label."""

    def row(self, model: type[models.Model], number: Any) -> str:
        """The name that a row has, or had before it was removed."""


def differences(
    model: type[models.Model], old: State | None, new: State | None, words: Words
) -> list[Difference]:
    """The fields in which two states of a row differ, in the order of the model.

    None stands for no row: then the fields are those that say something in the other state.
    """
    return [
        *_of_values(model, old, new, words),
        *_of_links(model, old, new, words),
    ]


def shown_fields(model: type[models.Model]) -> list[Any]:
    """The fields of a row that may differ: not what names it or never changes."""
    fixed = {*NOT_SHOWN, *getattr(model, "FIXED", ())}
    return [each for each in model._meta.concrete_fields if each.attname not in fixed]


def _of_values(
    model: type[models.Model], old: State | None, new: State | None, words: Words
) -> Iterator[Difference]:
    for each in shown_fields(model):
        before, after = (state and state.values.get(each.attname) for state in (old, new))
        if is_same(before, after):
            continue
        labels = words.labels(each.name)
        yield Difference(
            each.name,
            field_label(each),
            value_in_words(each, before, labels, words.row) if old else "",
            value_in_words(each, after, labels, words.row) if new else "",
        )


def is_same(before: Any, after: Any) -> bool:
    """Whether two values say the same; no text and no value are both nothing."""
    return bool(before == after) or (before in (None, "") and after in (None, ""))


def _of_links(
    model: type[models.Model], old: State | None, new: State | None, words: Words
) -> Iterator[Difference]:
    for each in model._meta.many_to_many:
        before, after = (state.links.get(each.name) if state else None for state in (old, new))
        before, after = before or frozenset(), after or frozenset()
        if before == after:
            continue

        def names(numbers: Iterable[Any], target: Any = each.related_model) -> tuple[str, ...]:
            return tuple(sorted(words.row(target, number) for number in numbers))

        yield Difference(
            each.name,
            field_label(each),
            _listed(names(before)) if old else "",
            _listed(names(after)) if new else "",
            names(after - before) if old else (),
            names(before - after) if new else (),
        )


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names) or "none"
