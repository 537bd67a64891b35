"""Figures around a plan that stand in tables, held against each other.

What is of all codes, ages or sites is what its parts add to; an average of the total population is
that of its parts, each weighted by its people; ranges of one table that divide do not overlap; and
what two places print of the same fact is the same.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of
from bcf.assurance.checks.places import short
from bcf.assurance.checks.record import FactRow, NetworkRow, Record
from bcf.assurance.measured import weighted_average
from bcf.base.worked import Figure, added, in_unit, rounded
from bcf.periods import NOT_STATED
from bcf.ui.tables import format_number

ALL = "all "
WHOLE_POPULATION = "total population"
AVERAGE, RANGE = "Average ", "Range of "
# A share is of something, and a ratio counts nothing: neither adds up.
NOT_ADDED = ("%", "(ratio)", "(score)", "(centile)", "per ")
PLACE = re.compile(r" \([^()]*\)$")
CORRECT = "Correct the one that is wrong, or say in the plan why they differ."


@dataclass(frozen=True)
class Facts:
    """The facts of a plan under one check; `document` need not be said of each place."""

    record: Record
    code: str
    document: str

    def led(self, fact: FactRow) -> str:
        """The area, where it is one of several."""
        area = self.record.area(fact.owner)
        return f"{area}: " if area else ""

    def about(self, fact: FactRow) -> str:
        """What a fact is of, whose, and when."""
        when = "" if fact.period == NOT_STATED else fact.period.label
        return self.led(fact) + ", ".join(filter(None, (fact.label, fact.subject, when)))

    def place(self, fact: FactRow) -> str:
        """Where it is printed, after a space and in brackets."""
        return f" ({short(fact.place, self.document)})" if fact.place else ""


def facts_differ(facts: Facts) -> Iterable[Finding]:
    """What tables around the plan print, against what it should be made of."""
    yield from _totals(facts)
    yield from _averages(facts)
    yield from _overlapping(facts)
    yield from _told_twice(facts)
    yield from _networks(facts)


def _totals(facts: Facts) -> Iterator[Finding]:
    adding = [each for each in facts.record.facts if not each.upper and _adds(each)]
    for along in (_by_label, _by_subject):
        groups: dict[Hashable, list[FactRow]] = {}
        for fact in adding:
            same, name = along(fact)
            if name:
                groups.setdefault((*_table(fact), same), []).append(fact)
        for group in groups.values():
            wholes = [each for each in group if along(each)[1].startswith(ALL)]
            parts = [each for each in group if each not in wholes]
            made = added(each.figure for each in parts)
            if len(wholes) == 1 and len(parts) > 1 and made:
                names = all_of(f"“{along(each)[1]}”" for each in parts)
                yield from _against(facts, wholes[0], f"{names} come to", made)


def _adds(fact: FactRow) -> bool:
    is_mean = fact.label.startswith((AVERAGE, RANGE)) or " a " in fact.unit
    return not (is_mean or any(fact.unit.startswith(each) for each in NOT_ADDED))


def _by_label(fact: FactRow) -> tuple[Hashable, str]:
    """`Falls, cost: all codes` is one of the figures of `Falls, cost`."""
    of, _, name = fact.label.rpartition(": ")
    return (of, fact.subject), name if of else ""


def _by_subject(fact: FactRow) -> tuple[Hashable, str]:
    return fact.label, fact.subject


def _table(fact: FactRow) -> tuple[Hashable, ...]:
    return fact.owner, fact.place, fact.period, fact.unit


def _averages(facts: Facts) -> Iterator[Finding]:
    people = {
        (each.plan, each.period, each.segment): each.count
        for each in facts.record.measured.populations
        if each.segment and each.count and not each.upper
    }
    groups: dict[Hashable, list[FactRow]] = {}
    for fact in facts.record.facts:
        if fact.label.startswith(AVERAGE) and not fact.upper:
            groups.setdefault((*_table(fact), fact.label), []).append(fact)
    for group in groups.values():
        whole = next((each for each in group if each.subject == WHOLE_POPULATION), None)
        parts = [each for each in group if each is not whole]
        weights = [people.get((each.owner, each.period, each.subject)) for each in parts]
        known = [
            (each.figure, weight)
            for each, weight in zip(parts, weights, strict=True)
            if weight is not None
        ]
        if whole is None or len(known) < 2 or len(known) < len(parts):
            continue
        made = weighted_average(known)
        if made:
            names = all_of(f"“{each.subject}”" for each in parts)
            words = f"the average of {names}, each weighted by its people, is"
            yield from _against(facts, whole, words, made)


def _against(facts: Facts, whole: FactRow, words: str, made: Figure) -> Iterator[Finding]:
    """A printed figure against what it is made of."""
    if whole.figure.span.low <= made.value <= whole.figure.span.high:
        return
    is_explained = whole.figure.agrees(made)
    comes_to, printed = _as_precise(whole.figure, made), _as_printed(whole.figure)
    yield Finding(
        facts.code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{facts.about(whole)}: {printed} is printed{facts.place(whole)}, but {words} "
        f"{comes_to}. "
        + (
            "Rounding explains the difference."
            if is_explained
            else f"Rounding does not explain it. {CORRECT}"
        ),
        printed,
        comes_to,
        Mend.row(whole.row, "value"),
        facts.record.area(whole.owner),
        made.rows,
    )


def _as_printed(figure: Figure) -> str:
    return in_unit(rounded(figure.value, _decimals(figure)), figure.unit)


def _decimals(figure: Figure) -> int:
    return next((each for each in range(4) if rounded(figure.value, each) == figure.value), 4)


def _as_precise(printed: Figure, made: Figure) -> str:
    """A figure with as many decimals as the printed one, or the few more that tell them apart."""
    places = _decimals(printed)
    while rounded(made.value, places) == printed.value and places < 4:
        places += 1
    return in_unit(rounded(made.value, places), printed.unit)


def _overlapping(facts: Facts) -> Iterator[Finding]:
    """Ranges of one table that is said to be of ranges, which divide what it is about."""
    groups: dict[Hashable, list[FactRow]] = {}
    for fact in facts.record.facts:
        if fact.label.startswith(RANGE) and fact.upper:
            groups.setdefault((*_table(fact), fact.label), []).append(fact)
    for group in groups.values():
        ordered = sorted(group, key=lambda each: each.figure.value)
        for one, other in pairwise(ordered):
            if one.upper and one.upper.value > other.figure.value:
                yield _overlap(facts, one, other)


def _overlap(facts: Facts, one: FactRow, other: FactRow) -> Finding:
    ends = [_ends(each) for each in (one, other)]
    return Finding(
        facts.code,
        Severity.WARNING,
        f"{facts.led(one)}{one.label}: “{one.subject}”, {ends[0]}, overlaps "
        f"“{other.subject}”, {ends[1]}{facts.place(one)}. Correct the end that is wrong.",
        ends[0],
        ends[1],
        Mend.row(one.row, "upper_value"),
        facts.record.area(one.owner),
        (one.row, other.row),
    )


def _ends(fact: FactRow) -> str:
    assert fact.upper is not None
    low, high = (format_number(rounded(each.value, 4)) for each in (fact.figure, fact.upper))
    return f"{low} to {high}"


def _told_twice(facts: Facts) -> Iterator[Finding]:
    """Facts whose names differ only in the place that is named in brackets at their end."""
    groups: dict[Hashable, list[FactRow]] = {}
    for fact in facts.record.facts:
        name = PLACE.sub("", fact.label)
        if name != fact.label and not fact.upper:
            groups.setdefault((fact.owner, name, fact.subject, fact.period, fact.unit), []).append(
                fact
            )
    for group in groups.values():
        one, *more = group
        for other in more:
            if not (_holds(one.figure, other.figure) or _holds(other.figure, one.figure)):
                yield _twice(facts, one, other)


def _holds(one: Figure, other: Figure) -> bool:
    """Whether one figure is the other one as it is rounded."""
    return one.span.low < other.value < one.span.high or one.value == other.value


def _twice(facts: Facts, one: FactRow, other: FactRow) -> Finding:
    what = ", ".join(filter(None, (PLACE.sub("", one.label), one.subject)))
    return Finding(
        facts.code,
        Severity.WARNING,
        f"{facts.led(one)}{what}: {one.figure.words} is printed in one place"
        f"{facts.place(one)}, but {other.figure.words} in another{facts.place(other)}. {CORRECT}",
        one.figure.words,
        other.figure.words,
        Mend.row(one.row, "value"),
        facts.record.area(one.owner),
        (one.row, other.row),
    )


def _networks(facts: Facts) -> Iterator[Finding]:
    for each in facts.record.networks:
        if each.people != each.people_on_own_page:
            yield _of_network(facts.code, each)


def _of_network(code: str, each: NetworkRow) -> Finding:
    here, there = (format_number(people) for people in (each.people, each.people_on_own_page))
    return Finding(
        code,
        Severity.WARNING,
        f"{each.name}: it has {here} people where the networks of its programme are listed, but "
        f"{there} on its own page. {CORRECT}",
        f"{here} people",
        f"{there} people",
        Mend.row(each.row, "population"),
    )
