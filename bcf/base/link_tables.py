"""Tables that link rows: which rows are linked to which, read by what they are called."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet


def _table(model: Any, way: str) -> tuple[Any, str, str]:
    """The link table at the end of a way, and its columns of the owner and of what is linked.

    Rows that name their owner themselves are a link table too, and stand in no column of it.
    """
    owner = model
    *before, last = way.split("__")
    for name in before:
        owner = owner._meta.get_field(name).related_model
    field = owner._meta.get_field(last)
    if field.one_to_many:
        return field.related_model, field.field.name, ""
    return field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()


def _on(target: str, way: str) -> str:
    """The way from a link to something of what is linked."""
    return f"{target}__{way}" if target else way


def _seen(target: str, guard: str, plans: Any) -> Q:
    """The condition that what is linked is of one of these plans, or of none."""
    if not guard or plans is None:
        return Q()
    way = "__".join((target, *guard.split("__")[1:]))
    return Q(**{f"{way}__in": plans}) | Q(**{f"{way}__isnull": True})


def linked_rows(
    model: type[Model], link: str, guard: str, plans: Any, asked: Mapping[str, Any]
) -> QuerySet[Any]:
    """The numbers of rows linked to what is asked for: ways from the row, such as `boards__slug`.

    `guard` is the way from the row to the plan of what is linked, which is one of `plans`.
    """
    through, owner, target = _table(model, link)
    own = {_on(target, way.removeprefix(f"{link}__")): value for way, value in asked.items()}
    links = through._default_manager.filter(_seen(target, guard, plans), **own)
    numbers: QuerySet[Any] = links.values(owner)
    return numbers


def links_of(
    model: type[Model], source: str, guard: str, plans: Any, owners: Sequence[int]
) -> Iterable[tuple[int, str]]:
    """What each of these rows is linked to, as its number and the key: one query, in order.

    `source` is the way from the row to the key, as `boards__slug`; a link further away, as
    `plan__boards__slug`, is told of what stands before it: `owners` are numbers of plans then.
    """
    *way, key = source.split("__")
    through, owner, target = _table(model, "__".join(way))
    links = through._default_manager.filter(_seen(target, guard, plans), **{f"{owner}__in": owners})
    return links.order_by(owner, _on(target, key)).values_list(owner, _on(target, key))
