"""The form of a plan itself: its cycle and form, its boards and bodies, and what it belongs to."""

from typing import Any

from django import forms
from django.db.models import Q

from bcf.base.formfields import RowChoiceField, RowsChoiceField
from bcf.base.safe_forms import BLANK, Grouped, OfferingForm
from bcf.ui.widgets import PartSelect
from plans.choices import OrganisationKind
from plans.cycle_definitions import PLAN, CycleDefinition, attached_forms, definitions
from plans.models import Board, Cycle, Organisation, Plan
from plans.models.dated import bodies_refused, existing
from plans.models.offered import years_of


class PlanForm(OfferingForm):
    """A plan's own facts; its template version is one of its cycle's."""

    boards = RowsChoiceField(help_text="One, or all boards of a joint plan.")
    commissioners = RowsChoiceField(required=False, label="NHS commissioners")
    part_of = RowChoiceField(required=False, label="Part of the joint plan")
    template_version = forms.ChoiceField(
        required=False,
        widget=PartSelect,
        help_text="Which of the cycle’s forms the plan fills in. A supplement or a refresh is a "
        "plan on a form of its own, attached to the plan that it adds to or takes the place of.",
    )
    attached_to = RowChoiceField(
        required=False,
        label="Supplement or refresh of",
        help_text="Only for the form of a supplement or a refresh: the plan of the same cycle "
        "that it belongs to. Give it the same boards. Its money is its own and is added to that "
        "of no other plan.",
    )

    class Meta:
        model = Plan
        fields = "__all__"
        labels = {"slug": "Name in addresses"}
        help_texts = {
            "slug": "Letters, figures and hyphens, such as barnet-2017-19. It never changes.",
            "agreed_on": "Such as 18 September 2014.",
            "boundary_note": "Where the boards and the NHS commissioners cover different areas.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields.get("template_version")
        if isinstance(version, forms.ChoiceField):
            cycle = self.instance.cycle_id and self.instance.cycle.definition
            version.choices = [BLANK, *(_versions(cycle) if cycle else _versions_by_cycle())]
        if "cycle" in self.fields:
            for name in {"template_version", "attached_to"}.intersection(self.fields):
                self._follow_cycle(self.fields[name].widget)

    def _follow_cycle(self, widget: Any) -> None:
        """Show what is offered under the cycle that is chosen, as far as the page can."""
        widget.attrs["data-part-of"] = "cycle"
        chosen = str(self["cycle"].value() or "")
        if isinstance(widget, PartSelect) and chosen.isdecimal():
            found = Cycle.objects.filter(pk=chosen).values_list("name", flat=True)
            widget.whole = found.first()

    def clean(self) -> dict[str, Any] | None:
        """The bodies of a plan are held against its cycle and form, as they are chosen here."""
        cleaned = super().clean() or self.cleaned_data
        cycle = cleaned.get("cycle") or (self.instance.cycle if self.instance.cycle_id else None)
        if cycle:
            asked = Plan(
                pk=self.instance.pk,
                cycle=cycle,
                template_version=cleaned.get("template_version", self.instance.template_version),
                attached_to=cleaned.get("attached_to", self.instance.attached_to),
            )
            for name, refused in self._bodies_refused(asked, cleaned).items():
                self.add_error(name, refused)
        return cleaned

    def _bodies_refused(self, asked: Plan, cleaned: dict[str, Any]) -> dict[str, str]:
        """Boards that a plan to which it is attached does not have, and bodies of other times."""
        found = {}
        if (boards := cleaned.get("boards")) is not None:
            found["boards"] = asked.refused_boards(boards)
        if named := cleaned.get("commissioners"):
            kept = self.instance.commissioners.all() if self.instance.pk else ()
            found["commissioners"] = bodies_refused(named, *years_of(asked), kept)
        return {name: refused for name, refused in found.items() if refused}

    def rows_offered(self) -> dict[str, Any]:
        """Boards and plans of everybody: an administrator alone chooses among them."""
        offered = {
            "boards": Board.objects.all(),
            "commissioners": self._commissioners(),
            "part_of": Plan.objects.filter(part_of__isnull=True).exclude(pk=self.instance.pk),
            "attached_to": self._bases(),
        }
        return {name: rows for name, rows in offered.items() if name not in self.read_only}

    def _commissioners(self) -> Any:
        """Those that existed in the years of its cycle, and those that are stored."""
        offered = Organisation.objects.filter(kind=OrganisationKind.NHS_COMMISSIONER)
        if not self.instance.cycle_id:
            return offered
        when, _ = years_of(self.instance)
        own = Organisation.objects.filter(commissioned_plans=self.instance.pk)
        return offered.filter(existing(when) | Q(pk__in=own.values("pk")))

    def _bases(self) -> Grouped:
        """The plans to which others may be attached, by cycle: of the plan's own, if known."""
        forms = {cycle.key: attached_forms(cycle) for cycle in definitions().values()}
        plans = Plan.objects.select_related("cycle").exclude(pk=self.instance.pk)
        plans = plans.filter(cycle__key__in=[key for key, found in forms.items() if found])
        if self.instance.cycle_id:
            plans = plans.filter(cycle=self.instance.cycle_id)
        groups: dict[str, list[Plan]] = {}
        for plan in plans.order_by("-cycle__key", "title"):
            if plan.kind == PLAN:
                groups.setdefault(plan.cycle.name, []).append(plan)
        return Grouped(list(groups.items()))


def _versions(cycle: CycleDefinition) -> list[Any]:
    return [(version.key, version.label) for version in cycle.template_versions]


def _versions_by_cycle() -> list[Any]:
    return [(cycle.name, _versions(cycle)) for cycle in definitions().values()]
