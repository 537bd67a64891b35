"""The check that the components of spend lines add to them."""

from collections.abc import Iterable, Iterator, Sequence

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import at_most_ten, few_of
from bcf.assurance.checks.naming import led
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import SpendLine
from bcf.assurance.sums import components_added, spend_added
from bcf.base.worked import Figure, added, less
from bcf.money import format_pounds
from bcf.periods import Period
from plans.cycle_definitions import CheckRule

LINES = "schemes.spendline"


def components_differ(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """The lines that break a line down add to it."""
    lines = record.money.all_spend_lines
    parts: dict[tuple[str, str, Period], list[SpendLine]] = {}
    for each in lines:
        if each.breaks_down:
            parts.setdefault((each.plan, each.breaks_down, each.year), []).append(each)
    untold, differing = [], []
    off: list[tuple[SpendLine, Figure]] = []
    for line in lines:
        own = parts.get((line.plan, line.ref, line.year))
        if own is None:
            continue
        made = (
            None
            if any(each.figure is None for each in own)
            else components_added(record.money, line)
        )
        if made is None or line.figure is None:
            untold.append(line)
        elif made.value != line.figure.value:
            finding = _components(record, rule.key, line, len(own), made)
            differing.append((line.description, finding))
            off.append((line, made))
    yield from at_most_ten(differing, "lines differ from their components")
    yield from _together(record, rule.key, off)
    if untold:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"The components of {few_of(_line(each) for each in untold)} were not added up, "
            "because an amount is not entered. Enter the amounts of the line and its components.",
            mend=_mend(untold[0]),
        )


def _components(record: Record, code: str, line: SpendLine, number: int, made: Figure) -> Finding:
    whole = line.figure or made
    off = less(made, whole)
    way = "more" if off.value > 0 else "less"
    what = "The one component of" if number == 1 else f"The {number} components of"
    comes = "is" if number == 1 else "add to"
    is_explained = made.agrees(whole)
    remedy = ", which rounding explains." if is_explained else ". Correct the one that is wrong."
    return Finding(
        code,
        Severity.NOTE if is_explained else Severity.WARNING,
        led(
            record.area(line.plan),
            f"{what} {_line(line)} {comes} {made.words}, {format_pounds(abs(off.rounded(2)))} "
            f"{way} than the line’s own {whole.words}{remedy}",
        ),
        made.words,
        whole.words,
        _mend(line, "amount"),
        record.area(line.plan),
        off.rows,
    )


def _together(
    record: Record, code: str, off: Sequence[tuple[SpendLine, Figure]]
) -> Iterator[Finding]:
    """What the lines of a year come to with components in the place of those that differ."""
    groups: dict[tuple[str, Period], list[tuple[SpendLine, Figure]]] = {}
    for line, made in off:
        if line.counts:
            groups.setdefault((line.plan, line.year), []).append((line, made))
    for (plan, year), found in groups.items():
        whole = spend_added(record.money, year, of=plan)
        differences = added(less(made, line.figure) for line, made in found if line.figure)
        if len(found) < 2 or not whole or not differences or not differences.value:
            continue
        way = "more" if differences.value > 0 else "less"
        with_components = added((whole, differences)) or whole
        yield Finding(
            code,
            Severity.NOTE,
            led(
                record.area(plan),
                f"With the components in the place of these {len(found)} lines, the spend of "
                f"{year.label} comes to {with_components.words}, "
                f"{format_pounds(abs(differences.rounded(2)))} {way} than {whole.words}.",
            ),
            with_components.words,
            whole.words,
            Mend(LINES, plan),
            record.area(plan),
            tuple(row for line, _ in found if line.figure for row in line.figure.rows),
        )


def _line(line: SpendLine) -> str:
    return f"“{line.description}” in {line.year.label}"


def _mend(line: SpendLine, field: str = "") -> Mend:
    return Mend(LINES, line.plan, line.ref, field, line.description)
