"""Every printed total, share, rate and saving against the rows that should give it.

Where rows do not exist, two printed figures are held against each other. Inside what the rounding
of all of them leaves open a difference is a note, outside it a warning; both places are named.
"""

from collections.abc import Iterable

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.printed_made import Book, Other, others
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Printed
from bcf.assurance.printed import PrintedTables, printed_tables
from bcf.base.worked import Figure, RowRef
from bcf.periods import NOT_STATED
from plans.cycle_definitions import CheckRule


def differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """What is printed differs from what it should be made of, or from the same figure elsewhere."""
    book = Book(record, printed_tables(record.money), _places(record))
    for group in _printed_alike(book.tables):
        held_against = {
            (other.words, other.figure.value): other
            for each in group
            for other in others(book, each)
        }
        for other in held_against.values():
            if not _rounds_to(other.figure, group[0].figure):
                yield _finding(record, rule.key, group, other)


def _places(record: Record) -> dict[RowRef, str]:
    money = record.money
    cited = [
        *((each.figure, each.citation) for each in money.all_contributions),
        *((each.figure, each.citation) for each in money.all_spend_lines),
        *(
            (each.minimum_figure or each.actual_figure, each.citation)
            for each in money.all_requirements
        ),
    ]
    return {figure.rows[0]: each.place for figure, each in cited if figure and each}


def _printed_alike(tables: PrintedTables) -> list[list[Printed]]:
    """Printed figures in groups of those about the same that also say the same."""
    groups: dict[object, list[Printed]] = {}
    for each in tables.figures:
        key = (each.measure, each.year, tables.about(each), each.figure.value, each.figure.span)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _rounds_to(figure: Figure, printed: Figure) -> bool:
    """Whether the printed figure is what the other one comes to when it is rounded as printed."""
    return printed.span.low <= figure.value <= printed.span.high


def _finding(record: Record, code: str, group: list[Printed], other: Other) -> Finding:
    printed = group[0]
    is_explained = printed.figure.agrees(other.figure)
    (row,) = printed.figure.rows
    places = dict.fromkeys(filter(None, (each.place for each in group)))
    here = f" ({'; '.join(places)})" if places else ""
    elsewhere = _apart_from(next(iter(places), ""), other.places)
    there = f" ({'; '.join(elsewhere)})" if elsewhere else ""
    remedy = (
        "Rounding explains the difference."
        if is_explained
        else "Rounding does not explain it. Correct one of them, or say in the plan why they "
        "differ."
    )
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{_about(record, printed)}: {printed.figure.words} is printed{here}, but "
        f"{other.words}{there} {_verb(other.words)} {other.figure.words}. {remedy}",
        printed.figure.words,
        other.figure.words,
        Mend.row(row, "value"),
        record.area(printed.plan),
        other.figure.rows,
    )


def _apart_from(here: str, places: Iterable[str]) -> list[str]:
    """The places without what they have in common with the place named before them."""
    own = here.split(", ")
    shorter = []
    for place in places:
        steps = place.split(", ")
        same = next((at for at, (a, b) in enumerate(zip(own, steps, strict=False)) if a != b), None)
        rest = steps[same:] if same is not None else steps[len(own) :]
        shorter.append(", ".join(rest))
    return [place for place in dict.fromkeys(shorter) if place]


def _verb(words: str) -> str:
    return "come to" if words.endswith("s") else "is"


def _about(record: Record, printed: Printed) -> str:
    """What a printed figure is of: its measure, what it is about, whose, and when."""
    (row,) = printed.figure.rows
    name = row.name.split(",")[0]
    schemes = {each.ref: each.title for each in record.schemes}
    sources = {
        each.key: each.label
        for each in (*record.cycle.funding_groups, *record.cycle.funding_sources)
    }
    words = [
        name,
        printed.theme if printed.theme not in name else "",
        f"scheme {schemes[printed.scheme]}" if printed.scheme in schemes else "",
        sources.get(printed.source, printed.source),
        printed.site,
        record.area(printed.plan),
        "" if printed.year == NOT_STATED else printed.year.label,
    ]
    return ", ".join(filter(None, words))


EVERY = {"printed.differs": differs}
