"""The quarterly report of a board's pooled funds, as a page and as a PDF."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.agreements.values import Agreement
from bcf.base.words import date_in_words
from bcf.periods import NotAPeriod, Quarter, parse_period
from bcf.reporting.agreements.paper import Report, paper, report_of
from bcf.reporting.agreements.quarter.sections import (
    quarter_sections,
    quarter_to_show,
    quarters_offered,
)
from governance.queries import agreements_visible_to
from plans.models import Board
from plans.queries import board_for


@dataclass(frozen=True)
class QuarterRead:
    """A board's agreements, the quarters that can be chosen, and the chosen one.

    `unknown` is what the address asks for where that is no quarter.
    """

    board: Board
    agreements: tuple[Agreement, ...]
    quarters: tuple[Quarter, ...]
    quarter: Quarter
    unknown: str = ""


def read_quarter(request: HttpRequest, slug: str) -> QuarterRead:
    """What the report of `?quarter=` needs; without it the latest that is told of is shown."""
    board, today = board_for(slug), timezone.localdate()
    rows = agreements_visible_to(request.user).filter(boards=board, is_section_75=True)
    every = gather_agreements(rows).rows
    asked = request.GET.get("quarter", "")
    found = _quarter(asked)
    quarter = found or quarter_to_show(every, today)
    running = tuple(each for each in every if each.runs_within(quarter))
    offered = sorted({*quarters_offered(every, today), quarter}, reverse=True)
    return QuarterRead(board, running, tuple(offered), quarter, "" if found else asked[:20])


def _quarter(asked: str) -> Quarter | None:
    try:
        found = parse_period(asked)
    except NotAPeriod:
        return None
    return found if isinstance(found, Quarter) else None


@public_read
@require_safe
def quarter(request: HttpRequest, slug: str) -> HttpResponse:
    """The quarterly report to the partnership board, with a choice of quarters."""
    read = read_quarter(request, slug)
    context = {"board": read.board, "read": read, "document": quarter_report(read)}
    return render(request, "reporting/agreements/quarter.html", context)


@public_read
@require_safe
def quarter_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a PDF, for the partnership board's papers."""
    read = read_quarter(request, slug)
    if read.unknown:
        raise Http404(f"“{read.unknown}” is not a quarter. Write one as {read.quarter}.")
    return paper(request, quarter_report(read))


def quarter_report(read: QuarterRead) -> Report:
    """The quarterly report as a document."""
    addresses = {each.slug: reverse("agreement", args=[each.slug]) for each in read.agreements}
    made = report_of(
        f"{read.board.slug}-section-75-{read.quarter}",
        f"Section 75 agreements: {read.quarter.label}",
        quarter_sections(read.agreements, read.quarter, addresses),
        board=read.board.name,
        period=capfirst(read.quarter.label),
        day=date_in_words(timezone.localdate()),
    )
    return replace(made, kind="Quarter")
