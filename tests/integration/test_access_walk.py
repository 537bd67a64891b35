"""Every address, asked for as every kind of person, answers what the table below says.

The table is design section 7 spelled out. A line names an address; addresses on lines of their
own share the answers under them. An answer line gives the method, what each of `PEOPLE` is
answered, and the objects asked for. A number is a status; `in` is a redirect to the sign-in page
that carries the address to come back to and nothing else; `door` is the admin's closed door, a
redirect that ends in 403; `302` goes anywhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLResolver, get_resolver

from bcf.accounts.access import Role
from bcf.accounts.models import User
from plans.models import Board
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    MembershipFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
    UserFactory,
)

PEOPLE = (
    "anonymous",
    "public",  # nobody signed in, while BCF_PUBLIC_READ=1
    "outsider",
    "viewer",
    "analyst",
    "editor",
    "approver",
    "editor-elsewhere",
    "approver-elsewhere",
    "administrator",
)

# `own` is a draft of Havering, the board of the viewer, analyst, editor and approver; `other` one
# of Barnet, the board of those elsewhere. `joint` is a draft of Havering and Redbridge, `part` and
# `sibling` their parts of it. `submitted` belongs to a board of which nobody here is a member.
PLANS = ("own", "other", "submitted", "joint", "part", "sibling", "missing")

# Columns: anonymous public outsider viewer analyst editor approver, editor and approver
# elsewhere, administrator.
TABLE = """
home
    GET  in   200  200  200  200  200  200  200  200  200  -
    POST in   405  405  405  405  405  405  405  405  405  -
board
    GET  in   200  200  200  200  200  200  200  200  200  own other
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other missing
plan
plan-contributions
plan-spend-lines
plan-template-pdf
    GET  in   404  404  200  200  200  200  404  404  200  own joint part sibling
    GET  in   404  404  404  404  404  404  200  200  200  other
    GET  in   200  200  200  200  200  200  200  200  200  submitted
    GET  in   404  404  404  404  404  404  404  404  404  missing
    POST in   405  405  405  405  405  405  405  405  405  own other submitted joint
    POST in   405  405  405  405  405  405  405  405  405  part sibling missing
health-live
health-ready
password_reset_done
password_reset_complete
    GET  200  200  200  200  200  200  200  200  200  200  -
    POST 405  405  405  405  405  405  405  405  405  405  -
plan-submit
    GET  in   in   404  403  403  403  200  404  404  200  own joint part
    GET  in   in   404  404  404  404  404  403  200  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  403  403  403  403  404  404  200  sibling
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  302  404  404  302  own joint part
    POST in   in   404  404  404  404  404  403  302  302  other
    POST in   in   403  403  403  403  403  403  403  400  submitted
    POST in   in   404  403  403  403  403  404  404  302  sibling
    POST in   in   404  404  404  404  404  404  404  404  missing
plan-approve
    GET  in   in   404  403  403  403  403  404  404  200  own joint part sibling
    GET  in   in   404  404  404  404  404  403  403  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  403  404  404  400  own joint part sibling
    POST in   in   404  404  404  404  404  403  403  400  other
    POST in   in   403  403  403  403  403  403  403  302  submitted
    POST in   in   404  404  404  404  404  404  404  404  missing
plan-reopen
    GET  in   in   404  403  403  403  200  404  404  200  own joint part
    GET  in   in   404  404  404  404  404  403  200  200  other
    GET  in   in   403  403  403  403  403  403  403  200  submitted
    GET  in   in   404  403  403  403  403  404  404  200  sibling
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   404  403  403  403  400  404  404  400  own joint part
    POST in   in   404  404  404  404  404  403  400  400  other
    POST in   in   403  403  403  403  403  403  403  302  submitted
    POST in   in   404  403  403  403  403  404  404  400  sibling
    POST in   in   404  404  404  404  404  404  404  404  missing
board-members
    GET  in   in   403  403  403  403  200  403  403  200  own
    GET  in   in   403  403  403  403  403  403  200  200  other
    GET  in   in   404  404  404  404  404  404  404  404  missing
    POST in   in   403  403  403  403  302  403  403  302  own
    POST in   in   403  403  403  403  403  403  302  302  other
    POST in   in   404  404  404  404  404  404  404  404  missing
member-remove
    GET  in   in   403  403  403  403  200  403  403  200  own
    GET  in   in   403  403  403  403  403  403  200  200  other
    GET  in   in   403  403  403  403  404  403  403  404  missing
    POST in   in   403  403  403  403  302  403  403  302  own
    POST in   in   403  403  403  403  403  403  302  302  other
    POST in   in   403  403  403  403  404  403  403  404  missing
login
    GET  200  200  302  302  302  302  302  302  302  302  -
    POST 200  200  302  302  302  302  302  302  302  302  -
logout
    GET  in   in   405  405  405  405  405  405  405  405  -
    POST in   in   302  302  302  302  302  302  302  302  -
password_change
    GET  in   in   200  200  200  200  200  200  200  200  -
    POST in   in   200  200  200  200  200  200  200  200  -
password_change_done
    GET  in   in   200  200  200  200  200  200  200  200  -
    POST in   in   405  405  405  405  405  405  405  405  -
password_reset
password_reset_confirm
    GET  200  200  200  200  200  200  200  200  200  200  -
    POST 200  200  200  200  200  200  200  200  200  200  -
admin:index
admin:password_change
admin:plans_plan_changelist
admin:plans_contribution_changelist
admin:plans_contribution_add
admin:plans_requirement_changelist
admin:plans_requirement_add
admin:schemes_scheme_changelist
admin:schemes_scheme_add
admin:schemes_spendline_changelist
admin:schemes_spendline_add
admin:plans_board_changelist
admin:plans_organisation_changelist
admin:plans_cycle_changelist
    GET  in   in   door door door 200  200  200  200  200  -
    POST in   in   door door door 200  200  200  200  200  -
admin:login
    GET  in   in   403  403  403  302  302  302  302  302  -
    POST in   in   403  403  403  302  302  302  302  302  -
admin:logout
    GET  in   in   302  302  302  405  405  405  405  405  -
    POST in   in   302  302  302  302  302  302  302  302  -
admin:password_change_done
admin:autocomplete
admin:jsi18n
    GET  in   in   door door door 200  200  200  200  200  -
    POST in   in   door door door 405  405  405  405  405  -
admin:auth_user_password_change
admin:accounts_user_change
admin:plans_organisation_delete
admin:plans_membership_change
    GET  in   in   door door door 403  403  403  403  200  there
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  200  there
    POST in   in   door door door 403  403  403  403  404  missing
admin:accounts_user_changelist
admin:accounts_user_add
admin:plans_plan_add
admin:plans_board_add
admin:plans_organisation_add
admin:plans_membership_changelist
admin:plans_membership_add
    GET  in   in   door door door 403  403  403  403  200  -
    POST in   in   door door door 403  403  403  403  200  -
admin:accounts_user_history
admin:plans_membership_history
    GET  in   in   door door door 404  404  404  404  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 404  404  404  404  200  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:accounts_user_delete
admin:plans_board_delete
admin:plans_membership_delete
    GET  in   in   door door door 403  403  403  403  200  there
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  302  there
    POST in   in   door door door 403  403  403  403  404  missing
/admin/accounts/user/<path:object_id>/
/admin/plans/board/<path:object_id>/
/admin/plans/organisation/<path:object_id>/
/admin/plans/cycle/<path:object_id>/
/admin/plans/membership/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  there missing
    POST in   in   door door door 302  302  302  302  302  there missing
admin:plans_plan_history
admin:plans_contribution_history
admin:plans_requirement_history
admin:schemes_scheme_history
admin:schemes_spendline_history
    GET  in   in   door door door 200  200  404  404  200  own joint part sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 200  200  200  200  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  404  404  200  own joint part sibling
    POST in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 200  200  200  200  200  submitted
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_plan_delete
    GET  in   in   door door door 403  403  403  403  200  own other joint part sibling
    GET  in   in   door door door 403  403  403  403  403  submitted
    GET  in   in   door door door 403  403  403  403  404  missing
    POST in   in   door door door 403  403  403  403  302  own other part sibling
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  403  403  200  joint
    POST in   in   door door door 403  403  403  403  404  missing
admin:plans_plan_change
admin:plans_contribution_change
admin:plans_requirement_change
admin:schemes_scheme_change
admin:schemes_spendline_change
    GET  in   in   door door door 200  200  404  404  200  own joint part sibling
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 200  200  200  200  200  submitted
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  404  404  200  own joint part
    POST in   in   door door door 404  404  200  200  200  other
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  404  404  200  sibling
    POST in   in   door door door 404  404  404  404  404  missing
/admin/plans/plan/<path:object_id>/
/admin/plans/contribution/<path:object_id>/
/admin/plans/requirement/<path:object_id>/
/admin/schemes/scheme/<path:object_id>/
/admin/schemes/spendline/<path:object_id>/
    GET  in   in   door door door 302  302  302  302  302  own other submitted joint
    GET  in   in   door door door 302  302  302  302  302  part sibling missing
    POST in   in   door door door 302  302  302  302  302  own other submitted joint
    POST in   in   door door door 302  302  302  302  302  part sibling missing
admin:plans_contribution_delete
admin:plans_requirement_delete
admin:schemes_scheme_delete
admin:schemes_spendline_delete
    GET  in   in   door door door 200  200  404  404  200  own joint part
    GET  in   in   door door door 404  404  200  200  200  other
    GET  in   in   door door door 403  403  403  403  403  submitted
    GET  in   in   door door door 403  403  404  404  200  sibling
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 302  302  404  404  302  own joint part
    POST in   in   door door door 404  404  302  302  302  other
    POST in   in   door door door 403  403  403  403  403  submitted
    POST in   in   door door door 403  403  404  404  302  sibling
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_board_history
admin:plans_organisation_history
admin:plans_cycle_history
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 200  200  200  200  200  there
    POST in   in   door door door 404  404  404  404  404  missing
admin:plans_board_change
admin:plans_organisation_change
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 403  403  403  403  200  there
    POST in   in   door door door 403  403  403  403  404  missing
admin:plans_cycle_add
    GET  in   in   door door door 403  403  403  403  403  -
    POST in   in   door door door 403  403  403  403  403  -
admin:plans_cycle_delete
    GET  in   in   door door door 403  403  403  403  403  there missing
    POST in   in   door door door 403  403  403  403  403  there missing
admin:plans_cycle_change
    GET  in   in   door door door 200  200  200  200  200  there
    GET  in   in   door door door 404  404  404  404  404  missing
    POST in   in   door door door 403  403  403  403  403  there missing
admin:app_list
    GET  in   in   door door door 404  404  404  404  200  accounts
    GET  in   in   door door door 200  200  200  200  200  plans schemes
    POST in   in   door door door 404  404  404  404  200  accounts
    POST in   in   door door door 200  200  200  200  200  plans schemes
/admin/(?P<url>.*)$
    GET  in   in   door door door 404  404  404  404  404  -
    POST in   in   door door door 404  404  404  404  404  -
"""

BOARDS = {"own": "havering", "other": "barnet", "missing": "atlantis"}
MEMBERS = {
    "own": ("havering", "viewer"),
    "other": ("barnet", "editor-elsewhere"),
    "missing": ("havering", "nobody"),
}
FIXED = {
    "admin:autocomplete": "/admin/autocomplete/?app_label=plans&model_name=contribution"
    "&field_name=contributor&term=",
    "password_reset_confirm": "/accounts/password-reset/MQ/set-password/",
    "/admin/(?P<url>.*)$": "/admin/no/such/page",
}
# What is posted: enough for the events to happen, and for nothing else to be valid.
POSTED = {
    "plan-approve": {"outcome": "approved"},
    "board-members": {"name": "New", "email": "new@example.org", "role": "viewer"},
}
ANYTHING = {"note": "Agreed."}


@dataclass
class World:
    """The rows that are asked for, by the kind of row, and who asks."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


@pytest.fixture
def world(db: None) -> World:
    boards = {name: BoardFactory(slug=name) for name in ("havering", "redbridge", "barnet")}
    havering, redbridge, barnet = boards.values()
    joint = PlanFactory(slug="joint", boards=[havering, redbridge])
    plans = {
        "own": PlanFactory(slug="own", boards=[havering]),
        "other": PlanFactory(slug="other", boards=[barnet]),
        "submitted": PlanFactory(slug="submitted", status="submitted"),
        "joint": joint,
        "part": PlanFactory(slug="part", part_of=joint, boards=[havering]),
        "sibling": PlanFactory(slug="sibling", part_of=joint, boards=[redbridge]),
    }
    made = World()
    row_factories = (ContributionFactory, RequirementFactory, SchemeFactory, SpendLineFactory)
    for name, plan in plans.items():
        for row in (plan, *(factory(plan=plan) for factory in row_factories)):
            made.rows.setdefault(_kind(row), {})[name] = row
    for name in PEOPLE[2:]:
        made.users[name] = _person(name, barnet if "elsewhere" in name else havering)
    membership = made.users["viewer"].memberships.get()
    for row in (membership.user, havering, havering.authority, joint.cycle, membership):
        made.rows[_kind(row)] = {"there": row}
    return made


def _person(name: str, board: Board, username: str = "") -> User:
    user = UserFactory(username=username or name, is_superuser=name == "administrator")
    role = name.partition("-")[0]
    if role in Role.values:
        MembershipFactory(user=user, board=board, role=role)
    return user


def _kind(row: Model) -> str:
    """The part of an admin address that names the kind of row, such as `plans/plan`."""
    return row._meta.label_lower.replace(".", "/")


# -- the addresses -------------------------------------------------------------------------


def walk(resolver: Any, prefix: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address: its name, or its route where it has no name; and its route."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern, route, inner)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else route), route


def paths_of(name: str, route: str, world: World) -> dict[str, str]:
    """The paths at which an address is asked for, by the object that it is asked for."""
    if name in FIXED:
        return {"-": FIXED[name]}
    if name == "admin:app_list":
        return {app: f"/admin/{app}/" for app in ("accounts", "plans", "schemes")}
    if name == "member-remove":
        return {k: f"/boards/{board}/members/{who}/remove/" for k, (board, who) in MEMBERS.items()}
    if route.startswith("/boards/<slug:slug>/"):
        return {k: route.replace("<slug:slug>", slug) for k, slug in BOARDS.items()}
    if route.startswith("/plans/<slug:slug>/"):
        return {k: route.replace("<slug:slug>", k) for k in PLANS}
    if row := re.match(r"/admin/(\w+/\w+)/(<path:object_id>|<id>)/", route):
        numbers = {k: each.pk for k, each in world.rows[row[1]].items()} | {"missing": 999_999}
        return {k: route.replace(row[2], str(number)) for k, number in numbers.items()}
    assert not re.search("[<(]", route), f"say in FIXED or in paths_of how to ask for {name}"
    return {"-": route}


def ask(client: Client, method: str, path: str, posted: dict[str, str]) -> str:
    """What is answered, in the words of the table; nothing that was done remains."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.get(path) if method == "GET" else client.post(path, posted)
        answer = _in_words(client, response, quote(path, safe="/"))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _in_words(client: Client, response: Any, here: str) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    if response["Location"] == f"/accounts/login/?next={here}":
        return "in"
    if response["Location"] == f"/admin/login/?next={here}":
        behind = client.get(response["Location"])
        if behind.status_code == 403:
            return "door"
        if behind.headers["Location"].startswith("/accounts/login/?next=/admin/login/"):
            return "in"
    return "302"


# -- the table -----------------------------------------------------------------------------

Asked = tuple[str, str, str]  # the address, the object, the method


def read_table(text: str) -> dict[Asked, tuple[str, ...]]:
    """What everybody is answered; an address or an object listed twice is an error."""
    expected: dict[Asked, tuple[str, ...]] = {}
    names: list[str] = []
    answered = False
    for line in filter(None, text.splitlines()):
        if not line.startswith(" "):
            names = [line] if answered else [*names, line]
            answered = False
            continue
        answered = True
        method, *words = line.split()
        answers, objects = tuple(words[: len(PEOPLE)]), words[len(PEOPLE) :]
        for name in names:
            for thing in objects:
                assert (name, thing, method) not in expected, f"listed twice: {name} {thing}"
                expected[name, thing, method] = answers
    return expected


def test_the_table_lists_every_address_and_no_other(world: World) -> None:
    addresses = dict(walk(get_resolver()))
    listed = set(read_table(TABLE))
    there = {
        (name, thing, method)
        for name, route in addresses.items()
        for thing in paths_of(name, route, world)
        for method in ("GET", "POST")
    }

    assert len(addresses) > 70
    assert not there - listed, "addresses that the table does not list"
    assert not listed - there, "the table lists what is not there"


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_answered_as_the_table_says(
    who: str, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_READ = who == "public"
    monkeypatch.setattr("bcf.reporting.views.plan_pdf", lambda *_: b"%PDF-")
    client = Client(raise_request_exception=False)
    if who in world.users:
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    column = PEOPLE.index(who)
    expected = {asked: answers[column] for asked, answers in read_table(TABLE).items()}

    answered = {
        (name, thing, method): ask(client, method, path, POSTED.get(name, ANYTHING))
        for name, route in walk(get_resolver())
        for thing, path in paths_of(name, route, world).items()
        for method in ("GET", "POST")
    }

    assert answered, "the walk asked for nothing"
    wrong = {asked: (answer, expected.get(asked)) for asked, answer in answered.items()}
    assert not {asked: pair for asked, pair in wrong.items() if pair[0] != pair[1]}


def test_nobody_signed_in_is_told_the_same_of_what_is_there_and_what_is_not(world: World) -> None:
    client = Client()
    there, missing = (client.get(f"/plans/{slug}/") for slug in ("own", "missing"))

    assert (there.status_code, missing.status_code) == (302, 302)
    assert there.content == missing.content == b""
    assert there["Location"].replace("own", "missing") == missing["Location"]
    assert sorted(there.headers) == sorted(missing.headers)


def test_an_address_listed_twice_in_the_table_is_an_error() -> None:
    table = read_table("home\n    GET " + "200 " * len(PEOPLE) + " -\n")

    assert set(table) == {("home", "-", "GET")}
    with pytest.raises(AssertionError, match="listed twice"):
        read_table(("home\n    GET " + "200 " * len(PEOPLE) + " -\n") * 2)


def test_a_member_whose_e_mail_address_has_a_slash_is_listed_and_removed(world: World) -> None:
    _person("viewer", world.users["viewer"].memberships.get().board, username="a/b")
    client = Client()
    client.force_login(world.users["approver"], backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/boards/havering/members/").status_code == 200
    path = "/boards/havering/members/a/b/remove/"
    assert client.post(path, {"yes": "1"}).status_code == 302
    assert not User.objects.filter(username="a/b", memberships__isnull=False).exists()
