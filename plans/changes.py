"""Many rows changed by one act: all or none, and undone by one.

    with change_set(kind=ChangeKind.BULK, words="…", by=user, …) as act:
        act.save(rows)

Every history record made inside carries the ref of the `ChangeSet`, which is added at the end.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from bcf.accounts.models import User
from bcf.base.bulk import Saved, put_back_rows, save_rows
from bcf.base.models import Versioned
from bcf.base.reasons import because
from bcf.base.records import removals_together
from plans.choices import ChangeKind
from plans.models import ChangeSet, Plan
from plans.scopes import Scope

CHUNK = 500
# The rows that a row is linked to, by field.
Links = Mapping[str, Collection[int]]


class Act:
    """What one act has done so far; `row` is its `ChangeSet` once it has ended.

    `scope` is that of the kind of row which is worked on; an act may turn to another kind.
    """

    row: ChangeSet

    def __init__(self, scope: Scope, by: User) -> None:
        self.scope = scope
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

    def link(self, row: Versioned, links: Links) -> None:
        """Link a row to exactly these rows, by field."""
        for name, numbers in links.items():
            if _is_other(row, name, numbers):
                getattr(row, name).set(numbers)

    def restore(self, rows: Sequence[Versioned], links: Mapping[int, Links]) -> None:
        """Save rows as they were, and link each to what it was linked to, by its number."""
        stored = {row.pk: row.version for row in rows}
        self.save(rows)
        for row in rows:
            differing = {
                name: numbers
                for name, numbers in links.get(row.pk, {}).items()
                if _is_other(row, name, numbers)
            }
            if differing and row.version == stored[row.pk]:
                # A change of links alone is a version too, which the next to save is told of.
                row.save()
                self.changed += 1
            self.link(row, differing)

    def put_back(self, rows: Sequence[Versioned], links: Mapping[int, Links]) -> None:
        """Save removed rows again, under the numbers and refs that they had, with their links."""
        self.hold(rows)
        self.added += put_back_rows(rows, by=self._by).added
        for row in rows:
            row.__dict__["_prefetched_objects_cache"] = {}
            self.link(row, links.get(row.pk, {}))

    def remove(self, rows: Sequence[Versioned]) -> None:
        """Remove rows, each of which leaves a history."""
        self.hold(rows)
        with removals_together():
            for start in range(0, len(rows), CHUNK):
                chunk = rows[start : start + CHUNK]
                type(chunk[0])._base_manager.filter(pk__in=[row.pk for row in chunk]).delete()
        self.removed += len(rows)

    def hold(self, rows: Sequence[Versioned]) -> None:
        """Lock the plans of rows that will change; `Refused` where one may not."""
        self.scope.hold(rows, by=self._by)
        self._plans.update(plan.pk for row in rows if (plan := self.scope.plan_of(row)))

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
        # A plan that was itself removed is no longer there to be named.
        self.row.plans.set(Plan.objects.filter(pk__in=self._plans))


def _is_other(row: Versioned, name: str, numbers: Collection[int]) -> bool:
    """Whether a row is linked to others than these."""
    return set(getattr(row, name).values_list("pk", flat=True)) != set(numbers)


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
    with transaction.atomic(), because(ref, by=by):
        yield act
        if act.added or act.changed or act.removed:
            act.record(
                ref=ref, kind=kind, words=words[:300], model=model._meta.label_lower, undoes=undoes
            )
