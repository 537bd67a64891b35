"""The pages that people look at."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.reporting.search import find_boards, find_plans
from plans.models import Board
from plans.queries import (
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
