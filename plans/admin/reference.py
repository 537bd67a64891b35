"""The admin of organisations, boards, cycles and memberships, for administrators."""

from typing import Any

from django.contrib.admin import display
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from bcf.base.formfields import RowChoiceField
from bcf.base.safe_forms import OfferingForm
from plans.admin.columns import date_column, period_column
from plans.admin.fieldsets import CITED, fieldsets, group
from plans.admin.filters import BoardFilter
from plans.admin.inlines import OwnedInline
from plans.admin.scoped import AdministratorAdmin
from plans.admin.value_filters import value_filter
from plans.choices import OrganisationKind
from plans.models import Board, Cycle, FundingShare, Membership, Organisation
from plans.row_forms import FundingShareFormSet, SafeForm


class OrganisationForm(SafeForm):
    class Meta:
        model = Organisation
        fields = "__all__"
        labels = {"key": "Name in addresses"}
        help_texts = {
            "key": "Letters, figures and hyphens, such as barnet-ccg. It never changes.",
            "ods_code": "Of the NHS, such as 07M.",
            "ons_code": "Of the Office for National Statistics, such as E09000003.",
            "valid_from": "Such as 1 April 2013.",
            "valid_to": "Such as 31 March 2021; empty while it exists.",
        }


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
    form = OrganisationForm
    fieldsets = fieldsets(
        ("name", "kind", "key"),
        group("Codes", "ods_code", "ons_code"),
        group("From when to when", "valid_from", "valid_to"),
        CITED,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


class FundingShareForm(OfferingForm):
    """A share in its board's table: the NHS commissioners are read once for all rows."""

    commissioner = RowChoiceField(label="NHS commissioner")

    class Meta:
        model = FundingShare
        fields = "__all__"

    def rows_offered(self) -> dict[str, Any]:
        commissioners = Organisation.objects.filter(kind=OrganisationKind.NHS_COMMISSIONER)
        return {"commissioner": commissioners}


class FundingShareInline(OwnedInline):
    model = FundingShare
    form = FundingShareForm
    formset = FundingShareFormSet
    show_change_link = False
    fields = ("commissioner", "percent", "citation_title", "citation_place")


class BoardForm(SafeForm):
    class Meta:
        model = Board
        fields = "__all__"
        labels = {"slug": "Name in addresses"}
        help_texts = {
            "slug": "Letters, figures and hyphens, such as barnet. It never changes.",
            "ons_code": "Of the Office for National Statistics, such as E09000003.",
        }


class BoardAdmin(AdministratorAdmin):
    """Health and Wellbeing Boards, each with the shares of its NHS commissioners."""

    list_display = ("name", "authority", "ons_code")
    list_select_related = ("authority",)
    search_fields = ("name", "slug", "ons_code", "authority__name")
    form = BoardForm
    fieldsets = fieldsets(("name", "authority", "ons_code", "slug"))
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
        "what_it_asks",
    )
    fieldsets = fieldsets(("name", "key", "first_year", "last_year", "what_it_asks"))
    readonly_fields = ("what_it_asks",)

    @display(description="what it asks")
    def what_it_asks(self, cycle: Cycle) -> str:
        """The way to the page of its definition."""
        return format_html(
            '<a href="{}">What is known of it</a>', reverse("cycle", args=[cycle.key])
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission


class MembershipForm(SafeForm):
    class Meta:
        model = Membership
        fields = "__all__"
        labels = {"user": "Person"}


class MembershipAdmin(AdministratorAdmin):
    """All memberships, for administrators; approvers use the page of their board."""

    restorable = False
    list_display = ("user", "board", "role")
    list_select_related = ("user", "board")
    list_filter = (BoardFilter, value_filter("role"))
    board_path = "board"
    search_fields = ("user__username", "user__name", "user__email", "board__name")
    form = MembershipForm
    fieldsets = fieldsets(("user", "board", "role"))

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Membership]:
        memberships = super().get_queryset(request)
        return memberships if request.user.is_superuser else memberships.none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("user", "board") if obj else ()
