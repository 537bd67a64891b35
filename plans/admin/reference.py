"""The admin of organisations, boards, cycles and memberships, for administrators."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from plans.admin.columns import date_column, period_column
from plans.admin.filters import BoardFilter, value_filter
from plans.admin.inlines import OwnedInline
from plans.admin.scoped import AdministratorAdmin
from plans.models import FundingShare, Membership
from plans.row_forms import FundingShareFormSet


class OrganisationAdmin(AdministratorAdmin):
    """Councils, NHS bodies and others, with the codes by which they are known."""

    list_display = (
        "name",
        "kind",
        "ods_code",
        "ons_code",
        date_column("valid_from", "exists from"),
        date_column("valid_to", "exists until"),
    )
    list_filter = (value_filter("kind"),)
    search_fields = ("name", "key", "ods_code", "ons_code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


class FundingShareInline(OwnedInline):
    model = FundingShare
    formset = FundingShareFormSet
    show_change_link = False
    fields = ("commissioner", "percent", "citation_title", "citation_place")
    autocomplete_fields = ("commissioner",)


class BoardAdmin(AdministratorAdmin):
    """Health and Wellbeing Boards, each with the shares of its NHS commissioners."""

    list_display = ("name", "authority", "ons_code")
    list_select_related = ("authority",)
    search_fields = ("name", "slug", "ons_code", "authority__name")
    autocomplete_fields = ("authority",)
    inlines = (FundingShareInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj else ()


class CycleAdmin(AdministratorAdmin):
    """Cycles are read from their definition files, so they are only looked at here."""

    restorable = False
    list_display = (
        "name",
        "key",
        period_column("first_year", "first year"),
        period_column("last_year", "last year"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission


class MembershipAdmin(AdministratorAdmin):
    """All memberships, for administrators; approvers use the page of their board."""

    restorable = False
    list_display = ("user", "board", "role")
    list_select_related = ("user", "board")
    list_filter = (BoardFilter, value_filter("role"))
    board_path = "board"
    search_fields = ("user__username", "user__name", "user__email", "board__name")
    autocomplete_fields = ("user", "board")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Membership]:
        memberships = super().get_queryset(request)
        return memberships if request.user.is_superuser else memberships.none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("user", "board") if obj else ()
