"""The register of agreements as a page and as a file, of today or of any other day."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.agreements.register import Heading
from bcf.reporting.agreements.register.picture import timeline
from bcf.reporting.agreements.register.reading import RegisterRead, read_register
from bcf.reporting.agreements.register.rows import register_csv
from bcf.reporting.agreements.register.tables import (
    by_end,
    ending_table,
    ends_table,
    group_table,
    totals_table,
)
from bcf.reporting.agreements.register.words import counts_in_words, heading_label
from bcf.ui.forms import problems_of
from bcf.ui.tables import Table

HEADING = "Agreements"


@dataclass(frozen=True)
class Part:
    """The agreements of a board, or of several boards together, as tables by client group."""

    key: str
    heading: str
    tables: tuple[Table, ...]


@gzip_page
@public_read
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement that the person may see, by board and client group, as it stood on a day.

    `?board=`, `?state=` and other filters choose among them, `?year=` chooses the year of the
    pooled funds, and `?as_at=` the day.
    """
    read = read_register(request.user, request.GET, timezone.localdate())
    page = Paginator(read.pages, 1).get_page(request.GET.get("page"))
    headings = [heading for found in page.object_list for heading in found]
    lines = by_end(line for heading in headings for line in heading.lines)
    context = {
        "heading": HEADING,
        "trail": _trail(read),
        "read": read,
        "form": read.form,
        "counts": counts_in_words(read.register),
        "page_obj": page,
        "parts": [_part(read, heading, number) for number, heading in enumerate(headings, start=1)],
        "totals": totals_table(read.register, read.year),
        "ending": ending_table(read.register),
        "chart": timeline(lines, read.day, read.today),
        "ends": ends_table(lines),
        "today_address": _address(request, without=("as_at", "page")),
        "csv_address": reverse("agreements-csv") + _address(request, without=("page",)),
        "all_address": _address_of_all(read),
    }
    return render(request, "reporting/agreements/register.html", context)


@public_read
@require_safe
def agreements_csv(request: HttpRequest) -> HttpResponseBase:
    """The same agreements as a file; what is asked wrongly is refused, with what to ask."""
    read = read_register(request.user, request.GET, timezone.localdate())
    if problems := problems_of(read.form):
        sentences = "\n".join(problem.text for problem in problems)
        return HttpResponse(sentences, status=400, content_type="text/plain; charset=utf-8")
    lines = register_csv(read.register, read.year)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{read.board.slug if read.board else 'all'}-agreements-{read.day:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _part(read: RegisterRead, heading: Heading, number: int) -> Part:
    tables = (group_table(heading, group, read.year) for group in heading.groups)
    return Part(f"boards-{number}", heading_label(heading), tuple(tables))


def _trail(read: RegisterRead) -> list[tuple[str, str]]:
    trail = [("Plans and boards", reverse("home"))]
    if read.board:
        trail.append((read.board.name, reverse("board", args=[read.board.slug])))
    return [*trail, (HEADING, "")]


def _address(request: HttpRequest, without: tuple[str, ...]) -> str:
    """The same question without some of what it asks."""
    asked = request.GET.copy()
    for name in without:
        asked.pop(name, None)
    return f"?{asked.urlencode()}"


def _address_of_all(read: RegisterRead) -> str:
    """All agreements of the board that was asked for, or of all boards."""
    return f"?board={read.board.slug}" if read.board else "?"
