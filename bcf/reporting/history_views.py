"""The history of a plan: what changed since when, by whom, field by field."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.access import Ability
from bcf.assurance.entries import Entry, entries_of
from bcf.assurance.stream import Asked, Stream
from bcf.files.writing import csv_lines
from bcf.reporting.history_asked import Question, question_of
from bcf.reporting.history_csv import COLUMNS, history_lines
from bcf.reporting.lists import every_plan_list
from bcf.reporting.plan_context import plan_context
from governance.models import Agreement
from plans.models import Plan
from plans.queries import Somebody, family_with_history, history_for, may_anywhere
from plans.telling import Told
from schemes.models import Scheme

PAGE_SIZE = 50


@require_safe
def plan_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a plan and its parts, newest first; who may read its drafts reads it."""
    plan = history_for(request.user, slug)
    family = family_with_history(request.user, plan)
    question = asked_of(request, plan, family)
    stream = Stream(list(family), request.user, question.asked)
    page = Paginator(stream.folded(), PAGE_SIZE).get_page(request.GET.get("page"))
    entries = entries_of(stream.read(page.object_list), stream)
    return render(
        request,
        "reporting/history.html",
        {
            **plan_context(request, plan, "History"),
            "page_obj": page,
            "entries": shown_entries(request.user, entries, family),
            "question": question,
            "periods": _period_links(question, request.GET),
            "csv_address": f"{reverse('plan-history-csv', args=[slug])}?{request.GET.urlencode()}",
        },
    )


@require_safe
def plan_history_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The same changes as the page, one line a field, as a file."""
    plan = history_for(request.user, slug)
    family = family_with_history(request.user, plan)
    question = asked_of(request, plan, family)
    stream = Stream(list(family), request.user, question.asked)
    response = StreamingHttpResponse(
        csv_lines(COLUMNS, history_lines(stream, family)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}-history.csv"'
    return response


def asked_of(request: HttpRequest, plan: Plan, family: Mapping[int, Plan]) -> Question:
    every = Stream(list(family), request.user, Asked())
    return question_of(request.GET, every, list(plan.events.all()))


def _period_links(question: Question, asked: QueryDict) -> list[dict[str, Any]]:
    """The periods as links that keep whom and what was asked for."""
    kept = asked.copy()
    for name in ("since", "page", "period"):
        kept.pop(name, None)
    links = []
    for each in question.periods:
        kept["period"] = each.value
        is_current = each.is_chosen and not question.form.is_bound
        links.append(
            {"label": each.label, "address": f"?{kept.urlencode()}", "is_current": is_current}
        )
    return links


def shown_entries(
    user: Somebody, entries: list[Entry], family: Mapping[int, Plan]
) -> list[dict[str, Any]]:
    """Entries with the addresses of their rows, and the part's name where there are several."""
    enters = may_anywhere(user, Ability.ENTER_ADMIN)
    return [
        {"entry": entry, "rows": [shown_row(row, family, enters) for row in entry.told]}
        for entry in entries
    ]


def shown_row(row: Told, family: Mapping[int, Plan], enters: bool) -> dict[str, Any]:
    """A change of a row with where it leads to; `enters` says that the person uses the admin."""
    plan = family.get(row.plan_id or 0)
    admin = f"admin:{row.model._meta.app_label}_{row.model._meta.model_name}"
    return {
        "told": row,
        "address": address_of(row, plan, admin if enters else ""),
        "history": reverse(f"{admin}_history", args=[row.row_id]) if enters else "",
        "plan": plan if len(family) > 1 else None,
    }


def address_of(row: Told, plan: Plan | None, admin: str = "") -> str:
    """Where a row is found: its form, its own page, or the list in which it stands."""
    if not row.is_there:
        return ""
    if admin:
        return reverse(f"{admin}_change", args=[row.row_id])
    if row.model is Agreement:
        return reverse("agreement", args=[row.ref])
    if plan is None:
        return ""
    if row.model is Plan:
        return plan.get_absolute_url()
    if row.model is Scheme:
        return reverse("scheme", args=[plan.slug, row.ref])
    key = list_keys().get(row.model)
    return reverse(f"plan-{key}", args=[plan.slug]) if key else ""


@cache
def list_keys() -> dict[type[Model], str]:
    """The list of a plan's page in which each kind of row stands."""
    return {spec.rows([]).model: spec.key for spec in every_plan_list()}
