"""Lists of section 75 agreements and of programmes beside the plans, with what belongs to each."""

from django.urls import reverse

from bcf.base.sums import Sum
from bcf.reporting.lists.base import Filter, RowList, Shown
from governance.choices import ClientGroup
from governance.models import (
    Agreement,
    AgreementNote,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
)
from governance.queries import (
    notes_visible_to,
    placed_visible_to,
    programme_rows_visible_to,
    programmes_visible_to,
)


def agreement_address(row: Agreement) -> str:
    return reverse("agreement", args=[row.slug])


def _agreements(of: str) -> RowList:
    return RowList(
        key="agreements",
        heading="Agreements",
        empty="No agreement is recorded yet.",
        rows=lambda owners: (
            Agreement.objects.filter(**{f"{of}__in": owners})
            .select_related("parent", "host")
            .prefetch_related("parties")
            .distinct()
            .order_by("title")
        ),
        scope=placed_visible_to,
        columns=(
            Shown("Agreement", lambda row: row.title),
            Shown("Kind", lambda row: row.get_kind_display()),
            Shown("Schedule of", lambda row: row.parent),
            Shown("Parties", lambda row: ", ".join(str(each) for each in row.parties.all())),
            Shown("Client group", lambda row: row.get_client_group_display()),
            Shown("Term", lambda row: row.term),
            Shown("Purpose", lambda row: row.purpose),
        ),
        filters=(
            Filter("group", "Client group", "client_group", lambda value: ClientGroup(value).label),
        ),
        search=("title", "other_titles", "purpose"),
        url=agreement_address,
        inherits=of == "plan",
    )


PLAN_AGREEMENTS = _agreements("plan")
BOARD_AGREEMENTS = _agreements("boards")


BOARD_NOTES = RowList(
    key="agreement-notes",
    heading="Notes about all agreements",
    empty="No note about all agreements of this board is recorded yet.",
    rows=lambda boards: AgreementNote.objects.filter(
        board__in=boards, agreement__isnull=True
    ).order_by("kind", "pk"),
    scope=lambda user, rows: rows.filter(pk__in=notes_visible_to(user).values("pk")),
    columns=(
        Shown("Note", lambda row: row.text),
        Shown("Kind", lambda row: row.get_kind_display()),
    ),
    search=("text",),
)

PROGRAMMES = RowList(
    key="programmes",
    heading="Programmes",
    empty="No programme beside the plans is recorded yet.",
    rows=lambda boards: Programme.objects.filter(board__in=boards),
    scope=lambda user, rows: rows.filter(pk__in=programmes_visible_to(user).values("pk")),
    columns=(
        Shown("Programme", lambda row: row.title),
        Shown("Period", lambda row: row.period.label),
        Shown("Summary", lambda row: row.summary),
    ),
    url=lambda row: reverse("programme", args=[row.slug]),
)

BUDGET_LINES = RowList(
    key="budget-lines",
    heading="Budget",
    empty="No budget line of this programme is recorded yet.",
    rows=lambda programmes: ProgrammeBudgetLine.objects.filter(
        programme__in=programmes
    ).select_related("source"),
    scope=programme_rows_visible_to,
    columns=(
        Shown("Line", lambda row: row.label),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Source", lambda row: row.source),
        Shown("Recurrence", lambda row: row.get_recurrence_display()),
        Shown("Duration", lambda row: row.duration),
        Shown("Expected to increase", lambda row: row.get_expected_to_increase_display()),
        Shown("Amount", lambda row: row.amount, "money", sums=True),
    ),
    amount="amount",
    sum=Sum("Budget", "amount"),
)

NETWORKS = RowList(
    key="networks",
    heading="Networks",
    empty="No network of this programme is recorded yet.",
    rows=lambda programmes: ProgrammeNetwork.objects.filter(programme__in=programmes),
    scope=programme_rows_visible_to,
    columns=(
        Shown("Network", lambda row: row.name),
        Shown("Status", lambda row: row.status_in_words),
        Shown("Focus, overview", lambda row: row.focus),
        Shown("Focus, own page", lambda row: row.focus_on_own_page),
        Shown("Practices", lambda row: row.practices, "number"),
        Shown("People, overview", lambda row: row.population, "number"),
        Shown("People, own page", lambda row: row.population_on_own_page, "number"),
        Shown("All partners by", lambda row: row.all_partners_by and row.all_partners_by.label),
    ),
    notes=("The overview and a network’s own page print different figures; both are shown.",),
)

WORKSTREAMS = RowList(
    key="workstreams",
    heading="Workstreams",
    empty="No workstream of this programme is recorded yet.",
    rows=lambda programmes: ProgrammeWorkstream.objects.filter(programme__in=programmes),
    scope=programme_rows_visible_to,
    columns=(
        Shown("Workstream", lambda row: row.name),
        Shown("Funding", lambda row: row.funding_in_words),
        Shown("Partners", lambda row: row.partners),
        Shown("What it does", lambda row: row.overview),
        Shown("Objectives", lambda row: row.objectives),
    ),
)

PROGRAMME_MILESTONES = RowList(
    key="programme-milestones",
    heading="Milestones",
    empty="No milestone of this programme is recorded yet.",
    rows=lambda programmes: ProgrammeMilestone.objects.filter(
        programme__in=programmes
    ).select_related("network"),
    scope=programme_rows_visible_to,
    columns=(
        Shown("Milestone", lambda row: row.title),
        Shown("Network", lambda row: row.network),
        Shown("When", lambda row: row.when_in_words),
        Shown("Financial year", lambda row: row.financial_year.label),
    ),
)

TIMETABLE = RowList(
    key="timetable",
    heading="Timetable",
    empty="No timetable of this programme is recorded yet.",
    rows=lambda programmes: (
        ProgrammeMark.objects.filter(programme__in=programmes)
        .select_related("network")
        .order_by("network", "activity", "position")
    ),
    scope=programme_rows_visible_to,
    columns=(
        Shown("Activity", lambda row: row.activity),
        Shown("Network", lambda row: row.network.name),
        Shown("Month", lambda row: row.month_in_words),
        Shown("Marked", lambda row: "Yes" if row.marked else "No"),
    ),
)
