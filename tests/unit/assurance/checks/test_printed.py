"""Printed figures against the rows, or the printed figures, that should give them."""

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.figures import Choice, PlanFigures, Printed
from bcf.base.worked import PERCENT, POUNDS, RowRef, stated
from plans.cycle_definitions import definition
from tests.unit.assurance.checks.records_schemes import found, record
from tests.unit.assurance.values import DFG, NHS, Y1, contribution, figures, spend_line

THOUSAND = D(1_000)


def printed(
    value: str | int, *, unit: str = POUNDS, step: D | None = THOUSAND, **about: Any
) -> Printed:
    given: dict[str, Any] = {"plan": "a", "measure": "planned-spend", "year": Y1, "table": "8.4"}
    given = {"place": "8.4", **given, **about}
    row = RowRef("governance.printedfigure", "a", "printed", "Planned spend")
    return Printed(figure=stated(D(value), step, unit, row), **given)


def differs(plan: PlanFigures, *figures_printed: Printed) -> list[Finding]:
    with_printed = replace(plan, printed=figures_printed)
    return found(record(with_printed, cycle=definition("2017-19")), "printed.differs")


def spent(amount: int, **given: Any) -> Any:
    return spend_line(amount, rounded_to=THOUSAND, **given)


def test_a_total_beyond_rounding_is_a_warning_and_names_both_figures() -> None:
    (finding,) = differs(figures(spent(60_000), spent(30_000)), printed(95_000))
    assert finding.severity is Severity.WARNING
    assert "£95,000 is printed (8.4)" in finding.sentence
    assert "its spend lines" in finding.sentence
    assert "£90,000" in finding.sentence
    assert (finding.found, finding.required) == ("£95,000", "£90,000")


def test_a_total_within_rounding_is_a_note_and_an_equal_one_is_nothing() -> None:
    plan = figures(spent(60_000), spent(30_000))
    (finding,) = differs(plan, printed(91_000))
    assert finding.severity is Severity.NOTE
    assert differs(plan, printed(90_000)) == []


def test_a_figure_without_rows_is_silent() -> None:
    assert differs(figures(), printed(90_000)) == []


def test_finer_printed_figures_are_added_along_each_dimension() -> None:
    tables = [
        printed(10_000),
        printed(6_000, theme="Health"),
        printed(1_000, theme="Care"),
        printed(4_000, theme="Health", line="Beds"),
        printed(2_000, theme="Health", line="Homes"),
    ]
    (finding, *_) = differs(figures(), *tables)
    assert "the themes come to £7,000, and the lines of all themes come to £6,000." in (
        finding.sentence
    )


def test_the_same_figure_printed_twice_says_one_thing() -> None:
    twice = [
        printed(10_000, theme="Health"),
        printed(14_000, theme="Health", table="2", place="2 table 1"),
    ]
    (finding,) = differs(figures(), *twice)
    assert "the same figure" in finding.sentence
    assert {finding.found, finding.required} == {"£10,000", "£14,000"}
    same = [twice[0], replace(twice[0], table="2", place="2 table 1")]
    assert differs(figures(), *same) == []


def test_spend_is_held_against_what_pays_for_it() -> None:
    plan = figures(contribution(9_000, source=DFG, rounded_to=THOUSAND))
    (finding,) = differs(plan, printed(5_000, source="dfg"))
    assert finding.severity is Severity.WARNING
    assert finding.required == "£9,000"


def test_a_total_of_the_cycle_adds_its_sources() -> None:
    plan = figures(
        contribution(9_000, source=DFG, rounded_to=THOUSAND),
        contribution(5_000, source=NHS, rounded_to=THOUSAND),
    )
    (finding,) = differs(plan, printed(20_000, measure="agreed-pool"))
    assert finding.required == "£14,000"
    assert differs(plan, printed(14_000, measure="agreed-pool")) == []


def test_an_allocation_is_held_against_its_source() -> None:
    plan = figures(contribution(1_517_000, source=DFG, rounded_to=THOUSAND))
    (finding,) = differs(plan, printed(1_577_000, measure="dfg-allocation", source="dfg"))
    assert finding.severity is Severity.WARNING


def test_a_share_is_held_to_its_decimals() -> None:
    lines = [spend_line(231_000, scheme=_scheme("2c")), spend_line(6_403_000, scheme=_scheme("x"))]
    share = {"measure": "share-of-pool", "unit": PERCENT, "step": D("0.01"), "scheme": "2c"}
    (finding,) = differs(figures(*lines), printed("3.49", **share))
    assert "3.48%" in finding.sentence
    assert differs(figures(*lines), printed("3.48", **share)) == []


def _scheme(ref: str) -> Any:
    return Choice(ref, ref)
