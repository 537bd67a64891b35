"""An editor of one board neither reads nor writes another board's draft through the admin.

Havering's editor is signed in unless a test says otherwise. What is posted is what a browser
would post from the page that was opened, with the changes that a test names.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from bcf.base.models import RowChanged
from plans import actions
from plans.admin.scoped import ScopedAdmin
from plans.models import Board, Contribution, Plan
from schemes.models import SpendLine
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

OUR_APPS = ("accounts", "plans", "schemes")
ROWS = ("contribution", "requirement", "scheme", "spendline")
SECRET = "Hush"  # in every text of Barnet's draft, and nowhere else


class World:
    """Two boards, and a draft of each with a row of every kind."""

    def __init__(self) -> None:
        self.havering = BoardFactory(slug="havering")
        self.barnet = BoardFactory(slug="barnet")
        self.own = PlanFactory(slug="havering-plan", boards=[self.havering])
        self.other = PlanFactory(slug="hush-plan", title=f"{SECRET} plan", boards=[self.barnet])
        self.mine = self._rows(self.own, "Open")
        self.theirs = self._rows(self.other, SECRET)

    @staticmethod
    def _rows(plan: Plan, word: str) -> dict[str, Any]:
        scheme = SchemeFactory(plan=plan, reference=word, name=f"{word} scheme", theme=word)
        return {
            "scheme": scheme,
            "contribution": ContributionFactory(plan=plan, note=word),
            "requirement": RequirementFactory(plan=plan, note=word),
            "spendline": SpendLineFactory(
                plan=plan, scheme=scheme, description=f"{word} line", theme=word
            ),
        }


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def editor(world: World, member: Callable[..., User]) -> User:
    return member("editor", world.havering)


@pytest.fixture
def client(editor: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(editor)


def address(row: models.Model, page: str = "change") -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk])


def listing(row: models.Model, page: str = "changelist") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored: rows, their histories, the boards of plans, events."""
    found = {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model is not User
    }
    assert found["plans.Plan"]
    assert found["plans.HistoricalPlan"]
    return found


class _Fields(HTMLParser):
    """What a browser would post from the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, Any] = {}
        self._select = self._area = ""
        self._many = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select":
            self._select, self._many = name, "multiple" in given
            self.posted[name] = [] if self._many else ""
        elif tag == "option" and "selected" in given and self._select:
            value = given.get("value") or ""
            if self._many:
                self.posted[self._select].append(value)
            else:
                self.posted[self._select] = value
        elif tag == "textarea":
            self._area = name
            self.posted[name] = ""

    def _input(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type")
        if kind == "checkbox":
            if "checked" in given:
                self.posted[name] = given.get("value") or "on"
        elif kind not in ("submit", "button"):
            self.posted[name] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.posted[self._area] += data.strip()


def opened(client: Client, path: str) -> dict[str, Any]:
    """The page's form, as it would be posted unchanged."""
    response = client.get(path)
    assert response.status_code == 200
    return typed(response)


def typed(response: Any) -> dict[str, Any]:
    reader = _Fields()
    reader.feed(response.content.decode())
    reader.posted.pop("q", None)
    assert reader.posted
    return reader.posted


# -- reading ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("kind", ROWS)
def test_a_row_of_another_boards_draft_is_not_found(
    client: Client, world: World, kind: str, page: str
) -> None:
    path = address(world.theirs[kind], page)

    for answer in (
        client.get(path),
        client.get(path, {"_to_field": "id"}),
        client.get(path, {"_popup": "1"}),
        client.post(path, {"post": "yes"}),
    ):
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("page", ["change", "history"])
def test_another_boards_draft_is_not_found(client: Client, world: World, page: str) -> None:
    answer = client.get(address(world.other, page))

    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("number", ["²", "99999999999999999999", "-1", "x", "hush-plan", "1_2F"])
def test_an_address_that_is_no_number_is_not_found(client: Client, number: str) -> None:
    for model in ("plans_plan", "plans_contribution", "schemes_spendline"):
        for page in ("change", "history", "delete"):
            path = reverse(f"admin:{model}_{page}", args=[number])
            assert client.get(path).status_code in (403, 404)
    assert client.get(reverse("admin:schemes_spendline_add"), {"plan": number}).status_code == 200


def test_no_list_shows_another_boards_draft(client: Client, world: World) -> None:
    other = world.other.pk
    asked = 0
    for row in (world.own, *world.mine.values()):
        for query in (
            "",
            f"q={SECRET}",
            f"plan__id__exact={other}",
            f"plan__id__in={other}",
            f"id__exact={world.theirs['spendline'].pk}",
            f"id__in={other}",
            "o=1.2.3.4",
            "all=",
            "p=2",
            "status__exact=draft",
            "_facets=True",
        ):
            answer = client.get(f"{listing(row)}?{query}", follow=True)
            text = re.sub(
                f'value="{SECRET}"|q(=|%3D){SECRET}|Words: {SECRET}', "", answer.content.decode()
            )
            assert SECRET not in text, f"{row._meta.label}?{query}"
            asked += 1
    assert asked == 55


@pytest.mark.parametrize(
    "lookup",
    ["plan__title__startswith", "plan__slug", "plan__boards__memberships__user__password__gt"],
)
def test_a_list_is_not_an_oracle(client: Client, world: World, lookup: str) -> None:
    answer = client.get(listing(world.mine["spendline"]), {lookup: "H"})

    assert answer.status_code == 400


def test_the_filters_of_lists_offer_own_plans_alone(client: Client, world: World) -> None:
    for kind in ROWS:
        text = client.get(listing(world.mine[kind])).content.decode()
        assert world.own.title in text
        assert world.other.title not in text


def test_no_choice_of_an_add_page_is_another_boards(client: Client, world: World) -> None:
    for kind in ROWS:
        for query in ("", f"?plan={world.own.pk}", f"?plan={world.other.pk}"):
            answer = client.get(listing(world.mine[kind], "add") + query)
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()


def test_no_page_of_the_admin_names_another_boards_draft(client: Client, world: World) -> None:
    pages = ["/admin/", "/admin/plans/", "/admin/schemes/", address(world.own)]
    pages += [address(row, page) for row in world.mine.values() for page in ("change", "history")]
    pages += [address(world.barnet), address(world.other.cycle)]

    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode(), page


def test_no_autocomplete_finds_another_boards_rows_or_people(
    client: Client, world: World, member: Callable[..., User]
) -> None:
    member("editor", world.barnet)
    answered = 0
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            answer = client.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": "",
                },
            )
            assert answer.status_code in (200, 403, 404)
            if answer.status_code == 200:
                answered += 1
                assert SECRET not in json.dumps(json.loads(answer.content))
            if field.related_model is User:
                assert answer.status_code == 403
    assert answered > 5


def test_a_submitted_part_does_not_name_its_joint_draft(
    client: Client, world: World, editor: User
) -> None:
    joint = PlanFactory(title=f"{SECRET} together", boards=[world.barnet])
    part = PlanFactory(part_of=joint, boards=[world.barnet], status="submitted")

    for page in (address(part), part.get_absolute_url(), listing(part)):
        answer = client.get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode(), page
    assert client.get(address(part, "history")).status_code == 404


def test_the_number_of_a_plan_does_not_tell_its_name(client: Client, world: World) -> None:
    kind = apps.get_model("contenttypes", "ContentType").objects.get_for_model(Plan).pk

    assert client.get(f"/admin/r/{kind}/{world.other.pk}/").status_code == 404


def test_what_is_missing_and_what_may_not_be_known_answer_alike(
    client: Client, world: World
) -> None:
    told = set()
    for number in (world.other.pk, 999_999):
        answer = client.get(reverse("admin:plans_plan_change", args=[number]))
        text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        told.add((answer.status_code, text.replace(f"/{number}/", "")))

    assert len(told) == 1


# -- writing where one may not ---------------------------------------------------------------


@pytest.fixture
def unchanged(world: World, editor: User) -> Any:
    """Nothing is stored, changed or removed while the test runs."""
    before = everything()
    yield
    assert everything() == before


def spend(world: World, **changes: Any) -> dict[str, Any]:
    """A new spend line of Havering, as typed on its add page."""
    return {
        "plan": world.own.pk,
        "financial_year": "2017-18",
        "description": "New line",
        "amount": "10",
        "in_pool": "on",
    } | changes


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("kind", ROWS)
def test_a_guessed_address_saves_nothing(client: Client, world: World, kind: str) -> None:
    posted = opened(client, address(world.mine[kind]))

    answer = client.post(address(world.theirs[kind]), posted)

    assert answer.status_code == 404


@pytest.mark.usefixtures("unchanged")
def test_the_page_of_another_plan_saves_nothing(client: Client, world: World) -> None:
    posted = opened(client, address(world.own)) | {"title": "Mine now"}

    for extra in ({}, {"_continue": "1"}, {"_addanother": "1"}):
        assert client.post(address(world.other), posted | extra).status_code == 404
    for plan in (world.own, world.other):
        copied = client.post(address(plan), posted | {"_saveasnew": "1"})
        assert copied.status_code == 403


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("kind", ROWS)
def test_a_new_row_is_not_put_into_another_plan(client: Client, world: World, kind: str) -> None:
    row = world.mine[kind]
    posted = opened(client, f"{listing(row, 'add')}?plan={world.own.pk}") | {
        "plan": world.other.pk,
        "financial_year": "2018-19",
        "funding_source": "nhs-minimum",
        "rule": row.rule if kind == "requirement" else "",
        "reference": "N1",
        "name": "New",
        "description": "New",
    }

    own_add = f"{listing(row, 'add')}?plan={world.own.pk}"
    for path, extra in (
        (listing(row, "add"), {}),
        (own_add, {}),
        (address(row), {"_saveasnew": "1"}),
    ):
        answer = client.post(path, posted | extra)
        assert answer.status_code == 403
        assert SECRET not in answer.content.decode()
        assert "New" in answer.content.decode()


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_does_not_move_to_another_plan(client: Client, world: World, kind: str) -> None:
    row = world.mine[kind]
    theirs = list(type(row).objects.filter(plan=world.other).values())

    client.post(
        address(row),
        opened(client, address(row))
        | {"plan": world.other.pk, "plan_id": world.other.pk, "id": world.theirs[kind].pk},
    )

    row.refresh_from_db()
    assert row.plan == world.own
    assert list(type(row).objects.filter(plan=world.other).values()) == theirs


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("kind", ROWS)
def test_the_page_of_a_plan_takes_no_rows(client: Client, world: World, kind: str) -> None:
    """Rows are changed on pages of their own, whatever is posted to the plan's."""
    posted = opened(client, address(world.own))
    rows = f"{kind}s"
    forged = {
        f"{rows}-TOTAL_FORMS": "1",
        f"{rows}-INITIAL_FORMS": "1",
        f"{rows}-0-id": world.theirs[kind].pk,
        f"{rows}-0-plan": world.other.pk,
        f"{rows}-0-DELETE": "on",
    }

    answer = client.post(address(world.own), posted | forged)

    assert answer.status_code == 302


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("kind", ROWS)
def test_a_bulk_removal_does_not_reach_another_plan(
    client: Client, world: World, kind: str
) -> None:
    row = world.mine[kind]
    posted = {
        "action": "delete_selected",
        "_selected_action": [world.theirs[kind].pk],
        "post": "yes",
    }

    for query in ("", f"?plan__id__exact={world.other.pk}"):
        answer = client.post(listing(row) + query, posted, follow=True)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode()


def test_removing_both_boards_rows_removes_ones_own_alone(client: Client, world: World) -> None:
    mine, theirs = world.mine["spendline"], world.theirs["spendline"]

    client.post(
        listing(mine),
        {
            "action": "delete_selected",
            "_selected_action": [mine.pk, theirs.pk],
            "post": "yes",
        },
    )

    assert list(SpendLine.objects.all()) == [theirs]
    assert SpendLine.history.filter(id=mine.pk, history_type="-").count() == 1


@pytest.mark.parametrize("action", ["submit_selected", "reopen_selected", "record_outcome"])
def test_an_event_in_the_list_of_plans_does_not_reach_another_board(
    world: World, action: str, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    readable = PlanFactory(boards=[world.barnet], status="submitted")
    approver = sign_in(member("approver", world.havering))
    before = everything()

    for plan in (world.other, readable):
        posted = {"action": action, "_selected_action": [plan.pk], "select_across": "0"}
        answer = approver.post(listing(plan), posted, follow=True)
        assert "is submitted" not in answer.content.decode()

    assert everything() == before


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("action", ["submit_selected", "delete_selected", "reopen_selected"])
def test_an_editor_neither_submits_nor_removes_plans_in_the_list(
    client: Client, world: World, action: str
) -> None:
    posted = {"action": action, "_selected_action": [world.own.pk], "post": "yes"}

    assert client.post(listing(world.own), posted).status_code in (200, 302)


@pytest.mark.usefixtures("unchanged")
def test_a_choice_that_belongs_to_another_plan_is_refused(client: Client, world: World) -> None:
    scheme, line = world.theirs["scheme"].pk, world.theirs["spendline"].pk
    for name, forged in (("scheme", scheme), ("breaks_down", line), ("parent", scheme)):
        rows = ("scheme",) if name == "parent" else ("spendline",)
        for kind in rows:
            row = world.mine[kind]
            answer = client.post(address(row), opened(client, address(row)) | {name: forged})
            assert name in answer.context["adminform"].form.errors
    for name, forged in (("scheme", scheme), ("breaks_down", line)):
        answer = client.post(
            listing(world.mine["spendline"], "add"), spend(world, **{name: forged})
        )
        assert name in answer.context["adminform"].form.errors


def test_an_editor_does_not_change_what_decides_on_access(
    client: Client, world: World, editor: User
) -> None:
    before = everything()
    settled = {
        "boards": [world.barnet.pk],
        "commissioners": [world.barnet.authority.pk],
        "part_of": world.other.pk,
        "status": "approved",
        "slug": "stolen",
        "cycle": "1",
        "version": "9",
    }

    answer = client.post(address(world.own), opened(client, address(world.own)) | settled)

    assert answer.status_code == 302
    assert everything() == before


@pytest.mark.usefixtures("unchanged")
def test_an_editor_touches_no_plan_person_membership_organisation_or_board(
    client: Client, world: World, editor: User
) -> None:
    password = editor.password
    membership = editor.memberships.get()
    posted = {"post": "yes", "username": "x", "is_superuser": "on", "role": "approver", "name": "x"}
    rows = (editor, membership, world.havering.authority, world.havering, world.own.cycle)
    for row in rows:
        for page in ("change", "delete"):
            assert client.post(address(row, page), posted).status_code == 403
        assert client.post(listing(row, "add"), posted).status_code == 403
        bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        assert client.post(listing(row), bulk).status_code in (200, 302, 403)
    assert client.post(f"/admin/accounts/user/{editor.pk}/password/", posted).status_code == 403
    assert client.post(address(world.own, "delete"), posted).status_code == 403
    assert client.post(listing(world.own, "add"), posted).status_code == 403
    editor.refresh_from_db()
    assert (editor.password, editor.is_superuser) == (password, False)


# -- a plan submitted while its page was open --------------------------------------------------


@pytest.fixture
def submitted(world: World, member: Callable[..., User]) -> Callable[[], Any]:
    """Submits Havering's plan; afterwards nothing stored may change."""

    def submit() -> Any:
        actions.plan_submit(plan=world.own, by=member("approver", world.havering))
        return everything()

    return submit


def test_a_submitted_plan_takes_no_change_from_an_open_page(
    client: Client, world: World, submitted: Callable[[], Any]
) -> None:
    pages = {address(row): opened(client, address(row)) for row in world.mine.values()}
    pages[address(world.own)] = opened(client, address(world.own)) | {"title": "Late"}
    before = submitted()

    for path, posted in pages.items():
        answer = client.post(path, posted | {"amount": "1", "name": "Late", "minimum": "1"})
        assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("kind", ROWS)
def test_a_submitted_plan_takes_no_new_row_and_loses_none(
    client: Client, world: World, submitted: Callable[[], Any], kind: str
) -> None:
    row = world.mine[kind]
    posted = opened(client, f"{listing(row, 'add')}?plan={world.own.pk}")
    before = submitted()

    added = client.post(listing(row, "add"), posted | {"plan": world.own.pk, "amount": "1"})
    removed = client.post(address(row, "delete"), {"post": "yes"})
    bulk = client.post(
        listing(row), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    )

    assert added.status_code == 403
    assert "is submitted, so it takes no new rows." in added.content.decode()
    assert removed.status_code == 403
    assert bulk.status_code == 403 or "Cannot delete" in bulk.content.decode()
    assert everything() == before


@pytest.mark.parametrize("person", ["approver", "administrator"])
def test_nobody_changes_a_submitted_plan(
    world: World, submitted: Callable[[], Any], person: str, request: pytest.FixtureRequest
) -> None:
    if person == "administrator":
        user = request.getfixturevalue("administrator")
    else:
        user = request.getfixturevalue("member")("approver", world.havering)
    client = request.getfixturevalue("sign_in")(user)
    posted = opened(client, address(world.own)) | {"title": "Late"}
    before = submitted()

    assert client.post(address(world.own), posted).status_code == 403
    assert client.post(address(world.own, "delete"), {"post": "yes"}).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("path", ["page", "row", "new", "delete", "bulk"])
def test_a_submission_in_the_midst_of_a_save_leaves_nothing_half_written(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The plan closes after the admin asked whether it is open: the lock decides."""
    line = world.mine["spendline"]
    monkeypatch.setattr(ScopedAdmin, "has_change_permission", lambda *args: True)
    posted = {
        "page": (address(world.own), {"title": "Late"}),
        "row": (address(line), {"amount": "1"}),
        "new": (listing(line, "add"), spend(world)),
        "delete": (address(line, "delete"), {"post": "yes"}),
        "bulk": (
            listing(line),
            {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"},
        ),
    }[path]
    page = opened(client, posted[0]) if path in ("page", "row") else {}
    before = everything()

    def closed(plan: Plan, *, by: User) -> Plan:
        raise actions.PlanClosed(f"{plan} is submitted, so it is read-only.")

    monkeypatch.setattr("plans.actions.hold_draft", closed)
    answer = client.post(posted[0], page | posted[1], follow=True)

    assert answer.status_code == 200
    assert "is submitted, so it is read-only." in answer.content.decode()
    assert everything() == before


# -- the edits that are meant ------------------------------------------------------------------


def test_an_editor_changes_adds_and_removes_rows_on_their_pages(
    client: Client, world: World, editor: User
) -> None:
    gone = ContributionFactory(plan=world.own, funding_source="dfg", amount=7)
    kept = world.mine["contribution"]
    line = spend(world, description="Falls service", amount="1.2m", financial_year="2018-19")

    answers = [
        client.post(address(kept), opened(client, address(kept)) | {"amount": "£1,234.50"}),
        client.post(address(gone, "delete"), {"post": "yes"}),
        client.post(listing(world.mine["spendline"], "add"), line),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    kept.refresh_from_db()
    assert kept.amount == Decimal("1234.50")
    assert not Contribution.objects.filter(pk=gone.pk).exists()
    added = SpendLine.objects.get(description="Falls service")
    assert (added.plan, added.amount) == (world.own, Decimal(1_200_000))
    latest = kept.history.first()
    assert (latest.history_type, latest.history_user) == ("~", editor)
    assert Contribution.history.get(id=gone.pk, history_type="-").history_user == editor
    assert added.history.get().history_user == editor


def test_a_page_saved_unchanged_writes_no_row(client: Client, world: World) -> None:
    before = everything()

    assert client.post(address(world.own), opened(client, address(world.own))).status_code == 302
    assert everything() == before


@pytest.mark.usefixtures("unchanged")
def test_a_contribution_typed_twice_is_refused_with_what_was_typed(
    client: Client, world: World
) -> None:
    first = world.mine["contribution"]

    answer = client.post(
        listing(first, "add"),
        {
            "plan": world.own.pk,
            "financial_year": str(first.financial_year),
            "funding_source": first.funding_source,
            "amount": "£99.99",
        },
    )

    assert answer.status_code == 200
    assert "already a contribution from this source" in answer.content.decode()
    assert typed(answer)["amount"] == "£99.99"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("amount", ["-5", "1.005", "lots", "1e400", "NaN"])
def test_an_amount_that_cannot_be_is_refused_with_what_was_typed(
    client: Client, world: World, amount: str
) -> None:
    row = world.mine["contribution"]
    posted = opened(client, address(row)) | {"amount": amount}

    answer = client.post(address(row), posted)

    assert answer.status_code == 200
    assert typed(answer)["amount"] == amount


@pytest.mark.usefixtures("unchanged")
def test_a_row_that_somebody_changed_meanwhile_is_shown_again(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(row: Any) -> None:
        raise RowChanged(f"{row} was changed or removed by somebody else.")

    row = world.mine["contribution"]
    posted = opened(client, address(row)) | {"note": "A better note", "amount": "77"}
    monkeypatch.setattr(Contribution, "_hold_stored_row", changed)

    answer = client.post(address(row), posted)

    assert answer.status_code == 200
    assert "Nothing was saved." in answer.content.decode()
    assert "was changed or removed by somebody else" in answer.content.decode()
    again = typed(answer)
    assert (again["note"], again["amount"]) == ("A better note", "77")


@pytest.mark.usefixtures("unchanged")
def test_a_line_whose_component_is_of_another_year_is_refused(
    world: World, editor: User, sign_in: Callable[[User], Client]
) -> None:
    whole = world.mine["spendline"]
    client = sign_in(editor)

    answer = client.post(
        listing(whole, "add"),
        spend(
            world,
            financial_year="2018-19",
            description="A component",
            breaks_down=str(whole.pk),
        ),
    )

    assert answer.status_code == 200
    assert "Choose a line of the same year" in answer.content.decode()
    assert typed(answer)["description"] == "A component"


def test_an_approver_of_a_joint_plan_edits_it_and_the_own_part_but_no_other_part(
    world: World, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    redbridge: Board = BoardFactory(slug="redbridge")
    joint = PlanFactory(boards=[world.havering, redbridge])
    part = PlanFactory(part_of=joint, boards=[world.havering])
    sibling = PlanFactory(part_of=joint, boards=[redbridge])
    theirs = SpendLineFactory(plan=sibling)
    client = sign_in(member("editor", world.havering))

    for plan, status in ((joint, 302), (part, 302), (sibling, 403)):
        posted = opened(client, address(part)) | {"title": "New title"}
        posted = {k: v for k, v in posted.items() if not re.search(r"-\d+-", k)}
        posted = {k: "0" if k.endswith("_FORMS") else v for k, v in posted.items()}
        assert client.post(address(plan), posted).status_code == status
    assert client.post(address(theirs), {"amount": "1"}).status_code == 403
    assert client.post(address(theirs, "delete"), {"post": "yes"}).status_code == 403
