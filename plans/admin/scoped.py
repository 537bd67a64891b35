"""The admin of rows that are read and changed through a `plans.scopes.Scope`.

What a person may do follows from `bcf.accounts.access` alone; Django's own model permissions
are not used. A row that the person may not read is not found, and a refusal is shown beside
everything that was typed.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import ModelChoiceField, modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.base.models import RowChanged, RowFixed
from bcf.base.seen import SEEN, SeenForm
from bcf.base.sentences import label_of
from plans import actions
from plans.admin.bulk import BulkEdit
from plans.admin.deletion import Removal, counted
from plans.admin.fieldsets import without
from plans.admin.files import RowFilesAdmin
from plans.admin.history import RowHistory
from plans.admin.listing import ListAdmin
from plans.admin.shown import read_only
from plans.queries import may_anywhere
from plans.row_forms import SafeForm
from plans.scopes import REFERENCE


def person(request: HttpRequest) -> User:
    """Who is signed in; nobody else gets past the admin's door."""
    assert isinstance(request.user, User)
    return request.user


class SafeAdmin(RowFilesAdmin, ListAdmin):
    """Answers 404 for what is not there, and shows a refusal beside everything typed."""

    form: Any = SafeForm

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404(f"No {opts.verbose_name} of this number was found.")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = request.__dict__.get("_refusal", "")
        form.read_only = set(self.get_readonly_fields(request, obj))
        return form

    def left_out(self, request: HttpRequest, obj: Any = None) -> set[str]:
        """Fields that the form does not show for this row."""
        return set()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the hidden field that tells what the person saw, where something can be saved."""
        shown = without(super().get_fieldsets(request, obj), self.left_out(request, obj))
        if obj is not None and not self.has_change_permission(request, obj):
            return read_only(shown, self.model, self.form)
        if obj is None or not issubclass(self.form, SeenForm):
            return shown
        (name, options), *others = shown
        return [(name, {**options, "fields": [*options["fields"], SEEN]}), *others]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        preserved = {"preserved_filters": context["preserved_filters"], "opts": self.opts}
        context.setdefault("list_url", add_preserved_filters(preserved, self.list_url()))
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (actions.Refused, RowChanged, RowFixed) as refusal:
            why = str(refusal)
        except ValidationError as error:
            why = " ".join(error.messages)
        # Shown again as an invalid form: the transaction was undone, what was typed is kept.
        request.__dict__["_refusal"] = f"Nothing was saved. {why}"
        return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return super().changelist_view(request, *args, **kwargs)
        except actions.Refused as refusal:
            messages.error(request, f"Nothing was changed. {refusal}")
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except actions.Refused as refusal:
            messages.error(request, f"Nothing was removed. {refusal}")
            return HttpResponseRedirect(request.get_full_path())


class AdministratorAdmin(BulkEdit, RowHistory, SafeAdmin):
    """Reference data: read by everybody who enters the admin, changed by administrators."""

    scope = REFERENCE

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ScopedAdmin(BulkEdit, RowHistory, SafeAdmin):
    """Rows seen and changed as `scope` says; what decides that is chosen once."""

    plan_path = "plan"
    search_help_text = "Words of the row, its plan or its board, or an amount"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        # The list applies its own only to a queryset that has none yet.
        related: Any = self.list_select_related or ()
        rows = super().get_queryset(request).select_related(*related)
        return self.scope.visible(request.user, rows)

    def editable(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows that the person may change now."""
        return self.scope.editable(request.user, self.model._default_manager.all())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_anywhere(request.user, Ability.EDIT_DRAFT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked once a request and row."""
        if obj is None:
            return may_anywhere(request.user, Ability.EDIT_DRAFT)
        known: dict[Any, bool] = request.__dict__.setdefault("_editable_rows", {})
        key = (self.model, obj.pk)
        if key not in known:
            known[key] = self.editable(request).filter(pk=obj.pk).exists()
        return known[key]

    has_delete_permission = has_change_permission

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = {field.name for field in self.model._meta.fields}
        fixed = (*self.scope.settled, *names.intersection({"ref", "slug"})) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except PermissionDenied:
            closed = request.method == "POST" and self._closed_page(request, *args, **kwargs)
            if not closed:
                raise
            return closed

    def _closed_page(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """What was typed on a page that was opened before its plan was submitted."""
        row = object_id and self.get_object(request, object_id)
        plan = self.scope.plan_of(row) if row else None
        if plan is None or plan.is_open:
            return None
        why = (
            f"{plan} is {plan.get_status_display().lower()} by now, so its rows are read-only and "
            f"nothing of “{row}” was saved. An approver can reopen the plan."
        )
        return self._kept_page(request, row, plan, why, status=403)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """What was typed on the page of a row that somebody removed meanwhile, to copy."""
        removed = self._removed(request, object_id) if request.method == "POST" else None
        if removed is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        who = str(removed.history_user or "Somebody")
        row, when = removed.instance, timezone.localtime(removed.history_date)
        why = (
            f"{who} removed “{row}” on {when.day} {when:%B %Y at %H:%M}, after you had opened its "
            "page. Nothing was saved. Add it again if it is still wanted."
        )
        return self._kept_page(request, row, self.scope.plan_of(row), why, status=410)

    def _removed(self, request: HttpRequest, object_id: str) -> Any:
        """The last state of a row that is gone, if the person could change it now."""
        if not (object_id.isascii() and object_id.isdecimal() and len(object_id) < 19):
            return None
        removed = self.model.history.filter(id=object_id, history_type="-").first()
        try:
            if removed is not None:
                with transaction.atomic():
                    self.scope.hold([removed.instance], by=person(request))
        except (actions.Refused, ObjectDoesNotExist):
            return None
        return removed

    def _kept_page(
        self, request: HttpRequest, row: Any, plan: Any, why: str, status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Nothing was saved",
            "why": why,
            "plan": plan,
            "opts": self.opts,
            "typed": list(self._typed(request, row)),
        }
        return TemplateResponse(request, "admin/closed.html", context, status=status)

    def _typed(self, request: HttpRequest, row: Any = None) -> Iterator[tuple[str, str]]:
        """Each field's label, and what was typed or chosen in it."""
        made: Any = modelform_factory(self.model, form=self.form, fields="__all__")
        made.bound_plan = self.scope.plan_of(row) if row is not None else None
        form = made(request.POST, instance=row)
        for name, values in request.POST.lists():
            if name in {"csrfmiddlewaretoken", SEEN} or name.startswith("_"):
                continue
            known = name in form.fields
            if known and isinstance(form.fields[name], ModelChoiceField):
                continue  # a number, and whose it is need not be known to the person
            words = form.posted_words(name) if known else "; ".join(each for each in values if each)
            if words and words != "empty":
                yield label_of(form.fields[name].label if known else name.replace("_", " ")), words

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.scope.hold([obj], by=person(request))
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes along, by kind; what is not the person's to remove; what forbids it."""
        rows = list(objs)
        if not rows:
            return [], {}, set(), []
        removal = Removal(rows)
        closed = {f"“{row}”, or its plan is no draft" for row in self._closed(request, rows)}
        others = removal.not_editable(request, self.admin_site)
        counts = dict.fromkeys(counted(removal.along), "")
        named = removal.named(request, self.admin_site)
        return [str(row) for row in rows], counts, closed | set(others), named

    def _closed(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        """Those of the rows that the person may not change now."""
        chosen = [row.pk for row in rows]
        open_ = set(self.editable(request).filter(pk__in=chosen).values_list("pk", flat=True))
        return [row for row in rows if row.pk not in open_]
