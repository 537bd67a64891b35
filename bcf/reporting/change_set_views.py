"""The page of a change set: every row that it changed, and the way to undo it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.assurance.undo import undo
from bcf.assurance.undoing import Undoing, changes_of, undoing_of
from bcf.base.versions import Change
from bcf.reporting.history_views import shown_row
from plans import actions
from plans.models import ChangeSet, Plan
from plans.queries import (
    Somebody,
    change_set_for,
    change_sets_visible_to,
    histories_visible_to,
    may_anywhere,
    may_on_plan,
)
from plans.telling import tell

PAGE_SIZE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def change_set(request: HttpRequest, ref: str) -> HttpResponse:
    """List what an act changed, and undo it where that is asked for."""
    act = change_set_for(request.user, ref)
    why_not = _why_not(request.user, list(act.plans.prefetch_related("boards")))
    refusal = ""
    if request.method == "POST" and not why_not:
        try:
            return _undone(request, act)
        except actions.Refused as refused:
            refusal = str(refused)
    status = 400 if refusal else 403 if why_not and request.method == "POST" else 200
    context = {**_page(request, act), "refusal": refusal, "why_not": why_not}
    return render(request, "reporting/change_set.html", context, status=status)


def _undone(request: HttpRequest, act: ChangeSet) -> HttpResponse:
    assert isinstance(request.user, User)
    done = undo(
        act,
        by=request.user,
        seen=request.POST.get("seen", ""),
        leave_moved=bool(request.POST.get("leave")),
    )
    rows = "1 row is" if done.count == 1 else f"{done.count} rows are"
    messages.success(request, f"{rows} again as before. This can be undone too.")
    return redirect("change-set", done.ref)


def _page(request: HttpRequest, act: ChangeSet) -> dict[str, Any]:
    plans = list(act.plans.select_related("cycle").prefetch_related("boards"))
    readable = {
        plan.pk: plan
        for plan in histories_visible_to(request.user).filter(pk__in=[each.pk for each in plans])
    }
    known = change_sets_visible_to(request.user)
    undoing = undoing_of(changes_of(act))
    changes = [*(each.change for each in undoing.moved), *undoing.ready]
    shown = [each for each in changes if _may_read(each, plans, readable)]
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "act": act,
        "undid": known.filter(undone_by=act).first(),
        "undone_by": known.filter(undoes=act),
        "plans": list(readable.values()),
        "trail": _trail(act, list(readable.values())),
        "undoing": undoing,
        "page_obj": page,
        "rows": _rows(request.user, list(page.object_list), undoing, readable),
        "hidden": len(changes) - len(shown),
        "leaves": bool(request.POST.get("leave")),
    }


def _may_read(change: Change, plans: Sequence[Plan], readable: dict[int, Plan]) -> bool:
    """Whether a row may be shown, where an act changed rows of plans that not everybody reads."""
    return len(readable) == len(plans) or change.new.state.values.get("plan_id") in readable


def _trail(act: ChangeSet, plans: list[Plan]) -> list[tuple[str, str]]:
    trail = [("Plans and boards", reverse("home"))]
    if len(plans) == 1:
        trail.append((plans[0].title, plans[0].get_absolute_url()))
        trail.append(("History", reverse("plan-history", args=[plans[0].slug])))
    return [*trail, (act.words, "")]


def _rows(
    user: Somebody, changes: list[Change], undoing: Undoing, readable: dict[int, Plan]
) -> list[dict[str, Any]]:
    """The rows of a page: what the act did to each, and what it is now where it was changed."""
    enters = may_anywhere(user, Ability.ENTER_ADMIN)
    moved = {id(each.change): each for each in undoing.moved}
    since = [each.since for change in changes if (each := moved.get(id(change))) and each.since]
    now = dict(zip(map(id, since), tell(since, to=user), strict=True))
    rows = []
    for change, told in zip(changes, tell(changes, to=user), strict=True):
        each = moved.get(id(change))
        rows.append(
            {
                **shown_row(told, readable, enters),
                "moved": each,
                "now": now.get(id(each.since)) if each else None,
            }
        )
    return rows


def _why_not(user: Somebody, plans: Sequence[Plan]) -> str:
    """Why the person may not undo anything here; empty where nothing speaks against it."""
    if not isinstance(user, User) or not may_anywhere(user, Ability.EDIT_DRAFT):
        return "Only editors and approvers undo changes."
    for plan in plans:
        if not may_on_plan(user, Ability.EDIT_DRAFT, plan):
            return "It changed rows of a plan that is not yours to change."
        if not plan.is_open:
            status = plan.get_status_display().lower()
            return f"{plan} is {status}, so it is read-only. An approver can reopen it."
    return ""
