"""The API held against its own document: by requests that it allows, and by others.

No answer is a failure of the product, none has a status, a type or a shape that the document does
not tell of, and no row is one that the person may not read. `BCF_CONTRACT_EXAMPLES=2000` asks more,
and asks something else each time.
"""

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
import schemathesis
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bcf.accounts.models import User
from bcf.api import BASE, COLLECTIONS
from bcf.assurance.kinds import SCOPES
from bcf.base.api.collection import Collection
from bcf.base.api.formats import MEDIA_TYPES
from bcf.wsgi import application
from plans.models import Board, Cycle, Plan
from plans.queries import plans_visible_to
from plans.scopes import REFERENCE
from tests.factories import TokenFactory
from tests.integration.api.asking import refusals

USUAL_EXAMPLES = 270
EXAMPLES = int(os.environ.get("BCF_CONTRACT_EXAMPLES", USUAL_EXAMPLES))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Words of cycles, which name nobody's rows.
VOCABULARY = "vocabulary"
BY_KEY = {each.key: each for each in COLLECTIONS}


@dataclass(frozen=True)
class View:
    """What a person may read, by the scopes of pages: the keys of rows, and the plans."""

    keys: dict[str, set[str]]
    plans: set[str]

    @classmethod
    def of(cls, person: Any) -> "View":
        keys = {each.key: set(_keys(each, _seen(each, person))) for each in COLLECTIONS}
        return cls(keys, set(plans_visible_to(person).values_list("slug", flat=True)))

    def check(self, key: str, rows: Iterable[dict[str, Any]]) -> int:
        """How many rows there are, each of which may be read, as may each plan that it names."""
        found = list(rows)
        if key == VOCABULARY:
            return len(found)
        collection = BY_KEY[key]
        named = [each.name for each in collection.columns if each.points_at == "plans"]
        for row in found:
            assert row[_name(collection)] in self.keys[key]
            assert {row[name] for name in named} - {None, ""} <= self.plans
        return len(found)


def _seen(collection: Collection, person: Any) -> Any:
    model: Any = collection.model
    scope = REFERENCE if model is Cycle else SCOPES[model]
    return scope.visible(person, model.objects.all())


def _keys(collection: Collection, rows: Any) -> Iterator[str]:
    parts = collection.row_key.parts
    for values in rows.values_list(*parts):
        yield collection.row_key.write(*values)


def _name(collection: Collection) -> str:
    parts = collection.row_key.parts
    return "key" if len(parts) > 1 else parts[0]


@pytest.fixture
def schema(settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The document as the API serves it, and the application to ask."""
    # A request ends by closing a connection that is within a transaction, as the test's own is.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_READ = True
    return schemathesis.openapi.from_wsgi(f"{BASE}schema/?format=json", application)


@pytest.fixture(params=["editor", "outsider", "anonymous", "public"])
def client(  # noqa: PLR0917  # fixtures
    request: pytest.FixtureRequest,
    schema: Any,
    real_plans: None,
    member: Callable[..., User],
    outsider: User,
    sign_in: Callable[[User | None], Client],
    settings: Any,
) -> Client:
    """Somebody who asks: an editor of Havering, an outsider, nobody, and nobody of what is public.

    Barnet's plan is a draft, and so is the joint plan of which Havering's is a part.
    """
    Plan.objects.filter(slug__in=["barnet-2014-16", "redbridge-2017-19"]).update(status="draft")
    settings.PUBLIC_READ = request.param == "public"
    people = {
        "editor": lambda: member("editor", Board.objects.get(slug="havering")),
        "outsider": lambda: outsider,
    }
    return sign_in(people.get(request.param, lambda: None)())


def requests_of(schema: Any, known: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """Requests of every kind: of keys that there are and others, as the document has it and not.

    One of four asks for a list as it stands; what is asked by chance is mostly filtered to nothing.
    """
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 2 * len(COLLECTIONS)

    def of(operation: Any, mode: GenerationMode, *, is_known: bool) -> st.SearchStrategy[Any]:
        path = operation.path.removeprefix(BASE)
        keys = known["plans" if "{slug}" in path else path.split("/")[0]] if "{" in path else []
        if not (is_known and keys):
            return operation.as_strategy(generation_mode=mode)
        name = "slug" if "{slug}" in path else "key"
        return st.sampled_from(keys).flatmap(
            lambda key: operation.as_strategy(generation_mode=mode, path_parameters={name: key})
        )

    lists = [each for each in operations if each.method == "get" and "{" not in each.path]
    plain = st.sampled_from(lists).map(lambda operation: operation.Case())
    by_chance = st.tuples(
        st.sampled_from(operations), st.sampled_from(list(GenerationMode)), st.booleans()
    ).flatmap(lambda one: of(one[0], one[1], is_known=one[2]))
    return st.one_of(by_chance, by_chance, by_chance, plain)


def rows_in(path: str, response: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of an answer by collection, whatever its format."""
    key, *rest = path.removeprefix(BASE).strip("/").split("/")
    kind = response.headers["content-type"][0]
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            for each in COLLECTIONS:
                yield each.key, _of_csv(archive.read(f"{each.key}.csv"))
    elif kind == MEDIA_TYPES["csv"]:
        yield key, _of_csv(response.content)
    elif kind == MEDIA_TYPES["xlsx"]:
        head, *rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.values
        yield key, [dict(zip(head, row, strict=True)) for row in rows]
    elif len(rest) < 2:
        told = json.loads(response.content)
        yield key, [told] if rest else told["results"]


def _of_csv(content: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_api_keeps_its_document_whatever_it_is_asked(
    client: Client, schema: Any, administrator: User
) -> None:
    person = client.get(f"{BASE}docs/").wsgi_request.user
    view, everything = View.of(person), View.of(administrator)
    is_open = person.is_authenticated or django_settings.PUBLIC_READ
    known = {key: sorted(keys) for key, keys in everything.keys.items()}
    sent: dict[str, Any] = {
        "cookies": {name: morsel.value for name, morsel in client.cookies.items()}
    }
    if person.is_authenticated and person.memberships.exists():
        # By a token, which needs no sign of a form of ours to write.
        token: Any = TokenFactory(user=person, scope="write")
        sent = {"headers": {"Authorization": f"Bearer {token.text}"}}
    statuses: dict[int, int] = {}
    rows = 0

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == USUAL_EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests_of(schema, known))
    def ask(case: Any) -> None:
        nonlocal rows
        with transaction.atomic():
            response = case.call(**sent)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        if not is_open:
            assert response.status_code in (401, 405), response.status_code
        if response.status_code == 200:
            if slug := case.path_parameters.get("slug"):
                assert slug in view.plans
            for key, found in rows_in(case.operation.path, response):
                rows += view.check(key, found)

    ask()
    assert sum(statuses.values()) >= EXAMPLES * 0.9
    if is_open:
        assert {200, 400, 404} <= set(statuses)
        assert rows > EXAMPLES
    print(f"{statuses=} {rows=}")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["plans/a%0A/summary/", "plans/%0A", "%0A", "no%0D%0A/such/"])
def test_an_address_with_a_line_break_is_refused_in_the_one_shape(
    address: str, administrator: User, sign_in: Callable[[User | None], Client]
) -> None:
    assert [code for code, _ in refusals(sign_in(administrator), address, 404)] == ["not-found"]
    assert refusals(sign_in(None), address, 401) == [("not-authenticated", None)]
