"""The check that how much is delivered is planned of what is counted, by type and by sub type."""

from decimal import Decimal
from typing import Any

import pytest

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.figures import Choice, SpendLine
from plans.cycle_definitions import SchemeType, SubType
from tests.unit.assurance.checks.records_schemes import cycle, found, record
from tests.unit.assurance.values import Y2, figures, spend_line

OUTPUT_MISSING, TYPE_MISMATCH = "spend.output-missing", "spend.type-mismatch"
BEDS = SubType("beds", "In a bed", False, "made up", unit="placements")
HOME = SubType("home", "At home", False, "made up")
CARE = SchemeType("care", "Intermediate care", False, "made up", (BEDS, HOME), unit="packages")
TALK = SchemeType("talk", "Talking", False, "made up")
ONE = Choice("1", "1 Step down")


def line(of: str = "care", sub: str = "home", **given: Any) -> SpendLine:
    labels = {each.key: each.label for each in (CARE, TALK, BEDS, HOME)}
    defaults: dict[str, Any] = {
        "scheme": ONE,
        "scheme_type": Choice(of, labels[of]),
        "sub_type": Choice(sub, labels[sub]) if sub else Choice("", "Not stated"),
    }
    return spend_line(1, **{**defaults, **given})


def check(code: str, *rows: SpendLine) -> list[Finding]:
    return found(record(figures(*rows), cycle=cycle(scheme_types=(CARE, TALK))), code)


def test_a_scheme_without_a_planned_output() -> None:
    (finding,) = check(OUTPUT_MISSING, line())
    assert finding.severity is Severity.WARNING
    assert finding.sentence == (
        "No planned output is stated for 1 Step down, 2015–16. What “Intermediate care” delivers "
        "is counted in packages. Fill in how much is planned."
    )
    assert (finding.found, finding.required) == ("no planned output", "a number of packages")
    assert finding.mend
    assert (finding.mend.ref, finding.mend.field) == ("line", "planned_output")


def test_a_sub_type_has_a_unit_of_its_own() -> None:
    (finding,) = check(OUTPUT_MISSING, line(sub="beds"))
    assert "What “In a bed” delivers is counted in placements." in finding.sentence


def test_what_is_wanting_alike_is_one_finding() -> None:
    two = Choice("2", "2 Step up")
    (finding,) = check(OUTPUT_MISSING, line(), line(scheme=two), line(year=Y2))
    assert "1 Step down, 2015–16, 2 Step up, 2015–16 and 1 Step down, 2016–17" in finding.sentence
    assert finding.sentence.endswith("Fill in how much is planned of each.")


@pytest.mark.parametrize(
    "rows",
    [
        (line(planned_output="12"),),
        (line(), line(planned_output="12")),
        (line("talk", ""),),
        (line(in_pool=False),),
    ],
    ids=["stated", "stated on another line", "nothing counted", "outside the pool"],
)
def test_nothing_is_wanting(rows: tuple[SpendLine, ...]) -> None:
    assert check(OUTPUT_MISSING, *rows) == []


def test_lines_whose_scheme_has_no_type_are_not_checked() -> None:
    (finding,) = check(OUTPUT_MISSING, spend_line(Decimal(1)))
    assert finding.severity is Severity.NOT_CHECKED
    assert finding.sentence == (
        "Whether 1 spend line should plan an output was not checked, because it names no scheme "
        "that has a type. Choose the scheme, and its type."
    )
    nothing_counted = record(figures(spend_line(1)), cycle=cycle(scheme_types=(TALK,)))
    assert found(nothing_counted, OUTPUT_MISSING) == []


def test_an_output_is_in_the_unit_of_its_sub_type() -> None:
    assert check(TYPE_MISMATCH, line(sub="beds", output_unit="Placements")) == []
    assert check(TYPE_MISMATCH, line(sub="home", output_unit="packages")) == []
    (finding,) = check(TYPE_MISMATCH, line(sub="beds", output_unit="packages"))
    assert finding.sentence == (
        "“Reablement”, 2015–16: its output is in packages, but what “In a bed” delivers is "
        "counted in placements. Change one of the two."
    )
