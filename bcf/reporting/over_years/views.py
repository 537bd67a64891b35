"""A board's money over the years: the page, and each table as a file."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.reporting.over_years.reading import YearsRead, read_years
from bcf.reporting.over_years.tables import tables_of
from bcf.reporting.table_csv import table_csv
from bcf.ui.tables import Table
from plans.cycle_definitions import definitions
from plans.queries import board_for


@public_read
@require_safe
def board_years(request: HttpRequest, slug: str) -> HttpResponse:
    """Income and spend of all plans of a board alone, a column a year, across cycles."""
    read = read_years(request.user, board_for(slug))
    context = {
        "board": read.board,
        "read": read,
        "tables": _tables(read),
        "trail": [
            ("Plans and boards", reverse("home")),
            (read.board.name, reverse("board", args=[slug])),
            ("Over the years", ""),
        ],
    }
    return render(request, "reporting/over_years.html", context)


@public_read
@require_safe
def board_years_csv(request: HttpRequest, slug: str, key: str) -> StreamingHttpResponse:
    """One of the tables as a file."""
    tables = _tables(read_years(request.user, board_for(slug)))
    table = next((each for each in tables if each.key == key), None)
    if table is None:
        raise Http404(f"There is no table named {key} here.")
    response = StreamingHttpResponse(table_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-years-{key}.csv"'
    return response


def _tables(read: YearsRead) -> list[Table]:
    plans = {plan.slug: plan for plan in read.plans}
    return list(tables_of(read.columns, plans, list(definitions().values())))
