"""Forms of what a plan's governance consists of: conditions, risks, bodies, signatures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bcf.base.formfields import PeriodChoiceField, RowChoiceField, RowsChoiceField
from bcf.base.safe_forms import OfferingForm
from bcf.ui.widgets import PartSelect
from governance.choices import SignOffRole
from governance.models import (
    Agreement,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    ProviderCommentary,
    Risk,
    RiskShare,
    RiskShareTerm,
    SignOff,
)
from governance.queries import agreements_visible_to
from metrics.offered import metric_groups
from plans.cycle_choices import Entries, confirmed, sources_and_groups, sub_sources
from plans.cycle_definitions import Choice, CycleDefinition
from plans.models import Board
from plans.row_forms import POUNDS, RowForm, existing_in, organisation_groups
from schemes.models import Scheme


class ConditionResponseForm(RowForm):
    """A response to one of the conditions or requirements of the plan's cycle."""

    financial_year = None  # type: ignore[assignment]
    condition = forms.ChoiceField(label="National condition or planning requirement")

    CHOICES = {"condition": confirmed}

    class Meta:
        model = ConditionResponse
        fields = "__all__"
        labels = {"status": "Is it met?"}
        help_texts = {"due": "When it will be met: such as 31 March 2024, March 2024 or 2024."}


class MaturityAssessmentForm(RowForm):
    financial_year = None  # type: ignore[assignment]
    SUGGESTED = ("current_level", "planned_level")

    class Meta:
        model = MaturityAssessment
        fields = "__all__"
        labels = {"change_number": "Number of the change"}
        help_texts = {
            "change": "A change of the High Impact Change Model, such as Trusted assessors.",
            "change_number": "As the model numbers its changes, such as 6.",
            "current_level": "As the plan prints it, such as Established.",
            "due": "Such as 31 March 2018, March 2018 or 2018.",
        }


def _roles(cycle: CycleDefinition) -> Entries:
    """The roles that the cycle's form asks for; every role, where its file lists none."""
    every = [
        Choice(key=key, label=label, verified=False, source="")
        for key, label in SignOffRole.choices
    ]
    return cycle.sign_off_roles or every


class SignOffForm(RowForm):
    financial_year = None  # type: ignore[assignment]
    role = forms.ChoiceField()
    organisation = RowChoiceField(
        required=False, help_text="The organisation signed for; leave empty for a board."
    )
    board = RowChoiceField(required=False, help_text="The board signed for.")

    CHOICES = {"role": _roles}

    class Meta:
        model = SignOff
        fields = "__all__"
        help_texts = {
            "signed_on": "Such as 18 September 2014; empty where nobody has signed.",
            "to_be_ratified_on": "Such as 25 September 2014.",
        }

    def rows_offered(self) -> dict[str, Any]:
        return {
            "organisation": existing_in(organisation_groups(self.bound_plan), self.bound_plan),
            "board": boards_of_plan(self),
        }


class ProviderCommentaryForm(RowForm):
    financial_year = None  # type: ignore[assignment]
    provider = RowChoiceField()

    class Meta:
        model = ProviderCommentary
        fields = "__all__"
        labels = {"signatory": "Who signed", "position": "Position of who signed"}

    def rows_offered(self) -> dict[str, Any]:
        return {"provider": organisation_groups(self.bound_plan)}


def boards_of_plan(form: RowForm) -> Any:
    """The boards of the form's plan: none where it has no plan."""
    return Board.objects.filter(plans=form.bound_plan) if form.bound_plan else []


class PlacedForm(RowForm):
    """A row of a plan, which may be about one of its boards, or of a board alone."""

    financial_year = None  # type: ignore[assignment]
    board = RowChoiceField(
        required=False, help_text="Where it is about one board of the plan alone."
    )

    def rows_offered(self) -> dict[str, Any]:
        return {"board": boards_of_plan(self)}


class RiskForm(PlacedForm):
    class Meta:
        model = Risk
        fields = "__all__"
        help_texts = {
            "likelihood": "From 1, hardly likely, to 5, almost certain. Empty where not scored.",
            "impact": "From 1, slight, to 5, very grave. Empty where not scored.",
            "printed_rating": "The number or word that the plan prints.",
            "owner": "Who looks after it.",
        }


class RiskShareForm(PlacedForm):
    agreement = RowChoiceField(
        required=False, help_text="The agreement that holds the rule, where one does."
    )

    class Meta:
        model = RiskShare
        fields = "__all__"
        help_texts = {"amount": POUNDS, "rule": "How an over- or underspend is divided."}

    def rows_offered(self) -> dict[str, Any]:
        plan, agreement = self.bound_plan, self.bound.get("agreement")
        boards = list(plan.boards.all()) if plan else []
        if isinstance(agreement, Agreement):
            boards = list(agreement.boards.all())
        found = agreements_visible_to(self.person).filter(boards__in=boards).distinct()
        return {"board": boards, "agreement": found}


class RiskShareTermForm(OfferingForm):
    """What a partner bears; the partners of the rule’s agreement or plan come first."""

    organisation = RowChoiceField(label="Partner")

    class Meta:
        model = RiskShareTerm
        fields = "__all__"
        help_texts = {
            "percent": "From 0 to 100, such as 62.5. Empty where it is not stated.",
            "amount": POUNDS,
        }

    def rows_offered(self) -> dict[str, Any]:
        rule = self.bound.get("risk_share")
        if not isinstance(rule, RiskShare):
            return {"organisation": organisation_groups(None)}
        parties = rule.agreement.parties.all() if rule.agreement else ()
        return {"organisation": organisation_groups(rule.plan, parties)}


class BodyForm(PlacedForm):
    """A body; it does not report to itself, and reports to bodies of the same plan or board."""

    reports_to = RowsChoiceField(required=False, label="Reports to", help_text="One or several.")

    SUGGESTED = ("kind", "level")

    class Meta:
        model = Body
        fields = "__all__"
        labels = {"kind": "Kind of body"}

    def rows_offered(self) -> dict[str, Any]:
        own = {name: self.bound.get(name) for name in ("plan", "board") if name in self.bound}
        bodies = Body.objects.filter(**own) if any(own.values()) else Body.objects.none()
        return {**super().rows_offered(), "reports_to": bodies}

    def clean_reports_to(self) -> Any:
        above = self.cleaned_data["reports_to"]
        if self.instance.pk and any(body.pk == self.instance.pk for body in above):
            raise ValidationError("Reports to: a body does not report to itself. Choose another.")
        return above


class PrintedFigureForm(PlacedForm):
    """What a document prints: of a theme, a scheme, a funding source or a group of them."""

    financial_year = PeriodChoiceField()  # type: ignore[assignment]
    scheme = RowChoiceField(required=False)
    funding_source = forms.ChoiceField(required=False, label="Funding source or group")
    sub_source = forms.ChoiceField(required=False, widget=PartSelect, label="Sub-source")
    organisation = RowChoiceField(required=False)
    metric = RowChoiceField(required=False)

    CHOICES = {"funding_source": sources_and_groups, "sub_source": sub_sources}
    PARTS = {"sub_source": "funding_source"}
    SUGGESTED = ("measure", "table", "theme", "site", "unit")

    class Meta:
        model = PrintedFigure
        fields = "__all__"
        labels = {"line": "Line of the table", "value_in_words": "Value, in words"}
        help_texts = {
            "measure": "What it measures, in small letters with hyphens, such as agreed-pool.",
            "value": "In the unit below, such as 1,234.5; money in pounds.",
            "unit": "GBP for pounds; otherwise such as admissions.",
            "table": "The table or section in which it stands.",
        }

    def rows_offered(self) -> dict[str, Any]:
        plan = self.bound_plan
        plans = [plan.pk, plan.part_of_id or plan.pk] if plan else []
        return {
            **super().rows_offered(),
            "scheme": Scheme.objects.filter(plan__in=plans),
            "organisation": organisation_groups(plan),
            "metric": metric_groups(plan),
        }
