"""The admin of rows that are read and changed through a `plans.scopes.Scope`.

What a person may do follows from `bcf.accounts.access` alone; Django's own model permissions
are not used. A row that the person may not read is not found, and a refusal is shown beside
everything that was typed.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.base.models import RowChanged, RowFixed
from bcf.base.seen import SEEN, SeenForm
from plans import actions
from plans.admin.bulk import BulkEdit
from plans.admin.files import RowFilesAdmin
from plans.admin.history import RowHistory
from plans.admin.listing import ListAdmin
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
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the hidden field that tells what the person saw, where something can be saved."""
        shown = super().get_fieldsets(request, obj)
        may_save = obj is not None and self.has_change_permission(request, obj)
        if not may_save or not issubclass(self.form, SeenForm):
            return shown
        (name, options), *others = shown
        return [(name, {**options, "fields": [*options["fields"], SEEN]}), *others]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

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
        context = {
            **self.admin_site.each_context(request),
            "title": "Nothing was saved",
            "plan": plan,
            "row": row,
            "opts": self.opts,
            "typed": list(self._typed(request)),
        }
        return TemplateResponse(request, "admin/closed.html", context, status=403)

    def _typed(self, request: HttpRequest) -> Iterator[tuple[str, str]]:
        for name, values in request.POST.lists():
            if name in {"csrfmiddlewaretoken", SEEN} or name.startswith("_"):
                continue
            words = "; ".join(value for value in values if value)
            if words:
                yield self._label(name), words

    def _label(self, name: str) -> str:
        fields = {field.name: field for field in self.model._meta.get_fields()}
        label = str(getattr(fields.get(name), "verbose_name", name.replace("_", " ")))
        return label[:1].upper() + label[1:]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.scope.hold([obj], by=person(request))
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        chosen = [row.pk for row in objs]
        open_ = set(self.editable(request).filter(pk__in=chosen).values_list("pk", flat=True))
        closed = {
            f"{row} (it is not yours to change, or its plan is no draft)"
            for row in objs
            if row.pk not in open_
        }
        return to_delete, counts, needed | closed, protected
