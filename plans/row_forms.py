"""Forms of rows of a plan: they offer what the plan's cycle offers, and no more."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from bcf.base.formfields import PeriodChoiceField, RowChoiceField
from bcf.base.safe_forms import AS_STORED, BLANK, Grouped, OfferingForm, SafeForm
from bcf.base.sentences import flat, label_of, not_offered
from bcf.money import total
from bcf.periods import NOT_STATED, FinancialYear
from bcf.ui.widgets import PartSelect
from plans.choices import OrganisationKind
from plans.cycle_choices import (
    Entries,
    choices_of,
    definitions_for,
    funding_sources,
    known_in_words,
    sub_sources,
)
from plans.cycle_definitions import CycleDefinition
from plans.models import Contribution, Organisation, Plan, Requirement
from plans.models.offered import years_of
from plans.successions import ALWAYS, Lifetime

__all__ = ["BLANK", "Grouped", "RowForm", "SafeForm", "of_kind", "organisation_groups"]

POUNDS = "In pounds, such as 1,234,000 or 1.2m. Leave empty where it is not stated."


class RowForm(OfferingForm):
    """A row of `bound_plan`; where no plan is chosen yet, every cycle's choices are offered.

    `bound_plan` is set on a class made for one request, and what the choices are made from is
    read once for the class, not once for every row of a table. `PARTS` names the fields whose
    choices are parts of what another field holds, such as sub-sources of a funding source, and
    `BESIDE` those that stand beside another and go with it.
    """

    bound_plan: ClassVar[Plan | None] = None
    CHOICES: ClassVar[dict[str, Callable[[CycleDefinition], Entries]]] = {}
    PARTS: ClassVar[dict[str, str]] = {}
    BESIDE: ClassVar[dict[str, str]] = {}

    financial_year = PeriodChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.bound_plan
        if plan is not None and self.instance.plan_id in (None, plan.pk):
            self.instance.plan = plan
        if self.prefix:
            self._name_by_columns()
        else:
            for name in self.absent(plan, self.instance):
                self.fields.pop(name, None)
        for name, choices in self._once("choices", self._make_choices).items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
                self._keep_choice(name)
                if len(choices) == 1 and plan is not None:
                    self.fields[name].help_text = f"{plan.cycle.name} has none to choose."
        if plan is not None and not self.prefix:
            self._say_known()
        for part, whole in self.PARTS.items():
            if part in self.fields and whole in self.fields:
                self._follow(part, whole)

    def _say_known(self) -> None:
        """Add to what is said of a field how far the choices of its cycle were verified."""
        for name, words in self._once("known", self._known).items():
            if words and name in self.fields:
                field = self.fields[name]
                field.help_text = f"{field.help_text} {words}".strip()

    def _known(self) -> dict[str, str]:
        cycles = definitions_for(self.bound_plan)
        return {
            name: known_in_words(entries(cycle) for cycle in cycles)
            for name, entries in self.CHOICES.items()
        }

    def _follow(self, part: str, whole: str) -> None:
        """Show a part under the whole that is chosen: its key may be that of other parts too."""
        widget = self.fields[part].widget
        widget.attrs["data-part-of"] = whole
        chosen = str(self[whole].value() or "")
        if isinstance(widget, PartSelect):
            widget.whole = dict(flat(self.fields[whole].choices)).get(chosen)  # type: ignore[attr-defined]

    def _name(self, name: str, error: ValidationError) -> None:
        """A choice that is not offered: by which cycle, and what it does offer."""
        plan, field = self.bound_plan, self.fields.get(name)
        if plan is not None and isinstance(field, forms.ChoiceField) and self._is_of_cycle(name):
            labels = [label for key, label in flat(field.choices) if key]
            what = label_of(field.label or name.replace("_", " "))
            for leaf in error.error_list:
                if leaf.code == "invalid_choice":
                    typed = (leaf.params or {}).get("value", "")
                    words = not_offered(typed, what[:1].lower() + what[1:], plan.cycle.key, labels)
                    leaf.message, leaf.params, leaf.code = words, None, "not_offered"
        super()._name(name, error)

    def _is_of_cycle(self, name: str) -> bool:
        return name == "financial_year" or name in self.CHOICES

    def _name_by_columns(self) -> None:
        """A row of a table: its column's heading names the field, for a screen reader too."""
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label or name.replace("_", " ")

    @classmethod
    def absent(cls, plan: Plan | None, row: Any = None) -> set[str]:
        """The fields of which the plan's cycle offers nothing, and which the row does not hold."""
        empty = {
            name
            for name in cls.CHOICES
            if not cls._offers(plan, name)
            and not getattr(row, name, "")
            and not cls.declared_fields[name].required
        }
        beside = {name for name, other in cls.BESIDE.items() if other in empty}
        return empty | {name for name in beside if not getattr(row, name, "")}

    @classmethod
    def _offers(cls, plan: Plan | None, name: str) -> bool:
        return any(cls.CHOICES[name](cycle) for cycle in definitions_for(plan))

    def _make_choices(self) -> dict[str, list[Any]]:
        cycles = definitions_for(self.bound_plan)
        years = dict.fromkeys(year for cycle in cycles for year in cycle.years)
        offered = {
            name: [BLANK, *choices_of(entries(cycle) for cycle in cycles)]
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

    def _keep_choice(self, name: str) -> None:
        """A stored value stays a choice, though the cycle does not offer it, or not any more."""
        stored = str(getattr(self.instance, name, None) or "") if self.instance.pk else ""
        field: Any = self.fields[name]
        if stored and stored not in self._once(f"keys_{name}", lambda: keys_of(field.choices)):
            field.choices = [*field.choices, (stored, AS_STORED.format(stored))]


def keys_of(choices: Iterable[Any]) -> set[str]:
    return {key for key, _ in flat(choices)}


class ContributionForm(RowForm):
    """A contribution, with any organisation as the contributor, those of the plan first."""

    funding_source = forms.ChoiceField()
    sub_source = forms.ChoiceField(
        required=False,
        widget=PartSelect,
        label="Sub-source",
        help_text="A part of the funding source, where the cycle names parts of it.",
    )
    contributor = RowChoiceField(
        required=False, help_text="Who pays. Leave empty where it is not stated."
    )

    CHOICES = {"funding_source": funding_sources, "sub_source": sub_sources}
    PARTS = {"sub_source": "funding_source"}

    class Meta:
        model = Contribution
        fields = "__all__"
        help_texts = {"amount": POUNDS}

    def rows_offered(self) -> dict[str, Any]:
        return {"contributor": existing_in(organisation_groups(self.bound_plan), self.bound_plan)}


class ContributionTableForm(ContributionForm):
    """A contribution in its plan's table: the plan's own organisations contribute."""

    def rows_offered(self) -> dict[str, Any]:
        when, _ = years_of(self.bound_plan) if self.bound_plan else (ALWAYS, "")
        own = organisations_of(self.bound_plan)
        return {"contributor": [each for each in own if each.lifetime.meets(when)]}


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


def organisation_groups(plan: Plan | None, own: Iterable[Organisation] = ()) -> Grouped:
    """All organisations: the plan's own and those given first, the others by their kind."""
    others: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.all():
        others.setdefault(organisation.kind, []).append(organisation)
    first = [*own, *organisations_of(plan)]
    kinds = [(each.label, others.get(each.value, [])) for each in OrganisationKind]
    return Grouped([("Taking part here", first), *kinds])


def of_kind(grouped: Grouped, kind: str) -> Grouped:
    """Those of the organisations that are of one kind."""
    return Grouped(
        [
            (heading, [each for each in rows if getattr(each, "kind", "") == kind])
            for heading, rows in grouped.groups
        ]
    )


def existing_in(grouped: Grouped, plan: Plan | None) -> Grouped:
    """Those of the organisations that existed in the years of a plan; all where there is none."""
    return existing_then(grouped, years_of(plan)[0]) if plan else grouped


def existing_then(grouped: Grouped, when: Lifetime, kept: Collection[Any] = ()) -> Grouped:
    """Those of the organisations that existed at a time, and those `kept`, which are stored."""
    return Grouped(
        [
            (
                heading,
                [each for each in rows if each in kept or getattr(each, "lifetime").meets(when)],
            )
            for heading, rows in grouped.groups
        ]
    )


class RequirementForm(RowForm):
    """A published minimum and the plan's own statement of it."""

    rule = forms.ChoiceField(label="Requirement")

    CHOICES = {"rule": lambda cycle: cycle.requirement_rules}

    class Meta:
        model = Requirement
        fields = "__all__"
        help_texts = {
            "minimum": "In pounds, as published for the area, such as 1,234,000.",
            "actual": "In pounds, such as 1,234,000. Leave empty where it is not stated.",
        }


class RowFormSet(BaseInlineFormSet):
    """A table of rows, whose boxes for removing a row have a name for a screen reader."""

    default_error_messages = {
        "missing_management_form": "A part of the page was lost on the way, so nothing was saved. "
        "Open the page again and repeat the change.",
    }

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return f"Two rows have the same {self._columns(unique_check)}. Change or remove one."

    def get_form_error(self) -> str:
        return "This row has the same key as another one above. Change or remove one."

    def _columns(self, names: Sequence[str]) -> str:
        model: Any = self.model
        fields = [model._meta.get_field(name) for name in names]
        return " and ".join(str(getattr(field, "verbose_name", field.name)) for field in fields)

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
