"""Years from which a metric is defined anew: read from the cycles, and between which periods."""

from dataclasses import replace

import pytest

from bcf.periods import FinancialYear, parse_period
from metrics.rules import Break, between, breaks_of, first_after
from plans.cycle_definitions import CycleDefinition, CycleMetric, definition

ANEW = Break(FinancialYear.parse("2025-26"), "Now within 12 weeks.", False)


def cycle(year: str, change: str = "") -> CycleDefinition:
    metric = CycleMetric("reablement", "At home", False, "a test", "yearly", change=change)
    return replace(definition("2019-20"), key=year, years=(year,), metrics=(metric,))


def test_breaks_are_what_the_cycles_say() -> None:
    cycles = [cycle("2019-20"), cycle("2025-26", "Now within 12 weeks."), cycle("2026-27")]
    assert breaks_of(cycles, "reablement") == (ANEW,)
    assert breaks_of(cycles, "falls") == ()


@pytest.mark.parametrize(
    ("one", "other", "is_broken"),
    [
        ("2024-25", "2025-26", True),
        ("2025-26", "2024-25", True),
        ("2024-25Q4", "2025-26Q1", True),
        ("2025-03", "2025-04", True),
        ("2023-24", "2024-25", False),
        ("2025-04", "2026-03", False),
        # A calendar year that begins before the new definition is counted with what was before.
        ("2024-25", "2025", False),
        ("2024-25", "not-stated", False),
    ],
)
def test_a_break_lies_between_what_ends_before_and_what_begins_after(
    one: str, other: str, is_broken: bool
) -> None:
    assert bool(between([ANEW], parse_period(one), parse_period(other))) is is_broken


@pytest.mark.parametrize(
    ("periods", "places"),
    [
        (["2023-24", "2024-25", "2025-26", "2026-27"], (2,)),
        (["2023-24", "2024-25"], ()),
        (["2025-26", "2026-27"], ()),
        ([], ()),
    ],
)
def test_lines_are_cut_before_the_first_period_of_the_new_definition(
    periods: list[str], places: tuple[int, ...]
) -> None:
    assert first_after([ANEW], [parse_period(each) for each in periods]) == places
