"""Checks of income, spend and minimums: what triggers each, what does not, and what is wanting."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.figures import NOT_STATED, Choice
from plans.cycle_definitions import LinesCounted, definition
from tests.unit.assurance.checks.records_schemes import cycle, found, record
from tests.unit.assurance.values import DFG, NHS, Y1, Y2, contribution, figures, pool, spend_line

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
NOT_CHECKED = Severity.NOT_CHECKED
COMMUNITY = Choice("community-health", "Community health")
FENCE = Choice("nhs-out-of-hospital", "NHS commissioned out-of-hospital services")
CARE = Choice("social-care-maintenance", "Social care maintenance")


def money(code: str, *rows: Any, later: bool = False, **thresholds: Any) -> list[Finding]:
    """What one check finds in a plan of these rows; the second year left out unless asked for."""
    cycle_of = (
        definition("2017-19") if code.endswith("-minimum") and "pool" not in code else cycle()
    )
    plan = record(figures(*rows), cycle=cycle_of)
    if code == "funding.below-minimum":
        plan = record(figures(*rows))
    all_found = found(plan, code, **thresholds)
    return [each for each in all_found if later or "2016–17" not in each.sentence]


def severities(findings: list[Finding]) -> list[Severity]:
    return [each.severity for each in findings]


# funding.below-minimum


def test_a_pool_below_its_minimum() -> None:
    (finding,) = money("funding.below-minimum", pool(900, minimum=D(1_000)))
    assert finding.severity is ERROR
    assert finding.sentence == (
        "The pool of 2015–16 is £100 below its published minimum. Add contributions, or correct "
        "the minimum."
    )
    assert (finding.found, finding.required) == ("£900", "at least £1,000")


def test_a_pool_at_its_minimum_and_one_without() -> None:
    assert money("funding.below-minimum", pool(1_000, minimum=D(1_000))) == []
    (wanting,) = money("funding.below-minimum", contribution(5))
    assert wanting.severity is NOT_CHECKED
    assert "no minimum is entered" in wanting.sentence
    (silent,) = money("funding.below-minimum", pool(None, minimum=D(5)))
    assert "no income is entered" in silent.sentence


# funding.spend-differs


def spend_differs(*rows: Any) -> list[Finding]:
    return money("funding.spend-differs", *rows, tolerance_pounds=D(0))


def test_income_that_is_not_spent() -> None:
    (finding,) = spend_differs(pool(100), spend_line(60, source=NHS))[:1]
    assert finding.severity is ERROR
    assert finding.sentence == (
        "Income of 2015–16 is £40 more than spend. Change the spend lines or what comes in so that "
        "they agree."
    )


def test_an_amount_that_is_wanting_is_asked_for_first() -> None:
    lines = [spend_line(60, source=NHS), spend_line(None, source=NHS)]
    (finding,) = spend_differs(pool(100), *lines)[:1]
    assert finding.sentence.endswith("1 row states no amount for the year: enter it first.")


def test_every_other_minimum_that_is_entered() -> None:
    act = Choice("care-act", "Share of the £135m for Care Act duties")
    row = pool(846, rule=act, is_total_pool=False, minimum=D(847))
    found_of_act = [
        each for each in money("funding.below-minimum", row) if "Care Act" in each.sentence
    ]
    assert [(each.severity, each.found) for each in found_of_act] == [(ERROR, "£846")]
    met = pool(847, rule=act, is_total_pool=False, minimum=D(847))
    assert not [each for each in money("funding.below-minimum", met) if "Act" in each.sentence]


def test_a_source_that_is_spent_otherwise_than_it_comes_in() -> None:
    rows = [
        contribution(100, source=NHS),
        contribution(50, source=DFG),
        spend_line(80, source=NHS),
        spend_line(70, source=DFG),
    ]
    sentences = [each.sentence for each in spend_differs(*rows)]
    assert sentences == [
        "Disabled Facilities Grant, 2015–16: £20 more is spent than comes in. Change one of the "
        "two.",
        "NHS minimum, 2015–16: £20 less is spent than comes in. Change one of the two.",
    ]
    alone = spend_differs(contribution(9, source=NHS), spend_line(9, source=DFG))
    assert severities(alone) == [ERROR, ERROR]
    assert "no contribution is entered" in alone[0].sentence


def test_a_balance_and_what_rounding_explains() -> None:
    assert spend_differs(contribution(9), spend_line(9, source=NHS)) == []
    thousand = D(1_000)
    rounded = [
        contribution(68_000, rounded_to=thousand),
        spend_line(67_000, source=NHS, rounded_to=thousand),
    ]
    assert severities(spend_differs(*rounded)) == [NOTE, NOTE]


def test_money_that_is_not_told_by_source() -> None:
    (pooled,) = spend_differs(pool(9), spend_line(9, source=NHS))
    (unnamed,) = spend_differs(contribution(9), spend_line(9))
    (nothing,) = spend_differs(contribution(9))
    assert severities([pooled, unnamed, nothing]) == [NOT_CHECKED] * 3
    assert "income is stated as a total pool" in pooled.sentence
    assert "names no funding source" in unnamed.sentence
    assert "no spend is stated for the year" in nothing.sentence


# the minimums


def minimum(stated: int | None, least: int | None, rule: Choice = FENCE, **given: Any) -> Any:
    least_of_all = None if least is None else D(least)
    return pool(stated, rule=rule, is_total_pool=False, minimum=least_of_all, **given)


def test_less_than_a_published_minimum() -> None:
    for code, rule in (
        ("spend.out-of-hospital-below-minimum", FENCE),
        ("spend.social-care-below-minimum", CARE),
    ):
        (finding,) = money(code, minimum(90, 100, rule))
        assert finding.severity is ERROR
        assert finding.sentence == (
            f"{_label(rule)}, 2015–16: £10 below the published minimum. Plan more of it, or "
            "correct the figure."
        )
        assert money(code, minimum(100, 100, rule)) == []
        (wanting,) = money(code, minimum(None, 100, rule))
        assert wanting.severity is NOT_CHECKED
        assert "what the plan spends is not entered" in wanting.sentence


def _label(rule: Choice) -> str:
    return definition("2017-19").requirement_rule(rule.key).label


def test_what_is_stated_against_what_the_lines_come_to() -> None:
    counts = LinesCounted(sources=("nhs-minimum",))
    row = minimum(100, 50, counts=counts)
    (finding,) = money("spend.out-of-hospital-below-minimum", row, spend_line(80, source=NHS))
    assert finding.severity is WARNING
    assert "the plan states £100, but the spend lines that count come to £80" in finding.sentence
    short = minimum(None, 90, counts=counts)
    (below,) = money("spend.out-of-hospital-below-minimum", short, spend_line(80, source=NHS))
    assert (below.severity, below.found) == (ERROR, "£80")


# the lines


def test_lines_without_a_source() -> None:
    lines = [spend_line(5, ref="one"), spend_line(7, ref="two"), spend_line(1, source=NHS)]
    (finding,) = money("spend.source-not-stated", *lines)
    assert finding.severity is WARNING
    assert finding.sentence == (
        "2 spend lines name no funding source, £12 together. Choose the source of each."
    )
    assert [row.ref for row in finding.rows] == ["one", "two"]
    assert money("spend.source-not-stated", spend_line(1, source=NHS)) == []
    assert money("spend.source-not-stated") == []


def test_other_without_saying_what() -> None:
    other = Choice("other", "Other")
    (finding,) = money("spend.other-unspecified", spend_line(1, area=other))
    assert finding.severity is WARNING
    assert finding.sentence == (
        "“Reablement”, 2015–16: the area of spend is “other” and it is not said what. Fill in the "
        "area in words."
    )
    assert finding.mend is not None
    assert finding.mend.field == "area_specified"
    said = spend_line(1, area=other, area_specified="Telecare")
    assert money("spend.other-unspecified", said) == []
    assert money("spend.other-unspecified", spend_line(1, area=NOT_STATED)) == []


def test_an_output_in_another_unit_than_its_type() -> None:
    types = definition("2017-19").scheme_types
    hours = type(types[0])("home-care", "Home care", True, "made up", unit="Hours of care")
    line = spend_line(
        1, scheme_type=Choice("home-care", "Home care"), planned_output="9", output_unit="Beds"
    )
    plan = record(figures(line), cycle=cycle(scheme_types=(hours,)))
    (finding,) = found(plan, "spend.type-mismatch")
    assert finding.severity is WARNING
    assert finding.sentence == (
        "“Reablement”, 2015–16: its output is in Beds, but what “Home care” delivers is counted in "
        "Hours of care. Change one of the two."
    )
    right = spend_line(1, scheme_type=Choice("home-care", "Home care"), output_unit="hours of care")
    unsaid = spend_line(1, scheme_type=Choice("home-care", "Home care"))
    for each in (right, unsaid):
        of_it = record(figures(each), cycle=cycle(scheme_types=(hours,)))
        assert found(of_it, "spend.type-mismatch") == []


def test_years_are_checked_one_by_one() -> None:
    rows = [contribution(5), spend_line(5, source=NHS), contribution(7, year=Y2)]
    findings = money("funding.spend-differs", *rows, later=True, tolerance_pounds=D(0))
    assert [each.severity for each in findings] == [NOT_CHECKED]
    assert Y2.label in findings[0].sentence
    assert Y1.label not in findings[0].sentence
