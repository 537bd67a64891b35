"""Sums of a plan's rows as figures: each says how it was made, and what rounding leaves open.

Pure functions over `PlanFigures`, in pounds. None stands for what no row states, never for nought.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from bcf.assurance.figures import Contribution, PlanFigures, SpendLine
from bcf.assurance.printed import PrintedTables
from bcf.base.worked import POUNDS, Figure, added, less, stated, times
from bcf.periods import Period
from plans.cycle_definitions import EVERY_LINE, CycleDefinition, LinesCounted
from schemes.models.scheme import JOINT

NOTHING = stated(0, unit=POUNDS)

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
    """A published minimum of a year against what the plan spends, for a plan and its parts.

    `actual` is what the plan states, and `counted` what its spend lines come to. The margin is
    the one, else the other, less the minimum, and None where a row leaves one of them out. The
    minimum is met where the margin is not below nought.
    """

    rule: str
    year: Period
    minimum: Figure | None
    actual: Figure | None
    counted: Figure | None = None

    @property
    def spend(self) -> Figure | None:
        """What is held against the minimum."""
        return self.actual or self.counted

    @property
    def margin(self) -> Figure | None:
        if self.minimum is None or self.spend is None:
            return None
        return less(self.spend, self.minimum)

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
        _whole(counted(plan, row.counts, year, of=row.plan) for row in rows),
    )


def counted(plan: PlanFigures, which: LinesCounted, year: Period, of: str = "") -> Figure | None:
    """The spend lines of a year that count towards a minimum, as the planning workbook adds them.

    None where the minimum counts no lines, where there are none, or where a line does not say
    what decides whether it counts. Source: the summary sheet of the planning templates (general
    knowledge, not verified).
    """
    lines = [
        row
        for row in _within(plan, plan.all_spend_lines, of)
        if row.counts and row.year == year and row.amount is not None
    ]
    if which == EVERY_LINE or not lines:
        return None
    parts = [_part_counted(row, which) for row in lines]
    counting = [part for part in parts if part and part.value]
    if any(part is None for part in parts):
        return None
    return added(counting) or NOTHING


def _part_counted(line: SpendLine, which: LinesCounted) -> Figure | None:
    """What of a line counts, which may be nothing; None where it cannot be told."""
    assert line.figure is not None
    asked = [
        (line.source.key, which.sources, True),
        (line.area.key, which.areas, True),
        (line.area.key, which.other_areas_than, False),
        (line.scheme_type.key, which.scheme_types, True),
    ]
    named = [(key, key in keys, wanted) for key, keys, wanted in asked if keys]
    if any(key and is_in is not wanted for key, is_in, wanted in named):
        return NOTHING
    share = _share_counted(line, which)
    if share == 0:
        return NOTHING
    if share is None or any(not key for key, *_ in named):
        return None
    return line.figure if share == 1 else times(line.figure, stated(share), POUNDS)


def _share_counted(line: SpendLine, which: LinesCounted) -> Decimal | None:
    """The part of a line that these commissioners buy, from 0 to 1; None where it is not said."""
    if not which.commissioners or line.commissioner.key in which.commissioners:
        return Decimal(1)
    if line.commissioner.key == JOINT:
        return None if line.nhs_percent is None else line.nhs_percent / 100
    return Decimal(0) if line.commissioner.key else None


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
    known = [each for each in found if each is not None]
    return added(known) if len(known) == len(found) else None


def sources_of(cycle: CycleDefinition, key: str) -> tuple[str, ...]:
    """The funding sources that a source, a group or a total of the cycle stands for."""
    if key in {source.key for source in cycle.funding_sources}:
        return (key,)
    for total in cycle.funding_totals:
        if total.key == key:
            return tuple(source for each in total.adds for source in sources_of(cycle, each))
    return tuple(source.key for source in cycle.sources_in(key))
