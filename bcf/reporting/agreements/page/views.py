"""The page of one agreement, its pictures and its figures as files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.agreements.division import (
    Basis,
    account_divided,
    basis_of,
    sharings_of,
    years_divided,
)
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.money_tables import source_notes
from bcf.desk.index import admin_address
from bcf.money import ZERO
from bcf.reporting.agreements.page.account import account_question
from bcf.reporting.agreements.page.amounts import pooled_panels
from bcf.reporting.agreements.page.carried import (
    carried_question,
    regulation_findings,
    regulation_question,
)
from bcf.reporting.agreements.page.division import division_question
from bcf.reporting.agreements.page.head import (
    AsAtForm,
    Asked,
    cards_of,
    facts_of,
    shown_state,
)
from bcf.reporting.agreements.page.reading import AgreementRead, read_agreement
from bcf.reporting.agreements.page.telling import (
    event_links,
    events_question,
    notes_question,
    providers_question,
)
from bcf.reporting.agreements.page.trying import try_form
from bcf.reporting.agreements.register.words import names_of
from bcf.reporting.dashboards.choosing import Option
from bcf.reporting.dashboards.panels import Dashboard, Link, Question
from bcf.reporting.dashboards.views import panel_figures, panel_picture
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.models import RiskShare


@dataclass(frozen=True)
class Page:
    """An agreement's dashboard with what the address asks for, and what its page shows beside."""

    dashboard: Dashboard
    asked: Asked
    context: dict[str, Any]


def agreement_page(request: HttpRequest, slug: str) -> Page:
    """An agreement’s page as the person may see it, of the day and the year asked for."""
    read = read_agreement(request.user, slug)
    day_form = AsAtForm(request.GET if request.GET.get("as_at") else None)
    as_at = day_form.cleaned_data["as_at"] if day_form.is_valid() else None
    today = timezone.localdate()
    position, over = read.positions(as_at or today)
    agreement, above = position.agreement, tuple(each.agreement for each in over)
    years = years_divided(agreement)
    year = request.GET.get("year", "")
    asked = Asked(year if year in map(str, years) else "", as_at)
    dashboard = Dashboard(
        cards_of(agreement),
        (
            Question("agreed", "What is agreed to be pooled?", (), pooled_panels(agreement)),
            account_question(agreement),
            division_question(agreement, above, asked.year, _entry_links(read)),
            notes_question(agreement, read.board_notes),
            providers_question(agreement),
            events_question(read),
            carried_question(agreement, read.carried),
            regulation_question(agreement, above),
        ),
    )
    context = {
        "read": read,
        "agreement": agreement,
        "day": position.day,
        "state": shown_state(position),
        "facts": facts_of(position, over, read.organisations),
        "links": event_links(read),
        "edit_address": admin_address(type(read.row), "change", read.row.pk)
        if read.may_edit
        else "",
        "trail": _trail(read, above),
        "day_form": day_form,
        "years": _year_options(asked, agreement),
        "try_form": try_form(request.GET, _known(agreement, above, asked)),
        "findings": regulation_findings(read, agreement, above),
        "schedules_table": _schedules_table(read),
        "sources": source_notes(read.citations, with_places=True),
        "pictures": ("agreement-picture", "agreement-figures", slug),
    }
    return Page(dashboard, asked, context)


def _entry_links(read: AgreementRead) -> tuple[Link, ...]:
    """Where who may change the agreement enters what rules divide by."""
    if not read.may_edit:
        return ()
    amounts = f"{admin_address(type(read.row), 'change', read.row.pk)}#values-group"
    return (
        Link("Enter amounts of this agreement", amounts),
        Link("Record a risk share", admin_address(RiskShare, "add")),
    )


def _known(agreement: Agreement, above: Sequence[Agreement], asked: Asked) -> Basis:
    """What is known of what a rule would divide; the parties alone where there is no result."""
    sharings, _ = sharings_of(agreement, above)
    account = account_divided(agreement, asked.year)
    known = basis_of(account, sharings) if account else None
    return known or Basis(ZERO, agreement.parties)


def _year_options(asked: Asked, agreement: Agreement) -> tuple[Option, ...]:
    """The years whose result can be divided; none where there is one alone."""
    years = years_divided(agreement)
    if len(years) < 2:
        return ()
    shown = asked.year or str(years[-1])
    return tuple(
        Option(year.label, f"{replace(asked, year=str(year)).query}#division", str(year) == shown)
        for year in years
    )


def _trail(read: AgreementRead, above: Sequence[Agreement]) -> list[tuple[str, str]]:
    """The way back: all plans, the board where it is one alone, the register, what is above."""
    trail, register = [("Plans and boards", reverse("home"))], reverse("agreements")
    if len(read.boards) == 1:
        board = read.boards[0]
        trail.append((board.name, reverse("board", args=[board.slug])))
        register = f"{register}?board={board.slug}"
    trail.append(("Agreements", register))
    trail += [(each.title, reverse("agreement", args=[each.slug])) for each in above[::-1]]
    return [*trail, (read.row.title, "")]


def _schedules_table(read: AgreementRead) -> Table:
    return build_table(
        "schedules",
        "Schedules under it",
        [
            Column("Schedule", is_row_header=True),
            Column("Parties"),
            Column("Starts"),
            Column("Ends"),
            Column("Purpose"),
        ],
        [_schedule_row(each) for each in read.schedules],
        empty="No schedule is recorded under this agreement. One that names it as what it is a "
        "schedule of shows here.",
    )


def _schedule_row(each: Agreement) -> Row:
    ends = "no end" if each.is_open_ended else each.ends.label if each.ends else None
    return build_row(
        [
            Cell(each.title, url=reverse("agreement", args=[each.slug])),
            names_of(each.parties),
            each.starts.label if each.starts else None,
            ends,
            each.says.get("purpose") or None,
        ]
    )


@public_read
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """An agreement: its terms, its account, who bears what is left, and all that it holds.

    `?as_at=` shows the terms of a day, `?year=` divides the result of a year, and `?rule=` with
    what it needs tries a rule.
    """
    page = agreement_page(request, slug)
    shown = {**page.context, "dashboard": page.dashboard, "choice": page.asked}
    return render(request, "reporting/agreements/agreement.html", shown)


@public_read
@require_safe
def agreement_picture(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One picture of an agreement's page by itself."""
    return panel_picture(agreement_page(request, slug).dashboard, key)


@public_read
@require_safe
def agreement_figures(request: HttpRequest, slug: str, key: str) -> StreamingHttpResponse:
    """The table of a panel of an agreement's page as a file."""
    return panel_figures(agreement_page(request, slug).dashboard, slug, key)
