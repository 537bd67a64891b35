"""All that a plan's document is written from, read once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet, prefetch_related_objects

from bcf.assurance.attached import Refreshed, plan_beside
from bcf.assurance.changes import last_changed
from bcf.assurance.checks.finding import Findings
from bcf.assurance.figures import PlanFigures
from bcf.assurance.gather import gather
from bcf.assurance.measured import gather_measured
from bcf.assurance.rows import FamilyRows, Held, gather_rows
from bcf.assurance.summary import MoneySummary, summarise
from bcf.reporting.documents.model import Block, Origin, Section
from plans.cycle_definitions import REFRESH, CycleDefinition
from plans.cycle_definitions import Block as FormBlock
from plans.models import Plan

JOINT_PLAN = "Joint plan"

Piece = Block | Section
Writer = Callable[["Reading", FormBlock], Iterable[Piece]]


@dataclass(frozen=True)
class Reading:
    """A plan with its money, its rows, and those parts and that joint plan a reader may see.

    `findings` are what its checks find, where the document is to show them, as a draft's does.
    `base` is the plan that it is attached to, and `refreshed` what it changes of that one.
    """

    plan: Plan
    figures: PlanFigures
    summary: MoneySummary
    rows: FamilyRows
    changed_at: datetime | None
    findings: Findings | None = None
    base: Plan | None = None
    refreshed: Refreshed | None = None

    @property
    def cycle(self) -> CycleDefinition:
        return self.plan.asked

    @property
    def parts(self) -> Sequence[Plan]:
        return self.rows.parts

    @property
    def origin(self) -> Origin | None:
        """The joint plan that this one inherits from."""
        joint = self.rows.joint
        return Origin(joint.slug, joint.title) if joint else None

    @cached_property
    def family(self) -> tuple[Plan, ...]:
        """The plan and its parts."""
        return (self.plan, *self.parts)

    @cached_property
    def areas(self) -> dict[str, str]:
        """The name of each plan of the family, by slug: an area's, or that of the whole."""
        names = {each.slug: each.area for each in self.figures.everything()}
        return {**names, self.plan.slug: JOINT_PLAN} if self.parts else names

    def area(self, plan: Plan) -> str:
        return self.areas.get(plan.slug, JOINT_PLAN)

    def held(self, kind: str) -> list[Held]:
        """The rows of a kind of the plan and its parts."""
        return self.rows.own(kind)


def read_plan(
    plan: Plan,
    parts: QuerySet[Plan],
    joint: Plan | None = None,
    findings: Findings | None = None,
    base: Sequence[Plan] = (),
) -> Reading:
    """Read all that the plan's document shows, in a fixed number of queries.

    `parts` are those parts that the reader may see; `joint` is the joint plan of which this is a
    part, where the reader may see it, and `base` the plan that it is attached to, with its parts.
    """
    prefetch_related_objects([plan], "boards__authority", "commissioners")
    figures = gather(plan, parts)
    return Reading(
        plan=plan,
        figures=figures,
        summary=summarise(figures),
        rows=gather_rows(plan, parts, joint),
        changed_at=last_changed([plan, *parts]),
        findings=findings,
        base=base[0] if base else None,
        refreshed=_refreshed([plan, *parts], figures, base),
    )


def _refreshed(own: Sequence[Plan], figures: PlanFigures, base: Sequence[Plan]) -> Refreshed | None:
    if not base or own[0].kind != REFRESH:
        return None
    return plan_beside(base, figures, gather_measured(own, with_context=False))
