"""Files of rows of plans: who may read and write them, and what their columns hold."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, ClassVar

from bcf.accounts.access import Ability
from bcf.base.references import LinksCell, ReferenceCell
from bcf.base.resources import Choices, Links, Names, RowResource
from plans.actions import NotAllowed, PlanClosed
from plans.cycle_definitions import BLOCKS, Choice, CycleDefinition, definitions
from plans.models import (
    Answer,
    Board,
    Contribution,
    Organisation,
    OwnHeading,
    Plan,
    PopulationShare,
    RelatedDocument,
    Requirement,
)
from plans.models.dated import bodies_refused, successors_refused
from plans.models.offered import years_of
from plans.queries import boards_where, may_on_plan, plans_editable_by
from plans.scopes import PLAN_ROWS, PLANS, REFERENCE
from plans.targets import AUTHORITIES, BOARDS, COMMISSIONERS, CYCLES, ORGANISATIONS
from plans.targets import PLANS as PLANS_BY_SLUG

# What decides who may read and change a plan is an administrator's business.
DECIDE_ACCESS = ("boards", "commissioners", "part_of", "attached_to")
ONLY_ADMINISTRATORS = "Only an administrator adds or changes these rows."


def of_cycle(find: Callable[[CycleDefinition], Iterable[Choice]]) -> Choices:
    """The choices of the cycle of a row's plan; of every cycle where there is no plan."""

    def choices(row: Any) -> list[tuple[str, str]]:
        plan = row.plan if row.plan_id else None
        cycles = [plan.cycle.definition] if plan else definitions().values()
        return list(
            {each.key: (each.key, each.label) for cycle in cycles for each in find(cycle)}.values()
        )

    return choices


class ScopedResource(RowResource):
    """Rows whose `scope` says who may change them: what is closed or another's is refused."""

    def refusal(self, row: Any, links: Links) -> dict[str, str]:
        """Why the person may not; raises `Refused` in place of it where the resource is strict."""
        refused = self._refusal(row, links)
        if refused and self.is_strict:
            plan = self.scope.plan_of(row)
            is_own = plan is not None and may_on_plan(self.person, Ability.EDIT_DRAFT, plan)
            raise (PlanClosed if is_own else NotAllowed)(" ".join(refused.values()))
        return refused

    def _refusal(self, row: Any, links: Links) -> dict[str, str]:
        plan = self.scope.plan_of(row)
        if plan is not None:
            return {} if plan.pk in self._drafts else {self._about: _why_not(plan)}
        boards = self.boards_of(row, links)
        if not boards or not self._own_boards.isdisjoint(board.pk for board in boards):
            return {}
        named = " and ".join(str(board) for board in boards)
        return {self._about: f"You may not add or change rows of the {named}."}

    def boards_of(self, row: Any, links: Links) -> list[Board]:
        """The boards whose editors may change a row that has no plan."""
        boards: list[Board] = self.scope.boards_of(row)
        return boards

    @property
    def _about(self) -> str:
        """The column that an answer about who may change the row is about."""
        return self.SCOPE[0] if self.SCOPE else self.REF

    @cached_property
    def _drafts(self) -> set[int]:
        return set(plans_editable_by(self.person).values_list("pk", flat=True))

    @cached_property
    def _own_boards(self) -> set[int]:
        return set(boards_where(self.person, self.scope.ability).values_list("pk", flat=True))


def _why_not(plan: Plan) -> str:
    if plan.is_open:
        return f"You may not change {plan}. Ask an approver of its board to invite you as editor."
    return (
        f"{plan} is {plan.get_status_display().lower()}, so it is read-only. "
        "An approver can reopen it."
    )


class PlanRowResource(ScopedResource):
    """Rows of a plan."""

    scope = PLAN_ROWS
    REFERENCES = {"plan": ReferenceCell(PLANS_BY_SLUG)}
    ALONG: ClassVar[Names] = ("plan__cycle", "plan__boards")


class ContributionResource(PlanRowResource):
    REFERENCES = {**PlanRowResource.REFERENCES, "contributor": ReferenceCell(ORGANISATIONS)}
    CHOICES = {
        "funding_source": of_cycle(lambda cycle: cycle.funding_sources),
        "sub_source": of_cycle(
            lambda cycle: (sub for source in cycle.funding_sources for sub in source.sub_sources)
        ),
    }

    class Meta:
        model = Contribution


class RequirementResource(PlanRowResource):
    CHOICES = {"rule": of_cycle(lambda cycle: cycle.requirement_rules)}

    class Meta:
        model = Requirement


class AnswerResource(PlanRowResource):
    CHOICES = {"question": of_cycle(lambda cycle: cycle.questions)}

    class Meta:
        model = Answer


class OwnHeadingResource(PlanRowResource):
    CHOICES = {
        "question": of_cycle(lambda cycle: cycle.questions),
        "block": lambda plan: [(key, kind.label) for key, kind in BLOCKS.items()],
    }

    class Meta:
        model = OwnHeading


class RelatedDocumentResource(PlanRowResource):
    class Meta:
        model = RelatedDocument


class PlanResource(ScopedResource):
    """Plans themselves; what decides who may read and change one is an administrator's business."""

    scope = PLANS
    SCOPE = ()
    REF = "slug"
    REFERENCES = {
        "cycle": ReferenceCell(CYCLES),
        "part_of": ReferenceCell(PLANS_BY_SLUG),
        "attached_to": ReferenceCell(PLANS_BY_SLUG),
        "boards": LinksCell(BOARDS),
        "commissioners": LinksCell(ORGANISATIONS),
    }
    CHOICES = {
        "template_version": lambda plan: [
            (each.key, each.label)
            for each in (plan.cycle.definition.template_versions if plan.cycle_id else ())
        ]
    }

    class Meta:
        model = Plan
        exclude = ("id", "version", "status")

    def refusal(self, row: Any, links: Links) -> dict[str, str]:
        if row.pk is not None:
            return super().refusal(row, links)
        if self.person.is_administrator:
            return {}
        return {"slug": "Only an administrator adds a plan. Check the slug of an existing one."}

    def settled(self, row: Any) -> Iterable[str]:
        others = () if self.person.is_administrator else DECIDE_ACCESS
        return (*super().settled(row), *others)

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        boards, named = links.get("boards"), links.get("commissioners")
        if boards is None:
            boards = list(row.boards.all()) if row.pk else []
        found = {"boards": row.refused_boards(boards)}
        if named and row.cycle_id:
            kept = row.commissioners.all() if row.pk else ()
            found["commissioners"] = bodies_refused(named, *years_of(row), kept)
        return {name: refused for name, refused in found.items() if refused}


class ReferenceResource(ScopedResource):
    """Reference data, for administrators."""

    scope = REFERENCE
    SCOPE: ClassVar[Names] = ()
    REF = "key"

    def refusal(self, row: Any, links: Links) -> dict[str, str]:
        return {} if self.person.is_administrator else {self._about: ONLY_ADMINISTRATORS}


class DatedResource(ReferenceResource):
    """Bodies that others come after."""

    def row_errors(self, row: Any, links: Links) -> dict[str, str]:
        after = links.get("succeeded_by")
        refused = after and successors_refused(row, row.valid_to, after)
        return {"succeeded_by": refused} if refused else {}


class OrganisationResource(DatedResource):
    REFERENCES = {"succeeded_by": LinksCell(ORGANISATIONS)}

    class Meta:
        model = Organisation


class BoardResource(DatedResource):
    REF = "slug"
    REFERENCES = {
        "authority": ReferenceCell(AUTHORITIES),
        "succeeded_by": LinksCell(BOARDS),
    }

    class Meta:
        model = Board


class PopulationShareResource(ReferenceResource):
    SCOPE = ("board", "commissioner")
    REF = "vintage"
    REFERENCES = {"board": ReferenceCell(BOARDS), "commissioner": ReferenceCell(COMMISSIONERS)}

    class Meta:
        model = PopulationShare
