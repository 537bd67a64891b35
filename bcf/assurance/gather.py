"""Reads one plan's figures from the database, in a fixed number of queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects

from bcf.assurance import figures
from bcf.assurance.figures import NOT_STATED, Choice, PlanFigures
from bcf.base.models import Published
from bcf.base.worked import PERCENT, RowRef, stated
from bcf.money import PENNY
from governance.models import PrintedFigure
from plans.cycle_definitions import Choice as Entry
from plans.models import Contribution, Plan, Requirement
from schemes.models import Scheme, SpendLine

# How documents name the line or the site that stands for all of them.
UNITS = {"per cent": PERCENT}
WHOLES = frozenset({"total", "grand total", "all schemes", "all sites"})


def gather(plan: Plan, parts: QuerySet[Plan]) -> PlanFigures:
    """The figures of the plan and of those of its parts that the reader may see.

    `parts` is a scoped read of the plan's parts. Six queries, whatever the plan's size.
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
    ids = [plan.pk, *(part.pk for part in own_parts)]
    contributions = _by_plan(
        Contribution.objects.filter(plan__in=ids).select_related("contributor").order_by("pk")
    )
    lines = _by_plan(
        SpendLine.objects.filter(plan__in=ids)
        .select_related("scheme", "provider")
        .annotate(whole_ref=F("breaks_down__ref"))
        .order_by("pk")
    )
    requirements = _by_plan(Requirement.objects.filter(plan__in=ids).order_by("pk"))
    printed = _by_plan(_printed(ids) if with_printed else ())

    def build(each: Plan, built: Sequence[PlanFigures] = ()) -> PlanFigures:
        words = _Words(each)
        return PlanFigures(
            slug=each.slug,
            title=each.title,
            area=" and ".join(board.area for board in each.boards.all()),
            years=tuple(each.cycle.years),
            contributions=tuple(map(words.contribution, contributions[each.pk])),
            spend_lines=tuple(map(words.spend_line, lines[each.pk])),
            requirements=tuple(map(words.requirement, requirements[each.pk])),
            parts=tuple(built),
            printed=tuple(words.printed(row) for row in printed[each.pk] if row.value is not None),
        )

    return build(plan, [build(part) for part in own_parts])


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


def _by_plan(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.plan_id].append(row)
    return grouped


def _choice(key: str, entries: Iterable[Entry]) -> Choice:
    if not key:
        return NOT_STATED
    return next((Choice(e.key, e.label) for e in entries if e.key == key), Choice(key, key))


class _Words:
    """Turns rows into plain values, with the words of the plan's cycle for its keys."""

    def __init__(self, plan: Plan) -> None:
        self.slug = plan.slug
        self.cycle = plan.cycle.definition

    def contribution(self, row: Contribution) -> figures.Contribution:
        sources = self.cycle.funding_sources
        subs = [
            sub for each in sources if each.key == row.funding_source for sub in each.sub_sources
        ]
        return figures.Contribution(
            plan=self.slug,
            year=row.financial_year,
            source=_choice(row.funding_source, sources),
            sub_source=_choice(row.sub_source, subs),
            contributor=_organisation(row.contributor),
            amount=row.amount,
            rounded_to=_rounding(row, row.amount),
            citation=row.citation,
            is_changed=row.differs_from_print(row.amount),
            ref=row.ref,
        )

    def spend_line(self, row: Any) -> figures.SpendLine:
        scheme = row.scheme
        return figures.SpendLine(
            plan=self.slug,
            ref=row.ref,
            year=row.financial_year,
            description=row.description,
            source=_choice(row.funding_source, self.cycle.funding_sources),
            theme=Choice(row.theme, row.theme) if row.theme else NOT_STATED,
            scheme=Choice(scheme.ref, str(scheme)) if scheme else NOT_STATED,
            area=_choice(row.area_of_spend, self.cycle.areas_of_spend),
            provider=_organisation(row.provider),
            amount=row.amount,
            in_pool=row.in_pool,
            breaks_down=row.whole_ref or "",
            rounded_to=_rounding(row, row.amount),
            citation=row.citation,
            is_changed=row.differs_from_print(row.amount),
            area_specified=row.area_specified,
            commissioner=_choice(row.commissioner, self.cycle.commissioners),
            nhs_percent=row.nhs_percent,
            la_percent=row.la_percent,
            provider_type=_choice(row.provider_type, self.cycle.provider_types),
            planned_output=row.planned_output,
            output_unit=row.output_unit,
            **self._type_of(scheme),
        )

    def _type_of(self, scheme: Scheme | None) -> dict[str, Any]:
        """The type and sub type of a line's scheme, in the words of the cycle."""
        if scheme is None or not scheme.scheme_type:
            return {}
        types = self.cycle.scheme_types
        subs = next((t.sub_types for t in types if t.key == scheme.scheme_type), ())
        return {
            "scheme_type": _choice(scheme.scheme_type, types),
            "sub_type": _choice(scheme.sub_type, subs),
            "type_specified": scheme.type_specified,
        }

    def requirement(self, row: Requirement) -> figures.Requirement:
        rule = self.cycle.requirement_rule(row.rule)
        return figures.Requirement(
            plan=self.slug,
            year=row.financial_year,
            rule=Choice(rule.key, rule.label),
            is_total_pool=rule.is_total_pool,
            minimum=row.minimum,
            actual=row.actual,
            rounded_to=_rounding(row, row.minimum),
            citation=row.citation,
            ref=row.ref,
            counts=rule.counts,
        )

    def printed(self, row: Any) -> figures.Printed:
        source = RowRef("governance.printedfigure", self.slug, row.ref, row.label)
        return figures.Printed(
            plan=self.slug,
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


def _organisation(row: Any) -> Choice:
    return Choice(row.key, row.name) if row else NOT_STATED


def _rounding(row: Published, amount: Decimal | None) -> Decimal:
    """To how many pounds a figure is rounded; one that was typed here is exact to the penny."""
    if row.rounded_to is None or row.differs_from_print(amount):
        return PENNY
    return Decimal(row.rounded_to)
