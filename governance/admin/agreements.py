"""The admin of agreements and of what hangs on them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from bcf.accounts.access import Ability
from bcf.base.sums import Part, Sum
from governance.admin.offered import AGREEMENT
from governance.choices import ActualMeasure
from governance.forms.agreements import (
    AgreementActualForm,
    AgreementForm,
    AgreementNoteForm,
    AgreementProviderForm,
    AgreementValueForm,
    AgreementVariationForm,
)
from governance.models import Agreement, AgreementActual, AgreementProvider, AgreementValue
from governance.scopes import AGREEMENT_ROWS, AGREEMENTS, NOTES
from plans import actions
from plans.admin.columns import (
    OF_PLAN,
    date_column,
    flag_column,
    money_column,
    period_column,
    plan_column,
    text_column,
)
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import BoardFilter, PlanFilter, period_filter, year_filter
from plans.admin.inlines import OwnedInline
from plans.admin.owners import BOARD, PLAN, OwnedAdmin
from plans.admin.value_filters import related_filter, value_filter
from plans.queries import boards_where

AGREEMENTS_PLAN = plan_column("agreement__plan")
OF_AGREEMENT = related_filter("agreement")
ALONE = (
    "Contributions, spend, pooled funds and surpluses are different things and are not added up. "
    "Filter by one measure to see its total."
)


class AgreementRowInline(OwnedInline):
    """Rows of the agreement of the page."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.bound = {"agreement": obj} if obj else {}
        return formset


class AgreementValueInline(AgreementRowInline):
    model = AgreementValue
    form = AgreementValueForm
    fields = ("financial_year", "measure", "organisation", "amount")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("organisation")


class AgreementProviderInline(AgreementRowInline):
    model = AgreementProvider
    form = AgreementProviderForm
    fields = ("provider", "service", "status", "starts", "ends")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("provider")


class AgreementAdmin(OwnedAdmin):
    """Agreements of all boards; each is changed by the editors of one of its boards."""

    scope = AGREEMENTS
    owners = (PLAN, BOARD)
    form = AgreementForm
    fieldsets = fieldsets(
        ("title", "slug", "kind", "boards", "parties", "host", "client_group", "arrangement"),
        group(
            "Term",
            "starts",
            "ends",
            "is_open_ended",
            "term_in_words",
            "review",
            "notice",
            "notice_months",
        ),
        group(
            "Purpose and management", "purpose", "schemes", "pooled_fund_manager", "is_section_75"
        ),
        group(
            "What regulation 7 asks",
            "contributions_varied",
            "functions",
            "services",
            "resources",
            "management",
            "ending",
        ),
        closed("Place among other agreements", "parent", "other_titles"),
        CITED,
    )
    board_path = "boards"
    list_display = (
        "title",
        "kind",
        flag_column("is_section_75", "section 75"),
        "client_group",
        "term",
        "parent",
        "host",
        "areas",
        OF_PLAN,
    )
    list_select_related: ClassVar[Any] = ("parent", "plan", "host")
    together = ("boards",)
    list_filter = (
        BoardFilter,
        PlanFilter,
        value_filter("kind"),
        value_filter("is_section_75", "under section 75"),
        value_filter("client_group"),
        value_filter("arrangement"),
        related_filter("host"),
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
    inlines = (AgreementValueInline, AgreementProviderInline)

    @admin.display(description="boards")
    def areas(self, agreement: Agreement) -> str:
        return "; ".join(board.area for board in agreement.boards.all())

    @admin.display(description="term", ordering="starts")
    def term(self, agreement: Agreement) -> str:
        return agreement.term

    def left_out(self, request: HttpRequest, obj: Any = None) -> set[str]:
        """An agreement that no plan carries has no schemes to choose from."""
        unasked = super().left_out(request, obj)
        return unasked if self.bound(request, obj).get("plan") else {*unasked, "schemes"}

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        # Whose agreement it is decides who may change it: an administrator's business.
        boards = ("boards",) if obj and not request.user.is_superuser else ()
        return (*fixed, *boards)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change or obj.plan:
            super().save_model(request, obj, form, change)
            return
        # Its boards are saved after it, so what makes it the person’s own is asked of the form.
        own = boards_where(request.user, Ability.EDIT_DRAFT)
        numbers = [board.pk for board in form.cleaned_data["boards"]]
        if not own.filter(pk__in=numbers).exists():
            raise actions.NotAllowed("Boards: choose a board of yours, whose agreement this is.")
        obj.save()


class AgreementRowAdmin(OwnedAdmin):
    """Rows of agreements, seen and changed as their agreement is."""

    scope = AGREEMENT_ROWS
    plan_path = "agreement__plan"
    board_path = "agreement__boards"
    owners = (AGREEMENT,)
    list_select_related: ClassVar[Any] = ("agreement__plan",)


class AgreementValueAdmin(AgreementRowAdmin):
    """Amounts of agreements, each with the unit that the document means."""

    list_display = (
        "agreement",
        "measure",
        period_column("financial_year", "financial year"),
        "party",
        money_column("amount", "amount (£)"),
        AGREEMENTS_PLAN,
    )
    list_display_links = ("agreement", "measure")
    list_select_related: ClassVar[Any] = ("agreement__plan", "organisation")
    list_filter = (
        BoardFilter,
        OF_AGREEMENT,
        year_filter(),
        value_filter("measure"),
        related_filter("organisation", "party"),
    )
    sums = (
        Sum(
            "Agreements",
            "amount",
            (
                Part("amounts of all parties together", Q(organisation__isnull=True)),
                Part(
                    "amounts of single parties, which those of all parties may hold already",
                    Q(organisation__isnull=False),
                    counts=False,
                ),
            ),
            "measure",
            ALONE,
        ),
    )
    search_fields = ("ref", "agreement__title", "organisation__name", "unit_ground")
    form = AgreementValueForm
    fieldsets = fieldsets(("financial_year", "measure", "organisation", "amount"), PUBLISHED)

    @admin.display(description="party", ordering="organisation__name")
    def party(self, value: AgreementValue) -> str:
        return value.party_label


def _of_measure(measure: ActualMeasure) -> tuple[Part, ...]:
    """Rows of one measure: of all parties together, which count, and of single ones."""
    rows = Q(measure=measure.value)
    return (
        Part("quarters of all parties together", rows & Q(organisation__isnull=True)),
        Part(
            "quarters of single parties, which those of all parties may hold already",
            rows & Q(organisation__isnull=False),
            counts=False,
        ),
    )


class AgreementActualAdmin(AgreementRowAdmin):
    """What was paid in and spent under agreements, quarter by quarter."""

    list_display = (
        "agreement",
        "measure",
        period_column("quarter", "quarter"),
        "party",
        money_column("outturn", "outturn (£)"),
        money_column("forecast", "forecast for the year (£)"),
        AGREEMENTS_PLAN,
    )
    list_display_links = ("agreement", "measure")
    list_select_related: ClassVar[Any] = ("agreement__plan", "organisation")
    list_filter = (
        BoardFilter,
        OF_AGREEMENT,
        period_filter("quarter"),
        value_filter("quarter", words=lambda quarter: quarter.label),
        value_filter("measure"),
        related_filter("organisation", "party"),
    )
    # Each measure has a sum of its own: what is paid in is never added to what is spent.
    sums = (
        Sum("Outturn of contributions", "outturn", _of_measure(ActualMeasure.CONTRIBUTION)),
        Sum("Outturn of spend", "outturn", _of_measure(ActualMeasure.SPEND)),
    )
    search_fields = ("ref", "agreement__title", "organisation__name", "note")
    form = AgreementActualForm
    fieldsets = fieldsets(
        ("quarter", "measure", "organisation", "outturn", "forecast", "note"), CITED
    )

    @admin.display(description="party", ordering="organisation__name")
    def party(self, actual: AgreementActual) -> str:
        return actual.party_label


class AgreementProviderAdmin(AgreementRowAdmin):
    """Who provides what under an agreement."""

    list_display = (
        "provider",
        "agreement",
        text_column("service", "service"),
        "status",
        date_column("starts", "starts"),
        date_column("ends", "ends"),
        AGREEMENTS_PLAN,
    )
    list_display_links = ("provider", "agreement")
    list_select_related: ClassVar[Any] = ("agreement__plan", "provider")
    list_filter = (BoardFilter, OF_AGREEMENT, value_filter("status"), related_filter("provider"))
    search_fields = ("ref", "agreement__title", "provider__name", "service")
    form = AgreementProviderForm
    fieldsets = fieldsets(
        ("provider", "service", "status", "status_in_words", "starts", "ends"), CITED
    )


class AgreementVariationAdmin(AgreementRowAdmin):
    """Changes of the terms of agreements."""

    list_display = (
        text_column("change", "what changed"),
        "agreement",
        "when",
        text_column("reason", "reason"),
        AGREEMENTS_PLAN,
    )
    list_filter = (BoardFilter, OF_AGREEMENT)
    search_fields = ("ref", "agreement__title", "reason", "change")
    form = AgreementVariationForm
    fieldsets = fieldsets(("change", "reason", "varied", "varied_in_words"), CITED)

    @admin.display(description="when", ordering="varied")
    def when(self, row: Any) -> str:
        return row.varied.label if row.varied else row.varied_in_words or "not stated"


class AgreementNoteAdmin(OwnedAdmin):
    """Notes about one agreement, or about all agreements of a board."""

    scope = NOTES
    owners = (AGREEMENT, BOARD)
    names_one = True
    form = AgreementNoteForm
    fieldsets = fieldsets(("kind", "text"), CITED)
    plan_path = "agreement__plan"
    board_path = "board"
    list_display = (text_column("text", "note"), "kind", "agreement", "board", AGREEMENTS_PLAN)
    list_select_related: ClassVar[Any] = ("agreement__plan", "board")
    list_filter = (BoardFilter, OF_AGREEMENT, value_filter("kind"))
    search_fields = ("ref", "text", "agreement__title", "board__name")
