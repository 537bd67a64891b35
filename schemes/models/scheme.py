"""Schemes, and the lines on which money is spent."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value

from bcf.base.fields import MoneyField, PercentField
from bcf.base.models import Cited, Published, Row
from plans.models import Organisation, Plan, PlanRow
from plans.models.offered import require_choice, require_part
from schemes.choices import NewOrExisting
from schemes.rules import line_counts, scheme_title

OTHER = "other"
JOINT = "joint"


class Scheme(Cited, Row):
    """A service or piece of work that the pool buys, with the template's description of it."""

    FIXED = ("ref", "plan_id")
    MENDED_BY = {
        "scheme_not_part_of_itself": "parent",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="schemes")
    reference = models.CharField(
        max_length=20, help_text="The scheme’s number or letter in the plan, such as 2b."
    )
    name = models.CharField(max_length=200)
    theme = models.CharField(max_length=120, blank=True)
    tier = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="part of scheme",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    scheme_type = models.CharField(max_length=60, blank=True)
    sub_type = models.CharField(max_length=60, blank=True)
    type_specified = models.CharField("scheme type, if other", max_length=200, blank=True)
    lead_commissioner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="led_schemes",
        null=True,
        blank=True,
    )
    summary = models.TextField(blank=True)
    other_names = models.CharField("other names and references", max_length=300, blank=True)
    printed_with = models.CharField(
        "printed jointly with",
        max_length=100,
        blank=True,
        help_text="References of schemes that the plan describes or prices together with this one.",
    )
    links_in_words = models.CharField(
        "conditions and metrics, in words", max_length=300, blank=True
    )
    objective = models.TextField("strategic objective", blank=True)
    overview = models.TextField("overview: model of care and whom it is for", blank=True)
    delivery_chain = models.TextField(blank=True)
    evidence = models.TextField("evidence base", blank=True)
    investment = models.TextField("investment requirements", blank=True)
    costing_assumption = models.TextField("assumption behind the cost", blank=True)
    savings_assumption = models.TextField("assumption behind the saving", blank=True)
    impact = models.TextField("impact of the scheme", blank=True)
    feedback_loop = models.TextField("feedback loop", blank=True)
    success_factors = models.TextField("key success factors", blank=True)

    class Meta:
        ordering = ("plan", "reference")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="scheme_ref_once",
                violation_error_message="This plan has a scheme of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "reference"),
                name="scheme_reference_once",
                violation_error_message=(
                    "This plan has a scheme of this reference already. Type another reference."
                ),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="scheme_not_part_of_itself",
                violation_error_message=(
                    "A scheme cannot be a part of itself. Choose another scheme, or none."
                ),
            ),
        )

    def __str__(self) -> str:
        return scheme_title(self.reference, self.name)

    def natural_key_parts(self) -> Iterable[object]:
        return [self.reference]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        errors = {**self._type_errors(), **self._parent_errors()}
        if errors:
            raise ValidationError(errors)

    def _type_errors(self) -> dict[str, str]:
        types = self.plan.asked.scheme_types
        return require_choice(self, "scheme_type", types) or require_part(
            self, "sub_type", "scheme_type", types, parts="sub_types", what="sub type"
        )

    def _parent_errors(self) -> dict[str, str]:
        if self.parent is None:
            return {}
        if self.parent.plan_id not in (self.plan_id, self.plan.part_of_id):
            return {"parent": "Choose a scheme of this plan, or of the joint plan it is part of."}
        above: Scheme | None = self.parent
        while above is not None:
            if above.pk == self.pk and self.pk is not None:
                return {"parent": f"{self.parent} is itself a part of this scheme."}
            above = above.parent
        return {}


class SpendLine(Published, PlanRow):
    """Money spent in one year on one thing, in pounds.

    A line counts when it is in the pool and breaks down no other line. A line that breaks down
    another is shown under it and never added again.
    """

    CHECKED_WITH = ("components",)
    MENDED_BY = {
        "spend_line_joint_shares_add_to_100": "nhs_percent",
        "spend_line_not_part_of_itself": "breaks_down",
    }
    CHECKED_AS_STORED = ("breaks_down",)

    scheme = models.ForeignKey(
        Scheme,
        on_delete=models.PROTECT,
        related_name="spend_lines",
        null=True,
        blank=True,
        help_text="Leave empty where the plan does not say which scheme.",
    )
    description = models.CharField(max_length=200)
    theme = models.CharField(max_length=120, blank=True)
    funding_source = models.CharField(max_length=40, blank=True)
    area_of_spend = models.CharField(max_length=40, blank=True)
    area_specified = models.CharField("area of spend, if other", max_length=200, blank=True)
    commissioner = models.CharField(max_length=40, blank=True)
    nhs_percent = PercentField("NHS share (%)", null=True, blank=True)
    la_percent = PercentField("local authority share (%)", null=True, blank=True)
    provider_type = models.CharField(max_length=40, blank=True)
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="spend_lines",
        null=True,
        blank=True,
    )
    primary_objective = models.CharField(max_length=60, blank=True)
    new_or_existing = models.CharField(
        "new or existing", max_length=10, choices=NewOrExisting.choices, blank=True
    )
    amount = MoneyField("amount (£)", null=True, blank=True)
    in_pool = models.BooleanField("in the pool", default=True)
    breaks_down = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        related_name="components",
        null=True,
        blank=True,
        help_text="The line of which this is a component. It is shown under it and not added.",
    )
    planned_output = models.CharField(max_length=40, blank=True)
    output_unit = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("financial_year", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="spend_line_ref_once",
                violation_error_message="This plan has a spend line of this reference already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="spend_line_not_negative",
                violation_error_message=(
                    "The amount of a spend line is never less than £0. Type it without a "
                    "minus sign or brackets."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(commissioner=JOINT)
                | Q(nhs_percent=Value(Decimal(100), output_field=PercentField()) - F("la_percent")),
                name="spend_line_joint_shares_add_to_100",
                violation_error_message=(
                    "For a joint commissioner, the NHS share and the local authority share "
                    "must add to 100%%."
                ),
            ),
            models.CheckConstraint(
                condition=Q(breaks_down__isnull=True) | ~Q(breaks_down=F("id")),
                name="spend_line_not_part_of_itself",
                violation_error_message=(
                    "A spend line cannot break down itself. Choose another line, or none."
                ),
            ),
        )
        indexes = (
            models.Index(fields=("plan", "financial_year")),
            # Pages of all plans' lines, which may be hundreds of thousands, in their order.
            models.Index(fields=("financial_year", "id", "plan"), name="spend_line_in_order"),
            # Orders of the API in which most rows are alike: these stand by their numbers.
            models.Index(fields=("provider", "id"), name="spend_line_by_provider"),
            models.Index(fields=("breaks_down", "id"), name="spend_line_by_whole"),
        )

    def __str__(self) -> str:
        return f"{self.description}, {self.financial_year.label}"

    @property
    def counts(self) -> bool:
        """Whether the amount counts towards the pool's spend."""
        return line_counts(self.in_pool, self.breaks_down_id)

    @property
    def source_label(self) -> str:
        """The funding source in the cycle's words; empty where it is not stated."""
        if not self.funding_source:
            return ""
        sources = self.plan.cycle.definition.funding_sources
        labels = {source.key: source.label for source in sources}
        return labels.get(self.funding_source, self.funding_source)

    def natural_key_parts(self) -> Iterable[object]:
        group = self.scheme.reference if self.scheme else self.theme
        return [self.financial_year, group, self.description]

    def choice_errors(self) -> dict[str, str]:
        cycle = self.plan.asked
        return {
            **require_choice(self, "funding_source", cycle.funding_sources),
            **require_choice(self, "area_of_spend", cycle.areas_of_spend),
            **require_choice(self, "commissioner", cycle.commissioners),
            **require_choice(self, "provider_type", cycle.provider_types),
            **require_choice(self, "primary_objective", cycle.primary_objectives),
        }

    def row_errors(self) -> dict[str, str]:
        errors = {}
        if self.scheme and self.scheme.plan_id not in (self.plan_id, self.plan.part_of_id):
            errors["scheme"] = "Choose a scheme of this plan, or of the joint plan it is part of."
        if self.commissioner == JOINT and None in (self.nhs_percent, self.la_percent):
            errors["commissioner"] = "For a joint commissioner, give both shares in per cent."
        elif None not in (self.nhs_percent, self.la_percent):
            both = Decimal(self.nhs_percent or 0) + Decimal(self.la_percent or 0)
            # Of a joint commissioner the database's own constraint says it.
            if both != 100 and self.commissioner != JOINT:
                errors["la_percent"] = (
                    f"The NHS share and the local authority share add to {both.normalize():f}%. "
                    "Change one, so that they add to 100%, or leave both empty."
                )
        if self._components_elsewhere():
            errors["financial_year"] = (
                "This line has components of another year. Change or remove those first."
            )
        whole = self.as_stored("breaks_down")
        if whole and (problem := self._breakdown_problem(whole)):
            errors["breaks_down"] = problem
        return errors

    def _breakdown_problem(self, whole: "SpendLine") -> str:
        if whole.plan_id != self.plan_id:
            return "Choose a line of this plan."
        if whole.financial_year != self.financial_year:
            return f"Choose a line of the same year; {whole} is of another."
        if whole.breaks_down_id:
            return f"{whole} is a component itself. Choose the line that it breaks down."
        if self.pk and self.components.exists():
            return "This line has components of its own, so it cannot be one."
        return ""

    def _components_elsewhere(self) -> bool:
        """Whether components would be left in another year than this line."""
        if self.pk is None:
            return False
        return any(each.financial_year != self.financial_year for each in self.components.all())
