"""The admin of organisations, boards, cycles and memberships, for administrators."""

from typing import Any

from django.contrib.admin import display
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from bcf.base.formfields import RowChoiceField, RowsChoiceField
from bcf.base.safe_forms import OfferingForm
from plans.admin.columns import date_column, period_column
from plans.admin.fieldsets import CITED, fieldsets, group
from plans.admin.filters import BoardFilter
from plans.admin.inlines import OwnedInline
from plans.admin.scoped import AdministratorAdmin
from plans.admin.value_filters import value_filter
from plans.choices import OrganisationKind
from plans.models import Board, BoardCode, Cycle, FundingShare, Membership, Organisation
from plans.models.dated import successors_refused
from plans.row_forms import FundingShareFormSet, SafeForm

WHEN = {
    "valid_from": "Such as 1 April 2013.",
    "valid_to": "Such as 31 March 2021; empty while it exists.",
}
SUCCEEDED_BY = "Those into which it was merged or divided, or that took its work over."


WHEN_GROUP = group("From when to when", "valid_from", "valid_to", "succeeded_by")


class DatedForm(OfferingForm):
    """A body that others come after: not itself, none in a circle, none that ends before it."""

    succeeded_by = RowsChoiceField(
        required=False, label="What came after it", help_text=SUCCEEDED_BY
    )

    def rows_offered(self) -> dict[str, Any]:
        return {"succeeded_by": type(self.instance)._base_manager.exclude(pk=self.instance.pk)}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        after, ended = cleaned.get("succeeded_by") or (), cleaned.get("valid_to")
        if refused := after and successors_refused(self.instance, ended, after):
            self.add_error("succeeded_by", refused)
        return cleaned


def names_of_successors(body: Organisation | Board) -> str:
    """What came after a body, for a column of its list."""
    return "; ".join(each.name for each in body.succeeded_by.all())


class OrganisationForm(DatedForm):
    class Meta:
        model = Organisation
        fields = "__all__"
        labels = {"key": "Name in addresses"}
        help_texts = {
            "key": "Letters, figures and hyphens, such as barnet-ccg. It never changes.",
            "ods_code": "Of the NHS, such as 07M.",
            "ons_code": "Of the Office for National Statistics, such as E09000003.",
            **WHEN,
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
        "came_after",
    )
    together = ("succeeded_by",)
    list_filter = (value_filter("kind"),)
    search_fields = ("name", "key", "ods_code", "ons_code")
    form = OrganisationForm
    fieldsets = fieldsets(
        ("name", "kind", "key"),
        group("Codes", "ods_code", "ons_code"),
        WHEN_GROUP,
        CITED,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()

    @display(description="what came after it")
    def came_after(self, organisation: Organisation) -> str:
        return names_of_successors(organisation)


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


class BoardCodeForm(SafeForm):
    class Meta:
        model = BoardCode
        fields = "__all__"
        labels = {"valid_from": "Holds from", "valid_to": "Holds until"}


class BoardCodeInline(OwnedInline):
    model = BoardCode
    form = BoardCodeForm
    show_change_link = False
    fields = ("ons_code", "valid_from", "valid_to", "citation_title", "citation_place")


class BoardForm(DatedForm):
    class Meta:
        model = Board
        fields = "__all__"
        labels = {"slug": "Name in addresses"}
        help_texts = {
            "slug": "Letters, figures and hyphens, such as barnet. It never changes.",
            "ons_code": "Of the Office for National Statistics, such as E09000003: the newest. "
            "Those of other times stand below.",
            **WHEN,
        }


class BoardAdmin(AdministratorAdmin):
    """Health and Wellbeing Boards, each with the shares of its NHS commissioners and its codes."""

    list_display = (
        "name",
        "authority",
        "ons_code",
        date_column("valid_from", "exists from"),
        date_column("valid_to", "exists until"),
        "came_after",
    )
    list_select_related = ("authority",)
    together = ("succeeded_by",)
    search_fields = ("name", "slug", "ons_code", "codes__ons_code", "authority__name")
    form = BoardForm
    fieldsets = fieldsets(("name", "authority", "ons_code", "slug"), WHEN_GROUP)
    inlines = (FundingShareInline, BoardCodeInline)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj else ()

    @display(description="what came after it")
    def came_after(self, board: Board) -> str:
        return names_of_successors(board)


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
