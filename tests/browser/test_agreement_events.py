"""Events of agreements by the keyboard alone in a narrow window, and a calendar subscribed to."""

import re
from typing import Any

from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from bcf.periods import FinancialYear, PartialDate
from governance.models import Agreement
from tests.browser.test_pages import Faults, SignedIn, sideways

VARY = "/agreements/s75-ces/vary/"
MOST_TABS = 60


def tab_to(page: Page, wanted: Locator) -> None:
    handle = wanted.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(each) => document.activeElement === each", handle):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()


def type_into(page: Page, label: str, text: str) -> None:
    """Tab to a box and type in place of what it holds."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_an_agreement_is_varied_by_the_keyboard_alone(
    signed_in: SignedIn, faults: Faults, watch: Any
) -> None:
    watch.provoked.append("s75-ces/vary/.*status of 400")
    page = signed_in("editor")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(VARY)
    type_into(page, "End (optional)", "March 2022")
    type_into(page, "2017–18 (optional)", "lots")
    type_into(page, "New year 1 (optional)", "2018-19")
    type_into(page, "Pooled fund of new year 1 (optional)", "3.7m")
    type_into(page, "Takes effect on", "1 April 2018")
    type_into(page, "Reason", "The service costs more.")
    tab_to(page, page.get_by_role("button", name="Vary the agreement"))
    page.keyboard.press("Enter")

    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert (sideways(page), faults(page)) == (0, [])
    tab_to(page, summary.get_by_role("link", name="“lots” is not an amount"))
    page.keyboard.press("Enter")
    amount = page.get_by_label("2017–18 (optional)", exact=True)
    expect(amount).to_be_focused()
    expect(amount).to_have_value("lots")
    page.keyboard.press("Control+A")
    page.keyboard.type("3,650,000")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/agreements/s75-ces/$"))
    done = page.get_by_role("alert")
    expect(done).to_contain_text("Varied from 1 April 2018. End: March 2021, now March 2022.")
    expect(done).to_contain_text("Pooled fund 2017–18: £3,642,000, now £3,650,000.")
    assert (sideways(page), faults(page)) == (0, [])
    [event] = Agreement.objects.get(slug="s75-ces").events.all()
    assert event.terms_after.ends == PartialDate(2022, 3)
    assert [int(each) for each in event.terms_after.pooled.values()] == [3_650_000, 3_700_000]
    assert FinancialYear(2018) in event.terms_after.pooled


def test_a_calendar_is_subscribed_to_from_the_page_of_a_board(
    signed_in: SignedIn, faults: Faults
) -> None:
    page = signed_in("viewer")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/boards/barnet/")
    page.get_by_role("link", name="Subscribe to these dates").click()
    expect(page.get_by_label("Calendar: only the dates")).to_be_checked()
    page.get_by_label("Name").fill("Diary")
    page.get_by_role("button", name="Make the token").click()
    address = page.locator("code").filter(has_text="/boards/barnet/agreements.ics?token=bcf_")
    expect(address).to_be_visible()
    assert (sideways(page), faults(page)) == (0, [])

    # As a calendar program asks, which is not signed in.
    page.context.clear_cookies()
    answer = page.request.get(address.inner_text())
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.body()).walk("VEVENT")
    ends = {str(each["summary"]): str(each["dtstart"].dt) for each in events}
    title = Agreement.objects.get(slug="s75-ces").title
    assert ends[f"Ends: {title}"] == "2021-03-31"
