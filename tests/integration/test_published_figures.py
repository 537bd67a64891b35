"""Figures that the documents print, read back from the rows by the product's public functions."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.test import Client

from bcf.accounts.models import User
from bcf.assurance.benefits import Benefits, benefit_values, total_saving
from governance.models import Agreement, Risk
from governance.rules import risk_rating
from metrics.models import MetricValue, Population
from metrics.rules import rate
from schemes.models import Benefit
from schemes.rules import saving_of
from tests.integration.documents import tables_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_plans")]

BARNET = "barnet-2014-16"
ADMISSION = Decimal(2_004)


@pytest.mark.parametrize(
    ("year", "fewer", "printed"),
    [("2014-15", 635, "1272540"), ("2015-16", 1_021, "2046084")],
)
def test_barnets_savings_on_non_elective_admissions(year: str, fewer: int, printed: str) -> None:
    rows = Benefit.objects.filter(plan__slug=BARNET, financial_year=year, metrics__key="nea")
    assert {row.unit_price for row in rows} == {ADMISSION}
    assert rows.aggregate(all=Sum("change"))["all"] == -fewer
    assert saved(rows) == Decimal(printed)
    assert saving_of(change=Decimal(-fewer), unit_price=ADMISSION, stated=None) == Decimal(printed)


@pytest.mark.parametrize(("year", "printed"), [("2014-15", "1544011"), ("2015-16", "2353506")])
def test_barnets_savings_in_all_with_the_derived_prices(year: str, printed: str) -> None:
    rows = Benefit.objects.filter(plan__slug=BARNET, financial_year=year)
    derived = {row.unit_price for row in rows if row.price_basis == "derived"}
    assert derived == {Decimal(265), Decimal(10_000), Decimal(3_831)}
    assert saved(rows) == Decimal(printed)


def saved(rows: Iterable[Benefit]) -> Decimal | None:
    whole = total_saving(Benefits(tuple(map(benefit_values, rows))))
    return whole and whole.rounded(2)


def test_the_risk_that_the_reduction_cannot_be_reached() -> None:
    risk = Risk.objects.get(plan__slug=BARNET, title__contains="3.5%")
    assert (risk.likelihood, risk.impact) == (4, 4)
    assert risk.rating == risk_rating(risk.likelihood, risk.impact) == 16


@pytest.mark.parametrize(
    ("series", "days", "computed", "printed"),
    [("flat", "4387.5", "2206.2", "2206.3"), ("seasonal", "4387.7", "2206.3", "2206.4")],
)
def test_haverings_planned_delayed_days(
    series: str, days: str, computed: str, printed: str
) -> None:
    row = MetricValue.objects.get(
        plan__slug="havering-2017-19",
        metric__key="dtoc",
        period="2017-18",
        attribution="total",
        series=series,
    )
    assert (row.numerator, row.denominator, row.per) == (Decimal(days), 198_867, 100_000)
    assert rate(row.numerator, row.denominator, row.per) == row.computed == Decimal(computed)
    assert row.value == Decimal(printed)


def test_tri_boroughs_pool_is_income_on_its_page(
    administrator: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(administrator).get("/plans/tri-borough-2014-16/").content.decode()
    pool = [Decimal(157_110_353), Decimal(211_460_612)]
    tables = tables_of(page)
    *in_pounds, _share = tables["income-by-source"].amounts("Total")
    assert in_pounds == [*pool, sum(pool)]
    assert [tables["balance"].amounts(year)[0] for year in ("2014–15", "2015–16")] == pool


def test_the_deficit_of_community_equipment() -> None:
    values = Agreement.objects.get(slug="s75-ces").values
    deficit = values.get(measure="surplus-or-deficit", financial_year="2017-18")
    spent = values.get(measure="spend", financial_year="2017-18", organisation=None)
    assert (deficit.amount, deficit.printed, deficit.printed_unit) == (
        -1_075_000,
        "-1075",
        "GBP_thousand",
    )
    assert spent.amount == 3_642_000
    assert deficit.printed_amount == deficit.amount


def test_barnets_delayed_transfers() -> None:
    rows = MetricValue.objects.filter(
        board__slug="barnet", plan=None, metric__key="dtoc", attribution="total"
    )
    printed = {"2011-12": 259, "2012-13": 243, "2013-04/2013-07": 86}
    assert {period: rows.get(period=period).value for period in printed} == printed


def test_barnets_people_by_risk() -> None:
    rows = Population.objects.filter(plan__slug=BARNET, basis__startswith="risk stratification")
    levels = rows.exclude(segment="")
    assert rows.get(segment="").count == 394_127
    assert levels.count() > 1
    assert levels.aggregate(all=Sum("count"))["all"] == 394_127
