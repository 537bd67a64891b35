"""What goes with a row that is removed, and what holds it, in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.http import HttpRequest

MOST_NAMED = 20


def counted(rows: Iterable[models.Model]) -> list[str]:
    """`3 spend lines`, `1 benefit`: the rows by their kind."""
    kinds = Counter(type(row) for row in rows)
    return [_words(kind, number) for kind, number in kinds.items()]


def _words(kind: type[models.Model], number: int) -> str:
    meta = kind._meta
    noun = str(meta.verbose_name if number == 1 else meta.verbose_name_plural)
    return f"{number} {noun.replace('relationship', 'link')}"


class Removal:
    """What removing `rows` takes along (`along`), and the rows that forbid it (`holding`)."""

    def __init__(self, rows: Sequence[models.Model]) -> None:
        collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=list(rows))
        collector.collect(rows)
        chosen = {(type(row), row.pk) for row in rows}
        everything = [row for members in collector.model_objs.values() for row in members]
        self.along = [row for row in everything if (type(row), row.pk) not in chosen]
        # What goes along anyway holds nothing back.
        going = {(type(row), row.pk) for row in everything}
        self.holding: list[Any] = sorted(
            (row for row in collector.protected if (type(row), row.pk) not in going), key=str
        )

    def not_editable(self, request: HttpRequest, site: AdminSite) -> list[str]:
        """Rows that would go along and are not the person's to change now, by their kind."""
        kinds: dict[type[models.Model], list[Any]] = {}
        for row in self.along:
            kinds.setdefault(type(row), []).append(row.pk)
        found = []
        for kind, numbers in kinds.items():
            owner: Any = site.get_model_admin(kind) if site.is_registered(kind) else None
            if owner is not None and hasattr(owner, "editable"):
                own = owner.editable(request).filter(pk__in=numbers).count()
                if own < len(numbers):
                    found.append(_words(kind, len(numbers) - own))
        return found

    def named(self, request: HttpRequest, site: AdminSite) -> list[str]:
        """The rows that forbid it, by kind and, as far as the person may know them, by name."""
        shown = [row for row in self.holding[:MOST_NAMED] if _may_know(request, site, row)]
        names = [f"{str(row._meta.verbose_name).capitalize()}: {row}" for row in shown]
        rest = len(self.holding) - len(names)
        return [*names, *([f"and {rest} more"] if rest else [])]


def _may_know(request: HttpRequest, site: AdminSite, row: models.Model) -> bool:
    if not site.is_registered(type(row)):
        return False
    rows = site.get_model_admin(type(row)).get_queryset(request)
    return rows.filter(pk=row.pk).exists()
