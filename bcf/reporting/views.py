"""The pages that people look at."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.access import Ability, allows
from bcf.accounts.middleware import public_read
from bcf.assurance.changes import last_changed
from bcf.assurance.gather import gather
from bcf.assurance.money_tables import (
    VERDICTS,
    balance_table,
    income_table,
    outside_table,
    part_tables,
    spend_tables,
)
from bcf.assurance.summary import summarise
from bcf.assurance.totals import Balance, total_line
from bcf.money import format_pounds
from bcf.reporting.documents import plan_facts
from bcf.reporting.exports import plan_pdf
from bcf.reporting.plan_tables import (
    contribution_table,
    requirement_table,
    shares_table,
    spend_line_table,
)
from bcf.reporting.search import find_boards, find_plans
from bcf.ui.tables import Table
from plans.actions import NEEDS
from plans.models import Board, Contribution, Plan
from plans.queries import (
    board_for,
    parts_visible_to,
    plan_for,
    plans_visible_to,
    rows_visible_to,
    standing_on,
)
from plans.rules import actions_from
from schemes.models import SpendLine
from schemes.queries import components_under_wholes

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
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """A board: its plans, its commissioners' shares, and who may invite its members."""
    found = board_for(slug)
    plans = plans_visible_to(request.user).filter(boards=found).prefetch_related("boards")
    standing = standing_on(request.user, Board.objects.filter(pk=found.pk))
    return render(
        request,
        "reporting/board.html",
        {
            "board": found,
            "plans": plans,
            "shares_table": shares_table(found.funding_shares.select_related("commissioner")),
            "may_manage_members": allows(standing, Ability.MANAGE_MEMBERS),
        },
    )


@public_read
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan's money by year, source, theme and scheme, and what may be done with it."""
    found = plan_for(request.user, slug)
    parts = parts_visible_to(request.user, found)
    figures = gather(found, parts)
    summary = summarise(figures)
    return render(
        request,
        "reporting/plan.html",
        {
            **_plan_context(request, found),
            "facts": plan_facts(found),
            "summary": summary,
            "cards": [_card(each) for each in summary.balances],
            "balance_table": balance_table(summary),
            "part_tables": part_tables(summary),
            "parts": parts,
            "hidden_parts": found.parts.count() - len(figures.parts),
            "income_table": income_table(summary),
            "spend_tables": spend_tables(summary),
            "outside_table": outside_table(summary),
            "requirement_table": requirement_table(figures),
            "events": found.events.all()[:20],
            "changed_at": last_changed(found, parts),
        },
    )


def _trail(found: Plan, here: str) -> list[tuple[str, str]]:
    """The way back: all plans, the board where there is one alone, the plan, this page."""
    boards = list(found.boards.all())
    trail = [("Plans and boards", reverse("home"))]
    if len(boards) == 1:
        trail.append((boards[0].name, reverse("board", args=[boards[0].slug])))
    if not here:
        return [*trail, (found.title, "")]
    return [*trail, (found.title, found.get_absolute_url()), (here, "")]


def _plan_context(request: HttpRequest, found: Plan, here: str = "") -> dict[str, Any]:
    standing = standing_on(request.user, found.boards.all())
    joint = found.part_of
    if joint and not plans_visible_to(request.user).filter(pk=joint.pk).exists():
        joint = None
    return {
        "plan": found,
        "boards": found.boards.all(),
        "joint": joint,
        "trail": _trail(found, here),
        "actions": [
            {"label": action.label, "address": f"plan-{action}"}
            for action in actions_from(found.status)
            if allows(standing, NEEDS[action])
        ],
        "may_edit": found.is_open and allows(standing, Ability.EDIT_DRAFT),
        "edit_address": reverse("admin:plans_plan_change", args=[found.pk]),
    }


def _card(balance: Balance) -> dict[str, Any]:
    """A year's pool as a big figure, with what is spent of it underneath."""
    words, _ = VERDICTS[balance.verdict]
    spend = format_pounds(balance.spend)
    return {
        "label": f"Pooled in {balance.year.label}",
        "value": balance.income,
        "note": f"Spend {spend}. {words}.",
    }


@public_read
@require_safe
def contributions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every contribution of a plan and its parts, with its source."""
    found = plan_for(request.user, slug)
    figures = gather(found, parts_visible_to(request.user, found))
    rows = rows_visible_to(request.user, Contribution.objects.filter(plan__in=_family(found)))
    rows = rows.select_related("contributor", "plan__cycle").order_by(
        "plan", "financial_year", "pk"
    )
    whole = total_line(figures.all_contributions, summarise(figures).years).total
    return _rows_page(
        request, found, "Contributions", rows=rows, build=contribution_table, whole=whole
    )


@public_read
@require_safe
def spend_lines(request: HttpRequest, slug: str) -> HttpResponse:
    """Every spend line of a plan and its parts, with its components and its source."""
    found = plan_for(request.user, slug)
    rows = rows_visible_to(request.user, SpendLine.objects.filter(plan__in=_family(found)))
    rows = components_under_wholes(rows.select_related("scheme", "plan__cycle"))
    whole = summarise(gather(found, parts_visible_to(request.user, found))).spend.total
    return _rows_page(request, found, "Spend lines", rows=rows, build=spend_line_table, whole=whole)


def _family(found: Plan) -> list[Plan]:
    return [found, *found.parts.all()]


def _rows_page(
    request: HttpRequest,
    found: Plan,
    heading: str,
    *,
    rows: QuerySet[Any],
    build: Callable[..., Table],
    whole: Decimal | None,
) -> HttpResponse:
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    family = Plan.objects.filter(pk__in=[each.pk for each in _family(found)])
    areas = {
        each.pk: " and ".join(board.area for board in each.boards.all())
        for each in family.prefetch_related("boards")
    }
    table = build(page.object_list, whole, areas)
    context = {**_plan_context(request, found, heading), "page_obj": page, "table": table}
    return render(request, "reporting/rows.html", {**context, "heading": heading})


@public_read
@require_safe
def template_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The planning template as a PDF."""
    found = plan_for(request.user, slug)
    parts = parts_visible_to(request.user, found)
    response = HttpResponse(plan_pdf(found, parts), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response


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
