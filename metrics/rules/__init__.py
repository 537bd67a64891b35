"""Rules of metrics over plain values: rates, sums, payment for performance, and wording."""

from metrics.rules.payment import (
    PaymentByQuarter,
    QuarterCounts,
    QuarterPayment,
    payment_by_quarter,
    planned_reduction,
    value_of_reduction,
)
from metrics.rules.rates import (
    Change,
    Movement,
    a_day,
    change,
    change_percent,
    implied_denominator,
    rate,
    rate_a_day,
)
from metrics.rules.sums import by_quarter, by_year, whole_sum
from metrics.rules.wording import PERCENT, POUND, in_words, number

__all__ = [
    "PERCENT",
    "POUND",
    "Change",
    "Movement",
    "PaymentByQuarter",
    "QuarterCounts",
    "QuarterPayment",
    "a_day",
    "by_quarter",
    "by_year",
    "change",
    "change_percent",
    "implied_denominator",
    "in_words",
    "number",
    "payment_by_quarter",
    "planned_reduction",
    "rate",
    "rate_a_day",
    "value_of_reduction",
    "whole_sum",
]
