"""The two health pages answer without a sign-in and tell a dead database."""

from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client


def test_the_process_answers_without_asking_the_database(client: Client) -> None:
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})


@pytest.mark.django_db
def test_ready_when_the_database_answers(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError])
def test_not_ready_when_it_does_not(client: Client, error: type[Exception]) -> None:
    with mock.patch("bcf.reporting.views.connection.cursor", side_effect=error("gone")):
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert "gone" not in response.content.decode()


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_only_to_be_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_not_redirected_to_https(client: Client, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    assert Client().get("/health/live").status_code == 200
    assert Client().get("/accounts/login/").status_code == 301
