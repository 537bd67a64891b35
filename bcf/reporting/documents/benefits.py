"""The benefits plan: what schemes should change, and what that saves."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bcf.assurance.benefits import (
    Benefits,
    benefit_values,
    reduction,
    saving,
    share_of_reduction,
    total_saving,
)
from bcf.assurance.figures import Choice
from bcf.assurance.rows import Held
from bcf.base.worked import Figure, shown
from bcf.periods import NOT_STATED
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import sources, tabled, without_empty
from bcf.reporting.lists.base import source_note
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import Block as FormBlock
from schemes.models import Benefit

NO_SCHEME = "Whole plan"
UNITS_APART = "Reductions that are counted in different units are not added."


def benefits(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The benefits plan: what schemes should change, and what that saves, by year."""
    held = reading.held("benefits")
    yield benefit_table(reading, form, held, key="benefits", caption="Benefits expected")
    together = values_of(held)
    yield from _cut(form, "metric", "Metric", together, together.by_metric())
    yield from _cut(form, "scheme", "Scheme", together, together.by_scheme())


def values_of(held: Sequence[Held]) -> Benefits:
    """The rows as plain values; asks nothing of the database."""
    return Benefits(tuple(benefit_values(each.row) for each in held))


def _cut(
    form: FormBlock,
    key: str,
    label: str,
    together: Benefits,
    groups: Mapping[tuple[Choice, ...], Benefits],
) -> Iterable[Piece]:
    """What benefits come to in each metric, or of each scheme, by year; nothing of one alone."""
    if len(groups) < 2 or total_saving(together) is None:
        return
    unnamed = NO_SCHEME if key == "scheme" else f"{label} not stated"
    rows = [
        (_names(choices) or unnamed, year.label, group)
        for choices, whole in groups.items()
        for year, group in whole.by_year().items()
    ]
    counts = any(reduction(group) for _, _, group in rows)
    table = build_table(
        f"benefits-by-{key}",
        f"Benefits by {label.lower()} and year",
        [
            Column(form.column_label(key, label), is_row_header=True),
            Column("Year"),
            *([Column("Reduction", "number"), Column("Counted in")] if counts else []),
            Column("Saving", "money"),
            Column("How worked out"),
        ],
        [_together_row(name, year, group, counts=counts) for name, year, group in rows],
        total=_together_row("Total", "", together, counts=counts),
        notes=[UNITS_APART] if counts and not all(reduction(group) for *_, group in rows) else [],
    )
    yield tabled(table)


def _names(choices: Iterable[Choice]) -> str:
    return ", ".join(each.label for each in choices)


def _together_row(label: str, year: str, group: Benefits, *, counts: bool) -> Row:
    reduced, saved = reduction(group), total_saving(group)
    counted = [shown(reduced.value), reduced.unit] if reduced else ["", ""]
    how = saved.how if saved else ""
    return build_row([label, year, *(counted if counts else []), _amount(saved), how])


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
