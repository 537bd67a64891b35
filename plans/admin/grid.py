"""The page on which a plan's rows of one kind are edited together, as a grid."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from bcf.accounts.access import Ability
from bcf.base.models import RowChanged
from plans import actions
from plans.admin.reach import PLAN
from plans.admin.scoped import ScopedAdmin, person
from plans.admin.told import told
from plans.changes import Act
from plans.grids.markup import cell_id, new_row_markup, plain_markup, rows_markup
from plans.grids.page import posted_rows, stored_rows, with_copy, with_more, with_theirs
from plans.grids.saving import NothingSaved, save
from plans.grids.sheet import MOST_ROWS, GridRow, Posted, Sheet
from plans.grids.spec import Grid
from plans.grids.totals import totals
from plans.models import Plan
from plans.queries import may_on_plan, plan_for, plans_editable_by, plans_visible_to

TOO_MANY = (
    f"A table holds at most {MOST_ROWS:,} rows, and these are more. Import them from a file, or "
    "change them one by one in the list."
)


class GridAdmin(ScopedAdmin):
    """Rows of plans that are also edited as a grid, plan by plan."""

    grid: ClassVar[Grid]

    @property
    def grid_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_grid"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.grid_view)
        return [path("grid/<slug:slug>/", view, name=self.grid_name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the way back to the plan, and to its table, where the list is of one plan."""
        number = request.GET.get(PLAN, "")
        known = plans_visible_to(request.user)
        plan = known.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
        extra = dict(extra_context or {})
        if plan is not None:
            extra["of_plan"] = plan
            extra["table_address"] = reverse(f"admin:{self.grid_name}", args=[plan.slug])
        return super().changelist_view(request, extra)

    def grid_view(self, request: HttpRequest, slug: str) -> HttpResponse:
        plan = plan_for(request.user, slug)
        form = modelform_factory(self.model, self.grid.form or self.form, fields="__all__")
        sheet = Sheet(self.grid, form, self.scope, plan, person(request))
        if request.method == "POST":
            return _Answer(self, request, sheet).posted()
        return _Answer(self, request, sheet).shown()


class _Answer:
    """The answer to one request for a grid."""

    def __init__(self, admin: GridAdmin, request: HttpRequest, sheet: Sheet) -> None:
        self.admin, self.request, self.sheet, self.plan = admin, request, sheet, sheet.plan

    def shown(self) -> HttpResponse:
        drafts = plans_editable_by(self.request.user)
        is_editable = drafts.filter(pk=self.plan.pk).exists()
        rows = stored_rows(self.sheet, with_blanks=is_editable)
        if len(rows) > MOST_ROWS:
            return self._page([], why=TOO_MANY, is_editable=False)
        return self._page(rows, is_editable=is_editable)

    def posted(self) -> HttpResponse:
        if not may_on_plan(self.request.user, Ability.EDIT_DRAFT, self.plan):
            raise PermissionDenied(f"You may not change {self.plan}.")
        asked = self.request.POST
        posted = Posted(self.sheet, asked)
        if len(posted.rows) > MOST_ROWS:
            rows = posted_rows(self.sheet, posted)
            return self._page(rows, why=f"Nothing was saved. {TOO_MANY}")
        if "_duplicate" in asked:
            with_copy(posted, _place(asked["_duplicate"]))
        elif "_theirs" in asked:
            with_theirs(posted, _place(asked["_theirs"]))
        elif "_add" not in asked:
            return self._saved(posted)
        rows = posted_rows(self.sheet, posted)
        return self._page(with_more(self.sheet, rows) if "_add" in asked else rows)

    def _saved(self, posted: Posted) -> HttpResponse:
        try:
            act = save(self.sheet, posted)
        except NothingSaved:
            return self._page(posted_rows(self.sheet, posted))
        except actions.Refused as refusal:
            rows = posted_rows(self.sheet, posted)
            why = f"Nothing was saved. {refusal} What you typed is still here."
            return self._page(rows, why=why, status=403)
        except RowChanged as refusal:
            why = f"Nothing was saved. {refusal} Save again to see what changed."
            return self._page(posted_rows(self.sheet, posted), why=why)
        messages.success(self.request, _told(act))
        is_done = "_continue" not in self.request.POST
        return HttpResponseRedirect(self._plan_address() if is_done else self.request.path)

    def _plan_address(self) -> str:
        return reverse("admin:plans_plan_change", args=[self.plan.pk])

    def _page(
        self, rows: list[GridRow], *, why: str = "", is_editable: bool = True, status: int = 200
    ) -> HttpResponse:
        opts = self.admin.opts
        kind = str(opts.verbose_name_plural)
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": f"{kind[:1].upper()}{kind[1:]}: {self.plan}",
            "opts": opts,
            "plan": self.plan,
            "plan_address": self._plan_address(),
            "kind": kind,
            "grids": grids_of(self.admin.admin_site, self.plan),
            **self._elsewhere(),
            "columns": self.sheet.columns,
            "row_count": len(rows),
            "is_editable": is_editable,
            "is_unsaved": any(row.is_kept for row in rows),
            "why": why,
            "wrong": _wrong(self.sheet, rows),
            **self._table(rows, is_editable),
            **self._sums(rows),
        }
        return TemplateResponse(self.request, "admin/grid.html", context, status=status)

    def _table(self, rows: list[GridRow], is_editable: bool) -> dict[str, Any]:
        if not is_editable:
            return {"rows": plain_markup(self.sheet, rows)}
        return {"rows": rows_markup(self.sheet, rows), "new_row": new_row_markup(self.sheet)}

    def _sums(self, rows: list[GridRow]) -> dict[str, Any]:
        """The totals of the money, or the plan's balance where the money is one side of it."""
        total = self.sheet.grid.total
        if total is None:
            return {}
        added = totals(self.sheet, rows)
        if not total.side:
            labels = {column.name: column.label for column in self.sheet.columns}
            headings = {"by_label": labels[total.by], "total_label": labels[total.column]}
            return {"total": total, "added": added, **headings}
        site: Any = self.admin.admin_site
        typed = {each.key: each.amount for each in added}
        balances = site.balance(self.request, self.plan, total.side, typed)
        return {"total": total, "balances": balances}

    def _elsewhere(self) -> dict[str, str]:
        """Where the same rows are listed, and imported from a file."""
        opts = self.admin.opts
        rows = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        addresses = {"list_address": f"{rows}?{PLAN}={self.plan.pk}"}
        if self.admin.resource:
            files = reverse("admin:rows_import", args=[opts.label_lower])
            addresses["import_address"] = f"{files}?plan={self.plan.slug}"
        return addresses


def grids_of(site: Any, plan: Plan) -> list[dict[str, Any]]:
    """Every kind of row that is edited as a grid, with the address of the plan's own."""
    found = (each for each in site._registry.values() if isinstance(each, GridAdmin))
    return [
        {"label": _title(each), "url": reverse(f"admin:{each.grid_name}", args=[plan.slug])}
        for each in found
    ]


def _title(admin: ModelAdmin) -> str:
    kind = str(admin.opts.verbose_name_plural)
    return kind[:1].upper() + kind[1:]


def _wrong(sheet: Sheet, rows: list[GridRow]) -> list[dict[str, str]]:
    """Every error as a sentence, with the address of its cell."""
    columns = {column.name: column for column in sheet.columns}
    first = sheet.columns[0].name

    def words(place: int, name: str, sentence: str) -> str:
        if not name:
            return f"Row {place + 1}: {sentence}"
        # A sentence of a row's form begins with the field's label, which stands here already.
        told = sentence.removeprefix(f"{columns[name].label}: ")
        return f"Row {place + 1}, {columns[name].what}: {told}"

    return [
        {"cell": cell_id(place, name or first), "words": words(place, name, sentence)}
        for place, row in enumerate(rows)
        for name, sentences in row.errors.items()
        for sentence in sentences
    ]


def _place(text: str) -> int:
    return int(text) if text.isdecimal() else -1


def _told(act: Act) -> str:
    """What was saved, such as “3 rows changed, 1 row added.”, with the way to undo it."""
    counts = {"added": act.added, "changed": act.changed, "removed": act.removed}
    said = [f"{n} row{'' if n == 1 else 's'} {what}" for what, n in counts.items() if n]
    if not said:
        return "Nothing was changed."
    return told(act.row, ", ".join(said))
