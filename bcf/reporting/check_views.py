"""A plan's checks as a page, and the way from a finding to the field that mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
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
from governance.models import Agreement, AgreementValue
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
SHARES = "plans.fundingshare"
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

    @property
    def rest_words(self) -> str:
        """`3 notes and 1 check not made`."""
        notes = sum(each.finding.severity is Severity.NOTE for each in self.rest)
        unmade = len(self.rest) - notes
        words = [
            f"{count} {word}{'' if count == 1 else 's'}{after}"
            for count, word, after in ((notes, "note", ""), (unmade, "check", " not made"))
            if count
        ]
        return " and ".join(words)


@dataclass(frozen=True)
class Reach:
    """The plan, and by slug the areas of it and its parts; which of these the person may edit."""

    plan: Plan
    areas: Mapping[str, str]
    editable: frozenset[str]

    def may_edit(self, mend: Mend) -> bool:
        """Whether the person may edit the row; one that names no plan, where the plan is theirs."""
        owner = mend.owner if mend.owner in self.areas else self.plan.slug
        return owner in self.editable


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
    editable = plans_editable_by(request.user).filter(slug__in=owners)
    reach = Reach(plan, owners, frozenset(editable.values_list("slug", flat=True)))
    context["sections"] = list(_sections(findings, reach))
    context["today"] = timezone.localdate()
    context["may_explain"] = plan.cycle.definition.errors_may_be_explained
    context["hidden_parts"] = plan.parts.count() - len(areas)
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


def _sections(findings: Findings, reach: Reach) -> Iterable[ShownSection]:
    for title, found in findings.by_section().items():
        shown = [_shown(each, reach) for each in found]
        yield ShownSection(
            found[0].code.split(".")[0],
            title,
            tuple(each for each in shown if each.finding.severity in OPEN),
            tuple(each for each in shown if each.finding.severity not in OPEN),
        )


def _shown(finding: Finding, reach: Reach) -> Shown:
    links = [] if finding.mend is None else [_mending(finding.mend, reach)]
    rows = [row for row in finding.rows if row.owner in reach.areas]
    if len(rows) > 1:
        links += row_links(rows, reach.areas)
    kept = tuple((words, address) for words, address in links if address)
    return Shown(finding, COLOURS[finding.severity], kept)


def _mending(mend: Mend, reach: Reach) -> tuple[str, str]:
    """Words and address of what mends a finding: its form for an editor, else its list."""
    if mend.kind == SHARES:
        return "See the board’s shares", reverse("board", args=[mend.owner])
    what = f"“{mend.words}”" if mend.words else _rows_in_words(mend.kind)
    if reach.may_edit(mend):
        return f"Edit {what}", mend_address(reach.plan, mend)
    if mend.kind in AGREEMENTS and mend.ref:
        return f"See {what}", list_address(RowRef(mend.kind, mend.owner, mend.ref))
    kind = AGREEMENTS[0] if mend.kind in AGREEMENTS else mend.kind
    owner = mend.owner if mend.owner in reach.areas else ""
    return f"See {what}", list_address(RowRef(kind, owner, mend.ref))


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

    Without a kind it leads to the plan; to the checks, with a sentence, where the plan is closed or
    the row is gone. A plan that is not the person's to edit is not found.
    """
    plan = plan_for(request.user, slug)
    if not may_on_plan(request.user, Ability.EDIT_DRAFT, plan):
        raise Http404("This plan is not yours to edit.")
    if not plan.is_open:
        messages.warning(
            request,
            f"{plan} is {plan.get_status_display().lower()}: nothing of it "
            "can be edited until it is reopened.",
        )
        return HttpResponseRedirect(reverse("plan-checks", args=[slug]))
    kind = request.GET.get("kind", "")
    if not kind:
        return HttpResponseRedirect(plan_address(plan.pk))
    try:
        model = kind_of(kind)
    except (LookupError, ValueError):
        raise Http404("There is no such kind of row.") from None
    address = _where(request, plan, model)
    if not address:
        messages.warning(request, "That row was removed meanwhile, or is not yours to edit.")
    return HttpResponseRedirect(address or reverse("plan-checks", args=[slug]))


def _where(request: HttpRequest, plan: Plan, model: Any) -> str:
    """The address of the row's form, or of the list of its kind; empty where there is none."""
    owner, ref = request.GET.get("owner", ""), request.GET.get("ref", "")
    if not ref:
        of = plans_editable_by(request.user).filter(slug=owner or plan.slug).first() or plan
        if model is Plan:
            return plan_address(of.pk)
        listed = Agreement if model is AgreementValue else model
        return f"{admin_address(listed, 'changelist')}?{PLAN}={of.pk}"
    row = _rows(request, model, owner, ref).first()
    if row is None:
        return ""
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
