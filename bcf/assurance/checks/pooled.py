"""Whether a pooled fund of an agreement is what was put in, or what was spent."""

from collections.abc import Iterable

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import quoted
from bcf.assurance.checks.record import AgreementValueRow, Record
from bcf.money import format_pounds
from bcf.periods import Period
from governance.choices import ValueMeasure


def pool_as_spent(record: Record, code: str) -> Iterable[Finding]:
    """A pooled fund that is as large as what was spent, though a deficit is stated beside it."""
    stated_for: dict[tuple[str, Period], dict[str, AgreementValueRow]] = {}
    for row in record.agreement_values:
        if not row.party and row.amount is not None:
            stated_for.setdefault((row.agreement, row.year), {})[row.measure] = row
    for rows in stated_for.values():
        pool, spend, result = (
            rows.get(each)
            for each in (
                ValueMeasure.POOLED_FUND,
                ValueMeasure.SPEND,
                ValueMeasure.SURPLUS_OR_DEFICIT,
            )
        )
        if pool and spend and result and pool.amount == spend.amount:
            yield from _put_in(code, pool, spend, result)


def _put_in(
    code: str, pool: AgreementValueRow, spend: AgreementValueRow, result: AgreementValueRow
) -> Iterable[Finding]:
    assert pool.amount is not None
    assert result.amount is not None
    if result.amount >= 0:
        return
    deficit, put_in = format_pounds(-result.amount), format_pounds(pool.amount + result.amount)
    yield Finding(
        code,
        Severity.NOTE,
        f"The pooled fund of {quoted(pool.agreement_name)} for {pool.year.label}, "
        f"{format_pounds(pool.amount)}, is as much as was spent, though a deficit of {deficit} is "
        f"stated: then {put_in} was put in. Check what the pooled fund is.",
        format_pounds(pool.amount),
        put_in,
        Mend.row(pool.row, "amount"),
        rows=(pool.row, spend.row, result.row),
    )
