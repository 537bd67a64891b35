"""The pages that people look at."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.benefits import gather_benefits
from bcf.assurance.changes import last_changed
from bcf.assurance.checks.asking import check_for
from bcf.assurance.gather import gather
from bcf.assurance.money_tables import (
    balance_table,
    income_table,
    outside_table,
    part_tables,
    spend_tables,
    verdict_words,
)
from bcf.assurance.summary import summarise
from bcf.assurance.totals import Balance
from bcf.money import format_pounds
from bcf.reporting.check_views import counts_of
from bcf.reporting.documents import plan_facts
from bcf.reporting.list_views import plan_links
from bcf.reporting.plan_context import plan_context
from bcf.reporting.plan_tables import (
    benefit_tables,
    requirement_table,
    where_listed,
)
from bcf.reporting.search import find_boards, find_plans
from plans.models import Board
from plans.queries import (
    may_read_history,
    parts_visible_to,
    plan_for,
    plans_visible_to,
)

PAGE_SIZE = 100


@public_read
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Find a board or a plan."""
    words = request.GET.get("q", "").strip()
    plans = find_plans(plans_visible_to(request.user), words)
    page = Paginator(plans, PAGE_SIZE).get_page(request.GET.get("page"))
    boards = find_boards(Board.objects.all(), words)
    return render(
        request, "reporting/home.html", {"q": words, "page_obj": page, "boards": boards[:PAGE_SIZE]}
    )


@public_read
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan's money by year, source, theme and scheme, and what may be done with it."""
    found = plan_for(request.user, slug)
    parts = parts_visible_to(request.user, found)
    figures = gather(found, parts)
    summary = summarise(figures)
    where = where_listed(figures)
    return render(
        request,
        "reporting/dashboards/plan.html",
        {
            **plan_context(request, found),
            "facts": plan_facts(found),
            "summary": summary,
            "cards": [_card(each) for each in summary.balances],
            "balance_table": balance_table(summary, where),
            "part_tables": part_tables(summary, where),
            "parts": parts,
            "hidden_parts": found.parts.count() - len(figures.parts),
            "income_table": income_table(summary, where),
            "spend_tables": spend_tables(summary, where),
            "outside_table": outside_table(summary),
            "requirement_table": requirement_table(figures),
            "benefit_tables": benefit_tables(gather_benefits([found, *parts], with_months=False)),
            "groups": plan_links(request.user, found),
            "events": found.events.all()[:20],
            "counts": counts_of(check_for(request.user, found)),
            "changed_at": last_changed(found, parts),
            "may_read_history": may_read_history(request.user, found),
        },
    )


def _card(balance: Balance) -> dict[str, Any]:
    """A year's pool as a big figure, with what is spent of it underneath."""
    words = f" {verdict_words(balance)}." if balance.difference is not None else ""
    spend = format_pounds(balance.spend)
    missing = f" Amounts not stated: {balance.unstated}." if balance.unstated else ""
    return {
        "label": f"Pooled in {balance.year.label}",
        "value": balance.income,
        "note": f"Spend {spend}.{words}{missing}",
    }


@login_not_required
@require_safe
def health_live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@login_not_required
@require_safe
def health_ready(request: HttpRequest) -> JsonResponse:
    """The process answers and its database does too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ready"})
