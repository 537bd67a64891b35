"""The examples of docs/api.md, as they stand there: asked of a server, by a shell and by Python."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from bcf.accounts.actions import token_make
from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.summary import MoneySummary, summarise
from metrics.models import MetricValue
from plans.models import Contribution, Plan
from schemes.models import SpendLine
from tests.conftest import ROOT, Rows

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("sh", "python", "r")
DELAYED, SPEND, SOURCES, ALL = (
    "Planned delayed transfers of a board",
    "Spend by scheme, with the names of schemes",
    "Money by source over all cycles",
    "All of it",
)
Row = Mapping[str, str]


def examples() -> dict[tuple[str, str], str]:
    """The code of the document by heading and language."""
    _, text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").split("## Worked examples\n")
    found = {}
    for heading, body in re.findall(r"^### (.+?)\n(.*?)(?=^##|\Z)", text, re.M | re.S):
        for language, code in re.findall(r"^```(\w+)\n(.*?)^```$", body, re.M | re.S):
            found[heading, language] = code
    return found


@pytest.fixture(scope="session")
def _static_files_uncollected() -> None:
    """The server of the session starts before the settings of a test are made."""
    django_settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def api(
    _static_files_uncollected: None,
    live_server: Any,
    real_rows: Rows,
) -> str:
    """The address of the API on a server that has the real plans."""
    with transaction.atomic():
        real_rows.save()
    return f"{live_server.url}/api/v1"


@pytest.fixture
def token(api: str, outsider: User) -> str:
    """What stands in `$BCF_TOKEN`: a token of somebody who reads submitted plans alone."""
    return token_make(name="Examples", scope="read", days=30, by=outsider)[1]


def run(api: str, token: str, place: Path, heading: str, language: str) -> str:
    """Run an example in a folder of its own; what it prints."""
    code = examples()[heading, language]
    if language == "sh" and shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    command = ["sh", "-e", "-c", code] if language == "sh" else [sys.executable, "-c", code]
    variables = {**os.environ, "BCF_API": api, "BCF_TOKEN": token, "no_proxy": "*"}
    done = subprocess.run(
        command, cwd=place, env=variables, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def summary_of(slug: str) -> MoneySummary:
    plan = Plan.objects.get(slug=slug)
    return summarise(gather(plan, plan.parts.all()))


def test_every_example_is_written_in_each_language() -> None:
    headings = (DELAYED, SPEND, SOURCES, ALL)
    assert set(examples()) == {(each, name) for each in headings for name in LANGUAGES}


def test_planned_delays_are_those_of_the_board(api: str, token: str, tmp_path: Path) -> None:
    planned = MetricValue.objects.filter(
        board__slug="havering", metric__key="dtoc", kind__in=["plan", "target"]
    )
    run(api, token, tmp_path, DELAYED, "sh")
    rows = rows_of((tmp_path / "delayed.csv").read_text(encoding="utf-8"))
    assert sorted(row["ref"] for row in rows) == sorted(planned.values_list("ref", flat=True))

    days = planned.filter(unit="delayed days")
    printed = rows_of(run(api, token, tmp_path, DELAYED, "python"))
    assert sum(Decimal(row["value"]) for row in printed) == sum(each.value for each in days)
    assert len(printed) == days.count() > 50


def test_spend_by_scheme_is_that_of_the_summary(api: str, token: str, tmp_path: Path) -> None:
    expected = summary_of("barnet-2014-16")
    run(api, token, tmp_path, SPEND, "sh")
    told = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    rows = rows_of((tmp_path / "lines.csv").read_text(encoding="utf-8"))
    assert Decimal(told["spend"]["total"]) == expected.spend.total
    assert sum(Decimal(row["amount"]) for row in rows if row["amount"]) == expected.spend.total

    printed: dict[str, Decimal] = {}
    for row in rows_of(run(api, token, tmp_path, SPEND, "python")):
        name = f"{row['scheme_reference']} {row['scheme_name']}"
        printed[name] = printed.get(name, Decimal(0)) + Decimal(row["pounds"])
    by_scheme = {each.choice.label: each.total for each in expected.spend_by_scheme if each.total}
    assert printed == by_scheme


def test_money_by_source_joins_the_cycles(api: str, token: str, tmp_path: Path) -> None:
    run(api, token, tmp_path, SOURCES, "sh")
    words = rows_of((tmp_path / "sources.csv").read_text(encoding="utf-8"))
    lines = {(row["cycle"], row["key"]): row["line"] for row in words}
    paid = Contribution.objects.exclude(plan__status="draft").exclude(amount=None)
    expected: dict[tuple[str, str], Decimal] = {}
    for row in paid.select_related("plan__cycle"):
        key = lines[row.plan.cycle.key, row.funding_source], str(row.financial_year)
        expected[key] = expected.get(key, Decimal(0)) + row.amount

    printed = rows_of(run(api, token, tmp_path, SOURCES, "python"))
    assert {
        (row["line"], row["financial_year"]): Decimal(row["pounds"]) for row in printed
    } == expected
    assert expected


def test_the_package_has_all_and_is_not_sent_twice(api: str, token: str, tmp_path: Path) -> None:
    lines = SpendLine.objects.exclude(plan__status="draft")
    run(api, token, tmp_path, ALL, "sh")
    with zipfile.ZipFile(tmp_path / "plans.zip") as package:
        assert len(rows_of(package.read("spend-lines.csv").decode())) == lines.count()
    before = (tmp_path / "plans.zip").stat().st_mtime_ns
    run(api, token, tmp_path, ALL, "sh")
    assert (tmp_path / "plans.zip").stat().st_mtime_ns == before

    printed = {row["key"]: row for row in rows_of(run(api, token, tmp_path, ALL, "python"))}
    assert len(printed) == lines.count() > 100
    for line in lines.select_related("plan", "scheme"):
        row = printed[f"{line.plan.slug}:{line.ref}"]
        assert row["name"] == (line.scheme.name if line.scheme else "")
        assert row["amount"] == ("" if line.amount is None else f"{line.amount:.2f}")
