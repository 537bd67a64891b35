"""The admin of plans and of the rows that belong to them: scoped, and read-only when closed.

What a person may do follows from `bcf.accounts.access` alone; Django's own model permissions
are not used. A row of a plan that the person may not read is not found.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.base.models import RowChanged, RowFixed
from bcf.base.seen import SEEN, SeenForm
from bcf.money import format_pounds
from plans import actions
from plans.models import Contribution, Plan, Requirement
from plans.queries import (
    may_anywhere,
    plans_editable_by,
    rows_visible_to,
)
from plans.row_forms import (
    ContributionForm,
    ContributionFormSet,
    ContributionTableForm,
    RequirementForm,
    RequirementFormSet,
    RowFormSet,
    SafeForm,
)

# Offers those plans alone that the person may read.
OF_PLAN = ("plan", admin.RelatedOnlyFieldListFilter)


class SafeAdmin(admin.ModelAdmin):
    """Answers 404 for what is not there, and shows a refusal beside everything typed."""

    show_facets = admin.ShowFacets.NEVER
    form = SafeForm

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
        except PermissionDenied:
            if request.method == "POST":
                self._say_closed(request, *args, **kwargs)
            raise
        except (actions.Refused, RowChanged, RowFixed) as refusal:
            why = str(refusal)
        except ValidationError as error:
            why = " ".join(error.messages)
        # Shown again as an invalid form: the transaction was undone, what was typed is kept.
        request.__dict__["_refusal"] = f"Nothing was saved. {why}"
        return super().changeform_view(request, *args, **kwargs)

    def _say_closed(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Tell who saves a page opened before the plan was submitted why it is refused."""
        plan = _plan_of(object_id and self.get_object(request, object_id))
        if plan is not None and not plan.is_open:
            raise PermissionDenied(
                f"{plan} is {plan.get_status_display().lower()} by now, so nothing was saved. "
                "What you typed is still in your browser: go back to copy it. An approver can "
                "reopen the plan."
            )

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return super().changelist_view(request, *args, **kwargs)
        except actions.Refused as refusal:
            messages.error(request, f"Nothing was removed. {refusal}")
            return HttpResponseRedirect(request.get_full_path())

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except actions.Refused as refusal:
            messages.error(request, f"Nothing was removed. {refusal}")
            return HttpResponseRedirect(request.get_full_path())


class AdministratorAdmin(SafeAdmin):
    """Reference data: read by everybody who enters the admin, changed by administrators."""

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


def person(request: HttpRequest) -> User:
    """Who is signed in; nobody else gets past the admin's door."""
    assert isinstance(request.user, User)
    return request.user


def may_edit(request: HttpRequest, plan: Plan) -> bool:
    """Whether the person may change the rows of this plan now; asked once a request and plan."""
    known: dict[int, bool] = request.__dict__.setdefault("_editable_plans", {})
    if plan.pk not in known:
        known[plan.pk] = plans_editable_by(request.user).filter(pk=plan.pk).exists()
    return known[plan.pk]


class PlanScoped(BaseModelAdmin):
    """Permissions of rows with a `plan`: seen where the plan is, changed in own drafts only."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        plan = _plan_of(obj)
        if plan is None:
            return may_anywhere(request.user, Ability.EDIT_DRAFT)
        return may_edit(request, plan)

    has_delete_permission = has_change_permission

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


def _plan_of(obj: Any) -> Plan | None:
    return obj if isinstance(obj, Plan) else getattr(obj, "plan", None)


class PlanRowAdmin(PlanScoped, SafeAdmin):
    """The admin of a row of a plan. Its plan is chosen once, among own drafts."""

    list_per_page = 50
    list_select_related: ClassVar[Any] = ("plan__cycle",)
    search_help_text = "Search by words of the row or its plan"

    @admin.display(description="financial year", ordering="financial_year")
    def year(self, row: Any) -> str:
        return str(row.financial_year.label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_anywhere(request.user, Ability.EDIT_DRAFT)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        # The list applies its own only to a queryset that has none yet.
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows_visible_to(request.user, rows)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("plan",) if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed, *(("ref",) if obj else ()))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        # Forms of rows offer the choices of one plan: of the row's, or of the one being chosen.
        form.bound_plan = obj.plan if obj else _chosen_plan(request)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = plans_editable_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.hold_draft(obj.plan, by=person(request))
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            actions.hold_draft(obj.plan, by=person(request))
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Remove the rows one by one, so that each leaves a history; all or none."""
        with transaction.atomic():
            for row in queryset.select_related("plan"):
                actions.hold_draft(row.plan, by=person(request))
                row.delete()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        closed = {
            f"{row} (its plan is not yours to change, or is no draft)"
            for row in objs
            if not may_edit(request, row.plan)
        }
        return to_delete, counts, needed | closed, protected


def _chosen_plan(request: HttpRequest) -> Plan | None:
    """The plan that an add page is for, by what was posted or asked for in the address."""
    number = request.POST.get("plan") or request.GET.get("plan") or ""
    if not number.isdecimal():
        return None
    return plans_editable_by(request.user).filter(pk=number).first()


class StatedFilter(admin.AllValuesFieldListFilter):
    """The values that occur; an empty one says so, for a link needs words."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "Not stated"}


class PlanRowInline(PlanScoped, admin.TabularInline):
    """The rows of a plan as a table on the plan's page."""

    formset = RowFormSet
    extra = 1
    show_change_link = True
    can_delete = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = super().get_fields(request, obj)
        may_save = self.has_change_permission(request, obj) and issubclass(self.form, SeenForm)
        return (*shown, SEEN) if may_save else shown

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        form: type[ModelForm] = formset.form
        form.bound_plan = obj  # type: ignore[attr-defined]
        return formset


def money_column(name: str, label: str) -> Any:
    """A column of a list with an amount as a reader writes it, ordered by the amount."""

    @admin.display(description=label, ordering=name)
    def column(row: models.Model) -> str:
        return format_pounds(getattr(row, name))

    column.__name__ = f"{name}_money"
    return column


class ContributionAdmin(PlanRowAdmin):
    """Contributions of all plans that the person may read."""

    form = ContributionForm
    list_display = (
        "source_label",
        "plan",
        "year",
        "contributor",
        money_column("amount", "amount"),
    )
    list_select_related = ("plan__cycle", "contributor")
    list_filter = ("financial_year", "funding_source", OF_PLAN)
    search_fields = ("ref", "funding_source", "plan__title", "contributor__name", "note")
    autocomplete_fields = ("contributor",)


class RequirementAdmin(PlanRowAdmin):
    """Published minimums of all plans that the person may read."""

    form = RequirementForm
    list_display = (
        "rule_label",
        "plan",
        "year",
        money_column("minimum", "minimum"),
        money_column("actual", "stated by the plan"),
    )
    list_filter = ("financial_year", "rule", OF_PLAN)
    search_fields = ("ref", "rule", "plan__title", "note")


class ContributionInline(PlanRowInline):
    model = Contribution
    form = ContributionTableForm
    formset = ContributionFormSet
    fields = ("financial_year", "funding_source", "sub_source", "contributor", "amount")


class RequirementInline(PlanRowInline):
    model = Requirement
    form = RequirementForm
    formset = RequirementFormSet
    fields = ("financial_year", "rule", "minimum", "actual")
