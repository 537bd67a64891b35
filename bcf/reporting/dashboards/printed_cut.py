"""Spend by source as a plan prints it, beside what its rows come to, with the difference."""

from collections.abc import Iterable
from dataclasses import dataclass

from bcf.assurance.checks.naming import counted, joined
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Printed
from bcf.assurance.money_tables import NO_ROW
from bcf.assurance.printed import SPEND, PrintedTables, printed_tables
from bcf.assurance.sums import contributions_added, sources_of, spend_added
from bcf.base.worked import Figure, less
from bcf.periods import Period
from bcf.reporting.dashboards.panels import Panel
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table

PENCE = 2
WITHIN = "within rounding"
DIFFERENCE = "Difference"
BLANK = f"{NO_ROW} means that the table prints no figure there."


@dataclass(frozen=True)
class PrintedCut:
    """One printed table of a year: spend by theme and, side by side, by source."""

    year: Period
    table: str
    places: tuple[str, ...]
    themes: tuple[str, ...]
    sources: tuple[str, ...]


def printed_panels(record: Record) -> Iterable[Panel]:
    """A panel for each year whose spend by source the plan prints."""
    tables = printed_tables(record.money)
    for year in record.money.years:
        if cut := printed_cut(record, tables, year):
            yield _panel(record, tables, cut)


def printed_cut(record: Record, tables: PrintedTables, year: Period) -> PrintedCut | None:
    """The table that prints most of a year's spend by source; None where none does."""
    found: dict[str, list[Printed]] = {}
    for each in tables.figures:
        if _is_cut(record, each) and each.year == year:
            found.setdefault(each.table, []).append(each)
    if not found:
        return None
    table = max(found, key=lambda name: len(found[name]))
    rows = found[table]
    return PrintedCut(
        year,
        table,
        tuple(dict.fromkeys(each.place or each.table for each in rows)),
        tuple(dict.fromkeys(each.theme for each in rows if each.theme)),
        tuple(dict.fromkeys(each.source for each in rows)),
    )


def _is_cut(record: Record, each: Printed) -> bool:
    """Whether it is spend from one source, of a theme or of all, and of no smaller part."""
    part = (each.line, each.scheme, each.sub_source, each.organisation, each.metric, each.site)
    return (
        each.measure == SPEND and each.plan == record.slug and bool(each.source) and not any(part)
    )


def _panel(record: Record, tables: PrintedTables, cut: PrintedCut) -> Panel:
    held = (
        "Beside it stands what the spend lines of each source come to."
        if _names_sources(record)
        else "The spend lines name no source, so beside it stands what each source pays in."
    )
    return Panel(
        key=f"parts-printed-{cut.year.code}",
        heading=f"Spend by source as printed, {cut.year.label}",
        sentences=(
            f"The plan prints its spend by source ({joined(cut.places)}). {held}",
            _verdict(record, tables, cut),
        ),
        table=_table(record, tables, cut),
    )


def _verdict(record: Record, tables: PrintedTables, cut: PrintedCut) -> str:
    """Whether what is printed and what the rows come to agree."""
    held = [
        *(
            (spend_added(record.money, cut.year, theme=theme), _printed(tables, cut, theme, ""))
            for theme in (*cut.themes, "")
        ),
        *(
            (_of_source(record, cut.year, source), _printed(tables, cut, "", source))
            for source in cut.sources
        ),
    ]
    known = [(worked, printed) for worked, printed in held if worked and printed]
    if not known:
        return "No row is stated against which it could be held."
    off = sum(not worked.agrees(printed) for worked, printed in known)
    if off:
        return f"{off} of {counted(len(known), 'total')} differ by more than rounding explains."
    if all(worked.value == printed.value for worked, printed in known):
        return "All totals are the same."
    return "Rounding explains every difference of the totals."


def _names_sources(record: Record) -> bool:
    return any(line.source.key for line in record.money.all_spend_lines)


def _table(record: Record, tables: PrintedTables, cut: PrintedCut) -> Table:
    rows = [_theme_row(record, tables, cut, theme) for theme in (*cut.themes, "")]
    printed = [_printed(tables, cut, "", source) for source in cut.sources]
    worked = [_of_source(record, cut.year, source) for source in cut.sources]
    name = "From the lines" if _names_sources(record) else "Paid in"
    blanks = ["", "", ""]
    return build_table(
        f"parts-printed-{cut.year.code}",
        f"Spend by theme and source as printed, {cut.year.label}",
        [
            Column("Theme", is_row_header=True),
            *(Column(_label(record, source), "money") for source in cut.sources),
            Column("Printed together", "money"),
            Column("From the lines", "money"),
            Column(DIFFERENCE, "money"),
        ],
        [
            *rows,
            build_row([name, *map(_amount, worked), *blanks], emphasis=True),
            build_row([DIFFERENCE, *map(_difference, worked, printed), *blanks], emphasis=True),
        ],
        notes=[
            "The difference is what the rows come to, less what is printed.",
            *([BLANK] if any(cell.value == NO_ROW for row in rows for cell in row.cells) else []),
        ],
    )


def _theme_row(record: Record, tables: PrintedTables, cut: PrintedCut, theme: str) -> Row:
    whole = _printed(tables, cut, theme, "")
    worked = spend_added(record.money, cut.year, theme=theme)
    amounts = [_printed(tables, cut, theme, source) for source in cut.sources]
    return build_row(
        [
            theme or "Total, as printed",
            *map(_in_table, amounts),
            _in_table(whole),
            _amount(worked),
            _difference(worked, whole),
        ],
        emphasis=not theme,
    )


def _printed(tables: PrintedTables, cut: PrintedCut, theme: str, source: str) -> Figure | None:
    found = tables.find(SPEND, cut.year, cut.table, theme=theme, source=source)
    return found.figure if found else None


def _of_source(record: Record, year: Period, source: str) -> Figure | None:
    sources = sources_of(record.cycle, source)
    add = spend_added if _names_sources(record) else contributions_added
    return add(record.money, year, sources=sources)


def _label(record: Record, source: str) -> str:
    cycle = record.cycle
    every = (*cycle.funding_sources, *cycle.funding_groups, *cycle.funding_totals)
    return next((each.label for each in every if each.key == source), source)


def _in_table(figure: Figure | None) -> Cell:
    return Cell(figure.rounded(PENCE) if figure else NO_ROW)


def _amount(figure: Figure | None) -> Cell:
    return Cell(figure.rounded(PENCE) if figure else None)


def _difference(worked: Figure | None, printed: Figure | None) -> Cell:
    """What rows come to less what is printed; blank where one is not known."""
    if worked is None or printed is None:
        return Cell("")
    off = less(worked, printed)
    is_explained = bool(off.value) and worked.agrees(printed)
    return Cell(off.rounded(PENCE), note=WITHIN if is_explained else "")
