"""The page that a Board member opens before a meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.reporting.check_views import counts_of
from bcf.reporting.dashboards.answers import answers_of
from bcf.reporting.dashboards.reading import BoardRead, read_board
from bcf.reporting.dashboards.terms import terms_of
from bcf.reporting.list_views import ListLink
from bcf.reporting.lists import every_board_list
from bcf.reporting.plan_tables import shares_table
from plans.queries import board_for


@public_read
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """A board: what its plan says for a meeting, its plans, and what else is known of it.

    `?plan=` chooses among its plans; without it the newest is shown.
    """
    found = board_for(slug)
    today = timezone.localdate()
    read = read_board(request.user, found, request.GET.get("plan", ""), today)
    return render(
        request,
        "reporting/dashboards/board.html",
        {
            "board": found,
            "today": today,
            "read": read,
            "answers": answers_of(read, today),
            "terms": terms_of(read.agreements, today),
            "choices": _choices(read),
            "counts": counts_of(read.findings) if read.findings else [],
            "shares_table": shares_table(read.shares),
            "links": _links(read),
        },
    )


def _choices(read: BoardRead) -> list[dict[str, Any]]:
    """The board's plans to choose from; none where there is no choice."""
    if len(read.plans) < 2:
        return []
    return [
        {"plan": plan, "is_chosen": plan == read.plan, "boards": len(plan.boards.all())}
        for plan in read.plans
    ]


def _links(read: BoardRead) -> list[ListLink]:
    return [
        ListLink(
            spec.heading,
            reverse(f"board-{spec.key}", args=[read.board.slug]),
            read.counts[spec.key],
        )
        for spec in every_board_list()
    ]
