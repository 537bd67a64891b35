"""The tables of the register: the agreements of a client group, what they come to, what ends."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse

from bcf.assurance.agreements.register import Group, Heading, Line, Register, pooled_of
from bcf.assurance.agreements.sums import pooled_funds
from bcf.assurance.agreements.values import Agreements
from bcf.assurance.money_tables import source_notes
from bcf.base.refs import slug
from bcf.base.words import date_in_words
from bcf.base.worked import Figure
from bcf.periods import FinancialYear, Period
from bcf.reporting.agreements.register import words
from bcf.reporting.workings import working
from bcf.ui.tables import Cell, Column, Row, Table, Value, Working, build_row, build_table


def pooled_label(year: Period) -> str:
    """The heading over pooled funds: `2017–18 pooled fund`."""
    if isinstance(year, FinancialYear):
        return f"{year.label} pooled fund"
    return "Pooled fund, year not stated"


def group_table(heading: Heading, group: Group, year: Period) -> Table:
    """The agreements of one client group, schedules under what they are schedules of."""
    label = words.group_label(group.client_group)
    areas = words.heading_label(heading)
    total = pooled_funds(group.agreements, year)
    return build_table(
        f"agreements-{slug(areas)}-{slug(group.client_group) or 'none'}",
        f"{label}: {areas}",
        [
            Column("Agreement", is_row_header=True),
            "Parties and arrangement",
            Column(pooled_label(year), "money"),
            "Term",
            "State",
            "Notice and review",
        ],
        [_row(line, year) for line in group.lines],
        total=_total(label, group.agreements, year),
        notes=_sources(group, year),
        workings=_workings(label, total),
    )


def _row(line: Line, year: Period) -> Row:
    it, position = line.agreement, line.position
    pooled = pooled_of(it, year)
    state, colour = words.state_of(position)
    after = position.successor.key
    return build_row(
        [
            Cell(it.title, url=_address(it.slug), note=words.about(line)),
            Cell(words.names_of(it.parties), note=words.arranged(it)),
            Cell(_pounds(pooled.figure), note=words.pooled_note(pooled)),
            Cell(words.term_of(position), note=words.term_note(position)),
            Cell(
                _unbroken(state),
                url=_address(after) if after else "",
                note=words.successor_note(position),
                tag_colour=colour,
            ),
            Cell(words.notice_of(position), note=words.due_note(position)),
        ],
        indent=line.depth,
    )


def _unbroken(words: str) -> str:
    """Words that stay on one line, as a tag's should."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _address(agreement: str) -> str:
    return reverse("agreement", args=[agreement])


def _pounds(figure: Figure | None) -> Decimal | None:
    return figure.rounded(2) if figure else None


def _total(label: str, agreements: Agreements, year: Period) -> Row:
    stated = [pooled_funds(Agreements((row,)), year) for row in agreements.rows]
    count = sum(1 for figure in stated if figure)
    note = f"{count} of {len(stated)} state a pooled fund"
    return build_row(
        [
            Cell(f"Total: {label}", note=note),
            "",
            Cell(_pounds(pooled_funds(agreements, year))),
            "",
            "",
            "",
        ]
    )


def _workings(label: str, *figures: Figure | None) -> list[Working]:
    return [working(label, each) for each in figures if each and len(each.rows) > 1]


def _sources(group: Group, year: Period) -> list[str]:
    """The documents from which the agreements and the amounts shown are."""
    found = []
    for line in group.lines:
        pooled = pooled_of(line.agreement, year)
        values = [each.citation for each in (pooled.value, pooled.elsewhere) if each]
        found += [line.agreement.citation, *values]
    return source_notes((each for each in found if each), with_places=False)


def totals_table(register: Register, year: Period) -> Table:
    """What all agreements that were found come to, by client group, whatever their boards."""
    groups = register.by_client_group()
    total = pooled_funds(register.agreements, year)
    return build_table(
        "agreements-in-all",
        "All agreements shown",
        [
            Column("Client group", is_row_header=True),
            Column("Agreements", "number"),
            Column("State a pooled fund", "number"),
            Column(pooled_label(year), "money"),
        ],
        [[words.group_label(name), *_counts(found, year)] for name, found in groups],
        total=["Total", *_counts(register.agreements, year)],
        notes=_put_right(register.agreements, year),
        workings=_workings("Total", total),
    )


def _counts(agreements: Agreements, year: Period) -> list[Value]:
    stated = [row for row in agreements.rows if pooled_of(row, year).figure]
    return [len(agreements.rows), len(stated), _pounds(pooled_funds(agreements, year))]


def _put_right(agreements: Agreements, year: Period) -> list[str]:
    count = 0
    for row in agreements.rows:
        value = pooled_of(row, year).value
        count += value is not None and value.is_put_right
    if not count:
        return []
    is_one = count == 1
    return [
        f"{count} of these amounts {'is' if is_one else 'are'} printed in another unit than the "
        f"one meant, and counted as meant."
    ]


def ending_table(register: Register) -> Table:
    """What ends within twelve months of the day, the earliest first."""
    day = date_in_words(register.day)
    return _ends_table(
        "agreements-ending",
        f"Ends within 12 months of {day}",
        register.ending,
        empty=f"None of these agreements ends within 12 months of {day}.",
    )


def ends_table(lines: Iterable[Line]) -> Table:
    """The figures of the picture: each agreement by its end, what has none last."""
    return _ends_table("agreements-by-end", "Every agreement by its end", by_end(lines))


def by_end(lines: Iterable[Line]) -> list[Line]:
    """Agreements by their ends, the earliest first; then what has no end, or states none."""

    def place(line: Line) -> tuple[bool, int, bool, str]:
        days, term = line.position.days_left, line.position.term
        return (days is None, days or 0, not term.is_open_ended, line.agreement.title)

    return sorted(lines, key=place)


def _ends_table(key: str, caption: str, lines: Sequence[Line], empty: str = "") -> Table:
    columns = ["Boards", "Term", "State", "Notice and review"]
    return build_table(
        key,
        caption,
        [Column("Agreement", is_row_header=True), *columns],
        [_ends_row(line) for line in lines],
        empty=empty,
    )


def _ends_row(line: Line) -> Row:
    it, position = line.agreement, line.position
    state, colour = words.state_of(position)
    return build_row(
        [
            Cell(it.title, url=_address(it.slug)),
            words.names_of(it.boards),
            Cell(words.term_of(position), note=words.term_note(position)),
            Cell(_unbroken(state), note=words.successor_note(position), tag_colour=colour),
            Cell(words.notice_of(position), note=words.due_note(position)),
        ]
    )
