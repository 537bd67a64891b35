"""The benefits plan: what schemes should change, and what that saves."""

from collections.abc import Callable, Iterable, Sequence

from bcf.assurance.benefits import (
    Benefits,
    benefit_values,
    reduction,
    saving,
    share_of_reduction,
    total_saving,
)
from bcf.assurance.rows import Held
from bcf.base.worked import Figure
from bcf.periods import NOT_STATED
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import sources, tabled, without_empty
from bcf.reporting.lists.base import source_note
from bcf.reporting.plan_tables import NO_SCHEME, benefit_cut
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from schemes.models import Benefit


def benefits(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The benefits plan: what schemes should change, and what that saves, by year."""
    held = reading.held("benefits")
    yield benefit_table(reading, form, held, key="benefits", caption="Benefits expected")
    together = values_of(held)
    for key, label in (("metric", "Metric"), ("scheme", "Scheme")):
        if table := benefit_cut(together, key, form.column_label(key, label)):
            yield tabled(table)


def values_of(held: Sequence[Held]) -> Benefits:
    """The rows as plain values; asks nothing of the database."""
    return Benefits(tuple(benefit_values(each.row) for each in held))


def _amount(figure: Figure | None) -> Cell:
    return Cell(figure.rounded(2) if figure else None)


def benefit_table(
    reading: Reading, form: FormBlock, held: Sequence[Held], *, key: str, caption: str
) -> Tabled:
    """Benefits with a subtotal for each year and a total of what they save."""
    several, together = bool(reading.parts), values_of(held)
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
        _by_year(
            held, lambda each: _benefit_row(reading, each, together), blanks=5 + several, after=2
        ),
        total=_saving_row("Total", total_saving(together), 5 + several, 2),
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
        total=_saving_row("Total", total_saving(values_of(held)), 4, 0),
        notes=sources(each.row for each in held),
    )
    return tabled(without_empty(table))


def _by_year(
    held: Sequence[Held], make: Callable[[Held], Row], *, blanks: int, after: int
) -> list[Row]:
    """The rows of each year, and under them what they save together."""
    years = values_of(held).by_year()
    rows: list[Row] = []
    for year, group in years.items():
        rows += [make(each) for each in held if each.row.financial_year == year]
        if len(years) > 1:
            label = f"Together, {year.label}"
            rows.append(_saving_row(label, total_saving(group), blanks, after, emphasis=True))
    return rows


def _metrics(row: Benefit) -> str:
    return ", ".join(metric.name for metric in row.metrics.all())


def _benefit_row(reading: Reading, held: Held, together: Benefits) -> Row:
    row = held.row
    schemes = ", ".join(scheme.reference for scheme in row.schemes.all()) or NO_SCHEME
    how = [
        _worked_out(row),
        _share(row, together),
        row.costing_assumption,
        row.savings_assumption,
        row.note,
    ]
    return build_row(
        [
            Cell(schemes, note=source_note(row)),
            *([reading.area(held.plan)] if reading.parts else []),
            _metrics(row) or None,
            row.financial_year.label,
            row.change,
            row.change_unit or None,
            row.unit_price,
            _amount(saving(benefit_values(row))),
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
            _amount(saving(benefit_values(row))),
        ]
    )


def _worked_out(row: Benefit) -> str:
    """How the saving comes about, where a reduction at a unit price explains it."""
    figure = saving(benefit_values(row))
    if figure is None or figure.how == figure.words:
        return ""
    return f"Worked out: {figure.how}." if row.is_worked_out else f"{figure.how}."


def _share(row: Benefit, together: Benefits) -> str:
    """Which part it is of the reduction of its year, where there are others in its metric."""
    own = benefit_values(row)
    like = together.like(own)
    share, whole = share_of_reduction(like, Benefits((own,))), reduction(like)
    if share is None or whole is None or len(like.rows) < 2:
        return ""
    when = "" if own.year == NOT_STATED else f" in {own.year.label}"
    return f"{share.rounded(2):f}% of {whole.words}{when}."


def _saving_row(
    label: str, saved: Figure | None, blanks: int, after: int, emphasis: bool = False
) -> Row:
    how = [saved.how if saved else ""] if after else []
    rest = [*[""] * (after - 1), *how]
    return build_row([label, *[""] * blanks, _amount(saved), *rest], emphasis=emphasis)
