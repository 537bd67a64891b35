"""What people do with the product, from sign-in to sign-out, in a real browser."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from plans.models import Membership, Plan, PlanEvent
from schemes.models import SpendLine
from tests.factories import PASSWORD

SignedIn = Callable[..., Page]
BARNET = "/plans/barnet-2014-16/"
# In milliseconds, on a machine that has other tests to run.
TO_MAKE_A_PDF = 60_000


def words_of_pdf(page: Page, path: str) -> str:
    answer = page.request.get(path, timeout=TO_MAKE_A_PDF)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.body())).pages)


def change_amount(page: Page, line: SpendLine, amount: str) -> None:
    """From the plan's page in the admin to the line's own, type an amount there, save, go back."""
    hub = page.url
    page.locator(f'a[href*="/schemes/spendline/{line.pk}/change/"]').first.click()
    page.fill('input[name="amount"]', amount)
    page.click('input[name="_continue"]')
    expect(page.locator(".messagelist .success")).to_contain_text("changed successfully")
    page.goto(hub)


def reopen(approver: Page) -> None:
    """Take the plan, which its assurer approved, back to a draft."""
    approver.goto(BARNET)
    approver.get_by_role("link", name="Reopen").click()
    approver.get_by_role("button", name="Reopen").click()
    expect(approver.get_by_text("The plan is a draft again")).to_be_visible()


def submit(page: Page, remark: str) -> None:
    page.goto(BARNET)
    page.get_by_role("link", name="Submit").click()
    page.get_by_label("Remark").fill(remark)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("give the reason")
    expect(page.get_by_label("Remark")).to_have_value(remark)
    page.get_by_label("Reason for submitting with errors").fill("Answered in the first plan.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("The plan is submitted.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_an_amount_to_the_assurers_outcome(
    signed_in: SignedIn, scripts: bool, watch: Any
) -> None:
    watch.provoked.append("status of 400")
    line = SpendLine.objects.get(
        plan__slug="barnet-2014-16", ref="2014-15-2b-older-people-integrated-care-opic"
    )
    approver = signed_in("approver", java_script_enabled=scripts)
    reopen(approver)
    editor = signed_in("editor", java_script_enabled=scripts)
    editor.get_by_role("link", name="Barnet Better Care Fund plan 2014-16").first.click()
    expect(editor.get_by_role("main")).to_contain_text("£6,634,000")
    expect(editor.get_by_role("main")).not_to_contain_text("£6,634,100.50")
    assert "£6,634,100.50" not in words_of_pdf(editor, f"{BARNET}template.pdf")

    editor.get_by_role("link", name="Edit this plan").click()
    change_amount(editor, line, "£1,057,551.50")
    expect(editor.locator(".app-admin-balance")).to_contain_text("£6,634,100.50")
    line.refresh_from_db()
    assert str(line.amount) == "1057551.50"

    editor.goto(BARNET)
    expect(editor.get_by_role("main")).to_contain_text("£6,634,100.50")
    expect(editor.get_by_role("main")).to_contain_text("−£100.50")
    address = editor.get_by_role("link", name="Download the plan (PDF)").get_attribute("href")
    assert address
    assert "£6,634,100.50" in words_of_pdf(editor, address)
    expect(editor.get_by_role("link", name="Submit")).to_have_count(0)

    submit(approver, "Agreed by the Board.")
    expect(approver.get_by_text("Agreed by the Board.")).to_be_visible()

    editor.reload()
    expect(editor.get_by_role("link", name="Edit this plan")).to_have_count(0)
    plan = Plan.objects.get(slug="barnet-2014-16")
    editor.goto(f"/admin/plans/plan/{plan.pk}/change/")
    expect(editor.get_by_text("Its rows are read-only.")).to_be_visible()
    expect(editor.locator("#content-main input:not([type=hidden])")).to_have_count(0)

    administrator = signed_in("administrator", java_script_enabled=scripts)
    administrator.goto(BARNET)
    administrator.get_by_role("link", name="Record the assurer’s outcome").click()
    administrator.get_by_label("Approved", exact=True).check()
    administrator.get_by_role("button", name="Record the assurer’s outcome").click()
    expect(administrator.get_by_role("main")).to_contain_text("Assurer’s outcome: Approved")

    reopen(approver)
    editor.goto(BARNET)
    expect(editor.get_by_role("link", name="Edit this plan")).to_be_visible()
    events = PlanEvent.objects.order_by("pk").values_list("action", "actor__username")
    assert list(events) == [
        ("reopen", "approver"),
        ("submit", "approver"),
        ("approve", "administrator"),
        ("reopen", "approver"),
    ]


def test_a_board_member_reads_the_template_and_downloads_it(signed_in: SignedIn) -> None:
    page = signed_in("viewer")
    page.goto(BARNET)
    page.get_by_role("link", name="Planning template").first.click()
    expect(page.get_by_role("main")).to_contain_text("Not answered")
    with page.expect_download(timeout=TO_MAKE_A_PDF) as started:
        page.get_by_role("link", name="Download as PDF").click(modifiers=["Alt"])
    file = Path(started.value.path())
    assert started.value.suggested_filename == "barnet-2014-16.pdf"
    reader = PdfReader(file)
    assert "Barnet Better Care Fund plan" in reader.pages[0].extract_text()
    assert len(reader.pages) > 20


def test_an_outcome_that_is_not_chosen_is_asked_for(signed_in: SignedIn, watch: Any) -> None:
    watch.provoked.append("status of 400")
    approver = signed_in("approver")
    reopen(approver)
    submit(approver, "")
    page = signed_in("administrator")
    page.goto(f"{BARNET}approve/")
    page.get_by_role("button", name="Record the assurer’s outcome").click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("input[name=outcome]").first).to_be_focused()
    assert not PlanEvent.objects.filter(action="approve").exists()


def test_an_approver_invites_a_colleague_who_chooses_a_password_and_removes_them(
    signed_in: SignedIn, new_context: Callable[..., Any]
) -> None:
    approver = signed_in("approver")
    reopen(approver)
    approver.goto("/boards/barnet/")
    approver.get_by_role("link", name="Members of this board").click()
    approver.get_by_label("Name", exact=True).fill("Ada Byron")
    approver.get_by_label("E-mail address").fill("ada@example.org")
    approver.get_by_label(re.compile("^Editor")).check()
    approver.get_by_role("button", name="Send the invitation").click()
    expect(approver.get_by_text("Ada Byron is invited.")).to_be_visible()

    [invitation] = mail.outbox
    found = re.search(r"http\S+", str(invitation.body))
    assert found
    colleague = new_context().new_page()
    colleague.goto(found[0])
    for name in ("#id_new_password1", "#id_new_password2"):
        colleague.fill(name, PASSWORD)
    colleague.click("main button[type=submit]")
    colleague.goto("/accounts/login/")
    colleague.fill("#id_username", "ada@example.org")
    colleague.fill("#id_password", PASSWORD)
    colleague.click("main button[type=submit]")
    colleague.goto(BARNET)
    expect(colleague.get_by_role("link", name="Edit this plan")).to_be_visible()

    approver.get_by_role("link", name="Remove Ada Byron").click()
    approver.get_by_role("button", name="Remove").click()
    expect(approver.get_by_text("Ada Byron is no longer a member")).to_be_visible()
    assert not Membership.objects.filter(user__email="ada@example.org").exists()
    answer = colleague.request.get(BARNET)
    assert answer.status == 404


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_wrong_password_keeps_the_user_name_and_too_many_lock_the_door(
    new_context: Callable[..., Any],
    sign_in_as: Callable[..., None],
    watch: Any,
    scripts: bool,
) -> None:
    watch.provoked.append("status of 429")
    page: Page = new_context(java_script_enabled=scripts).new_page()
    sign_in_as(page, "editor", "not the password")

    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#id_username")).to_have_value("editor")
    expect(page.locator("#id_password")).to_have_value("")
    expect(page).to_have_title(re.compile("^Error: "))

    for _ in range(4):
        sign_in_as(page, "editor", "not the password")
    expect(page.get_by_role("heading", name="Too many attempts to sign in")).to_be_visible()
    sign_in_as(page, "editor", PASSWORD)
    expect(page.get_by_role("heading", name="Too many attempts to sign in")).to_be_visible()


def test_a_signed_out_person_comes_back_to_the_page_asked_for(
    new_context: Callable[..., Any], signed_in: SignedIn
) -> None:
    page: Page = new_context().new_page()
    page.goto(f"{BARNET}spend-lines/")
    page.fill("#id_username", "viewer")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.get_by_role("heading", name="Spend lines")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    page.goto(BARNET)
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))


def test_from_a_finding_to_the_field_that_mends_it(signed_in: SignedIn) -> None:
    reopen(signed_in("approver"))
    editor = signed_in("editor")
    editor.goto(BARNET)
    editor.get_by_role("link", name="What the checks find").click()
    expect(editor.get_by_role("heading", name="Checks", exact=True)).to_be_visible()
    finding = editor.locator(".app-finding", has_text="name no funding source")
    finding.get_by_role("link", name="Edit").click()
    expect(editor).to_have_url(
        re.compile(r"/admin/schemes/spendline/\d+/change/#id_funding_source")
    )
    expect(editor.locator("#id_funding_source")).to_be_in_viewport()


def test_from_a_figure_to_the_rows_that_it_was_made_of(signed_in: SignedIn) -> None:
    viewer = signed_in("viewer")
    viewer.goto(BARNET)
    saved = viewer.locator("#panel-saving-by-metric")
    saved.get_by_text("The figures as a table").click()
    made = saved.locator("details.app-workings")
    made.locator("summary").click()
    working = made.locator(".app-workings__item", has_text="1,021 non-elective admissions × £2,004")
    expect(working).to_contain_text("£2,046,084")
    working.get_by_role("link", name="5 rows").click()
    expect(viewer.get_by_text("These are the rows of which one figure was made.")).to_be_visible()
    expect(viewer.locator("tfoot")).to_contain_text("£2,046,084")


def test_a_reader_goes_by_keyboard_from_a_board_to_a_metric_its_picture_and_its_file(
    signed_in: SignedIn, watch: Any
) -> None:
    watch.provoked.append("favicon.ico.*status of 404")  # a picture by itself names no icon
    page = signed_in("viewer")
    page.goto("/boards/barnet/")
    page.get_by_role("link", name="Metric values").press("Enter")
    page.get_by_role("link", name="Telecare packages installed").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Telecare packages installed")
    picture = page.get_by_role("img").first
    expect(picture).to_have_accessible_name(re.compile("Telecare packages installed in Barnet"))
    with page.expect_download() as caught:
        page.get_by_role("link", name="file (CSV)").press("Enter")
    assert caught.value.suggested_filename == "barnet-telecare-packages-installed.csv"
    assert "2015-16" in Path(caught.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="This picture by itself").first.press("Enter")
    expect(page.locator("svg")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Back to Barnet").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Barnet")
