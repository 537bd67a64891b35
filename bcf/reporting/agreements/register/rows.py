"""The register as a file: one row an agreement, plain amounts, dates as `2018-11-15`."""

from collections.abc import Iterator, Sequence

from bcf.assurance.agreements.register import Line, Register, pooled_of
from bcf.assurance.figures import Choice
from bcf.assurance.money_tables import cited
from bcf.files.writing import Cell, Column, Kind, csv_lines
from bcf.periods import Period
from bcf.reporting.agreements.register.words import state_of
from governance.choices import AgreementKind, Arrangement, ClientGroup

COLUMNS = (
    Column("agreement"),
    Column("title"),
    Column("kind"),
    Column("under section 75"),
    Column("schedule of"),
    Column("boards"),
    Column("client group"),
    Column("parties"),
    Column("host"),
    Column("arrangement"),
    Column("financial year"),
    Column("pooled fund (£)", Kind.MONEY),
    Column("as printed"),
    Column("unit meant"),
    Column("ground"),
    Column("stated without a year (£)", Kind.MONEY),
    Column("as at", Kind.DATE),
    Column("state"),
    Column("superseded by"),
    Column("starts", Kind.DATE),
    Column("ends", Kind.DATE),
    Column("has no end"),
    Column("dates of the agreement above"),
    Column("days left", Kind.NUMBER),
    Column("notice period (months)", Kind.NUMBER),
    Column("notice by", Kind.DATE),
    Column("notice given", Kind.DATE),
    Column("review due", Kind.DATE),
    Column("other titles", Kind.LONG_TEXT),
    Column("purpose", Kind.LONG_TEXT),
    Column("source"),
)


def register_csv(register: Register, year: Period) -> Iterator[str]:
    """The lines of the file, in the order of the page; what is not stated is empty."""
    return csv_lines(COLUMNS, (_row(line, register, year) for line in register.lines))


def _row(line: Line, register: Register, year: Period) -> list[Cell]:
    it = line.agreement
    # A parent that the reader may not see is not named.
    is_named = line.depth or line.parent
    return [
        it.slug,
        it.title,
        AgreementKind(it.kind).label,
        it.is_section_75,
        it.parent if is_named else "",
        _names(it.boards),
        ClientGroup(it.client_group).label if it.client_group else "",
        _names(it.parties),
        it.host.label if it.host.key else "",
        Arrangement(it.arrangement).label if it.arrangement else "",
        *_money(line, year),
        register.day,
        *_term(line),
        "; ".join(it.other_titles),
        it.says.get("purpose", ""),
        cited(it.citation),
    ]


def _names(choices: Sequence[Choice]) -> str:
    return "; ".join(each.label for each in choices)


def _money(line: Line, year: Period) -> list[Cell]:
    pooled = pooled_of(line.agreement, year)
    value = pooled.value
    return [
        str(year),
        pooled.figure.rounded(2) if pooled.figure else None,
        value.as_printed if value else "",
        value.unit_meant if value else "",
        value.ground if value else "",
        pooled.elsewhere.amount if pooled.elsewhere else None,
    ]


def _term(line: Line) -> list[Cell]:
    it, position = line.agreement, line.position
    term = position.term
    return [
        state_of(position)[0],
        position.successor.label if position.successor.key else "",
        str(term.starts or ""),
        str(term.ends or ""),
        term.is_open_ended,
        position.is_start_of_above or position.is_end_of_above,
        position.days_left,
        term.notice_months,
        position.notice_by,
        str(it.notice or ""),
        str(it.review or ""),
    ]
