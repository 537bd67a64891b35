"""Every address, asked for as every kind of person, answers what `access_table` says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.api import COLLECTIONS
from bcf.resources import RESOURCES
from governance.models import Agreement, Programme
from plans.models import Board, ChangeSet, Plan, RowImport
from plans.row_imports import rows_check
from schemes.models import SpendLine
from tests import factories
from tests.conftest import FAST_HASHERS, OUR_APPS
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
from tests.integration.access_table import PEOPLE, TABLE, read_table

# `own` is a draft of Havering, the board of the viewer, analyst, editor and approver; `other` one
# of Barnet, the board of those elsewhere. `joint` is a draft of Havering and Redbridge, `part` and
# `sibling` their parts of it. `submitted` belongs to a board of which nobody here is a member.
PLANS = ("own", "other", "submitted", "joint", "part", "sibling", "missing")
# These pages of a plan are asked for of all of those plans. The other lists of rows, and the admin
# of their kinds, which the same code makes, are asked for `BRIEFLY`; what needs no plan is asked
# for as `board`, a row of Havering alone, and `board-elsewhere`, one of Barnet alone.
IN_FULL = (
    "plan",
    "plan-contributions",
    "plan-spend-lines",
    "plan-benefits",
    "plan-agreements",
    "plan-checks",
    "plan-figures",
    "plan-mend",
    "plan-template",
    "plan-template-pdf",
    "plan-template-progress",
    "plan-history",
    "plan-history-csv",
    "plan-submit",
    "plan-approve",
    "plan-reopen",
    "plan-refresh",
    "scheme",
    "admin:plans_contribution_grid",
    "admin:schemes_spendline_grid",
)
BRIEFLY = ("own", "other")

# Columns: anonymous public outsider viewer analyst editor approver, editor and approver
# elsewhere, administrator.

BOARDS = {"own": "havering", "other": "barnet", "missing": "atlantis"}
# Kinds of rows whose files are asked for; people have none. The editor has chosen a file of lines.
KINDS = {"lines": "schemes.spendline", "reference": "plans.organisation", "people": "accounts.user"}
# A metric with two years of actuals on each board, and the picture of them.
DRAWN, PICTURE = "drawn", "year-whole-admissions"
# A panel that every dashboard has.
PANEL = "balance"
PANEL_OF_AGREEMENT = "account"
MEMBERS = {
    "own": ("havering", "viewer"),
    "other": ("barnet", "editor-elsewhere"),
    "missing": ("havering", "nobody"),
}
# Pages of one agreement or programme, which its slug names.
OF_AGREEMENT = re.compile(r"(agreement|programme)(-|$)")
FIXED = {
    "admin:autocomplete": "/admin/autocomplete/?app_label=plans&model_name=contribution"
    "&field_name=contributor&term=",
    "password_reset_confirm": "/accounts/password-reset/MQ/set-password/",
    "/admin/(?P<url>.*)$": "/admin/no/such/page",
    "cycle": "/cycles/2019-20/",
    "cycle-csv": "/cycles/2019-20/entries.csv",
    "token-revoke": "/accounts/tokens/missing/revoke/",
    "api:nothing": "/api/v1/no/such/page",
}
# What is posted: enough for the events to happen, and for nothing else to be valid.
POSTED = {
    "plan-submit": {"note": "Agreed.", "reason": "The errors are known."},
    "plan-approve": {"outcome": "approved"},
    "board-members": {"name": "New", "email": "new@example.org", "role": "viewer"},
}
ANYTHING = {"note": "Agreed."}


@dataclass
class World:
    """The rows that are asked for, by the kind of row, and who asks."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    acts: dict[str, ChangeSet] = field(default_factory=dict)  # on no plan


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """What all walks find, taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=FAST_HASHERS):
            made = make_world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(_made: World, db: None) -> World:
    """What is asked for and who asks; a walk is in a transaction of its own."""
    return _made


def make_world() -> World:
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
    for name in BRIEFLY:
        for row in rows_of_plan(plans[name]):
            made.rows.setdefault(_kind(row), {})[name] = row
        for row in (
            factories.PlanEventFactory(plan=plans[name]),
            factories.ChangeSetFactory(plans=[plans[name]]),
        ):
            made.rows.setdefault(_kind(row), {})[name] = row
    for name, board in (("board", havering), ("board-elsewhere", barnet)):
        for row in rows_of_board(board):
            made.rows.setdefault(_kind(row), {})[name] = row
    for name in PEOPLE[2:]:
        made.users[name] = _person(name, barnet if "elsewhere" in name else havering)
    for name, who in (("board", "editor"), ("board-elsewhere", "editor-elsewhere")):
        made.acts[name] = factories.ChangeSetFactory(actor=made.users[who])
    made.rows["plans/rowimport"] = {"lines": file_of(made.users["editor"])}
    membership = made.users["viewer"].memberships.get()
    drawn = factories.MetricFactory(key=DRAWN)
    for board, period in product((havering, barnet), ("2015-16", "2016-17")):
        factories.MetricValueFactory(board=board, metric=drawn, period=period)
    settled = (
        factories.MetricFactory(),
        factories.PopulationShareFactory(board=havering),
        factories.SavedFilterFactory(user=made.users["editor"]),
    )
    for row in (
        membership.user,
        BoardFactory(),
        havering.authority,
        joint.cycle,
        membership,
        *settled,
    ):
        made.rows[_kind(row)] = {"there": row}
    return made


def file_of(person: User) -> RowImport:
    """A file with a new line of the person's own plan, ready to be imported."""
    return rows_check(
        resource=RESOURCES[SpendLine],
        name="lines.csv",
        content=b"plan,financial_year,description\nown,2017-18,Carers\n",
        by=person,
    )


def rows_of_plan(plan: Plan) -> list[Model]:
    """A row of each of the kinds that a plan has beside its money and schemes."""
    scheme, line = plan.schemes.get(), plan.spendlines.get()
    board = plan.boards.get()
    benefit = factories.BenefitFactory(plan=plan)
    agreement = factories.AgreementFactory(plan=plan, boards=[board])
    return [
        factories.AnswerFactory(plan=plan, question="vision"),
        factories.OwnHeadingFactory(plan=plan),
        factories.RelatedDocumentFactory(plan=plan),
        factories.SpendActualFactory(line=line),
        factories.SchemeMetricFactory(scheme=scheme),
        factories.SchemeConditionFactory(scheme=scheme),
        factories.DeliveryLinkFactory(scheme=scheme),
        factories.BenefitFactory(plan=plan),
        factories.BenefitProfileFactory(benefit=benefit),
        factories.MilestoneFactory(plan=plan),
        factories.MetricOptionFactory(plan=plan),
        factories.ConditionResponseFactory(plan=plan),
        factories.MaturityAssessmentFactory(plan=plan),
        factories.SignOffFactory(plan=plan),
        factories.ProviderCommentaryFactory(plan=plan),
        factories.MetricValueFactory(plan=plan, board=board),
        factories.PopulationFactory(plan=plan, board=board),
        factories.ContextFigureFactory(plan=plan, board=board),
        factories.BodyFactory(plan=plan),
        factories.PrintedFigureFactory(plan=plan),
        factories.RiskFactory(plan=plan),
        factories.RiskShareFactory(plan=plan),
        factories.RiskShareTermFactory(risk_share__plan=plan),
        *rows_of_agreement(agreement),
    ]


def rows_of_agreement(agreement: Agreement) -> list[Model]:
    kinds = (
        factories.AgreementActualFactory,
        factories.AgreementEventFactory,
        factories.AgreementNoteFactory,
        factories.AgreementProviderFactory,
        factories.AgreementVariationFactory,
    )
    spent = factories.AgreementValueFactory(agreement=agreement, measure="spend")
    return [agreement, spent, *(kind(agreement=agreement) for kind in kinds)]


def rows_of_board(board: Board) -> list[Model]:
    """A row of each of the kinds that name a board and no plan."""
    agreement = factories.AgreementFactory(boards=[board])
    programme: Programme = factories.ProgrammeFactory(board=board)
    network = factories.ProgrammeNetworkFactory(programme=programme)
    return [
        factories.MetricValueFactory(board=board),
        factories.PopulationFactory(board=board),
        factories.ContextFigureFactory(board=board),
        factories.BodyFactory(plan=None, board=board),
        factories.PrintedFigureFactory(plan=None, board=board),
        factories.RiskFactory(plan=None, board=board),
        factories.RiskShareFactory(plan=None, board=board),
        factories.RiskShareTermFactory(risk_share__plan=None, risk_share__board=board),
        factories.ReportPassageFactory(board=board),
        *rows_of_agreement(agreement),
        factories.ProgrammeFactory(board=board),
        factories.ProgrammeBudgetLineFactory(programme=programme),
        factories.ProgrammeMarkFactory(programme=programme, network=network),
        factories.ProgrammeMilestoneFactory(programme=programme, network=network),
        factories.ProgrammeNetworkFactory(programme=programme),
        factories.ProgrammeWorkstreamFactory(programme=programme),
    ]


def _person(name: str, board: Board, username: str = "") -> User:
    user = UserFactory(username=username or name, is_superuser=name == "administrator")
    role = name.partition("-")[0]
    if role in Role.values:
        MembershipFactory(user=user, board=board, role=role)
    return user


def _kind(row: Model) -> str:
    return _label(type(row))


def _label(model: type[Model]) -> str:
    """The part of an admin address that names the kind of row, such as `plans/plan`."""
    return model._meta.label_lower.replace(".", "/")


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
        return {app: f"/admin/{app}/" for app in OUR_APPS}
    if name == "member-remove":
        return {k: f"/boards/{board}/members/{who}/remove/" for k, (board, who) in MEMBERS.items()}
    if name.startswith("board-metric") and "<slug:metric>" in route:
        asked = route.replace("<slug:metric>", DRAWN).replace("<slug:chart>", PICTURE)
        return {k: asked.replace("<slug:slug>", slug) for k, slug in BOARDS.items()}
    panel = PANEL_OF_AGREEMENT if name.startswith("agreement-") else PANEL
    panel = "income" if name == "board-years-csv" else panel
    route = route.replace("<slug:key>", panel)
    if route.startswith("/boards/<slug:slug>/"):
        return {k: route.replace("<slug:slug>", slug) for k, slug in BOARDS.items()}
    if route.startswith("/plans/<slug:slug>/"):
        refs = {k: row.ref for k, row in world.rows["schemes/scheme"].items()}
        return {
            k: route.replace("<slug:slug>", k).replace("<slug:ref>", refs.get(k, "missing"))
            for k in (PLANS if name in IN_FULL else BRIEFLY)
        }
    if route.endswith("/grid/<slug:slug>/"):
        asked = PLANS if name in IN_FULL else BRIEFLY
        return {k: route.replace("<slug:slug>", k) for k in asked}
    if OF_AGREEMENT.match(name) or re.match(r"api:.*(-row|plan-\w+)$", name):
        keys, events = keys_of(name, world), world.rows["governance/agreementevent"]
        numbered = {
            k: route.replace("<int:number>", str(events[k].pk) if k in events else "1")
            for k in keys
        }
        return {k: re.sub("<(str:key|slug:slug)>", key, numbered[k]) for k, key in keys.items()}
    if name == "change-set":
        acts = {**world.rows["plans/changeset"], **world.acts}
        named = {k: act.ref for k, act in acts.items()} | {"missing": "missing"}
        return {k: route.replace("<slug:ref>", ref) for k, ref in named.items()}
    if name.startswith("admin:rows_"):
        kept = world.rows["plans/rowimport"]["lines"].ref
        of_kept = route.replace("<slug:ref>", kept)
        return {k: of_kept.replace("<str:kind>", kind) for k, kind in KINDS.items()}
    if row := re.match(r"/admin/(\w+/\w+)/(<path:object_id>|<id>)/", route):
        rows = world.rows[row[1]]
        numbers = {k: each.pk for k, each in rows.items()}
        if numbers.keys() & {"there", "joint"}:
            numbers["missing"] = 999_999
        records = {
            k: str(each.history.values_list("history_id", flat=True)[0])
            for k, each in rows.items()
            if "<int:record>" in route
        }
        return {
            k: route.replace(row[2], str(number)).replace("<int:record>", records.get(k, "1"))
            for k, number in numbers.items()
        }
    assert not re.search("[<(]", route), f"say in FIXED or in paths_of how to ask for {name}"
    return {"-": route}


def keys_of(name: str, world: World) -> dict[str, str]:
    """What names the rows, or the plans, for which a page or an address of the API is asked."""
    if of_agreement := OF_AGREEMENT.match(name):
        rows = world.rows[f"governance/{of_agreement[1]}"]
        slugs = {k: row.slug for k, row in rows.items()}
        return slugs | {"missing": "missing"}
    if not name.endswith("-row"):
        return {plan: plan for plan in PLANS}
    collection = next(each for each in COLLECTIONS if name == f"api:{each.key}-row")
    parts = collection.row_key.parts
    found = {
        k: collection.row_key.write(*(_along(row, part) for part in parts))
        for k, row in world.rows[_label(collection.model)].items()
    }
    return found | {"missing": ":".join(["missing"] * len(parts))}


def _along(row: Any, way: str) -> Any:
    for name in way.split("__"):
        row = row and getattr(row, name)
    return row


def is_asked(who: str, thing: str, method: str, route: str, world: World) -> bool:
    """Of the many kinds of row, an editor and an administrator ask for all but what only repeats.

    The others ask once for every address of these kinds.
    """
    kind = re.match(r"/admin/(\w+/\w+)/", route)
    if not kind or world.rows.get(kind[1], {"there": None}).keys() & {"there", "joint"}:
        return True
    if who in ("editor", "administrator"):
        return method == "GET" or route.endswith(("/add/", "/change/", "/delete/"))
    return method == "GET" and thing in ("-", "own", "board")


def admin_sign_in(client: Client) -> str:
    """What the sign-in page of the admin answers: it is the same whatever leads to it."""
    behind = client.get("/admin/login/?next=/admin/")
    if behind.status_code == 403:
        return "door"
    there = behind.headers.get("Location", "")
    return "in" if there.startswith("/accounts/login/?next=/admin/login/") else "302"


def ask(client: Client, method: str, path: str, posted: dict[str, str], at_admin: str) -> str:
    """What is answered, in the words of the table; nothing that was done remains."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.get(path) if method == "GET" else client.post(path, posted)
        answer = _in_words(response, quote(path, safe="/"), at_admin)
        if response.streaming:  # what nobody reads is not closed by itself
            response.close()
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _in_words(response: Any, here: str, at_admin: str) -> str:
    if response.status_code not in (301, 302):
        return str(response.status_code)
    if response["Location"] == f"/accounts/login/?next={here}":
        return "in"
    return at_admin if response["Location"] == f"/admin/login/?next={here}" else "302"


def test_the_table_lists_every_address_and_no_other(world: World) -> None:
    addresses = dict(walk(get_resolver()))
    listed = set(read_table(TABLE))
    there = {
        (name, thing, method)
        for name, route in addresses.items()
        for thing in paths_of(name, route, world)
        for method in ("GET", "POST")
    }

    assert len(addresses) > 290
    assert not there - listed, "addresses that the table does not list"
    assert not listed - there, "the table lists what is not there"


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_answered_as_the_table_says(
    who: str, world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PUBLIC_READ = who == "public"
    monkeypatch.setattr("bcf.papers.keeping.write_pdf", lambda *_: b"%PDF-")
    client = Client(raise_request_exception=False)
    if who in world.users:
        client.force_login(world.users[who], backend="django.contrib.auth.backends.ModelBackend")
    at_admin = admin_sign_in(client)
    column = PEOPLE.index(who)
    expected = {asked: answers[column] for asked, answers in read_table(TABLE).items()}

    answered = {
        (name, thing, method): ask(client, method, path, POSTED.get(name, ANYTHING), at_admin)
        for name, route in walk(get_resolver())
        for thing, path in paths_of(name, route, world).items()
        for method in ("GET", "POST")
        if is_asked(who, thing, method, route, world)
    }

    assert len(answered) > 900, "the walk asked for too little"
    assert {name for name, *_ in answered} == {name for name, _ in walk(get_resolver())}
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
