"""A plan's dashboard: figures to the penny, choices, pictures and files, and who sees it."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from bcf.accounts.models import User
from bcf.assurance.figures import PlanFigures
from bcf.assurance.gather import gather
from bcf.assurance.summary import MoneySummary, summarise
from bcf.assurance.totals import Line
from bcf.charts import chart_svg
from bcf.files.writing import BYTE_ORDER_MARK
from bcf.periods import FinancialYear
from bcf.reporting.table_csv import table_csv
from plans.models import Board, Plan
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    PlanFactory,
    RiskFactory,
    SignOffFactory,
    SpendLineFactory,
)
from tests.integration.documents import tables_of

pytestmark = pytest.mark.django_db

MOST_BYTES = 300 * 1024
MOST_QUERIES = 20
EVERY_BOARD = 153
PLANS = (
    "barnet-2014-16",
    "tri-borough-2014-16",
    "bhr-2017-19",
    "barking-and-dagenham-2017-19",
    "havering-2017-19",
    "redbridge-2017-19",
)
BOARDS = (
    "barnet",
    "westminster",
    "hammersmith-and-fulham",
    "kensington-and-chelsea",
    "barking-and-dagenham",
    "havering",
    "redbridge",
)
ADDRESSES = (
    *(f"/plans/{slug}/" for slug in PLANS),
    *(f"/boards/{slug}/" for slug in BOARDS),
    "/plans/bhr-2017-19/?board=havering&year=2018-19",
    "/boards/redbridge/?plan=bhr-2017-19&year=2017-18",
)
SVG = "{http://www.w3.org/2000/svg}"
SECRET, SHOWN = Decimal("7654321.09"), "7,654,321"

Amounts = list[Decimal | None]


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    return page.content.decode()


def figures_of(slug: str) -> PlanFigures:
    plan = Plan.objects.get(slug=slug)
    return gather(plan, plan.parts.all())


# -- to the penny --------------------------------------------------------------------------


def balances(summary: MoneySummary) -> list[Amounts]:
    income, spend = summary.income.total, summary.spend.total
    off = None if income is None or spend is None else income - spend
    rows: list[Amounts] = [[each.income, each.spend, each.difference] for each in summary.balances]
    return [*rows, [income, spend, off]]


def lines_of(lines: Sequence[Line], whole: Line) -> list[Amounts]:
    """The rows of a table of lines; of several years it has a column for all of them."""
    rows = [*lines, whole]
    if len(whole.amounts) == 1:
        return [list(line.amounts) for line in rows]
    return [[*line.amounts, line.total] for line in rows]


def expected(summary: MoneySummary) -> Iterator[tuple[str, list[Amounts]]]:
    """The amounts of each table of money by its key; spend that is not stated has no table."""
    yield "balance", balances(summary)
    yield "income-by-source", lines_of(summary.income_by_source, summary.income)
    cuts = {
        "spend-by-scheme": summary.spend_by_scheme,
        "spend-by-theme": summary.spend_by_theme,
        "spend-by-source": summary.spend_by_source,
    }
    yield from ((key, lines_of(lines, summary.spend)) for key, lines in cuts.items() if lines)
    if summary.outside_pool:
        yield "outside-pool", lines_of(summary.outside_pool, summary.outside)
    if summary.parts:
        yield "income-by-part", lines_of([part.income for part in summary.parts], summary.income)
        yield "spend-by-part", lines_of([part.spend for part in summary.parts], summary.spend)


def shown_in(page: str, key: str, width: int) -> list[Amounts]:
    """The amounts of a table of the page; a share after them is none."""
    rows = [amounts for _, amounts in tables_of(page)[key].rows]
    assert all(amount is None for row in rows for amount in row[width:])
    return [row[:width] for row in rows]


def compare(page: str, summary: MoneySummary) -> int:
    """Hold every table of money, and the cards, against the totals; how many tables there were."""
    found = dict(expected(summary))
    for key, rows in found.items():
        assert shown_in(page, key, len(rows[0])) == rows, key
    cards = re.findall(r'app-figure__value" data-amount="([^"]*)"', page)
    stated = [each.income for each in summary.balances if each.income is not None]
    assert cards == [f"{income:.2f}" for income in stated]
    return len(found)


@pytest.mark.usefixtures("real_plans")
def test_every_real_plan_shows_the_totals_to_the_penny_in_few_queries_and_bytes(
    client: Client,
) -> None:
    assert set(PLANS) == set(Plan.objects.values_list("slug", flat=True))
    assert set(BOARDS) == set(Board.objects.values_list("slug", flat=True))
    # Whether the database knows JSON is asked once a process.
    assert connection.features.supports_json_field
    compared = {}
    for slug in PLANS:
        with CaptureQueriesContext(connection) as queries:
            page = words(client, f"/plans/{slug}/")
        assert len(queries) <= MOST_QUERIES
        assert len(page.encode()) < MOST_BYTES
        compared[slug] = compare(page, summarise(figures_of(slug)))
    assert compared == {
        "barnet-2014-16": 6,
        "tri-borough-2014-16": 2,
        "bhr-2017-19": 7,
        "barking-and-dagenham-2017-19": 5,
        "havering-2017-19": 5,
        "redbridge-2017-19": 5,
    }


@pytest.mark.usefixtures("real_plans")
def test_a_year_that_is_chosen_shows_its_own_totals_to_the_penny(client: Client) -> None:
    compared = 0
    for slug in PLANS:
        figures = figures_of(slug)
        for year in figures.years:
            assert isinstance(year, FinancialYear)
            page = words(client, f"/plans/{slug}/?year={year}")
            compare(page, summarise(figures.of_year(year)))
            assert f"Money, metrics and benefits below are those of {year.label}" in page
            compared += 1
    assert compared == 12


@pytest.mark.usefixtures("real_plans")
def test_what_tri_borough_does_not_state_is_said_and_is_no_nought(client: Client) -> None:
    for address in ("/plans/tri-borough-2014-16/", "/plans/tri-borough-2014-16/?year=2015-16"):
        page = words(client, address)
        assert "what it is spent on is not stated" in page
        assert "spend not stated" in page
        assert not re.search(r"£0(?![\d.,])", page)
        assert 'data-amount="0.00"' not in page
        assert "spend-by-theme" not in tables_of(page)


# -- choices -------------------------------------------------------------------------------


@pytest.mark.usefixtures("real_plans")
def test_a_year_that_the_plan_lacks_is_told_and_all_are_shown(client: Client) -> None:
    page: Any = client.get("/plans/barnet-2014-16/", {"year": "2030-31"})
    told = page.content.decode()
    assert "This plan has no year “2030-31”, so all of its years are shown." in told
    compare(told, summarise(figures_of("barnet-2014-16")))
    assert page.context["choice"].query == ""


@pytest.mark.usefixtures("real_plans")
def test_what_the_address_asks_for_is_never_markup(client: Client) -> None:
    asked = '<img src=x onerror="alert(1)">'
    for address in ("/plans/bhr-2017-19/", "/boards/barnet/", "/boards/barnet/metrics/dtoc/"):
        page = client.get(address, {"year": asked, "board": asked, "q": asked})
        assert page.status_code == 200
        assert "<img" not in page.content.decode()


@pytest.mark.usefixtures("real_plans")
def test_a_board_of_a_joint_plan_is_chosen_for_metrics_and_people_alone(client: Client) -> None:
    page: Any = client.get("/plans/bhr-2017-19/?board=havering&year=2018-19")
    told = page.content.decode()
    assert "Metrics and what they mean for people are those of Havering" in told
    compare(told, summarise(figures_of("bhr-2017-19").of_year(FinancialYear(2018))))
    assert 'href="/boards/havering/metrics/nea/?plan=bhr-2017-19&amp;year=2018-19"' in told
    assert "/boards/redbridge/metrics/" not in told
    # The way to another year keeps the board, and the way to a part the year.
    assert 'href="?board=havering&amp;year=2017-18"' in told
    assert 'href="/plans/redbridge-2017-19/?year=2018-19"' in told


@pytest.mark.usefixtures("real_plans")
def test_a_board_that_is_none_of_the_plans_is_as_good_as_none(client: Client) -> None:
    for board in ("barnet", "no-such-board", "x" * 3000):
        page: Any = client.get(f"/plans/bhr-2017-19/?board={board}")
        assert page.status_code == 200
        assert page.context["choice"].query == ""
        assert page.context["metrics_of"] == ""


# -- pictures and files --------------------------------------------------------------------


@pytest.mark.usefixtures("real_plans")
def test_every_dashboard_leads_to_its_pictures_and_files_and_each_can_be_made(
    client: Client,
) -> None:
    for address in ADDRESSES:
        page: Any = client.get(address)
        panels = list(page.context["dashboard"].panels())
        charts = {each.key: each.chart for each in panels if each.chart}
        tables = {each.key: each.table for each in panels if each.table and each.table.rows}
        assert len(charts) >= 2
        assert len(tables) >= 8
        found = links_to_pictures(page.content.decode())
        assert {key for key, ending in found if ending == "svg"} == set(charts)
        assert {key for key, ending in found if ending == "csv"} == set(tables)
        for chart in charts.values():
            check_picture(chart_svg(chart).encode())
        for table in tables.values():
            check_file("".join(table_csv(table)))
        for wanted in {min(found), max(found)}:
            check_answer(client, found[wanted])


@pytest.mark.usefixtures("real_plans")
@pytest.mark.parametrize("address", ["/plans/havering-2017-19/", "/boards/barnet/?year=2015-16"])
def test_every_picture_and_every_file_opens(client: Client, address: str) -> None:
    found = links_to_pictures(words(client, address))
    assert len(found) > 15
    for each in found.values():
        check_answer(client, each)


def links_to_pictures(page: str) -> dict[tuple[str, str], str]:
    """The addresses of pictures and files on a page, by the panel's key and the ending."""
    found = re.findall(r'href="([^"]*/pictures/([^"/]*)\.(svg|csv)[^"]*)"', page)
    assert len({(key, ending) for _, key, ending in found}) == len(found)
    return {(key, ending): address.replace("&amp;", "&") for address, key, ending in found}


def check_answer(client: Client, address: str) -> None:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    if ".svg" in address:
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        check_picture(answer.content)
    else:
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        check_file(answer.getvalue().decode())


def check_picture(content: bytes) -> None:
    root = etree.fromstring(content)
    assert root.tag == f"{SVG}svg"
    title = root.find(f".//{SVG}title")
    assert title is not None
    assert title.text
    names = {etree.QName(each).localname for each in root.iter(etree.Element)}
    assert not names & {"script", "style", "foreignObject", "image"}
    assert not any(key == "style" or key.startswith("on") for e in root.iter() for key in e.attrib)


def check_file(text: str) -> None:
    assert text.startswith(BYTE_ORDER_MARK)
    head, *rows = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK)))
    assert rows
    assert all(len(row) == len(head) for row in rows)


@pytest.mark.usefixtures("real_plans")
def test_a_file_holds_the_amounts_of_its_table(client: Client) -> None:
    answer: Any = client.get("/plans/barnet-2014-16/pictures/spend-by-theme.csv")
    text = answer.getvalue().decode().removeprefix(BYTE_ORDER_MARK)
    head, *rows = csv.reader(StringIO(text))
    assert head[:4] == ["Theme", "2014–15 (£)", "2015–16 (£)", "All years (£)"]
    lines = summarise(figures_of("barnet-2014-16")).spend_by_theme
    assert [row[:4] for row in rows] == [
        [line.choice.label, *(f"{each:.2f}" for each in [*line.amounts, line.total])]
        for line in lines
    ]


@pytest.mark.usefixtures("real_plans")
@pytest.mark.parametrize("of", ["/plans/barnet-2014-16", "/boards/barnet"])
@pytest.mark.parametrize("key", ["no-such-panel", "errors", "x" * 2000])
def test_an_unknown_picture_and_file_are_not_found(client: Client, of: str, key: str) -> None:
    for ending in ("svg", "csv"):
        assert client.get(f"{of}/pictures/{key}.{ending}").status_code == 404


@pytest.mark.usefixtures("real_plans")
def test_the_page_is_compressed_where_the_browser_asks_for_it(client: Client) -> None:
    for address in ("/plans/bhr-2017-19/", "/boards/havering/"):
        plain = client.get(address).content
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) < len(plain) / 4
        assert b'id="dashboard"' in gzip.decompress(answer.content)


# -- who sees it ---------------------------------------------------------------------------

OF_A_DRAFT = (
    "/plans/draft/",
    "/plans/draft/?year=2017-18",
    "/plans/draft/pictures/balance.svg",
    "/plans/draft/pictures/balance.csv",
    "/boards/one/?plan=draft",
    "/boards/one/pictures/balance.svg?plan=draft",
    "/boards/one/pictures/balance.csv?plan=draft",
    "/boards/one/pictures/balance.svg",
    "/boards/one/pictures/balance.csv",
)


def test_a_draft_and_its_pictures_and_files_are_another_boards_own(
    outsider: User, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    board, other = BoardFactory(slug="one"), BoardFactory(slug="two")
    draft = PlanFactory(slug="draft", boards=[board])
    ContributionFactory(plan=draft, amount=SECRET)
    own = sign_in(member("viewer", board))
    assert {own.get(address).status_code for address in OF_A_DRAFT} == {200}
    for person in (outsider, member("editor", other), member("approver", other)):
        client = sign_in(person)
        assert {client.get(address).status_code for address in OF_A_DRAFT} == {404}


def test_a_hidden_part_is_in_no_figure_picture_or_file(
    outsider: User, sign_in: Callable[[User], Client]
) -> None:
    shown, hidden = BoardFactory(slug="shown"), BoardFactory(slug="hidden")
    joint = PlanFactory(slug="joint", boards=[shown, hidden], status="submitted")
    open_part = PlanFactory(slug="open", boards=[shown], part_of=joint, status="submitted")
    part = PlanFactory(slug="part", boards=[hidden], part_of=joint, title="Secret draft")
    for plan, amount in ((open_part, Decimal(100)), (part, SECRET)):
        ContributionFactory(plan=plan, amount=amount)
        SpendLineFactory(plan=plan, amount=amount, theme=f"Theme of {plan.slug}")
    RiskFactory(plan=part, title="Secret risk", likelihood=5, impact=5)
    client = sign_in(outsider)
    page = words(client, "/plans/joint/")
    compare(page, summarise(gather(joint, Plan.objects.filter(pk=open_part.pk))))
    found = re.findall(r'href="(/plans/joint/pictures/[^"]*)"', page)
    assert len(found) >= 6
    answers = [page, *(read(client.get(each)) for each in found)]
    for each in answers:
        assert SHOWN not in each
        assert str(SECRET) not in each
        assert "Secret" not in each
        assert "Theme of part" not in each
    assert "1 part of this joint plan is a draft that you may not read" in page


def read(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.getvalue().decode())


# -- at any size ---------------------------------------------------------------------------


def test_the_number_of_queries_is_the_same_for_one_board_and_for_all(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    own = BoardFactory(slug="own")
    joint = PlanFactory(slug="joint", boards=[own], status="submitted")
    ContributionFactory(plan=PlanFactory(boards=[own], part_of=joint))
    addresses = ("/plans/joint/", "/boards/own/?plan=joint", "/plans/joint/?board=own")
    alone = [queries(address) for address in addresses]
    others = BoardFactory.create_batch(EVERY_BOARD - 1)
    joint.boards.add(*others)
    for board in others:
        part = PlanFactory(boards=[board], part_of=joint)
        ContributionFactory(plan=part)
        SpendLineFactory(plan=part)
    assert Board.objects.count() == EVERY_BOARD
    assert [queries(address) for address in addresses] == alone
    assert max(alone) <= MOST_QUERIES


# -- without anything ----------------------------------------------------------------------


def test_a_draft_without_anything_shows_no_nought_but_what_is_counted(client: Client) -> None:
    PlanFactory(slug="empty", boards=[BoardFactory(slug="own")])
    for address in ("/plans/empty/", "/plans/empty/?year=2017-18", "/boards/own/"):
        page: Any = client.get(address)
        cards = page.context["dashboard"].cards
        assert {card.value for card in cards} == {None, "cannot be told", "none entered"}
        assert "£0" not in page.content.decode()


def test_a_card_of_signatures_says_where_others_are_not_entered(client: Client) -> None:
    plan = PlanFactory(slug="one", boards=[BoardFactory()])
    SignOffFactory(plan=plan, signed_on="2017-09-01")
    page: Any = client.get("/plans/one/")
    (card,) = [each for each in page.context["dashboard"].cards if each.address == "#sign"]
    assert card.value == "0 of 1"
    assert card.note == "no date, no name or not ratified; others are not entered at all"
