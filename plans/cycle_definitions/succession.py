"""One vocabulary over the cycles: what is the same thing, what follows what, where it breaks.

Two entries of one list are of one line where they have the same key, or where the later one
`follows` the other, in however many steps. Sub types and parts of sources stand with their whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from plans.cycle_definitions.cycle import LISTS, CycleDefinition
from plans.cycle_definitions.entries import Choice


@dataclass(frozen=True)
class Term:
    """An entry in the cycle that has it."""

    cycle: CycleDefinition
    entry: Choice


@dataclass(frozen=True)
class Line:
    """The entries of one list that are one thing over the cycles, oldest first.

    It has the key of its newest entry, and the labels that the newest cycle has for it. Several
    entries of one cycle are of one line where an entry of another cycle joined or divided them.
    """

    terms: tuple[Term, ...]

    @property
    def key(self) -> str:
        return self.terms[-1].entry.key

    @property
    def label(self) -> str:
        newest = self.of_cycle(self.terms[-1].cycle.key)
        return "; ".join(entry.label for entry in newest)

    @property
    def keys(self) -> frozenset[str]:
        """Every key that it had."""
        return frozenset(term.entry.key for term in self.terms)

    @property
    def breaks(self) -> tuple[Term, ...]:
        """The entries before which figures are not of the same kind, each with its `change`."""
        return tuple(term for term in self.terms if term.entry.change)

    def of_cycle(self, key: str) -> tuple[Choice, ...]:
        """Its entries in one cycle; empty where that cycle has none of it."""
        return tuple(term.entry for term in self.terms if term.cycle.key == key)


def lines(cycles: Iterable[CycleDefinition], name: str) -> tuple[Line, ...]:
    """The lines of one list, named as in the files, over the cycles, in the order of the newest.

    Cycles are given oldest first.
    """
    groups: list[list[Term]] = []
    for cycle in cycles:
        for entry in cycle.lists()[name]:
            known = {entry.key, *entry.follows}
            joined = [group for group in groups if known & {term.entry.key for term in group}]
            group = [term for each in joined for term in each]
            group.append(Term(cycle, entry))
            groups = [each for each in groups if each not in joined]
            groups.append(sorted(group, key=lambda term: term.cycle.years))
    return tuple(Line(tuple(group)) for group in groups)


def line_of(cycles: Iterable[CycleDefinition], name: str, key: str) -> Line | None:
    """The line to which a key of a list belongs; None where no cycle has it."""
    return next((line for line in lines(cycles, name) if key in line.keys), None)


def strangers(cycles: Sequence[CycleDefinition]) -> Iterator[tuple[str, str, str]]:
    """What follows a key that no earlier cycle has: cycle, key path and reason."""
    earlier: dict[str, set[str]] = {name: set() for name in LISTS}
    for cycle in cycles:
        for name, entries in cycle.lists().items():
            for entry in entries:
                for key in entry.follows:
                    if key not in earlier[name]:
                        where = f"{name}[{entry.key}].follows"
                        yield cycle.key, where, f"no earlier cycle has “{key}” in this list"
        for name, entries in cycle.lists().items():
            earlier[name].update(entry.key for entry in entries)
