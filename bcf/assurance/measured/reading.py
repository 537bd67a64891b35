"""Reads what is measured from the database, in three queries whatever there is."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from bcf.assurance.measured.values import About, Counted, Fact, Measured, MetricFigure
from bcf.base.models import Published
from bcf.base.worked import PERCENT, POUNDS, Figure, RowRef, stated
from metrics.models import ContextFigure, MetricValue, Population
from metrics.models.population import PEOPLE
from metrics.rules import PERCENT as PERCENT_SIGN
from metrics.rules import POUND, breaks_of
from plans.cycle_definitions import definitions
from plans.models import Board, Plan


def gather_measured(plans: Sequence[Plan], *, with_context: bool = True) -> Measured:
    """What these plans state, and what is known of their boards apart from any plan.

    The plans are those of one family that the reader may see. Three queries; two without the
    facts around the plan.
    """
    known = {plan.pk: plan for plan in plans}
    boards = Board.objects.filter(plans__in=known).values("pk")
    rows = Q(plan__in=known) | Q(plan__isnull=True, board__in=boards)
    return _measured(rows, with_context, known)


def gather_board_measured(board: Board) -> Measured:
    """What is known of a board apart from any plan. Three queries."""
    return _measured(Q(plan__isnull=True, board=board), with_context=True, plans={})


def _measured(rows: Q, with_context: bool, plans: Mapping[int, Plan]) -> Measured:
    """`plans` are those that the rows name, by key: a row is given its plan, and asks for none."""
    values = MetricValue.objects.filter(rows).select_related(
        "metric", "board", "provider", "commissioner"
    )
    populations = Population.objects.filter(rows).select_related("board")
    context = ContextFigure.objects.filter(rows).select_related("board")

    def with_plans(found: QuerySet[Any]) -> Iterator[Any]:
        for row in found.order_by("pk"):
            row.plan = plans.get(row.plan_id)
            yield row

    return Measured(
        values=tuple(map(metric_figure, with_plans(values))),
        populations=tuple(map(counted, with_plans(populations))),
        context=tuple(map(fact, with_plans(context))) if with_context else (),
    )


def metric_figure(row: MetricValue) -> MetricFigure:
    """A metric value as a plain value; what it names must have been read with it."""
    metric, ref = row.metric, _ref(row)
    return MetricFigure(
        row=ref,
        metric=metric.key,
        about=About(
            metric.name,
            metric.better,
            metric.age_band,
            metric.method,
            breaks_of(definitions().values(), metric.key),
        ),
        period=row.period,
        kind=row.kind,
        **_whose(row),
        measure=row.measure,
        unit=row.unit,
        per=row.per,
        attribution=row.attribution,
        breakdown=row.breakdown,
        provider=row.provider.key if row.provider else "",
        commissioner=row.commissioner.key if row.commissioner else "",
        series=row.series,
        value=_figure(row, _value(row), unit_of(row.unit), ref),
        numerator=_exact(row.numerator, ref),
        denominator=_exact(row.denominator, ref),
        standard_rate=_exact(row.standard_rate, ref),
        standard_population=_exact(row.standard_population, ref),
        is_suppressed=row.is_suppressed,
        document=row.citation_title,
    )


def _value(row: MetricValue) -> Decimal | None:
    """The value as stated; where none is, what the row's own numbers come to."""
    return row.computed if row.value is None else row.value


def counted(row: Population) -> Counted:
    """A population as a plain value."""
    ref = _ref(row)
    return Counted(
        row=ref,
        age_band=row.age_band,
        period=row.period,
        **_whose(row),
        area=row.area,
        segment=row.segment,
        basis=row.basis,
        count=_figure(row, row.count, PEOPLE, ref),
        upper=_figure(row, row.upper_count, PEOPLE, ref),
    )


def fact(row: ContextFigure) -> Fact:
    """A context figure as a plain value."""
    ref, unit = _ref(row), unit_of(row.unit)
    return Fact(
        row=ref,
        label=row.label,
        period=row.period,
        subject=row.subject,
        period_in_words=row.period_in_words,
        **_whose(row),
        value=_figure(row, row.value, unit, ref),
        upper=_figure(row, row.upper_value, unit, ref),
    )


def unit_of(printed: str) -> str:
    """The unit of a figure by how a document prints it: `%`, `£ a person`, `admissions`."""
    if printed.startswith(PERCENT_SIGN):
        return PERCENT
    if printed.startswith(POUND):
        return POUNDS
    return "" if printed.startswith("(") else printed


def _whose(row: Any) -> dict[str, str]:
    return {
        "plan": row.plan.slug if row.plan else "",
        "board": row.board.slug if row.board else "",
    }


def _ref(row: Any) -> RowRef:
    owner = row.plan or row.board
    return RowRef(row._meta.label_lower, owner.slug, row.ref, str(row))


def _figure(row: Published, value: Decimal | int | None, unit: str, ref: RowRef) -> Figure | None:
    if value is None:
        return None
    is_changed = row.differs_from_print(Decimal(value))
    return stated(value, None if is_changed else row.rounded_to, unit, ref)


def _exact(value: Decimal | None, ref: RowRef) -> Figure | None:
    return None if value is None else stated(value, row=ref)
