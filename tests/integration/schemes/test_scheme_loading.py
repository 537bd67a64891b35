"""The real rows about schemes: how many, known figures, and where each source row went."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from bcf.assurance.benefits import Benefits, benefit_values, total_saving
from bcf.loading.reference import FIXTURES
from bcf.loading.schemes import load_scheme_board_rows, load_scheme_rows
from metrics.models import ContextFigure
from plans.models import Answer, Board, OwnHeading, Plan, RelatedDocument, Requirement
from schemes.models import (
    Benefit,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
)

BARNET = "barnet-2014-16"
TRI_BOROUGH = "tri-borough-2014-16"
COUNTS: dict[type[models.Model], int] = {
    Answer: 35,
    OwnHeading: 137,
    RelatedDocument: 10,
    SchemeMetric: 95,
    SchemeCondition: 20,
    DeliveryLink: 21,
    Benefit: 28,
    Milestone: 218,
}
MODELS: dict[str, type[models.Model]] = {
    "answers.csv": Answer,
    "benefits.csv": Benefit,
    "delivery_links.csv": DeliveryLink,
    "milestones.csv": Milestone,
    "own_headings.csv": OwnHeading,
    "related_documents.csv": RelatedDocument,
    "requirements.csv": Requirement,
    "scheme_conditions.csv": SchemeCondition,
    "scheme_metrics.csv": SchemeMetric,
    "schemes.csv": Scheme,
}


@pytest.mark.usefixtures("real_plans")
class TestRealRows:
    def test_every_row_is_there(self) -> None:
        assert {model: model._base_manager.count() for model in COUNTS} == COUNTS

    def test_loading_again_changes_nothing(self) -> None:
        Milestone.objects.filter(ref="pool-1").update(title="As edited since")
        plans = Plan.objects.all()
        barnet = Board.objects.get(slug="barnet")
        assert sum(load_scheme_rows(each, FIXTURES / "plans" / each.slug) for each in plans) == 0
        assert load_scheme_board_rows(barnet, FIXTURES / "boards" / "barnet") == 0
        assert Milestone.objects.get(ref="pool-1").title == "As edited since"

    @pytest.mark.parametrize(
        ("year", "admissions", "together"),
        [("2014-15", "1272540", "1544011"), ("2015-16", "2046084", "2353506")],
    )
    def test_barnets_savings(self, year: str, admissions: str, together: str) -> None:
        benefits = Benefit.objects.filter(plan__slug=BARNET, financial_year=year)
        nea = benefits.filter(metrics__key="nea")
        assert saved(nea) == Decimal(admissions)
        assert saved(benefits) == Decimal(together)
        assert saved(benefits.filter(saving__isnull=False)) == Decimal(admissions)

    def test_tri_boroughs_savings_keep_their_rounding(self) -> None:
        benefits = Benefit.objects.filter(plan__slug=TRI_BOROUGH)
        assert saved(benefits) == Decimal("14718000")
        councils = benefits.get(ref="bcf08-local-authorities")
        assert (councils.printed, int(councils.rounded_to)) == ("3.2", 100_000)
        assert {each.key for each in councils.metrics.all()} == {"nea", "residential-admissions"}

    def test_tri_boroughs_pool_is_the_actual_of_its_requirement(self) -> None:
        pools = Requirement.objects.filter(plan__slug=TRI_BOROUGH, rule="total-pool")
        assert {str(each.financial_year): each.actual for each in pools} == {
            "2014-15": Decimal(157_110_353),
            "2015-16": Decimal(211_460_612),
        }

    def test_schemes_printed_together_say_so(self) -> None:
        scheme = Scheme.objects.get(plan__slug=TRI_BOROUGH, reference="BCF01")
        assert scheme.printed_with == "BCF15"
        assert scheme.costing_assumption.startswith("Five months at winter-pressure funding")
        assert list(scheme.milestones.values_list("ref", flat=True)) == [
            "bcf01-bcf15-1",
            "bcf01-bcf15-2",
            "bcf01-bcf15-3",
        ]

    def test_a_link_of_the_delivery_chain_names_all_its_providers(self) -> None:
        link = DeliveryLink.objects.get(ref="2b-01")
        assert link.lead is not None
        assert (link.lead.key, link.providers.count()) == ("barnet-joint-commissioning-unit", 8)

    def test_events_around_barnets_plan_are_the_boards(self) -> None:
        around = ContextFigure.objects.filter(board__slug="barnet", ref__startswith="around-plan")
        assert around.count() == 37
        assert around.filter(plan__isnull=False).count() == 0

    def test_the_statuses_are_those_of_the_documents(self) -> None:
        assert dict(Plan.objects.values_list("slug", "status")) == {
            BARNET: "approved",
            TRI_BOROUGH: "draft",
            "bhr-2017-19": "submitted",
            "barking-and-dagenham-2017-19": "submitted",
            "havering-2017-19": "submitted",
            "redbridge-2017-19": "submitted",
        }

    def test_every_target_of_the_ledger_is_a_row(self) -> None:
        checked = 0
        for place, row in ledger_rows():
            path, _, ref = row["target"].partition("#")
            model = MODELS.get(Path(path).name)
            if model is not None and path.startswith("plans/"):
                found = model._base_manager.filter(plan__slug=Path(path).parts[1], ref=ref)
                assert found.exists(), f"{place}, line {row['line']}: {row['target']}"
                checked += 1
        assert checked > 500


def test_the_ledger_gives_a_reason_for_whatever_is_not_loaded_as_it_is() -> None:
    rows = list(ledger_rows())
    assert rows
    for place, row in rows:
        here = f"{place}, line {row['line']}"
        assert row["outcome"] in ("loaded", "merged", "left-out"), here
        assert (row["outcome"] == "left-out") == (not row["target"]), here
        assert row["outcome"] == "loaded" or row["reason"], here
        path = row["target"].partition("#")[0]
        assert not path or (FIXTURES / path).exists(), here


def saved(benefits: models.QuerySet[Benefit]) -> Decimal | None:
    whole = total_saving(Benefits(tuple(map(benefit_values, benefits))))
    return whole and whole.rounded(2)


def ledger_rows() -> Iterable[tuple[str, dict[str, str]]]:
    for path in sorted((settings.BASE_DIR / "fixtures" / "ledger").glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield f"{path.parent.name}/{path.name}", row
