"""The quarterly report of a board: which agreements, which quarter, and who may read what."""

from collections.abc import Callable

import pytest
from django.test import Client

from bcf.accounts.models import User
from plans.models import Board
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/boards/one/section-75-quarter/"


@pytest.fixture
def board() -> Board:
    return factories.BoardFactory(slug="one", name="One Health and Wellbeing Board")


@pytest.fixture
def client(sign_in: Callable[[User], Client]) -> Client:
    return sign_in(factories.UserFactory())


def words(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_latest_quarter_that_is_told_of_is_shown(client: Client, board: Board) -> None:
    agreement = factories.AgreementFactory(title="Equipment", boards=[board])
    for quarter, outturn in (("2017-18Q1", "100.10"), ("2017-18Q2", "200.20")):
        factories.AgreementActualFactory(
            agreement=agreement, quarter=quarter, outturn=outturn, forecast="650.00"
        )
    page = words(client)
    assert "Section 75 agreements: quarter 2 of 2017–18" in page
    for shown in ("£200.20", "£300.30", "£650"):
        assert shown in page
    before = words(client, f"{PAGE}?quarter=2017-18Q1")
    assert "£100.10" in before
    assert "£300.30" not in before


def test_what_is_no_quarter_is_said_and_the_latest_is_shown(client: Client, board: Board) -> None:
    factories.AgreementFactory(boards=[board])
    for asked in ("x", "2017-18", "2017-18Q5"):
        assert f"“{asked}” is not a quarter" in words(client, f"{PAGE}?quarter={asked}")


def test_agreements_that_do_not_run_then_are_left_out(client: Client, board: Board) -> None:
    factories.AgreementFactory(title="Ended", ends="2017-03", boards=[board])
    factories.AgreementFactory(title="Not begun", starts="2018-04", boards=[board])
    factories.AgreementFactory(title="No section 75", is_section_75=False, boards=[board])
    page = words(client, f"{PAGE}?quarter=2017-18Q1")
    assert "No section 75 agreement of this board runs in quarter 1 of 2017–18" in page
    for title in ("Ended<", "Not begun", "No section 75<"):
        assert title not in page


def test_an_agreement_of_a_draft_is_told_to_its_members_alone(
    client: Client, board: Board, sign_in: Callable[[User], Client]
) -> None:
    plan = factories.PlanFactory(boards=[board])
    hidden = factories.AgreementFactory(title="Hidden fund", plan=plan, boards=[board])
    factories.AgreementActualFactory(agreement=hidden, quarter="2017-18Q1", outturn="12.34")
    asked = f"{PAGE}?quarter=2017-18Q1"
    assert "Hidden fund" not in words(client, asked)
    assert "£12.34" not in words(client, asked)
    member = factories.MembershipFactory(board=board, role="viewer").user
    assert "£12.34" in words(sign_in(member), asked)
