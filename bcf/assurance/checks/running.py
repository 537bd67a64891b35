"""Runs the checks that a plan's cycle asks for."""

from collections.abc import Callable, Iterable, Mapping

from bcf.assurance.checks import (
    agreements,
    benefits,
    conditions,
    metrics,
    money,
    printed,
    risks,
    schemes,
)
from bcf.assurance.checks.finding import Finding, Findings, sorted_findings
from bcf.assurance.checks.record import Record
from plans.cycle_definitions import CheckRule

Check = Callable[[Record, CheckRule], Iterable[Finding]]

# Every check by its code: the codes that a cycle may ask for are `plans.cycle_definitions.CHECKS`.
EVERY_CHECK: Mapping[str, Check] = {
    **money.EVERY,
    **schemes.EVERY,
    **benefits.EVERY,
    **metrics.EVERY,
    **conditions.EVERY,
    **risks.EVERY,
    **agreements.EVERY,
    **printed.EVERY,
}


def check(record: Record) -> Findings:
    """What the cycle's checks find in a plan, by section, worst first."""
    return sorted_findings(
        finding for rule in record.cycle.checks for finding in EVERY_CHECK[rule.key](record, rule)
    )
