"""Figures of a metric as series: what stands together, and which actuals are read for control."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bcf.assurance.measured import About, MetricFigure, every_period, pictured
from bcf.assurance.measured.control import actuals_of, chosen, controlled
from bcf.assurance.measured.series import Cut, Frequency, Together, newest_actuals
from bcf.base.worked import RowRef, stated
from bcf.periods import FinancialYear, parse_period
from metrics.rules import Assurance, Break, Variation

ROW = RowRef("metrics.metricvalue", "a", "1")


def figure(period: str, amount: int | str = 1, **given: Any) -> MetricFigure:
    defaults: dict[str, Any] = {
        "kind": "actual",
        "measure": "count",
        "unit": "days",
        "value": stated(Decimal(amount)),
    }
    about = About("Delays", "lower")
    return MetricFigure(ROW, "delays", about, parse_period(period), **{**defaults, **given})


def names(figures: Sequence[MetricFigure]) -> list[tuple[Cut, list[str]]]:
    bodies = {"royal": "Royal Free", "ccg": "Barnet CCG", "other": "Enfield CCG"}
    return [(key.cut, [each.name for each in lines]) for key, lines in pictured(figures, bodies)]


def test_kinds_of_the_whole_stand_together_actuals_first() -> None:
    found = names(
        [
            figure("2016-17", kind="benchmark", breakdown="England"),
            figure("2016-17", kind="target"),
            figure("2016-17", kind="plan", series="flat"),
            figure("2016-17"),
        ]
    )
    assert found == [(Cut.WHOLE, ["Actual", "Plan, flat", "Target", "Benchmark: England"])]


def test_a_total_stands_beside_its_attributions_and_with_the_whole() -> None:
    found = names([figure("2016-17", attribution=each) for each in ("total", "nhs")])
    assert found == [(Cut.WHOLE, ["Actual"]), (Cut.ATTRIBUTION, ["Total", "NHS"])]
    assert names([figure("2016-17", attribution="total")]) == [(Cut.WHOLE, ["Actual"])]


def test_parts_are_named_by_what_tells_them_apart() -> None:
    one = figure("2016-17", provider="royal", commissioner="ccg")
    assert names([one]) == [(Cut.PROVIDER, ["Royal Free"])]
    other = figure("2016-17", provider="royal", commissioner="other")
    assert names([one, other]) == [
        (Cut.PROVIDER, ["Royal Free, Barnet CCG", "Royal Free, Enfield CCG"])
    ]
    part = figure("2016-17", breakdown="older adults", attribution="nhs")
    assert names([part]) == [(Cut.PART, ["Older adults, NHS"])]


def test_units_and_lengths_of_time_stand_apart() -> None:
    made = [figure(each) for each in ("2016-17", "2016-17Q1", "2016-04", "2016", "not-stated")]
    keys = [key for key, _ in pictured([*made, figure("2016-17", unit="beds")], {})]
    assert [key.frequency for key in keys] == [
        Frequency.CALENDAR_YEAR,
        Frequency.YEAR,
        Frequency.YEAR,
        Frequency.QUARTER,
        Frequency.MONTH,
        Frequency.NOT_STATED,
    ]
    assert keys[1] == Together(Frequency.YEAR, Cut.WHOLE, "count", "beds")


def test_ranges_changes_and_texts_are_not_drawn() -> None:
    made = [
        figure("2016-04/2016-07"),
        figure("2016-17", measure="change"),
        figure("2016-17", value=None),
    ]
    assert pictured(made, {}) == []


def test_two_figures_that_differ_are_none_and_alike_are_one() -> None:
    [(_, [line])] = pictured([figure("2016-17", 1), figure("2016-17", 2)], {})
    assert list(line.figures.values()) == [None]
    assert line.stated == []
    [(_, [line])] = pictured([figure("2016-17", 2), figure("2016-17", 2)], {})
    assert len(line.stated) == 1


@pytest.mark.parametrize(
    ("ends", "codes"),
    [
        (["2014-15", "2016-17"], ["2014-15", "2015-16", "2016-17"]),
        (["2015-16Q4", "2016-17Q2"], ["2015-16Q4", "2016-17Q1", "2016-17Q2"]),
        (["2016-11", "2017-02"], ["2016-11", "2016-12", "2017-01", "2017-02"]),
        (["2013", "2014"], ["2013", "2014"]),
        (["not-stated"], ["not-stated"]),
        ([], []),
    ],
)
def test_every_period_from_first_to_last(ends: list[str], codes: list[str]) -> None:
    assert [each.code for each in every_period(map(parse_period, ends))] == codes


def test_the_newest_actual_is_of_each_unit_and_of_parts_only_without_a_whole() -> None:
    whole = [figure("2015-16"), figure("2016-17"), figure("2017-04", unit="beds")]
    part = figure("2018-19", breakdown="adults")
    plan = figure("2018-19", kind="plan")
    assert newest_actuals([*whole, part, plan]) == [whole[2], whole[1]]
    older = figure("2017-18", breakdown="adults")
    others = figure("2017-18", breakdown="older adults")
    assert newest_actuals([part, older, others]) == [part, others]


def months(count: int, **given: Any) -> list[MetricFigure]:
    return [figure(f"{2016 + n // 12}-{n % 12 + 1:02d}", 10 + n % 2, **given) for n in range(count)]


def quarters(count: int) -> list[MetricFigure]:
    return [figure(f"{2010 + n // 4}-{11 + n // 4}Q{n % 4 + 1}", 10 + n % 2) for n in range(count)]


@pytest.mark.parametrize(
    ("figures", "frequency", "count"),
    [
        (months(12) + quarters(20), Frequency.MONTH, 12),
        (months(11) + quarters(12), Frequency.QUARTER, 12),
        (months(5) + quarters(11), Frequency.MONTH, 5),
        (months(4) + quarters(3), Frequency.MONTH, 4),
    ],
)
def test_the_shortest_periods_with_enough_points_are_read(
    figures: list[MetricFigure], frequency: Frequency, count: int
) -> None:
    found = chosen(actuals_of(figures))
    assert found is not None
    assert (found.frequency, len(found.figures)) == (frequency, count)


def test_below_five_points_there_is_no_control() -> None:
    assert controlled(months(4)) is None
    assert controlled([]) is None
    trial = controlled(months(5))
    assert trial is not None
    assert trial.limits.are_trial
    stands = controlled(months(12))
    assert stands is not None
    assert not stands.limits.are_trial


def test_a_target_of_the_same_time_is_held_against_the_limits() -> None:
    target = figure("2016-12", 100, kind="target")
    found = controlled([*months(12), target])
    assert found is not None
    assert (found.variation, found.assurance) == (Variation.COMMON_CAUSE, Assurance.MET)
    elsewhere = controlled([*months(12), figure("2016-11", 100, kind="target")])
    assert elsewhere is not None
    assert (elsewhere.target, elsewhere.assurance) == (None, None)


def test_a_years_target_holds_for_its_months_in_per_cent_and_not_in_counts() -> None:
    percent = {"measure": "percent", "unit": "%"}
    found = controlled([*months(12, **percent), figure("2016-17", 5, kind="target", **percent)])
    assert found is not None
    assert found.assurance is Assurance.MISSED
    count = controlled([*months(12), figure("2016-17", 5, kind="target")])
    assert count is not None
    assert count.target is None


def test_figures_without_a_unit_of_two_documents_make_no_series() -> None:
    made = months(6, unit="", document="one") + months(6, unit="", document="two")
    assert {len(each.figures) for each in actuals_of(made)} == {6}


def test_only_figures_since_the_last_new_definition_are_read_for_control() -> None:
    anew = Break(FinancialYear.parse("2016-17"), "Counted by another rule.", False)
    about = About("Delays", "lower", breaks=(anew,))
    rows = [replace(each, about=about) for each in months(12)]
    [since] = actuals_of(rows)
    assert [str(each.period) for each in since.figures] == [
        str(each.period) for each in rows if anew.is_before(each.period)
    ]
    assert 0 < len(since.figures) < 12


def test_what_is_suppressed_is_a_gap_of_its_line_and_no_point_of_control() -> None:
    months = [figure(f"2016-{month:02}", month) for month in range(1, 13)]
    hidden = replace(months[5], value=None, is_suppressed=True)
    rows = [*months[:5], hidden, *months[6:]]
    ((_, (line,)),) = pictured(rows, {})
    assert line.figures[hidden.period] is None
    assert line.suppressed == {hidden.period}
    (actuals,) = actuals_of(rows)
    assert (len(actuals.figures), actuals.suppressed) == (11, {hidden.period})
    held = controlled(rows)
    assert held
    assert hidden.period not in {each.period for each in held.actuals.figures}
    assert newest_actuals(rows) == [months[-1]]
    assert actuals_of([hidden]) == []
