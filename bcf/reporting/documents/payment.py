"""Payment for performance: what is paid for fewer admissions, quarter by quarter."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bcf.assurance.measured import (
    Measured,
    QuarterStated,
    Which,
    metric_figure,
    planned_change,
    quarter_stated,
)
from bcf.base.worked import POUNDS, Figure, negative, shown, stated, times
from bcf.money import ZERO, format_pounds
from bcf.reporting.documents.model import Fact, Facts, Tabled, Words
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Column, build_row, build_table, format_number
from metrics.rules import PaymentByQuarter, QuarterPayment, payment_by_quarter
from plans.cycle_definitions import Block as FormBlock
from plans.cycle_definitions import PaymentForPerformance
from plans.models import Plan

NOT_CHECKED = "The price and the rules of this payment are not checked against a source."
NOT_BY_QUARTER = (
    "The cases of every quarter, before and as planned, are not stated: no payment by quarter is "
    "worked out."
)


def payment_for_performance(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The terms of each payment, what the plan states for its quarters, and what that is worth."""
    if not reading.cycle.payments:
        yield Words("This cycle pays for no performance.")
    measured = Measured(tuple(metric_figure(held.row) for held in reading.held("values")))
    for payment in reading.cycle.payments:
        yield _terms(payment)
        if not payment.verified:
            yield Words(NOT_CHECKED)
        for plan in _stating(reading, measured, payment):
            yield from _of_plan(reading, form, payment, measured, plan)


def _terms(payment: PaymentForPerformance) -> Facts:
    return Facts(
        (
            Fact("Payment", payment.label),
            Fact("For each case fewer", format_pounds(payment.unit_price)),
            Fact("Least reduction", f"{format_number(payment.ambition_percent)}%"),
        )
    )


def _stating(reading: Reading, measured: Measured, payment: PaymentForPerformance) -> list[Plan]:
    """Those of the plan and its parts that state figures of the metric; the plan if none does."""
    slugs = {each.plan for each in measured.values if each.metric == payment.metric}
    return [plan for plan in reading.family if plan.slug in slugs] or [reading.plan]


def _of_plan(
    reading: Reading,
    form: FormBlock,
    payment: PaymentForPerformance,
    measured: Measured,
    plan: Plan,
) -> Iterator[Piece]:
    cases = Which(payment.metric, plan=plan.slug)
    quarters = [
        quarter_stated(measured, cases, quarter.baseline, quarter.performance)
        for quarter in payment.quarters
    ]
    counts = [each.counts for each in quarters if each.counts]
    paid = None
    if counts and len(counts) == len(quarters):
        paid = payment_by_quarter(counts, payment.unit_price)
    whose = f": {reading.area(plan)}" if reading.parts else ""
    if paid is None:
        yield Words(f"{reading.area(plan)}: {NOT_BY_QUARTER}" if whose else NOT_BY_QUARTER)
        yield from _worth_in_all(measured, cases, payment)
    else:
        yield _fund(paid, payment, whose)
    yield _quarters(f"{form.key}-{payment.key}-{plan.slug}", payment, whose, quarters, paid)


def _fund(paid: PaymentByQuarter, payment: PaymentForPerformance, whose: str) -> Facts:
    fewer = stated(paid.planned_reduction, unit="cases")
    return Facts(
        (
            Fact(f"Planned reduction (worked out){whose}", fewer.words),
            Fact("Value of the fund (worked out)", _value_words(fewer, payment)),
            Fact("Paid for the quarters that are known", format_pounds(paid.paid)),
            Fact("Not paid, or not yet", format_pounds(paid.unpaid)),
        )
    )


def _value_words(fewer: Figure, payment: PaymentForPerformance) -> str:
    """`100 cases × £10 = £1,000`; for more cases nothing is paid."""
    worth = times(fewer, stated(payment.unit_price, unit=POUNDS))
    return f"{worth.how} = {worth.words}" if worth.value > 0 else format_pounds(ZERO)


def _worth_in_all(
    measured: Measured, cases: Which, payment: PaymentForPerformance
) -> Iterator[Facts]:
    """What the reductions that are stated for longer periods come to at the price of a case."""
    facts = [
        Fact(
            f"Reduction planned for {period.label}, at this price (worked out)",
            _value_words(negative(change), payment),
        )
        for period, change in planned_change(measured, cases)
        if change.value < 0
    ]
    if facts:
        yield Facts(tuple(facts))


STATED = (
    Column("Quarter", is_row_header=True),
    Column("Held against"),
    Column("Then", "number"),
    Column("Planned", "number"),
    Column("Actual", "number"),
    Column("Paid in"),
)
WORKED_OUT = (
    Column("Fewer until then, planned (worked out)", "number"),
    Column("Fewer until then, actual (worked out)", "number"),
    Column("Paid (worked out)", "money"),
    Column("Missed until then (worked out)", "money"),
)


def _quarters(
    key: str,
    payment: PaymentForPerformance,
    whose: str,
    quarters: Sequence[QuarterStated],
    paid: PaymentByQuarter | None,
) -> Tabled:
    """A quarter a row: its cases and, where it can be worked out, what is paid for them."""
    rows = []
    for place, (terms, quarter) in enumerate(zip(payment.quarters, quarters, strict=True)):
        cases = (quarter.baseline, quarter.planned, quarter.actual)
        stated_cells = [
            terms.label,
            terms.baseline.label,
            *(shown(each.value) if each else None for each in cases),
            terms.paid.label,
        ]
        rows.append(build_row([*stated_cells, *(_paid(paid.quarters[place]) if paid else ())]))
    columns = [*STATED, *(WORKED_OUT if paid else ())]
    return tabled(build_table(key, f"{payment.label}{whose}", columns, rows))


def _paid(quarter: QuarterPayment) -> Sequence[Decimal | None]:
    return (quarter.planned_reduction, quarter.actual_reduction, quarter.paid, quarter.missed)
