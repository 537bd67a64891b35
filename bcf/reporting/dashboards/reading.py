"""Reads what a dashboard shows of one plan, in a fixed number of queries whatever its size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bcf.assurance.attached import Attached, Refreshed, attached_money, plan_beside
from bcf.assurance.checks.asking import as_read
from bcf.assurance.checks.finding import Findings
from bcf.assurance.checks.reading import record_and_more
from bcf.assurance.checks.record import Record
from bcf.assurance.checks.running import check
from bcf.assurance.checks.together import Wanted
from bcf.reporting.list_views import rows_of
from bcf.reporting.lists.base import RowList
from governance.models import Agreement
from plans.cycle_definitions import REFRESH
from plans.models import Board, Plan
from plans.queries import Somebody, plans_visible_to

Found = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class PlanRead:
    """What one person may read of a plan.

    `joint` is the plan of which it is a part, where the reader may know of that one; `parts` are
    those of its own that the reader may see, and `hidden_parts` says how many they may not.
    `base` is the plan that it is attached to, where the reader may know of that one, and
    `refreshed` what it changes of it; `attached` are its own supplements and refreshes.
    """

    plan: Plan
    parts: tuple[Plan, ...]
    joint: Plan | None
    record: Record
    findings: Findings
    hidden_parts: int
    base: Plan | None = None
    attached: tuple[Attached, ...] = ()
    refreshed: Refreshed | None = None

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards whose plan it is."""
        return tuple(self.plan.boards.all())

    @property
    def is_joint(self) -> bool:
        """Whether the plan is of several boards together."""
        return len(self.boards) > 1


def family_where(user: Somebody, which: Q, **more: Any) -> list[Plan]:
    """These plans as far as the user may see them, by title, with their boards and councils.

    `more` are expressions whose values the plans are given.

    Two queries, one more where the reader's standing is asked for the first time.
    """
    boards = Prefetch("boards", Board.objects.select_related("authority"))
    found = plans_visible_to(user).filter(which).annotate(**more).distinct()
    return list(found.order_by("title").prefetch_related(boards))


def read_of(
    plan: Plan,
    family: Sequence[Plan],
    agreements: QuerySet[Agreement],
    today: date,
    more: Mapping[str, Wanted],
) -> tuple[PlanRead, Found]:
    """The plan, read together with `more`; ten queries.

    `family` holds its parts and its joint plan, what is attached to it and what it is attached
    to, with their parts: those that the reader may see; `agreements` is a scoped read of all of
    them. Three queries more where anything is attached to it, and five where it is a refresh.
    """
    parts = tuple(each for each in family if each.part_of_id == plan.pk)
    joint = next((each for each in family if each.pk == plan.part_of_id), None)
    wanted = {**more, "parts": Wanted(plan.parts.all(), {"pk": F("pk")})}
    record, found = record_and_more(plan, parts, joint, agreements, today, more=wanted)
    hidden = len(found["parts"]) - len(parts)
    findings = as_read(check(record), plan, joint, hides_parts=hidden > 0)
    base = next((each for each in family if each.pk == plan.attached_to_id), None)
    refreshed = None
    if base and plan.kind == REFRESH:
        refreshed = plan_beside(_with_parts([base], family), record.money, record.measured)
    own = [each for each in family if each.attached_to_id == plan.pk]
    attached = attached_money(_with_parts(own, family))
    return PlanRead(plan, parts, joint, record, findings, hidden, base, attached, refreshed), found


def _with_parts(plans: Sequence[Plan], family: Iterable[Plan]) -> list[Plan]:
    """These plans, and then those of the family that are parts of them."""
    numbers = {each.pk for each in plans}
    return [*plans, *(each for each in family if each.part_of_id in numbers)]


def list_counts(
    user: Somebody, specs: Iterable[RowList], owners: Mapping[bool, Mapping[int, str]]
) -> dict[str, Any]:
    """How many rows each list has, as expressions, so that none is counted by itself.

    `owners` are those whose rows a list shows, by whether the list shows inherited rows too.
    """
    return {spec.key: _count(rows_of(user, spec, owners[spec.inherits])) for spec in specs}


def _count(rows: QuerySet[Any]) -> Coalesce:
    found = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")).order_by()
    counted = found.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
