"""The history of fields with several rows: which rows were linked at each record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet


def link_history(field: Any) -> QuerySet[Any]:
    """The history of a field with several rows: one record for each row linked at the time."""
    records: QuerySet[Any] = getattr(field.model.history.model, field.name).model.objects.all()
    return records


def target_column(field: Any) -> str:
    """The column of a link that holds the row that is pointed at."""
    return f"{field.m2m_reverse_field_name()}_id"


def keep_links(model: Any, records: Sequence[Any]) -> None:
    """Keep with records that were just written in bulk what their rows are linked to now."""
    by_row = {record.id: record for record in records}
    for field in model._meta.many_to_many:
        own, target = f"{field.m2m_field_name()}_id", target_column(field)
        through = field.remote_field.through
        links = through._base_manager.filter(**{f"{own}__in": list(by_row)})
        history = link_history(field)
        history.bulk_create(
            history.model(
                **{
                    "id": link.pk,
                    own: getattr(link, own),
                    target: getattr(link, target),
                    "history": by_row[getattr(link, own)],
                }
            )
            for link in links
        )


def lost_links(model: type[Model], removed: Mapping[int, datetime]) -> list[tuple[Any, int, int]]:
    """What other rows were linked to these when they were removed: field, owner, removed row.

    `removed` has the moment of each removal. A removal takes links along without a record, so
    that the last record of the owner before it still has them.
    """
    found: list[tuple[Any, int, int]] = []
    for relation in model._meta.related_objects:
        if relation.many_to_many and hasattr(relation.related_model, "history"):
            found += _lost(relation.field, removed)
    return found


def _lost(field: Any, removed: Mapping[int, datetime]) -> Iterator[tuple[Any, int, int]]:
    own, target = f"{field.m2m_field_name()}_id", target_column(field)
    links = link_history(field).filter(**{f"{target}__in": list(removed)})
    pairs = set(links.values_list("history_id", own, target))
    records = field.model.history.filter(id__in={owner for _, owner, _ in pairs})
    moments = list(records.order_by("history_id").values_list("id", "history_id", "history_date"))
    for owner, number in {(owner, row) for _, owner, row in pairs}:
        before = [record for row, record, at in moments if row == owner and at <= removed[number]]
        if before and (before[-1], owner, number) in pairs:
            yield field, owner, number
