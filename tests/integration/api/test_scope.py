"""Who reads which rows by the API: what the pages show, and what a hidden plan keeps to itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from bcf.api import COLLECTIONS
from bcf.assurance.kinds import SCOPES
from bcf.base.api.collection import Collection
from plans.models import Board, Cycle, Plan
from plans.scopes import REFERENCE
from tests import factories
from tests.factories import BoardFactory, PlanFactory, SchemeFactory, SpendLineFactory
from tests.integration.api.asking import key_of, keys, refusals, results

each_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.key)
SignIn = Callable[[User | None], Client]


@pytest.fixture
def people(
    outsider: User, administrator: User, member: Callable[..., User], real_plans: None
) -> list[User]:
    """People who read ever more: an outsider, an editor of Havering, an administrator."""
    return [outsider, member("editor", Board.objects.get(slug="havering")), administrator]


@each_collection
def test_everybody_reads_the_rows_that_pages_and_files_show(
    collection: Collection, sign_in: SignIn, people: list[User]
) -> None:
    model: Any = collection.model
    scope = REFERENCE if model is Cycle else SCOPES[model]
    Plan.objects.filter(slug="barnet-2014-16").update(status="draft")
    counts = []
    for user in people:
        client = sign_in(user)
        switches = {each.name: "1" for each in collection.switches}
        rows = results(client, collection.key, **switches)
        seen = scope.visible(user, model.objects.all())
        name = collection.row_key.parts[-1]
        assert sorted(row[name] for row in rows) == sorted(seen.values_list(name, flat=True))
        counts.append(len(rows))
    assert counts == sorted(counts)
    # Agreements and reference data are of no plan, and nothing of the draft is a contribution.
    if collection.filters and collection.key not in ("agreements", "contributions"):
        assert counts[0] < counts[2]


def test_nobody_signed_in_reads_nothing_unless_plans_are_public(
    sign_in: SignIn, settings: Any, db: None
) -> None:
    draft, open_plan = PlanFactory(slug="draft"), PlanFactory(slug="open", status="submitted")
    for plan in (draft, open_plan):
        SpendLineFactory(plan=plan)
    client = sign_in(None)

    response = client.get("/api/v1/spend-lines/")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert refusals(client, "spend-lines/?nothing=1", 401) == [("not-authenticated", None)]

    settings.PUBLIC_READ = True
    assert [row["plan"] for row in results(client, "spend-lines", breakdowns="1")] == ["open"]
    assert keys(client, "plans") == ["open"]
    assert refusals(client, "plans/draft/history/", 401) == [("not-authenticated", None)]


def test_a_draft_of_another_board_is_answered_as_what_there_is_not(
    sign_in: SignIn, outsider: User
) -> None:
    line = SpendLineFactory(plan=PlanFactory(slug="draft"))
    client = sign_in(outsider)

    assert results(client, "spend-lines", plan="draft") == results(client, "spend-lines", plan="no")
    for address in (f"spend-lines/draft:{line.ref}/", "plans/draft/", "plans/draft/summary/"):
        there, missing = (
            client.get(f"/api/v1/{each}") for each in (address, address.replace("draft", "no"))
        )
        assert (there.status_code, there.content) == (404, missing.content)


@pytest.fixture
def part(db: None) -> Plan:
    """A submitted part of a joint plan that is a draft, with rows that point into that plan."""
    board = BoardFactory(slug="east")
    joint = PlanFactory(slug="joint", boards=[board, BoardFactory()])
    part = PlanFactory(slug="part", boards=[board], part_of=joint, status="submitted")
    hidden, own = SchemeFactory(plan=joint, name="Hidden"), SchemeFactory(plan=part, parent=None)
    SchemeFactory(plan=part, reference="under", parent=hidden)
    SpendLineFactory(plan=part, scheme=hidden, description="Of the joint plan")
    SpendLineFactory(plan=part, scheme=own, description="Of the part")
    benefit = factories.BenefitFactory(plan=part)
    benefit.schemes.set([hidden, own])
    return part


def test_a_key_into_a_plan_that_is_hidden_is_null(
    part: Plan, sign_in: SignIn, outsider: User, administrator: User
) -> None:
    hidden = Plan.objects.get(slug="joint").schemes.get().ref
    own = part.schemes.get(parent=None).ref
    client, other = sign_in(outsider), sign_in(administrator)

    def lines(who: Client, **query: str) -> dict[str, Any]:
        rows = results(who, "spend-lines", expand="scheme", **query)
        names = ("scheme_plan", "scheme", "scheme_name")
        return {row["description"]: [row[name] for name in names] for row in rows}

    assert lines(client)["Of the joint plan"] == [None, None, None]
    assert lines(other)["Of the joint plan"] == ["joint", hidden, "Hidden"]
    assert list(lines(client, scheme_plan="joint")) == list(lines(client, scheme=hidden)) == []
    assert list(lines(other, scheme_plan="joint")) == ["Of the joint plan"]
    assert list(lines(client, scheme__missing="true")) == ["Of the joint plan"]
    assert list(lines(client, scheme__missing="false")) == ["Of the part"]
    assert lines(client)["Of the part"][:2] == ["part", own]

    [plan] = results(client, "plans", expand="part_of")
    assert (plan["part_of"], plan["part_of_title"], plan["part_of_boards"]) == (None, None, None)
    assert results(client, "plans", part_of="joint") == []
    assert [row["slug"] for row in results(other, "plans", part_of="joint")] == ["part"]

    [benefit] = results(client, "benefits")
    assert benefit["schemes"] == [own]
    assert results(client, "benefits", schemes=hidden) == []
    assert results(other, "benefits", schemes=hidden)[0]["schemes"] == sorted([hidden, own])

    schemes = {row["reference"]: row for row in results(client, "schemes")}
    assert (schemes["under"]["parent_plan"], schemes["under"]["parent"]) == (None, None)


def test_members_read_their_own_drafts(sign_in: SignIn, member: Callable[..., User]) -> None:
    east, west = BoardFactory(slug="east"), BoardFactory(slug="west")
    PlanFactory(slug="own", boards=[east])
    PlanFactory(slug="other", boards=[west])
    assert keys(sign_in(member("viewer", east)), "plans") == ["own"]


def test_answers_are_kept_for_one_reader_alone(sign_in: SignIn, outsider: User) -> None:
    response = sign_in(outsider).get("/api/v1/boards/")
    assert response["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Authorization", "Accept"} <= set(response["Vary"].split(", "))
    assert key_of({"slug": "a"}) == "a"
