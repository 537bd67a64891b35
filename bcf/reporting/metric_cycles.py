"""How each planning cycle defines a metric, and where figures stop being of one kind."""

from collections.abc import Iterable, Iterator

from bcf.reporting.cycles.vocabulary import years_of
from bcf.reporting.metric_words import unit_words
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from metrics.rules import Break
from plans.cycle_definitions import CycleDefinition, CycleMetric

VERIFIED, NOT_VERIFIED = "Verified", "Not verified"


def definitions_table(cycles: Iterable[CycleDefinition], metric: str) -> Table | None:
    """What each cycle that asks for the metric says of it, oldest first; None where none does."""
    asking = [(cycle, each) for cycle in cycles for each in cycle.metrics if each.key == metric]
    if not asking:
        return None
    before = [None, *(entry for _, entry in asking)]
    rows = [_row(*found, earlier) for found, earlier in zip(asking, before, strict=False)]
    columns = (
        Column("Cycle", is_row_header=True),
        "Called",
        "Defined",
        "Asked for",
        "Checked against its source",
    )
    return build_table("definitions", "How each cycle defines it", columns, rows)


def _row(cycle: CycleDefinition, entry: CycleMetric, before: CycleMetric | None) -> Row:
    is_same = before is not None and _defined(before) == _defined(entry)
    return build_row(
        (
            Cell(years_of(cycle)),
            Cell(entry.label, note=f"ASCOF {entry.ascof_code}" if entry.ascof_code else ""),
            Cell(
                "as before" if is_same else _defined(entry) or "not told",
                note=f"Defined anew: {entry.change}" if entry.change else "",
            ),
            Cell(_asked(entry)),
            Cell(VERIFIED if entry.verified else NOT_VERIFIED, note=entry.source),
        )
    )


def _defined(entry: CycleMetric) -> str:
    return " ".join(filter(None, (entry.definition, entry.note)))


def _asked(entry: CycleMetric) -> str:
    """`Quarterly, in admissions`; beside the others where a plan need not plan it."""
    unit = f", in {unit_words(entry.unit)}" if entry.unit else ""
    aside = ", as a supporting figure" if entry.is_supporting else ""
    return f"{entry.frequency.capitalize()}{unit}{aside}"


def breaks_in_words(breaks: Iterable[Break]) -> Iterator[str]:
    """That figures from a year on are not held against those before it, and why."""
    for each in breaks:
        doubt = "" if each.verified else " (Not verified against a source.)"
        yield (
            f"From {each.year.label} on this metric is defined anew: {each.change} Figures from "
            f"before are shown, and not compared with those since.{doubt}"
        )
