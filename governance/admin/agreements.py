"""The admin of agreements and of what hangs on them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from bcf.accounts.access import Ability
from governance.admin.scope import AgreementRowAdmin, BoardScopedAdmin
from governance.models import Agreement, AgreementNote, AgreementProvider, AgreementValue
from governance.queries import (
    agreements_editable_by,
    agreements_visible_to,
    notes_editable_by,
    notes_visible_to,
)
from plans.admin import money_column
from plans.models import Board, Plan
from plans.queries import Somebody, boards_where
from plans.row_forms import SafeForm

OF_AGREEMENT = ("agreement", admin.RelatedOnlyFieldListFilter)


class AgreementInline(admin.TabularInline):
    """The rows of an agreement as a table on its page; its rights are the agreement's."""

    form = SafeForm
    extra = 0
    show_change_link = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and bool(
            self.admin_site.get_model_admin(Agreement).has_change_permission(request, obj)
        )

    has_change_permission = has_delete_permission = has_add_permission


class AgreementValueInline(AgreementInline):
    model = AgreementValue
    fields = ("financial_year", "measure", "organisation", "amount")
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("organisation")


class AgreementProviderInline(AgreementInline):
    model = AgreementProvider
    fields = ("provider", "service", "status", "starts", "ends")
    autocomplete_fields = ("provider",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("provider")


class AgreementAdmin(BoardScopedAdmin):
    """Agreements of all boards; each is changed by the editors of one of its boards."""

    SETTLED = ("slug", "plan")
    list_display = ("title", "kind", "client_group", "term", "parent", "plan")
    list_select_related: ClassVar[Any] = ("parent", "plan")
    list_filter = (
        "kind",
        "is_section_75",
        "client_group",
        "arrangement",
        ("boards", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "title",
        "other_titles",
        "slug",
        "purpose",
        "boards__name",
        "parties__name",
        "plan__title",
    )
    autocomplete_fields = ("parties", "host")
    inlines = (AgreementValueInline, AgreementProviderInline)

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(pk__in=agreements_visible_to(user).values("pk"))

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return agreements_editable_by(user)

    def boards_of(self, row: Any, form: Any) -> list[Board]:
        if row.pk is None:
            return list(form.cleaned_data["boards"])
        return list(row.boards.all())

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = self.SETTLED if obj else ()
        # Whose agreement it is decides who may change it: an administrator's business.
        boards = ("boards",) if obj and not request.user.is_superuser else ()
        return (*fixed, *boards)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = agreements_visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "boards":
            kwargs["queryset"] = boards_where(request.user, Ability.EDIT_DRAFT)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class AgreementValueAdmin(AgreementRowAdmin):
    """Amounts of agreements, each with the unit that the document means."""

    list_display = (
        "agreement",
        "year",
        "measure",
        "party_label",
        money_column("amount", "amount"),
    )
    list_select_related: ClassVar[Any] = ("agreement__plan", "organisation")
    list_filter = ("financial_year", "measure", OF_AGREEMENT)
    search_fields = ("ref", "agreement__title", "organisation__name", "unit_ground")
    autocomplete_fields = ("organisation",)

    @admin.display(description="financial year", ordering="financial_year")
    def year(self, row: AgreementValue) -> str:
        return str(row.financial_year.label)


class AgreementProviderAdmin(AgreementRowAdmin):
    """Who provides what under an agreement."""

    list_display = ("provider", "agreement", "status", "service")
    list_select_related: ClassVar[Any] = ("agreement__plan", "provider")
    list_filter = ("status", OF_AGREEMENT)
    search_fields = ("ref", "agreement__title", "provider__name", "service")
    autocomplete_fields = ("provider",)


class AgreementVariationAdmin(AgreementRowAdmin):
    """Changes of the terms of agreements."""

    list_display = ("agreement", "when", "change")
    list_filter = (OF_AGREEMENT,)
    search_fields = ("ref", "agreement__title", "reason", "change")

    @admin.display(description="when", ordering="varied")
    def when(self, row: Any) -> str:
        return row.varied.label if row.varied else row.varied_in_words or "not stated"


class AgreementNoteAdmin(BoardScopedAdmin):
    """Notes about one agreement, or about all agreements of a board."""

    SETTLED = ("agreement", "board")
    list_display = ("text", "kind", "agreement", "board")
    list_select_related: ClassVar[Any] = ("agreement__plan", "board")
    list_filter = ("kind", OF_AGREEMENT, ("board", admin.RelatedOnlyFieldListFilter))
    search_fields = ("ref", "text", "agreement__title", "board__name")

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(pk__in=notes_visible_to(user).values("pk"))

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return notes_editable_by(user)

    def plan_of(self, row: AgreementNote) -> Plan | None:
        return row.agreement.plan if row.agreement else None

    def boards_of(self, row: AgreementNote, form: Any) -> list[Board]:
        if row.agreement:
            return list(row.agreement.boards.all())
        return super().boards_of(row, form)
