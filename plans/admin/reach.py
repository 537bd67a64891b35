"""The plans of a list's rows, read once a request: what filters by plan offer follows from them.

A list may hold hundreds of thousands of rows and its plans are some hundreds, so the boards,
cycles, years, sources and statuses on offer are those of the plans.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from plans.cycle_definitions import CycleDefinition, UnknownChoice, definition
from plans.models import Board, Plan
from plans.queries import plans_visible_to

# What narrows a list to some plans, as it stands in the address.
BOARD, CYCLE, PLAN, PLAN_STATUS = "board", "cycle", "plan__id__exact", "plan_status"
# Filters that look through the rows of plans do so for no more plans than these.
FEW = 12


@dataclass(frozen=True)
class PlanFacts:
    """What filters need of a plan."""

    number: int
    title: str
    cycle: str
    status: str


class Reach:
    """The plans that the person may read and that rows of a list belong to."""

    def __init__(self, request: HttpRequest, rows: QuerySet[Any], path: str) -> None:
        self._asked = request.GET
        self._rows = rows.order_by()
        self._path = path
        self._user = request.user

    @cached_property
    def _visible(self) -> QuerySet[Plan]:
        visible = plans_visible_to(self._user)
        if self._path == "pk":
            return visible
        return visible.filter(Exists(self._rows.filter(**{self._path: OuterRef("pk")})))

    @cached_property
    def plans(self) -> list[PlanFacts]:
        """All of them, the newest cycle first."""
        found = self._visible.values_list("pk", "title", "cycle__key", "status")
        return [PlanFacts(*each) for each in found.order_by("-cycle__key", "title")]

    @cached_property
    def boards(self) -> dict[str, tuple[str, frozenset[int]]]:
        """The boards of these plans by slug: the name of the area, and the plans' numbers."""
        known = [plan.number for plan in self.plans]
        found = Board.objects.filter(plans__in=known).order_by("name")
        areas: dict[str, str] = {}
        numbers: dict[str, set[int]] = {}
        for slug, name, plan in found.values_list("slug", "name", "plans__pk"):
            areas[slug] = Board(name=name).area
            numbers.setdefault(slug, set()).add(plan)
        return {slug: (area, frozenset(numbers[slug])) for slug, area in areas.items()}

    def narrowed(self, *but: str) -> list[PlanFacts]:
        """The plans that fit what the address asks for, not asking for what `but` names."""
        found: Iterable[PlanFacts] = self.plans
        if (board := self._asked.get(BOARD)) and BOARD not in but:
            numbers = self.boards.get(board, ("", frozenset()))[1]
            found = [plan for plan in found if plan.number in numbers]
        for name, fact in ((CYCLE, "cycle"), (PLAN, "number"), (PLAN_STATUS, "status")):
            if (value := self._asked.get(name)) and name not in but:
                found = [plan for plan in found if str(getattr(plan, fact)) == value]
        return list(found)

    @cached_property
    def few(self) -> list[int] | None:
        """The numbers of the plans that fit, where they are few; else None."""
        numbers = [plan.number for plan in self.narrowed()]
        return numbers if len(numbers) <= FEW else None

    @cached_property
    def definitions(self) -> list[CycleDefinition]:
        """What the cycles of the plans that fit ask, the oldest first."""
        found = []
        for key in sorted({plan.cycle for plan in self.narrowed()}):
            try:
                found.append(definition(key))
            except UnknownChoice:
                continue
        return found
