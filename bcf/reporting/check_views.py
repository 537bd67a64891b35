"""A plan's checks as a page, and the way from a finding to the field that mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bcf.accounts.access import Ability
from bcf.accounts.middleware import public_read
from bcf.assurance.checks.asking import check_for
from bcf.assurance.checks.finding import Finding, Findings, Mend, Severity
from bcf.assurance.kinds import SCOPES, kind_of
from bcf.base.worked import RowRef
from bcf.desk.index import admin_address
from bcf.reporting.list_views import JOINT_PLAN
from bcf.reporting.plan_context import plan_context
from bcf.reporting.workings import AGREEMENTS, list_address, row_links
from plans.admin.columns import plan_address
from plans.admin.reach import PLAN
from plans.models import Plan
from plans.queries import may_on_plan, parts_visible_to, plan_for, plans_editable_by

COLOURS = {
    Severity.ERROR: "red",
    Severity.WARNING: "orange",
    Severity.NOTE: "blue",
    Severity.NOT_CHECKED: "grey",
}
OPEN = (Severity.ERROR, Severity.WARNING)
# Where a finding's row has one of these, it is the row's own page that tells whose it is.
OWNERS = ("plan__slug", "agreement__slug", "board__slug", "slug")


@dataclass(frozen=True)
class Shown:
    """A finding with the colour of its gravity, and links to what mends it and to its rows."""

    finding: Finding
    colour: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownSection:
    """What is found in one section: what has to be looked at, and what is only worth knowing."""

    key: str
    title: str
    grave: tuple[Shown, ...]
    rest: tuple[Shown, ...]


@public_read
@require_safe
def plan_checks(request: HttpRequest, slug: str) -> HttpResponse:
    """What national assurance would question in the plan, by section, worst first."""
    plan = plan_for(request.user, slug)
    context = plan_context(request, plan, "Checks")
    findings = check_for(request.user, plan)
    context["counts"] = counts_of(findings)
    parts = parts_visible_to(request.user, plan).prefetch_related("boards")
    areas = {part.slug: " and ".join(board.area for board in part.boards.all()) for part in parts}
    owners = {plan.slug: JOINT_PLAN if areas else "", **areas}
    context["sections"] = list(_sections(plan, findings, owners, may_edit=context["may_edit"]))
    context["today"] = timezone.localdate()
    context["without_checks"] = not plan.cycle.definition.checks
    return render(request, "reporting/checks.html", context)


def counts_of(findings: Findings) -> list[dict[str, Any]]:
    """How many of each gravity there are, with its colour, gravest first."""
    return [
        {
            "label": severity.label if count == 1 else severity.plural,
            "count": count,
            "colour": COLOURS[severity] if count else "grey",
        }
        for severity, count in findings.counts().items()
    ]


def _sections(
    plan: Plan, findings: Findings, owners: Mapping[str, str], *, may_edit: bool
) -> Iterable[ShownSection]:
    """The findings; rows are linked to where they are those of these plans, named by slug."""
    for title, found in findings.by_section().items():
        shown = [_shown(plan, each, owners, may_edit) for each in found]
        yield ShownSection(
            found[0].code.split(".")[0],
            title,
            tuple(each for each in shown if each.finding.severity in OPEN),
            tuple(each for each in shown if each.finding.severity not in OPEN),
        )


def _shown(plan: Plan, finding: Finding, owners: Mapping[str, str], may_edit: bool) -> Shown:
    links = [] if finding.mend is None else [_mending(plan, finding.mend, owners, may_edit)]
    rows = [row for row in finding.rows if row.owner in owners]
    if len(rows) > 1:
        links += row_links(rows, owners)
    kept = tuple((words, address) for words, address in links if address)
    return Shown(finding, COLOURS[finding.severity], kept)


def _mending(plan: Plan, mend: Mend, owners: Mapping[str, str], may_edit: bool) -> tuple[str, str]:
    """Words and address of what mends a finding: its form for an editor, else its list."""
    what = f"“{mend.words}”" if mend.words else _rows_in_words(mend.kind)
    if may_edit:
        return f"Edit {what}", mend_address(plan, mend)
    is_of_plan = mend.owner in owners or mend.kind in AGREEMENTS
    row = RowRef(mend.kind, mend.owner, mend.ref)
    return f"See {what}", list_address(row) if is_of_plan else ""


def _rows_in_words(kind: str) -> str:
    return str(kind_of(kind)._meta.verbose_name_plural)


def mend_address(plan: Plan, mend: Mend) -> str:
    """The address that leads an editor to the field of the row, or to the rows of the kind."""
    asked = {"kind": mend.kind, "owner": mend.owner, "ref": mend.ref, "field": mend.field}
    named = {name: value for name, value in asked.items() if value}
    return f"{reverse('plan-mend', args=[plan.slug])}?{urlencode(named)}"


@require_safe
def mend(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the form of the row that mends a finding; to its list where there is none yet.

    Without a kind it leads to the plan. What the person may not edit is not found.
    """
    plan = plan_for(request.user, slug)
    if not (plan.is_open and may_on_plan(request.user, Ability.EDIT_DRAFT, plan)):
        raise Http404("This plan is not yours to edit.")
    kind = request.GET.get("kind", "")
    if not kind:
        return HttpResponseRedirect(plan_address(plan.pk))
    try:
        model = kind_of(kind)
    except (LookupError, ValueError):
        raise Http404("There is no such kind of row.") from None
    return HttpResponseRedirect(_where(request, plan, model))


def _where(request: HttpRequest, plan: Plan, model: Any) -> str:
    owner, ref = request.GET.get("owner", ""), request.GET.get("ref", "")
    if not ref:
        of = plans_editable_by(request.user).filter(slug=owner or plan.slug).first() or plan
        return f"{admin_address(model, 'changelist')}?{PLAN}={of.pk}"
    row = _rows(request, model, owner, ref).first()
    if row is None:
        raise Http404("This row was removed, or is not yours to edit.")
    field = request.GET.get("field", "")
    known = {each.name for each in model._meta.get_fields()}
    return admin_address(model, "change", row.pk) + (f"#id_{field}" if field in known else "")


def _rows(request: HttpRequest, model: type[Model], owner: str, ref: str) -> QuerySet[Any]:
    own = {field.name for field in model._meta.get_fields()}
    name = "ref" if "ref" in own else "slug"
    whose = Q()
    for path in OWNERS if owner else ():
        if path.split("__")[0] in own and path != name:
            whose |= Q(**{path: owner})
    rows = SCOPES[model].editable(request.user, model._default_manager.all())
    return rows.filter(whose, **{name: ref.replace("\0", "")})
