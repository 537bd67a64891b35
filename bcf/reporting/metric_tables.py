"""The figures of a metric as tables by how often they are, and as rows of a file."""

from collections.abc import Iterable, Sequence

from bcf.assurance.measured import Frequency, Measured, frequency_of, metric_figure, worked_rate
from bcf.assurance.money_tables import source_notes
from bcf.base.worked import Figure
from bcf.files.writing import Cell as FileCell
from bcf.files.writing import Column as FileColumn
from bcf.files.writing import Kind
from bcf.reporting.lists.base import source_note
from bcf.reporting.metric_words import FREQUENCIES
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table, format_number
from metrics.choices import Measure
from metrics.models import MetricValue
from metrics.rules import MARK

MOST_ROWS = 200
NO_PLAN = "No plan"
CSV_COLUMNS = (
    FileColumn("metric"),
    FileColumn("board"),
    FileColumn("period"),
    FileColumn("period in words"),
    FileColumn("kind"),
    FileColumn("measure"),
    FileColumn("unit"),
    FileColumn("per", Kind.NUMBER),
    FileColumn("attribution"),
    FileColumn("provider"),
    FileColumn("commissioner"),
    FileColumn("breakdown"),
    FileColumn("series"),
    FileColumn("value", Kind.NUMBER),
    FileColumn("value in words"),
    FileColumn("numerator", Kind.NUMBER),
    FileColumn("denominator", Kind.NUMBER),
    FileColumn("plan"),
    FileColumn("remark", Kind.LONG_TEXT),
    FileColumn("document"),
    FileColumn("place in the document"),
)


def of_whole_area(row: MetricValue) -> bool:
    """Whether a figure is of a joint plan's whole area and not of one board."""
    return row.board is None and row.plan is not None and len(row.plan.boards.all()) > 1


def tables_by_frequency(rows: Sequence[MetricValue]) -> dict[Frequency | None, Table]:
    """A table for each length of period that occurs, shortest last; None holds other times."""
    order = [*Frequency, None]
    return {
        often: figures_table(often or "other-times", _caption(often), found)
        for often in order
        if (found := [row for row in rows if frequency_of(row.period) is often])
    }


def _caption(often: Frequency | None) -> str:
    if often is None:
        return "Figures of other times"
    if often is Frequency.NOT_STATED:
        return "Figures without a time"
    return f"Figures by {FREQUENCIES[often].each}"


def figures_table(key: str, caption: str, rows: Sequence[MetricValue]) -> Table:
    """Figures with whose they are and where they stand, the newest first."""
    newest = sorted(rows, key=lambda row: (row.period, row.pk))
    newest.sort(key=lambda row: str(row.period.starts_on or ""), reverse=True)
    shown = newest[:MOST_ROWS]
    citations = [row.citation for row in shown if row.citation]
    notes = source_notes(citations, with_places=False)
    if len(shown) < len(newest):
        notes.insert(0, f"The newest {len(shown)} of {len(newest)} figures. The file has them all.")
    has_remarks = any(row.comment for row in shown)
    columns = [
        Column("Period", is_row_header=True),
        Column("Kind"),
        Column("Which part"),
        Column("Figure"),
        Column("Stated by"),
        *([Column("Remark")] if has_remarks else []),
    ]
    workings = _workings(newest)
    made = [_row(row, workings[row.pk], has_remarks) for row in shown]
    return build_table(f"figures-{key}", caption, columns, made, notes=notes)


def _workings(rows: Sequence[MetricValue]) -> dict[int, str]:
    """By row, what its figure comes to by the method of its metric; empty where it does not."""
    figures = {row: metric_figure(row) for row in rows}
    measured = Measured(tuple(figures.values()))
    return {row.pk: _working(row, worked_rate(measured, each)) for row, each in figures.items()}


def _working(row: MetricValue, made: Figure | None) -> str:
    return f"Worked out: {format_number(made.rounded(row.places))} ({made.how})." if made else ""


def _row(row: MetricValue, working: str, has_remarks: bool) -> Row:
    change = ", change" if row.measure == Measure.CHANGE else ""
    plan = Cell(row.plan.title, url=row.plan.get_absolute_url()) if row.plan else Cell(NO_PLAN)
    cells = [
        Cell(_capital(row.period_label), note=source_note(row)),
        Cell(f"{row.get_kind_display()}{change}"),
        Cell(row.part or "Whole"),
        Cell(_figure(row), note=working),
        plan,
    ]
    return build_row([*cells, *([Cell(row.comment)] if has_remarks else [])])


def _figure(row: MetricValue) -> str:
    has_unit = row.unit or row.is_suppressed
    return row.figure if has_unit else f"{row.figure} (unit not stated)"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def csv_rows(rows: Iterable[MetricValue]) -> Iterable[tuple[FileCell, ...]]:
    """The figures as they are stated, one a line; an empty cell is not stated.

    One that is suppressed has the mark of that in place of its value.
    """
    for row in rows:
        yield (
            row.metric.key,
            row.board.slug if row.board else "",
            row.period.code,
            row.period_in_words,
            row.kind,
            row.measure,
            row.unit,
            row.per,
            row.attribution,
            row.provider.name if row.provider else "",
            row.commissioner.name if row.commissioner else "",
            row.breakdown,
            row.series,
            MARK if row.is_suppressed else row.value,
            row.words,
            row.numerator,
            row.denominator,
            row.plan.slug if row.plan else "",
            row.comment,
            row.citation_title,
            row.citation_place,
        )
