"""The pages that Board members open before a meeting: a board's and a plan's.

Each picture of theirs has an address of its own, and so have its figures.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.refreshing import refreshes_to_start
from bcf.charts import chart_svg
from bcf.reporting.cycles.account import in_short
from bcf.reporting.dashboards.answers import dashboard_of, together, without_plan
from bcf.reporting.dashboards.board_reading import read_board
from bcf.reporting.dashboards.choosing import (
    Chosen,
    board_options,
    plan_options,
    year_of,
    year_options,
)
from bcf.reporting.dashboards.panels import Dashboard
from bcf.reporting.dashboards.plan_reading import PlanPageRead, plan_links, read_plan
from bcf.reporting.dashboards.refreshed import attached_items
from bcf.reporting.documents import plan_facts
from bcf.reporting.list_views import ListLink
from bcf.reporting.lists import every_board_list
from bcf.reporting.plan_context import context_with
from bcf.reporting.plan_tables import bodies_table, codes_table, shares_table
from bcf.reporting.table_csv import table_csv
from plans.queries import board_for


@dataclass(frozen=True)
class Page:
    """A dashboard with the choice that the address makes, and what its page shows beside it."""

    dashboard: Dashboard
    choice: Chosen
    context: dict[str, Any]

    def drawn(self, request: HttpRequest, template: str) -> HttpResponse:
        """The page; links on it carry the choice along."""
        shown = {"dashboard": self.dashboard, "choice": self.choice}
        return render(request, template, {**self.context, **shown})


def board_page(request: HttpRequest, slug: str) -> Page:
    """A board’s dashboard of the plan and the year that the address asks for."""
    found, today = board_for(slug), timezone.localdate()
    asked = request.GET.get("plan", "")
    read = read_board(request.user, found, asked, today)
    years = read.chosen.record.money.years if read.chosen else ()
    year, unknown = year_of(request.GET.get("year", ""), years)
    choice = Chosen(plan=asked, year=year, unknown_year=unknown)
    if read.chosen:
        dashboard = dashboard_of(read.chosen, [found], choice, today, read.agreements)
    else:
        dashboard = without_plan(found, read.agreements, today)
    context = {
        "board": found,
        "today": today,
        "read": read,
        "of": together(read.chosen) if read.chosen else "",
        "attached": attached_items(read.chosen.attached) if read.chosen else [],
        "asked": in_short(read.chosen.plan.cycle.definition) if read.chosen else None,
        "options": [
            ("Plan", plan_options(choice, read.plans, read.chosen.plan if read.chosen else None)),
            ("Year", year_options(choice, years)),
        ],
        "on_plan": Chosen(board=found.slug, year=year).query,
        "shares_table": shares_table(read.shares),
        "bodies_table": bodies_table(read.bodies, read.organisations),
        "codes_table": codes_table(read.codes),
        "became": read.boards.became(found.slug, today),
        "links": [
            ListLink.of(spec, "board", found.slug, read.counts[spec.key])
            for spec in every_board_list()
        ],
        "register": f"{reverse('agreements')}?board={found.slug}",
        "pictures": ("board-picture", "board-figures", found.slug),
    }
    return Page(dashboard, choice, context)


def plan_page(request: HttpRequest, slug: str) -> Page:
    """A plan’s dashboard for the board and the year that the address asks for."""
    today = timezone.localdate()
    page = read_plan(request.user, slug, today)
    read = page.read
    year, unknown = year_of(request.GET.get("year", ""), read.record.money.years)
    boards = [each for each in read.boards if each.slug == request.GET.get("board", "")]
    board = boards[0].slug if boards else ""
    choice = Chosen(board=board, year=year, unknown_year=unknown)
    agreements = read.record.agreements
    context = {
        **_about(request, page),
        "today": today,
        "read": read,
        "attached": attached_items(read.attached),
        "options": [
            ("Area", board_options(choice, read.boards)),
            ("Year", year_options(choice, read.record.money.years)),
        ],
        "metrics_of": boards[0].area if boards and read.is_joint else "",
        "on_part": Chosen(year=year).query,
        "pictures": ("plan-picture", "plan-figures", read.plan.slug),
    }
    dashboard = dashboard_of(read, boards or read.boards, choice, today, agreements)
    return Page(dashboard, choice, context)


def _about(request: HttpRequest, page: PlanPageRead) -> dict[str, Any]:
    return {
        **context_with(request, page.plan, page.read.joint),
        "asked": in_short(page.plan.cycle.definition),
        "facts": plan_facts(page.plan),
        "may_refresh": bool(refreshes_to_start(page.plan, request.user)),
        "parts": page.read.parts,
        "groups": plan_links(page),
        "events": page.events,
        "changed_at": page.changed_at,
        "may_read_history": page.may_read_history,
    }


@gzip_page
@public_read
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """A board: what its plan says for a meeting, its plans, and what else is known of it.

    `?plan=` chooses among its plans, without it the newest is shown; `?year=` chooses a year.
    """
    return board_page(request, slug).drawn(request, "reporting/dashboards/board.html")


@gzip_page
@public_read
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan: the same questions of it, what may be done with it, and all that it holds."""
    return plan_page(request, slug).drawn(request, "reporting/dashboards/plan.html")


@public_read
@require_safe
def board_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One picture of a board's page by itself."""
    return panel_picture(board_page(request, slug).dashboard, key)


@public_read
@require_safe
def plan_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One picture of a plan's page by itself."""
    return panel_picture(plan_page(request, slug).dashboard, key)


@public_read
@require_safe
def board_figures(request: HttpRequest, slug: str, key: str) -> StreamingHttpResponse:
    """The table of a panel of a board's page as a file."""
    return panel_figures(board_page(request, slug).dashboard, slug, key)


@public_read
@require_safe
def plan_figures(request: HttpRequest, slug: str, key: str) -> StreamingHttpResponse:
    """The table of a panel of a plan's page as a file."""
    return panel_figures(plan_page(request, slug).dashboard, slug, key)


def panel_picture(dashboard: Dashboard, key: str) -> HttpResponse:
    """The picture of a panel; `Http404` where there is none of this name."""
    panel = dashboard.panel(key)
    if panel is None or panel.chart is None:
        raise Http404(f"There is no picture named {key} here.")
    return HttpResponse(chart_svg(panel.chart), content_type="image/svg+xml; charset=utf-8")


def panel_figures(dashboard: Dashboard, slug: str, key: str) -> StreamingHttpResponse:
    """The table of a panel as a file; `Http404` where there is none of this name."""
    panel = dashboard.panel(key)
    if panel is None or panel.table is None:
        raise Http404(f"There is no table named {key} here.")
    lines = table_csv(panel.table)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{key}.csv"'
    return response
