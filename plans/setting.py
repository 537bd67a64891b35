"""One field of many rows set to one value: what that would change, and doing it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from bcf.accounts.models import User
from bcf.base.bulk import RowsRefused
from bcf.base.differences import is_same
from bcf.base.names import Names, complete_all
from bcf.base.words import field_label, sentences, value_in_words
from plans import actions
from plans.changes import change_set
from plans.choices import ChangeKind
from plans.cycle_words import cycle_words
from plans.models import ChangeSet, Plan
from plans.scopes import Scope

MOST_ERRORS = 20


class CannotSet(actions.Refused):
    """Rows that cannot have the value, with a sentence for each; nothing was saved."""

    def __init__(self, problems: Sequence[str], more: int = 0) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)
        self.more = more


@dataclass(frozen=True)
class Setting:
    """What setting a field would do: the rows that change, and how many have the value already.

    `seen` tells later whether all is still so.
    """

    field: Any
    value: Any
    changing: tuple[Any, ...]
    same: int
    seen: str


def setting_of(rows: Sequence[Any], field: Any, value: Any) -> Setting:
    """What it would do to give a field of these rows a value, a row for a foreign key."""
    stored = value.pk if isinstance(value, Model) else value
    changing = [row for row in rows if not is_same(getattr(row, field.attname), stored)]
    seen = "\0".join(f"{row.pk}:{row.version}" for row in sorted(changing, key=lambda row: row.pk))
    digest = hashlib.sha256(f"{field.name}\0{stored}\0{seen}".encode()).hexdigest()[:16]
    return Setting(field, value, tuple(changing), len(rows) - len(changing), digest)


def old_and_new(setting: Setting, rows: Sequence[Any], scope: Scope) -> list[tuple[Any, str, str]]:
    """Rows with the old and the new value in words; the names take one query."""
    field, names = setting.field, Names()
    if field.is_relation:
        names.want(field.related_model, [getattr(row, field.attname) for row in rows])
        names.load()
    return [
        (
            row,
            _words(field, getattr(row, field.attname), scope.plan_of(row), names),
            words_of(setting, scope.plan_of(row)),
        )
        for row in rows
    ]


def words_of(setting: Setting, plan: Plan | None) -> str:
    """The new value in words, in the cycle of a plan."""
    if isinstance(setting.value, Model):
        return str(setting.value)
    return _words(setting.field, setting.value, plan, Names())


def _words(field: Any, value: Any, plan: Plan | None, names: Names) -> str:
    labels = cycle_words(plan.cycle.key).get(field.name, {}) if plan else {}
    return value_in_words(field, value, labels, names.row)


def field_set(setting: Setting, *, scope: Scope, by: User) -> ChangeSet:
    """Give the rows that change their new value, all or none.

    Raises `CannotSet` with a sentence for each row that cannot have it, and `Refused` where
    one may not be changed any more.
    """
    rows, field = list(setting.changing), setting.field
    names = [str(row) for row in rows]
    for row in rows:
        setattr(row, field.name, setting.value)
    words = (
        f"Set {field_label(field)} of {_count(rows)} to {words_of(setting, scope.plan_of(rows[0]))}"
    )
    try:
        with change_set(
            kind=ChangeKind.BULK, words=words, scope=scope, model=type(rows[0]), by=by
        ) as act:
            act.save(rows)
    except RowsRefused as refused:
        raise CannotSet(*_problems(names, type(rows[0]), refused)) from refused
    return act.row


def field_tried(setting: Setting, *, scope: Scope, by: User) -> None:
    """Raise what `field_set` would raise, and save nothing. The rows carry the value afterwards."""
    with transaction.atomic():
        field_set(setting, scope=scope, by=by)
        transaction.set_rollback(True)


def _count(rows: Sequence[Any]) -> str:
    options = rows[0]._meta
    return (
        f"1 {options.verbose_name}"
        if len(rows) == 1
        else f"{len(rows)} {options.verbose_name_plural}"
    )


def _problems(
    names: Sequence[str], model: type[Model], refused: RowsRefused
) -> tuple[list[str], int]:
    by_sentence: dict[str, list[str]] = {}
    for place, error in sorted(refused.errors.items()):
        by_sentence.setdefault(" ".join(sentences(error, model)), []).append(names[place])
    found = [
        f"{first}{f' and {len(others)} more' if others else ''}: {sentence}"
        for sentence, (first, *others) in by_sentence.items()
    ]
    return found[:MOST_ERRORS], max(0, len(found) - MOST_ERRORS)


def why_not(scope: Scope, row: Any) -> str:
    """Why a row is left as it is, where the person may not change it now."""
    plan = scope.plan_of(row)
    if plan is not None and not plan.is_open:
        return f"{plan} is {plan.get_status_display().lower()}, so its rows are read-only"
    return "not yours to change"


def rows_remove(rows: Sequence[Any], *, scope: Scope, by: User) -> ChangeSet | None:
    """Remove rows of one kind as one act; None where there are none. Raises `Refused`."""
    if not rows:
        return None
    model = type(rows[0])
    what = f"{model._meta.verbose_name} “{rows[0]}”" if len(rows) == 1 else _count(rows)
    with change_set(
        kind=ChangeKind.REMOVAL, words=f"Removed {what}", scope=scope, model=model, by=by
    ) as act:
        act.remove(complete_all(rows))
    return act.row
