"""Many rows changed by one act: all or none, and undone by one.

    with change_set(kind=ChangeKind.BULK, words="…", by=user, …) as act:
        act.save(rows)

Every history record made inside carries the ref of the `ChangeSet`, which is added at the end.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from bcf.accounts.models import User
from bcf.base.bulk import Saved, save_rows
from bcf.base.models import Versioned
from bcf.base.reasons import because
from plans.choices import ChangeKind
from plans.models import ChangeSet
from plans.scopes import Scope


class Act:
    """What one act has done so far; `row` is its `ChangeSet` once it has ended."""

    row: ChangeSet

    def __init__(self, scope: Scope, by: User) -> None:
        self._scope = scope
        self._by = by
        self._plans: set[int] = set()
        self.added = self.changed = self.removed = 0

    def save(self, rows: Sequence[Versioned]) -> Saved:
        """Save new and changed rows, as `bcf.base.bulk.save_rows` does."""
        self.hold(rows)
        saved = save_rows(rows, by=self._by)
        self.added += saved.added
        self.changed += saved.changed
        return saved

    def remove(self, rows: Sequence[Versioned]) -> None:
        """Remove rows one by one, so that each leaves a history."""
        self.hold(rows)
        for row in rows:
            row.delete()
        self.removed += len(rows)

    def hold(self, rows: Sequence[Versioned]) -> None:
        """Lock the plans of rows that will change; `Refused` where one may not."""
        self._scope.hold(rows, by=self._by)
        self._plans.update(plan.pk for row in rows if (plan := self._scope.plan_of(row)))

    def record(self, **facts: Any) -> None:
        """Add the event itself, when all is done."""
        self.row = ChangeSet.objects.create(
            **facts,
            actor=self._by,
            actor_name=str(self._by),
            added=self.added,
            changed=self.changed,
            removed=self.removed,
        )
        self.row.plans.set(self._plans)


@contextmanager
def change_set(
    *,
    kind: ChangeKind,
    words: str,
    scope: Scope,
    model: type[models.Model],
    by: User,
    undoes: ChangeSet | None = None,
) -> Iterator[Act]:
    """Do what is inside in one transaction, and add its `ChangeSet` unless it changed nothing.

    Raises `Refused` or `RowsRefused` from what is inside; then nothing was changed.
    """
    act = Act(scope, by)
    ref = secrets.token_hex(6)
    with transaction.atomic(), because(ref):
        yield act
        if act.added or act.changed or act.removed:
            act.record(
                ref=ref, kind=kind, words=words[:300], model=model._meta.label_lower, undoes=undoes
            )
