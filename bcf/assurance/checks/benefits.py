"""Checks of what schemes save."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bcf.assurance.benefits import Benefit, worth
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of, how_many
from bcf.assurance.checks.record import Record
from bcf.base.worked import POUNDS, Figure, less, stated, times
from bcf.money import PENNY, format_pounds
from plans.cycle_definitions import CheckRule
from schemes.choices import PriceBasis


def saving_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A stated saving is the reduction at its unit price."""
    untold, differing = [], []
    for row in record.benefits.rows:
        if row.saving is None:
            continue
        made, figure = _made(row), stated(row.saving, row.step, POUNDS, row.row)
        if made is None:
            untold.append(row)
        elif made.value != figure.value:
            differing.append((row.row.name, _differs(record, rule.key, row, figure, made)))
    yield from at_most_ten(differing, "stated savings differ from change times unit price")
    if untold:
        yield _not_checked(record, rule.key, untold)


def _made(row: Benefit) -> Figure | None:
    """What the reduction is worth; a price that was derived is rounded, a printed one is exact."""
    made = worth(row)
    if made is None or row.reduction is None or row.unit_price is None:
        return None
    if row.price_basis != PriceBasis.DERIVED:
        return made
    step = 1 if row.unit_price == row.unit_price.to_integral_value() else PENNY
    return times(row.reduction, stated(row.unit_price, step, POUNDS, row.row))


def _differs(record: Record, code: str, row: Benefit, figure: Figure, made: Figure) -> Finding:
    off = less(figure, made)
    way = "more" if off.value > 0 else "less"
    is_explained = figure.agrees(made)
    area = record.area(row.row.owner)
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        f"{area + ': ' if area else ''}“{row.row.name}”: the stated saving of {figure.words} is "
        f"{format_pounds(abs(off.rounded(2)))} {way} than {made.how}, which is {made.words}"
        + (
            "; rounding explains it."
            if is_explained
            else ". Correct the saving, the change or the unit price."
        ),
        figure.words,
        made.words,
        Mend.row(row.row, "saving"),
        area,
        off.rows,
    )


def _not_checked(record: Record, code: str, rows: Sequence[Benefit]) -> Finding:
    one = len(rows) == 1
    wanting = [
        words
        for words, is_wanting in (
            ("the change", any(row.change is None for row in rows)),
            ("the unit price", any(row.unit_price is None for row in rows)),
        )
        if is_wanting
    ]
    what = " or ".join(wanting)
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{how_many(len(rows), 'stated saving')} {'was' if one else 'were'} not compared with "
        f"change times unit price, because {what} is not entered: "
        f"{few_of((f'“{row.row.name}”' for row in rows), 3)}. Enter {what} where the plan has it.",
        mend=Mend.row(rows[0].row, "unit_price" if rows[0].change is not None else "change"),
        rows=tuple(row.row for row in rows),
    )


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "benefit.saving-differs": saving_differs,
}
