"""The history of rows, whose records of removals may be written together."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any

from django.db.models import Model
from django.utils import timezone
from simple_history.models import HistoricalRecords

from bcf.base.reasons import person_now, reason_now

CHUNK = 200
_waiting: ContextVar[list[Any] | None] = ContextVar("waiting", default=None)


class Records(HistoricalRecords):
    """Writes a record of each change of a row, of removals many at once where that is asked."""

    def post_delete(self, instance: Model, using: Any = None, **kwargs: Any) -> None:
        waiting = _waiting.get()
        if waiting is None:
            super().post_delete(instance, using=using, **kwargs)
            return
        model: Any = type(instance)
        waiting.append(
            model.history.model(
                history_date=timezone.now(),
                history_type="-",
                history_user=self.get_history_user(instance) or person_now(),
                history_change_reason=reason_now() or None,
                **{each.attname: getattr(instance, each.attname) for each in model._meta.fields},
            )
        )


@contextmanager
def removals_together() -> Iterator[None]:
    """Write the records of the removals within this block at its end, a kind of row at a time."""
    waiting: list[Any] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for _, records in groupby(sorted(waiting, key=_kind), key=_kind):
        every = list(records)
        type(every[0])._base_manager.bulk_create(every, batch_size=CHUNK)


def _kind(record: Model) -> str:
    return record._meta.label
