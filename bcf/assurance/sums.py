"""Sums of a plan's rows as figures: each says how it was made, and what rounding leaves open.

Pure functions over `PlanFigures`, in pounds. None stands for what no row states, never for nought.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bcf.assurance.figures import Contribution, PlanFigures, SpendLine
from bcf.assurance.printed import PrintedTables
from bcf.base.worked import Figure, added, less
from bcf.periods import Period
from plans.cycle_definitions import CycleDefinition

Row = TypeVar("Row", Contribution, SpendLine)


def contributions_added(
    plan: PlanFigures,
    year: Period,
    *,
    sources: Collection[str] = (),
    sub_source: str = "",
    of: str = "",
) -> Figure | None:
    """The contributions of a year added: of these sources, and of one part, where they are named.

    `of` is a part's slug; the plan's own slug, or none, is the plan with its parts.
    """
    return _stated(
        row
        for row in _within(plan, plan.all_contributions, of)
        if row.year == year
        and (not sources or row.source.key in sources)
        and (not sub_source or row.sub_source.key == sub_source)
    )


def spend_added(
    plan: PlanFigures,
    year: Period,
    *,
    of: str = "",
    theme: str = "",
    line: str = "",
    scheme: str = "",
    sources: Collection[str] = (),
    area: str = "",
) -> Figure | None:
    """The spend lines of a year that count, added: those that fit what is named."""
    return _stated(
        row
        for row in _within(plan, plan.all_spend_lines, of)
        if row.counts
        and row.year == year
        and (not theme or row.theme.key == theme)
        and (not line or row.description == line)
        and (not scheme or row.scheme.key == scheme)
        and (not sources or row.source.key in sources)
        and (not area or row.area.key == area)
    )


def components_added(plan: PlanFigures, whole: SpendLine) -> Figure | None:
    """The lines that break a line down, added; None where nothing breaks it down."""
    return _stated(
        row
        for row in plan.all_spend_lines
        if (row.plan, row.breaks_down, row.year) == (whole.plan, whole.ref, whole.year)
    )


def _within(plan: PlanFigures, rows: Iterable[Row], of: str) -> Iterable[Row]:
    return rows if of in ("", plan.slug) else [row for row in rows if row.plan == of]


def _stated(rows: Iterable[Contribution | SpendLine]) -> Figure | None:
    return added(row.figure for row in rows if row.figure is not None)


@dataclass(frozen=True)
class Held:
    """A published minimum of a year against what the plan states, for a plan and its parts.

    `margin` is what is stated less the minimum, and None where one of them is not stated by all
    of the rows. The minimum is met where the margin is not below nought.
    """

    rule: str
    year: Period
    minimum: Figure | None
    actual: Figure | None

    @property
    def margin(self) -> Figure | None:
        if self.minimum is None or self.actual is None:
            return None
        return less(self.actual, self.minimum)

    @property
    def is_met(self) -> bool | None:
        """None where it cannot be told."""
        return None if self.margin is None else self.margin.value >= 0


def held(plan: PlanFigures, rule: str, year: Period, of: str = "") -> Held:
    """A requirement's rows added, as a joint plan adds those of its parts."""
    rows = [
        row
        for row in plan.all_requirements
        if row.rule.key == rule and row.year == year and of in ("", plan.slug, row.plan)
    ]
    return Held(
        rule,
        year,
        _whole(row.minimum_figure for row in rows),
        _whole(row.actual_figure for row in rows),
    )


def minimums(plan: PlanFigures) -> tuple[Held, ...]:
    """Every minimum of the plan and its parts, each year once, by rule and year."""
    rows = sorted(plan.all_requirements, key=lambda row: (row.rule.label, row.year))
    found = dict.fromkeys((row.rule.key, row.year) for row in rows)
    return tuple(held(plan, rule, year) for rule, year in found)


def held_as_printed(tables: PrintedTables, rule: str, year: Period, of: str = "") -> Held:
    """A requirement as the plan, or one of its parts, prints it in a table of its own."""
    found = [tables.find(f"{rule}-{each}", year, plan=of) for each in ("minimum", "actual")]
    minimum, actual = (each.figure if each else None for each in found)
    return Held(rule, year, minimum, actual)


def _whole(figures: Iterable[Figure | None]) -> Figure | None:
    """The figures added; None where there is none, or one is not stated."""
    found = list(figures)
    stated = [each for each in found if each is not None]
    return added(stated) if len(stated) == len(found) else None


def sources_of(cycle: CycleDefinition, key: str) -> tuple[str, ...]:
    """The funding sources that a source, a group or a total of the cycle stands for."""
    if key in {source.key for source in cycle.funding_sources}:
        return (key,)
    for total in cycle.funding_totals:
        if total.key == key:
            return tuple(source for each in total.adds for source in sources_of(cycle, each))
    return tuple(source.key for source in cycle.sources_in(key))
