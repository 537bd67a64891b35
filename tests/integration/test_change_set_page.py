"""The page of an act: every row that it changed, who may see it, and how it is undone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from bcf.accounts.models import User
from metrics.models import MetricValue
from metrics.scopes import STATED_ROWS
from plans.changes import change_set
from plans.choices import ChangeKind
from plans.models import Board, ChangeSet, Plan
from plans.scopes import PLAN_ROWS
from schemes.models import SpendLine
from tests.factories import (
    BoardFactory,
    MembershipFactory,
    MetricValueFactory,
    PlanFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def plan(board: Board) -> Plan:
    return PlanFactory(slug="own", title="Own plan", boards=[board])


@pytest.fixture
def ann(board: Board, member: Callable[..., User]) -> User:
    return member("editor", board)


@pytest.fixture
def client(ann: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ann)


def act_on(rows: list[Any], by: User, value: str = "Enablers") -> ChangeSet:
    """Give spend lines a theme, or metric values a comment, as one act."""
    model = type(rows[0])
    field = "theme" if model is SpendLine else "comment"
    scope = PLAN_ROWS if model is SpendLine else STATED_ROWS
    with change_set(
        kind=ChangeKind.BULK, words=f"Set to {value}", scope=scope, model=model, by=by
    ) as act:
        for row in rows:
            setattr(row, field, value)
        act.save(rows)
    return act.row


@pytest.fixture
def lines(plan: Plan) -> list[SpendLine]:
    return SpendLineFactory.create_batch(3, plan=plan, theme="Before")


@pytest.fixture
def act(lines: list[SpendLine], ann: User) -> ChangeSet:
    return act_on(lines, ann)


def page(client: Client, act: ChangeSet, query: str = "") -> Any:
    response = client.get(f"/changes/{act.ref}/{query}")
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def undo(client: Client, act: ChangeSet, **more: str) -> Any:
    (seen,) = page(client, act).xpath("//input[@name='seen']")
    return client.post(f"/changes/{act.ref}/", {"seen": seen.get("value"), **more})


def themes() -> list[str]:
    return list(SpendLine.objects.order_by("pk").values_list("theme", flat=True))


def test_the_page_lists_every_row_with_its_differences(
    client: Client, act: ChangeSet, ann: User
) -> None:
    found = page(client, act)

    assert words(found.xpath("//h1")[0]) == "Set to Enablers"
    assert f", {ann}. 3 rows changed." in words(found)
    rows = [words(each) for each in found.find_class("app-change")]
    assert len(rows) == 3
    assert all("Theme from Before to Enablers" in each for each in rows)
    assert words(found.xpath("//main//form//button")[0]) == "Undo these 3 changes"


def test_an_act_is_undone_and_the_undo_too(
    client: Client, act: ChangeSet, lines: list[SpendLine]
) -> None:
    response = undo(client, act)

    undone = ChangeSet.objects.get(kind="undo")
    assert response["Location"] == f"/changes/{undone.ref}/"
    assert themes() == ["Before"] * 3
    shown = page(client, undone)
    assert "3 rows are again as before. This can be undone too." in words(shown)
    assert "It undid Set to Enablers" in words(shown)
    assert "It was undone on" in words(page(client, act))
    assert "There is nothing left to undo" in words(page(client, act))
    assert not page(client, act).xpath("//main//form")

    undo(client, undone)
    assert themes() == ["Enablers"] * 3
    assert {line.pk for line in lines} == set(SpendLine.objects.values_list("pk", flat=True))


def test_rows_changed_since_are_shown_as_they_are_and_asked_about(
    client: Client, act: ChangeSet, lines: list[SpendLine]
) -> None:
    touched = SpendLine.objects.get(pk=lines[1].pk)
    touched.theme = "Later"
    touched.save()

    found = page(client, act)
    first = words(found.xpath("//main//*[@class='app-list__item']")[0])
    assert first.startswith("Not undone It was changed since.")
    assert "Since then:Theme from Enablers to Later" in first
    assert words(found.xpath("//main//form//button")[0]) == "Undo these 2 changes"

    refused = undo(client, act)
    assert refused.status_code == 400
    content = html.fromstring(refused.content.decode())
    assert "Some rows were changed since." in words(content.find_class("govuk-error-summary")[0])
    assert content.xpath("//title")[0].text.startswith("Error: ")
    assert themes() == ["Enablers", "Later", "Enablers"]

    assert undo(client, act, leave="1").status_code == 302
    assert themes() == ["Before", "Later", "Before"]


def test_two_who_undo_at_once_undo_it_once(
    client: Client, act: ChangeSet, board: Board, sign_in: Callable[[User], Client], member: Any
) -> None:
    other = sign_in(member("editor", board))
    (seen,) = page(other, act).xpath("//input[@name='seen']")
    undo(client, act)

    late = other.post(f"/changes/{act.ref}/", {"seen": seen.get("value")})

    assert late.status_code == 400
    assert "Somebody changed these rows after you had opened the page." in late.content.decode()
    assert ChangeSet.objects.filter(kind="undo").count() == 1


def test_a_closed_plan_is_named_and_nothing_is_undone(
    client: Client, act: ChangeSet, plan: Plan
) -> None:
    (seen,) = page(client, act).xpath("//input[@name='seen']")
    Plan.objects.filter(pk=plan.pk).update(status="submitted")

    assert "Own plan is submitted, so it is read-only." in words(page(client, act))
    assert not page(client, act).xpath("//main//form")
    answer = client.post(f"/changes/{act.ref}/", {"seen": seen.get("value")})
    assert answer.status_code == 403
    assert themes() == ["Enablers"] * 3


def test_who_reads_the_plan_alone_undoes_nothing(
    act: ChangeSet, board: Board, sign_in: Callable[[User], Client], member: Any, client: Client
) -> None:
    (seen,) = page(client, act).xpath("//input[@name='seen']")
    reader = member("editor", BoardFactory())
    MembershipFactory(user=reader, board=board, role="viewer")

    for person in (member("viewer", board), reader):
        who = sign_in(person)
        assert "It cannot be undone here." in words(page(who, act))
        assert who.post(f"/changes/{act.ref}/", {"seen": seen.get("value")}).status_code == 403
    assert themes() == ["Enablers"] * 3


def test_an_outsider_knows_nothing_of_it(
    act: ChangeSet, plan: Plan, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    Plan.objects.filter(pk=plan.pk).update(status="submitted")

    assert sign_in(outsider).get(f"/changes/{act.ref}/").status_code == 404
    assert sign_in(outsider).post(f"/changes/{act.ref}/", {"seen": ""}).status_code == 404


def test_rows_of_a_plan_that_one_may_not_read_are_counted_and_not_shown(
    administrator: User, lines: list[SpendLine], client: Client
) -> None:
    secret = SpendLineFactory(description="Secret", plan=PlanFactory(title="Hidden plan"))
    act = act_on([*lines, secret], administrator)

    found = words(page(client, act))

    assert "Rows of plans that you may not read: 1. They are not listed." in found
    assert "It changed rows of a plan that is not yours to change." in found
    assert "Secret" not in found
    assert "Hidden plan" not in found


def test_an_act_on_rows_of_a_board_is_for_its_members(
    client: Client,
    ann: User,
    board: Board,
    member: Callable[..., User],
    sign_in: Callable[[User], Client],
) -> None:
    act = act_on(MetricValueFactory.create_batch(2, board=board), ann, "Checked")
    elsewhere = sign_in(member("approver", BoardFactory()))

    assert not act.plans.exists()
    assert elsewhere.get(f"/changes/{act.ref}/").status_code == 404
    assert sign_in(member("viewer", board)).get(f"/changes/{act.ref}/").status_code == 200
    assert undo(client, act).status_code == 302
    assert set(MetricValue.objects.values_list("comment", flat=True)) == {""}


def test_an_editor_of_another_board_of_the_same_person_does_not_undo_it(
    ann: User, board: Board, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    """Who shares a board with the actor sees the act, and is stopped where it is not theirs."""
    shared = BoardFactory()
    MembershipFactory(user=ann, board=shared, role="viewer")
    act = act_on(MetricValueFactory.create_batch(2, board=board), ann, "Checked")

    answer = undo(sign_in(member("editor", shared)), act)

    assert answer.status_code == 400
    assert "it is of no board of yours" in answer.content.decode()
    assert set(MetricValue.objects.values_list("comment", flat=True)) == {"Checked"}


def test_many_rows_are_shown_in_pages_in_a_fixed_number_of_queries(
    client: Client, plan: Plan, ann: User
) -> None:
    def queries(act: ChangeSet) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, act)
        return len(captured)

    few = act_on(SpendLineFactory.create_batch(2, plan=plan), ann)
    many = act_on(SpendLineFactory.create_batch(120, plan=plan), ann)

    assert len(page(client, many).find_class("app-change")) == 100
    assert len(page(client, many, "?page=2").find_class("app-change")) == 20
    assert queries(few) == queries(many) == 19


def test_a_removal_is_undone_from_its_page(
    client: Client, lines: list[SpendLine], ann: User
) -> None:
    with change_set(
        kind=ChangeKind.REMOVAL, words="Removed", scope=PLAN_ROWS, model=SpendLine, by=ann
    ) as doing:
        doing.remove(lines)
    refs = sorted(line.ref for line in lines)
    found = page(client, doing.row)
    assert words(found.find_class("app-change")[0]).startswith("Removed spend line")

    assert undo(client, doing.row).status_code == 302

    assert sorted(SpendLine.objects.values_list("ref", flat=True)) == refs
    assert set(SpendLine.objects.values_list("amount", flat=True)) == {Decimal(1000)}
