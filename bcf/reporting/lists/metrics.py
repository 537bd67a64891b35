"""Lists of what the money is meant to change: values, populations, options and context."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bcf.reporting.lists.base import Filter, RowList, Shown
from metrics.choices import Attribution, Measure, ValueKind
from metrics.models import ContextFigure, MetricOption, MetricValue, Population
from metrics.queries import stated_rows_visible_to

Rows = Callable[[Sequence[int]], QuerySet[Any]]


def period_words(value: Any) -> str:
    return str(value.label)


def _kind(row: MetricValue) -> str:
    """`Plan`, or `Plan, change` where the figure is no level."""
    change = row.measure == Measure.CHANGE
    return f"{row.get_kind_display()}, change" if change else row.get_kind_display()


def metric_page(row: MetricValue) -> str:
    """The page of the value's metric on its board; nothing for a figure of a joint area."""
    return reverse("board-metric", args=[row.board.slug, row.metric.key]) if row.board else ""


VALUE_COLUMNS = (
    Shown("Metric", lambda row: row.metric.name),
    Shown("Kind", _kind),
    Shown("Period", lambda row: row.period_label),
    Shown("Which part", lambda row: row.part or "Whole"),
    Shown("Figure", lambda row: row.figure),
    Shown("Numerator", lambda row: row.numerator, "number", optional=True),
    Shown("Denominator", lambda row: row.denominator, "number", optional=True),
    Shown("Worked out", lambda row: row.computed, "number", optional=True),
    Shown("Remark", lambda row: row.comment, optional=True),
)
VALUE_FILTERS = (
    Filter("metric", "Metric", "metric__name"),
    Filter("kind", "Kind", "kind", lambda value: ValueKind(value).label),
    Filter("period", "Period", "period", period_words),
    Filter("attribution", "Attribution", "attribution", lambda value: Attribution(value).label),
    Filter("provider", "Provider", "provider__name"),
)


def _values(of: str) -> Rows:
    return lambda owners: (
        MetricValue.objects.filter(**{f"{of}__in": owners})
        .select_related("metric", "provider", "commissioner", "board", "plan")
        .order_by("metric__name", "kind", "period", "pk")
    )


def _value_list(of: str, empty: str) -> RowList:
    return RowList(
        key="metric-values",
        heading="Metric values",
        empty=empty,
        rows=_values(of),
        scope=stated_rows_visible_to,
        columns=VALUE_COLUMNS,
        filters=VALUE_FILTERS,
        url=metric_page,
        search=("metric__name", "breakdown", "unit", "comment", "provider__name"),
    )


def _population_list(of: str) -> RowList:
    return RowList(
        key="populations",
        heading="Populations",
        empty="No population is entered yet.",
        rows=lambda owners: (
            Population.objects.filter(**{f"{of}__in": owners})
            .select_related("board", "plan")
            .order_by("period", "age_band", "pk")
        ),
        scope=stated_rows_visible_to,
        columns=(
            Shown("Who", lambda row: row.who),
            Shown("Period", lambda row: row.period_label),
            Shown("People", lambda row: row.figure),
            Shown("Basis", lambda row: row.basis),
        ),
        filters=(
            Filter("age", "Age band", "age_band"),
            Filter("period", "Period", "period", period_words),
        ),
        search=("age_band", "segment", "basis", "area"),
    )


def _context_list(of: str) -> RowList:
    return RowList(
        key="context-figures",
        heading="Context",
        empty="No context figure is entered yet.",
        rows=lambda owners: (
            ContextFigure.objects.filter(**{f"{of}__in": owners})
            .select_related("board", "plan")
            .order_by("subject", "label", "period", "pk")
        ),
        scope=stated_rows_visible_to,
        columns=(
            Shown("Fact", lambda row: row.label),
            Shown("About", lambda row: row.subject),
            Shown("Period", lambda row: row.period_label),
            Shown("Figure", lambda row: row.figure),
            Shown("Remark", lambda row: row.comment, optional=True),
        ),
        filters=(
            Filter("subject", "About", "subject"),
            Filter("period", "Period", "period", period_words),
        ),
        search=("label", "subject", "unit", "words", "comment"),
    )


PLAN_VALUES = _value_list("plan", "No metric value is entered yet.")
PLAN_POPULATIONS = _population_list("plan")
PLAN_CONTEXT = _context_list("plan")
BOARD_VALUES = _value_list("board", "No metric value of this board is known yet.")
BOARD_POPULATIONS = _population_list("board")
BOARD_CONTEXT = _context_list("board")

OPTIONS = RowList(
    key="metric-options",
    heading="Local metrics considered",
    empty="No local metric is under consideration.",
    rows=lambda plans: MetricOption.objects.filter(plan__in=plans),
    columns=(
        Shown("Indicator", lambda row: row.indicator),
        Shown("Relevance", lambda row: row.relevance),
        Shown("Why relevant or not", lambda row: row.relevance_reason),
        Shown("Accuracy", lambda row: row.accuracy),
        Shown("Why accurate or not", lambda row: row.accuracy_reason),
        Shown("Feasibility", lambda row: row.feasibility),
        Shown("Why feasible or not", lambda row: row.feasibility_reason),
    ),
    search=("indicator", "relevance_reason", "accuracy_reason", "feasibility_reason"),
)
