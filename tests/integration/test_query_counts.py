"""Each page takes the same number of queries with few rows and with ten times as many.

The numbers are pinned: a change of one of them is a change to be looked at.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from plans.models import Board, Plan
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    FundingShareFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 10

# Address: queries as an approver of the plan's board, and as an administrator.
PINNED: dict[str, tuple[int, int]] = {
    "/": (8, 6),
    "/?q=area": (6, 4),
    "/boards/own/": (9, 6),
    "/boards/own/members/": (6, 4),
    "/plans/joint/": (25, 21),
    "/plans/part/": (27, 22),
    "/plans/joint/contributions/": (21, 16),
    "/plans/joint/spend-lines/": (21, 16),
    "/plans/joint/template.pdf": (20, 18),
    "/admin/": (4, 3),
    "/admin/plans/plan/": (8, 6),
    "/admin/plans/plan/JOINT/change/": (27, 24),
    "/admin/plans/plan/PART/change/": (29, 24),
    "/admin/plans/contribution/": (13, 8),
    "/admin/plans/requirement/": (13, 8),
    "/admin/schemes/scheme/": (11, 7),
    "/admin/schemes/spendline/": (13, 8),
    "/admin/plans/board/": (6, 5),
    "/admin/plans/organisation/": (6, 5),
    "/admin/plans/cycle/": (6, 5),
    "/admin/plans/membership/": (0, 6),
    "/admin/accounts/user/": (0, 5),
}
ADMINISTRATORS_ONLY = {"/admin/plans/membership/", "/admin/accounts/user/"}


@pytest.fixture
def own() -> Board:
    return BoardFactory(slug="own")


@pytest.fixture
def joint(own: Board) -> Plan:
    """A joint draft of two boards with a part each."""
    other = BoardFactory(slug="other")
    plan = PlanFactory(slug="joint", boards=[own, other])
    PlanFactory(slug="part", boards=[own], part_of=plan)
    PlanFactory(slug="sibling", boards=[other], part_of=plan)
    return plan


def fill(joint: Plan, own: Board, rows: int) -> None:
    """Add so many rows of every kind to the plans, the board and the lists."""
    plans = [joint, *joint.parts.all()]
    for number in range(rows):
        PlanFactory(boards=[own], status="submitted")
        MembershipFactory(board=own)
        FundingShareFactory(board=own, percent=1)
        for plan in plans:
            payer = OrganisationFactory()
            scheme = SchemeFactory(plan=plan)
            ContributionFactory(plan=plan, contributor=payer)
            whole = SpendLineFactory(
                plan=plan, scheme=scheme, funding_source="dfg", provider=payer, theme=f"T{number}"
            )
            SpendLineFactory(plan=plan, breaks_down=whole)
    for plan in plans:
        for year in ("2017-18", "2018-19"):
            for rule in ("nhs-out-of-hospital", "social-care-maintenance"):
                if not plan.requirements.filter(financial_year=year, rule=rule).exists():
                    RequirementFactory(plan=plan, financial_year=year, rule=rule)


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


@pytest.fixture
def clients(
    own: Board,
    member: Callable[..., User],
    administrator: User,
    sign_in: Callable[[User], Client],
) -> tuple[Client, Client]:
    return sign_in(member("approver", own)), sign_in(administrator)


def addressed(address: str, joint: Plan) -> str:
    part = Plan.objects.get(slug="part")
    return address.replace("JOINT", str(joint.pk)).replace("PART", str(part.pk))


def test_queries_do_not_grow_with_rows_and_are_pinned(
    joint: Plan, own: Board, clients: tuple[Client, Client]
) -> None:
    def counts() -> dict[str, tuple[int, int]]:
        return {
            address: tuple(
                0
                if client is clients[0] and address in ADMINISTRATORS_ONLY
                else count(client, addressed(address, joint))
                for client in clients
            )
            for address in PINNED
        }  # type: ignore[misc]

    fill(joint, own, FEW)
    # Content types are read once a process.
    count(clients[0], f"/admin/plans/plan/{joint.pk}/change/")
    few = counts()
    fill(joint, own, MANY - FEW)
    many = counts()
    assert many == few
    assert many == PINNED


def test_the_pages_are_filled(joint: Plan, own: Board, clients: tuple[Client, Client]) -> None:
    fill(joint, own, 3)
    page: Any = clients[0].get("/plans/joint/spend-lines/")
    assert len(page.context["page_obj"].object_list) == 18
    change: Any = clients[1].get(f"/admin/plans/plan/{joint.pk}/change/")
    formsets = change.context["inline_admin_formsets"]
    assert [len(each.formset.initial_forms) for each in formsets] == [3, 6, 4]
