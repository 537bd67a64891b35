"""What tests share: fast passwords, signed-in clients, people by role, and the real plans."""

from collections.abc import Callable
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


@pytest.fixture(autouse=True)
def _quick_and_quiet(settings: Any) -> None:
    """Passwords need no thousands of rounds here, no static files are collected, nothing waits."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
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
def _real_rows(django_db_setup: None, django_db_blocker: Any) -> list[models.Model]:
    """Every row that loading the fixtures leaves, read once and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_plans()
        rows = [row for model in _models_in_order() for row in model._base_manager.order_by("pk")]
        transaction.set_rollback(True)
    return rows


def _models_in_order() -> list[type[models.Model]]:
    return [
        model
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


@pytest.fixture
def real_plans(_real_rows: list[models.Model], db: None) -> None:
    """The rows of `fixtures/`, as `load_reference` and `load_plans` save them."""
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for row in _real_rows:
        by_model.setdefault(type(row), []).append(row)
    for model, rows in by_model.items():
        model._base_manager.bulk_create(rows)
    # Rows with numbers of their own leave a server's sequences where they were.
    after = connection.ops.sequence_reset_sql(no_style(), list(by_model))
    if after:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(after))
