"""The admin site, wired in one place, and the plan's own page, which shows every app."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bcf.accounts.access import Ability
from bcf.accounts.admin import UserAdmin
from bcf.accounts.models import SavedFilter, User
from bcf.assurance.as_typed import Side, TypedBalance, balance_as_typed, period_of
from bcf.assurance.gather import gather
from bcf.assurance.submitting import submit
from bcf.desk.groups import group_asked_for
from bcf.desk.hub import hub_of
from bcf.desk.index import groups_for, own_plans
from bcf.desk.saved import SavedFilterAdmin
from bcf.resources import RESOURCES
from governance import admin as governance_admin
from governance.models import (
    Agreement,
    AgreementActual,
    AgreementEvent,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
    ProviderCommentary,
    ReportPassage,
    Risk,
    RiskShare,
    RiskShareTerm,
    SignOff,
)
from metrics import admin as metrics_admin
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from plans import actions
from plans import admin as plans_admin
from plans.admin.columns import date_column
from plans.admin.files import RowFilesSite
from plans.admin.filters import BoardFilter, CycleFilter, StatusFilter
from plans.admin.listing import ListAdmin
from plans.admin.scoped import ScopedAdmin, person
from plans.admin.value_filters import value_filter
from plans.choices import PlanAction
from plans.models import (
    Answer,
    Board,
    ChangeSet,
    Contribution,
    Cycle,
    Membership,
    Organisation,
    OwnHeading,
    Plan,
    PlanEvent,
    PopulationShare,
    RelatedDocument,
    Requirement,
)
from plans.plan_forms import PlanForm
from plans.queries import may_anywhere, may_read_history, parts_visible_to, plans_visible_to
from plans.resources import DECIDE_ACCESS
from plans.scopes import PLANS
from schemes import admin as schemes_admin
from schemes.models import (
    Benefit,
    BenefitProfile,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
    SpendLine,
)


class Site(RowFilesSite):
    """Editors, approvers and administrators come in; what they see there is scoped."""

    site_header = "Better Care Fund plans: administration"
    site_title = "Better Care Fund plans"
    index_title = "Administration"
    enable_nav_sidebar = False
    site_url = "/"
    resources = RESOURCES

    def has_permission(self, request: HttpRequest) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def get_urls(self) -> list[Any]:
        """Without the stock way from a row's number to its page, which tells anybody's slug."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Of one app only: the index has groups of its own, and no page has a sidebar."""
        return super().get_app_list(request, app_label) if app_label else []

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the group of the row's kind, for the way back."""
        return {**super().each_context(request), "group": group_asked_for(request)}

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The person's plans, and every kind of row by what it is worked on for."""
        context = {"own_plans": own_plans(request), "groups": groups_for(request, self)}
        return super().index(request, {**(extra_context or {}), **context})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """The same for the rows of one app, to which the pages of rows lead back."""
        context = {"groups": groups_for(request, self, app_label)}
        return super().app_index(request, app_label, {**(extra_context or {}), **context})

    def balance(
        self, request: HttpRequest, plan: Plan, side: Side, typed: Mapping[str, Decimal | None]
    ) -> list[TypedBalance]:
        """The plan's balance by year with what a grid of one side has typed, by year, in it."""
        figures = gather(plan, parts_visible_to(request.user, plan))
        by_year = {period_of(code): amount for code, amount in typed.items()}
        return balance_as_typed(figures, side, by_year)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One sign-in page for everything; who is signed in and may not enter is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("Only editors, approvers and administrators enter here.")
        target = request.GET.get("next", reverse("admin:index"))
        return redirect_to_login(target)


class PeopleAdmin(ListAdmin, UserAdmin):
    """People who sign in, listed as everything else is."""

    list_filter: ClassVar[Any] = (
        value_filter("is_active", "may sign in"),
        value_filter("is_superuser", "administrator"),
    )


# What a plan may belong to, by the names of its fields.
BELONGS = ("part_of", "attached_to")


class PlanAdmin(ScopedAdmin):
    """A plan's own facts, its status, and the way to all of its rows."""

    scope = PLANS
    change_form_template = "admin/plan_change_form.html"
    plan_path = "pk"
    list_display = (
        "title",
        "areas",
        "of_cycle",
        "status",
        date_column("agreed_on", "agreed by the board on"),
    )
    list_select_related = ("cycle",)
    together = ("boards",)
    list_filter = (BoardFilter, CycleFilter, StatusFilter)
    search_help_text = "Words of the plan, its boards or its NHS commissioners"
    search_fields = ("title", "slug", "boards__name", "commissioners__name")
    form = PlanForm
    view_on_site = False
    undoes_removals = False
    actions = ("submit_selected", "record_outcome", "reopen_selected")
    fieldsets = (
        (
            "Title, boards and commissioners",
            {
                "classes": ("collapse",),
                "fields": (
                    "title",
                    "cycle",
                    "template_version",
                    "attached_to",
                    "boards",
                    "commissioners",
                ),
            },
        ),
        (
            "Agreement and boundaries",
            {
                "classes": ("collapse",),
                "fields": (
                    "agreed_on",
                    "agreed_in_words",
                    "submitted_in_words",
                    "boundary_note",
                    "part_of",
                    "slug",
                ),
            },
        ),
        (
            "Source of this plan",
            {
                "classes": ("collapse",),
                "fields": ("citation_title", "citation_date", "citation_place"),
            },
        ),
    )
    SETTLED = DECIDE_ACCESS

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Plan]:
        return plans_visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_superuser) and self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("slug", "cycle") if obj else ()
        return fixed if request.user.is_superuser else (*fixed, *self.SETTLED)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Open for a new plan; without what it belongs to where the person may not know of that."""
        shown = super().get_fieldsets(request, obj)
        if obj is None:
            return [(name, {**options, "classes": ()}) for name, options in shown]
        hidden = {
            name: getattr(obj, f"{name}_id") for name in BELONGS if getattr(obj, f"{name}_id")
        }
        if hidden:
            visible = self.get_queryset(request).filter(pk__in=hidden.values())
            known = set(visible.values_list("pk", flat=True))
            hidden = {name: pk for name, pk in hidden.items() if pk not in known}
        return [
            (
                name,
                {**options, "fields": [each for each in options["fields"] if each not in hidden]},
            )
            for name, options in shown
        ]

    @admin.display(description="boards")
    def areas(self, plan: Plan) -> str:
        return "; ".join(board.area for board in plan.boards.all())

    @admin.display(description="cycle", ordering="cycle__key")
    def of_cycle(self, plan: Plan) -> str:
        return plan.cycle.key

    def save_model(self, request: HttpRequest, obj: Plan, form: ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.save()  # none to hold yet: who may add a plan is an administrator

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = {**(extra_context or {}), **self._beside(request, object_id)}
        return super().changeform_view(request, object_id, form_url, extra)

    def _beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """What stands on the page of a plan beside its own facts."""
        number = object_id if object_id and object_id.isdecimal() else None
        plan = number and self.get_queryset(request).filter(pk=number).first()
        if not plan:
            return {}
        may_edit = self.has_change_permission(request, plan)
        return {
            "may_edit": may_edit,
            **hub_of(request, self.admin_site, plan, may_edit=may_edit),
            "history_address": may_read_history(request.user, plan)
            and reverse("plan-history", args=[plan.slug]),
        }

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        needed = {
            "submit_selected": Ability.SUBMIT,
            "record_outcome": Ability.RECORD_OUTCOME,
            "reopen_selected": Ability.REOPEN,
        }
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name in needed and may_anywhere(request.user, needed[name])
        }

    @admin.action(description="Submit the selected plans")
    def submit_selected(self, request: HttpRequest, plans: models.QuerySet[Plan]) -> None:
        self._each(request, plans, submit, "submitted")

    @admin.action(description="Reopen the selected plans")
    def reopen_selected(self, request: HttpRequest, plans: models.QuerySet[Plan]) -> None:
        self._each(request, plans, actions.plan_reopen, "reopened")

    @admin.action(description="Record the assurer’s outcome of one plan")
    def record_outcome(
        self, request: HttpRequest, plans: models.QuerySet[Plan]
    ) -> HttpResponse | None:
        chosen = list(plans[:2])
        if len(chosen) != 1:
            messages.error(request, "Tick one plan: each has an outcome of its own.")
            return None
        return redirect(f"plan-{PlanAction.APPROVE}", chosen[0].slug)

    def _each(
        self, request: HttpRequest, plans: models.QuerySet[Plan], act: Any, done: str
    ) -> None:
        for plan in plans:
            try:
                act(plan=plan, by=person(request))
            except actions.Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"{plan} is {done}.")


site = Site(name="admin")


REGISTER: dict[type[models.Model], type[admin.ModelAdmin]] = {
    SavedFilter: SavedFilterAdmin,
    User: PeopleAdmin,
    Plan: PlanAdmin,
    Contribution: plans_admin.ContributionAdmin,
    Requirement: plans_admin.RequirementAdmin,
    Answer: plans_admin.AnswerAdmin,
    OwnHeading: plans_admin.OwnHeadingAdmin,
    RelatedDocument: plans_admin.RelatedDocumentAdmin,
    Board: plans_admin.BoardAdmin,
    Organisation: plans_admin.OrganisationAdmin,
    PopulationShare: plans_admin.PopulationShareAdmin,
    Cycle: plans_admin.CycleAdmin,
    Membership: plans_admin.MembershipAdmin,
    PlanEvent: plans_admin.PlanEventAdmin,
    ChangeSet: plans_admin.ChangeSetAdmin,
    Scheme: schemes_admin.SchemeAdmin,
    SpendLine: schemes_admin.SpendLineAdmin,
    SpendActual: schemes_admin.SpendActualAdmin,
    SchemeMetric: schemes_admin.SchemeMetricAdmin,
    SchemeCondition: schemes_admin.SchemeConditionAdmin,
    DeliveryLink: schemes_admin.DeliveryLinkAdmin,
    Benefit: schemes_admin.BenefitAdmin,
    BenefitProfile: schemes_admin.BenefitProfileAdmin,
    Milestone: schemes_admin.MilestoneAdmin,
    Metric: metrics_admin.MetricAdmin,
    MetricValue: metrics_admin.MetricValueAdmin,
    MetricOption: metrics_admin.MetricOptionAdmin,
    Population: metrics_admin.PopulationAdmin,
    ContextFigure: metrics_admin.ContextFigureAdmin,
    Agreement: governance_admin.AgreementAdmin,
    AgreementActual: governance_admin.AgreementActualAdmin,
    AgreementEvent: governance_admin.AgreementEventAdmin,
    AgreementNote: governance_admin.AgreementNoteAdmin,
    AgreementProvider: governance_admin.AgreementProviderAdmin,
    AgreementValue: governance_admin.AgreementValueAdmin,
    AgreementVariation: governance_admin.AgreementVariationAdmin,
    Body: governance_admin.BodyAdmin,
    ConditionResponse: governance_admin.ConditionResponseAdmin,
    MaturityAssessment: governance_admin.MaturityAssessmentAdmin,
    PrintedFigure: governance_admin.PrintedFigureAdmin,
    Programme: governance_admin.ProgrammeAdmin,
    ProgrammeBudgetLine: governance_admin.ProgrammeBudgetLineAdmin,
    ProgrammeMark: governance_admin.ProgrammeMarkAdmin,
    ProgrammeMilestone: governance_admin.ProgrammeMilestoneAdmin,
    ProgrammeNetwork: governance_admin.ProgrammeNetworkAdmin,
    ProgrammeWorkstream: governance_admin.ProgrammeWorkstreamAdmin,
    ProviderCommentary: governance_admin.ProviderCommentaryAdmin,
    ReportPassage: governance_admin.ReportPassageAdmin,
    Risk: governance_admin.RiskAdmin,
    RiskShare: governance_admin.RiskShareAdmin,
    RiskShareTerm: governance_admin.RiskShareTermAdmin,
    SignOff: governance_admin.SignOffAdmin,
}


for model, model_admin in REGISTER.items():
    site.register(model, model_admin)
