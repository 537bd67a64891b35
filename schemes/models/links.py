"""What a scheme is linked to: metrics, national conditions, and those who deliver it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.models import Cited, Row
from metrics.models import Metric
from plans.models import Organisation, Plan
from plans.models.offered import require_choice
from schemes.models.scheme import Scheme

ALL_CONDITIONS = "all"


class SchemeRow(Row):
    """A row about one scheme of its plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.plan_id is None or self.scheme_id is None:
            return
        errors = self.choice_errors()
        if self.scheme.plan_id != self.plan_id:
            errors["scheme"] = "Choose a scheme of this plan."
        if errors:
            raise ValidationError(errors)

    def choice_errors(self) -> dict[str, str]:
        """Errors of choices that the plan's cycle does not offer."""
        return {}


class SchemeMetric(Cited, SchemeRow):
    """A metric that a scheme is meant to improve, under the label that the plan prints."""

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="scheme_links")
    label = models.CharField("label as printed", max_length=200, blank=True)

    class Meta:
        verbose_name = "link of a scheme to a metric"
        verbose_name_plural = "links of schemes to metrics"
        ordering = ("scheme__reference", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="scheme_metric_ref_once",
                violation_error_message="This plan has a link of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("scheme", "metric"),
                name="scheme_metric_once",
                violation_error_message=(
                    "This scheme is linked to this metric already. Choose another scheme or metric."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}: {self.metric}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.scheme.reference, self.metric.key]


class SchemeCondition(Cited, SchemeRow):
    """A national condition that a scheme helps to meet; `all` where the plan says all of them."""

    condition = models.CharField("national condition", max_length=40)

    class Meta:
        verbose_name = "link of a scheme to a condition"
        verbose_name_plural = "links of schemes to conditions"
        ordering = ("scheme__reference", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="scheme_condition_ref_once",
                violation_error_message="This plan has a link of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("scheme", "condition"),
                name="scheme_condition_once",
                violation_error_message=(
                    "This scheme is linked to this national condition already. Choose "
                    "another scheme or condition."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}: {self.condition_label}"

    @property
    def condition_label(self) -> str:
        """The condition in the cycle's words."""
        if self.condition == ALL_CONDITIONS:
            return "All conditions"
        conditions = {each.key: each.label for each in self.plan.cycle.definition.conditions}
        return conditions.get(self.condition, self.condition)

    def natural_key_parts(self) -> Iterable[object]:
        return [self.scheme.reference, self.condition]

    def choice_errors(self) -> dict[str, str]:
        if self.condition == ALL_CONDITIONS:
            return {}
        conditions = self.plan.asked.conditions
        return require_choice(self, "condition", conditions, "national condition")


class DeliveryLink(Cited, SchemeRow):
    """Who leads and who provides a scheme, or a service area of it, and how far it has come."""

    service_area = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey(
        Organisation,
        verbose_name="lead organisation",
        on_delete=models.PROTECT,
        related_name="led_deliveries",
        null=True,
        blank=True,
        help_text="Leave empty where it is not stated.",
    )
    providers: models.ManyToManyField = models.ManyToManyField(
        Organisation, related_name="deliveries", blank=True
    )
    progress = models.CharField(max_length=200, blank=True)
    _history_m2m_fields = (providers,)

    class Meta:
        verbose_name = "link of the delivery chain"
        verbose_name_plural = "delivery chain"
        ordering = ("scheme__reference", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="delivery_link_ref_once",
                violation_error_message="This plan has a link of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("scheme", "service_area"),
                name="delivery_link_once",
                violation_error_message=(
                    "This scheme has this service area already. Add the provider there, or name "
                    "another service area."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}: {self.service_area}" if self.service_area else f"{self.scheme}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.scheme.reference, self.service_area]
