"""Checks of what schemes save."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bcf.assurance.benefits import Benefit
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of, how_many
from bcf.assurance.checks.naming import said
from bcf.assurance.checks.record import Record, SchemeMetricRow
from bcf.base.worked import POUNDS, Figure, less, stated, times
from bcf.money import PENNY, format_pounds
from plans.cycle_definitions import CheckRule
from schemes.choices import PriceBasis


def saving_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A stated saving is the reduction at its unit price."""
    untold, differing, silent = [], [], []
    for row in record.benefits.rows:
        if row.saving is None:
            if row.change is None:
                silent.append(row)
            continue
        made, figure = _made(row), stated(row.saving, row.step, POUNDS, row.row)
        if made is None:
            untold.append(row)
        elif made.value != figure.value:
            differing.append((row.row.name, _differs(record, rule.key, row, figure, made)))
    yield from at_most_ten(differing, "stated savings differ from change times unit price")
    if untold:
        yield _not_checked(record, rule.key, untold)
    if silent:
        one = len(silent) == 1
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"{how_many(len(silent), 'benefit')} {'states' if one else 'state'} neither a change "
            f"nor a saving, so there was nothing to compare: "
            f"{few_of((f'“{_of_schemes(row)}”' for row in silent), 3)}. Enter what "
            f"{'it' if one else 'each'} should bring.",
            mend=Mend.row(silent[0].row, "saving"),
            rows=tuple(row.row for row in silent),
        )


def _of_schemes(row: Benefit) -> str:
    """The schemes of a benefit that says nothing else."""
    return ", ".join(each.label for each in row.schemes) or row.row.name


def _made(row: Benefit) -> Figure | None:
    """What the reduction is worth; a price that was derived is rounded, a printed one is exact."""
    made = row.worth
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
        f"{area + ': ' if area else ''}“{said(row.row)}”: the stated saving of {figure.words} is "
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
        f"{few_of((f'“{said(row.row)}”' for row in rows), 3)}. Enter {what} where the plan has it.",
        mend=Mend.row(rows[0].row, "unit_price" if rows[0].change is not None else "change"),
        rows=tuple(row.row for row in rows),
    )


def missing(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A scheme that is said to act on a metric has a benefit in it, where others have theirs.

    Where fewer than half of them have, the plan does not state benefits by scheme and metric.
    """
    stated = _stated_in(record)
    names = {(each.owner, each.ref): each for each in record.schemes}
    kin = _kin(record)
    acting: dict[tuple[str, str], list[SchemeMetricRow]] = {}
    for each in record.scheme_metrics:
        acting.setdefault((each.owner, each.metric), []).append(each)
    for (_, metric), rows in acting.items():
        silent = [
            each
            for each in rows
            if not kin.get((each.owner, each.scheme), set()) & stated.get(metric, set())
        ]
        if 2 * len(silent) > len(rows):
            continue
        for each in silent:
            key = (each.owner, each.scheme)
            scheme = names[key].title if key in names else each.scheme
            area = record.area(each.owner)
            yield Finding(
                rule.key,
                Severity.NOTE,
                f"{area + ': s' if area else 'S'}cheme {scheme} is said to act on "
                f"“{each.metric_name}”, but states no benefit in it, though other schemes do. "
                "Enter the benefit, or take the metric from the scheme.",
                "no benefit",
                "a benefit in each metric of a scheme",
                Mend.row(each.row, "metric"),
                area,
                (each.row,),
            )


def _stated_in(record: Record) -> dict[str, set[tuple[str, str]]]:
    """The schemes with a counted benefit in each metric."""
    stated: dict[str, set[tuple[str, str]]] = {}
    for row in record.benefits.rows:
        for metric in row.metrics if row.change is not None else ():
            stated.setdefault(metric.key, set()).update(
                (row.row.owner, each.key) for each in row.schemes
            )
    return stated


def _kin(record: Record) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Each scheme with its components and with what it is a component of."""
    kin = {(each.owner, each.ref): {(each.owner, each.ref)} for each in record.schemes}
    above = {(each.owner, each.ref): (each.owner, each.parent) for each in record.schemes}
    for key, own in kin.items():
        at = above[key]
        while at in kin and at not in own:
            own.add(at)
            kin[at].add(key)
            at = above[at]
    return kin


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "benefit.saving-differs": saving_differs,
    "benefit.missing": missing,
}
