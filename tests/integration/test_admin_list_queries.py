"""Every list of the admin takes as many queries with fifty rows as with one, and is pinned.

Where the numbers differ the list offers fewer filters with many plans than with one: schemes,
themes and the like are on offer once a list holds few plans.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcf.accounts.access import Role
from bcf.accounts.models import SavedFilter, User
from bcf.admin import REGISTER
from bcf.base.models import Versioned
from plans.models import Board, ChangeSet, Membership
from tests import factories

pytestmark = pytest.mark.django_db

ONE, MANY = 1, 50
# Kind of row: queries with one row and with fifty, asked for by an editor of all their boards,
# or by an administrator where editors do not come.
PINNED: dict[str, tuple[int, int]] = {
    "accounts.savedfilter": (8, 8),
    "accounts.user": (8, 8),
    "governance.agreement": (15, 15),
    "governance.agreementactual": (14, 14),
    "governance.agreementevent": (12, 12),
    "governance.agreementnote": (11, 11),
    "governance.agreementprovider": (12, 12),
    "governance.agreementvalue": (13, 13),
    "governance.agreementvariation": (10, 10),
    "governance.body": (13, 13),
    "governance.conditionresponse": (11, 11),
    "governance.maturityassessment": (10, 10),
    "governance.printedfigure": (15, 15),
    "governance.programme": (8, 8),
    "governance.programmebudgetline": (12, 12),
    "governance.programmemark": (12, 12),
    "governance.programmemilestone": (11, 11),
    "governance.programmenetwork": (9, 9),
    "governance.programmeworkstream": (9, 9),
    "governance.providercommentary": (11, 11),
    "governance.reportpassage": (10, 10),
    "governance.risk": (14, 14),
    "governance.riskshare": (12, 12),
    "governance.riskshareterm": (12, 12),
    "governance.signoff": (12, 12),
    "metrics.contextfigure": (11, 11),
    "metrics.metric": (10, 10),
    "metrics.metricoption": (9, 9),
    "metrics.metricvalue": (12, 12),
    "metrics.population": (12, 12),
    "plans.answer": (10, 10),
    "plans.board": (8, 8),
    "plans.contribution": (12, 12),
    "plans.changeset": (10, 10),
    "plans.planevent": (11, 11),
    "plans.cycle": (7, 7),
    "plans.membership": (8, 8),
    "plans.organisation": (9, 9),
    "plans.ownheading": (12, 12),
    "plans.plan": (10, 10),
    "plans.populationshare": (9, 9),
    "plans.relateddocument": (9, 9),
    "plans.requirement": (11, 11),
    "schemes.benefit": (16, 14),
    "schemes.benefitprofile": (10, 10),
    "schemes.deliverylink": (13, 11),
    "schemes.milestone": (15, 13),
    "schemes.scheme": (15, 13),
    "schemes.schemecondition": (12, 10),
    "schemes.schememetric": (12, 10),
    "schemes.spendactual": (13, 11),
    "schemes.spendline": (17, 10),
}
ADMINISTRATORS_ONLY = {"accounts.user", "plans.membership"}


@pytest.fixture(autouse=True)
def _quick_rows(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of rows are made here: they need no checks and no history."""
    settings.SIMPLE_HISTORY_ENABLED = False
    monkeypatch.setattr(Versioned, "full_clean", lambda row, *args, **kwargs: None)


@pytest.fixture
def editor(member: Callable[..., User]) -> User:
    return member("editor", factories.BoardFactory())


def make(model: type[Model], rows: int, editor: User) -> None:
    factory = getattr(factories, f"{model.__name__}Factory")
    owned = {SavedFilter: {"user": editor}, ChangeSet: {"actor": editor}}.get(model, {})
    for _ in range(rows):
        factory(**owned)


def join_all_boards(editor: User) -> None:
    boards = Board.objects.exclude(memberships__user=editor)
    Membership.objects.bulk_create(
        Membership(user=editor, board=board, role=Role.EDITOR) for board in boards
    )


def page_of(client: Client, model: type[Model]) -> tuple[int, Any]:
    """How many queries the first page of the list takes, and the list."""
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured), response.context["cl"]


def test_the_queries_of_a_list_do_not_grow_with_its_rows_and_are_pinned(
    editor: User, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    clients = {True: sign_in(administrator), False: sign_in(editor)}

    def counts() -> dict[str, int]:
        join_all_boards(editor)
        found = {}
        for model in REGISTER:
            label = model._meta.label_lower
            found[label], page = page_of(clients[label in ADMINISTRATORS_ONLY], model)
            shown[label] = len(page.result_list)
        return found

    shown: dict[str, int] = {}
    for model in REGISTER:
        make(model, ONE, editor)
    page_of(clients[True], User)  # what is read once a process
    one = counts()
    for model in REGISTER:
        make(model, MANY - ONE, editor)
    many = counts()

    assert {label: (one[label], many[label]) for label in one} == PINNED
    assert {label for label in one if many[label] > one[label]} == set()
    cycles = {"plans.cycle"}  # there are as many as definitions
    assert {label for label, rows in shown.items() if rows < MANY} == cycles
