"""Before a meeting: from the first page to a board, a metric and its file, and to a part of a plan.

By mouse and by keyboard alone, in a wide and in a narrow window, with scripts and without.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

SignedIn = Callable[..., Page]
Faults = Callable[[Page], list[tuple[str, str]]]
Follow = Callable[[Page, Locator], None]

WIDTHS = (1280, 320)
HAVERING, BARNET = "/boards/havering/", "/boards/barnet/"
MOST_TABS = 150
# The element that has the focus, and whether something marks it that it has not without.
FOCUS_IS_VISIBLE = """
() => {
  const each = document.activeElement;
  const look = () => {
    const style = getComputedStyle(each);
    return [style.outlineStyle + style.outlineWidth, style.boxShadow, style.backgroundColor];
  };
  const focused = look();
  each.blur();
  const plain = look();
  each.focus();
  return focused.some((value, place) => value !== plain[place]);
}
"""
MARKED = "window.marked === true"


def by_mouse(page: Page, link: Locator) -> None:
    link.click()


def by_keyboard(page: Page, link: Locator) -> None:
    """Tab until the link has the focus, see that it shows, and press Enter."""
    wanted = link.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(each) => document.activeElement === each", wanted):
            break
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert page.evaluate(FOCUS_IS_VISIBLE)
    page.keyboard.press("Enter")


WAYS = pytest.mark.parametrize("follow", [by_mouse, by_keyboard], ids=["mouse", "keyboard"])


def opened(signed_in: SignedIn, **options: Any) -> Page:
    return signed_in("viewer", **options)


def check(page: Page, faults: Faults) -> None:
    """No fault that axe finds, and nothing wider than the window."""
    assert faults(page) == []
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0


def go_to_question(page: Page, follow: Follow, words: str) -> None:
    """By the list of questions, so that a keyboard goes on from there."""
    follow(page, page.get_by_label("On this page").get_by_role("link", name=words))
    expect(page.get_by_role("heading", name=words)).to_be_in_viewport()


def home(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/")


@WAYS
def test_from_the_first_page_to_a_board_a_metric_and_its_file(
    signed_in: SignedIn, faults: Faults, follow: Follow
) -> None:
    page = opened(signed_in)
    for width in WIDTHS:
        home(page, width)
        follow(page, page.get_by_role("link", name="Havering Health and Wellbeing Board"))
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text("Havering Health and Wellbeing Board")
        check(page, faults)
        go_to_question(page, follow, "Are we on track?")
        follow(page, page.get_by_role("link", name="Delayed transfers of care, over time"))
        expect(title).to_have_text("Delayed transfers of care")
        check(page, faults)
        with page.expect_download() as caught:
            follow(page, page.get_by_role("link", name="file (CSV)"))
        assert caught.value.suggested_filename == "havering-dtoc.csv"
        with Path(caught.value.path()).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert "2016-17" in {row["period"] for row in rows}


@WAYS
def test_from_the_first_page_to_a_joint_plan_and_one_of_its_parts(
    signed_in: SignedIn, faults: Faults, follow: Follow
) -> None:
    page = opened(signed_in)
    for width in WIDTHS:
        home(page, width)
        follow(page, page.get_by_role("link", name=re.compile("^Barking & Dagenham, Havering and")))
        expect(page.get_by_role("heading", name="How do the parts compare?")).to_be_visible()
        check(page, faults)
        go_to_question(page, follow, "What else is in this plan?")
        follow(page, page.get_by_role("link", name="Redbridge Better Care Fund plan 2017-19"))
        expect(page).to_have_url(re.compile(r"/plans/redbridge-2017-19/$"))
        expect(page.get_by_text("This is a part of the joint plan")).to_be_visible()
        expect(page.locator("#dashboard")).to_contain_text("£23,989,000")
        check(page, faults)


# -- filters -------------------------------------------------------------------------------


@WAYS
def test_a_year_is_chosen_in_place_and_the_way_back_works(
    signed_in: SignedIn, faults: Faults, follow: Follow
) -> None:
    page = opened(signed_in)
    page.goto(BARNET)
    page.evaluate("window.marked = true")
    year = page.get_by_role("link", name="2014–15", exact=True)
    dashboard = page.locator("#dashboard")
    expect(dashboard).to_contain_text("£23,412,000")

    follow(page, year)
    expect(page).to_have_url(re.compile(r"/boards/barnet/\?year=2014-15$"))
    expect(dashboard).to_have_count(1)
    expect(dashboard).to_contain_text("£6,634,000")
    expect(dashboard).not_to_contain_text("£23,412,000")
    expect(year).to_have_attribute("aria-current", "true")
    expect(year).to_be_focused()
    assert page.evaluate(MARKED), "the whole page was loaded anew"
    check(page, faults)

    page.go_back()
    expect(page).to_have_url(re.compile(r"/boards/barnet/$"))
    expect(dashboard).to_contain_text("£23,412,000")
    expect(page.get_by_role("heading", level=1)).to_have_text("Barnet Health and Wellbeing Board")
    page.go_forward()
    expect(dashboard).not_to_contain_text("£23,412,000")
    expect(year).to_have_attribute("aria-current", "true")


def test_an_area_and_a_year_are_chosen_one_after_the_other(signed_in: SignedIn) -> None:
    page = opened(signed_in)
    page.goto("/plans/bhr-2017-19/")
    page.evaluate("window.marked = true")
    page.get_by_role("link", name="Havering", exact=True).click()
    expect(page.get_by_text("Metrics and what they mean for people are those")).to_be_visible()
    page.get_by_role("link", name="2018–19", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?board=havering&year=2018-19$"))
    expect(page.locator("#panel-metric-nea")).to_contain_text("over time")
    assert page.evaluate(MARKED)
    page.reload()
    expect(page.get_by_role("link", name="Havering", exact=True)).to_have_attribute(
        "aria-current", "true"
    )


def test_of_choices_made_in_haste_the_last_one_holds(signed_in: SignedIn, watch: Any) -> None:
    watch.provoked.append("htmx:(afterRequest|sendAbort)")  # those before it are given up
    page = opened(signed_in)
    page.goto("/plans/bhr-2017-19/")
    page.evaluate("""
        for (const words of ["Havering", "Redbridge", "2018–19"]) {
          [...document.querySelectorAll("a")].find((each) => each.textContent === words).click();
        }
    """)
    chosen = page.get_by_role("link", name="2018–19", exact=True)
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"/plans/bhr-2017-19/\?year=2018-19$"))


def test_who_is_signed_out_meanwhile_is_asked_to_sign_in(signed_in: SignedIn) -> None:
    page = opened(signed_in)
    page.goto(BARNET)
    page.context.clear_cookies()
    page.get_by_role("link", name="2014–15", exact=True).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page).to_have_url(
        re.compile(r"/accounts/login/\?next=/boards/barnet/%3Fyear%3D2014-15$")
    )


def choose(page: Page, words: str) -> None:
    """Choose what is to be looked at, and wait until it is."""
    choice = page.get_by_role("link", name=words, exact=True)
    choice.click()
    expect(choice).to_have_attribute("aria-current", "true")


def test_a_year_that_is_chosen_in_place_goes_along_to_other_pages(signed_in: SignedIn) -> None:
    page = opened(signed_in)
    page.goto("/plans/bhr-2017-19/")
    choose(page, "2018–19")
    page.get_by_role("link", name="Redbridge Better Care Fund plan 2017-19").click()
    expect(page).to_have_url(re.compile(r"/plans/redbridge-2017-19/\?year=2018-19$"))
    choose(page, "2017–18")
    page.get_by_role("link", name=re.compile("^Barking & Dagenham, Havering and")).click()
    expect(page).to_have_url(re.compile(r"/plans/bhr-2017-19/\?year=2017-18$"))
    page.goto(HAVERING)
    choose(page, "2018–19")
    own = page.get_by_role("link", name="Havering Better Care Fund plan 2017-19", exact=True)
    own.last.click()
    expect(page).to_have_url(re.compile(r"/plans/havering-2017-19/\?board=havering&year=2018-19$"))


def test_without_scripts_a_choice_opens_the_page_anew(signed_in: SignedIn) -> None:
    page = opened(signed_in, java_script_enabled=False)
    page.goto(HAVERING)
    page.get_by_role("link", name="Integration and Better Care Fund 2017-19, joint plan").click()
    expect(page.get_by_text("This is one plan of 3 boards.")).to_be_visible()
    page.get_by_role("link", name="2018–19", exact=True).click()
    expect(page).to_have_url(re.compile(r"/boards/havering/\?plan=bhr-2017-19&year=2018-19$"))
    expect(page.locator("#dashboard")).to_contain_text("£74,695,000")
    table = page.locator("details", has_text="The figures as a table").first
    table.locator("summary").click()
    expect(table.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name="over time").first.click()
    page.get_by_role("link", name="Back to Havering Health and Wellbeing Board").click()
    expect(page).to_have_url(re.compile(r"/boards/havering/\?plan=bhr-2017-19&year=2018-19$"))
