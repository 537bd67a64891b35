"""The check that no amount of an agreement is printed in another unit than its neighbours."""

from collections.abc import Iterable
from decimal import Decimal

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import counted, first_of, joined, quoted
from bcf.assurance.checks.record import AgreementValueRow, Record
from bcf.base.published import printed_pounds
from bcf.money import format_pounds
from bcf.periods import NOT_STATED, Period
from bcf.ui.tables import format_number
from governance.choices import ValueMeasure
from plans.cycle_definitions import CheckRule

VALUES = "governance.agreementvalue"
MOST = 6
UNITS = {
    "GBP": "pounds",
    "GBP_thousand": "thousands of pounds",
    "GBP_million": "millions of pounds",
}


def unit_suspect(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """No amount is so many times smaller, as it is printed, than another of its kind and year."""
    groups: dict[tuple[str, Period, bool], list[AgreementValueRow]] = {}
    for row in record.agreement_values:
        if _printed(row):
            groups.setdefault((row.measure, row.year, bool(row.party)), []).append(row)
    alone = [rows[0] for rows in groups.values() if len(rows) == 1]
    found = [
        each
        for rows in groups.values()
        for each in _of_group(rule.key, rows, rule.thresholds["smaller-times"])
    ]
    yield from _told_once(record, found)
    if alone:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"The unit of {counted(len(alone), 'amount')} was not checked, because no other of the "
            f"same measure and year is entered beside {'it' if len(alone) == 1 else 'them'}: "
            f"{first_of(map(_named, alone))}.",
            mend=Mend.row(alone[0].row, "unit_meant"),
            rows=tuple(row.row for row in alone),
        )
    if not groups:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            "Units of agreements’ amounts were not checked: no amount of an agreement is entered.",
            mend=Mend(VALUES, record.slug),
        )


def _told_once(record: Record, found: list[Finding]) -> Iterable[Finding]:
    """Without those whose amounts are all printed alike in another finding, of another year."""
    printed = {
        (row.owner, row.ref): (row.agreement, row.printed) for row in record.agreement_values
    }
    amounts = [frozenset(printed[row.owner, row.ref] for row in each.rows) for each in found]
    for own, each in zip(amounts, found, strict=True):
        if not any(own < other for other in amounts):
            yield each


def _of_group(code: str, rows: list[AgreementValueRow], times: Decimal) -> Iterable[Finding]:
    largest = max(rows, key=_printed)
    small = [row for row in rows if _printed(row) * times <= _printed(largest)]
    for unit in dict.fromkeys(row.unit_meant for row in small if _is_put_right(row)):
        read = [row for row in small if _is_put_right(row) and row.unit_meant == unit]
        amounts = joined(format_pounds(row.amount) for row in read[:MOST])
        closing = f"{_are_read(read)} {UNITS[unit]}: {amounts}."
        yield _finding(code, read, largest, times, closing)
    if doubtful := [row for row in small if not _is_put_right(row)]:
        closing = "Choose the unit that is meant, or correct the amount."
        yield _finding(code, doubtful, largest, times, closing)


def _finding(
    code: str,
    rows: list[AgreementValueRow],
    largest: AgreementValueRow,
    times: Decimal,
    closing: str,
) -> Finding:
    are = "is" if len(rows) == 1 else "are"
    return Finding(
        code,
        Severity.NOTE if _is_put_right(rows[0]) else Severity.WARNING,
        f"{_what(largest)}: {_as_printed(rows)} {are} printed beside "
        f"{format_pounds(_printed(largest))} of {quoted(largest.agreement_name)}, which is at "
        f"least {format_number(times)} times as much, as if all were in the same unit. {closing}",
        format_pounds(_printed(rows[0])),
        "an amount in the unit that is meant",
        Mend.row(rows[0].row, "unit_meant"),
        rows=tuple(row.row for row in (*rows, largest)),
    )


def _are_read(rows: list[AgreementValueRow]) -> str:
    return "It is read as" if len(rows) == 1 else "They are read as"


def _as_printed(rows: list[AgreementValueRow]) -> str:
    return first_of(
        (f"{format_pounds(_printed(row))} of {quoted(row.agreement_name)}" for row in rows), MOST
    )


def _what(row: AgreementValueRow) -> str:
    """`Pooled funds of 2017–18`."""
    label = ValueMeasure(row.measure).label
    if row.measure == ValueMeasure.POOLED_FUND:
        label = "Pooled funds"
    return (
        f"{label} of no stated year" if row.year == NOT_STATED else f"{label} of {row.year.label}"
    )


def _named(row: AgreementValueRow) -> str:
    label = ValueMeasure(row.measure).label.lower()
    year = "" if row.year == NOT_STATED else f" for {row.year.label}"
    return f"the {label} of {quoted(row.agreement_name)}{year}"


def _is_put_right(row: AgreementValueRow) -> bool:
    return row.unit_meant not in ("", row.printed_unit)


def _printed(row: AgreementValueRow) -> Decimal:
    """The size of an amount as it is printed; the amount itself where no print is given."""
    printed = printed_pounds(row.printed, row.printed_unit)
    return abs(row.amount or Decimal(0)) if printed is None else abs(printed)
