"""The pack for a meeting: a few tagged pages with the words, pictures and figures of the page."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from bcf.money import format_pounds
from bcf.papers.models import Paper
from bcf.reporting.dashboards.panels import Dashboard
from plans.models import Board
from tests.factories import BoardFactory, ContributionFactory, PlanFactory, SpendLineFactory
from tests.integration.documents import pages_of, pdf_of, text_of
from tests.integration.pdf_checks import check_tags

pytestmark = pytest.mark.django_db

FEWEST_PAGES, MOST_PAGES = 4, 8


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def pictures_of(reader: PdfReader) -> list[str]:
    """What the pictures say they are to who cannot see them."""
    root: Any = reader.trailer["/Root"]
    found: list[str] = []

    def visit(node: Any) -> None:
        if isinstance(node, list):
            for each in node:
                visit(each.get_object())
        elif hasattr(node, "get"):
            if node.get("/S") == "/Figure" and "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                visit(node["/K"])

    visit(root["/StructTreeRoot"]["/K"])
    return found


def plain(words: str) -> str:
    """Words without spaces, which the lines of a page divide otherwise."""
    return re.sub(r"\s+", "", words)


def check_words(dashboard: Dashboard, text: str) -> None:
    """No question, sentence or point of the page is cut."""
    said = [words for each in dashboard.questions for words in (each.heading, *each.sentences)]
    said += [words for panel in dashboard.panels() for words in (*panel.sentences, *panel.points)]
    assert len(said) > 20
    for words in said:
        assert plain(words) in text, words


ADDRESSES = (
    *(
        f"/boards/{slug}/{{}}"
        for slug in (
            "barking-and-dagenham",
            "barnet",
            "hammersmith-and-fulham",
            "havering",
            "kensington-and-chelsea",
            "redbridge",
            "westminster",
        )
    ),
    "/boards/havering/{}?plan=bhr-2017-19",
    "/boards/barnet/{}?year=2015-16",
)


def test_every_real_board_has_a_pack(real_plans: None) -> None:
    boards = {address.split("/")[2] for address in ADDRESSES}
    assert boards == set(Board.objects.values_list("slug", flat=True))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_pack_says_and_draws_what_its_page_does_on_four_to_eight_pages(
    address: str, real_plans: None, client: Client
) -> None:
    page: Any = client.get(address.format(""))
    content = client.get(address.format("pack.pdf")).content
    reader = pdf_of(content)
    assert FEWEST_PAGES <= len(reader.pages) <= MOST_PAGES
    check_tags(content)
    dashboard = page.context["dashboard"]
    drawn = [panel.chart for panel in dashboard.panels() if panel.chart]
    assert len(drawn) >= 5
    assert sorted(pictures_of(reader)) == sorted(
        f"{each.title}. {each.description}" for each in drawn
    )
    text = plain(text_of(reader))
    check_words(dashboard, text)
    plan = page.context["read"].chosen.plan
    figures = gather(plan, plan.parts.all())
    year = page.context["choice"].year
    for balance in summarise(figures.of_year(year) if year else figures).balances:
        assert text.count(plain(format_pounds(balance.income))) >= 2
        assert plain(format_pounds(balance.spend)) in text


def test_it_says_whose_it_is_of_which_plan_and_of_which_day(
    client: Client, real_plans: None
) -> None:
    page: Any = client.get("/boards/westminster/")
    pages = [
        " ".join(words.split())
        for words in pages_of(pdf_of(client.get("/boards/westminster/pack.pdf").content))
    ]
    day = page.context["today"]
    stamp = f"Draft, as entered on {day.day} {day:%B %Y}"
    for number, words in enumerate(pages, start=1):
        assert stamp in words
        assert "Draft, not submitted" in words
        assert f"Page {number} of {len(pages)}" in words
    assert "Westminster Health and Wellbeing Board" in pages[0]
    assert "Tri-borough Better Care Fund plan 2014-16" in pages[0]
    assert "how much of them is Westminster’s alone is not stated" in pages[0]
    assert "http://testserver/boards/westminster/" in pages[0]


def test_the_choice_goes_along(client: Client, real_plans: None) -> None:
    words = client.get("/boards/havering/?plan=bhr-2017-19&year=2017-18").content.decode()
    (address,) = re.findall(r'href="(/boards/havering/pack.pdf[^"]*)"', words)
    text = text_of(pdf_of(client.get(address.replace("&amp;", "&")).content))
    assert "Money, metrics and benefits below are those of 2017–18" in text
    assert "£74,695,000" not in text
    assert client.get("/boards/havering/pack.pdf?plan=barnet-2014-16").status_code == 404


def test_a_board_without_a_plan_has_a_pack_that_says_so(client: Client) -> None:
    BoardFactory(slug="one", name="One Health and Wellbeing Board")
    response = client.get("/boards/one/pack.pdf")
    reader = pdf_of(response.content)
    assert len(reader.pages) == 1
    assert "This board has no plan that you may read" in text_of(reader)
    assert 'filename="one-pack.pdf"' in response["Content-Disposition"]
    assert client.get("/boards/none/pack.pdf").status_code == 404


def test_another_boards_draft_is_in_no_pack(
    outsider: User, sign_in: Callable[[User], Client]
) -> None:
    board = BoardFactory(slug="one")
    ContributionFactory(plan=PlanFactory(slug="draft", boards=[board]), amount=Decimal("7654.09"))
    client = sign_in(outsider)
    text = text_of(pdf_of(client.get("/boards/one/pack.pdf").content))
    assert "7,654" not in text
    assert "This board has no plan that you may read" in text
    assert client.get("/boards/one/pack.pdf?plan=draft").status_code == 404


def test_it_is_kept_until_what_it_shows_changes(client: Client) -> None:
    plan = PlanFactory(slug="mine", boards=[BoardFactory(slug="one")])
    first = client.get("/boards/one/pack.pdf")
    assert first["Content-Type"] == "application/pdf"
    assert client.get("/boards/one/pack.pdf").content == first.content
    assert Paper.objects.count() == 1

    again = client.get("/boards/one/pack.pdf", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    SpendLineFactory(plan=plan, amount=Decimal("7654.09"))
    changed = client.get("/boards/one/pack.pdf", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert "£7,654.09" in text_of(pdf_of(changed.content))


def test_markup_in_a_plan_stays_text_and_fetches_nothing(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    title = '<img src="http://203.0.113.7/x.png">'
    board = BoardFactory(slug="one")
    SpendLineFactory(plan=PlanFactory(slug="mine", title=title, boards=[board]), theme=title)
    text = plain(text_of(pdf_of(client.get("/boards/one/pack.pdf").content)))
    assert text.count(plain(title)) >= 3
    assert [record.message for record in caplog.records] == []
