"""A plan's rows edited as a grid in a real browser: pasted, by keys alone, without scripts."""

import json
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bcf.base.bulk import save_rows
from bcf.money import NotMoney, parse_pounds
from plans.models import Board, Plan
from schemes.models import SpendLine
from tests.factories import ContributionFactory, PlanFactory, SpendLineFactory

SignedIn = Callable[..., Page]
Faults = Callable[[Page], list[tuple[str, str]]]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
SPEND = "/admin/schemes/spendline/grid/fresh/"
SCHEMES = "/admin/schemes/scheme/grid/fresh/"
# Faults of Django's own page around the grid.
STOCK = '<a href="/admin/'


@pytest.fixture
def plan(site: str) -> Plan:
    """A draft of Barnet with £2,000,000 of income in its first year and two lines of spend."""
    plan: Plan = PlanFactory(
        slug="fresh", title="Fresh plan", boards=[Board.objects.get(slug="barnet")]
    )
    ContributionFactory(plan=plan, financial_year="2017-18", amount=Decimal(2_000_000))
    SpendLineFactory(plan=plan, description="First", amount=Decimal(1_000))
    SpendLineFactory(plan=plan, description="Second", amount=Decimal(2_000))
    return plan


def cell(page: Page, row: int, column: str) -> Any:
    return page.get_by_label(f"Row {row}, {column}", exact=True)


def paste(page: Page, lines: list[list[str]]) -> None:
    """Copy the cells as a spreadsheet does and paste them where the focus is."""
    text = "".join("\t".join(line) + "\r\n" for line in lines)
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def said(page: Page, words: str) -> None:
    expect(page.locator("#grid-said")).to_have_text(words)


def own_faults(page: Page, faults: Faults) -> list[tuple[str, str]]:
    return [
        (rule, where)
        for rule, where in faults(page)
        if not (rule == "link-in-text-block" and where.startswith(STOCK))
    ]


def amounts() -> dict[str, Decimal | None]:
    return dict(SpendLine.objects.filter(plan__slug="fresh").values_list("description", "amount"))


def test_a_scheme_is_made_forty_lines_pasted_one_mended_and_the_balance_closes(
    plan: Plan, signed_in: SignedIn, faults: Faults
) -> None:
    page = signed_in("editor", permissions=CLIPBOARD)
    page.goto(SCHEMES)
    cell(page, 1, "Reference").focus()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.type("Carers")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist .success")).to_contain_text("1 row added.")
    page.get_by_role("link", name="Spend lines", exact=True).click()
    heads = ["Description", "Financial year", "Amount (£)", "Scheme", "In pool"]
    lines = [[f"Line {n}", "2017/18", "£10,000", "1", "yes"] for n in range(36)]
    lines += [["Million", "2017–18", "1.2m", "", "TRUE"], ["Back", "2017-18", "(500)", "", "1"]]
    lines += [["Blank", "2017-18", "", "", ""], ['"Aids, ""home"""', "2017-18", "£ -  ", "", "no"]]

    cell(page, 3, "Description").click()
    paste(page, [heads, *lines])

    said(page, "40 rows pasted, 35 added.")
    sums = page.locator("#grid-sums tbody tr").first
    expect(sums).to_contain_text("£1,562,500")
    expect(cell(page, 42, "Description")).to_have_value('Aids, "home"')
    expect(cell(page, 42, "In pool")).not_to_be_checked()
    expect(cell(page, 41, "In pool")).to_be_checked()
    page.get_by_role("button", name="Save and go on editing").click()

    summary = page.locator("#grid-errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(
        "Row 40, amount (£): The amount of a spend line is never less than £0."
    )
    assert amounts() == {"First": 1_000, "Second": 2_000}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert own_faults(page, faults) == []
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0

    page.set_viewport_size({"width": 1280, "height": 900})
    summary.get_by_role("link").click()
    expect(cell(page, 40, "Amount (£)")).to_be_focused()
    page.keyboard.type("437,000")
    page.keyboard.press("Enter")
    expect(sums).to_contain_text("£2,000,000")
    expect(sums).to_contain_text("Balanced")
    page.keyboard.press("Control+s")

    expect(page.locator(".messagelist .success")).to_contain_text("40 rows added.")
    expect(page.locator("#grid-sums tbody tr").first).to_contain_text("Balanced")
    saved = amounts()
    assert len(saved) == 42
    assert (saved["Million"], saved["Back"], saved["Blank"]) == (1_200_000, 437_000, None)
    assert saved['Aids, "home"'] == 0


def test_the_keyboard_alone_moves_edits_undoes_and_saves(plan: Plan, signed_in: SignedIn) -> None:
    page = signed_in("editor")
    page.goto(SPEND)
    press = page.keyboard.press
    cell(page, 1, "Description").focus()
    press("ArrowDown")
    press("End")
    expect(cell(page, 2, "Comment")).to_be_focused()
    press("Control+Home")
    press("ArrowRight")
    expect(cell(page, 1, "Financial year")).to_be_focused()
    press("Shift+Tab")
    press("F2")
    page.keyboard.type(" line")
    press("ArrowLeft")
    expect(cell(page, 1, "Description")).to_have_value("First line")
    press("Escape")
    expect(cell(page, 1, "Description")).to_have_value("First")
    page.keyboard.type("Firstly")
    press("Enter")
    expect(cell(page, 2, "Description")).to_be_focused()

    press("Control+d")
    said(page, "Row duplicated.")
    expect(cell(page, 3, "Description")).to_have_value("Second")
    press("Control+Delete")
    expect(page.get_by_label("Remove row 3")).to_be_checked()
    press("Control+z")
    expect(page.get_by_label("Remove row 3")).not_to_be_checked()
    press("Control+z")
    expect(cell(page, 3, "Description")).to_have_value("")
    press("Control+y")
    expect(cell(page, 3, "Description")).to_have_value("Second")
    page.keyboard.type("Third")
    press("Tab")
    press("Control+End")
    press("Control+Home")
    for _ in range(3):
        press("Control+z")
    expect(cell(page, 1, "Description")).to_have_value("First")
    for _ in range(3):
        press("Control+y")
    press("Control+Home")
    press("ArrowLeft")
    press("Space")
    expect(page.get_by_label("Remove row 1")).to_be_checked()
    press("Control+s")

    expect(page.locator(".messagelist .success")).to_contain_text("1 row added, 1 row removed.")
    assert amounts() == {"Second": 2_000, "Third": 2_000}


def test_two_people_at_one_cell_lose_nothing(plan: Plan, signed_in: SignedIn) -> None:
    ann, ben = signed_in("editor"), signed_in("approver")
    for page in (ann, ben):
        page.goto(SPEND)
    cell(ann, 1, "Amount (£)").fill("1,100")
    cell(ben, 1, "Amount (£)").fill("1,200")
    cell(ben, 2, "Theme").fill("Home")
    ann.keyboard.press("Control+s")
    expect(ann.locator(".messagelist .success")).to_contain_text("1 row changed.")
    ben.keyboard.press("Control+s")

    expect(ben.locator("#grid-errors")).to_contain_text("Demo editor changed this row on")
    expect(ben.locator("#grid-errors")).to_contain_text("Amount (£): 1,100 (yours: 1,200)")
    ben.get_by_role("button", name="Take theirs in row 1").click()
    expect(cell(ben, 1, "Amount (£)")).to_have_value("1,100")
    expect(cell(ben, 2, "Theme")).to_have_value("Home")
    ben.get_by_role("button", name="Save", exact=True).click()

    expect(ben.locator(".messagelist .success")).to_contain_text("1 row changed.")
    assert amounts()["First"] == 1_100
    assert SpendLine.objects.get(description="Second", plan=plan).theme == "Home"


def test_without_scripts_it_is_a_plain_form(plan: Plan, signed_in: SignedIn) -> None:
    page = signed_in("editor", java_script_enabled=False)
    page.goto(SPEND)
    cell(page, 1, "Amount (£)").fill("£1,500")
    page.get_by_role("button", name="Add 10 rows").click()
    expect(cell(page, 17, "Description")).to_be_visible()
    page.get_by_role("button", name="Duplicate row 1", exact=True).click()
    cell(page, 2, "Description").fill("Copied")
    cell(page, 2, "Financial year").fill("2031-32")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#grid-errors")).to_contain_text("Write one of: 2017-18; 2018-19")
    cell(page, 2, "Financial year").fill("2018-19")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist .success")).to_contain_text("1 row added, 1 row changed.")
    assert amounts() == {"First": 1_500, "Copied": 1_500, "Second": 2_000}


def test_unsaved_changes_are_asked_about(plan: Plan, signed_in: SignedIn) -> None:
    page = signed_in("editor")
    page.goto(SPEND)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Benefits", exact=True).click()
    page.goto(SPEND)
    assert asked == []
    cell(page, 1, "Theme").fill("Home")
    page.get_by_role("link", name="Benefits", exact=True).click()
    expect(page.locator("#grid")).to_be_visible()
    assert asked == ["beforeunload"]


TYPED = [
    *("£1,234", "1234.5", "(500)", "-£3.50", "1.2m", "0.5bn", "2k", "− 7", "", "-", "£ - ", ".5"),
    *("1,23", "twelve", "1.234", "1.2345k", "(5", "--5", "(-5)", "£", "12 345", "1.999", "1.2m5"),
]
BLOCKS = {
    "a\tb\r\nc\td\r\n": [["a", "b"], ["c", "d"]],
    "a\t\n\tb": [["a", ""], ["", "b"]],
    '"two\nlines"\t"a ""b"""': [["two\nlines", 'a "b"']],
    'say "so"\tx': [['say "so"', "x"]],
    "one": [["one"]],
    "a\n\nb\n": [["a"], [""], ["b"]],
    '"open\tx': [['"open', "x"]],
}
CALL = """([name, texts]) =>
  import('/static/js/grid-words.js').then((words) => texts.map((each) => words[name](each)))"""


def test_the_script_reads_amounts_as_the_server_does_and_blocks_as_spreadsheets_copy_them(
    plan: Plan, signed_in: SignedIn
) -> None:
    page = signed_in("editor")
    page.goto(SPEND)

    read = page.evaluate(CALL, ["parsePence", TYPED])
    assert dict(zip(TYPED, read, strict=True)) == {text: _pence(text) for text in TYPED}

    read = page.evaluate(CALL, ["parseBlock", list(BLOCKS)])
    assert dict(zip(BLOCKS, read, strict=True)) == BLOCKS


def _pence(text: str) -> int | None:
    try:
        dash = text.replace("£", "").strip() == "-"
        return int(parse_pounds("0" if dash else text) * 100)
    except NotMoney:
        return None


def test_five_hundred_rows_are_shown_and_filled(
    plan: Plan, signed_in: SignedIn, capsys: pytest.CaptureFixture[str]
) -> None:
    save_rows(SpendLineFactory.build_batch(498, plan=plan, theme="Home", funding_source="dfg"))
    page = signed_in("editor", permissions=CLIPBOARD)
    page.goto(SPEND)
    start = time.perf_counter()
    page.goto(SPEND)
    loaded = time.perf_counter() - start
    cell(page, 1, "Theme").focus()
    start = time.perf_counter()
    paste(page, [["Community", "dfg", "5"]] * 500)
    said(page, "500 rows pasted, 0 added.")
    with capsys.disabled():
        pasted = time.perf_counter() - start
        print(json.dumps({"500 rows loaded, s": loaded, "1,500 cells pasted, s": pasted}))
    page.keyboard.press("Control+z")
    expect(cell(page, 500, "Theme")).to_have_value("Home")
