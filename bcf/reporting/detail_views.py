"""Pages of one scheme or programme: its facts and the rows that belong to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.money_tables import cited
from bcf.reporting.lists import agreements, governance, money, schemes
from bcf.reporting.lists.base import NOT_STATED, RowList, table_of, whole_of
from bcf.reporting.plan_context import plan_context
from bcf.ui.tables import Table
from governance.queries import programmes_visible_to
from plans.queries import Somebody, plan_for, rows_visible_to
from schemes.models import Scheme

Facts = list[tuple[str, str]]

# Fields that are shown elsewhere on the page, or name the row and nothing more.
ELSEWHERE = {"id", "ref", "version", "plan", "slug", "name", "title", "reference", "board"}


@public_read
@require_safe
def scheme(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """A scheme with its description, money, benefits, milestones and links."""
    plan = plan_for(request.user, slug)
    found = (
        rows_visible_to(request.user, Scheme.objects.filter(plan=plan, ref=ref))
        .select_related("plan__cycle", "parent", "lead_commissioner")
        .first()
    )
    if found is None:
        raise Http404(f"No scheme {ref} was found.")
    own = (
        (schemes.SCHEMES, "parent"),
        (money.SPEND_LINES, "scheme"),
        (schemes.BENEFITS, "schemes"),
        (schemes.SCHEME_METRICS, "scheme"),
        (schemes.SCHEME_CONDITIONS, "scheme"),
        (schemes.MILESTONES, "schemes"),
        (schemes.DELIVERY, "scheme"),
        (governance.PLAN_PRINTED, "scheme"),
    )
    context = plan_context(request, plan, str(found))
    plans = [plan.pk, *plan.parts.values_list("pk", flat=True)]
    tables = [
        _table(request.user, spec, spec.rows(plans).filter(**{field: found})) for spec, field in own
    ]
    address = reverse("plan-schemes", args=[slug])
    return _page(request, found, tables, {**context, "back": address, "back_to": "all schemes"})


@public_read
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme beside the plans: its budget, networks, workstreams and timetable."""
    found = programmes_visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404(f"No programme {slug} was found.")
    specs = (
        agreements.BUDGET_LINES,
        agreements.NETWORKS,
        agreements.WORKSTREAMS,
        agreements.PROGRAMME_MILESTONES,
        agreements.TIMETABLE,
    )
    tables = _tables(request.user, found.pk, specs)
    board = found.board
    way = {
        "trail": [
            ("Plans and boards", reverse("home")),
            (board.name, reverse("board", args=[board.slug])),
            (found.title, ""),
        ],
        "owner": board.name,
        "back": reverse("board-programmes", args=[board.slug]),
        "back_to": "all programmes",
    }
    return _page(request, found, tables, way)


def _tables(user: Somebody, owner: int, specs: Iterable[RowList]) -> list[Table]:
    return [_table(user, spec, spec.rows([owner])) for spec in specs]


def _table(user: Somebody, spec: RowList, rows: QuerySet[Any]) -> Table:
    found = spec.scope(user, rows)
    return table_of(
        spec,
        list(found),
        owners={},
        whole=whole_of(spec, found),
        is_filtered=False,
    )


def _page(
    request: HttpRequest, row: Model, tables: list[Table], context: dict[str, Any]
) -> HttpResponse:
    return render(
        request,
        "reporting/detail.html",
        {
            **context,
            "heading": str(row),
            "facts": facts_of(row),
            "tables": [table for table in tables if table.rows],
            "absent": [table.caption.lower() for table in tables if not table.rows],
        },
    )


def facts_of(row: Any) -> Facts:
    """Every stated field of a row under its own name, and where the row comes from."""
    facts = []
    for field in row._meta.fields:
        if field.name in ELSEWHERE or field.name.startswith("citation_"):
            continue
        shown = _words(row, field)
        if shown:
            label = str(field.verbose_name)
            facts.append((label[:1].upper() + label[1:], shown))
    for field in row._meta.many_to_many:
        names = ", ".join(str(each) for each in getattr(row, field.name).all())
        label = str(field.verbose_name)
        facts.append((label[:1].upper() + label[1:], names or NOT_STATED))
    return [*facts, ("Source", cited(row.citation))]


def _words(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{field.name}_display")())
    if value in ("", None):
        return ""
    return str(getattr(value, "label", value))
