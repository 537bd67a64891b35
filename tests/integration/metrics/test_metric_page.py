"""A metric of a board: sentences, pictures, tables, files, and whose figures are in them."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.periods import Month
from metrics.models import Metric
from plans.cycle_definitions import CycleMetric, definition, definitions
from plans.models import Board
from tests.factories import (
    BoardFactory,
    MetricFactory,
    MetricValueFactory,
    OrganisationFactory,
    PlanFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/boards/havering/metrics/delays/"


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="havering", name="Havering Health and Wellbeing Board")


@pytest.fixture
def metric() -> Metric:
    return MetricFactory(key="delays", name="Delayed transfers", unit="delayed days")


@pytest.fixture
def reader(member: Callable[..., User], sign_in: Callable[[User], Client], board: Board) -> Client:
    return sign_in(member("viewer", board))


def words(response: Any) -> str:
    """The words of the page outside its pictures, in one line."""
    page = re.sub(r"<svg.*?</svg>", " ", response.content.decode(), flags=re.DOTALL)
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def pictures(response: Any) -> list[str]:
    return re.findall(r'<figure class="doc-figure" id="([^"]+)"', response.content.decode())


def value(board: Board, metric: Metric, amount: str | None, period: Any, **more: Any) -> Any:
    made = {"unit": "delayed days", "value": None if amount is None else Decimal(amount)}
    return MetricValueFactory(board=board, metric=metric, period=period, **(made | more))


def months(board: Board, metric: Metric, amounts: list[int], **more: Any) -> None:
    for number, amount in enumerate(amounts):
        period = Month(2016 + number // 12, number % 12 + 1)
        value(board, metric, str(amount), period, **more)


def test_the_newest_actual_is_said_against_its_plan_and_the_year_before(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "100", "2015-16")
    value(board, metric, "90", "2016-17")
    value(board, metric, "80", "2016-17", kind="plan")
    value(board, metric, "70", "2017-18", kind="plan")
    response = reader.get(PAGE)
    assert (
        "2016–17: 90 delayed days. Against the plan of 80 delayed days for the same time: "
        "up 10 (12.5%), worse. Against the year before, 100 delayed days in 2015–16: "
        "down 10 (10%), better."
    ) in words(response)
    assert "Lower is better. Usual unit: delayed days." in words(response)
    assert pictures(response) == ["year-whole-delayed-days"]
    svg = response.content.decode()
    assert "Actual: 2015–16 100, 2016–17 90, 2017–18 not stated." in svg


def test_each_length_of_time_and_unit_has_a_picture_of_its_own(
    reader: Client, board: Board, metric: Metric
) -> None:
    for period in ("2015-16", "2016-17", "2016-17Q1", "2016-17Q2", "2016-04", "2016-05"):
        value(board, metric, "5", period)
        value(board, metric, "50", period, measure="percent", unit="%")
    assert sorted(pictures(reader.get(PAGE))) == sorted(
        f"{often}-whole-{unit}"
        for often in ("year", "quarter", "month")
        for unit in ("delayed-days", "percent")
    )


def test_attributions_and_providers_have_pictures(
    reader: Client, board: Board, metric: Metric
) -> None:
    for number in range(7):
        provider = OrganisationFactory(name=f"Trust {number}")
        for period in ("2015-16", "2016-17"):
            value(board, metric, str(number), period, provider=provider)
    for attribution in ("nhs", "social-care", "both", "total"):
        for period in ("2015-16", "2016-17"):
            value(board, metric, "7", period, attribution=attribution)
    assert pictures(reader.get(PAGE)) == [
        "year-whole-delayed-days",
        "year-attribution-actual-delayed-days",
        "year-provider-actual-delayed-days-1-of-2",
        "year-provider-actual-delayed-days-2-of-2",
    ]


def test_one_figure_alone_is_no_picture_and_several_at_one_time_are_bars(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "90", "2016-17")
    assert pictures(reader.get(PAGE)) == []
    value(board, metric, "80", "2016-17", kind="target")
    response = reader.get(PAGE)
    assert pictures(response) == ["year-whole-delayed-days"]
    # Two bars, drawn for a wide window and for a narrow one.
    assert response.content.decode().count("<rect") == 4


def test_two_figures_that_differ_are_left_out_and_said(
    reader: Client, board: Board, metric: Metric
) -> None:
    for period, amount in (("2014-15", "1"), ("2015-16", "2"), ("2016-17", "3")):
        value(board, metric, amount, period)
    plan = PlanFactory(boards=[board], status="submitted")
    value(board, metric, "9", "2016-17", plan=plan)
    found = words(reader.get(PAGE))
    assert "two figures that differ are stated: actual for 2016–17." in found


def test_figures_without_a_unit_stand_together_by_document(
    reader: Client, board: Board, metric: Metric
) -> None:
    for document, amount in (("Minutes 2012", "3"), ("Minutes 2016", "3000")):
        for period in ("2015-16", "2016-17"):
            value(
                board,
                metric,
                amount,
                period,
                unit="",
                citation_title=document,
                breakdown="",
                period_in_words=document,
            )
    found = pictures(reader.get(PAGE))
    assert found == ["year-whole-count-minutes-2012", "year-whole-count-minutes-2016"]


def test_without_a_unit_nothing_is_compared_across_documents(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "3", "2015-16", unit="", citation_title="Minutes 2012")
    value(board, metric, "3000", "2016-17", unit="", citation_title="Minutes 2016")
    found = words(reader.get(PAGE))
    assert "2016–17: 3,000 (unit not stated)." in found
    assert "No figure of 2015–16 is stated in this unit." in found


def test_parts_are_said_where_there_is_no_whole(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "3", "2016-17", breakdown="older adults")
    assert "Older adults, 2016–17: 3 delayed days." in words(reader.get(PAGE))


def test_two_measures_in_one_unit_have_pictures_of_their_own(
    reader: Client, board: Board, metric: Metric
) -> None:
    for measure in ("average", "count"):
        for period in ("2015-16", "2016-17"):
            value(board, metric, "3", period, measure=measure)
    name = "year-whole-delayed-days"
    assert pictures(reader.get(PAGE)) == [name, f"{name}-2"]
    assert reader.get(f"{PAGE}{name}-2.svg").status_code == 200


def test_too_few_actuals_have_no_limits_and_are_counted(
    reader: Client, board: Board, metric: Metric
) -> None:
    months(board, metric, [5, 6, 7, 8])
    response = reader.get(PAGE)
    assert "The longest series so far has 4 months." in words(response)
    assert "process-control" not in pictures(response)


def test_five_actuals_have_trial_limits(reader: Client, board: Board, metric: Metric) -> None:
    months(board, metric, [5, 6, 7, 8, 6])
    response = reader.get(PAGE)
    assert "these are trial limits" in words(response)
    assert "process-control" in pictures(response)


def test_twelve_actuals_have_limits_with_variation_and_assurance_in_words(
    reader: Client, board: Board, metric: Metric
) -> None:
    months(board, metric, [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 40])
    value(board, metric, "4", "2016-12", kind="target")
    response = reader.get(PAGE)
    found = words(response)
    assert "stands out for the worse" in found
    assert "it lies outside the limits" in found
    assert "trial" not in found
    assert "The target of 4 delayed days cannot be expected to be met in any month" in found
    assert "Mean: 12.9" in response.content.decode()


def test_months_are_read_where_there_are_enough_of_them_else_longer_times(
    reader: Client, board: Board, metric: Metric
) -> None:
    months(board, metric, [10, 11, 10, 11, 10, 11])
    for year in range(12):
        value(board, metric, str(100 + year % 2), f"20{10 + year}-{11 + year}")
    assert "How the actuals vary by financial year" in words(reader.get(PAGE))


def test_what_a_draft_states_is_not_there_for_others(
    sign_in: Callable[[User], Client],
    member: Callable[..., User],
    reader: Client,
    board: Board,
    metric: Metric,
) -> None:
    stranger = sign_in(member("editor", BoardFactory()))
    draft = PlanFactory(boards=[board])
    for period in ("2015-16", "2016-17"):
        value(board, metric, "6151", period, plan=draft, kind="plan")
    picture = f"{PAGE}year-whole-delayed-days.svg"
    assert "6,151" in words(reader.get(PAGE))
    assert reader.get(picture).status_code == 200
    response = stranger.get(PAGE)
    assert "6,151" not in response.content.decode()
    assert "No figure of this metric is stated for this board" in words(response)
    assert stranger.get(picture).status_code == 404
    assert b"6151" not in b"".join(stranger.get(f"{PAGE}figures.csv"))


def test_figures_of_a_joint_area_are_apart_and_in_no_picture(
    reader: Client, board: Board, metric: Metric
) -> None:
    joint = PlanFactory(boards=[board, BoardFactory()], status="submitted")
    for period in ("2015-16", "2016-17"):
        value(None, metric, "44", period, plan=joint)  # type: ignore[arg-type]
    response = reader.get(PAGE)
    assert "The whole area of a joint plan" in words(response)
    assert pictures(response) == []


def test_a_text_is_shown_and_never_drawn_as_nought(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "5", "2015-16")
    value(board, metric, None, "2016-17", words="top tenth of boroughs")
    value(board, metric, "7", "2017-18")
    response = reader.get(PAGE)
    assert "top tenth of boroughs" in words(response)
    assert "2016–17 not stated" in response.content.decode()


def test_the_file_holds_every_figure_as_it_is_stated(
    reader: Client, board: Board, metric: Metric
) -> None:
    value(board, metric, "1234.50", "2015-16", comment="=1+1")
    value(board, metric, None, "2016-17", words="about the same")
    response = reader.get(f"{PAGE}figures.csv")
    assert response["Content-Disposition"] == 'attachment; filename="havering-delays.csv"'
    text = b"".join(response).decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["period"], Decimal(first["value"])) == ("2015-16", Decimal("1234.5"))
    assert first["remark"] == "'=1+1"
    assert (second["value"], second["value in words"]) == ("", "about the same")


def test_a_picture_has_an_address_of_its_own(reader: Client, board: Board, metric: Metric) -> None:
    value(board, metric, "5", "2015-16")
    value(board, metric, "6", "2016-17")
    response = reader.get(f"{PAGE}year-whole-delayed-days.svg")
    assert response["Content-Type"].startswith("image/svg+xml")
    assert response.content.startswith(b"<svg ")
    assert response.content.decode() in reader.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/boards/havering/metrics/unknown/",
        "/boards/unknown/metrics/delays/",
        "/boards/havering/metrics/unknown/figures.csv",
        "/boards/havering/metrics/delays/unknown.svg",
    ],
)
def test_what_is_unknown_is_not_found(
    reader: Client, board: Board, metric: Metric, address: str
) -> None:
    assert reader.get(address).status_code == 404


def test_lists_lead_to_the_metric(reader: Client, board: Board, metric: Metric) -> None:
    plan = PlanFactory(slug="own", boards=[board])
    value(board, metric, "5", "2015-16")
    value(board, metric, "6", "2016-17", plan=plan)
    for address in ("/boards/havering/metric-values/", "/plans/own/metric-values/"):
        assert f'href="{PAGE}"' in reader.get(address).content.decode()


@pytest.fixture
def defined_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cycle from 2017-18 on that defines the metric anew, after one that asks for it too."""
    words = {"verified": False, "source": "a test"}
    for key, change in (("2016-17", ""), ("2017-19", "Joint delays count twice.")):
        entry = CycleMetric(
            "delays", "Delays", frequency="yearly", ascof_code="2C", change=change, **words
        )
        monkeypatch.setitem(definitions(), key, replace(definition(key), metrics=(entry,)))


@pytest.mark.usefixtures("defined_anew")
def test_a_series_breaks_where_the_metric_is_defined_anew(
    reader: Client, board: Board, metric: Metric
) -> None:
    for year, amount in (("2015-16", "100"), ("2016-17", "90"), ("2017-18", "190")):
        value(board, metric, amount, year)
    value(board, metric, "200", "2018-19")
    response = reader.get(PAGE)
    said = words(response)
    assert (
        "From 2017–18 on this metric is defined anew: Joint delays count twice. Figures from "
        "before are shown, and not compared with those since."
    ) in said
    assert "The upright dashed line: counted anew from 2017–18 on." in said
    assert "Against the year before, 190 delayed days in 2017–18" in said
    assert "2017–19 Delays ASCOF 2C" in said
    assert "Defined anew: Joint delays count twice." in said


@pytest.mark.usefixtures("defined_anew")
def test_the_first_figure_after_a_break_is_not_compared_with_the_year_before(
    reader: Client, board: Board, metric: Metric
) -> None:
    for year, amount in (("2016-17", "90"), ("2017-18", "190")):
        value(board, metric, amount, year)
    said = words(reader.get(PAGE))
    assert "It is not compared with 2016–17, for it is defined anew since." in said
    assert "Against the year before" not in said


def test_an_actual_that_is_only_worked_out_is_the_newest_figure(
    reader: Client, board: Board, metric: Metric
) -> None:
    of_a_hundred = {"measure": "percent", "unit": "%", "per": 100}
    value(board, metric, None, "2016-17", numerator=90, denominator=120, **of_a_hundred)
    value(board, metric, "80", "2016-17", kind="plan", **of_a_hundred)
    said = words(reader.get(PAGE))
    assert "2016–17: 75%." in said
    assert "down 5 percentage points" in said
