"""A plan's checks as they are met: on a page, in the admin, at the command line, in a PDF."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_for, check_plan, check_whole
from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.reading import gather_record
from bcf.assurance.submitting import ErrorsRemain, submit
from bcf.reporting.exports import plan_document
from governance.models import Agreement
from plans.actions import NotAllowed, WrongStatus
from plans.cycle_definitions import definition, definitions
from plans.models import Board, Plan
from schemes.models import SpendLine
from tests import factories
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
)
from tests.integration.test_query_counts import fill, joint, own

pytestmark = pytest.mark.django_db
SHARED = (joint, own)
TODAY = date(2018, 6, 1)


def gather(plan: Plan) -> Any:
    agreements = Agreement.objects.all()
    return gather_record(plan, plan.parts.all(), plan.part_of, agreements, TODAY)


def test_a_plan_is_gathered_in_eleven_queries_whatever_its_size(joint: Plan, own: Board) -> None:
    def queries() -> int:
        plan = Plan.objects.select_related("cycle").get(pk=joint.pk)
        with CaptureQueriesContext(connection) as captured:
            gather(plan)
        return len(captured)

    gather(joint)  # what the connection asks once
    fill(joint, own, 1)
    few = queries()
    fill(joint, own, 9)
    assert queries() == few == 11


def test_what_is_gathered_is_what_rows_say() -> None:
    board = BoardFactory()
    plan = PlanFactory(boards=[board])
    scheme = SchemeFactory(plan=plan, reference="1", name="Beds", objective="Fewer", overview="")
    factories.RiskFactory(plan=plan, title="Late", likelihood=4, impact=5, mitigation="Start")
    factories.MilestoneFactory(plan=plan, title="Opened", due="2018-04", done_on="2018-05-02")
    factories.SignOffFactory(plan=plan, name="A. Person", signed_on="2018-05-01", is_delegated=True)
    factories.AgreementFactory(slug="s75", boards=[board], starts="2017-04-01", ends="2019-03")
    record = gather(plan)
    (found,) = record.schemes
    assert (found.ref, found.title) == (scheme.ref, "1 Beds")
    assert "objective" not in found.blank
    assert "overview" in found.blank
    (risk,) = record.risks
    assert (risk.name, risk.likelihood, risk.impact, risk.mitigation) == ("Late", 4, 5, "Start")
    (milestone,) = record.milestones
    assert (str(milestone.due), milestone.done_on) == ("2018-04", date(2018, 5, 2))
    (signed,) = record.sign_offs
    assert (signed.name, signed.signed_on, signed.is_delegated) == (
        "A. Person",
        date(2018, 5, 1),
        True,
    )
    (agreement,) = record.agreements
    assert (agreement.ref, str(agreement.starts), str(agreement.ends)) == (
        "s75",
        "2017-04-01",
        "2019-03",
    )


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def plan(board: Board) -> Plan:
    """A draft whose first year spends more than comes in, and that answers nothing."""
    made = PlanFactory(boards=[board], title="Our plan")
    ContributionFactory(plan=made, financial_year="2017-18", amount=100, funding_source="dfg")
    SpendLineFactory(plan=made, financial_year="2017-18", amount=130, funding_source="dfg")
    return made


@pytest.fixture
def editor(member: Callable[..., User], board: Board) -> User:
    return member("editor", board)


@pytest.fixture
def approver(member: Callable[..., User], board: Board) -> User:
    return member("approver", board)


OVERSPENT = "Spend of 2017–18 is £30 more than income."


def test_the_page_says_what_is_found_and_leads_an_editor_to_the_rows(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(editor).get(f"/plans/{plan.slug}/checks/").content.decode()
    assert OVERSPENT in page
    assert f"/plans/{plan.slug}/mend/?kind=schemes.spendline" in page
    assert page.index("Funding</h2>") < page.index("Sign-off</h2>")


def test_a_reader_is_led_to_the_lists(
    plan: Plan, member: Callable[..., User], board: Board, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(member("viewer", board)).get(f"/plans/{plan.slug}/checks/").content.decode()
    assert OVERSPENT in page
    assert "/mend/" not in page
    assert f'href="/plans/{plan.slug}/spend-lines/' in page


def test_counts_stand_on_the_plans_page_and_in_the_admin(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    errors = len(check_for(editor, plan).errors)
    assert errors > 1
    client = sign_in(editor)
    page = client.get(f"/plans/{plan.slug}/").content.decode()
    assert f"The checks find {errors} errors" in page
    admin = client.get(f"/admin/plans/plan/{plan.pk}/change/").content.decode()
    assert f"Errors: <strong>{errors}</strong>" in admin
    assert OVERSPENT in admin


def test_an_editor_comes_to_the_field_that_mends_a_finding(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    line = SpendLine.objects.get(plan=plan)
    client, address = sign_in(editor), f"/plans/{plan.slug}/mend/"
    asked = {"kind": "schemes.spendline", "owner": plan.slug, "ref": line.ref, "field": "amount"}
    answer = client.get(address, asked)
    assert answer.headers["Location"] == f"/admin/schemes/spendline/{line.pk}/change/#id_amount"
    of_kind = client.get(address, {"kind": "governance.signoff", "owner": plan.slug})
    expected = f"/admin/governance/signoff/?plan__id__exact={plan.pk}"
    assert of_kind.headers["Location"] == expected
    for wrong in ({**asked, "kind": "auth.permission"}, {**asked, "kind": "nonsense"}):
        assert client.get(address, wrong).status_code == 404
    for gone in ({**asked, "ref": "gone"}, {**asked, "owner": "another"}):
        page = client.get(address, gone, follow=True).content.decode()
        assert "removed meanwhile, or is not yours to edit" in page


def test_kinds_that_are_edited_elsewhere_lead_there(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    client, address = sign_in(editor), f"/plans/{plan.slug}/mend/"
    found = {
        kind: client.get(address, {"kind": kind, "owner": plan.slug}).headers["Location"]
        for kind in ("plans.plan", "governance.agreementvalue", "governance.agreement")
    }
    agreements = f"/admin/governance/agreement/?plan__id__exact={plan.pk}"
    assert found == {
        "plans.plan": f"/admin/plans/plan/{plan.pk}/change/",
        "governance.agreementvalue": agreements,
        "governance.agreement": agreements,
    }


def test_a_page_left_open_while_the_plan_was_submitted_says_so(
    plan: Plan, editor: User, approver: User, sign_in: Callable[[User], Client]
) -> None:
    submit(plan=plan, by=approver, reason="Agreed.")
    page = sign_in(editor).get(f"/plans/{plan.slug}/mend/", follow=True).content.decode()
    assert "Our plan is submitted: nothing of it can be edited until it is reopened." in page


def test_a_field_that_a_row_does_not_have_is_left_out(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    line = SpendLine.objects.get(plan=plan)
    asked = {"kind": "schemes.spendline", "owner": plan.slug, "ref": line.ref, "field": "x#y"}
    answer = sign_in(editor).get(f"/plans/{plan.slug}/mend/", asked)
    assert answer.headers["Location"] == f"/admin/schemes/spendline/{line.pk}/change/"


def test_rows_of_another_board_are_not_mended_here(
    plan: Plan, editor: User, sign_in: Callable[[User], Client]
) -> None:
    other = SpendLineFactory(plan=PlanFactory(boards=[BoardFactory()]))
    asked = {"kind": "schemes.spendline", "owner": other.plan.slug, "ref": other.ref}
    answer = sign_in(editor).get(f"/plans/{plan.slug}/mend/", asked)
    assert answer.headers["Location"] == f"/plans/{plan.slug}/checks/"


# submitting


def test_a_plan_with_errors_is_not_submitted_without_a_reason(plan: Plan, approver: User) -> None:
    with pytest.raises(ErrorsRemain, match=r"The checks of Our plan find \d+ errors\. Mend them"):
        submit(plan=plan, by=approver)
    assert Plan.objects.get(pk=plan.pk).is_open
    assert not plan.events.exists()


def test_a_stated_reason_stays_with_the_event(plan: Plan, approver: User) -> None:
    event = submit(plan=plan, by=approver, reason="The overspend is agreed.", note="By the board.")
    assert Plan.objects.get(pk=plan.pk).status == "submitted"
    assert "Reason: The overspend is agreed." in event.note
    assert event.note.startswith("Submitted with ")
    assert event.note.endswith("Remark: By the board.")


def test_where_the_cycle_does_not_allow_it_a_reason_does_not_help(
    plan: Plan, approver: User
) -> None:
    with (
        _asked_otherwise(plan, errors_may_be_explained=False),
        pytest.raises(ErrorsRemain, match=r"then submit the plan\."),
    ):
        submit(plan=plan, by=approver, reason="We want to.")


@contextmanager
def _asked_otherwise(plan: Plan, **asked: Any) -> Iterator[None]:
    """The plan's cycle asks something else meanwhile."""
    key = plan.cycle.key
    whole = definition(key)
    definitions()[key] = replace(whole, **asked)
    try:
        yield
    finally:
        definitions()[key] = whole


def test_who_may_not_submit_is_told_that_and_not_what_is_wrong(plan: Plan, editor: User) -> None:
    with pytest.raises(NotAllowed):
        submit(plan=plan, by=editor)


def test_a_submitted_plan_is_not_checked_again(plan: Plan, approver: User) -> None:
    submit(plan=plan, by=approver, reason="Agreed.")
    with pytest.raises(WrongStatus):
        submit(plan=plan, by=approver, reason="Agreed.")


def test_the_page_of_submitting_lists_the_errors_and_keeps_what_was_typed(
    plan: Plan, approver: User, sign_in: Callable[[User], Client]
) -> None:
    client, address = sign_in(approver), f"/plans/{plan.slug}/submit/"
    page = client.get(address).content.decode()
    assert OVERSPENT in page
    assert "Reason for submitting with errors" in page
    refused = client.post(address, {"note": "Typed before", "reason": " "})
    assert refused.status_code == 400
    assert "Typed before" in refused.content.decode()
    assert "give the reason for submitting" in refused.content.decode()
    assert client.post(address, {"note": "", "reason": "Agreed."}).status_code == 302
    assert Plan.objects.get(pk=plan.pk).status == "submitted"


def test_the_admins_action_refuses_a_plan_with_errors(
    plan: Plan, approver: User, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(approver).post(
        "/admin/plans/plan/",
        {"action": "submit_selected", "_selected_action": [plan.pk]},
        follow=True,
    )
    assert "The checks of Our plan find" in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).is_open


# parts, documents and the command


def test_who_may_not_read_the_joint_plan_is_told_that_and_of_nothing_missing(
    outsider: User,
) -> None:
    boards = [BoardFactory(), BoardFactory()]
    whole = PlanFactory(boards=boards)
    part = PlanFactory(part_of=whole, boards=boards[:1], status="submitted")
    findings = check_for(outsider, part)
    unread = [each for each in findings.found if "may not read" in each.sentence]
    assert {each.severity for each in unread} == {Severity.NOT_CHECKED}
    assert len(unread) == 4
    assert not [each for each in findings.errors if each.code.startswith(("condition", "signoff"))]
    assert [each for each in check_whole(part).errors if each.code.startswith("condition")]


def test_a_hidden_part_accuses_nobody(outsider: User) -> None:
    boards = [BoardFactory(), BoardFactory()]
    whole = PlanFactory(boards=boards, status="submitted")
    seen = PlanFactory(part_of=whole, boards=boards[:1], status="submitted")
    PlanFactory(part_of=whole, boards=boards[1:])
    SpendLineFactory(plan=seen, amount=5, funding_source="")
    findings = check_for(outsider, whole)
    assert {each.area for each in findings.found if each.severity < Severity.NOTE} <= {
        boards[0].area
    }
    assert any("a part of this joint plan is a draft" in each.sentence for each in findings.found)
    assert [each for each in findings.found if each.code == "spend.source-not-stated"]


def test_row_links_find_just_the_rows_of_their_plan(
    sign_in: Callable[[User], Client], administrator: User
) -> None:
    boards = [BoardFactory(), BoardFactory()]
    whole = PlanFactory(boards=boards)
    for number, each in enumerate([whole, PlanFactory(part_of=whole, boards=boards[:1])]):
        factories.RiskFactory(plan=each, ref="same", title=f"Risk {number}")
    client, address = sign_in(administrator), f"/plans/{whole.slug}/risks/"
    page = client.get(address, {"ref": "same", "of": whole.slug}).content.decode()
    assert "Risk 0" in page
    assert "Risk 1" not in page
    assert "Risk 1" in client.get(address, {"ref": "same"}).content.decode()
    for rubbish in ("\0", "x" * 5_000):
        assert client.get(address, {"ref": rubbish, "of": rubbish}).status_code == 200
    factories.AgreementFactory(slug="s75", plan=whole, boards=boards)
    found = client.get(f"/plans/{whole.slug}/agreements/", {"ref": "s75"})
    assert found.context["page_obj"].paginator.count == 1


def test_a_drafts_document_ends_with_its_checks_and_a_submitted_one_has_none(plan: Plan) -> None:
    def keys() -> list[str]:
        found = Plan.objects.select_related("cycle").get(pk=plan.pk)
        return [each.key for each in plan_document(found, found.parts.all()).sections]

    assert keys()[-1] == "checks"
    Plan.objects.filter(pk=plan.pk).update(status="submitted")
    assert "checks" not in keys()


def test_the_command_lists_findings_and_fails_on_an_error(plan: Plan) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_plan", plan.slug, stdout=out)
    assert ended.value.code == 1
    assert OVERSPENT in out.getvalue()
    with pytest.raises(CommandError, match="There is no plan “nowhere”") as refused:
        call_command("check_plan", "nowhere")
    assert refused.value.returncode == 2


def test_the_command_succeeds_where_there_is_no_error(plan: Plan) -> None:
    errors = {each.code for each in check_whole(plan).errors}
    rules = definition(plan.cycle.key).checks
    out = StringIO()
    with _asked_otherwise(plan, checks=tuple(each for each in rules if each.key not in errors)):
        call_command("check_plan", plan.slug, stdout=out)
    assert "errors 0" in out.getvalue()


def test_dates_are_late_as_of_the_day_that_is_asked(plan: Plan) -> None:
    factories.MilestoneFactory(plan=plan, title="Opened", due="2017-06-30", done_on=None)

    def overdue(day: date) -> list[str]:
        agreements = Agreement.objects.all()
        findings = check_plan(plan, plan.parts.all(), None, agreements, day)
        return [each.sentence for each in findings.with_code("milestone.overdue")]

    assert not overdue(date(2017, 6, 30))
    (late,) = overdue(date(2017, 7, 1))
    assert "Opened" in late
