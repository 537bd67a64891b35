"""Events and acts in the admin: looked at by who may read them, changed by nobody at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from plans.models import Board, ChangeSet, PlanEvent
from tests.factories import BoardFactory, ChangeSetFactory, PlanEventFactory, PlanFactory

pytestmark = pytest.mark.django_db

KINDS = ("planevent", "changeset")
kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def rows(board: Board) -> dict[str, Any]:
    """An event and an act of an own draft, and of another board's."""
    made: dict[str, Any] = {}
    for place, plan in {
        "own": PlanFactory(boards=[board]),
        "theirs": PlanFactory(title="Secret plan"),
    }.items():
        made[f"{place} planevent"] = PlanEventFactory(plan=plan, note=f"Note of {place}")
        made[f"{place} changeset"] = ChangeSetFactory(plans=[plan], words=f"Words of {place}")
    return made


def address(kind: str, page: str, *args: Any) -> str:
    return reverse(f"admin:plans_{kind}_{page}", args=args)


def snapshot() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (PlanEvent, ChangeSet)]


@kinds
def test_not_even_an_administrator_adds_changes_or_removes_one(
    kind: str, rows: dict[str, Any], administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client, row = sign_in(administrator), rows[f"own {kind}"]
    before = snapshot()
    changed = {"note": "Rewritten", "words": "Rewritten", "actor_name": "Somebody else"}

    for page in (address(kind, "add"), address(kind, "delete", row.pk)):
        assert client.get(page).status_code == 403
        assert client.post(page, {**changed, "post": "yes"}).status_code == 403
    assert client.post(address(kind, "change", row.pk), changed).status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(address(kind, "changelist"), ticked)
    bulk = {"action": "set_field", "_selected_action": row.pk, "bulk_field": "words"}
    client.post(address(kind, "changelist"), bulk)

    assert snapshot() == before


@kinds
def test_they_are_looked_at(
    kind: str, rows: dict[str, Any], administrator: User, sign_in: Callable[[User], Client]
) -> None:
    client, row = sign_in(administrator), rows[f"own {kind}"]

    listed = client.get(address(kind, "changelist")).content.decode()
    shown = client.get(address(kind, "change", row.pk)).content.decode()

    for text in (listed, shown):
        assert ("Words of own" if kind == "changeset" else "Note of own") in text
    assert 'name="_save"' not in shown
    assert 'name="action"' not in listed
    assert client.get(address(kind, "history", row.pk)).status_code == 302


@kinds
def test_an_editor_sees_those_of_own_plans_alone(
    kind: str,
    rows: dict[str, Any],
    board: Board,
    member: Callable[..., User],
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(member("editor", board))

    listed = client.get(address(kind, "changelist")).content.decode()

    assert "of own" in listed
    assert "of theirs" not in listed
    assert "Secret plan" not in listed
    assert client.get(address(kind, "change", rows[f"theirs {kind}"].pk)).status_code == 404
    assert client.get(address(kind, "history", rows[f"theirs {kind}"].pk)).status_code == 404


def test_an_act_leads_to_its_page(
    rows: dict[str, Any], administrator: User, sign_in: Callable[[User], Client]
) -> None:
    row = rows["own changeset"]

    shown = sign_in(administrator).get(address("changeset", "change", row.pk)).content.decode()

    assert f'href="/changes/{row.ref}/"' in shown


def test_an_act_does_not_name_what_it_undid_to_who_may_not_know(
    rows: dict[str, Any],
    board: Board,
    member: Callable[..., User],
    sign_in: Callable[[User], Client],
) -> None:
    plan = rows["own planevent"].plan
    act = ChangeSetFactory(plans=[plan], undoes=rows["theirs changeset"], words="Undone")
    client = sign_in(member("editor", board))

    shown = client.get(address("changeset", "change", act.pk)).content.decode()

    assert "Undone" in shown
    assert "Words of theirs" not in shown
