"""Checks of figures of one metric against each other."""

from dataclasses import replace

import pytest

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import MetricOptionRow
from metrics.choices import Better, Measure, ValueKind
from tests.unit.assurance.checks.records_schemes import ABOUT, found, measured, record, told, value
from tests.unit.assurance.values import figures

WORSE, RATES, SUMS = "metric.plan-worse", "metric.rate-differs", "metric.periods-differ"


class TestYearBefore:
    def test_a_plan_worse_than_what_happened(self) -> None:
        rows = measured(value("300"), value("280", "2014-15", kind=ValueKind.ACTUAL))
        assert told(found(record(measured=rows), WORSE)) == [
            (
                Severity.NOTE,
                "What is planned for 2015–16 is worse than the year before in one metric: “Delayed "
                "days”, 300 days, after 280 in 2014–15. Check it, and say in the plan why.",
            )
        ]

    def test_a_plan_worse_than_the_plan_before(self) -> None:
        rows = measured(value("300", "2016-17"), value("280", kind=ValueKind.TARGET))
        (only,) = found(record(measured=rows), WORSE)
        assert "300 days, after 280 planned for 2015–16" in only.sentence

    def test_what_happened_goes_before_what_was_planned(self) -> None:
        rows = measured(value("300", "2016-17"), value("280"), value("310", kind=ValueKind.ACTUAL))
        assert not found(record(measured=rows), WORSE)

    @pytest.mark.parametrize(("better", "is_found"), [("higher", False), ("neither", False)])
    def test_more_may_be_better(self, better: str, is_found: bool) -> None:
        about = replace(ABOUT, better=Better(better))
        rows = measured(
            value("300", about=about), value("280", "2014-15", about=about, kind=ValueKind.ACTUAL)
        )
        assert bool(found(record(measured=rows), WORSE)) is is_found

    def test_a_fall_where_more_is_better(self) -> None:
        given = {"about": replace(ABOUT, better=Better.HIGHER), "measure": Measure.PERCENT}
        rows = measured(
            value("80", unit="%", **given),
            value("90", "2014-15", unit="%", kind=ValueKind.ACTUAL, **given),
        )
        (only,) = found(record(measured=rows), WORSE)
        assert "80%, after 90% in 2014–15" in only.sentence

    def test_without_the_year_before_nothing_is_held(self) -> None:
        assert not found(record(measured=measured(value("300"))), WORSE)

    def test_a_year_that_is_not_the_plans_is_left(self) -> None:
        rows = measured(value("300", "2013-14"), value("280", "2012-13", kind=ValueKind.ACTUAL))
        assert not found(record(measured=rows), WORSE)

    def test_a_providers_plan_is_told_beside_that_of_all(self) -> None:
        rows = measured(
            value("300", provider="royal-free"),
            value("280", "2014-15", provider="royal-free", kind=ValueKind.ACTUAL),
            value("500"),
        )
        (only,) = found(record(measured=rows), WORSE)
        assert "“Delayed days” at Royal Free, 300 days" in only.sentence
        assert "(the plan for all providers together: 500 days)" in only.sentence


class TestSeries:
    def test_a_plan_is_one_of_its_series(self) -> None:
        rows = measured(value("300"), value("300", series="flat"), value("310", series="seasonal"))
        assert not found(record(measured=rows), RATES)
        assert not found(record(measured=measured(value("300"))), RATES)

    def test_a_plan_that_is_none_of_them(self) -> None:
        rows = measured(value("305"), value("300", series="flat"), value("310", series="seasonal"))
        assert told(found(record(measured=rows), RATES)) == [
            (
                Severity.WARNING,
                "Delayed days, plan, 2015–16: 305 days is stated, but the plan month by month "
                "comes to 300 (flat) and 310 (seasonal). Correct the one that is wrong.",
            )
        ]


class TestUnits:
    def test_a_figure_without_a_unit(self) -> None:
        rows = measured(value("495", measure="", unit=""), value("1669", measure=Measure.AVERAGE))
        assert told(found(record(measured=rows), RATES)) == [
            (
                Severity.NOT_CHECKED,
                "1 figure was not worked out again, because its unit is not entered: “Delayed "
                "days”, 2015–16, 495 (beside 1,669 days for the same time). Choose its measure and "
                "unit.",
            )
        ]

    def test_a_figure_of_others_needs_none(self) -> None:
        rows = measured(value("495", measure="", unit="", kind=ValueKind.BENCHMARK))
        assert not found(record(measured=rows), RATES)

    def test_what_is_known_of_the_board_is_told_apart(self) -> None:
        rows = measured(value("86", plan="", unit="", kind=ValueKind.ACTUAL))
        (only,) = found(record(measured=rows), RATES)
        assert only.sentence.startswith("Beside the plan, 1 figure was not worked out again")


class TestAreas:
    JOINT = figures(parts=(figures(slug="north"), figures(slug="south")))

    def test_areas_in_one_measure(self) -> None:
        rows = measured(value("3", plan="north"), value("4", plan="south"))
        assert not found(record(self.JOINT, measured=rows), SUMS)

    def test_areas_in_several(self) -> None:
        rate = {"measure": Measure.RATE, "unit": "per 100,000 people", "per": 100_000}
        rows = measured(value("3", plan="north"), value("4", plan="south", **rate))
        assert told(found(record(self.JOINT, measured=rows), SUMS)) == [
            (
                Severity.NOT_CHECKED,
                "“Delayed days”: the plans of the areas for 2015–16 were not added or compared, "
                "because they are not all in one measure. For 2015–16 they are North 3 days and "
                "South 4 per 100,000 people. Enter the same measure for each.",
            )
        ]


def test_of_the_measures_considered_one_is_chosen() -> None:
    options = (MetricOptionRow("a", "1", "Long stays"), MetricOptionRow("a", "2", "Falls"))
    (only,) = [
        each
        for each in found(record(metric_options=options), "metric.plan-missing")
        if "local metric" in each.sentence
    ]
    assert told([only]) == [
        (
            Severity.WARNING,
            "2 measures are considered for the local metric, and none is chosen: “Long stays”; "
            "“Falls”. Choose one, and enter its plan.",
        )
    ]
    rows = measured(value("3", metric="falls"))
    assert not [
        each
        for each in found(record(metric_options=options, measured=rows), "metric.plan-missing")
        if "local metric" in each.sentence
    ]
