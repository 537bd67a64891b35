"""Reads all that a plan's page shows, in a fixed number of queries whatever its size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from bcf.assurance.changes import last_changed
from bcf.assurance.checks.together import Wanted
from bcf.reporting.dashboards.reading import PlanRead, family_where, list_counts, read_of
from bcf.reporting.list_views import ListLink, owners_named
from bcf.reporting.lists import PLAN_LISTS
from governance.queries import agreements_visible_to
from plans.models import Plan, PlanEvent
from plans.queries import Somebody, histories_visible_to

NEWEST_EVENTS = 20


@dataclass(frozen=True)
class PlanPageRead:
    """A plan with what its own page alone shows: its lists by group, its history, its events."""

    read: PlanRead
    counts: Mapping[str, int]
    changed_at: datetime | None
    may_read_history: bool
    events: tuple[PlanEvent, ...]

    @property
    def plan(self) -> Plan:
        return self.read.plan


def read_plan(user: Somebody, slug: str, today: date) -> PlanPageRead:
    """The plan of this name; `Http404` where there is none or the reader may not know of it."""
    own = _with_attached(slug)
    which = Q(pk__in=own) | Q(part_of__in=own) | Q(parts__slug=slug)
    family = family_where(user, which)
    plan = next((each for each in family if each.slug == slug), None)
    if plan is None:
        raise Http404(f"No plan named {slug} was found.")
    parts = [each for each in family if each.part_of_id == plan.pk]
    kin = [plan, *parts, *(each for each in family if each.pk == plan.part_of_id)]
    more = {
        "history": Wanted(histories_visible_to(user).filter(pk=plan.pk), {"pk": F("pk")}),
        **_lists(user, plan, kin),
    }
    read, found = read_of(plan, family, agreements_visible_to(user), today, more)
    return PlanPageRead(
        read=read,
        counts={key: count for name in PLAN_LISTS for key, count in found[name][0].items()},
        changed_at=last_changed([plan, *parts]),
        may_read_history=bool(found["history"]),
        events=tuple(plan.events.all()[:NEWEST_EVENTS]),
    )


def _with_attached(slug: str) -> QuerySet[Any, Any]:
    """The plan of this name, what is attached to it, and what it is attached to, by number."""
    which = Q(slug=slug) | Q(attached_to__slug=slug) | Q(attachments__slug=slug)
    return Plan.objects.filter(which).order_by().values("pk")


def _lists(user: Somebody, plan: Plan, family: list[Plan]) -> dict[str, Wanted]:
    """The number of rows of each list, a group of lists a row: a database names so many at once."""
    itself = Plan.objects.filter(pk=plan.pk)
    own = [each for each in family if each.pk != plan.part_of_id]
    owners = {False: owners_named(own), True: owners_named(family)}
    return {
        name: Wanted(itself, list_counts(user, specs, owners)) for name, specs in PLAN_LISTS.items()
    }


def plan_links(page: PlanPageRead) -> list[tuple[str, list[ListLink]]]:
    """The lists of a plan by group, each with its number of rows."""
    return [
        (
            group,
            [ListLink.of(spec, "plan", page.plan.slug, page.counts[spec.key]) for spec in specs],
        )
        for group, specs in PLAN_LISTS.items()
    ]
