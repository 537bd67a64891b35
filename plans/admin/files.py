"""Import and export of the rows of a list, as CSV or Excel files."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from bcf.accounts.models import User
from bcf.base.guides import guide
from bcf.base.outcomes import Outcome
from bcf.base.resources import RowResource
from bcf.files.table import FileRefused, Limits
from bcf.files.writing import CannotWrite, Sheet, csv_lines, workbook
from plans.actions import Refused
from plans.admin.told import told
from plans.models import Plan, RowImport
from plans.queries import plans_visible_to
from plans.row_imports import rows_check, rows_import, rows_put_aside

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Beyond it a workbook takes longer than anybody waits; CSV is streamed.
MOST_IN_WORKBOOK = 50_000
ON_A_PAGE = 100
READ_ONLY = ("export_csv", "export_xlsx", "import_template")
CUT_SHORT = "This file is not complete: the export failed. Export it again."


class FileForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label="CSV or Excel file",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Choose a file, .csv or .xlsx.",
            "empty": "The file is empty. Choose a file with column names in its first row.",
        },
    )


class RowFilesSite(admin.AdminSite):
    """A site whose kinds of rows have files: the pages of them all share their addresses."""

    # What the files hold, by kind of row; a kind that is not there has no files.
    resources: ClassVar[Mapping[Any, type[RowResource]]] = {}

    def get_urls(self) -> list[Any]:
        pages = (
            ("export.csv", "export_csv"),
            ("export.xlsx", "export_xlsx"),
            ("import/", "import"),
            ("import/template.xlsx", "import_template"),
            ("import/<slug:ref>/", "import_preview"),
        )
        own = [
            path(
                f"files/<str:kind>/{route}",
                self.admin_view(self._files_page),
                {"page": page},
                name=f"rows_{page}",
            )
            for route, page in pages
        ]
        return [*own, *super().get_urls()]

    def _files_page(
        self, request: HttpRequest, kind: str, page: str, **named: str
    ) -> HttpResponseBase:
        """A page of the files of a kind of row, such as `schemes.spendline`."""
        if page in READ_ONLY and request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        for model in self.resources:
            if model._meta.label_lower == kind:
                rows: Any = self.get_model_admin(model)
                answer: HttpResponseBase = rows.files_page(request, page, **named)
                return answer
        raise Http404("There are no files of this kind of row.")


class RowFilesAdmin(admin.ModelAdmin):
    """A list with links to export what it shows and to import rows.

    What the files hold comes from the site's `resources`.
    """

    change_list_template = "admin/rows_list.html"

    @property
    def resource(self) -> type[RowResource] | None:
        found: type[RowResource] | None = getattr(self.admin_site, "resources", {}).get(self.model)
        return found

    @property
    def _kind(self) -> type[RowResource]:
        """The same, on pages that are there only where there is one."""
        assert self.resource is not None
        return self.resource

    def may_import(self, request: HttpRequest) -> bool:
        """Whether the person may change or add any row of this kind."""
        return self.has_change_permission(request) or self.has_add_permission(request)

    def files_page(self, request: HttpRequest, page: str, **named: str) -> HttpResponseBase:
        """Answer for one of the pages that `RowFilesSite` has addresses for."""
        pages: dict[str, Callable[..., HttpResponseBase]] = {
            "export_csv": self.export_csv,
            "export_xlsx": self.export_xlsx,
            "import": self.import_view,
            "import_template": self.template_view,
            "import_preview": self.preview_view,
        }
        return pages[page](request, **named)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"row_files": self._links(request)} if self.resource else {}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def _links(self, request: HttpRequest) -> dict[str, str]:
        """The addresses of what may be done with files here, with the list's filter."""
        asked = request.GET.urlencode()
        query = f"?{asked}" if asked else ""
        plan = self._plan(request)
        about = f"?plan={plan.slug}" if plan else ""
        return {
            "csv": self._address("export_csv") + query,
            "xlsx": self._address("export_xlsx") + query,
            "import": self._address("import") + about if self.may_import(request) else "",
        }

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:rows_{page}", args=(self.opts.label_lower, *args))

    @property
    def _list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _plan(self, request: HttpRequest) -> Plan | None:
        """The plan that the list is of, or that the page of an import is opened for."""
        plans = plans_visible_to(request.user)
        number = request.GET.get("plan__id__exact", "")
        if number.isdecimal() and len(number) < 19:
            return plans.filter(pk=number).first()
        slug = request.GET.get("plan") or request.POST.get("plan") or ""
        if not slug or self.resource is None or "plan" not in self.resource.SCOPE:
            return None
        plan = plans.filter(slug=slug).first()
        if plan is None:
            raise Http404(f"No plan named {slug} was found.")
        return plan

    # -- export ----------------------------------------------------------------------------

    def export_csv(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list as it is filtered, streamed."""
        rows = self._listed(request)
        if isinstance(rows, HttpResponseBase):
            return rows
        resource = self._rows(request)
        lines = csv_lines(resource.file_columns(), resource.file_rows(rows))
        response = StreamingHttpResponse(_told_if_cut_short(lines), "text/csv; charset=utf-8")
        return self._as_file(response, f"{timezone.localdate()}.csv")

    def export_xlsx(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list as it is filtered, as a workbook."""
        rows = self._listed(request)
        if isinstance(rows, HttpResponseBase):
            return rows
        if rows.count() > MOST_IN_WORKBOOK:
            return self._back(
                request,
                f"The list has more than {MOST_IN_WORKBOOK:,} rows, which is too many for an "
                "Excel file. Filter the list, or export it as CSV.",
            )
        resource = self._rows(request)
        sheet = Sheet("Rows", resource.file_columns(), resource.file_rows(rows))
        try:
            content = workbook([sheet])
        except CannotWrite as refusal:
            return self._back(request, str(refusal))
        return self._as_file(HttpResponse(content, XLSX_TYPE), f"{timezone.localdate()}.xlsx")

    def _rows(self, request: HttpRequest) -> RowResource:
        return self._kind(_person(request))

    def _listed(self, request: HttpRequest) -> Any:
        """The rows that the list shows; an answer where the address is no filter of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            return self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return self._back(request, "This filter is not known. Filter the list again.")

    def _back(self, request: HttpRequest, why: str) -> HttpResponse:
        messages.error(request, why)
        asked = request.GET.urlencode()
        return HttpResponseRedirect(f"{self._list_address}?{asked}")

    def _as_file(self, response: Any, ending: str) -> HttpResponseBase:
        """The answer as a file named after the kind of row."""
        name = f"{slugify(str(self.opts.verbose_name_plural))}-{ending}"
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        return response

    # -- import ----------------------------------------------------------------------------

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; what importing it would do is shown next."""
        self._require_import(request)
        plan = self._plan(request)
        is_sent = request.method == "POST"
        form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
        if is_sent and form.is_valid():
            kept = self._check(request, form, plan)
            if kept:
                return HttpResponseRedirect(self._address("import_preview", kept.ref))
        context = {
            **self._context(request, f"Import {self.opts.verbose_name_plural}"),
            "form": form,
            "plan": plan,
            "rows": self._rows(request),
            "most_rows": f"{Limits().rows:,}",
            "template_address": self._address("import_template")
            + (f"?plan={plan.slug}" if plan else ""),
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/rows_import.html", context, status=status)

    def _require_import(self, request: HttpRequest) -> None:
        if not self.may_import(request):
            raise PermissionDenied("Only those who may change these rows import them.")

    def _check(self, request: HttpRequest, form: FileForm, plan: Plan | None) -> RowImport | None:
        file = form.cleaned_data["file"]
        try:
            return rows_check(
                resource=self._kind,
                name=file.name,
                content=file.read(),
                plan=plan,
                by=_person(request),
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            return None

    def preview_view(self, request: HttpRequest, ref: str) -> HttpResponse:
        """What importing a file would do; it is imported or put aside from here."""
        self._require_import(request)
        kept = RowImport.objects.filter(
            ref=ref, person=request.user.pk, model=self.opts.label_lower
        ).first()
        if kept is None:
            raise Http404("This file was imported or put aside already, or is older than a day.")
        if request.method == "POST":
            done = self._decide(request, kept)
            if done:
                return done
        outcome = kept.outcome
        context = {
            **self._context(request, f"Import of “{kept.file_name}”"),
            "kept": kept,
            "outcome": outcome,
            "counts": _counts(outcome),
            "to_write": _rows_in_words(outcome.to_write),
            "differences": _page(outcome.differences, request.GET.get("rows")),
            "differences_note": _note(len(outcome.differences), outcome.to_write, "rows"),
            "errors": _page(outcome.errors, request.GET.get("errors")),
            "errors_note": _note(len(outcome.errors), outcome.error_count, "errors"),
            "again": self._address("import") + (f"?plan={kept.plan.slug}" if kept.plan else ""),
        }
        status = 409 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/rows_preview.html", context, status=status)

    def _decide(self, request: HttpRequest, kept: RowImport) -> HttpResponse | None:
        """Import the file or put it aside; None where the import was refused."""
        if "put-aside" in request.POST:
            rows_put_aside(kept=kept, by=_person(request))
            messages.success(request, f"“{kept}” was put aside. Nothing was imported.")
            return HttpResponseRedirect(self._address("import"))
        try:
            done = rows_import(kept=kept, resource=self._kind, by=_person(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return None
        counts = f"{done.words}: {done.added:,} added, {done.changed:,} changed"
        messages.success(request, told(done, counts))
        of_plan = f"?plan__id__exact={kept.plan.pk}" if kept.plan else ""
        return HttpResponseRedirect(self._list_address + of_plan)

    def template_view(self, request: HttpRequest) -> HttpResponseBase:
        """An empty file with the columns, and a second sheet that explains them."""
        self._require_import(request)
        resource = self._rows(request)
        sheets = [
            Sheet("Rows", resource.file_columns(), []),
            guide(resource, self._plan(request)),
        ]
        return self._as_file(HttpResponse(workbook(sheets), XLSX_TYPE), "template.xlsx")

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "list_address": self._list_address,
        }


def _person(request: HttpRequest) -> User:
    """Who is signed in; nobody else gets past the admin's door."""
    assert isinstance(request.user, User)
    return request.user


def _counts(outcome: Outcome) -> list[dict[str, str]]:
    """How many rows would be what, as a page shows it."""
    found = {
        "New": outcome.new,
        "Changed": outcome.changed,
        "The same": outcome.same,
        "Refused": outcome.refused,
    }
    return [{"label": label, "value": f"{count:,}"} for label, count in found.items()]


def _rows_in_words(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _note(shown: int, there_are: int, noun: str) -> str:
    """That not all are shown, where it is so."""
    return f"the first {shown:,} of {there_are:,} {noun}" if shown < there_are else ""


def _page(items: list[Any], number: Any) -> Any:
    return Paginator(items, ON_A_PAGE).get_page(number)


def _told_if_cut_short(lines: Iterator[str]) -> Iterator[str]:
    """The lines; where they break off, one that says so, since the answer has begun already."""
    try:
        yield from lines
    except Exception:
        yield f'"{CUT_SHORT}"\r\n'
        raise
