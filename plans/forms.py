"""Forms of a plan's events and of a board's members."""

from collections.abc import Sequence
from typing import Any

from django import forms

from bcf.accounts.access import Role
from plans.choices import PlanAction
from plans.cycle_definitions import Rating, TemplateVersion
from plans.models import Plan


class EventForm(forms.Form):
    """A remark on an event; for the assurer's outcome, also the rating of the plan's cycle.

    A plan with errors asks for the reason for which it is submitted all the same.
    """

    outcome = forms.ChoiceField(label="Outcome", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason for submitting with errors",
        error_messages={
            "required": "The checks find errors. Mend them, or give the reason for submitting "
            "with errors."
        },
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Say why each error stays. It is kept and shown with the event.",
    )
    note = forms.CharField(
        label="Remark",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown with the event to everybody who may read the plan.",
    )

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        action: PlanAction,
        asks_reason: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]
        if action is PlanAction.APPROVE:
            field = self.fields["outcome"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(each.key, _outcome(each)) for each in plan.asked.ratings]
        else:
            del self.fields["outcome"]


def _outcome(rating: Rating) -> str:
    meanwhile = " (the area may spend meanwhile)" if rating.permits_spend else ""
    return f"{rating.label}{meanwhile}"


class RefreshForm(forms.Form):
    """On which of the cycle's forms a refresh of a plan is started."""

    form = forms.ChoiceField(label="Form of the refresh", widget=forms.RadioSelect)

    def __init__(self, *args: Any, forms: Sequence[TemplateVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["form"]
        field.choices = [(each.key, each.label) for each in forms]
        field.initial = forms[0].key if forms else None


class InvitationForm(forms.Form):
    """Whom to invite to a board, and as what."""

    name = forms.CharField(label="Name", max_length=150)
    email = forms.EmailField(
        label="E-mail address", help_text="The invitation goes to this address."
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        widget=forms.RadioSelect,
        initial=Role.VIEWER,
    )
