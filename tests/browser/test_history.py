"""Setting a field of many rows, finding it in the plan's history, and undoing it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from plans.models import Plan
from schemes.models import SpendLine

BARNET = "/plans/barnet-2014-16/"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


def test_an_editor_sets_a_field_of_many_rows_and_undoes_it(
    signed_in: Callable[..., Page], faults: Callable[[Page], list[Any]]
) -> None:
    plan = Plan.objects.get(slug="barnet-2014-16")
    Plan.objects.filter(pk=plan.pk).update(status="draft")
    before = list(SpendLine.objects.filter(plan=plan).order_by("pk").values_list("theme", "ref"))
    page = signed_in("editor")

    def is_fit() -> None:
        """Neither axe nor a narrow screen finds fault with the page."""
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert faults(page) == []
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], page.url

    page.goto(f"/admin/schemes/spendline/?plan__id__exact={plan.pk}")
    for number in range(3):
        page.locator("input.action-select").nth(number).check()
    page.select_option("select[name=action]", "set_field")
    page.click("button[name=index]")
    is_fit()
    page.get_by_label("Field").select_option(label="Theme")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Theme").fill("Set in one go")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rows that change: 3")).to_be_visible()
    is_fit()
    page.get_by_role("button", name="Set Theme of 3 rows").click()
    expect(page.get_by_text("Set Theme of 3 spend lines to Set in one go")).to_be_visible()
    assert SpendLine.objects.filter(theme="Set in one go").count() == 3

    page.goto(BARNET)
    page.get_by_role("link", name="What changed").click()
    is_fit()
    page.get_by_role("link", name="Today").click()
    page.get_by_role("link", name="Set Theme of 3 spend lines to Set in one go").first.click()
    is_fit()
    page.get_by_role("button", name="Undo these 3 changes").click()
    expect(page.get_by_text("3 rows are again as before.")).to_be_visible()

    after = list(SpendLine.objects.filter(plan=plan).order_by("pk").values_list("theme", "ref"))
    assert after == before
    page.get_by_role("link", name="All versions").first.click()
    expect(page.get_by_role("heading", name="Version 3: changed")).to_be_visible()
    is_fit()
    page.get_by_role("link", name="Restore version 1").click()
    is_fit()
    expect(page.get_by_text("there is nothing to restore")).to_be_visible()
