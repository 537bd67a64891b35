"""Who may read and change what governance holds."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from bcf.accounts.access import Role
from governance import queries
from governance.models import AgreementValue, ProgrammeNetwork, Risk
from plans.models import Board
from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_note import AgreementNoteFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.board import BoardFactory
from tests.factories.membership import MembershipFactory
from tests.factories.plan import PlanFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.programme_network import ProgrammeNetworkFactory
from tests.factories.report_passage import ReportPassageFactory
from tests.factories.risk import RiskFactory
from tests.factories.risk_share import RiskShareFactory
from tests.factories.risk_share_term import RiskShareTermFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    return BoardFactory()


def person(role: str, board: Board) -> Any:
    user = UserFactory()
    MembershipFactory(user=user, board=board, role=Role(role))
    return user


def people(board: Board) -> dict[str, Any]:
    return {
        "anonymous": AnonymousUser(),
        "outsider": UserFactory(),
        "viewer": person("viewer", board),
        "editor": person("editor", board),
        "editor elsewhere": person("editor", BoardFactory()),
        "administrator": UserFactory(is_superuser=True),
    }


def who(users: dict[str, Any], rows_for: Any) -> set[str]:
    return {name for name, user in users.items() if rows_for(user).exists()}


SIGNED_IN = {"outsider", "viewer", "editor", "editor elsewhere", "administrator"}
MEMBERS = {"viewer", "editor", "administrator"}
OWN = {"editor", "administrator"}


def test_an_agreement_of_a_board_is_read_by_all_and_changed_by_its_editors(board: Board) -> None:
    agreement = AgreementFactory(boards=[board])
    AgreementValueFactory(agreement=agreement)
    users = people(board)
    assert who(users, queries.agreements_visible_to) == SIGNED_IN
    assert who(users, queries.agreements_editable_by) == OWN
    rows = AgreementValue.objects.all()
    assert who(users, lambda u: queries.agreement_rows_visible_to(u, rows)) == SIGNED_IN
    assert who(users, lambda u: queries.agreement_rows_editable_by(u, rows)) == OWN


def test_a_passage_of_a_boards_report_is_read_by_all_and_changed_by_its_editors(
    board: Board,
) -> None:
    ReportPassageFactory(board=board)
    users = people(board)
    assert who(users, queries.passages_visible_to) == SIGNED_IN
    assert who(users, queries.passages_editable_by) == OWN


def test_what_a_partner_bears_is_read_and_changed_as_the_rule_is(board: Board) -> None:
    plan = PlanFactory(boards=[board])
    RiskShareTermFactory(risk_share__plan=plan)
    users = people(board)
    assert who(users, queries.risk_share_terms_visible_to) == MEMBERS
    assert who(users, queries.risk_share_terms_editable_by) == OWN
    plan.status = "submitted"
    plan.save()
    assert who(users, queries.risk_share_terms_visible_to) == SIGNED_IN
    assert who(users, queries.risk_share_terms_editable_by) == set()


def test_an_agreement_of_a_plan_is_read_and_changed_as_the_plan_is(board: Board) -> None:
    plan = PlanFactory(boards=[board])
    agreement = AgreementFactory(boards=[board], plan=plan)
    AgreementNoteFactory(agreement=agreement)
    RiskShareFactory(plan=None, agreement=agreement)
    users = people(board)
    for visible in (
        queries.agreements_visible_to,
        queries.notes_visible_to,
        queries.risk_shares_visible_to,
    ):
        assert who(users, visible) == MEMBERS
    assert who(users, queries.agreements_editable_by) == OWN
    plan.status = "submitted"
    plan.save()
    for visible in (
        queries.agreements_visible_to,
        queries.notes_visible_to,
        queries.risk_shares_visible_to,
    ):
        assert who(users, visible) == SIGNED_IN
    for editable in (
        queries.agreements_editable_by,
        queries.notes_editable_by,
        queries.risk_shares_editable_by,
    ):
        assert who(users, editable) == set()


def test_a_risk_of_a_draft_is_its_members_and_one_of_a_board_everybodys(board: Board) -> None:
    users, rows = people(board), Risk.objects.all()
    RiskFactory(plan=PlanFactory(boards=[board]))
    assert who(users, lambda user: queries.placed_visible_to(user, rows)) == MEMBERS
    RiskFactory(plan=None, board=board)
    assert who(users, lambda user: queries.placed_visible_to(user, rows)) == SIGNED_IN
    rows = Risk.objects.filter(plan=None)
    assert who(users, lambda user: queries.placed_editable_by(user, rows)) == OWN


def test_notes_and_programmes_of_a_board(board: Board) -> None:
    users = people(board)
    AgreementNoteFactory(agreement=None, board=board)
    ProgrammeNetworkFactory(programme=ProgrammeFactory(board=board))
    rows = ProgrammeNetwork.objects.all()
    assert who(users, queries.notes_visible_to) == SIGNED_IN
    assert who(users, queries.notes_editable_by) == OWN
    assert who(users, queries.programmes_visible_to) == SIGNED_IN
    assert who(users, lambda user: queries.programme_rows_visible_to(user, rows)) == SIGNED_IN
    assert who(users, lambda user: queries.programme_rows_editable_by(user, rows)) == OWN


def test_public_reading_opens_what_names_no_plan(board: Board, settings: Any) -> None:
    settings.PUBLIC_READ = True
    AgreementFactory(boards=[board])
    AgreementFactory(boards=[board], plan=PlanFactory(boards=[board]))
    assert queries.agreements_visible_to(AnonymousUser()).count() == 1
