"""What a change set did to its rows, and which of that can be undone now.

A row that was changed since, or to which rows of others belong now, cannot.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet, Value

from bcf.assurance.kinds import SCOPES
from bcf.base.differences import State, is_same
from bcf.base.versions import ADDED, CHANGED, REMOVED, Change, history_of, read_changes
from plans.models import ChangeSet

# No act takes longer: it is one transaction. Its records are looked for in this time alone.
LONGEST_ACT = timedelta(days=1)


def records_of(act: ChangeSet, model: type[Model]) -> QuerySet[Any]:
    """The records of one kind that a change set left, in the order in which they came."""
    return (
        history_of(model)
        .filter(history_change_reason=act.ref)
        .filter(history_date__range=(act.at - LONGEST_ACT, act.at))
        .order_by("history_id")
    )


def kinds_in(act: ChangeSet) -> list[type[Model]]:
    """The kinds of which a change set changed rows, its own kind first; one query."""
    every = list(SCOPES)
    found = [
        records_of(act, model).order_by().values_list(Value(place)).distinct()
        for place, model in enumerate(every)
    ]
    places = {place for (place,) in found[0].union(*found[1:])}
    kinds = [model for place, model in enumerate(every) if place in places]
    return sorted(kinds, key=lambda model: model._meta.label_lower != act.model)


def changes_of(act: ChangeSet) -> list[Change]:
    """What a change set did to each row, from before it to after it."""
    return [
        change
        for model in kinds_in(act)
        for change in _by_row(read_changes(model, records_of(act, model)))
    ]


def _by_row(changes: Iterable[Change]) -> Iterator[Change]:
    rows: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        rows[change.new.row_id].append(change)
    for first, *_, last in ((*each, each[-1]) for each in rows.values()):
        if first.is_addition and last.is_removal:
            continue
        sign = REMOVED if last.is_removal else ADDED if first.is_addition else CHANGED
        yield Change(first.old, replace(last.new, sign=sign), first.puts_back)


@dataclass(frozen=True)
class Moved:
    """A row that cannot be undone, and why; `since` is how it differs now from what the act left.

    There is no `since` where the row was removed or put back, or is as the act left it.
    """

    change: Change
    why: str
    since: Change | None = None


@dataclass(frozen=True)
class Undoing:
    """Which changes of a change set can be undone now, and which rows are left alone.

    `seen` tells later whether all is still so.
    """

    ready: tuple[Change, ...]
    moved: tuple[Moved, ...]
    seen: str

    @property
    def count(self) -> int:
        return len(self.ready)


def undoing_of(changes: Sequence[Change]) -> Undoing:
    """What undoing these changes would do now; a fixed number of queries for each kind."""
    states = _states_now(changes)
    moved = [
        _moved(change, states.get(_key(change)))
        for change in changes
        if not _is_as_left(states.get(_key(change)), change)
    ]
    known = {_key(each.change) for each in moved}
    ready = [change for change in changes if _key(change) not in known]
    held = _held_by_others(ready)
    moved += [Moved(change, held[_key(change)]) for change in ready if _key(change) in held]
    ready = [change for change in ready if _key(change) not in held]
    return Undoing(tuple(ready), tuple(moved), _digest(changes, states, held))


Key = tuple[type[Model], int]


def _key(change: Change) -> Key:
    return change.new.model, change.new.row_id


def _states_now(changes: Iterable[Change]) -> dict[Key, State]:
    """What the rows are now, with the rows that they are linked to."""
    rows: dict[type[Model], list[int]] = defaultdict(list)
    for change in changes:
        rows[change.new.model].append(change.new.row_id)
    return {
        (model, number): state
        for model, numbers in rows.items()
        for number, state in stored_states(model, numbers).items()
    }


def stored_states(model: type[Model], numbers: Sequence[int]) -> dict[int, State]:
    """The stored values and links of rows of one kind; rows that are gone are left out."""
    values = {each["id"]: each for each in model._base_manager.filter(pk__in=numbers).values()}
    links: dict[int, dict[str, frozenset[int]]] = {number: {} for number in values}
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        own, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        pairs: dict[int, set[int]] = defaultdict(set)
        for row, linked in through._base_manager.filter(**{f"{own}__in": list(values)}).values_list(
            own, target
        ):
            pairs[row].add(linked)
        for number in values:
            links[number][field.name] = frozenset(pairs[number])
    return {number: State(each, links[number]) for number, each in values.items()}


def _is_as_left(now: State | None, change: Change) -> bool:
    """Whether the row is now what the act made of it, and what it was before is known."""
    if change.is_removal:
        return now is None
    if now is None or not change.is_known:
        return False
    after = change.new.state
    return after.links == now.links and all(
        is_same(value, now.values[name])
        for name, value in after.values.items()
        if name != "version"
    )


def _moved(change: Change, now: State | None) -> Moved:
    if change.is_removal:
        return Moved(change, "It is there again.")
    if now is None:
        return Moved(change, "It was removed since.")
    if not change.is_known:
        return Moved(change, "What it was before is not known.")
    later = replace(change.new, sign=CHANGED, state=now)
    return Moved(change, "It was changed since.", Change(change.new, later))


def _held_by_others(ready: Sequence[Change]) -> dict[Key, str]:
    """Added rows that cannot be removed again, for rows of others belong to them now."""
    ours = {_key(change) for change in ready}
    added: dict[type[Model], list[int]] = defaultdict(list)
    for change in ready:
        if change.is_addition:
            added[change.new.model].append(change.new.row_id)
    held: dict[Key, str] = {}
    while True:
        found = {
            (model, number): f"“{other}” belongs to it now."
            for model, numbers in added.items()
            for number, other in _others_of(model, numbers, ours).items()
            if (model, number) not in held
        }
        if not found:
            return held
        # Whatever these rows belong to cannot be removed either.
        held |= found
        ours -= found.keys()


def _others_of(model: Any, numbers: Sequence[int], ours: set[Key]) -> dict[int, Any]:
    """Rows that are none of ours and hang on these, by the number of the row they hang on."""
    others: dict[int, Any] = {}
    for relation in model._meta.related_objects:
        kind, field = relation.related_model, relation.field
        if field.many_to_many:
            own, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
            links = relation.through._base_manager.filter(**{f"{target}__in": numbers})
            pairs = [pair for pair in links.values_list(target, own) if (kind, pair[1]) not in ours]
            rows = kind._base_manager.in_bulk([row for _, row in pairs])
            others |= {number: rows[row] for number, row in pairs if row in rows}
        else:
            rows = kind._base_manager.filter(**{f"{field.name}__in": numbers})
            others |= {
                getattr(row, field.attname): row for row in rows if (kind, row.pk) not in ours
            }
    return others


def _digest(changes: Iterable[Change], states: dict[Key, State], held: dict[Key, str]) -> str:
    told = sorted(
        f"{model._meta.label}:{number}:{_version(states.get((model, number)))}:"
        f"{(model, number) in held}"
        for model, number in map(_key, changes)
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()[:16]


def _version(state: State | None) -> str:
    if state is None:
        return ""
    links = {name: sorted(numbers) for name, numbers in state.links.items()}
    return f"{state.values['version']}{links}"
