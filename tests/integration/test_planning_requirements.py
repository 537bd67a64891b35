"""Planning requirements are confirmed wherever national conditions are, under their own name."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.reporting.documents.conditions import national_conditions, planning_requirements
from bcf.reporting.documents.model import Tabled
from bcf.reporting.documents.reading import Piece, read_plan
from bcf.resources import RESOURCES
from governance.choices import ConditionStatus
from governance.models import ConditionResponse
from plans.actions import plan_approve, plan_submit
from plans.cycle_definitions import Block, CycleDefinition, definition
from plans.models import Plan
from plans.row_imports import rows_check, rows_import
from tests.factories import ConditionResponseFactory, PlanFactory
from tests.integration.api.asking import results
from tests.integration.files.tables import as_csv
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

BLOCK = Block("planning-requirements")


@pytest.fixture
def plan(later_cycle: CycleDefinition) -> Plan:
    return PlanFactory(slug="own")


@pytest.fixture
def editor(
    plan: Plan, sign_in: Callable[[User | None], Client], member: Callable[..., User]
) -> Client:
    return sign_in(member("editor", *plan.boards.all()))


def respond(plan: Plan, key: str, **given: Any) -> ConditionResponse:
    defaults: dict[str, Any] = {"status": ConditionStatus.NOT_MET, "text": "Not yet."}
    made: ConditionResponse = ConditionResponseFactory(
        plan=plan, condition=key, **{**defaults, **given}
    )
    return made


def tables(pieces: Any) -> list[list[list[str]]]:
    """The words of each table's cells, heads first."""
    found: list[Piece] = list(pieces)
    assert all(isinstance(each, Tabled) for each in found)
    return [
        [
            [column.label for column in each.table.columns],
            *([str(cell.value) for cell in row.cells] for row in each.table.rows),
        ]
        for each in found
        if isinstance(each, Tabled)
    ]


def test_a_response_is_to_a_condition_or_to_a_requirement_of_the_cycle(plan: Plan) -> None:
    respond(plan, "pr1", due="2031-06")
    row = plan.condition_responses.get()
    assert (str(row), row.kind_label, row.due_words) == (
        "All agree",
        "Planning requirement",
        "June 2031",
    )
    with pytest.raises(ValidationError, match="is no national condition or planning requirement"):
        respond(plan, "pr9")
    assert respond(plan, "jointly-agreed-plan").kind_label == "National condition"


def test_a_cycle_without_requirements_speaks_of_conditions_alone() -> None:
    with pytest.raises(ValidationError, match=r"is no national condition of 2017-19"):
        ConditionResponseFactory(condition="pr1")


def test_the_form_offers_both_under_their_headings(editor: Client, plan: Plan) -> None:
    address = f"{reverse('admin:governance_conditionresponse_add')}?plan={plan.pk}"
    page = editor.get(address)
    groups = html.fromstring(page.content.decode()).xpath("//select[@name='condition']/optgroup")
    offered = {each.get("label"): [o.text.strip() for o in each] for each in groups}
    assert list(offered) == ["National conditions", "Planning requirements"]
    assert offered["Planning requirements"] == ["PR1 All agree", "PR2 All funded"]
    typed = {"condition": "pr1", "status": "not-met", "action": "Meet.", "due": "June 2031"}
    assert editor.post(address, fields_of(page) | typed).status_code == 302
    row = plan.condition_responses.get()
    assert (row.condition, row.action, str(row.due)) == ("pr1", "Meet.", "2031-06")


def test_the_list_says_of_which_kind_each_is_conditions_first(editor: Client, plan: Plan) -> None:
    respond(plan, "pr2", due="2031-06-30")
    respond(plan, "jointly-agreed-plan", due_in_words="In time")
    page = html.fromstring(editor.get("/plans/own/conditions/").content.decode())
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")]
        for row in page.xpath("//table//tbody/tr")
    ]
    assert [(row[1], row[-1]) for row in rows] == [
        ("National condition", "In time"),
        ("Planning requirement", "30 June 2031"),
    ]


def test_the_api_gives_both_with_what_is_due(editor: Client, plan: Plan) -> None:
    respond(plan, "pr1", due="2031-06", action="Meet.")
    (row,) = results(editor, "condition-responses", condition="pr1")
    assert (row["action"], row["due"], row["status"]) == ("Meet.", "2031-06", "not-met")


def test_they_are_imported_by_key_or_by_words(plan: Plan, administrator: User) -> None:
    content = as_csv(
        ["plan", "condition", "status", "due"],
        ["own", "pr1", "met", ""],
        ["own", "All funded", "not-met", "June 2031"],
    )
    resource = RESOURCES[ConditionResponse]
    put = rows_check(resource=resource, name="rows.csv", content=content, by=administrator)
    assert put.outcome.errors == []
    rows_import(kept=put, resource=RESOURCES[ConditionResponse], by=administrator)
    found = plan.condition_responses.order_by("pk").values_list("condition", "status")
    assert list(found) == [("pr1", "met"), ("pr2", "not-met")]


def test_the_document_has_a_table_of_them(plan: Plan) -> None:
    respond(plan, "pr1", action="Meet it.", due="2031-06")
    respond(plan, "jointly-agreed-plan")
    reading = read_plan(plan, plan.parts.all())
    (table,) = tables(planning_requirements(reading, BLOCK))
    assert table == [
        [
            "Code",
            "Planning requirement",
            "Is it met?",
            "Response",
            "Action where it is not met",
            "Due",
        ],
        ["PR1", "All agree: Agree.", "Not met", "Not yet.", "Meet it.", "June 2031"],
        ["PR2", "All funded: Fund.", "No response", "None", "", ""],
    ]
    words = str(list(national_conditions(reading, Block("national-conditions"))))
    assert "Not yet." in words
    assert "All agree" not in words


def test_the_document_of_a_part_shows_what_its_joint_plan_confirms(plan: Plan) -> None:
    part = PlanFactory(part_of=plan, cycle=plan.cycle)
    respond(plan, "pr1")
    respond(part, "pr2", status=ConditionStatus.MET)
    own, inherited = planning_requirements(read_plan(part, part.parts.all(), plan), BLOCK)
    assert [row.cells[0].value for row in own.table.rows] == ["PR2"]
    assert [row.cells[0].value for row in inherited.table.rows] == ["PR1"]
    assert inherited.origin.slug == "own"


def test_a_cycle_without_any_has_no_table() -> None:
    assert not definition("2017-19").planning_requirements
    reading = read_plan(PlanFactory(), Plan.objects.none())
    assert list(planning_requirements(reading, BLOCK)) == []


def test_the_checks_speak_of_them(plan: Plan) -> None:
    respond(plan, "pr1")
    found = {each.code: each.sentence for each in check_whole(plan).found if "PR1" in each.sentence}
    assert list(found) == ["condition.not-met-without-action"]
    assert any("PR2" in each.sentence for each in check_whole(plan).found)


def test_an_outcome_says_where_the_area_may_spend_meanwhile(
    plan: Plan, administrator: User, sign_in: Callable[[User | None], Client]
) -> None:
    client = sign_in(administrator)
    plan_submit(plan=plan, by=administrator)
    page = client.get("/plans/own/approve/").content.decode()
    assert "Come back (the area may spend meanwhile)" in page
    event = plan_approve(plan=plan, outcome="come-back", by=administrator)
    assert event.words == "Assurer’s outcome: Come back; the area may spend meanwhile"
    assert event.words in client.get("/plans/own/").content.decode()
