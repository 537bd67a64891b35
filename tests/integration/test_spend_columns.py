"""Objectives, outputs and comments of spend lines, where the cycle asks for them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.money_tables import objective_table, spend_tables
from bcf.assurance.summary import summarise
from bcf.reporting.documents.expenditure import expenditure
from bcf.reporting.documents.money import spend_by_objective
from bcf.reporting.documents.reading import read_plan
from bcf.reporting.exports import plan_document
from bcf.resources import RESOURCES
from plans.cycle_definitions import Block, Column, CycleDefinition
from plans.models import Plan
from plans.row_imports import rows_check, rows_import
from schemes.models import SpendLine
from tests.factories import PlanFactory, SchemeFactory, SpendLineFactory
from tests.integration.api.asking import ask, results
from tests.integration.files.tables import as_csv
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

ASKED = ("primary_objective", "new_or_existing", "comment")


@pytest.fixture
def plan(later_cycle: CycleDefinition) -> Plan:
    return PlanFactory(slug="own")


@pytest.fixture
def editor(
    plan: Plan, sign_in: Callable[[User | None], Client], member: Callable[..., User]
) -> Client:
    return sign_in(member("editor", *plan.boards.all()))


@pytest.fixture
def lines(plan: Plan) -> None:
    """£300 in two years for carers, £100 for discharge, and £100 for no objective that is named."""
    carers = {"description": "Respite", "primary_objective": "carers", "output_unit": "packages"}
    first, second = map(str, plan.cycle.years)
    for year, output, amount in ((first, "10", 100), (second, "12", 200)):
        SpendLineFactory(
            plan=plan, financial_year=year, amount=amount, planned_output=output, **carers
        )
    SpendLineFactory(
        plan=plan, description="Step down", primary_objective="discharge", amount=100, comment="Up."
    )
    SpendLineFactory(plan=plan, description="Other", amount=100, new_or_existing="new")


def expenditure_of(plan: Plan, *columns: Column) -> Any:
    """The table of lines, where the form has these headings of its own."""
    reading = read_plan(plan, plan.parts.all())
    pieces: Any = list(expenditure(reading, Block("expenditure", columns=columns)))
    return pieces[1].table


def column_of(table: Any, label: str) -> list[Any]:
    place = [column.label for column in table.columns].index(label)
    return [row.cells[place].value for row in table.rows]


def test_an_objective_is_one_of_the_cycle(plan: Plan) -> None:
    with pytest.raises(ValidationError, match="“growth” is no primary objective of 2017-19"):
        SpendLineFactory(plan=plan, primary_objective="growth")
    assert SpendLineFactory(plan=plan, primary_objective="carers").primary_objective == "carers"
    with pytest.raises(ValidationError, match="new_or_existing"):
        SpendLineFactory(plan=plan, new_or_existing="old")


def test_forms_offer_objectives_where_the_cycle_has_them(editor: Client, plan: Plan) -> None:
    address = f"{reverse('admin:schemes_spendline_add')}?plan={plan.pk}"
    page = editor.get(address)
    assert set(ASKED) <= fields_of(page).keys()
    words = page.content.decode()
    assert "Supporting carers" in words
    assert '<option value="placements"></option>' in words
    typed = {"financial_year": str(plan.cycle.years[0]), "description": "Respite", "amount": "1"}
    chosen = {"primary_objective": "carers", "new_or_existing": "new", "comment": "Up."}
    assert editor.post(address, fields_of(page) | typed | chosen).status_code == 302
    line = SpendLine.objects.get(plan=plan)
    assert [getattr(line, name) for name in ASKED] == ["carers", "new", "Up."]
    history = editor.get(f"/admin/schemes/spendline/{line.pk}/history/").content.decode()
    assert "Supporting carers" in history


def test_a_cycle_without_objectives_does_not_ask_for_one(
    sign_in: Callable[[User | None], Client], member: Callable[..., User]
) -> None:
    plan = PlanFactory()
    client = sign_in(member("editor", *plan.boards.all()))
    form = client.get(f"{reverse('admin:schemes_spendline_add')}?plan={plan.pk}")
    grid = client.get(reverse("admin:schemes_spendline_grid", args=[plan.slug]))
    assert "primary_objective" not in fields_of(form)
    assert "new_or_existing" in fields_of(form)
    assert not [name for name in fields_of(grid) if name.endswith("primary_objective")]


def test_the_grid_takes_them_in_words(editor: Client, plan: Plan) -> None:
    SpendLineFactory(plan=plan, description="Respite")
    address = reverse("admin:schemes_spendline_grid", args=["own"])
    fields = fields_of(editor.get(address))
    (row,) = [name[:-11] for name, value in fields.items() if value == "Respite"]
    typed = {"primary_objective": "supporting CARERS", "new_or_existing": "Existing"}
    answer = editor.post(address, fields | {f"{row}{name}": text for name, text in typed.items()})
    assert answer.status_code == 302
    line = SpendLine.objects.get(plan=plan)
    assert (line.primary_objective, line.new_or_existing) == ("carers", "existing")


def test_they_are_imported_and_told_by_the_api(
    plan: Plan, editor: Client, administrator: User
) -> None:
    content = as_csv(
        ["plan", "financial_year", "description", *ASKED],
        ["own", str(plan.cycle.years[0]), "Respite", "Supporting carers", "new", "Up."],
    )
    put = rows_check(
        resource=RESOURCES[SpendLine], name="rows.csv", content=content, by=administrator
    )
    assert put.outcome.errors == []
    rows_import(kept=put, resource=RESOURCES[SpendLine], by=administrator)
    (row,) = results(editor, "spend-lines", primary_objective="carers", new_or_existing="new")
    assert [row[name] for name in ASKED] == ["carers", "new", "Up."]
    assert results(editor, "spend-lines", primary_objective="discharge") == []


@pytest.mark.usefixtures("lines")
def test_spend_by_objective_has_totals_and_shares(plan: Plan, editor: Client) -> None:
    summary = summarise(gather(plan, plan.parts.all()))
    told = {line.choice.label: line.total for line in summary.spend_by_primary_objective}
    assert told == {
        "Supporting carers": Decimal(300),
        "Timely discharge": Decimal(100),
        "Not stated": Decimal(100),
    }
    table = objective_table(summary)
    assert [column.label for column in table.columns][-2:] == ["All years", "Share"]
    assert column_of(table, "Share") == [Decimal(60), Decimal(20), Decimal(20)]
    assert table in spend_tables(summary)
    asked = ask(editor, "plans/own/summary/")["spend_by_primary_objective"]
    assert [(each["key"], each["total"]) for each in asked] == [
        ("carers", "300.00"),
        ("discharge", "100.00"),
        (None, "100.00"),
    ]
    page = editor.get("/plans/own/").content.decode()
    assert 'data-table="spend-by-primary-objective' in page
    listed = editor.get("/plans/own/spend-lines/?objective=carers").content.decode()
    assert listed.count("Respite") >= 2
    assert "Step down" not in listed


@pytest.mark.usefixtures("lines")
def test_the_document_says_what_a_row_says(plan: Plan) -> None:
    table = expenditure_of(plan)
    first, second = (year.label for year in plan.cycle.years)
    assert column_of(table, "Primary objective") == ["Supporting carers", "Timely discharge", ""]
    assert column_of(table, "New or existing") == ["", "", "New"]
    assert column_of(table, "Comment") == ["", "Up.", ""]
    assert column_of(table, "Planned output") == [
        f"{first}: 10 packages; {second}: 12 packages",
        "",
        "",
    ]
    (shown,) = spend_by_objective(read_plan(plan, plan.parts.all()), Block("spend-by-objective"))
    assert shown.table.key == "spend-by-primary-objective"
    headings = [each.heading for each in plan_document(plan, plan.parts.all()).walk()]
    assert "Spend by primary objective" in headings


@pytest.mark.usefixtures("lines")
def test_the_unit_stands_apart_where_the_form_has_a_column_for_it(plan: Plan) -> None:
    table = expenditure_of(plan, Column("output", "Estimate"), Column("output-unit", "Units"))
    assert column_of(table, "Units") == ["packages", "", ""]
    assert "packages" not in str(column_of(table, "Estimate"))


def test_only_what_the_form_asks_for_is_wanting(plan: Plan) -> None:
    SchemeFactory(plan=plan)
    SpendLineFactory(plan=plan)
    (silent,) = [each for each in expenditure_of(plan).notes if each.startswith("Not answered")]
    assert "output" not in silent
    assert "objective" not in silent
    asked = expenditure_of(plan, Column("output", "Estimate"), Column("comment", "Comments"))
    (said,) = [each for each in asked.notes if each.startswith("Not answered")]
    assert said == f"{silent.removesuffix('.')}; estimate."


def test_what_a_cycle_does_not_ask_is_not_set_in_one_go(
    plan: Plan, sign_in: Callable[[User | None], Client], administrator: User
) -> None:
    client, later = sign_in(administrator), SpendLineFactory(plan=plan)
    earlier = SpendLineFactory(plan=PlanFactory(cycle__key="2014-16"))

    def offered(*rows: SpendLine) -> str:
        ticked = {"action": "set_field", "_selected_action": [row.pk for row in rows]}
        answer = client.post(reverse("admin:schemes_spendline_changelist"), ticked)
        assert answer.status_code == 200
        return answer.content.decode()

    assert "primary_objective" in offered(later)
    for rows in ((earlier,), (later, earlier), (earlier, later)):
        assert "primary_objective" not in offered(*rows)
