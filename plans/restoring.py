"""Putting old values back: an edit like another, under the rules of who may change what.

What is restored goes through the same checks as what is typed, and is a change set of its own,
so that it can be undone.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from bcf.accounts.models import User
from bcf.base.bulk import RowsRefused
from bcf.base.differences import shown_fields
from bcf.base.links import lost_links
from bcf.base.names import Names, foreign_keys
from bcf.base.reads import locked
from bcf.base.versions import REMOVED, Version, history_of
from bcf.base.words import date_in_words, field_label, sentences
from plans import actions
from plans.changes import Act, Links, change_set
from plans.choices import ChangeKind
from plans.models import ChangeSet
from plans.scopes import Scope


class CannotRestore(actions.Refused):
    """An old value cannot be put back, with a sentence that says why and what to do."""


class ChangedMeanwhile(CannotRestore):
    """Somebody changed the row after the page was opened."""


def seen_of(row: Model) -> str:
    """What a page carries of a row, to tell later whether it is still as it was shown."""
    return str(history_of(type(row)).filter(id=row.pk).values_list("history_id", flat=True).first())


def row_restore(
    *, row: Any, version: Version, fields: Collection[str], seen: str, scope: Scope, by: User
) -> ChangeSet:
    """Give these fields of a row the values that they had in a version of it.

    Raises `Refused` where the person may not change the row, `ChangedMeanwhile` where it is no
    longer as `seen`, and `CannotRestore` where an old value is no longer valid.
    """
    model = type(row)
    words = f"Restored {_what(model, fields)} of {_named(row)} from version {version.version}"
    with change_set(kind=ChangeKind.RESTORE, words=words, scope=scope, model=model, by=by) as act:
        act.hold([row])
        fresh = locked(row)
        if fresh is None or seen_of(fresh) != seen:
            raise ChangedMeanwhile(_who_changed(row))
        links = _take_over(fresh, version, fields)
        _save(act, fresh, links)
        if not act.changed:
            raise CannotRestore("The row has these values already, so nothing was restored.")
    return act.row


def _what(model: type[Model], fields: Collection[str]) -> str:
    """The one field that is restored, or all of them."""
    if len(fields) > 1:
        return "all values"
    return field_label(model._meta.get_field(next(iter(fields))))


def _named(row: Model) -> str:
    return f"{row._meta.verbose_name} “{row}”"


def _who_changed(row: Any) -> str:
    last = history_of(type(row)).filter(id=row.pk).select_related("history_user").first()
    if last is None:
        return "This row was changed or removed meanwhile. Look at its history again."
    done = "removed" if last.history_type == REMOVED else "changed"
    who = last.history_user or "Somebody"
    return (
        f"{who} {done} this row on {date_in_words(last.history_date)}, after you had opened the "
        "page. Look at what it is now, and restore again if you still want to."
    )


def _take_over(row: Any, version: Version, fields: Collection[str]) -> Links:
    """Set the old values; gives the links, which are saved after the row."""
    require_targets([(version, fields)])
    for field in shown_fields(type(row)):
        if field.name in fields:
            setattr(row, field.attname, version.state.values[field.attname])
    return {name: numbers for name, numbers in version.state.links.items() if name in fields}


def require_targets(versions: Iterable[tuple[Version, Collection[str]]]) -> None:
    """Raise `CannotRestore` where rows that these fields pointed at are removed."""
    names = Names()
    for version, _ in versions:
        names.want_targets(version)
    names.load()
    for version, fields in versions:
        for label, model, number in _targets(version, fields):
            if not names.is_there(model, number):
                raise CannotRestore(
                    f"{label} was “{names.row(model, number)}”, which was removed. Put that "
                    f"{model._meta.verbose_name} back first, or choose another."
                )


def _targets(version: Version, fields: Collection[str]) -> Iterable[tuple[str, Any, int]]:
    for field in foreign_keys(version.model):
        number = version.state.values[field.attname]
        if field.name in fields and number is not None:
            yield field_label(field), field.related_model, number
    for link in version.model._meta.many_to_many:
        if link.name in fields:
            for number in version.state.links.get(link.name, ()):
                yield field_label(link), link.related_model, number


def _save(act: Act, row: Any, links: Links) -> None:
    try:
        act.restore([row], {row.pk: links})
    except RowsRefused as refused:
        raise CannotRestore(
            "The old value is no longer valid. " + " ".join(sentences(refused.errors[0], type(row)))
        ) from refused


def row_put_back(*, version: Version, scope: Scope, by: User) -> ChangeSet:
    """Add a removed row again as it last was, under the number and the ref that it had.

    Links to rows that are gone are left out. Raises `Refused` where the person may not change
    its plan, and `CannotRestore` where the row is there, or cannot be as it was.
    """
    model = version.model
    (row,) = instances([version])
    with change_set(
        kind=ChangeKind.RESTORE, words=f"Put back {_named(row)}", scope=scope, model=model, by=by
    ) as act:
        require_targets([(version, [field.name for field in foreign_keys(model)])])
        act.hold([row])
        if model._base_manager.filter(pk=row.pk).exists():
            raise ChangedMeanwhile(f"The {_named(row)} is there already.")
        put_back(act, [version], [row])
    return act.row


def instances(versions: Iterable[Version]) -> list[Any]:
    """Rows of one kind as they were, with what they point at, counting on from their versions."""
    every = list(versions)
    names = Names()
    for version in every:
        names.want_targets(version)
    names.load()
    rows = []
    for version in every:
        row = names.instance(version)
        row.version = version.version + 1
        row._prefetched_objects_cache = {
            name: _read(names, version.model._meta.get_field(name).related_model, numbers)
            for name, numbers in version.state.links.items()
        }
        rows.append(row)
    return rows


def _read(names: Names, model: Any, numbers: Collection[int]) -> Any:
    """Rows that were read and are there, as a row that is not saved reads what it is linked to."""
    rows = model._base_manager.all()
    rows._result_cache = [
        names.find(model, number) for number in sorted(numbers) if names.is_there(model, number)
    ]
    rows._prefetch_done = True
    return rows


def put_back(act: Act, versions: Collection[Version], rows: Collection[Any]) -> None:
    """Save removed rows of one kind again, with their links and the links of others to them."""
    links = {
        row.pk: {name: [each.pk for each in linked] for name, linked in _linked(row).items()}
        for row in rows
    }
    try:
        act.put_back(list(rows), links)
    except RowsRefused as refused:
        place, error = next(iter(refused.errors.items()))
        raise CannotRestore(
            f"The {_named(list(rows)[place])} cannot be put back: "
            + " ".join(sentences(error, type(list(rows)[place])))
        ) from refused
    model = next(iter(versions)).model
    for field, owner, number in lost_links(model, _removals(model, [row.pk for row in rows])):
        for found in field.model._base_manager.filter(pk=owner):
            getattr(found, field.name).add(number)


def _removals(model: type[Model], numbers: Collection[int]) -> dict[int, datetime]:
    """When each of these rows was last removed."""
    records = history_of(model).filter(id__in=numbers, history_type=REMOVED)
    return dict(records.order_by("history_id").values_list("id", "history_date"))


def _linked(row: Any) -> Mapping[str, Any]:
    linked: Mapping[str, Any] = row._prefetched_objects_cache
    return linked
