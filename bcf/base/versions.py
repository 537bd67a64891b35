"""Versions of rows as their history keeps them, read without a query for each row.

The history of a link to several rows is written beside that of the row, after it: a row that is
added with its links leaves two records of one version.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery

from bcf.base.differences import State
from bcf.base.links import link_history, target_column

ADDED, CHANGED, REMOVED = "+", "~", "-"


@dataclass(frozen=True)
class Version:
    """A row as one record of its history has it, when it was so made, and by whom."""

    model: type[Model]
    number: int
    row_id: int
    sign: str
    at: datetime
    by_id: int | None
    reason: str
    state: State

    @property
    def version(self) -> int:
        """The row's own count of its versions; a change of links alone does not raise it."""
        return int(self.state.values["version"])

    def instance(self) -> Any:
        """The row as it stood, not saved."""
        return self.model(**self.state.values)


@dataclass(frozen=True)
class Change:
    """A version of a row with the one before it; None where there was no row before.

    `puts_back` says that the row had been removed. A row whose history starts later than the
    row itself has a first change without an `old`: what it was then is not known.
    """

    old: Version | None
    new: Version
    puts_back: bool = False

    @property
    def is_addition(self) -> bool:
        return self.new.sign == ADDED

    @property
    def is_removal(self) -> bool:
        return self.new.sign == REMOVED

    @property
    def is_known(self) -> bool:
        """Whether both sides of the change are known."""
        return self.old is not None or self.is_addition or self.is_removal

    @property
    def states(self) -> tuple[State | None, State | None]:
        """What the row was, and what it has become; None for no row."""
        if self.is_removal:
            return ((self.old or self.new).state, None)
        return (self.old.state if self.old else None, self.new.state)


def history_of(model: type[Model]) -> QuerySet[Any]:
    """Every record of a kind of row, the newest first."""
    records: QuerySet[Any] = model.history.all()  # type: ignore[attr-defined]
    return records.order_by("-history_date", "-history_id")


def read_changes(model: type[Model], records: QuerySet[Any]) -> list[Change]:
    """The changes that these records of one kind made, in their order.

    Two queries, and one for each field with several rows.
    """
    earlier = (
        history_of(model)
        .filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        .order_by("-history_id")
    )
    found = list(records.annotate(before_it=Subquery(earlier.values("history_id")[:1])).values())
    before = history_of(model).filter(history_id__in=[each["before_it"] for each in found])
    return _paired(found, _as_versions(model, [*found, *before.values()]))


Record = Mapping[str, Any]


def _paired(found: Sequence[Record], versions: Mapping[int, Version]) -> list[Change]:
    changes = []
    for record in found:
        new, old = versions[record["history_id"]], versions.get(record["before_it"])
        puts_back = old is not None and old.sign == REMOVED
        if new.sign == REMOVED and old:
            # Its links went before the record was written.
            new = replace(new, state=replace(new.state, links=old.state.links))
        changes.append(Change(None if puts_back or new.sign == ADDED else old, new, puts_back))
    return changes


def _as_versions(model: type[Model], records: Iterable[Record]) -> dict[int, Version]:
    every = {record["history_id"]: record for record in records}
    columns = [field.attname for field in model._meta.concrete_fields]
    links = _links_of(model, list(every))
    return {
        number: Version(
            model=model,
            number=number,
            row_id=record["id"],
            sign=record["history_type"],
            at=record["history_date"],
            by_id=record["history_user_id"],
            reason=record["history_change_reason"] or "",
            state=State({name: record[name] for name in columns}, links[number]),
        )
        for number, record in every.items()
    }


def _links_of(model: type[Model], numbers: list[int]) -> dict[int, dict[str, frozenset[int]]]:
    """What each record was linked to, by field."""
    found: dict[int, dict[str, frozenset[int]]] = {number: {} for number in numbers}
    for field in model._meta.many_to_many:
        pairs: dict[int, set[int]] = defaultdict(set)
        links = link_history(field).filter(history_id__in=numbers)
        for number, target in links.values_list("history_id", target_column(field)):
            pairs[number].add(target)
        for number in numbers:
            found[number][field.name] = frozenset(pairs[number])
    return found


def folded(changes: Sequence[Change]) -> list[Change]:
    """Changes, the newest first, with records of one version of one row told as one change."""
    kept: list[Change] = []
    for change in changes:
        later = kept[-1] if kept else None
        if later and _is_one(change, later):
            new = replace(later.new, sign=change.new.sign)
            kept[-1] = Change(change.old, new, change.puts_back)
        else:
            kept.append(change)
    return kept


def _is_one(earlier: Change, later: Change) -> bool:
    """Whether the later record only adds links to the version that the earlier one made."""
    one, other = earlier.new, later.new
    return (
        (one.model, one.row_id, one.by_id, one.reason)
        == (other.model, other.row_id, other.by_id, other.reason)
        and one.version == other.version
        and REMOVED not in (one.sign, other.sign)
    )
