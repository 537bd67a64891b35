"""Payment for performance: what is paid for fewer admissions, quarter by quarter."""

from collections.abc import Iterable

from bcf.money import format_pounds
from bcf.reporting.documents.model import Fact, Facts, Tabled, Words
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Column, build_row, build_table, format_number
from metrics.choices import Measure, ValueKind
from plans.cycle_definitions import Block as FormBlock
from plans.cycle_definitions import PaymentForPerformance

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
BEFORE = (ValueKind.BASELINE, ValueKind.ACTUAL)


def payment_for_performance(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The terms of each payment, and what the plan states for its quarters."""
    if not reading.cycle.payments:
        yield Words("This cycle pays for no performance.")
    for payment in reading.cycle.payments:
        yield Facts(
            (
                Fact("Payment", payment.label),
                Fact("For each case fewer", format_pounds(payment.unit_price)),
                Fact("Least reduction", f"{format_number(payment.ambition_percent)}%"),
            )
        )
        yield _quarters(reading, form, payment)


def _quarters(reading: Reading, form: FormBlock, payment: PaymentForPerformance) -> Tabled:
    def stated(period: object, kinds: Iterable[ValueKind]) -> str | None:
        found = [
            held.row.figure
            for held in reading.held("values")
            if held.row.metric.key == payment.metric
            and held.row.period == period
            and held.row.kind in kinds
            and held.row.measure == Measure.COUNT
        ]
        return "; ".join(found) or None

    return tabled(
        build_table(
            f"{form.key}-{payment.key}",
            payment.label,
            [
                Column("Quarter", is_row_header=True),
                Column("Held against"),
                Column("Then"),
                Column("Planned"),
                Column("Paid in"),
            ],
            [
                build_row(
                    [
                        quarter.label,
                        quarter.baseline.label,
                        stated(quarter.baseline, BEFORE),
                        stated(quarter.performance, PLANNED),
                        quarter.paid.label,
                    ]
                )
                for quarter in payment.quarters
            ],
        )
    )
