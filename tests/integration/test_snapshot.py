"""What is read within one moment stays as it was, and nobody who writes waits for it."""

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from bcf.base.snapshot import one_moment
from plans.models import Organisation
from tests.integration.test_sqlite_writers import PREPARE, finish, start

READ = """
import django; django.setup()
from threading import Thread
from django.db import connection
from bcf.base.snapshot import one_moment
from plans.models import Organisation
def write():
    Organisation(key="other", name="0", kind="other").save()
    connection.close()
found = []
with one_moment():
    found.append(Organisation.objects.count())
    writer = Thread(target=write)
    writer.start()
    writer.join()
    found.append(Organisation.objects.count())
found.append(Organisation.objects.count())
print(*found)
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite does it")
def test_on_sqlite_a_moment_lasts_while_another_writes(tmp_path: Path) -> None:
    database = tmp_path / "bcf.sqlite3"
    finish(start(PREPARE, database))
    assert finish(start(READ, database)) == "1 1 2"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one file is one database in memory")
@pytest.mark.django_db(transaction=True)
def test_on_a_server_a_moment_lasts_while_another_writes() -> None:
    def write() -> None:
        Organisation(key="other", name="0", kind="other").save()
        connection.close()

    with one_moment():
        assert Organisation.objects.count() == 0
        writer = Thread(target=write)
        writer.start()
        writer.join()
        assert Organisation.objects.count() == 0
    assert Organisation.objects.count() == 1
