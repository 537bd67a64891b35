"""Agreements, risks, signatures and printed figures of the real documents."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Sum

from bcf.loading.governance import (
    load_agreements,
    load_governance_board_rows,
    load_governance_rows,
)
from bcf.loading.reference import FIXTURES
from bcf.loading.tables import read_rows
from governance.models import (
    Agreement,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
    ProviderCommentary,
    Risk,
    RiskShare,
    SignOff,
)
from plans.models import Board, Plan
from tests.conftest import Rows

COUNTS = {
    Agreement: 21,
    AgreementNote: 110,
    AgreementProvider: 15,
    AgreementValue: 25,
    AgreementVariation: 4,
    Body: 41,
    ConditionResponse: 26,
    MaturityAssessment: 8,
    Programme: 1,
    ProgrammeBudgetLine: 6,
    ProgrammeMark: 78,
    ProgrammeMilestone: 10,
    ProgrammeNetwork: 6,
    ProgrammeWorkstream: 4,
    ProviderCommentary: 1,
    Risk: 46,
    RiskShare: 9,
    SignOff: 25,
}
# The files of the ledger that are governance's, each with its number of lines.
LEDGERS = {
    "barnet-2014-16/plan_totals.governance.csv": 14,
    "barnet-2014-16/funding.governance.csv": 2,
    "barnet-2014-16/scheme_totals.governance.csv": 2,
    "barnet-2014-16/spend.governance.csv": 9,
    "barnet-2014-16/risks.csv": 20,
    "barnet-2014-16/signoffs.csv": 4,
    "barnet-2014-16/agreements.csv": 5,
    "barnet-2014-16/agreement_values.csv": 1,
    "barnet-2014-16/agreement_facts.csv": 10,
    "barnet-2014-16/oddities.csv": 43,
    "barnet-2014-16/oracle.csv": 79,
    "bhr-2017-19/plan_totals.csv": 50,
    "bhr-2017-19/scheme_totals.csv": 32,
    "bhr-2017-19/spend_by_source.csv": 66,
    "bhr-2017-19/spend_published_totals.csv": 280,
    "bhr-2017-19/minimums.governance.csv": 4,
    "bhr-2017-19/risks.csv": 18,
    "bhr-2017-19/risk_share.csv": 9,
    "bhr-2017-19/signoffs.csv": 13,
    "bhr-2017-19/agreements.csv": 7,
    "bhr-2017-19/agreement_facts.csv": 8,
    "bhr-2017-19/bodies.csv": 17,
    "bhr-2017-19/hicm.csv": 8,
    "bhr-2017-19/condition_responses.governance.csv": 16,
    "bhr-2017-19/oddities.csv": 88,
    "bhr-2017-19/oracle.csv": 322,
    "tri-borough-2014-16/risks.csv": 8,
    "tri-borough-2014-16/signoffs.csv": 9,
    "tri-borough-2014-16/bodies.csv": 19,
    "tri-borough-2014-16/oddities.csv": 23,
    "tri-borough-2014-16/oracle.csv": 20,
    "barnet-section-75-2017-18/agreements.csv": 11,
    "barnet-section-75-2017-18/agreement_facts.csv": 90,
    "barnet-section-75-2017-18/agreement_providers.csv": 15,
    "barnet-section-75-2017-18/agreement_titles.csv": 19,
    "barnet-section-75-2017-18/agreement_values.csv": 24,
    "barnet-section-75-2017-18/boards.csv": 1,
    "barnet-section-75-2017-18/bodies.csv": 5,
    "barnet-section-75-2017-18/cct_budget.csv": 6,
    "barnet-section-75-2017-18/cct_budget_totals.csv": 3,
    "barnet-section-75-2017-18/cct_milestones.csv": 10,
    "barnet-section-75-2017-18/cct_networks.csv": 6,
    "barnet-section-75-2017-18/cct_timetable.csv": 78,
    "barnet-section-75-2017-18/cct_workstreams.csv": 4,
    "barnet-section-75-2017-18/oddities.csv": 21,
    "barnet-section-75-2017-18/oracle.csv": 27,
    "barnet-section-75-2017-18/organisations.csv": 25,
    "barnet-section-75-2017-18/report_sections.csv": 83,
}


def load_governance() -> int:
    """What this app adds to plans and boards that are there; loading again adds nothing."""
    of_plans = sum(
        load_governance_rows(each, FIXTURES / "plans" / each.slug) for each in Plan.objects.all()
    )
    of_boards = sum(
        load_governance_board_rows(each, FIXTURES / "boards" / each.slug)
        for each in Board.objects.all()
    )
    return of_plans + of_boards + load_agreements(FIXTURES / "agreements")


@pytest.fixture(scope="module")
def _loaded(real_rows: Rows, django_db_blocker: Any) -> Any:
    """The real rows for all tests of this module, taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        real_rows.save()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def real(_loaded: None, db: None) -> None:
    """The real rows, in a transaction of the test's own."""


def value(measure: str, year: str, plan: str = "bhr-2017-19", **facts: Any) -> Decimal | None:
    row = PrintedFigure.objects.get(plan__slug=plan, measure=measure, financial_year=year, **facts)
    return row.value


def test_every_row_is_loaded(real: None) -> None:
    assert {model: model._base_manager.count() for model in COUNTS} == COUNTS
    own = PrintedFigure.objects.filter(pk__in=[row.pk for row in _figures_of_governance()])
    assert own.count() == 431


def _figures_of_governance() -> list[PrintedFigure]:
    """The rows of `printed_figures.csv`; other files of this name stand beside it."""
    refs = {
        (path.parent.name, row["ref"])
        for path in FIXTURES.glob("*/*/printed_figures.csv")
        for _, row in read_rows(path)
    }
    return [
        row
        for row in PrintedFigure.objects.select_related("plan", "board")
        if ((row.plan or row.board).slug, row.ref) in refs  # type: ignore[union-attr]
    ]


def test_loading_twice_changes_nothing(real: None) -> None:
    assert load_governance() == 0


def test_community_equipment_has_a_deficit_of_1075_on_3642_thousand(real: None) -> None:
    equipment = Agreement.objects.get(slug="s75-ces")
    deficit = equipment.values.get(financial_year="2017-18", measure="surplus-or-deficit")
    spend = equipment.values.get(financial_year="2017-18", measure="spend", organisation=None)
    assert (deficit.amount, spend.amount) == (Decimal(-1_075_000), Decimal(3_642_000))
    parties = equipment.values.filter(financial_year="2017-18", measure="spend").exclude(
        organisation=None
    )
    assert parties.aggregate(sum=Sum("amount"))["sum"] == 3_642_000


def test_what_is_printed_in_the_wrong_unit_says_what_is_meant_and_why(real: None) -> None:
    row = AgreementValue.objects.get(
        agreement__slug="s75-ces", financial_year="2017-18", measure="pooled-fund"
    )
    assert (row.printed, row.printed_unit, row.unit_meant) == ("3642", "GBP", "GBP_thousand")
    assert row.amount == row.printed_amount == 3_642_000
    assert row.unit_ground.startswith("Corroborated")


def test_the_pooled_funds_of_barnet_2017_18_add_up_by_the_unit_meant(real: None) -> None:
    rows = AgreementValue.objects.filter(financial_year="2017-18", measure="pooled-fund")
    assert rows.aggregate(sum=Sum("amount"))["sum"] == 44_058_522


def test_every_amount_is_what_is_printed(real: None) -> None:
    for row in AgreementValue.objects.all():
        assert row.amount == row.printed_amount, row
    for row in PrintedFigure.objects.filter(unit="GBP").exclude(value=None):
        assert row.value == row.printed_amount, row


def test_a_reduction_that_cannot_be_delivered_is_rated_16(real: None) -> None:
    risk = Risk.objects.get(plan__slug="barnet-2014-16", title__contains="3.5%")
    assert (risk.likelihood, risk.impact, risk.rating, risk.printed_rating) == (4, 4, 16, "16")


def test_scores_and_words_are_kept(real: None) -> None:
    barnet = Risk.objects.filter(plan__slug="barnet-2014-16")
    assert Counter(row.rating is not None for row in barnet) == {True: 15, False: 1}
    assert all(row.printed_rating == str(row.rating) for row in barnet if row.rating)
    words = Risk.objects.filter(plan__slug="tri-borough-2014-16")
    assert Counter(row.printed_rating for row in words) == {"High": 5, "Medium": 3}


def test_printed_totals_of_the_three_boroughs(real: None) -> None:
    assert value("agreed-pool", "2017-18") == 68_409_000
    assert value("planned-spend", "2018-19", table="8.4", line="Grand Total") == 74_693_000
    source = {"table": "8.3", "line": "Grand Total", "funding_source": "ibcf-all"}
    assert value("planned-spend", "2017-18", **source) == 14_432_000
    havering = {"plan": "havering-2017-19", "table": "8.4", "line": "Grand Total"}
    assert value("planned-spend", "2017-18", **havering) == 22_660_000
    assert value("nhs-out-of-hospital-minimum", "2017-18") == 13_351_958


def test_printed_shares_of_barnet(real: None) -> None:
    share = {"plan": "barnet-2014-16", "scheme__reference": "2c"}
    assert value("share-of-pool", "2014-15", **share) == Decimal("3.49")


def test_who_signed(real: None) -> None:
    chair = SignOff.objects.get(plan__slug="havering-2017-19", role="board")
    assert (chair.is_delegated, str(chair.to_be_ratified_on)) == (True, "2017-09-20")
    blank = SignOff.objects.get(plan__slug="redbridge-2017-19", name="")
    assert blank.organisation is not None
    assert blank.organisation.key == "redbridge-council"
    assert SignOff.objects.filter(plan__slug="tri-borough-2014-16", role="board").count() == 3


def test_the_tree_of_agreements(real: None) -> None:
    adults = Agreement.objects.get(slug="s75-adults-2013")
    assert adults.schedules.count() == 5
    assert adults.is_open_ended
    assert "Overarching section 75 agreement, adults" in adults.other_titles
    assert Agreement.objects.filter(is_section_75=False).count() == 2


def test_a_team_reports_to_three_boards(real: None) -> None:
    team = Body.objects.get(ref="single-budget-team")
    assert team.reports_to.count() == 3


def test_the_budget_of_care_closer_to_home_is_its_printed_total(real: None) -> None:
    lines = Programme.objects.get(slug="care-closer-to-home").budget_lines
    printed = PrintedFigure.objects.get(board__slug="barnet", line="Grand Total")
    assert lines.aggregate(sum=Sum("amount"))["sum"] == printed.value == 2_061_000


def test_every_row_says_where_it_stands(real: None) -> None:
    for model in apps.get_app_config("governance").get_models():
        if hasattr(model, "citation_title") and not model.__name__.startswith("Historical"):
            assert not model._base_manager.filter(citation_title="").exists(), model
            assert not model._base_manager.filter(citation_place="").exists(), model
            assert not model._base_manager.filter(citation_title__contains=".txt").exists()


def ledger_lines(name: str) -> list[dict[str, str]]:
    return [row for _, row in read_rows(FIXTURES / "ledger" / name)]


@pytest.mark.parametrize("name", LEDGERS)
def test_the_ledger_accounts_for_every_line_once(name: str) -> None:
    lines = ledger_lines(name)
    assert len({line["line"] for line in lines}) == len(lines) == LEDGERS[name]
    for line in lines:
        assert line["outcome"] in ("loaded", "merged", "left-out")
        assert bool(line["target"]) == (line["outcome"] != "left-out"), line
        assert line["reason"] or line["outcome"] == "loaded", line


@pytest.mark.parametrize("name", LEDGERS)
def test_what_the_ledger_names_is_there(name: str) -> None:
    known: dict[str, set[str]] = {}
    for line in ledger_lines(name):
        if line["target"]:
            path, _, key = line["target"].partition("#")
            if path not in known:
                known[path] = keys_of(FIXTURES / path)
            assert key in known[path], line


def keys_of(path: Path) -> set[str]:
    """The natural keys of a file: a ref alone, or behind its agreement's slug."""
    rows = [row for _, row in read_rows(path)]
    if "rule" in rows[0] and "financial_year" in rows[0]:
        return {f"{row['financial_year']}-{row['rule']}" for row in rows}
    if "agreement" in rows[0]:
        return {f"{row['agreement']}:{row['ref']}" for row in rows}
    named = next(name for name in ("ref", "slug", "key") if name in rows[0])
    return {row[named] for row in rows}
