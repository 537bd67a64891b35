"""Undoing a change set: what its rows were is put back, all or none, as a change set itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model

from bcf.accounts.models import User
from bcf.assurance.kinds import SCOPES, kind_of
from bcf.assurance.undoing import Undoing, changes_of, undoing_of
from bcf.base.bulk import RowsRefused
from bcf.base.differences import is_same, shown_fields
from bcf.base.names import complete_all, foreign_keys
from bcf.base.versions import Change, Version
from bcf.base.words import sentences
from plans.changes import Act, Links, change_set
from plans.choices import ChangeKind
from plans.models import ChangeSet
from plans.restoring import (
    CannotRestore,
    ChangedMeanwhile,
    instances,
    put_back,
    require_targets,
)


def undo(act: ChangeSet, *, by: User, seen: str, leave_moved: bool) -> ChangeSet:
    """Put back what the rows of a change set were; rows changed since are left as they are.

    Raises `Refused` where the person may not change a row, `ChangedMeanwhile` where it is no
    longer as `seen`, and `CannotRestore` where rows would be left alone without `leave_moved`
    or a row cannot be put back.
    """
    model = kind_of(act.model)
    with change_set(
        kind=ChangeKind.UNDO,
        words=f"Undone: {act.words}",
        scope=SCOPES[model],
        model=model,
        by=by,
        undoes=act,
    ) as doing:
        # What an act did never changes; what its rows are now is read once they are held.
        changes = changes_of(act)
        _hold(doing, changes)
        _undo(doing, _as_seen(undoing_of(changes), seen, leave_moved))
    return doing.row


def _as_seen(now: Undoing, seen: str, leave_moved: bool) -> Undoing:
    if now.seen != seen:
        raise ChangedMeanwhile(
            "Somebody changed these rows after you had opened the page. Look at what can be "
            "undone now, and undo again if you still want to."
        )
    if not now.ready:
        raise CannotRestore("There is nothing left to undo.")
    if now.moved and not leave_moved:
        raise CannotRestore(
            "Some rows were changed since. Tick that they are to be left as they are now, or "
            "restore them one by one from their histories."
        )
    return now


# What decides together who may change a row.
OWNERS = ("plan_id", "agreement_id", "risk_share_id", "programme_id", "board_id")


def _hold(doing: Act, changes: Iterable[Change]) -> None:
    """Lock the plans of all rows; refused where one may not be changed.

    Of rows that belong to the same plan, agreement, rule, programme or board, one stands for all.
    """
    for model, found in _by_kind(changes).items():
        owners = {_owner(each.old or each.new): each.old or each.new for each in found}
        doing.scope = SCOPES[model]
        doing.hold(instances(owners.values()))


def _owner(version: Version) -> Any:
    """What a row belongs to; the row itself where that is no column of it."""
    values = version.state.values
    owners = tuple(values.get(name) for name in OWNERS)
    is_told = any(owners) and not version.model._meta.many_to_many
    return owners if is_told or values.get("plan_id") else version.row_id


def _by_kind(changes: Iterable[Change]) -> dict[type[Model], list[Change]]:
    kinds: dict[type[Model], list[Change]] = defaultdict(list)
    for change in changes:
        kinds[change.new.model].append(change)
    return kinds


def _undo(doing: Act, undoing: Undoing) -> None:
    """Remove what was added, put back what was removed, then restore what was changed."""
    added = [each.new for each in undoing.ready if each.is_addition]
    removed = [each.old or each.new for each in undoing.ready if each.is_removal]
    changed = [each for each in undoing.ready if not (each.is_addition or each.is_removal)]
    for level in reversed(levels(added)):
        _each_kind(doing, level, _remove)
    for level in levels(removed):
        _each_kind(doing, level, _put_back)
    for model, changes in _by_kind(changed).items():
        doing.scope = SCOPES[model]
        _restore(doing, changes)


def _each_kind(
    doing: Act, versions: Iterable[Version], work: Callable[[Act, list[Version]], None]
) -> None:
    kinds: dict[type[Model], list[Version]] = defaultdict(list)
    for version in versions:
        kinds[version.model].append(version)
    for model, found in kinds.items():
        doing.scope = SCOPES[model]
        work(doing, found)


def levels(versions: Iterable[Version]) -> list[list[Version]]:
    """Rows in layers: each stands in a later layer than the rows of the same act it points at."""
    waiting = {(each.model, each.row_id): each for each in versions}
    layers: list[list[Version]] = []
    while waiting:
        layer = [each for each in waiting.values() if not _points_at(each, waiting)]
        # Rows that point at each other in a ring: they come together.
        layers.append(layer or list(waiting.values()))
        for each in layers[-1]:
            del waiting[each.model, each.row_id]
    return layers


def _points_at(version: Version, waiting: Any) -> bool:
    return any(
        (field.related_model, version.state.values[field.attname]) in waiting
        for field in foreign_keys(version.model)
    )


def _remove(doing: Act, versions: list[Version]) -> None:
    model: Any = versions[0].model
    rows = model._base_manager.filter(pk__in=[each.row_id for each in versions])
    doing.remove(complete_all(rows))


def _put_back(doing: Act, versions: list[Version]) -> None:
    columns = [field.name for field in foreign_keys(versions[0].model)]
    require_targets([(version, columns) for version in versions])
    put_back(doing, versions, instances(versions))


def _restore(doing: Act, changes: Sequence[Change]) -> None:
    """Give the rows of one kind the values back that the act changed."""
    old = {change.new.row_id: change.old for change in changes if change.old}
    names = _differing(changes)
    require_targets([(version, names[number]) for number, version in old.items()])
    rows = _with_old_values(old, names)
    try:
        doing.restore(rows, _links(old, names))
    except RowsRefused as refused:
        problems = [
            f"{rows[place]}: {' '.join(sentences(error, type(rows[place])))}"
            for place, error in sorted(refused.errors.items())
        ]
        raise CannotRestore(" ".join(problems[:5])) from refused


def _differing(changes: Iterable[Change]) -> dict[int, set[str]]:
    """The fields in which the act changed each row."""
    found = {}
    for change in changes:
        assert change.old is not None
        before, after = change.old.state, change.new.state
        found[change.new.row_id] = {
            field.name
            for field in shown_fields(change.new.model)
            if not is_same(before.values[field.attname], after.values[field.attname])
        } | {name for name, linked in after.links.items() if before.links.get(name) != linked}
    return found


def _with_old_values(old: dict[int, Version], names: dict[int, set[str]]) -> list[Any]:
    """The stored rows with the old values set, and with what they then point at."""
    model = next(iter(old.values())).model
    rows = list(model._base_manager.filter(pk__in=list(old)).order_by("pk"))
    for row in rows:
        for field in shown_fields(model):
            if field.name in names[row.pk]:
                setattr(row, field.attname, old[row.pk].state.values[field.attname])
    return complete_all(rows)


def _links(old: dict[int, Version], names: dict[int, set[str]]) -> dict[int, Links]:
    return {
        number: {
            name: linked for name, linked in version.state.links.items() if name in names[number]
        }
        for number, version in old.items()
    }
