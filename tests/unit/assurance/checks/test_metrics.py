"""Checks of what is planned for the national metrics."""

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.checks.record import BoardRow, Record
from metrics.choices import Measure, ValueKind
from tests.unit.assurance.checks.records_schemes import (
    cycle,
    found,
    measured,
    metric,
    record,
    told,
    value,
)
from tests.unit.assurance.values import figures

MISSING, AMBITION = "metric.plan-missing", "metric.reduction-below-ambition"
YEARS = ("2015-16", "2016-17")
QUARTERS = ("2015-16Q4", "2016-17Q1", "2016-17Q2", "2016-17Q3")
TWO_BOARDS = tuple(
    BoardRow(slug, f"{slug.upper()} Health and Wellbeing Board", ("a",)) for slug in ("a", "b")
)


def planned(*values: Any, asked: tuple[str, ...] = YEARS, **given: Any) -> Record:
    return record(
        cycle=cycle(metrics=(metric("dtoc", *asked),)), measured=measured(*values), **given
    )


class TestPlanMissing:
    def test_a_plan_for_every_year_is_enough(self) -> None:
        assert found(planned(*(value("5", year) for year in YEARS)), MISSING) == []

    def test_a_target_serves_as_well_as_a_plan(self) -> None:
        rows = [value("5", year, kind=ValueKind.TARGET) for year in YEARS]
        assert found(planned(*rows), MISSING) == []

    def test_a_year_without_plan_is_an_error(self) -> None:
        (only,) = found(planned(value("5")), MISSING)
        assert told([only]) == [
            (
                Severity.ERROR,
                "“Delayed days”: no plan or target is entered for 2016–17. Enter one.",
            )
        ]
        assert only.mend
        assert (only.mend.kind, only.mend.owner) == ("metrics.metricvalue", "a")

    def test_a_metric_without_any_plan_is_an_error(self) -> None:
        sentence = "“Delayed days”: no plan or target is entered. Enter one."
        assert told(found(planned(), MISSING)) == [(Severity.ERROR, sentence)]
        assert told(found(planned(asked=()), MISSING)) == [(Severity.ERROR, sentence)]

    def test_a_supporting_metric_need_not_be_planned(self) -> None:
        supporting = replace(metric("falls"), is_supporting=True)
        asked = record(cycle=cycle(metrics=(metric("dtoc", *YEARS), supporting)))
        assert [each.sentence for each in found(asked, MISSING)] == [
            "“Delayed days”: no plan or target is entered. Enter one."
        ]

    def test_quarters_and_calendar_years_are_of_the_years_that_they_meet(self) -> None:
        assert found(planned(value("5", "2016"), asked=QUARTERS), MISSING) == []
        (only,) = found(planned(value("5", "2016-17"), asked=QUARTERS), MISSING)
        assert told([only]) == [
            (
                Severity.WARNING,
                "“Delayed days”: no plan or target is entered for quarter 4 of 2015–16. Enter one.",
            )
        ]

    def test_an_actual_or_one_provider_s_plan_is_no_plan(self) -> None:
        rows = [
            value("5", year, **given)
            for year in YEARS
            for given in ({"kind": ValueKind.ACTUAL}, {"provider": "trust"}, {"plan": ""})
        ]
        assert len(found(planned(*rows), MISSING)) == 1

    def test_a_plan_without_period_may_be_for_any_year(self) -> None:
        assert told(found(planned(value("5", "not-stated")), MISSING)) == [
            (
                Severity.NOT_CHECKED,
                "It was not checked that every year has a plan or target of “Delayed days”, "
                "because no period is entered with its target. Enter the period.",
            )
        ]

    def test_every_board_is_asked_unless_the_area_has_one_plan(self) -> None:
        rows = [value("5", year, board="a") for year in YEARS]
        (only,) = found(planned(*rows, boards=TWO_BOARDS), MISSING)
        assert only.sentence == "“Delayed days” in B: no plan or target is entered. Enter one."
        (both,) = found(planned(boards=TWO_BOARDS), MISSING)
        assert both.sentence == (
            "“Delayed days” in A; B: no plan or target is entered. Enter one for each area."
        )
        joint = [value("5", year, board="") for year in YEARS]
        assert found(planned(*joint, boards=TWO_BOARDS), MISSING) == []

    def test_every_part_of_a_joint_plan_is_asked(self) -> None:
        money = figures(parts=(figures(slug="p"), figures(slug="q")))
        boards = tuple(BoardRow(slug, slug, ("a", slug)) for slug in ("p", "q"))
        rows = [value("5", year, plan="p", board="p") for year in YEARS]
        made = record(
            money,
            cycle=cycle(metrics=(metric("dtoc", *YEARS),)),
            measured=measured(*rows, value("5", "2015-16", board="q")),
            boards=boards,
        )
        (only,) = found(made, MISSING)
        assert only.sentence == (
            "“Delayed days” in Q: no plan or target is entered for 2016–17. Enter one."
        )
        assert only.area == "Q"
        assert only.mend
        assert only.mend.owner == "q"


def held(*values: Any, **given: Any) -> list[Finding]:
    made = record(
        cycle=cycle(metrics=(metric("dtoc"),), payments=()), measured=measured(*values), **given
    )
    return found(made, AMBITION, "dtoc", ambition_percent=D("3.5"))


class TestAmbition:
    def test_a_reduction_as_large_as_the_ambition_is_enough(self) -> None:
        before = value("1000", "not-stated", kind=ValueKind.BASELINE)
        assert held(before, value("965")) == []

    def test_a_smaller_one_is_questioned(self) -> None:
        before = value("1000", "not-stated", kind=ValueKind.BASELINE)
        (only,) = held(before, value("980"))
        assert told([only]) == [
            (
                Severity.WARNING,
                "“Delayed days”: a reduction of 2% is planned, below the ambition of 3.5%. Plan a "
                "larger reduction, or say in the plan why it is smaller.",
            )
        ]
        assert (only.found, only.required) == ("2%", "a reduction of at least 3.5%")

    def test_a_rise_is_called_one(self) -> None:
        before = value("1000", "not-stated", kind=ValueKind.BASELINE)
        (only,) = held(before, value("1100"))
        assert only.sentence.startswith(
            "“Delayed days”: a rise of 10% is planned, where the ambition is a reduction of 3.5%."
        )

    def test_what_rounding_explains_is_a_note(self) -> None:
        before = value("1000", "not-stated", kind=ValueKind.BASELINE, step=D(10))
        (only,) = held(before, value("970", step=D(10)))
        assert only.severity is Severity.NOTE
        assert only.sentence.endswith("below the ambition of 3.5%; rounding explains it.")

    def test_a_change_as_the_plan_states_it_serves(self) -> None:
        percent = value("-2", measure=Measure.CHANGE, unit="%")
        assert "a reduction of 2% is planned" in held(percent)[0].sentence
        cases = value("-20", measure=Measure.CHANGE)
        before = value("1000", "not-stated", kind=ValueKind.BASELINE)
        assert "a reduction of 2% is planned" in held(before, cases)[0].sentence

    def test_payment_is_by_its_quarters(self) -> None:
        payments = cycle().payments
        quarters = [each for payment in payments for each in payment.quarters]
        rows = [
            one
            for each in quarters
            for one in (
                value("100", each.baseline.code, kind=ValueKind.BASELINE, metric="nea"),
                value("99", each.performance.code, metric="nea"),
            )
        ]
        made = record(
            cycle=cycle(metrics=(metric("nea", label="Admissions"),)), measured=measured(*rows)
        )
        (only,) = found(made, AMBITION, "nea", ambition_percent=D("3.5"))
        assert only.sentence.startswith("“Admissions”: a reduction of 1% is planned")
        assert len(only.rows) == 8

    def test_without_baseline_nothing_is_held(self) -> None:
        assert told(held(value("965"))) == [
            (
                Severity.NOT_CHECKED,
                "“Delayed days”: the planned reduction was not held against the ambition of 3.5%, "
                "because the baseline or the plan is not entered. Enter both as numbers of cases.",
            )
        ]

    def test_a_metric_that_the_form_does_not_ask_for_is_left(self) -> None:
        made = record(cycle=cycle(metrics=()))
        assert found(made, AMBITION, "dtoc", ambition_percent=D("3.5")) == []
