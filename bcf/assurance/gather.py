"""Reads one plan's figures from the database, in a fixed number of queries whatever its size."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Any, TypeVar

from django.db.models import F, QuerySet, prefetch_related_objects

from bcf.assurance import figures
from bcf.assurance.figures import PlanFigures
from bcf.assurance.made_rows import CONTRIBUTIONS, REQUIREMENTS, SPEND_LINES, Columns, MadeRows
from bcf.base.worked import PERCENT, RowRef, stated
from governance.models import PrintedFigure
from plans.models import Plan

R = TypeVar("R")

# How documents name the line or the site that stands for all of them.
UNITS = {"per cent": PERCENT}
WHOLES = frozenset({"total", "grand total", "all schemes", "all sites"})


@dataclass(frozen=True)
class _Named:
    """A plan of which figures are read, and what it is called."""

    number: int
    slug: str
    title: str
    areas: Sequence[str]


def gather(plan: Plan, parts: QuerySet[Plan]) -> PlanFigures:
    """The figures of the plan and of those of its parts that the reader may see.

    `parts` is a scoped read of the plan's parts. Five queries, whatever the plan's size.
    """
    return figures_of(plan, parts_in_order(plan, parts))


def parts_in_order(plan: Plan, parts: QuerySet[Plan]) -> list[Plan]:
    """Those parts by their titles; they and the plan are given their boards. Two queries."""
    own = list(parts.select_related("cycle").order_by("title"))
    prefetch_related_objects([plan, *own], "boards")
    return own


def figures_of(plan: Plan, own_parts: Sequence[Plan], *, with_printed: bool = False) -> PlanFigures:
    """The figures of a plan and these parts, whose boards are read; three queries, or four.

    `with_printed` adds what the plans print beside their rows.
    """
    family = [_named(each) for each in (plan, *own_parts)]
    return _figures(plan, family, with_printed=with_printed)


def figures_apart(plans: Sequence[Plan]) -> tuple[PlanFigures, ...]:
    """The figures of several plans, whose boards are read, each for itself.

    A part that is among them stands in its joint plan's figures. Three queries, whatever their
    number; none where there are no plans.
    """
    own = dict(zip(plans, gather_each(plans), strict=True))
    parts: dict[int, list[PlanFigures]] = defaultdict(list)
    for plan, each in own.items():
        if plan.part_of_id is not None:
            parts[plan.part_of_id].append(each)
    return tuple(replace(each, parts=tuple(parts[plan.pk])) for plan, each in own.items())


def _named(plan: Plan) -> _Named:
    return _Named(plan.pk, plan.slug, plan.title, [board.area for board in plan.boards.all()])


def _figures(plan: Plan, family: Sequence[_Named], *, with_printed: bool = False) -> PlanFigures:
    """The figures of the first of these plans, with those of the others, which are its parts.

    Parts have the cycle of their joint plan.
    """
    numbers = [each.number for each in family]
    rows = MadeRows(plan.cycle.definition, {each.number: each.slug for each in family})
    contributions = _by_plan(CONTRIBUTIONS.read(numbers), rows.contributions)
    lines = _by_plan(SPEND_LINES.read(numbers), rows.spend_lines)
    requirements = _by_plan(REQUIREMENTS.read(numbers), rows.requirements)
    printed = _printed_by_plan(family) if with_printed else {}
    years = tuple(plan.years)
    whole, *parts = (
        PlanFigures(
            slug=each.slug,
            title=each.title,
            area=" and ".join(each.areas),
            years=years,
            contributions=tuple(contributions[each.number]),
            spend_lines=tuple(lines[each.number]),
            requirements=tuple(requirements[each.number]),
            printed=tuple(printed.get(each.number, ())),
        )
        for each in family
    )
    return replace(whole, parts=tuple(parts))


def gather_each(plans: Sequence[Plan]) -> list[PlanFigures]:
    """The figures of each of these plans by itself, without parts, whatever their cycles.

    Their boards have been read with them. Three queries, however many plans there are; none where
    there are none.
    """
    if not plans:
        return []
    numbers = [plan.pk for plan in plans]
    read = [each.read(numbers) for each in (CONTRIBUTIONS, SPEND_LINES, REQUIREMENTS)]
    found = []
    for plan in plans:
        named, rows = _named(plan), MadeRows(plan.cycle.definition, {plan.pk: plan.slug})
        contributions, lines, requirements = (_of_plan(each, plan.pk) for each in read)
        found.append(
            PlanFigures(
                slug=named.slug,
                title=named.title,
                area=" and ".join(named.areas),
                years=tuple(plan.years),
                contributions=tuple(rows.contributions(contributions)),
                spend_lines=tuple(rows.spend_lines(lines)),
                requirements=tuple(rows.requirements(requirements)),
            )
        )
    return found


def _of_plan(read: Columns, number: int) -> Columns:
    """Of what is read of several plans, the rows of one."""
    own = [owner == number for owner in read["plan_id"]]
    return {name: tuple(compress(values, own)) for name, values in read.items()}


def _by_plan(read: Columns, make: Callable[[Columns], list[R]]) -> dict[int, list[R]]:
    """The rows that are made of these columns, by plan."""
    found: dict[int, list[R]] = defaultdict(list)
    for owner, row in zip(read["plan_id"], make(read), strict=True):
        found[owner].append(row)
    return found


def _printed_by_plan(family: Sequence[_Named]) -> dict[int, list[figures.Printed]]:
    slugs = {each.number: each.slug for each in family}
    found: dict[int, list[figures.Printed]] = defaultdict(list)
    for row in _printed(list(slugs)):
        if row.value is not None and row.plan_id is not None:
            found[row.plan_id].append(_as_printed(slugs[row.plan_id], row))
    return found


def _printed(plans: Sequence[int]) -> QuerySet[PrintedFigure]:
    """Printed figures, each with the keys of what it names, and not with all of that."""
    return (
        PrintedFigure.objects.filter(plan__in=plans)
        .annotate(
            scheme_ref=F("scheme__ref"),
            organisation_key=F("organisation__key"),
            metric_key=F("metric__key"),
        )
        .order_by("pk")
    )


def _as_printed(owner: str, row: Any) -> figures.Printed:
    source = RowRef("governance.printedfigure", owner, row.ref, row.label)
    return figures.Printed(
        plan=owner,
        measure=row.measure,
        year=row.financial_year,
        figure=stated(row.value or 0, row.rounded_to, UNITS.get(row.unit, row.unit), source),
        table=row.table,
        place=row.citation.place if row.citation else "",
        theme=row.theme,
        line="" if row.line.casefold() in WHOLES else row.line,
        scheme=row.scheme_ref or "",
        source=row.funding_source,
        sub_source=row.sub_source,
        organisation=row.organisation_key or "",
        metric=row.metric_key or "",
        site="" if row.site.casefold() in WHOLES else row.site,
    )
