"""What each planning cycle asks, on pages and as files; what is not verified says so."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import html

from bcf.accounts.models import User
from bcf.files.writing import BYTE_ORDER_MARK
from bcf.reporting.cycles import views
from bcf.reporting.cycles.lists import GROUPS
from plans.cycle_definitions import (
    LISTS,
    CycleDefinition,
    NotKnown,
    UnknownChoice,
    Verified,
    definition,
    definitions,
    listed,
    load_definition,
)
from plans.models import Plan
from tests.conftest import ROOT
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db

SMALL = ROOT / "tests/unit/plans/cycle_files/2030-32.toml"
# Words that would make our own account of a cycle look like its publisher's.
CLAIM = "official"
OUR_FOLDERS = ("bcf", "plans", "metrics", "schemes", "governance")


@pytest.fixture
def client(outsider: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(outsider)


@pytest.fixture
def editor_of(
    member: Callable[..., User], sign_in: Callable[[User], Client]
) -> Callable[[Plan], Client]:
    return lambda plan: sign_in(member("editor", plan.boards.get()))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> CycleDefinition:
    """A made-up cycle after one of its own before it, with empty lists, as the only ones."""
    made = load_definition(Path(SMALL))
    [grant, levy] = made.funding_sources
    before = replace(
        made,
        key="2029-30",
        name="Earlier cycle",
        years=("2029-30",),
        plan_required=False,
        deadlines=(),
        not_known=(NotKnown("metrics", "What was measured is not known.", False, "hearsay"),),
        metrics=(),
        funding_sources=(grant, replace(levy, key="tithe", label="Tithe")),
    )
    change = "It is a tenth no more."
    levy = replace(levy, follows=("tithe",), change=change, verified=True, source="The law")
    made = replace(made, funding_sources=(grant, levy), notes="One line\nof two.\n\nAnother.")
    cycles = {"2029-30": before, "2030-32": made}

    def found(key: str) -> CycleDefinition:
        if key not in cycles:
            raise UnknownChoice(f"There is no cycle “{key}”.")
        return cycles[key]

    monkeypatch.setattr(views, "definitions", lambda: cycles)
    monkeypatch.setattr(views, "definition", found)
    return made


def page_of(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content.decode()).get_element_by_id("main-content")


def words_of(part: Any) -> str:
    return " ".join(" ".join(part.itertext()).split())


def section_of(page: Any, name: str) -> Any:
    """A list of a cycle’s page by its name in the file."""
    [section] = page.xpath(f"//section[@aria-labelledby='{name}']")
    return section


# -- every cycle -------------------------------------------------------------------------------


def test_every_cycle_is_listed_newest_first(client: Client) -> None:
    page = page_of(client, "/cycles/")
    assert page.xpath("//section/h2/a/@href") == [
        f"/cycles/{key}/" for key in reversed(definitions())
    ]


def test_a_cycle_says_how_much_of_it_is_verified_and_what_is_not_known(
    client: Client, small: CycleDefinition
) -> None:
    newest, before = page_of(client, "/cycles/").findall("section")
    told, earlier = words_of(newest), words_of(before)
    assert "2030–31 and 2031–32. A plan is asked for." in told
    assert f"1 of {len(listed(small))} entries verified" in told
    assert "Only form: a plan Extra form: a supplement to a plan" in told
    assert "Plans due 1 April 2030 (Kick-off: Only form)" in told
    assert "Not known Where the money goes is not known." in told
    assert "No plan is asked for." in earlier
    assert "No plan to hand in" in earlier
    assert "What was measured is not known." in earlier


# -- one cycle ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", definitions())
def test_a_page_has_every_entry_once_with_whether_it_is_verified(key: str, client: Client) -> None:
    page = page_of(client, f"/cycles/{key}/")
    told = page.xpath(".//*[contains(@class, 'app-entry__head')]/strong")
    assert Verified(
        len([each for each in told if each.text == "verified"]), len(told)
    ) == Verified.among(listed(definition(key)))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href") if link[0] == "#"} <= set(ids)


def test_every_list_of_a_definition_has_its_place_on_the_page() -> None:
    shown = [kind.name for group in GROUPS for kind in group.kinds]
    assert sorted(shown) == sorted(set(LISTS) - {"not_known"})


def test_an_entry_says_its_source_what_it_follows_and_how_it_changed(
    client: Client, small: CycleDefinition
) -> None:
    sources = section_of(page_of(client, "/cycles/2030-32/"), "funding_sources")
    [levy] = sources.xpath(".//li[@id='funding_sources-levy']")
    assert words_of(levy) == (
        "Levy verified Paid in by Local authority It follows Tithe (2029–30). "
        "Defined anew: It is a tenth no more. Key: levy . Source: The law"
    )
    headings = [words_of(each) for each in sources.xpath(".//li[@class='app-entries__under']")]
    assert headings == ["All money", "Council money"]
    [grant] = sources.xpath(".//li[@id='funding_sources-grant']")
    assert "First half not verified" in words_of(grant)


def test_each_list_tells_what_its_entries_say(client: Client, small: CycleDefinition) -> None:
    page = page_of(client, "/cycles/2030-32/")
    told = {name: words_of(section_of(page, name)) for name in LISTS if name != "not_known"}
    assert "What it is A supplement to a plan Years 2031–32" in told["template_versions"]
    assert "1(a) Players not verified" in told["template_versions"]
    assert (
        "1(a) Who plays not verified It asks Who plays fair? Condition Fair play"
        in (told["questions"])
    )
    assert (
        "Date 1 April 2030 Plans are handed in by then On the form Only form" in (told["deadlines"])
    )
    assert "It adds Grant and Council money" in told["funding_totals"]
    assert "What counts spend lines from Levy" in told["requirement_rules"]
    assert "Stated Each quarter Baseline quarter 4 of 2029–30" in told["metrics"]
    assert "For each case fewer £1,490.50 Least reduction 3.5%" in told["payments"]
    assert "Held against it quarter 4 of 2030–31 Paid May 2031" in told["payments"]
    assert (
        "PR1 A whistle not verified What it asks Somebody has a whistle."
        in (told["planning_requirements"])
    )
    assert "For Health and Wellbeing Board, each of them Needed yes" in told["sign_offs"]
    assert "The plan is approved" in told["ratings"]
    assert "Ambition percent 3.5 Metrics Goals scored" in told["checks"]
    assert "Of quarter 2 of 2030–31 Due not known Sheets Score" in told["returns"]
    assert "It asks How many goals were there?" in told["return_sheets"]


def test_an_empty_list_says_so_and_what_is_not_known(
    client: Client, small: CycleDefinition
) -> None:
    page = page_of(client, "/cycles/2030-32/")
    areas, providers = (section_of(page, name) for name in ("areas_of_spend", "provider_types"))
    assert "Where the money goes is not known. not verified Source: a test" in words_of(areas)
    assert "So this list is empty." in words_of(areas)
    assert "This list is empty" in words_of(providers)
    assert "Areas of spend (none)" in words_of(page.find("nav"))


def test_the_notes_of_a_cycle_are_its_paragraphs(client: Client, small: CycleDefinition) -> None:
    page = page_of(client, "/cycles/2030-32/")
    notes = page.xpath("//div[@class='govuk-inset-text']/p")
    assert [each.text for each in notes] == ["One line of two.", "Another."]


def test_a_page_can_show_only_what_is_not_verified(client: Client, small: CycleDefinition) -> None:
    page = page_of(client, "/cycles/2030-32/?show=not-verified")
    assert page.xpath("//li[@id='funding_sources-grant']")
    assert not page.xpath("//li[@id='funding_sources-levy']")
    assert not page.xpath("//strong[contains(@class, 'app-known--verified')]")
    whole = page_of(client, "/cycles/2030-32/")
    assert f"Show only what is not verified ({len(listed(small)) - 1})" in words_of(whole)


def test_a_list_that_is_all_verified_says_so_when_only_the_rest_is_shown(client: Client) -> None:
    page = page_of(client, "/cycles/2019-20/?show=not-verified")
    assert "All 4 are verified." in words_of(section_of(page, "conditions"))


def test_the_entries_of_a_cycle_as_a_file(client: Client, small: CycleDefinition) -> None:
    response: Any = client.get("/cycles/2030-32/entries.csv")
    assert response["Content-Disposition"] == 'attachment; filename="cycle-2030-32.csv"'
    text = b"".join(response.streaming_content).decode().removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(listed(small)) + 1
    assert rows[-1]["label"] == "Where the money goes is not known."
    [levy] = [row for row in rows if row["key"] == "levy"]
    assert levy == {
        "list": "funding_sources",
        "key": "levy",
        "label": "Levy",
        "verified": "yes",
        "source": "The law",
        "follows": "tithe",
        "change": "It is a tenth no more.",
        "part_of": "",
    }


@pytest.mark.parametrize(
    "address",
    ["/cycles/1066-67/", "/cycles/1066-67/entries.csv", "/cycles/vocabulary/?list=not_known"],
)
def test_what_there_is_not_has_no_page(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


# -- the vocabulary ----------------------------------------------------------------------------


def test_the_vocabulary_has_a_column_for_each_cycle_and_notes_the_breaks(
    client: Client, small: CycleDefinition
) -> None:
    page = page_of(client, "/cycles/vocabulary/?list=funding_sources")
    heads = [words_of(each) for each in page.xpath("//thead//th")]
    assert heads == ["Funding sources", "2029–30", "2030–32"]
    rows = [[words_of(cell) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["Grant", "Grant not verified", "Grant not verified"],
        ["Levy", "Tithe not verified", "Levy defined anew, note 1"],
    ]
    [notes] = page.xpath("//div[@class='app-table-notes']")
    assert words_of(notes) == "Note 1: Levy in 2030–31 and 2031–32. It is a tenth no more."


def test_what_a_cycle_has_not_is_said_in_the_vocabulary(
    client: Client, small: CycleDefinition
) -> None:
    page = page_of(client, "/cycles/vocabulary/?list=metrics")
    assert [words_of(each) for each in page.xpath("//tbody/tr[1]/td[1]")] == ["none"]
    empty = page_of(client, "/cycles/vocabulary/?list=areas_of_spend")
    assert "No cycle has any of these." in words_of(empty)


def test_nothing_of_the_pages_of_cycles_claims_too_much(client: Client) -> None:
    addresses = ["/cycles/", "/cycles/vocabulary/", *(f"/cycles/{key}/" for key in definitions())]
    for address in addresses:
        assert CLAIM not in words_of(page_of(client, address)).lower()


# -- marks on other pages ----------------------------------------------------------------------


def test_a_plan_leads_to_what_its_cycle_asks(client: Client) -> None:
    plan = PlanFactory(status="submitted")
    board = plan.boards.get()
    for address in (f"/plans/{plan.slug}/", f"/boards/{board.slug}/"):
        page = page_of(client, address)
        assert page.xpath(f"//a[@href='/cycles/{plan.cycle.key}/']"), address
        found = Verified.among(listed(plan.cycle.definition))
        assert f"{found.count} of {found.of} entries are verified" in words_of(page)


def test_a_planning_template_explains_once_what_it_marks(client: Client) -> None:
    plan = PlanFactory(status="submitted")
    page = page_of(client, f"/plans/{plan.slug}/template/")
    marks = [words_of(each) for each in page.xpath("//p[contains(@class, 'doc-mark')]")]
    assert marks
    assert set(marks) <= {"not verified", "partly not verified"}
    assert len(page.xpath("//p[contains(@class, 'doc-known')]")) == 1
    assert page.xpath(f"//a[@href='/cycles/{plan.cycle.key}/']")


def test_a_form_says_of_each_list_how_much_of_it_is_not_verified(
    editor_of: Callable[[Plan], Client],
) -> None:
    plan = PlanFactory(cycle__key="2014-16", template_version="july-2014")
    page = html.fromstring(
        editor_of(plan).get(f"/admin/schemes/spendline/add/?plan={plan.pk}").content.decode()
    )
    areas = plan.asked.areas_of_spend
    unverified = [each for each in areas if not each.verified]
    assert 0 < len(unverified) < len(areas)
    [hint] = page.xpath("//*[@id='id_area_of_spend_helptext']")
    assert f"Not verified: {len(unverified)} of these {len(areas)}." in words_of(hint)
    assert page.xpath("//a[@href='/cycles/2014-16/']")


def test_nobody_calls_what_we_wrote_more_than_it_is() -> None:
    """No page and no sentence of the product claims to be its publisher's."""
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(path for app in OUR_FOLDERS for path in (ROOT / app).rglob("*.py")),
        *(ROOT / "plans/cycles").glob("*.toml"),
    ]
    assert len(files) > 100
    claiming = [path for path in files if CLAIM in path.read_text(encoding="utf-8").lower()]
    assert claiming == []
