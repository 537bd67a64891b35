"""Rows taken out into a spreadsheet, changed there, and brought back after a preview."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from plans.choices import PlanStatus
from plans.models import ChangeSet, Plan
from schemes.models import SpendLine
from tests.unit.files.workbooks import bomb, sparse

SignedIn = Callable[..., Page]
Faults = Callable[[Page], list[tuple[str, str]]]


@pytest.fixture
def plan(site: str) -> Plan:
    Plan.objects.filter(slug="barnet-2014-16").update(status=PlanStatus.DRAFT)
    return Plan.objects.get(slug="barnet-2014-16")


def choose(page: Page, content: bytes, name: str = "spend-lines.csv") -> None:
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Read the file").click()


def exported(page: Page) -> list[list[str]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Export as CSV").click()
    content = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))


def as_csv(rows: list[list[str]]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_lines_go_out_and_come_back_changed(
    signed_in: SignedIn, plan: Plan, faults: Faults, scripts: bool
) -> None:
    page = signed_in("editor", java_script_enabled=scripts)
    page.goto(f"/admin/schemes/spendline/?plan__id__exact={plan.pk}")
    head, *rows = exported(page)
    assert len(rows) == SpendLine.objects.filter(plan=plan).count()
    amount, ref, description = (head.index(name) for name in ("amount", "ref", "description"))
    rows[0][amount] = "£1,234.50"
    new = rows[1].copy()
    new[ref], new[description], new[amount] = "", "Carers’ breaks", "a few"
    rows.append(new)

    page.get_by_role("link", name="Import").click()
    assert not (scripts and faults(page))
    choose(page, as_csv([head, *rows]))
    errors = page.get_by_role("table", name="What is wrong")
    expect(errors).to_contain_text("“a few” is not an amount")
    assert not (scripts and faults(page))

    page.get_by_role("link", name="Choose another file").click()
    new[amount] = "1.2m"
    choose(page, as_csv([head, *rows]))
    differences = page.get_by_role("table", name="What would change")
    expect(differences).to_contain_text("£1,234.50")
    expect(differences).to_contain_text("New: Carers’ breaks")
    assert not (scripts and faults(page))
    page.get_by_role("button", name="Import 2 rows").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 added, 1 changed")

    lines = SpendLine.objects.filter(plan=plan)
    assert lines.get(ref=rows[0][ref]).amount == Decimal("1234.50")
    assert lines.get(description="Carers’ breaks").amount == Decimal(1_200_000)
    assert ChangeSet.objects.get().actor_name == "Demo editor"


def test_on_a_narrow_screen_nothing_is_cut_off(
    signed_in: SignedIn, plan: Plan, faults: Faults
) -> None:
    page = signed_in("editor")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/admin/files/schemes.spendline/import/?plan={plan.slug}")
    choose(page, b"financial_year,description,amount\n2015-16,New,5\n2015-16,,lots\n")
    expect(page.get_by_role("table", name="What is wrong")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert faults(page) == []


@pytest.mark.parametrize(
    ("make", "says"), [(sparse, "lies beyond"), (bomb, "lies beyond")], ids=["sparse", "bomb"]
)
def test_a_hostile_file_is_refused_and_the_server_goes_on(
    signed_in: SignedIn, plan: Plan, watch: Any, make: Callable[[], bytes], says: str
) -> None:
    page = signed_in("editor")
    watch.provoked.append("status of 400")
    page.goto(f"/admin/files/schemes.spendline/import/?plan={plan.slug}")
    choose(page, make(), "rows.xlsx")
    expect(page.locator("#file-error")).to_contain_text(says)

    page.goto(f"/plans/{plan.slug}/")
    expect(page.locator("h1")).to_contain_text("Barnet")
