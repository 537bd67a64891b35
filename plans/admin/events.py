"""The admin of events and acts: looked at by who may read them, changed by nobody."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from bcf.accounts.access import Ability
from plans.admin.columns import (
    OF_PLAN,
    moment_column,
    number_column,
    rows_in_words,
    text_column,
)
from plans.admin.filters import OF_PLANS
from plans.admin.scoped import SafeAdmin
from plans.admin.value_filters import value_filter
from plans.models import ChangeSet, PlanEvent
from plans.queries import change_sets_visible_to, may_anywhere, rows_visible_to


class ViewOnlyAdmin(SafeAdmin):
    """Rows that are only ever added, by what happens; nobody adds, changes or removes them here."""

    form = forms.ModelForm

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What happened has no versions: its own page says all."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404(f"No {self.opts.verbose_name} of this number was found.")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[row.pk]))


class PlanEventAdmin(ViewOnlyAdmin):
    """What happened to plans: submitted, given an outcome, reopened."""

    plan_path = "plan"
    list_display = (
        "words",
        moment_column("at", "when"),
        "actor_name",
        text_column("note", "remark"),
        OF_PLAN,
    )
    list_select_related: ClassVar[Any] = ("plan__cycle",)
    list_filter = (
        *OF_PLANS,
        value_filter("action", "what happened"),
        value_filter("actor_name", "by"),
    )
    search_fields = ("note", "actor_name", "plan__title")
    search_help_text = "Words of the remark, of who acted, or of the plan"
    fields = ("plan", "words", "at", "actor_name", "from_status", "to_status", "note")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PlanEvent]:
        rows = super().get_queryset(request).select_related("plan__cycle")
        return rows_visible_to(request.user, rows)

    @admin.display(description="what happened", ordering="action")
    def words(self, event: PlanEvent) -> str:
        return event.words


class ChangeSetAdmin(ViewOnlyAdmin):
    """Acts that changed many rows, each with a page of its own from which it is undone."""

    list_display = (
        "words",
        "kind",
        "of_rows",
        moment_column("at", "when"),
        "actor_name",
        number_column("added", "rows added"),
        number_column("changed", "rows changed"),
        number_column("removed", "rows removed"),
    )
    list_filter = (
        value_filter("kind", "what was done"),
        value_filter("model", "kind of row", words=rows_in_words),
        value_filter("actor_name", "by"),
    )
    search_fields = ("words", "actor_name")
    search_help_text = "Words of the act, or of who acted"
    fields = ("words", "kind", "at", "actor_name", "added", "changed", "removed", "undoes")

    @admin.display(description="kind of row", ordering="model")
    def of_rows(self, act: ChangeSet) -> str:
        return rows_in_words(act.model)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ChangeSet]:
        return change_sets_visible_to(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the act that it undid, where the person may not know of that one."""
        fields = super().get_fields(request, obj)
        undone = obj and obj.undoes_id
        if undone and not self.get_queryset(request).filter(pk=undone).exists():
            return [name for name in fields if name != "undoes"]
        return fields

    def view_on_site(self, act: ChangeSet) -> str:
        """The page that lists the rows and undoes the act."""
        return reverse("change-set", args=[act.ref])
