"""What the money is spent on, line by line, with the columns that the form asks for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bcf.assurance.cuts import Spent, spent
from bcf.assurance.figures import NOT_STATED, SpendLine
from bcf.assurance.money_tables import outside_table, source_notes
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.money import amounts_of, spend_table, year_columns
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import money_row, tabled
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from schemes.choices import NewOrExisting

OUTPUT_UNIT = "output-unit"


def expenditure(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Spend by scheme, and every line of it with its components."""
    yield spend_table(reading, "spend-by-scheme")
    rows = spent(reading.figures)
    if rows:
        yield _lines(reading, form, rows)
    outside = outside_table(reading.summary)
    if outside:
        yield Tabled(outside)


def _stated(*labels: str) -> str:
    return next((label for label in labels if label != NOT_STATED.label), "")


def _with(label: str, specified: str) -> str:
    words = _stated(label)
    return f"{words}: {specified}" if words and specified else words or specified


def _commissioner(row: SpendLine) -> str:
    name = _stated(row.commissioner.label)
    nhs, council = row.nhs_percent, row.la_percent
    shares = f" (NHS {nhs:f}%, local authority {council:f}%)" if nhs is not None else ""
    return f"{name}{shares}"


def _new_or_existing(row: SpendLine) -> str:
    return NewOrExisting(row.new_or_existing).label if row.new_or_existing else ""


@dataclass(frozen=True)
class LineColumn:
    """A column: its key in the form, the heading where it has none, and what a line says in it.

    One that is not `always` asked is wanting only where the form has a heading for it, and in a
    row that says nothing it is empty.
    """

    key: str
    label: str
    of_line: Callable[[SpendLine], str]
    always: bool = True

    def of(self, spent: Spent) -> str:
        """What its lines say: once where those of all years say the same, else year by year."""
        said = [(row.year, self.of_line(row)) for row in spent.rows]
        if len({words for _, words in said}) == 1:
            return said[0][1]
        return "; ".join(f"{year.label}: {words}" for year, words in said if words)


_COLUMNS = (
    LineColumn(
        "scheme", "Scheme", lambda row: "" if row.scheme == NOT_STATED else row.scheme.label
    ),
    LineColumn(
        "scheme-type", "Scheme type", lambda row: _with(row.scheme_type.label, row.type_specified)
    ),
    LineColumn("sub-type", "Sub type", lambda row: _stated(row.sub_type.label)),
    LineColumn("theme", "Theme", lambda row: _stated(row.theme.label)),
    LineColumn(
        "area-of-spend", "Area of spend", lambda row: _with(row.area.label, row.area_specified)
    ),
    LineColumn("commissioner", "Commissioner", _commissioner),
    LineColumn(
        "provider", "Provider", lambda row: _stated(row.provider.label, row.provider_type.label)
    ),
    LineColumn("funding-source", "Source of funding", lambda row: _stated(row.source.label)),
    LineColumn(
        "primary-objective",
        "Primary objective",
        lambda row: _stated(row.primary_objective.label),
        always=False,
    ),
    LineColumn("new-or-existing", "New or existing", _new_or_existing, always=False),
)
_OUTPUT = LineColumn("output", "Planned output", lambda row: row.planned_output, always=False)
_UNIT = LineColumn(OUTPUT_UNIT, "Unit of output", lambda row: row.output_unit, always=False)
_BOTH = LineColumn(
    "output",
    "Planned output",
    lambda row: f"{row.planned_output} {row.output_unit}".strip(),
    always=False,
)
_COMMENT = LineColumn("comment", "Comment", lambda row: row.comment, always=False)


def _columns_of(form: FormBlock) -> tuple[LineColumn, ...]:
    """The columns, with the unit of the output in one of its own where the form has one."""
    is_apart = any(each.key == OUTPUT_UNIT for each in form.columns)
    return (*_COLUMNS, *((_OUTPUT, _UNIT) if is_apart else (_BOTH,)), _COMMENT)


def _lines(reading: Reading, form: FormBlock, rows: Sequence[Spent]) -> Tabled:
    several, headed = bool(reading.parts), {each.key for each in form.columns}
    columns, lacking = [], []
    for each in _columns_of(form):
        if any(map(each.of, rows)):
            columns.append(each)
        elif each.always or (each.key in headed and each is not _COMMENT):
            lacking.append(form.column_label(each.key, each.label).lower())
    blanks = len(columns) + several
    table = build_table(
        "expenditure",
        "Spend line by line",
        [
            Column("What is bought", is_row_header=True),
            *([Column("Area")] if several else []),
            *(Column(form.column_label(each.key, each.label)) for each in columns),
            *year_columns(reading.summary.years),
        ],
        [
            _line_row(
                row, [each.of(row) or (None if each.always else "") for each in columns], reading
            )
            for row in rows
        ],
        total=money_row(
            ["Total of what counts", *[""] * blanks], amounts_of(reading.summary.spend)
        ),
        notes=[*_line_notes(rows, lacking)],
    )
    return tabled(table)


def _line_row(row: Spent, words: Sequence[str | None], reading: Reading) -> Row:
    kind = "" if row.counts else "Component" if row.is_component else "Outside the pool"
    area = [reading.areas[row.row.plan]] if reading.parts else []
    return build_row(
        [Cell(row.row.description, note=kind), *area, *words, *map(Cell, amounts_of(row.line))],
        indent=int(row.is_component),
    )


def _line_notes(rows: Sequence[Spent], lacking: Sequence[str]) -> Iterator[str]:
    if not all(row.counts for row in rows):
        yield (
            "A component breaks down the line above it, and a line outside the pool stands beside "
            "it: neither counts in the total."
        )
    if lacking:
        yield f"Not answered in any row: {'; '.join(lacking)}."
    cited = (each for row in rows for each in row.line.citations)
    yield from source_notes(cited, with_places=False)
