"""Every form of the admin, filled in wrongly: each refusal names its field and says what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.test import Client

from bcf.accounts.models import User
from plans import actions
from plans.admin.owners import OwnedAdmin
from plans.models import Plan
from schemes.models import SpendLine
from tests.factories import PlanFactory, SchemeFactory, SpendLineFactory
from tests.integration.admin_forms import (
    ADDED,
    OWNED,
    REFERENCE,
    ROWS_OF_PLANS,
    World,
    address,
    admin_of,
    errors_of,
    faults_of,
    lost,
    stock_phrases_in,
    wrong_values,
)
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

Model = type[models.Model]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def editor(world: World, member: Callable[..., User]) -> User:
    return member("editor", world.board)


@pytest.fixture
def client_for(
    editor: User, administrator: User, sign_in: Callable[[User], Client]
) -> Callable[[Model], Client]:
    """Signed in as who changes rows of this kind."""
    return lambda model: sign_in(administrator if model in REFERENCE else editor)


def named(model: Model) -> str:
    return model.__name__


def test_the_table_has_every_kind_of_row() -> None:
    assert len(ADDED) > 40
    assert len(OWNED) > 30
    assert {Plan, SpendLine} <= set(ADDED)


def test_stock_phrases_are_known() -> None:
    for phrase in ("This field is required.", "Enter a valid date.", "Select a valid choice."):
        assert stock_phrases_in(f"{phrase} and more"), phrase


@pytest.mark.parametrize("model", ADDED, ids=named)
def test_an_empty_form_says_what_is_missing(
    model: Model, world: World, client_for: Callable[[Model], Client]
) -> None:
    client = client_for(model)
    path = address(model, "add")
    query = "&".join(f"{name}={number}" for name, number in world.owner_of(model).items())
    asked = fields_of(client.get(f"{path}?{query}"))
    empty = {name: value if name.endswith("_FORMS") else "" for name, value in asked.items()}

    answer = client.post(f"{path}?{query}", empty)

    assert answer.status_code == 200
    assert errors_of(answer)
    assert faults_of(answer) == []


@pytest.mark.parametrize("model", ADDED, ids=named)
def test_wrong_values_are_refused_one_by_one_and_kept(
    model: Model, world: World, client_for: Callable[[Model], Client]
) -> None:
    client, row = client_for(model), world.row(model)
    path = address(model, "change", row.pk)
    posted = wrong_values(client.get(path))

    answer = client.post(path, posted)

    assert answer.status_code == 200
    typed = {
        name for name, value in posted.items() if name in answer.context["adminform"].form.fields
    }
    assert typed
    wrong = {name for name in typed if posted[name] not in ("", "on") and name != "seen"}
    kept = {
        name
        for name in wrong - set(errors_of(answer))
        if posted[name] in ("no-such-choice", "many", "32/13/2015", "one day", ["999999"])
    }
    assert kept == set(), "taken although wrong"
    assert faults_of(answer) == []
    assert lost(answer, posted) == []


@pytest.mark.parametrize("model", ADDED, ids=named)
def test_a_copy_of_a_row_is_taken_or_refused_in_words(
    model: Model, world: World, client_for: Callable[[Model], Client]
) -> None:
    client, row = client_for(model), world.row(model)
    posted = fields_of(client.get(address(model, "change", row.pk)))
    posted |= {"_addanother": "1"}
    posted.pop("seen", None)
    before = model._base_manager.count()

    answer = client.post(address(model, "add"), posted | world.owner_of(model))

    if answer.status_code == 302:
        assert model._base_manager.count() == before + 1
        for name, number in world.owner_of(model).items():
            assert f"{name}={number}" in answer["Location"]
    else:
        assert answer.status_code == 200
        assert faults_of(answer) == []
        assert lost(answer, posted) == []


@pytest.mark.parametrize("model", ADDED, ids=named)
def test_a_form_has_every_field_of_its_row(model: Model, world: World, rf: Any) -> None:
    request = rf.get("/", world.owner_of(model))
    request.user = User(is_superuser=True)
    owner: Any = admin_of(model)
    row = world.row(model)
    shown = set(flatten_fieldsets(type(owner).fieldsets))
    left_out = {"password", *getattr(owner, "SETTLED", ())}
    if isinstance(owner, OwnedAdmin):
        left_out |= set(owner.bound(request, row)) | {each.field for each in owner.owners}
    asked = {
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.editable and not field.primary_key
    }
    if model is not User:  # what Django's own permissions need is nobody's business here
        assert asked - shown - left_out == set()


@pytest.mark.parametrize("model", ROWS_OF_PLANS, ids=named)
def test_a_plan_submitted_meanwhile_keeps_what_was_typed_to_copy(
    model: Model,
    world: World,
    client_for: Callable[[Model], Client],
    member: Callable[..., User],
) -> None:
    client, row = client_for(model), world.row(model)
    path = address(model, "change", row.pk)
    posted = fields_of(client.get(path))
    texts = [name for name, value in posted.items() if name.endswith(("note", "text", "title"))]
    posted |= dict.fromkeys(texts, "Typed in the meantime")
    plan = Plan.objects.get(pk=world.owner_of(model)["plan"])
    actions.plan_submit(plan=plan, by=member("approver", world.board))

    changed = client.post(path, posted)
    added = client.post(address(model, "add"), posted | {"plan": str(plan.pk)})

    for answer in (changed, added):
        assert answer.status_code == 403
        assert "is submitted" in answer.content.decode()
        assert ("Typed in the meantime" in answer.content.decode()) == bool(texts)


def test_a_row_removed_meanwhile_keeps_what_was_typed_to_copy(
    world: World, client_for: Callable[[Model], Client], sign_in: Any, member: Callable[..., User]
) -> None:
    line = world.row(SpendLine)
    client = client_for(SpendLine)
    path = address(SpendLine, "change", line.pk)
    posted = fields_of(client.get(path)) | {"description": "Typed in the meantime"}
    other = sign_in(member("editor", world.board))
    other.post(address(SpendLine, "delete", line.pk), {"post": "yes"})

    answer = client.post(path, posted)

    assert answer.status_code == 410
    text = answer.content.decode()
    assert "removed “" in text
    assert "Typed in the meantime" in text
    assert client.get(path).status_code == 404
    stranger = sign_in(member("editor", PlanFactory().boards.first()))
    assert stranger.post(path, posted).status_code == 404


@pytest.mark.parametrize("which", ["removed", "of another board", "no number"])
def test_a_scheme_that_is_not_offered_is_refused_without_its_name(
    which: str, world: World, client_for: Callable[[Model], Client]
) -> None:
    scheme = SchemeFactory(plan=PlanFactory(), name="Hush")
    number = {"removed": "987654", "of another board": str(scheme.pk), "no number": "first"}[which]
    client = client_for(SpendLine)
    posted = {"financial_year": "2017-18", "description": "Falls", "scheme": number}

    answer = client.post(f"{address(SpendLine, 'add')}?plan={world.plan.pk}", posted)

    [sentence] = errors_of(answer)["scheme"]
    assert sentence.startswith("Scheme: ")
    assert "Hush" not in answer.content.decode()
    assert faults_of(answer) == []
    assert lost(answer, posted) == []


def test_shares_that_do_not_add_to_100_are_refused_beside_the_share(
    world: World, client_for: Callable[[Model], Client]
) -> None:
    client, line = client_for(SpendLine), SpendLineFactory(plan=world.plan)
    path = address(SpendLine, "change", line.pk)
    posted = fields_of(client.get(path))
    posted |= {"commissioner": "joint", "nhs_percent": "60", "la_percent": "30"}

    answer = client.post(path, posted)

    assert "must add to 100%" in errors_of(answer)["nhs_percent"][0]
    assert faults_of(answer) == []
    assert lost(answer, posted) == []


def test_a_choice_of_another_cycle_is_refused_with_those_of_this_one(
    world: World, client_for: Callable[[Model], Client]
) -> None:
    client = client_for(SpendLine)
    posted = {
        "financial_year": "2014-15",
        "description": "Falls",
        "funding_source": "lottery",
        "provider_type": "guild",
    }

    answer = client.post(f"{address(SpendLine, 'add')}?plan={world.plan.pk}", posted)

    found = {name: sentences[0] for name, sentences in errors_of(answer).items()}
    years = "Choose one of: 2017–18; 2018–19; Not stated."
    assert found["financial_year"] == f"“2014-15” is no financial year of 2017-19. {years}"
    assert (
        "“lottery” is no funding source of 2017-19. Choose one of: CCG" in found["funding_source"]
    )
    assert "is no provider type of 2017-19" in found["provider_type"]
    assert faults_of(answer) == []
