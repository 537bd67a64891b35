"""A thousand edits by eight people at once: each is kept, or its author is told who was first.

SQLite, which has one writer at a time, takes two hundred of them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

PEOPLE = 8
EDITS_EACH = {"postgresql": 125, "sqlite": 25}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The address of a new, empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'crowd.sqlite3'}"
        return
    name = f"crowd_{uuid4().hex[:8]}"
    server = {**connection.settings_dict}
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**server).replace(":@", "@")
    in_server("create", name)
    yield address + name
    in_server("drop", name)


def in_server(act: str, name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'{act} DATABASE "{name}"')


def start(database: str, *arguments: str) -> subprocess.Popen[str]:
    variables = {
        **os.environ,
        "BCF_DEBUG": "1",
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "bcf.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.crowd", *arguments],
        env=variables,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err[-3000:]
    return out.strip()


def test_all_edits_at_once_are_kept(database: str) -> None:
    edits_each = EDITS_EACH[connection.vendor]
    finish(start(database, "prepare"))
    people = [start(database, "edit", f"person{n}", str(edits_each)) for n in range(PEOPLE)]
    refused = sum(int(finish(person)) for person in people)

    edits = PEOPLE * edits_each
    assert finish(start(database, "count")) == f"{edits}.00 {edits} {edits} {PEOPLE}"
    # Without a single collision, the eight would have worked one after the other.
    assert refused > 0
