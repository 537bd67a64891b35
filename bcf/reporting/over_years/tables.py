"""The tables of a board's money over the years, with what changed its name or its meaning."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcf.assurance.checks.naming import joined
from bcf.assurance.over_years import (
    Column,
    OverYears,
    Row,
    income_by_source,
    spend_by_area,
    spend_by_source,
    spend_by_type,
)
from bcf.periods import FinancialYear, Period
from bcf.ui.tables import Cell, Table, build_table
from bcf.ui.tables import Column as TableColumn
from plans.cycle_definitions import REFRESH, CycleDefinition, Line, attaches
from plans.models import Plan

Make = Callable[[Sequence[Column], Sequence[CycleDefinition]], OverYears]


@dataclass(frozen=True)
class Asked:
    """A table of the page: its name in addresses, its caption, the heading of its rows."""

    key: str
    caption: str
    heading: str
    make: Make


TABLES = (
    Asked("income", "Income by funding source", "Funding source", income_by_source),
    Asked("spend-by-source", "Spend by funding source", "Funding source", spend_by_source),
    Asked("spend-by-type", "Spend by type of scheme or activity", "Type", spend_by_type),
    Asked("spend-by-area", "Spend by area of spend", "Area of spend", spend_by_area),
)


def tables_of(
    columns: Sequence[Column], plans: Mapping[str, Plan], cycles: Sequence[CycleDefinition]
) -> Iterator[Table]:
    """Every table; `plans` are those of the columns by their slugs, `cycles` all, oldest first."""
    for asked in TABLES:
        yield _table(asked, asked.make(columns, cycles), plans)


def _table(asked: Asked, made: OverYears, plans: Mapping[str, Plan]) -> Table:
    refreshed = _refreshed(made.columns, plans)
    headings = [
        heading_of(column, plans[column.plan.slug], (column.plan.slug, column.year) in refreshed)
        for column in made.columns
    ]
    shown = {each.cycle.key for each in made.columns}
    known = [row.line for row in made.rows if row.line]
    return build_table(
        asked.key,
        asked.caption,
        [
            TableColumn(asked.heading, is_row_header=True),
            *(TableColumn(heading, "money") for heading in headings),
        ],
        [[_named(row), *row.amounts] for row in made.rows],
        total=["Total", *map(Cell, made.totals)],
        notes=[note for line in known for note in _notes(line, shown)],
        empty="None of these plans states this yet.",
    )


def _refreshed(columns: Sequence[Column], plans: Mapping[str, Plan]) -> set[tuple[str, Period]]:
    """The plans and years whose place a submitted refresh has taken."""
    slugs = {plan.pk: slug for slug, plan in plans.items()}
    return {
        (slugs[plan.attached_to_id], each.year)
        for each in columns
        if (plan := plans[each.plan.slug]).kind == REFRESH
        and not plan.is_open
        and plan.attached_to_id in slugs
    }


def heading_of(column: Column, plan: Plan, is_refreshed: bool) -> str:
    """The year, and what the plan is where it is a supplement to another, or a refresh of one."""
    if is_refreshed:
        return f"{column.year.label} (before its refresh)"
    forms = {each.key: each for each in column.cycle.template_versions}
    form = forms.get(plan.template_version)
    aside = f" ({form.kind})" if form and attaches(form) else ""
    return f"{column.year.label}{aside}"


def _named(row: Row) -> str:
    return _short(row.line) if row.line else row.choice.label


def _short(line: Line) -> str:
    """The name of a line; where several things make it, the first of them and how many others."""
    newest = line.of_cycle(line.terms[-1].cycle.key)
    if len(newest) < 2:
        return line.label
    others = "one other" if len(newest) == 2 else f"{len(newest) - 1} others"
    return f"{newest[0].label}, and {others}"


def _notes(line: Line, shown: set[str]) -> Iterator[str]:
    """What a line was called before, and where its figures stop being of one kind."""
    terms = [term for term in line.terms if term.cycle.key in shown]
    called: dict[str, list[str]] = {}
    for term in terms:
        called.setdefault(term.entry.label, []).append(term.cycle.key)
    if len(called) > 1 or line.label not in {"", *called}:
        names = "; ".join(f"“{name}” in {', '.join(keys)}" for name, keys in called.items())
        yield f"{_short(line)}: {names}."
    for key in dict.fromkeys(term.cycle.key for term in terms):
        if len(entries := line.of_cycle(key)) > 1:
            yield f"In {key} the row adds {joined(f'“{each.label}”' for each in entries)}."
    for term in terms:
        if term.entry.change and term is not terms[0]:
            year = FinancialYear.parse(term.cycle.years[0]).label
            doubt = "" if term.entry.verified else " (Not verified against a source.)"
            yield f"A break at {year} in “{term.entry.label}”: {term.entry.change}{doubt}"
