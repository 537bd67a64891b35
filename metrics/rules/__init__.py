"""Rules of metrics over plain values: rates, sums, breaks, payment, control, and wording."""

from metrics.rules.breaks import Break, between, breaks_of, first_after
from metrics.rules.payment import (
    PaymentByQuarter,
    QuarterCounts,
    QuarterPayment,
    payment_by_quarter,
    planned_reduction,
    value_of_reduction,
)
from metrics.rules.populations import People, lies_in, people_for
from metrics.rules.process_control import (
    Assurance,
    Cause,
    Limits,
    Part,
    Point,
    Variation,
    assurance_of,
    natural_limits,
    process_control,
    variation_of,
)
from metrics.rules.rates import (
    Change,
    Movement,
    a_day,
    change,
    change_in_points,
    change_percent,
    places_of,
    rate,
    rate_a_day,
)
from metrics.rules.sums import by_quarter, by_year, whole_sum
from metrics.rules.wording import PERCENT, POUND, in_words, number

__all__ = [
    "PERCENT",
    "POUND",
    "Assurance",
    "Break",
    "Cause",
    "Change",
    "Limits",
    "Movement",
    "Part",
    "PaymentByQuarter",
    "People",
    "Point",
    "QuarterCounts",
    "QuarterPayment",
    "Variation",
    "a_day",
    "assurance_of",
    "between",
    "breaks_of",
    "by_quarter",
    "by_year",
    "change",
    "change_in_points",
    "change_percent",
    "first_after",
    "in_words",
    "lies_in",
    "natural_limits",
    "number",
    "payment_by_quarter",
    "people_for",
    "places_of",
    "planned_reduction",
    "process_control",
    "rate",
    "rate_a_day",
    "value_of_reduction",
    "variation_of",
    "whole_sum",
]
