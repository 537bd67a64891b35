"""Every address, asked for as every kind of person, answers what the table below says.

The table is design section 7, spelled out: a line names addresses, the lines under it say for
each object asked for, and for GET and POST, what each kind of person is answered. A number is a
status; `in` is a redirect to the sign-in page with the address to come back to and nothing else;
`door` is the admin's closed door, a redirect that ends in 403; `302` goes anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.loading.reference import load_reference
from plans.models import Board, Contribution, Cycle, Membership, Organisation, Plan, Requirement
from schemes.models import Scheme, SpendLine

PEOPLE = (
    "anonymous",
    "public",  # nobody signed in, BCF_PUBLIC_READ=1
    "outsider",
    "viewer",
    "analyst",
    "editor",
    "approver",
    "editor-elsewhere",
    "approver-elsewhere",
    "administrator",
)

# `own` and `other` are drafts of the viewer's, analyst's, editor's and approver's board and of the
# board of those elsewhere. `joint` is a draft of the own and a third board, `part` and `sibling`
# their parts of it. `submitted` belongs to a board of which nobody here is a member.
PLANS = ("own", "other", "submitted", "joint", "part", "sibling", "missing")

TABLE = """
"""


@dataclass
class World:
    """The rows that are asked for, and who asks."""

    plans: dict[str, Plan] = field(default_factory=dict)
    rows: dict[type, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def make_plan(slug: str, *boards: str, part_of: Plan | None = None, status: str = "draft") -> Plan:
    plan = Plan(
        slug=slug,
        title=f"Plan {slug}",
        cycle=Cycle.objects.get(key="2014-16"),
        part_of=part_of,
        status=status,
    )
    plan.save()
    plan.boards.set(Board.objects.filter(slug__in=boards))
    return plan


def make_rows(plan: Plan) -> dict[type, Any]:
    common = {"plan": plan, "financial_year": "2014-15"}
    scheme = Scheme(plan=plan, reference="1", name="Reablement")
    rows = [
        Contribution(**common, funding_source="nhs-minimum", amount=100),
        Requirement(**common, rule="total-pool", minimum=100),
        scheme,
        SpendLine(**common, scheme=scheme, description="Reablement team", amount=100),
    ]
    for row in rows:
        row.save()
    return {type(row): row for row in rows}


def make_world() -> World:
    load_reference()
    world = World()
    joint = make_plan("joint", "havering", "redbridge")
    world.plans = {
        "own": make_plan("own", "havering"),
        "other": make_plan("other", "barnet"),
        "submitted": make_plan("submitted", "westminster", status="submitted"),
        "joint": joint,
        "part": make_plan("part", "havering", part_of=joint),
        "sibling": make_plan("sibling", "redbridge", part_of=joint),
    }
    for name, plan in world.plans.items():
        for model, row in make_rows(plan).items():
            world.rows.setdefault(model, {})[name] = row
    world.rows[Plan] = dict(world.plans)
    for name in PEOPLE[2:]:
        role, _, elsewhere = name.partition("-")
        user = User.objects.create_user(
            name, f"{name}@example.org", is_superuser=name == "administrator"
        )
        world.users[name] = user
        if role in Role.values:
            board = Board.objects.get(slug="barnet" if elsewhere else "havering")
            Membership(user=user, board=board, role=role).save()
    for model in (User, Board, Organisation, Cycle):
        world.rows[model] = {"there": model.objects.order_by("-pk").first()}
    world.rows[Membership] = {"there": Membership.objects.get(user=world.users["viewer"])}
    return world


# -- the addresses ---------------------------------------------------------------------------


def walk(resolver: Any, prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The name of every address, or its route where it has none."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern, route, inner)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else route), pattern


ADDRESSES = dict(walk(get_resolver()))
ROW_MODELS = {
    "plans/plan": Plan,
    "plans/contribution": Contribution,
    "plans/requirement": Requirement,
    "schemes/scheme": Scheme,
    "schemes/spendline": SpendLine,
    "accounts/user": User,
    "plans/board": Board,
    "plans/organisation": Organisation,
    "plans/cycle": Cycle,
    "plans/membership": Membership,
}
BOARDS = {"own": "havering", "other": "barnet", "missing": "atlantis"}
MEMBERS = {
    "own": ("havering", "viewer"),
    "other": ("barnet", "editor-elsewhere"),
    "missing": ("havering", "nobody"),
}
POSTED = {
    "plan-submit": {"note": "Agreed."},
    "plan-approve": {"outcome": "approved", "note": ""},
    "plan-reopen": {"note": "One more figure."},
    "board-members": {"name": "New", "email": "new@example.org", "role": "viewer"},
    "member-remove": {"yes": "1"},
}
FIXED = {
    "admin:autocomplete": "admin/autocomplete/?app_label=plans&model_name=contribution"
    "&field_name=contributor&term=",
    "password_reset_confirm": "accounts/password-reset/MQ/set-password/",
    "admin/(?P<url>.*)$": "admin/no/such/page",
}


def paths_of(name: str, world: World) -> dict[str, str]:
    """The paths at which an address is asked for, by the object that it is asked for."""
    from_pattern = "/" + _route_of(name)
    if name in FIXED:
        return {"-": "/" + FIXED[name]}
    if name == "admin:app_list":
        return {app: f"/admin/{app}/" for app in ("accounts", "plans", "schemes")}
    if name == "admin:view_on_site":
        return _view_on_site(world)
    if name == "member-remove":
        return {k: f"/boards/{b}/members/{u}/remove/" for k, (b, u) in MEMBERS.items()}
    if from_pattern.startswith("/boards/<slug:slug>"):
        return {k: from_pattern.replace("<slug:slug>", slug) for k, slug in BOARDS.items()}
    if from_pattern.startswith("/plans/<slug:slug>"):
        return {k: from_pattern.replace("<slug:slug>", k) for k in PLANS}
    for part in ("<path:object_id>", "<id>"):
        if part in from_pattern:
            model = ROW_MODELS["/".join(from_pattern.split("/")[2:4])]
            ids = {k: row.pk for k, row in world.rows[model].items()} | {"missing": 999_999}
            return {k: from_pattern.replace(part, str(pk)) for k, pk in ids.items()}
    assert "<" not in from_pattern, f"{name}: say in FIXED or paths_of how to ask for it"
    return {"-": from_pattern}


def _view_on_site(world: World) -> dict[str, str]:
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Plan).pk
    ids = {k: plan.pk for k, plan in world.plans.items()} | {"missing": 999_999}
    return {k: f"/admin/r/{kind}/{pk}/" for k, pk in ids.items()}


def _route_of(name: str) -> str:
    return next(route for each, route in _routes(get_resolver()) if each == name)


def _routes(resolver: Any, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern, route, inner)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else route), route


def ask(client: Client, cookies: Any, method: str, path: str, posted: dict) -> str:
    """What is answered, in the words of the table; nothing that the request did remains."""
    client.cookies = cookies.copy()
    with transaction.atomic():
        if method == "GET":
            response = client.get(path)
        else:
            response = client.post(path, posted)
        answer = in_words(client, response, path)
        transaction.set_rollback(True)
    return answer


def in_words(client: Client, response: HttpResponse, path: str) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    back = quote(path, safe="/")
    if response["Location"] == f"/accounts/login/?next={back}":
        return "in"
    if response["Location"] == f"/admin/login/?next={back}":
        return "door" if client.get(response["Location"]).status_code == 403 else "302"
    return "302"
