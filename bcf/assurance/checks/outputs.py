"""The check that it is planned how much is delivered of what is counted."""

from collections.abc import Iterable, Mapping, Sequence

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import counted, first_of, led
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import SpendLine
from bcf.assurance.totals import counting
from plans.cycle_definitions import CheckRule, SchemeType

LINES = "schemes.spendline"
MOST = 4

Types = Mapping[str, SchemeType]


def unit_of(line: SpendLine, types: Types) -> str:
    """What the output of a line is counted in, by its sub type or its type; empty if nothing is."""
    of = types.get(line.scheme_type.key)
    return of.unit_of(line.sub_type.key) if of else ""


def type_named(line: SpendLine, types: Types) -> str:
    """The sub type of a line where that has a unit of its own, else its type."""
    of = types.get(line.scheme_type.key)
    own = [each.unit for each in of.sub_types if each.key == line.sub_type.key] if of else []
    return line.sub_type.label if any(own) else line.scheme_type.label


def output_missing(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Each scheme whose type or sub type has a unit plans an output for each of its years.

    One line says it for all lines of a scheme and a year, which may be paid from several sources.
    """
    types = {each.key: each for each in record.cycle.scheme_types}
    lines = counting(record.money.all_spend_lines)
    by_scheme: dict[tuple[object, ...], list[SpendLine]] = {}
    for line in lines:
        if unit_of(line, types):
            by_scheme.setdefault((line.plan, line.scheme.key, line.year), []).append(line)
    groups: dict[tuple[str, str, str], list[SpendLine]] = {}
    for first, *others in by_scheme.values():
        if not any(each.planned_output.strip() for each in (first, *others)):
            named, unit = type_named(first, types), unit_of(first, types)
            groups.setdefault((first.plan, named, unit), []).append(first)
    for (_, named, unit), wanting in groups.items():
        yield _missing(record, rule.key, named, unit, wanting)
    untyped = [line for line in lines if not line.scheme_type.key]
    if untyped and any(map(_is_counted, types.values())):
        yield _not_checked(record, rule.key, untyped)


def _is_counted(of: SchemeType) -> bool:
    return bool(of.unit) or any(each.unit for each in of.sub_types)


def _missing(
    record: Record, code: str, named: str, unit: str, wanting: Sequence[SpendLine]
) -> Finding:
    one, area = len(wanting) == 1, record.area(wanting[0].plan)
    what = first_of((f"{each.scheme.label}, {each.year.label}" for each in wanting), MOST)
    return Finding(
        code,
        Severity.WARNING,
        led(
            area,
            f"No planned output is stated for {what}. What “{named}” delivers is counted in "
            f"{unit}. Fill in how much is planned{'' if one else ' of each'}.",
        ),
        "no planned output",
        f"a number of {unit}",
        Mend(LINES, wanting[0].plan, wanting[0].ref, "planned_output", wanting[0].description),
        area,
        tuple(row for each in wanting if each.figure for row in each.figure.rows),
    )


def _not_checked(record: Record, code: str, untyped: Sequence[SpendLine]) -> Finding:
    first, names = untyped[0], "it names" if len(untyped) == 1 else "they name"
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"Whether {counted(len(untyped), 'spend line')} should plan an output was not checked, "
        f"because {names} no scheme that has a type. Choose the scheme, and its type.",
        mend=Mend(LINES, first.plan, first.ref, "scheme", first.description),
    )
