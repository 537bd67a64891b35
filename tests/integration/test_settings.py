"""The settings as the environment makes them, each in a process of its own."""

import importlib.util
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.conftest import ROOT

READ = """
import json
from django.conf import settings
names = {names!r}
found = {{name: getattr(settings, name) for name in names}}
print(json.dumps(found, default=str))
"""


def environment(**variables: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BCF_", "DJANGO_")) and name != "DATABASE_URL"
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": "bcf.settings", **variables}


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment(**variables),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def read(*names: str, **variables: str) -> dict[str, Any]:
    done = run(READ.format(names=list(names)), **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


SECRET = {"BCF_SECRET_KEY": "a long random text that nobody else knows, of fifty signs"}


@pytest.mark.parametrize("variables", [{}, {"BCF_DEBUG": "0"}, {"BCF_SECRET_KEY": ""}])
def test_without_debug_and_without_a_key_it_does_not_start_and_says_why(
    variables: dict[str, str],
) -> None:
    done = run(READ.format(names=["DEBUG"]), **variables)
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "BCF_SECRET_KEY is not set. Set it to a long random text" in last


def test_manage_py_says_it_in_one_sentence_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "BCF_SECRET_KEY is not set." in done.stderr
    assert "Traceback" not in done.stderr


def test_with_a_key_it_starts_closed_and_secure() -> None:
    found = read(
        "DEBUG",
        "ALLOWED_HOSTS",
        "PUBLIC_READ",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "X_FRAME_OPTIONS",
        **SECRET,
    )
    assert found.pop("SECURE_HSTS_SECONDS") >= 31_536_000
    assert found == {
        "DEBUG": False,
        "ALLOWED_HOSTS": [],
        "PUBLIC_READ": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SECURE_SSL_REDIRECT": True,
        "X_FRAME_OPTIONS": "DENY",
    }


def test_it_passes_djangos_own_checks_for_use_in_earnest() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment(BCF_ALLOWED_HOSTS="bcf.example.org", **SECRET),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_debug_is_for_this_machine_alone() -> None:
    found = read("DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", BCF_DEBUG="1")
    assert found["DEBUG"] is True
    assert set(found["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert found["SESSION_COOKIE_SECURE"] is False


def test_a_key_is_used_where_one_is_given() -> None:
    assert read("SECRET_KEY", **SECRET)["SECRET_KEY"] == SECRET["BCF_SECRET_KEY"]


def test_the_database_is_sqlite_unless_one_is_named() -> None:
    assert read("DATABASES", **SECRET)["DATABASES"]["default"]["ENGINE"].endswith("sqlite3")
    url = "postgres://bcf:pw@db.example.org:5433/bcf"
    found = read("DATABASES", DATABASE_URL=url, **SECRET)["DATABASES"]["default"]
    assert found["ENGINE"].endswith("postgresql")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "bcf")


def test_psycopg_3_is_not_importable() -> None:
    # Django prefers it to psycopg2 whenever it is there, and without its binary part it is slow.
    assert importlib.util.find_spec("psycopg") is None
    assert importlib.util.find_spec("psycopg2") is not None


# -- what every answer carries -------------------------------------------------------------


def policy(response: Any) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split(";")
    return {name: rest for name, _, rest in (each.strip().partition(" ") for each in directives)}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/", "/no-such-page/", "/admin/"])
def test_every_answer_has_a_strict_content_security_policy(address: str, client: Client) -> None:
    found = policy(client.get(address))
    assert "unsafe" not in " ".join(found.values())
    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["form-action"] == "'self'"
    assert found["frame-ancestors"] == found["object-src"] == found["base-uri"] == "'none'"


@pytest.mark.django_db
def test_answers_are_not_framed_sniffed_or_referred(client: Client) -> None:
    answer = client.get("/accounts/login/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
