"""Pages of the admin on which an old version of a row, or a removed row, is restored."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.base.differences import State
from bcf.base.seen import SEEN
from bcf.base.versions import ADDED, CHANGED, Change, Version, history_of, read_changes
from bcf.base.words import field_label
from plans import actions
from plans.admin.told import told
from plans.models import ChangeSet
from plans.queries import may_on_plan, may_read_history
from plans.restoring import instances, row_put_back, row_restore, seen_of
from plans.scopes import Scope
from plans.telling import Told, tell


class RestorePages(admin.ModelAdmin):
    """Restores old values of rows, as `scope` allows.

    A kind that is not `restorable` shows its versions and no more.
    """

    scope: ClassVar[Scope]
    restorable: ClassVar[bool] = True

    def get_urls(self) -> list[Any]:
        if not self.restorable:
            return super().get_urls()
        view = self.admin_site.admin_view(self.restore_view)
        address = "<path:object_id>/history/<int:record>/restore/"
        return [path(address, view, name=self._name("restore")), *super().get_urls()]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def history_address(self, number: Any) -> str:
        return reverse(f"admin:{self._name('history')}", args=[number])

    def restore_address(self, version: Version, field: str = "") -> str:
        """Where a version of a row is restored, or one of its values."""
        number = [version.row_id, version.number]
        address = reverse(f"admin:{self._name('restore')}", args=number)
        return f"{address}?field={field}" if field else address

    def last_change(self, number: str) -> Change | None:
        """The newest change of a row; None where it has no history."""
        records = history_of(self.model)
        found = records.filter(id=number) if number.isdecimal() else records.none()
        changes = read_changes(self.model, found[:1])
        return changes[0] if changes else None

    def require_readable(self, request: HttpRequest, row: Any, last: Change | None) -> Any:
        """The row, or what it was; `Http404` where the person may not know of its history."""
        if row is None and last and last.is_removal:
            (row,) = instances([last.old or last.new])
        if row is None or not may_read_history(request.user, self.scope.plan_of(row)):
            raise Http404(f"No {self.opts.verbose_name} of this number was found.")
        return row

    def row_context(self, request: HttpRequest, row: Any, was: Any) -> dict[str, Any]:
        """What the pages of a row's history share; `was` is the row, or what it was."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": str(self.opts.verbose_name_plural),
            "row": row,
            "number": was.pk,
            "name": str(was),
            "subtitle": str(was),
        }

    def why_not_restored(self, request: HttpRequest, row: Any, was: Any) -> str:
        """Why nothing is restored, where the plan is closed; empty where nothing speaks against it.

        Raises `PermissionDenied` where the row is not the person's to change.
        """
        plan = self.scope.plan_of(was)
        if plan is None:
            may = self.has_change_permission(request, row)
        else:
            may = may_on_plan(request.user, Ability.EDIT_DRAFT, plan)
        if not may:
            raise PermissionDenied
        if plan is None or plan.is_open:
            return ""
        status = plan.get_status_display().lower()
        return f"{plan} is {status}, so it is read-only. An approver can reopen it."

    def may_restore(self, request: HttpRequest, row: Any, was: Any) -> bool:
        try:
            return self.restorable and not self.why_not_restored(request, row, was)
        except PermissionDenied:
            return False

    def restore_view(self, request: HttpRequest, object_id: str, record: int) -> HttpResponse:
        """Show what restoring a version or one of its values would change, and do it."""
        number = unquote(object_id)
        row, last = self.get_object(request, number), self.last_change(number)
        was = self.require_readable(request, row, last)
        assert last is not None or row is not None
        restoring = self._restoring(request, row, last, record)
        why_not = self.why_not_restored(request, row, was)
        refusal = ""
        if request.method == "POST" and not why_not:
            try:
                return self._restored(request, restoring)
            except actions.Refused as refused:
                refusal = str(refused)
                row, last = self.get_object(request, number), self.last_change(number)
        context = {
            **self.row_context(request, row, was),
            "title": restoring.title,
            "told": restoring.told(last),
            "seen": seen_of(row) if row else "",
            "refusal": refusal,
            "why_not": why_not,
            "history_address": self.history_address(was.pk),
        }
        status = 400 if refusal else 403 if why_not and request.method == "POST" else 200
        return TemplateResponse(request, "admin/restore.html", context, status=status)

    def _restoring(
        self, request: HttpRequest, row: Any, last: Change | None, record: int
    ) -> "Restoring":
        """What is to be restored; `Http404` where there is no such version or field."""
        found = history_of(self.model).filter(history_id=record)
        changes = read_changes(self.model, found)
        number = row.pk if row else last and last.new.row_id
        if not changes or changes[0].new.row_id != number:
            raise Http404("No such version was found.")
        if (row is None) != changes[0].is_removal or (row is None and last != changes[0]):
            raise Http404("This version cannot be restored.")
        fields = self.restorable_fields(request, row) if row else []
        name = request.GET.get("field", "")
        if name:
            if name not in fields:
                raise Http404("This field cannot be restored.")
            fields = [name]
        return Restoring(request.user, self.scope, row, changes[0], fields)

    def restorable_fields(self, request: HttpRequest, row: Any) -> list[str]:
        """The fields that the person may change in the row's own form."""
        form: Any = self.get_form(request, row, change=True)
        own = {field.name for field in (*self.opts.concrete_fields, *self.opts.many_to_many)}
        return [name for name in form.base_fields if name in own and name != SEEN]

    def _restored(self, request: HttpRequest, restoring: "Restoring") -> HttpResponse:
        done = restoring.perform(request.POST.get("seen", ""))
        messages.success(request, told(done))
        return HttpResponseRedirect(self.history_address(restoring.change.new.row_id))


class Restoring:
    """A version, or one value of it, or a removed row, that is to be restored."""

    def __init__(
        self, user: Any, scope: Scope, row: Any, change: Change, fields: Collection[str]
    ) -> None:
        self.user, self.scope, self.row = user, scope, row
        self.change, self.fields = change, fields

    @property
    def title(self) -> str:
        if self.row is None:
            return f"Put back {self.change.new.model._meta.verbose_name}"
        what = "version"
        if len(self.fields) == 1:
            what = f"{field_label(self._field(next(iter(self.fields))))} from version"
        return f"Restore {what} {self.change.new.version}"

    def _field(self, name: str) -> Any:
        return self.change.new.model._meta.get_field(name)

    def told(self, last: Change | None) -> Told:
        """What would change: each field, what it is now and what it would be."""
        version = self.change.new
        if self.row is None or last is None:
            version = self.change.old or version
            return tell([Change(None, replace(version, sign=ADDED))], to=self.user)[0]
        now = last.new
        values, links = dict(now.state.values), dict(now.state.links)
        for name in self.fields:
            if self._field(name).many_to_many:
                links[name] = version.state.links.get(name, frozenset())
            else:
                values[self._field(name).attname] = value_of(version, name)
        then = replace(now, sign=CHANGED, state=State(values, links))
        return tell([Change(now, then)], to=self.user)[0]

    def perform(self, seen: str) -> ChangeSet:
        """Restore it; raises `Refused`."""
        assert isinstance(self.user, User)
        if self.row is None:
            version = self.change.old or self.change.new
            return row_put_back(version=version, scope=self.scope, by=self.user)
        return row_restore(
            row=self.row,
            version=self.change.new,
            fields=self.fields,
            seen=seen,
            scope=self.scope,
            by=self.user,
        )


def value_of(version: Version, name: str) -> Any:
    """The value or the links of a field in a version."""
    field: Any = version.model._meta.get_field(name)
    if field.many_to_many:
        return version.state.links.get(name)
    return version.state.values[field.attname]
