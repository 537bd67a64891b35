"""Four people who save at once on SQLite lose nothing: the trap of its default settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import ROOT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a trap of SQLite alone"),
]

PROCESSES, SAVES = 4, 25

PREPARE = """
import django; django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from plans.models import Organisation
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
Organisation(key="counter", name="0", kind="other").save()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    print(cursor.fetchone()[0])
"""
WRITE = f"""
import django; django.setup()
from django.db import transaction
from plans.models import Organisation
for _ in range({SAVES}):
    with transaction.atomic():
        row = Organisation.objects.get(key="counter")
        row.name = str(int(row.name) + 1)
        row.save()
"""
READ = """
import django; django.setup()
from plans.models import Organisation
row = Organisation.objects.get(key="counter")
print(row.name, row.version, row.history.count())
"""


def start(code: str, database: Path) -> subprocess.Popen[str]:
    variables = {
        **os.environ,
        "BCF_DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "bcf.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=variables,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def test_no_transaction_that_reads_and_then_writes_is_lost(tmp_path: Path) -> None:
    database = tmp_path / "bcf.sqlite3"
    assert finish(start(PREPARE, database)) == "wal"
    writers = [start(WRITE, database) for _ in range(PROCESSES)]
    for writer in writers:
        finish(writer)
    saves = PROCESSES * SAVES
    assert finish(start(READ, database)) == f"{saves} {saves + 1} {saves + 1}"
