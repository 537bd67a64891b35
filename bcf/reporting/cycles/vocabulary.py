"""One list over all cycles: a row for what is one thing, a column for each cycle."""

from collections.abc import Iterable, Sequence

from bcf.reporting.cycles.facts import years_in_words
from bcf.reporting.cycles.lists import heading_of
from bcf.ui.tables import Cell, Column, Table, build_table
from plans.cycle_definitions import CycleDefinition, Line, Term, lines

# The lists that figures are stated by.
LISTS = (
    "funding_sources",
    "scheme_types",
    "conditions",
    "metrics",
    "commissioners",
    "provider_types",
    "areas_of_spend",
)
NONE = "none"
NOT_VERIFIED = "not verified"


def vocabulary_table(cycles: Sequence[CycleDefinition], name: str) -> Table:
    """The lines of a list; `cycles` oldest first. Breaks are numbered notes under the table."""
    found = _newest_first(lines(cycles, name))
    breaks = [term for line in found for term in line.breaks]
    return build_table(
        f"vocabulary-{name.replace('_', '-')}",
        f"{heading_of(name)} over the cycles",
        [
            Column(heading_of(name), is_row_header=True),
            *(Column(years_of(cycle)) for cycle in cycles),
        ],
        [[line.label, *(_cell(line, cycle, breaks) for cycle in cycles)] for line in found],
        notes=[_break(number, term) for number, term in enumerate(breaks, start=1)],
        empty="No cycle has any of these.",
    )


def _newest_first(found: Iterable[Line]) -> list[Line]:
    """Lines that the newest cycle has, then those that ended before it, each in their order."""
    return sorted(found, key=lambda line: line.terms[-1].cycle.years, reverse=True)


def years_of(cycle: CycleDefinition) -> str:
    """A cycle by its key, with the dash of years."""
    return cycle.key.replace("-", "\N{EN DASH}")


def _cell(line: Line, cycle: CycleDefinition, breaks: Sequence[Term]) -> Cell:
    """The label of the time; small beneath it, what is not verified or defined anew."""
    entries = line.of_cycle(cycle.key)
    if not entries:
        return Cell(NONE)
    numbers = [
        str(number)
        for number, term in enumerate(breaks, start=1)
        if term.cycle is cycle and term.entry in entries
    ]
    said = [
        *([] if all(each.verified for each in entries) else [NOT_VERIFIED]),
        *([f"defined anew, note {', '.join(numbers)}"] if numbers else []),
    ]
    return Cell("; ".join(each.label for each in entries), note="; ".join(said))


def _break(number: int, term: Term) -> str:
    where = f"{term.entry.label} in {years_in_words(term.cycle.years)}"
    doubt = "" if term.entry.verified else f" ({NOT_VERIFIED.capitalize()}.)"
    return f"Note {number}: {where}. {term.entry.change}{doubt}"
