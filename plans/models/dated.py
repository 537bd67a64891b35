"""What exists between two dates, what comes after it, and what is refused at another time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from bcf.periods import FinancialYear
from plans.successions import DatedBody, Lifetime, Successions


class Dated(models.Model):
    """What exists from one day to another, both included; either may not be known."""

    valid_from = models.DateField("exists from", null=True, blank=True)
    valid_to = models.DateField("exists until", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def lifetime(self) -> Lifetime:
        """When it exists, as far as it is known."""
        return Lifetime(self.valid_from, self.valid_to)

    def exists_in(self, year: FinancialYear) -> bool:
        """Whether it exists on any day of a financial year."""
        return self.lifetime.meets(Lifetime.of_years([year]))

    def existed_on(self, day: date) -> bool:
        """Whether it exists on a day."""
        return self.lifetime.meets(Lifetime.of_day(day))


class DatedRow(Dated):
    """A body that others come after: `succeeded_by`, which each model of bodies declares.

    `KEY` is the field that names it among all.
    """

    KEY: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def dated(self) -> DatedBody:
        """The body as a plain value."""
        return DatedBody(getattr(self, self.KEY), str(self), self.lifetime)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """“Exists until” is not before “exists from”, where both are known."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_to__gte=F("valid_from")),
        name=f"{name}_ends_after_it_starts",
        violation_error_message=(
            "“Exists until” is before “exists from”. Change one of the two dates."
        ),
    )


def existing(when: Lifetime) -> Q:
    """The condition that a row exists on any day of a time; what is not known fits."""
    condition = Q()
    if when.last is not None:
        condition &= Q(valid_from__isnull=True) | Q(valid_from__lte=when.last)
    if when.first is not None:
        condition &= Q(valid_to__isnull=True) | Q(valid_to__gte=when.first)
    return condition


def linked_bodies(model: Any, also: Q | None = None) -> models.QuerySet[Any, Any]:
    """The bodies of a model that came after others, or were come after; and others beside them.

    Read by `ways_of(model)`, a row for each that came after it.
    """
    field = model._meta.get_field("succeeded_by")
    links = field.remote_field.through._base_manager
    ends = field.m2m_field_name(), field.m2m_reverse_field_name()
    linked = Q(pk__in=links.values(ends[0])) | Q(pk__in=links.values(ends[1]))
    found: models.QuerySet[Any, Any] = model._base_manager.filter(linked | also if also else linked)
    return found


def ways_of(model: Any) -> dict[str, str]:
    """What is read of each of these bodies, and the way to it."""
    return {
        "key": model.KEY,
        "name": "name",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "after": f"succeeded_by__{model.KEY}",
    }


def successions_from(rows: Iterable[Mapping[str, Any]]) -> Successions:
    """Who came after whom, of what was read by `ways_of`; dates may be texts."""
    return Successions.of_links(
        (
            DatedBody(
                row["key"],
                row["name"],
                Lifetime(day_of(row["valid_from"]), day_of(row["valid_to"])),
            ),
            row["after"],
        )
        for row in rows
    )


def day_of(read: date | str | None) -> date | None:
    """A day that was read as it is, or as its text."""
    return date.fromisoformat(read) if isinstance(read, str) else read


def successions_of(model: Any, also: Q | None = None) -> Successions:
    """Who came after whom among all bodies of a model, and others beside them; one query."""
    ways = ways_of(model)
    rows = linked_bodies(model, also).order_by().values_list(*ways.values())
    return successions_from(dict(zip(ways, row, strict=True)) for row in rows)


def successors_refused(body: Any, ended: date | None, successors: Iterable[Any]) -> str:
    """Why these cannot come after a body that exists until `ended`; blank where they can."""
    known = successions_of(type(body))
    for each in successors:
        if each.pk == body.pk and body.pk is not None:
            return f"{each} does not come after itself. Choose another."
        if known.leads_to(each.dated.key, body.dated.key):
            return f"{body} itself comes after {each}. Choose another."
        if each.valid_to is not None and (ended is None or each.valid_to < ended):
            return f"{each} ends before {body} does, so it cannot come after it. Choose another."
    return ""


def bodies_refused(
    bodies: Iterable[Any], when: Lifetime, words: str, kept: Iterable[Any] = ()
) -> str:
    """Why some of these rows are not of a time, and whom to choose; blank where all are.

    `kept` are those that are linked already: what is stored stays.
    """
    others = [each for each in bodies if not each.lifetime.meets(when)]
    known = {each.pk for each in kept} if others else set()
    refused = [each for each in others if each.pk not in known]
    if not refused:
        return ""
    successions = successions_of(type(refused[0]))
    return " ".join(successions.refusal(each.dated, when, words) for each in refused)
