"""Pages that list the rows of a plan or a board, paged and filtered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.reporting.lists.agreements import BOARD_AGREEMENTS
from bcf.reporting.lists.base import REF, RowList, choices_of, chosen, table_of, whole_of
from bcf.reporting.plan_context import plan_context
from plans.models import Organisation, Plan
from plans.models.dated import successions_of
from plans.queries import Somebody, board_for, parts_visible_to, plan_for, plans_visible_to

PAGE_SIZE = 100
JOINT_PLAN = "Joint plan"


@public_read
@require_safe
def plan_rows(request: HttpRequest, slug: str, spec: RowList) -> HttpResponse:
    """One kind of row of a plan and its parts, each with its source."""
    found = plan_for(request.user, slug)
    owners = owners_of(request.user, found, inherits=spec.inherits)
    context = plan_context(request, found, spec.heading)
    return _page(request, spec, owners, {**context, "back": found.get_absolute_url()})


@public_read
@require_safe
def board_rows(request: HttpRequest, slug: str, spec: RowList) -> HttpResponse:
    """One kind of row of a board that belongs to no single plan of it."""
    board = board_for(slug)
    address = reverse("board", args=[slug])
    trail = [("Plans and boards", reverse("home")), (board.name, address), (spec.heading, "")]
    context = {"trail": trail, "owner": board.name, "back": address}
    if spec.key == BOARD_AGREEMENTS.key:
        context["register"] = f"{reverse('agreements')}?board={slug}"
    return _page(request, spec, {board.pk: board.area}, context)


def owners_of(user: Somebody, found: Plan, *, inherits: bool) -> dict[int, str]:
    """The plans whose rows a list shows, each with the name of its area."""
    ids = [found.pk, *parts_visible_to(user, found).values_list("pk", flat=True)]
    joint = found.part_of_id if inherits else None
    if joint and plans_visible_to(user).filter(pk=joint).exists():
        ids.append(joint)
    return owners_named(Plan.objects.filter(pk__in=ids).prefetch_related("boards"))


def owners_named(family: Collection[Plan]) -> dict[int, str]:
    """These plans, whose boards are read, each with the name of its area."""
    return {plan.pk: _area(plan, among=len(family)) for plan in family}


def _area(plan: Plan, among: int) -> str:
    boards = [board.area for board in plan.boards.all()]
    return JOINT_PLAN if among > 1 and len(boards) > 1 else " and ".join(boards)


def rows_of(user: Somebody, spec: RowList, owners: Mapping[int, str]) -> QuerySet[Any]:
    """Those rows of a list that the person may see."""
    return spec.scope(user, spec.rows(list(owners)))


@dataclass(frozen=True)
class ListLink:
    """A list with its address and how many rows it holds."""

    label: str
    address: str
    count: int

    @classmethod
    def of(cls, spec: RowList, owner: str, slug: str, count: int) -> "ListLink":
        """The list of a `plan` or a `board` of this slug."""
        return cls(spec.heading, reverse(f"{owner}-{spec.key}", args=[slug]), count)


def what_became(spec: RowList, rows: Iterable[Any], by: date) -> list[str]:
    """What the organisations of these rows became that exist no more, a sentence each.

    One query where there is any, and none otherwise.
    """
    named = {each.pk: each for row in rows for each in spec.bodies(row) if each and each.valid_to}
    if not named:
        return []
    known = successions_of(Organisation, Q(pk__in=named))
    told = {each.name: known.became(each.key, by) for each in named.values()}
    return [f"{name} existed {words}." for name, words in sorted(told.items()) if words]


def _page(
    request: HttpRequest, spec: RowList, owners: Mapping[int, str], context: dict[str, Any]
) -> HttpResponse:
    rows = rows_of(request.user, spec, owners)
    found = chosen(rows, spec, request.GET)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    names = {each.name for each in spec.filters} | {"q", REF}
    is_filtered = any(request.GET.get(name) for name in names)
    shown = list(page.object_list)
    table = table_of(
        spec,
        shown,
        owners=owners,
        whole=whole_of(spec, found),
        is_filtered=is_filtered,
        notes=what_became(spec, shown, timezone.localdate()),
    )
    return render(
        request,
        "reporting/rows.html",
        {
            **context,
            "heading": spec.heading,
            "table": table,
            "page_obj": page,
            "filters": choices_of(rows, spec, request.GET),
            "can_search": bool(spec.search),
            "is_filtered": is_filtered,
            "of_refs": bool(request.GET.get(REF)),
            "q": request.GET.get("q", ""),
        },
    )
