"""Rows written by the API: who may, which version, one at a time or many, all or none."""

import json
from collections.abc import Callable
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from bcf.api import WRITTEN, document
from metrics.models import Population
from plans.models import Board, ChangeSet, Plan
from schemes.models import SpendLine
from tests import factories
from tests.factories import BoardFactory, PlanFactory, SchemeFactory, SpendLineFactory, TokenFactory
from tests.integration.api.asking import BY_KEY, ask, results

pytestmark = pytest.mark.django_db
LINES = "/api/v1/spend-lines/"
LINE = {"plan": "own", "financial_year": "2017-18", "description": "Carers", "amount": "1234.50"}
SignIn = Callable[[User | None], Client]
Member = Callable[..., User]


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="havering")


@pytest.fixture
def plan(board: Board) -> Plan:
    return PlanFactory(slug="own", boards=[board])


@pytest.fixture
def client(plan: Plan, board: Board, member: Member, sign_in: SignIn) -> Client:
    return sign_in(member("editor", board))


def send(client: Client, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """The answer to a body of JSON."""
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.generic(method, path, content, "application/json", headers=headers)


def post(client: Client, body: Any, path: str = LINES) -> Any:
    return send(client, "POST", path, body)


def told(response: Any) -> list[tuple[str, str | None]]:
    errors = response.json()["errors"]
    assert all(each["message"] for each in errors)
    return [(each["code"], each["field"]) for each in errors]


def added(client: Client, **more: Any) -> Any:
    """A row that was added, as it was answered, with its tag as `If-Match` takes it."""
    response = post(client, {**LINE, **more})
    assert response.status_code == 201, response.content
    return response


# -- adding -----------------------------------------------------------------------------------


def test_a_row_is_added_and_answered_as_it_is_read(client: Client, plan: Plan) -> None:
    scheme = SchemeFactory(plan=plan)
    source = {"title": "The plan", "date": "2014-09-18", "place": "p. 4"}
    response = added(client, scheme=scheme.ref, citation=source, in_pool=False)

    row = response.json()
    line = SpendLine.objects.get()
    assert (row["amount"], row["scheme"], row["scheme_plan"]) == ("1234.50", scheme.ref, "own")
    assert (line.amount, line.in_pool, line.citation_place) == (Decimal("1234.50"), False, "p. 4")
    assert row["citation"] == source
    assert row == ask(client, f"spend-lines/own:{line.ref}/")
    assert response["Location"] == f"{LINES}own:{line.ref}/"
    assert response["ETag"] == client.get(response["Location"])["ETag"]
    assert response["ETag"].startswith('"1-')


def test_a_change_by_the_api_has_its_history_and_its_act(client: Client, plan: Plan) -> None:
    added(client)
    act = ChangeSet.objects.get()
    assert (act.kind, act.added, list(act.plans.all())) == ("api", 1, [plan])
    record = SpendLine.history.get()
    assert record.history_user == act.actor
    assert record.history_change_reason == act.ref
    newest = ask(client, "plans/own/history/")["results"][0]
    assert "Spend line added by the API" in json.dumps(newest)


def test_the_same_row_sent_again_is_the_same_row(client: Client, plan: Plan) -> None:
    first = added(client, ref="carers")
    again = post(client, {**LINE, "ref": "carers"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert ChangeSet.objects.count() == SpendLine.objects.count() == 1

    other = post(client, {**LINE, "ref": "carers", "amount": "1.00"})
    assert (other.status_code, told(other)) == (409, [("conflict", "ref")])
    less = post(client, {"plan": "own", "financial_year": "2017-18", "ref": "carers"})
    assert less.status_code in (400, 409)
    assert SpendLine.objects.get().amount == Decimal("1234.50")
    # A ref names a row within its plan.
    PlanFactory(slug="second", boards=list(plan.boards.all()))
    assert added(client, ref="carers", plan="second").json()["key"] == "second:carers"


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"amount": 1234.5}, ("invalid-type", "amount")),
        ({"amount": "much"}, ("invalid-value", "amount")),
        ({"amount": True}, ("invalid-type", "amount")),
        ({"in_pool": "yes"}, ("invalid-type", "in_pool")),
        ({"financial_year": "2015"}, ("invalid-value", "financial_year")),
        ({"funding_source": "lottery"}, ("invalid-value", "funding_source")),
        ({"scheme": "nothing"}, ("invalid-value", "scheme")),
        ({"scheme": ["a"]}, ("invalid-type", "scheme")),
        ({"nhs_percent": "60", "la_percent": "60"}, ("invalid-value", "la_percent")),
        ({"amuont": "1.00"}, ("unknown-field", "amuont")),
        ({"citation": "page 4"}, ("invalid-type", "citation")),
        ({"citation": {"page": "4"}}, ("unknown-field", "citation.page")),
        ({"citation": {"date": "4"}}, ("invalid-value", "citation.date")),
        ({"description": None}, ("required", "description")),
        ({"description": "a\0b"}, ("invalid-type", "description")),
        ({"description": "a" * 10_000}, ("invalid-value", "description")),
        ({"ref": "a b"}, ("invalid-value", "ref")),
        ({"plan": None}, ("required", "plan")),
        ({"plan": 4}, ("invalid-type", "plan")),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    client: Client, wrong: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    response = post(client, {**LINE, **wrong})
    assert response.status_code == 400
    assert told(response) == [expected]
    assert not SpendLine.objects.exists()
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(
    "body",
    [" ", "{", "[1", "NaN", '{"amount": NaN}', '"\\ud800"', b"\xff", "[" * 100_000, "9" * 5_000],
)
def test_what_is_no_json_is_malformed(client: Client, body: Any) -> None:
    response = post(client, body)
    assert (response.status_code, told(response)[0][0]) == (400, "malformed-json")


@pytest.mark.parametrize("body", [None, 1, "a", [], [[]], [None], ["a"]])
def test_what_is_no_row_is_refused(client: Client, body: Any) -> None:
    assert post(client, json.dumps(body)).status_code == 400


@pytest.mark.parametrize("media", ["text/csv", "application/x-www-form-urlencoded", "", "a/b/c"])
def test_another_content_type_is_answered_415(client: Client, media: str) -> None:
    response = client.generic("POST", LINES, "a=b", media)
    assert (response.status_code, told(response)) == (415, [("unsupported-media-type", None)])
    assert client.post(LINES, {"a": "b"}).status_code == 415


# -- many at once -----------------------------------------------------------------------------


def test_many_rows_are_added_at_once_in_their_order(client: Client) -> None:
    bodies = [{**LINE, "description": f"Line {n}", "ref": f"line-{n}"} for n in range(1_000)]
    response = post(client, bodies)
    assert response.status_code == 201
    found = response.json()
    assert (found["added"], found["same"]) == (1_000, 0)
    assert [row["ref"] for row in found["results"]] == [each["ref"] for each in bodies]
    assert ChangeSet.objects.get().added == 1_000

    again = post(client, bodies)
    assert (again.status_code, again.json()["same"]) == (200, 1_000)
    assert post(client, [*bodies, LINE]).status_code == 400


def test_one_wrong_row_leaves_nothing_and_is_named_by_its_place(client: Client) -> None:
    response = post(client, [LINE, LINE, {**LINE, "amount": "much"}, {**LINE, "description": ""}])
    assert response.status_code == 400
    errors = [(each["row"], each["code"], each["field"]) for each in response.json()["errors"]]
    assert errors == [(3, "invalid-value", "amount"), (4, "required", "description")]
    assert not SpendLine.objects.exists()

    twice = post(client, [{**LINE, "ref": "a"}, {**LINE, "ref": "a"}])
    assert (twice.status_code, [each["row"] for each in twice.json()["errors"]]) == (400, [2])
    assert not SpendLine.objects.exists()


def test_what_is_added_at_once_is_undone_at_once(client: Client) -> None:
    assert post(client, [LINE, {**LINE, "description": "Stroke"}]).status_code == 201
    act = ChangeSet.objects.get()
    page = reverse("change-set", args=[act.ref])
    assert "2 spend lines added by the API" in client.get(page).content.decode()
    answered: Any = client.get(page)
    seen = answered.context["undoing"].seen
    assert client.post(page, {"seen": seen}).status_code == 302
    assert not SpendLine.objects.exists()


def test_five_rows_take_the_queries_of_twenty(
    client: Client, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    scheme = SchemeFactory(plan=plan)
    post(client, LINE)  # what is read once a process

    def queries(count: int) -> int:
        rows = [{**LINE, "description": f"{count}.{n}", "scheme": scheme.ref} for n in range(count)]
        with django_assert_max_num_queries(30) as asked:
            assert post(client, rows).status_code == 201
        return len(asked)

    assert queries(5) == queries(20)


# -- changing and removing ----------------------------------------------------------------------


def test_a_row_is_changed_by_who_names_the_version_that_was_read(client: Client) -> None:
    response = added(client)
    where, tag = response["Location"], response["ETag"]

    changed = send(client, "PATCH", where, {"amount": "2.00"}, **{"If-Match": tag})
    assert (changed.status_code, changed.json()["amount"]) == (200, "2.00")
    assert changed.json()["description"] == "Carers"
    assert changed["ETag"] == client.get(where)["ETag"] != tag

    for method, body in (("PATCH", {"amount": "3.00"}), ("PUT", LINE), ("DELETE", None)):
        assert told(send(client, method, where, body)) == [("if-match-required", None)]
        assert send(client, method, where, body).status_code == 428
        stale = send(client, method, where, body, **{"If-Match": tag})
        assert (stale.status_code, told(stale)) == (412, [("stale", None)])
    assert SpendLine.objects.get().amount == Decimal("2.00")

    whole = send(client, "PUT", where, {**LINE, "amount": None}, **{"If-Match": '"2"'})
    assert (whole.status_code, whole.json()["amount"], whole.json()["version"]) == (200, None, 3)
    gone = send(client, "DELETE", where, **{"If-Match": "*"})
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(where).status_code == 404
    assert send(client, "DELETE", where, **{"If-Match": "*"}).status_code == 404
    assert [act.kind for act in ChangeSet.objects.order_by("pk")] == [
        "api",
        "api",
        "api",
        "removal",
    ]


def test_of_two_who_write_at_once_the_second_is_told(
    client: Client, board: Board, member: Member, sign_in: SignIn
) -> None:
    response = added(client)
    where, other = response["Location"], sign_in(member("editor", board))
    hers, his = client.get(where)["ETag"], other.get(where)["ETag"]
    assert hers == his

    assert send(client, "PATCH", where, {"amount": "2.00"}, **{"If-Match": hers}).status_code == 200
    assert send(other, "PATCH", where, {"theme": "Age"}, **{"If-Match": his}).status_code == 412
    again = other.get(where)["ETag"]
    assert send(other, "PATCH", where, {"theme": "Age"}, **{"If-Match": again}).status_code == 200
    line = SpendLine.objects.get()
    assert (line.amount, line.theme, line.version) == (Decimal("2.00"), "Age", 3)


def test_what_was_read_may_be_sent_back(client: Client, plan: Plan) -> None:
    where = added(client, scheme=SchemeFactory(plan=plan).ref)["Location"]
    read = client.get(where, {"expand": "scheme,plan"})
    sent = {**read.json(), "amount": "5.00"}
    changed = send(client, "PUT", where, sent, **{"If-Match": read["ETag"]})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.json()["scheme"] == sent["scheme"]
    # The same once more changes nothing.
    same = send(client, "PUT", where, sent, **{"If-Match": changed["ETag"]})
    assert (same.status_code, same["ETag"]) == (200, changed["ETag"])


@pytest.mark.parametrize("field", ["plan", "ref"])
def test_what_names_a_row_never_changes(client: Client, field: str) -> None:
    where = added(client)["Location"]
    for method in ("PUT", "PATCH"):
        response = send(client, method, where, {**LINE, field: "x"}, **{"If-Match": "*"})
        assert (response.status_code, told(response)) == (400, [("fixed", field)])


def test_a_row_on_which_others_hang_stays(client: Client, plan: Plan) -> None:
    scheme = SchemeFactory(plan=plan)
    line = SpendLineFactory(plan=plan, scheme=scheme)
    for where in (f"schemes/own:{scheme.ref}/", f"spend-lines/own:{line.ref}/"):
        if where.startswith("spend"):
            factories.SpendActualFactory(plan=plan, line=line)
        response = send(client, "DELETE", f"/api/v1/{where}", **{"If-Match": "*"})
        assert (response.status_code, told(response)) == (409, [("held", None)])
    assert SpendLine.objects.exists()


def test_links_are_written_and_count_a_version(client: Client, plan: Plan) -> None:
    first, second = SchemeFactory(plan=plan), SchemeFactory(plan=plan)
    body = {"plan": "own", "financial_year": "2017-18", "schemes": [first.ref]}
    response = post(client, body, "/api/v1/benefits/")
    assert response.status_code == 201, response.content
    assert response.json()["schemes"] == [first.ref]
    where, tag = response["Location"], response["ETag"]
    more = {"schemes": [first.ref, second.ref]}
    changed = send(client, "PATCH", where, more, **{"If-Match": tag})
    assert changed.json()["schemes"] == sorted([first.ref, second.ref])
    assert send(client, "PATCH", where, {"schemes": []}, **{"If-Match": tag}).status_code == 412
    assert post(client, {**body, "schemes": "a"}, "/api/v1/benefits/").status_code == 400
    assert post(client, {**body, "schemes": [1]}, "/api/v1/benefits/").status_code == 400


# -- who may ------------------------------------------------------------------------------------


@pytest.fixture
def line(plan: Plan) -> SpendLine:
    return SpendLineFactory(plan=plan)


def statuses(client: Client, line: SpendLine) -> list[int]:
    """What adding, changing, replacing and removing are answered."""
    where, match = f"{LINES}{line.plan.slug}:{line.ref}/", {"If-Match": "*"}
    body = {**LINE, "plan": line.plan.slug}
    return [
        post(client, body).status_code,
        post(client, [body, body]).status_code,
        send(client, "PATCH", where, {"amount": "2.00"}, **match).status_code,
        send(client, "PUT", where, body, **match).status_code,
        send(client, "DELETE", where, **match).status_code,
    ]


@pytest.fixture
def people(board: Board, member: Member, outsider: User) -> Callable[[str], User | None]:
    """Who has a role on the board; of `elsewhere`, an editor of another."""

    def find(role: str) -> User | None:
        if role in ("nobody", "outsider"):
            return outsider if role == "outsider" else None
        return member("editor", BoardFactory()) if role == "elsewhere" else member(role, board)

    return find


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("nobody", [401] * 5),
        ("outsider", [404] * 5),
        ("elsewhere", [404] * 5),
        ("viewer", [403] * 5),
        ("analyst", [403] * 5),
        ("editor", [201, 201, 200, 200, 204]),
        ("approver", [201, 201, 200, 200, 204]),
    ],
)
def test_only_editors_of_a_draft_write_its_rows(
    role: str,
    expected: list[int],
    line: SpendLine,
    people: Callable[[str], User | None],
    sign_in: SignIn,
) -> None:
    before = SpendLine.objects.count()
    assert statuses(sign_in(people(role)), line) == expected
    assert (SpendLine.objects.count() == before) == (expected[0] != 201)


def test_nobody_signed_in_writes_though_plans_are_public(
    line: SpendLine, sign_in: SignIn, settings: Any
) -> None:
    settings.PUBLIC_READ = True
    assert statuses(sign_in(None), line) == [401] * 5


def test_what_is_hidden_and_what_is_not_there_are_answered_alike(
    line: SpendLine, sign_in: SignIn, outsider: User
) -> None:
    client = sign_in(outsider)
    hidden, missing = post(client, LINE), post(client, {**LINE, "plan": "never"})
    assert hidden.json() == json.loads(missing.content.decode().replace("never", "own"))
    where = f"{LINES}own:{line.ref}/"
    for method in ("PATCH", "DELETE"):
        there = send(client, method, where, {}, **{"If-Match": "*"})
        absent = send(client, method, where.replace("own", "no"), {}, **{"If-Match": "*"})
        assert (there.status_code, there.content) == (404, absent.content)


def test_a_plan_that_is_no_draft_says_so(
    client: Client, line: SpendLine, sign_in: SignIn, outsider: User
) -> None:
    Plan.objects.update(status="submitted")
    assert statuses(client, line) == [409] * 5
    response = post(client, LINE)
    assert told(response) == [("plan-closed", "plan")] or told(response) == [("plan-closed", None)]
    assert "read-only" in response.json()["errors"][0]["message"]
    assert statuses(sign_in(outsider), line) == [403] * 5


def test_a_line_of_another_plan_is_no_part_of_ones_own(client: Client, plan: Plan) -> None:
    hidden = SchemeFactory(plan=PlanFactory(slug="other"))
    for scheme in (
        {"scheme": hidden.ref, "scheme_plan": "other"},
        {"scheme": f"other:{hidden.ref}"},
    ):
        response = post(client, {**LINE, **scheme})
        assert (response.status_code, told(response)) == (400, [("invalid-value", "scheme")])
        missing = post(client, json.loads(json.dumps({**LINE, **scheme}).replace("other", "never")))
        assert missing.json() == json.loads(response.content.decode().replace("other", "never"))


def test_analysts_load_populations_of_their_own_board(
    plan: Plan, board: Board, member: Member, sign_in: SignIn
) -> None:
    client, where = sign_in(member("analyst", board)), "/api/v1/populations/"
    body = {"board": "havering", "period": "2015", "age_band": "65+", "count": 45000}
    response = post(client, body, where)
    assert response.status_code == 201, response.content
    row = response.json()
    assert (row["plan"], row["key"]) == (None, f":havering:{row['ref']}")
    changed = {"count": 46000}
    patched = send(client, "PATCH", response["Location"], changed, **{"If-Match": '"1"'})
    assert (patched.status_code, Population.objects.get().count) == (200, 46000)

    assert post(client, {**body, "plan": "own"}, where).status_code == 403
    BoardFactory(slug="elsewhere")
    assert post(client, {**body, "board": "elsewhere"}, where).status_code == 403
    assert post(sign_in(member("viewer", board)), body, where).status_code == 403
    nowhere = post(client, {**body, "board": None}, where)
    assert (nowhere.status_code, told(nowhere)) == (400, [("required", "plan")])


def test_a_ref_is_taken_by_a_row_of_another_board_of_the_plan(
    client: Client, plan: Plan, board: Board
) -> None:
    second = BoardFactory(slug="second")
    plan.boards.add(second)
    where = "/api/v1/populations/"
    body = {"plan": "own", "board": "havering", "period": "2015", "age_band": "65+", "ref": "p"}
    assert post(client, {**body, "count": 1}, where).status_code == 201
    taken = {**body, "board": "second", "count": 1}
    for sent in (taken, [{**taken, "ref": "other", "age_band": "18+"}, taken]):
        response = post(client, sent, where)
        assert (response.status_code, told(response)) == (409, [("conflict", "ref")])
    assert [each.get("row") for each in response.json()["errors"]] == [2]
    # What is wrong by itself is told of as such.
    wrong = post(client, [taken, {**taken, "ref": "new", "count": "many"}], where)
    assert (wrong.status_code, [each["row"] for each in wrong.json()["errors"]]) == (400, [2])
    assert Population.objects.count() == 1


def test_a_token_writes_only_where_it_may(client: Client, board: Board, member: Member) -> None:
    user = member("editor", board)
    tokens: list[Any] = [TokenFactory(user=user, scope=scope) for scope in ("read", "write")]
    asked = [{"Authorization": f"Bearer {each.text}"} for each in tokens]
    refused = send(client, "POST", LINES, LINE, **asked[0])
    assert (refused.status_code, told(refused)) == (403, [("read-only-token", None)])
    # A token needs no sign of a form of ours, and is named in the history as its person.
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, "POST", LINES, LINE, **asked[1]).status_code == 201
    assert SpendLine.history.get().history_user == user


def test_who_is_signed_in_sends_the_sign_of_our_forms(
    board: Board, plan: Plan, member: Member
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member("editor", board), backend="django.contrib.auth.backends.ModelBackend")
    assert send(strict, "POST", LINES, LINE).status_code == 403
    strict.get("/accounts/tokens/")
    sign = {"X-CSRFToken": strict.cookies["csrftoken"].value}
    assert send(strict, "POST", LINES, LINE, **sign).status_code == 201


# -- every collection -----------------------------------------------------------------------------


def test_what_all_plans_share_is_written_on_pages(sign_in: SignIn, administrator: User) -> None:
    assert set(BY_KEY) - set(WRITTEN) == {"boards", "organisations", "cycles", "plans", "metrics"}
    client = sign_in(administrator)
    for key in set(BY_KEY) - set(WRITTEN):
        response = post(client, {}, f"/api/v1/{key}/")
        assert (response.status_code, told(response)) == (405, [("method-not-allowed", None)])


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_every_real_row_is_sent_back_unchanged(
    key: str, sign_in: SignIn, administrator: User, every_plan: None
) -> None:
    Plan.objects.update(status="draft")
    client = sign_in(administrator)
    rows = results(client, key)[:25]
    assert rows
    for row in rows:
        where = f"/api/v1/{key}/{BY_KEY[key].name_of(row)}/"
        response = send(client, "PUT", where, row, **{"If-Match": f'"{row["version"]}"'})
        assert response.status_code == 200, (where, response.content)
        assert response.json() == row
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_the_document_names_every_field_that_may_be_sent(key: str) -> None:
    made, name = document(), BY_KEY[key].model.__name__
    sent, read = (made["components"]["schemas"][each] for each in (f"{name}Written", name))
    assert sent["properties"].keys() < read["properties"].keys()
    only_read = read["properties"].keys() - sent["properties"].keys()
    own = {column.name for column in BY_KEY[key].columns if column.worked}
    expanded = {each.name for more in BY_KEY[key].expansions.values() for each in more}
    keys = {"key", "version"} & read["properties"].keys()
    assert only_read == own | expanded | keys
    paths = made["paths"]
    assert set(paths[f"/api/v1/{key}/"]) == {"get", "post"}
    assert set(paths[f"/api/v1/{key}/{{key}}/"]) == {"get", "put", "patch", "delete"}


ODD = (
    *("1e400", "NaN", "Infinity", "-1e-400", "99999999999999999999.00", "1" * 400, "9999-00"),
    *(
        "0001-01-01",
        "0000-00-00",
        "not-stated",
        "2017-18Q9",
        "2017-04/2016-04",
        "-",
        ";",
        ":",
        "own:",
    ),
    *("\u0660\u0661", "\U0001f600", "=1+1", " ", "\x1f", "\ufdd0", "A" * 5_000, "\u202e", "%s{}"),
    *(10**30, -1, 0, 2**31, True, 1.5, [], ["a", "a"], [""], [";"], [":"], {}, {"a": 1}, None),
)


@pytest.mark.parametrize("key", sorted(WRITTEN))
def test_nothing_that_is_sent_is_a_fault_of_ours(
    key: str, sign_in: SignIn, administrator: User, every_plan: None
) -> None:
    """Each field with a few odd values, and each odd value in some field."""
    Plan.objects.update(status="draft")
    client = sign_in(administrator)
    client.raise_request_exception = False
    collection = BY_KEY[key]
    [row, *_] = results(client, key)
    where = f"/api/v1/{key}/{collection.name_of(row)}/"
    schema = document()["components"]["schemas"][f"{collection.model.__name__}Written"]
    answers = []
    for place, name in enumerate(schema["properties"]):
        for odd in islice(cycle(ODD), 5 * place, 5 * place + 5):
            with transaction.atomic():
                changed = send(client, "PATCH", where, {name: odd}, **{"If-Match": "*"})
                body = {**row, WRITTEN[key].REF: "odd", name: odd}
                new = post(client, body, f"/api/v1/{key}/")
                transaction.set_rollback(True)
            answers += [(name, odd, each.status_code) for each in (changed, new)]
    assert len(answers) == 2 * 5 * len(schema["properties"])
    assert len(answers) >= 80
    assert [each for each in answers if each[2] >= 500] == []
