"""What tests share: fast passwords, signed-in clients, people by role, and the real plans."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import Client

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.loading.plans import load_plans
from bcf.loading.reference import load_reference
from plans.models import Board
from tests.factories import MembershipFactory, UserFactory

ROOT = Path(__file__).parent.parent
OUR_APPS = ("accounts", "plans", "schemes", "metrics", "governance")
FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

Statement = tuple[str, Any]  # SQL and its values


@dataclass(frozen=True)
class Rows:
    """Rows of many kinds as the statements that save them, which need no working out again."""

    statements: Sequence[Statement]

    def save(self) -> None:
        with connection.cursor() as cursor:
            for sql, values in self.statements:
                cursor.execute(sql, values)


def pytest_collection_finish() -> None:
    """What is imported by now stays, so nothing in it is looked at again to free its memory."""
    gc.freeze()
    gc.set_threshold(10_000)


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings: Any) -> None:
    """Passwords need no thousands of rounds here, no static files are collected, nothing waits."""
    settings.PASSWORD_HASHERS = FAST_HASHERS
    settings.WHITENOISE_AUTOREFRESH = True
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "")


@pytest.fixture
def sign_in() -> Callable[[User | None], Client]:
    """A client in which this person is signed in; None gives one in which nobody is."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def member(db: None) -> Callable[..., User]:
    """A new person with a role on these boards: `member("editor", barnet)`."""

    def make(role: str, *boards: Board) -> User:
        user = UserFactory()
        for board in boards:
            MembershipFactory(user=user, board=board, role=Role(role))
        return user

    return make


@pytest.fixture
def outsider(db: None) -> User:
    """Somebody who signs in and belongs to no board."""
    return UserFactory(username="outsider")


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(username="administrator", is_superuser=True)


@pytest.fixture(scope="session")
def real_rows(django_db_setup: None, django_db_blocker: Any) -> Rows:
    """Every row that loading the fixtures leaves, loaded once and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_plans()
        rows = {model: list(model._base_manager.order_by("pk")) for model in _models_in_order()}
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), transaction.atomic():
        statements = _statements_of(rows)
        transaction.set_rollback(True)
    return Rows(statements)


def _models_in_order() -> list[type[models.Model]]:
    return [
        model
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


def _statements_of(rows: dict[type[models.Model], list[models.Model]]) -> list[Statement]:
    """What Django tells the database when it saves the rows in bulk."""
    told: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, values: Any, *rest: Any) -> Any:
        told.append((sql, values))
        return execute(sql, values, *rest)

    with connection.execute_wrapper(listen):
        for model, each in rows.items():
            model._base_manager.bulk_create(each)
    # Rows with numbers of their own leave a server's sequences where they were.
    after = connection.ops.sequence_reset_sql(no_style(), [model for model in rows if rows[model]])
    return [*told, *((sql, None) for sql in after)]


@pytest.fixture
def real_plans(real_rows: Rows, db: None) -> None:
    """The rows of `fixtures/`, as `load_reference` and `load_plans` save them."""
    real_rows.save()
