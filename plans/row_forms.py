"""Forms of rows of a plan: they offer what the plan's cycle offers, and no more."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import BaseInlineFormSet

from bcf.base.formfields import PeriodChoiceField, RowChoiceField
from bcf.base.seen import SeenForm
from bcf.money import total
from bcf.periods import NOT_STATED, FinancialYear
from plans.cycle_definitions import Choice, CycleDefinition, definitions
from plans.models import Contribution, Organisation, Plan, Requirement

BLANK = ("", "—")


class SafeForm(SeenForm):
    """A form that can be shown again with everything typed when saving was refused.

    `refusal` is the sentence of the refusal, set on the form's class for the second showing.
    """

    refusal: ClassVar[str] = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        return cleaned

    def _update_errors(self, errors: ValidationError) -> None:
        """Show errors of fields that this form does not have above the form."""
        if hasattr(errors, "error_dict"):
            for name in set(errors.error_dict).difference(self.fields, {NON_FIELD_ERRORS}):
                for error in errors.error_dict.pop(name):
                    errors.error_dict.setdefault(NON_FIELD_ERRORS, []).append(error)
        super()._update_errors(errors)  # type: ignore[misc]


class PlanForm(SafeForm):
    """A plan's own facts; its template version is one of its cycle's."""

    template_version = forms.ChoiceField(required=False)

    class Meta:
        model = Plan
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields.get("template_version")
        if isinstance(version, forms.ChoiceField):
            cycle = self.instance.cycle_id and self.instance.cycle.definition
            cycles = [cycle] if cycle else list(definitions().values())
            version.choices = [
                BLANK,
                *_distinct(version for each in cycles for version in each.template_versions),
            ]


class RowForm(SafeForm):
    """A row of `bound_plan`; where no plan is chosen yet, every cycle's choices are offered.

    `bound_plan` is set on a class made for one request, and what the choices are made from is
    read once for the class, not once for every row of a table.
    """

    bound_plan: ClassVar[Plan | None] = None
    CHOICES: ClassVar[dict[str, Callable[[CycleDefinition], Sequence[Choice]]]] = {}

    financial_year = PeriodChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.bound_plan
        if plan is not None and self.instance.plan_id in (None, plan.pk):
            self.instance.plan = plan
        if self.prefix:
            # A row of a table: its column's heading names the field, for a screen reader too.
            for name, field in self.fields.items():
                field.widget.attrs["aria-label"] = field.label or name.replace("_", " ")
        for name, choices in self._once("choices", self._make_choices).items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
        for name, rows in self._once("rows", self._make_rows).items():
            chooser = self.fields.get(name)
            if isinstance(chooser, RowChoiceField):
                chooser.share(rows)

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        name = f"_made_{what}"
        if name not in type(self).__dict__:
            setattr(type(self), name, make())
        return getattr(type(self), name)

    def _make_choices(self) -> dict[str, list[tuple[str, str]]]:
        plan = self.bound_plan
        cycles = [plan.cycle.definition] if plan else list(definitions().values())
        years = dict.fromkeys(year for cycle in cycles for year in cycle.years)
        offered = {
            name: [BLANK, *_distinct(entry for cycle in cycles for entry in entries(cycle))]
            for name, entries in self.CHOICES.items()
        }
        return {
            "financial_year": [
                BLANK,
                *((year, FinancialYear.parse(year).label) for year in years),
                (str(NOT_STATED), "Not stated"),
            ],
            **offered,
        }

    def _make_rows(self) -> dict[str, RowChoiceField]:
        fields = {name: RowChoiceField(required=False) for name in self.rows_offered()}
        for name, rows in self.rows_offered().items():
            fields[name].offer(rows)
        return fields

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        """Rows among which fields choose, by field; read once for a whole table."""
        return {}


def _distinct(entries: Iterable[Choice]) -> list[tuple[str, str]]:
    return list({entry.key: (entry.key, entry.label) for entry in entries}.values())


def _sub_sources(cycle: CycleDefinition) -> list[Choice]:
    return [sub for source in cycle.funding_sources for sub in source.sub_sources]


class ContributionForm(RowForm):
    """A contribution, with any organisation as the contributor."""

    funding_source = forms.ChoiceField()
    sub_source = forms.ChoiceField(required=False, label="Sub-source")

    CHOICES = {
        "funding_source": lambda cycle: cycle.funding_sources,
        "sub_source": _sub_sources,
    }

    class Meta:
        model = Contribution
        fields = "__all__"


class ContributionTableForm(ContributionForm):
    """A contribution in its plan's table: the plan's own organisations contribute."""

    contributor = RowChoiceField(required=False)

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        return {"contributor": organisations_of(self.bound_plan)}


def organisations_of(plan: Plan | None) -> list[Organisation]:
    """The councils and commissioners of a plan, and whoever contributes to it already."""
    if plan is None:
        return []
    found = (
        Organisation.objects.filter(boards__plans=plan)
        | Organisation.objects.filter(commissioned_plans=plan)
        | Organisation.objects.filter(contributions__plan=plan)
    )
    return list(found.distinct())


class RequirementForm(RowForm):
    """A published minimum and the plan's own statement of it."""

    rule = forms.ChoiceField()

    CHOICES = {"rule": lambda cycle: cycle.requirement_rules}

    class Meta:
        model = Requirement
        fields = "__all__"


class RowFormSet(BaseInlineFormSet):
    """A table of rows, whose boxes for removing a row have a name for a screen reader."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            row = form.instance if form.instance.pk else "this new row"
            form.fields["DELETE"].widget.attrs["aria-label"] = f"Delete {row}"


class OnceFormSet(RowFormSet):
    """A table of rows in which no two may agree in all fields of `ONCE`."""

    ONCE: ClassVar[tuple[str, ...]] = ()
    DUPLICATE: ClassVar[str] = ""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[str, ...]] = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if data.get("DELETE") or not data.get(self.ONCE[0]):
                continue
            key = tuple(str(data.get(name) or "") for name in self.ONCE)
            if key in seen:
                form.add_error(self.ONCE[0], self.DUPLICATE)
            seen.add(key)


class ContributionFormSet(OnceFormSet):
    ONCE = ("financial_year", "funding_source", "sub_source", "contributor")
    DUPLICATE = (
        "Another row has the same year, source, sub-source and contributor. Change one of them, "
        "or add the amounts up in one row."
    )


class RequirementFormSet(OnceFormSet):
    ONCE = ("financial_year", "rule")
    DUPLICATE = "Another row has the same year and requirement. Keep one of them."


class FundingShareFormSet(RowFormSet):
    """The shares of a board's commissioners: none, or together the whole."""

    def clean(self) -> None:
        super().clean()
        shares = [
            form.cleaned_data.get("percent")
            for form in self.forms
            if form.is_valid() and not form.cleaned_data.get("DELETE")
        ]
        together = total(shares)
        if together not in (0, 100):
            raise ValidationError(
                f"The shares of a board’s NHS money add to 100%. These add to {together}%."
            )
