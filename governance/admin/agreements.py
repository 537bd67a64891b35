"""The admin of agreements and of what hangs on them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from bcf.accounts.access import Ability
from governance.admin.offered import OfferedAdmin
from governance.models import AgreementProvider, AgreementValue
from governance.queries import agreements_visible_to
from governance.scopes import AGREEMENT_ROWS, AGREEMENTS, NOTES
from plans import actions
from plans.admin.inlines import OwnedInline
from plans.admin.scoped import OF_BOARD, money_column, period_column
from plans.queries import boards_where

OF_AGREEMENT = ("agreement", admin.RelatedOnlyFieldListFilter)


class AgreementValueInline(OwnedInline):
    model = AgreementValue
    fields = ("financial_year", "measure", "organisation", "amount")
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("organisation")


class AgreementProviderInline(OwnedInline):
    model = AgreementProvider
    fields = ("provider", "service", "status", "starts", "ends")
    autocomplete_fields = ("provider",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("provider")


class AgreementAdmin(OfferedAdmin):
    """Agreements of all boards; each is changed by the editors of one of its boards."""

    scope = AGREEMENTS
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

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change and not obj.plan:
            # The boards of a new agreement are saved after it.
            own = boards_where(request.user, Ability.EDIT_DRAFT)
            numbers = [board.pk for board in form.cleaned_data["boards"]]
            if not own.filter(pk__in=numbers).exists():
                raise actions.NotAllowed("Choose a board of yours, whose agreement this is.")
        super().save_model(request, obj, form, change)


class AgreementRowAdmin(OfferedAdmin):
    """Rows of agreements, seen and changed as their agreement is."""

    scope = AGREEMENT_ROWS
    list_select_related: ClassVar[Any] = ("agreement__plan",)


class AgreementValueAdmin(AgreementRowAdmin):
    """Amounts of agreements, each with the unit that the document means."""

    list_display = (
        "agreement",
        period_column("financial_year", "financial year"),
        "measure",
        "party_label",
        money_column("amount", "amount"),
    )
    list_select_related: ClassVar[Any] = ("agreement__plan", "organisation")
    list_filter = ("financial_year", "measure", OF_AGREEMENT)
    search_fields = ("ref", "agreement__title", "organisation__name", "unit_ground")
    autocomplete_fields = ("organisation",)


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


class AgreementNoteAdmin(OfferedAdmin):
    """Notes about one agreement, or about all agreements of a board."""

    scope = NOTES
    list_display = ("text", "kind", "agreement", "board")
    list_select_related: ClassVar[Any] = ("agreement__plan", "board")
    list_filter = ("kind", OF_AGREEMENT, OF_BOARD)
    search_fields = ("ref", "text", "agreement__title", "board__name")
