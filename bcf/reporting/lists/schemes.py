"""Lists of what the money buys: schemes, benefits, milestones and their links."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from bcf.reporting.lists.base import Filter, RowList, Shown, year_words
from schemes.models import (
    Benefit,
    BenefitProfile,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
)
from schemes.queries import SAVINGS

SCHEME = Filter("scheme", "Scheme", "scheme__reference")


def scheme_address(scheme: Scheme) -> str:
    return reverse("scheme", args=[scheme.plan.slug, scheme.ref])


def references(schemes: Iterable[Scheme]) -> str:
    """The references of some schemes: `BCF03, BCF09`."""
    return ", ".join(scheme.reference for scheme in schemes)


def _names(rows: Iterable[Any]) -> str:
    return ", ".join(row.name for row in rows)


def _remarks(row: Benefit) -> str:
    return " ".join(filter(None, [row.note, row.savings_assumption]))


def _saving_basis(row: Benefit) -> str:
    if row.expected_saving is None:
        return ""
    return "worked out" if row.is_worked_out else "as stated"


SCHEMES = RowList(
    key="schemes",
    heading="Schemes",
    empty="No scheme is entered yet.",
    rows=lambda plans: (
        Scheme.objects.filter(plan__in=plans)
        .select_related("plan", "parent", "lead_commissioner")
        .order_by("plan", "reference")
    ),
    columns=(
        Shown("Scheme", str),
        Shown("Theme", lambda row: row.theme),
        Shown("Tier", lambda row: row.tier),
        Shown("Part of", lambda row: row.parent),
        Shown("Lead commissioner", lambda row: row.lead_commissioner),
        Shown("Summary", lambda row: row.summary),
    ),
    filters=(Filter("theme", "Theme", "theme"), Filter("tier", "Tier", "tier")),
    search=("reference", "name", "theme", "summary", "other_names"),
    url=scheme_address,
)

BENEFITS = RowList(
    key="benefits",
    heading="Benefits expected",
    empty="No benefit is entered yet.",
    rows=lambda plans: (
        Benefit.objects.filter(plan__in=plans)
        .prefetch_related("schemes", "metrics")
        .order_by("plan", "financial_year", "pk")
    ),
    columns=(
        Shown("Scheme", lambda row: references(row.schemes.all()) or "Whole plan"),
        Shown("Metric", lambda row: _names(row.metrics.all())),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Change", lambda row: row.change, "number"),
        Shown("Unit of change", lambda row: row.change_unit),
        Shown("Unit price", lambda row: row.unit_price, "money"),
        Shown("Basis of the price", lambda row: row.get_price_basis_display()),
        Shown("Saving", lambda row: row.expected_saving, "money", sums=True),
        Shown("Saving is", _saving_basis),
        Shown("Who benefits", lambda row: row.beneficiary),
        Shown("Remarks", _remarks, optional=True),
    ),
    filters=(
        Filter("year", "Financial year", "financial_year", year_words),
        Filter("scheme", "Scheme", "schemes__reference"),
        Filter("metric", "Metric", "metrics__name"),
    ),
    search=("schemes__name", "metrics__name", "beneficiary", "note"),
    amount="expected_saving",
    sum=SAVINGS,
    notes=("A saving that the plan does not state is worked out: change times unit price.",),
)

BENEFIT_PROFILES = RowList(
    key="benefit-profiles",
    heading="Benefits by month",
    empty="No monthly profile of a benefit is entered yet.",
    rows=lambda plans: (
        BenefitProfile.objects.filter(plan__in=plans)
        .select_related("benefit")
        .order_by("benefit", "month")
    ),
    columns=(
        Shown("Month", lambda row: row.month.label),
        Shown("Benefit", lambda row: row.benefit),
        Shown("Planned", lambda row: row.planned, "number"),
        Shown("Actual", lambda row: row.actual, "number"),
        Shown("Forecast", lambda row: row.forecast, "number"),
    ),
)

MILESTONES = RowList(
    key="milestones",
    heading="Milestones",
    empty="No milestone is entered yet.",
    rows=lambda plans: (
        Milestone.objects.filter(plan__in=plans)
        .prefetch_related("schemes")
        .order_by("plan", "group", "due", "pk")
    ),
    columns=(
        Shown("Milestone", lambda row: row.title),
        Shown("Reference", lambda row: row.printed_ref),
        Shown("Group", lambda row: row.group),
        Shown("Scheme", lambda row: references(row.schemes.all())),
        Shown("When", lambda row: row.when),
        Shown("Financial year", lambda row: row.financial_year.label),
        Shown("Done on", lambda row: row.done_on and f"{row.done_on.day} {row.done_on:%B %Y}"),
    ),
    filters=(
        Filter("group", "Group", "group"),
        Filter("year", "Financial year", "financial_year", year_words),
        Filter("scheme", "Scheme", "schemes__reference"),
    ),
    search=("title", "group", "when_in_words", "printed_ref"),
)

DELIVERY = RowList(
    key="delivery-links",
    heading="Delivery chain",
    empty="No delivery link is entered yet.",
    rows=lambda plans: (
        DeliveryLink.objects.filter(plan__in=plans)
        .select_related("scheme", "lead")
        .prefetch_related("providers")
        .order_by("plan", "scheme__reference", "pk")
    ),
    columns=(
        Shown("Scheme", lambda row: row.scheme),
        Shown("Service area", lambda row: row.service_area),
        Shown("Lead", lambda row: row.lead),
        Shown("Providers", lambda row: _names(row.providers.all())),
        Shown("Progress", lambda row: row.progress),
    ),
    filters=(SCHEME,),
    search=("scheme__name", "service_area", "providers__name", "progress"),
)

SCHEME_METRICS = RowList(
    key="scheme-metrics",
    heading="Which scheme moves which metric",
    empty="No scheme is linked to a metric yet.",
    rows=lambda plans: (
        SchemeMetric.objects.filter(plan__in=plans)
        .select_related("scheme", "metric")
        .order_by("plan", "scheme__reference", "metric__name")
    ),
    columns=(
        Shown("Scheme", lambda row: row.scheme),
        Shown("Metric", lambda row: row.metric.name),
        Shown("Printed as", lambda row: row.label),
    ),
    filters=(SCHEME, Filter("metric", "Metric", "metric__name")),
    search=("scheme__name", "metric__name", "label"),
)

SCHEME_CONDITIONS = RowList(
    key="scheme-conditions",
    heading="Which scheme meets which condition",
    empty="No scheme is linked to a national condition yet.",
    rows=lambda plans: (
        SchemeCondition.objects.filter(plan__in=plans)
        .select_related("scheme", "plan__cycle")
        .order_by("plan", "scheme__reference", "condition")
    ),
    columns=(
        Shown("Scheme", lambda row: row.scheme),
        Shown("National condition", lambda row: row.condition_label),
    ),
    filters=(SCHEME,),
    search=("scheme__name", "condition"),
)

SPEND_ACTUALS = RowList(
    key="spend-actuals",
    heading="Spend by quarter",
    empty="No spend of a quarter is entered yet.",
    rows=lambda plans: (
        SpendActual.objects.filter(plan__in=plans)
        .select_related("line")
        .order_by("quarter", "line")
    ),
    columns=(
        Shown("Spend line", lambda row: row.line),
        Shown("Quarter", lambda row: row.quarter.label),
        Shown("Spent", lambda row: row.spent, "money"),
        Shown("Forecast for the year", lambda row: row.forecast, "money"),
        Shown("Output", lambda row: row.output, "number"),
    ),
)
