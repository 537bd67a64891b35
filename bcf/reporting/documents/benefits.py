"""The benefits plan: what schemes should change, and what that saves."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bcf.assurance.benefits import saving_of_all, savings_by_year
from bcf.assurance.rows import Held
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import sources, tabled, without_empty
from bcf.reporting.lists.base import source_note
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from schemes.models import Benefit


def benefits(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The benefits plan: what schemes should change, and what that saves, by year."""
    held = reading.held("benefits")
    yield benefit_table(reading, form, held, key="benefits", caption="Benefits expected")


def benefit_table(
    reading: Reading, form: FormBlock, held: Sequence[Held], *, key: str, caption: str
) -> Tabled:
    """Benefits with a subtotal for each year and a total of what they save."""
    several = bool(reading.parts)
    table = build_table(
        key,
        caption,
        [
            Column(form.column_label("scheme", "Scheme"), is_row_header=True),
            *([Column("Area")] if several else []),
            Column(form.column_label("metric", "Metric")),
            Column("Year"),
            Column(form.column_label("change", "Change"), "number"),
            Column("Counted in"),
            Column(form.column_label("unit-price", "Unit price"), "money"),
            Column(form.column_label("saving", "Saving"), "money"),
            Column(form.column_label("beneficiary", "Who benefits")),
            Column(form.column_label("calculation", "How worked out")),
        ],
        _by_year(held, lambda each: _benefit_row(reading, each), blanks=5 + several, after=2),
        total=_saving_row("Total", saving_of_all(each.row for each in held), 5 + several, 2),
        notes=sources(each.row for each in held),
        empty="No benefit is entered.",
    )
    return tabled(without_empty(table))


def scheme_benefits(form: FormBlock, held: Sequence[Held], *, key: str, caption: str) -> Tabled:
    """The benefits of one scheme, in few columns."""
    table = build_table(
        key,
        caption,
        [
            Column(form.column_label("metric", "Metric"), is_row_header=True),
            Column("Year"),
            Column("Change", "number"),
            Column("Counted in"),
            Column("Unit price", "money"),
            Column("Saving", "money"),
        ],
        _by_year(held, _brief_row, blanks=4, after=0),
        total=_saving_row("Total", saving_of_all(each.row for each in held), 4, 0),
        notes=sources(each.row for each in held),
    )
    return tabled(without_empty(table))


def _by_year(
    held: Sequence[Held], make: Callable[[Held], Row], *, blanks: int, after: int
) -> list[Row]:
    """The rows of each year, and under them what they save together."""
    savings = savings_by_year(each.row for each in held)
    rows: list[Row] = []
    for year, saving in savings.items():
        rows += [make(each) for each in held if each.row.financial_year == year]
        if len(savings) > 1:
            label = f"Together, {year.label}"
            rows.append(_saving_row(label, saving, blanks, after, emphasis=True))
    return rows


def _metrics(row: Benefit) -> str:
    return ", ".join(metric.name for metric in row.metrics.all())


def _benefit_row(reading: Reading, held: Held) -> Row:
    row = held.row
    schemes = ", ".join(scheme.reference for scheme in row.schemes.all()) or "Whole plan"
    how = [_worked_out(row), row.costing_assumption, row.savings_assumption, row.note]
    return build_row(
        [
            Cell(schemes, note=source_note(row)),
            *([reading.area(held.plan)] if reading.parts else []),
            _metrics(row) or None,
            row.financial_year.label,
            row.change,
            row.change_unit or None,
            row.unit_price,
            row.expected_saving,
            row.beneficiary or None,
            " ".join(dict.fromkeys(filter(None, how))) or None,
        ]
    )


def _brief_row(held: Held) -> Row:
    row = held.row
    return build_row(
        [
            Cell(_metrics(row) or row.beneficiary or "Not stated", note=_worked_out(row)),
            row.financial_year.label,
            row.change,
            row.change_unit or None,
            row.unit_price,
            row.expected_saving,
        ]
    )


def _worked_out(row: Benefit) -> str:
    return "Worked out: change times unit price." if row.is_worked_out else ""


def _saving_row(
    label: str, saving: Decimal | None, blanks: int, after: int, emphasis: bool = False
) -> Row:
    return build_row([label, *[""] * blanks, Cell(saving), *[""] * after], emphasis=emphasis)
