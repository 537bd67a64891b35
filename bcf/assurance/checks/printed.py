"""Every printed total, share, rate and saving against the rows that should give it.

Where rows do not exist, two printed figures are held against each other. Inside what the rounding
of all of them leaves open a difference is a note, outside it a warning; both places are named.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of
from bcf.assurance.checks.places import document_of, in_brackets, not_yet, short
from bcf.assurance.checks.printed_facts import Facts, facts_differ
from bcf.assurance.checks.printed_made import Book, Other, others
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Printed
from bcf.assurance.printed import PrintedTables, printed_tables
from bcf.base.worked import Figure, RowRef, rows_of
from bcf.periods import NOT_STATED
from plans.cycle_definitions import CheckRule

EXPLAINED = "Rounding explains the difference."
NOT_EXPLAINED = (
    "Rounding does not explain it. Correct one of them, or say in the plan why they differ."
)


@dataclass(frozen=True)
class Difference:
    """Printed figures, and what they differ from in one way: explained by rounding or not."""

    alike: tuple[Printed, ...]
    others: tuple[Other, ...]
    is_explained: bool

    @property
    def cause(self) -> Hashable:
        """What differences have in common that one mend puts right."""
        first = self.alike[0]
        held = tuple((each.words, each.figure.value) for each in self.others)
        return (self.is_explained, first.plan, first.year, first.figure.unit, held)


def differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """What is printed differs from what it should be made of, or from the same figure elsewhere."""
    book = Book(record, printed_tables(record.money), _places(record))
    document = document_of(each.place for each in book.tables.figures)
    for each in _joined(_differences(book)):
        yield _finding(record, rule.key, each, document)
    yield from facts_differ(Facts(record, rule.key, document))


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


def _differences(book: Book) -> Iterable[Difference]:
    for alike in _printed_alike(book.tables):
        printed = alike[0].figure
        found = {
            (other.words, other.figure.value): other
            for other in others(book, alike)
            if not _rounds_to(other.figure, printed)
        }
        for is_explained in (False, True):
            own = [each for each in found.values() if printed.agrees(each.figure) is is_explained]
            if own:
                own.sort(key=lambda each: each.is_one)
                yield Difference(tuple(alike), tuple(own), is_explained)


def _joined(differences: Iterable[Difference]) -> Iterable[Difference]:
    """Differences of figures that agree with each other, and that one mend puts right, as one."""
    joined: dict[Hashable, Difference] = {}
    for each in differences:
        same = joined.get(each.cause)
        if same and same.alike[0].figure.agrees(each.alike[0].figure):
            joined[each.cause] = Difference(
                (*same.alike, *each.alike), same.others, same.is_explained
            )
        else:
            joined[(each.cause, len(joined)) if same else each.cause] = each
    return joined.values()


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


def _finding(record: Record, code: str, each: Difference, document: str) -> Finding:
    printed = each.alike[0]
    (row,) = printed.figure.rows
    here = _here(each.alike, document)
    named = [(words, in_brackets(places)) for words, places in here.items()]
    said = (
        f"{named[0][0]} is printed{named[0][1]}"
        if len(named) == 1
        else f"{all_of(words + there for words, there in named)} are printed"
    )
    places = [place for own in here.values() for place in own]
    return Finding(
        code,
        Severity.NOTE if each.is_explained else Severity.WARNING,
        f"{_about(record, printed)}: {said}, but {_held(each.others, places, document)}. "
        f"{EXPLAINED if each.is_explained else NOT_EXPLAINED}",
        printed.figure.words,
        each.others[0].figure.words,
        Mend.row(row, "value"),
        record.area(printed.plan),
        rows_of([*(one.figure for one in each.alike[1:]), *(one.figure for one in each.others)]),
    )


def _here(alike: Sequence[Printed], document: str) -> dict[str, list[str]]:
    """The places of each amount that is printed."""
    here: dict[str, list[str]] = {}
    for each in alike:
        own = here.setdefault(each.figure.words, [])
        for place in short(each.place, document).split("; "):
            named = place.removesuffix(f", {each.site}") if each.site else place
            if named and named not in own:
                own.append(named)
    return here


def _held(found: Sequence[Other], here: Sequence[str], document: str) -> str:
    """`the areas (8.1) and the funding (8.2) come to £5, and its spend lines to £6`."""
    amounts: dict[str, list[Other]] = {}
    for each in found:
        amounts.setdefault(each.figure.words, []).append(each)
    said = []
    for words, own in amounts.items():
        places = [not_yet(here, (short(p, document) for p in each.places)) for each in own]
        named = all_of(
            f"{each.words}{in_brackets(there)}" for each, there in zip(own, places, strict=True)
        )
        verb = "is" if len(own) == 1 and own[0].is_one else "come to"
        said.append(f"{named} {verb} {words}")
    return ", and ".join(said)


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
