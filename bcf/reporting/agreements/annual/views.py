"""The annual report on a board's section 75 agreements as a page and as a PDF."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bcf.accounts.access import Ability
from bcf.accounts.middleware import public_read
from bcf.base.words import date_in_words
from bcf.periods import FinancialYear
from bcf.reporting.agreements.annual.reading import AnnualReading, asked_year, read_annual
from bcf.reporting.agreements.annual.report import Writing, annual_report
from bcf.reporting.agreements.paper import paper
from bcf.reporting.dashboards.choosing import Option
from plans.models import Board
from plans.queries import board_for, may_on_board

PASSAGE = "governance_reportpassage"


@public_read
@require_safe
def annual_report_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A board's annual report; `?year=2017-18` chooses the year, else it is the newest."""
    board, asked = board_for(slug), request.GET.get("year", "")
    year = asked_year(asked)
    reading = _reading(request, board, year)
    context: dict[str, Any] = {
        "board": board,
        "trail": [
            ("Plans and boards", reverse("home")),
            (board.name, reverse("board", args=[board.slug])),
            ("Annual report on section 75 agreements", ""),
        ],
        "reading": reading,
        "unknown_year": asked[:20] if asked and year is None else "",
        "options": year_choices(reading.years, reading.year) if reading else (),
        "agreements_address": f"{reverse('agreements')}?{urlencode({'board': board.slug})}",
        "may_write": may_on_board(request.user, Ability.EDIT_DRAFT, board),
    }
    if reading:
        writing = _writing(reading, board) if context["may_write"] else {}
        context["document"] = annual_report(reading, _today(), writing)
    return render(request, "reporting/agreements/annual_report.html", context)


@public_read
@require_safe
def annual_report_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF, kept until what it shows changes."""
    board, asked = board_for(slug), request.GET.get("year", "")
    year = asked_year(asked)
    reading = None if asked and year is None else _reading(request, board, year)
    if reading is None:
        raise Http404(
            f"“{asked[:20]}” is no financial year. Write one as 2017-18."
            if asked
            else f"No amount of an agreement of {board.area} is entered for any year."
        )
    return paper(request, annual_report(reading, _today()))


def _reading(
    request: HttpRequest, board: Board, year: FinancialYear | None
) -> AnnualReading | None:
    """What the report is made of, with the whole address of each agreement: a PDF is kept apart."""
    reading = read_annual(request.user, board, year)
    if reading is None:
        return None
    addresses = {
        slug: request.build_absolute_uri(reverse("agreement", args=[slug]))
        for slug in reading.known
    }
    return replace(reading, addresses=addresses)


def year_choices(years: Sequence[FinancialYear], chosen: FinancialYear) -> tuple[Option, ...]:
    """The years of which something is stated, newest first."""
    return tuple(
        Option(each.label, f"?{urlencode({'year': str(each)})}", each == chosen)
        for each in reversed(years)
    )


def _writing(reading: AnnualReading, board: Board) -> Writing:
    """Where each section that people write is added, or changed where it is written already."""
    add = reverse(f"admin:{PASSAGE}_add")
    addresses = {}
    for key in reading.form.written:
        found = reading.written.get(key)
        of_section = {"board": board.pk, "financial_year": str(reading.year), "section": key}
        addresses[key] = (
            reverse(f"admin:{PASSAGE}_change", args=[found.number])
            if found
            else f"{add}?{urlencode(of_section)}"
        )
    return addresses


def _today() -> str:
    return date_in_words(timezone.localdate())
