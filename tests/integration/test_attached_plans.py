"""Supplements and refreshes: which plan each is attached to, and whoever says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from bcf.files.table import Table, TableRow
from plans.cycle_definitions import attached_forms, definition, form_kind
from plans.models import Board, Plan
from plans.resources import PlanResource
from tests.factories import BoardFactory, ContributionFactory, CycleFactory, PlanFactory
from tests.integration.admin_forms import errors_of
from tests.integration.attached import BASE, REFRESH, TOP_UP, YEAR_END, attaching_forms
from tests.integration.pages import fields_of

__all__ = ["attaching_forms"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attaching_forms")]


@pytest.fixture
def board() -> Board:
    return another_board(slug="one")


@pytest.fixture
def base(board: Board) -> Plan:
    return plan(slug="base", boards=[board], template_version=BASE)


def plan(**given: Any) -> Plan:
    made: Plan = PlanFactory(**given)
    return made


def another_board(**given: Any) -> Board:
    made: Board = BoardFactory(**given)
    return made


def refused(words: str, field: str = "attached_to", **given: Any) -> None:
    with pytest.raises(ValidationError) as error:
        plan(**given)
    assert words in " ".join(error.value.message_dict[field])


# -- the row ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "relation"), [(TOP_UP, "Supplement to"), (REFRESH, "Refresh of")])
def test_what_is_on_such_a_form_is_attached_to_a_plan(
    base: Plan, board: Board, key: str, relation: str
) -> None:
    refused("Choose the plan of 2017-19", template_version=key)
    made = plan(template_version=key, attached_to=base, boards=[board])
    assert made.attaches
    assert (made.words.attaches_by, list(base.attachments.all())) == (relation, [made])
    with pytest.raises(ProtectedError):
        base.delete()


@pytest.mark.parametrize("key", ["", BASE, YEAR_END])
def test_what_is_on_another_form_is_attached_to_none(base: Plan, key: str) -> None:
    refused("attached to no other plan", template_version=key, attached_to=base)
    assert plan(template_version=key).attached_to is None


def test_a_plan_has_one_refresh_on_a_form(base: Plan, board: Board) -> None:
    given = {"template_version": REFRESH, "attached_to": base, "boards": [board]}
    plan(**given)
    refused("has a refresh on this form already", **given)


def test_a_form_of_another_kind_is_not_chosen_once_there_are_rows(
    base: Plan, board: Board, client: Client
) -> None:
    made = plan(template_version=TOP_UP, attached_to=base, boards=[board])
    ContributionFactory(plan=made, financial_year="2018-19", contributor=board.authority)
    made.template_version, made.attached_to = BASE, None
    with pytest.raises(ValidationError) as error:
        made.full_clean()
    assert "Leave its template version, and add a plan of its own" in " ".join(
        error.value.message_dict["template_version"]
    )
    empty = plan(template_version=TOP_UP, attached_to=base, boards=[board])
    empty.template_version, empty.attached_to = BASE, None
    empty.full_clean()


def test_a_plan_of_another_cycle_and_what_is_itself_attached_are_no_base(base: Plan) -> None:
    earlier = plan(cycle=CycleFactory(key="2014-16"))
    top_up = plan(template_version=TOP_UP, attached_to=base)
    year_end = plan(template_version=YEAR_END)
    refused("Choose a plan of 2017-19", template_version=TOP_UP, attached_to=earlier)
    for other, noun in ((top_up, "supplement"), (year_end, "year-end return")):
        refused(f"is itself a {noun}", template_version=REFRESH, attached_to=other)


def test_a_plan_with_attachments_becomes_none_itself(base: Plan) -> None:
    plan(template_version=TOP_UP, attached_to=base)
    other = plan()
    for key, given in ((TOP_UP, other), (YEAR_END, None)):
        base.template_version, base.attached_to = key, given
        with pytest.raises(ValidationError, match="are attached to this plan"):
            base.save()


def test_money_of_a_supplement_is_in_no_joint_plans_total(base: Plan) -> None:
    refused(
        "whose money is not added to it",
        "part_of",
        template_version=TOP_UP,
        attached_to=base,
        part_of=plan(),
    )


def test_the_kind_of_a_form_is_a_plans_where_none_is_named() -> None:
    cycle = definition("2017-19")
    assert [form_kind(cycle, key) for key in ("", "unheard-of", TOP_UP, YEAR_END)] == [
        "plan",
        "plan",
        "supplement",
        "year-end",
    ]
    assert [each.key for each in attached_forms(cycle)] == [TOP_UP, REFRESH]


# -- the boards, which are saved after the row -------------------------------------------------


def test_what_is_attached_has_the_boards_of_its_plan(base: Plan, board: Board) -> None:
    other = another_board()
    top_up = plan(template_version=TOP_UP, attached_to=base, boards=[board])
    assert top_up.refused_boards([board]) == base.refused_boards([board]) == ""
    assert f"Choose those of {base}: {board}." in top_up.refused_boards([other])
    assert f"{top_up} is attached to this plan" in base.refused_boards([board, other])


@pytest.fixture
def admin_client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def test_the_page_of_a_new_plan_says_and_offers_what_it_is_attached_to(
    base: Plan, board: Board, admin_client: Client
) -> None:
    plan(slug="earlier", cycle=CycleFactory(key="2014-16"))
    path = reverse("admin:plans_plan_add")
    page: Any = admin_client.get(path)
    form = page.context["adminform"].form
    _, offered = form.fields["attached_to"].choices
    assert offered == (base.cycle.name, [(str(base.pk), str(base))])
    words = page.content.decode()
    assert "Supplement or refresh of" in words
    assert "Its money is its own" in words
    assert 'data-part-of="cycle"' in words
    for _, fieldset in page.context["adminform"].model_admin.get_fieldsets(page.wsgi_request):
        assert "collapse" not in fieldset["classes"]
    typed = {
        **fields_of(page),
        "title": "Top up",
        "slug": "top-up",
        "cycle": base.cycle_id,
        "template_version": TOP_UP,
        "attached_to": base.pk,
    }
    wrong = admin_client.post(path, typed | {"boards": [another_board().pk]})
    assert "has the boards of its plan" in errors_of(wrong)["boards"][0]
    unsaid = admin_client.post(path, typed | {"boards": [board.pk], "attached_to": ""})
    assert "is attached to a plan" in errors_of(unsaid)["attached_to"][0]
    assert admin_client.post(path, typed | {"boards": [board.pk]}).status_code == 302
    assert Plan.objects.get(slug="top-up").attached_to == base


def test_boards_of_a_plan_with_a_supplement_stay(
    base: Plan, board: Board, admin_client: Client
) -> None:
    plan(template_version=TOP_UP, attached_to=base, boards=[board])
    path = reverse("admin:plans_plan_change", args=[base.pk])
    typed = fields_of(admin_client.get(path)) | {"boards": [another_board().pk]}
    answer = admin_client.post(path, typed)
    assert "is attached to this plan and has the same boards" in errors_of(answer)["boards"][0]


def table(*rows: dict[str, str]) -> Table:
    names = tuple(rows[0])
    return Table(
        columns=names,
        rows=tuple(TableRow(n, tuple(row[k] for k in names)) for n, row in enumerate(rows, 2)),
    )


def test_a_file_says_what_a_plan_is_attached_to(
    base: Plan, board: Board, administrator: User
) -> None:
    another_board(slug="two")
    new: dict[str, str] = {
        "slug": "top-up",
        "title": "Top up",
        "cycle": "2017-19",
        "template_version": TOP_UP,
        "attached_to": "base",
        "boards": "one",
    }
    fine = PlanResource(administrator).check(table(new))
    assert not fine.errors
    wrong = PlanResource(administrator).check(table(new | {"boards": "two"}))
    assert "has the boards of its plan" in str(wrong.errors)
    alone = PlanResource(administrator).check(table(new | {"attached_to": ""}))
    assert "is attached to a plan" in str(alone.errors)


def test_an_editor_does_not_attach_by_a_file(
    base: Plan, board: Board, member: Callable[..., User]
) -> None:
    other = plan(slug="other", boards=[board])
    top_up = plan(slug="top-up", template_version=TOP_UP, attached_to=base, boards=[board])
    row = {"slug": "top-up", "attached_to": other.slug}
    found = PlanResource(member("editor", board)).check(table(row))
    assert [each.column for each in found.errors] == ["attached_to"]
    top_up.refresh_from_db()
    assert top_up.attached_to == base


def test_the_api_says_what_a_plan_is_attached_to_to_whom_may_know(
    base: Plan, board: Board, outsider: User, admin_client: Client, sign_in: Callable[..., Client]
) -> None:
    plan(
        slug="top-up",
        template_version=TOP_UP,
        attached_to=base,
        boards=[board],
        status="submitted",
    )
    path = "/api/v1/plans/?attached_to=base"
    [row] = admin_client.get(path).json()["results"]
    assert (row["slug"], row["attached_to"]) == ("top-up", "base")
    [row] = sign_in(outsider).get("/api/v1/plans/").json()["results"]
    assert (row["slug"], row["attached_to"]) == ("top-up", None)
