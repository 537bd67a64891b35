"""The metrics, populations and context figures of the real documents."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from bcf.loading.metrics import load_metric_board_rows, load_metric_rows, load_metrics
from bcf.loading.reference import FIXTURES
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from plans.models import Board, Plan
from tests.conftest import Rows

MODELS = (Metric, MetricValue, Population, ContextFigure, MetricOption)
FILES = {
    "metric_values.csv": MetricValue,
    "populations.csv": Population,
    "context_figures.csv": ContextFigure,
    "context_around_plan.csv": ContextFigure,
    "metric_options.csv": MetricOption,
}
# The rows of each source file, every one of which the ledger accounts for.
LEDGERS = {
    "barnet-2014-16/metrics.csv": 273,
    "barnet-2014-16/populations.csv": 48,
    "barnet-2014-16/plan_totals.metrics.csv": 25,
    "barnet-2014-16/funding.metrics.csv": 8,
    "bhr-2017-19/metrics.csv": 277,
    "bhr-2017-19/populations.csv": 27,
    "bhr-2017-19/facts.csv": 90,
    "tri-borough-2014-16/context_figures.csv": 18,
    "tri-borough-2014-16/costing_parameters.csv": 16,
    "tri-borough-2014-16/acute_changes.csv": 5,
    "tri-borough-2014-16/local_metric_options.csv": 3,
    "barnet-section-75-2017-18/metrics.csv": 21,
    "barnet-section-75-2017-18/cct_figures.csv": 23,
}


def load_figures() -> int:
    """What this app adds to plans and boards that are there; loading again adds nothing."""
    return (
        load_metrics(FIXTURES / "reference")
        + sum(load_metric_rows(each, FIXTURES / "plans" / each.slug) for each in Plan.objects.all())
        + sum(
            load_metric_board_rows(each, FIXTURES / "boards" / each.slug)
            for each in Board.objects.all()
        )
    )


@pytest.fixture(scope="module")
def _loaded(real_rows: Rows, django_db_blocker: Any) -> Any:
    """The real rows for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        real_rows.save()
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_loaded")]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_every_file_is_there() -> None:
    written: Counter[Any] = Counter({Metric: len(read(FIXTURES / "reference/metrics.csv"))})
    for name, model in FILES.items():
        for path in [*FIXTURES.glob(f"plans/*/{name}"), *FIXTURES.glob(f"boards/*/{name}")]:
            written[model] += len(read(path))
    assert {model: model._default_manager.count() for model in MODELS} == dict(written)
    assert written == {
        Metric: 25,
        MetricValue: 351,
        Population: 69,
        ContextFigure: 429,
        MetricOption: 3,
    }


def test_loading_again_changes_nothing() -> None:
    before = [list(model._default_manager.order_by("pk").values()) for model in MODELS]
    assert load_figures() == 0
    assert [list(model._default_manager.order_by("pk").values()) for model in MODELS] == before


@pytest.mark.parametrize("name", LEDGERS)
def test_the_ledger_accounts_for_every_row_and_its_targets_exist(name: str) -> None:
    lines = read(FIXTURES / "ledger" / name)
    assert len(lines) == len({each["line"] for each in lines}) == LEDGERS[name]
    for each in lines:
        assert each["outcome"] in {"loaded", "merged"}
        assert each["outcome"] == "loaded" or each["reason"].endswith(".")
        path, _, ref = each["target"].partition("#")
        _, owner, file = path.split("/")
        where = {"plan__slug": owner} if path.startswith("plans/") else {"board__slug": owner}
        rows = FILES[file]._default_manager.filter(**where, ref=ref)
        assert rows.count() == 1, each


def test_every_figure_says_where_it_stands() -> None:
    for model in (MetricValue, Population, ContextFigure, MetricOption):
        rows = model._default_manager.all()
        assert rows.exists()
        assert not rows.filter(citation_title="").exists()
        assert not rows.filter(citation_place="").exists()
        assert not rows.filter(citation_title__contains=".txt").exists()


def test_haverings_delayed_days_stand_in_two_series() -> None:
    year = MetricValue.objects.filter(
        plan__slug="havering-2017-19", metric__key="dtoc", period="2017-18", attribution="total"
    ).exclude(series="")
    found = {row.series: (row.numerator, row.denominator, row.value, row.computed) for row in year}
    people = Decimal(198_867)
    assert found == {
        "flat": (Decimal("4387.5"), people, Decimal("2206.3"), Decimal("2206.2")),
        "seasonal": (Decimal("4387.7"), people, Decimal("2206.4"), Decimal("2206.3")),
    }


def test_barnets_delayed_transfers() -> None:
    rows = MetricValue.objects.filter(
        board__slug="barnet", plan=None, metric__key="dtoc", attribution="total"
    )
    assert {str(row.period): row.value for row in rows} == {
        "2011-12": 259,
        "2012-13": 243,
        "2013-04/2013-07": 86,
        "2016-17": 3434,
        "2017-18": 3354,
    }


def test_barnets_people_by_risk_add_to_the_whole() -> None:
    rows = Population.objects.filter(
        plan__slug="barnet-2014-16", basis__startswith="risk stratification"
    )
    assert rows.get(segment="").count == 394_127
    assert rows.exclude(segment="").aggregate(total=Sum("count"))["total"] == 394_127


def test_a_change_that_is_printed_cut_off_stands_beside_what_it_comes_to() -> None:
    row = MetricValue.objects.get(
        plan__slug="barnet-2014-16", metric__key="nea", period="2014-15", unit="%"
    )
    assert (row.value, row.computed) == (Decimal("1.2"), Decimal("1.3"))


def test_a_ccg_at_two_trusts_stands_beside_the_whole_board() -> None:
    rows = MetricValue.objects.filter(
        plan__slug="havering-2017-19", metric__key="nea", period="2016-17", kind="actual"
    )
    assert sorted(row.value for row in rows) == [937, 21_659, 22_596, 26_368]
    assert rows.filter(commissioner__key="nhs-havering-ccg").count() == 3


def test_money_is_in_pounds_and_keeps_how_it_is_printed() -> None:
    gap = ContextFigure.objects.get(label="System spending gap if nothing changes")
    assert (gap.figure, gap.printed, gap.printed_unit) == ("£614,000,000", "614", "GBP_million")
    assert gap.printed_amount == gap.value == 614_000_000
    for row in ContextFigure.objects.exclude(printed_unit="").filter(upper_value=None):
        assert row.printed_amount == row.value, row


def test_a_target_in_words_is_kept_in_words() -> None:
    row = MetricValue.objects.get(
        metric__key="residential-admissions", board__slug="barnet", period="2019-20"
    )
    assert (row.value, row.figure) == (None, "top tenth of comparable boroughs")


def test_figures_of_the_joint_area_name_no_board() -> None:
    joint = MetricValue.objects.filter(plan__slug="bhr-2017-19")
    assert joint.exists()
    assert not joint.exclude(board=None).exists()
