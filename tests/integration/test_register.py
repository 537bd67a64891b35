"""The register of agreements as a page and as a file: its figures, filters, days, and who sees."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import html

from bcf.accounts.models import User
from bcf.files.writing import BYTE_ORDER_MARK
from bcf.periods import FinancialYear, PartialDate
from governance import actions
from governance.actions import Deed, terms_now
from governance.models import Agreement
from governance.rules import Terms
from plans.models import Board
from tests import factories
from tests.factories import AgreementFactory, AgreementValueFactory, BoardFactory, PlanFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
REPORTED = "?board=barnet&as_at=2018-11-15"
BOTH = "Barnet Clinical Commissioning Group; London Borough of Barnet"
ADULTS, CHILDREN = "s75-adults-2013", "s75-children-2013"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="own", name="Own Health and Wellbeing Board")


@pytest.fixture
def editor(board: Board, member: Callable[..., User]) -> User:
    return member("editor", board)


@pytest.fixture
def client(editor: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(editor)


def words_of(client: Client, address: str) -> str:
    """What a page says, without its markup."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = html.fromstring(response.content.decode()).get_element_by_id("main-content")
    return " ".join(main.text_content().split())


def rows_of(client: Client, query: str = "") -> list[dict[str, str]]:
    """The rows of the file."""
    response: Any = client.get(f"/agreements/register.csv{query}")
    assert response.status_code == 200
    text = response.getvalue().decode().removeprefix(BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text)))


def slugs(client: Client, query: str = "") -> list[str]:
    return [row["agreement"] for row in rows_of(client, query)]


class Table:
    """A table of the page as texts and amounts, by its key."""

    def __init__(self, client: Client, address: str, key: str) -> None:
        tree = html.fromstring(client.get(address).content.decode())
        (self.element,) = tree.xpath(f"//table[@data-table='{key}']")

    @property
    def amounts(self) -> dict[str, str]:
        """The money of each row, by the name of the row."""
        return {
            _text(row.xpath("./th")[0]): "".join(row.xpath(".//*/@data-amount"))
            for row in self.element.xpath(".//tbody/tr | .//tfoot/tr")
        }

    def cell(self, name: str, place: int) -> str:
        """A cell of the row of this name, the first after the name being 0."""
        for row in self.element.xpath(".//tbody/tr"):
            if _text(row.xpath("./th")[0]).startswith(name):
                return _text(row.xpath("./td")[place])
        raise AssertionError(f"There is no row {name}.")


def _text(element: Any) -> str:
    return " ".join(element.text_content().replace("\xa0", " ").split())


# -- Barnet's register of 15 November 2018 ---------------------------------------------------

# Agreement, schedule of, client group, starts, ends, no end; pooled fund of 2017-18 in pounds,
# as printed, and the unit meant.
BARNET = """
s75-adults-2013 | | Adults | 2013-08 | | yes | | |
s75-campus | s75-adults-2013 | Adults | 2010-04 | | yes | 1709000.00 | £1,709 | £000
s75-hsci | s75-adults-2013 | Adults | 2018 | | yes | 30272581.00 | £30,272,581 |
s75-ilds | s75-adults-2013 | Adults | 2013-08 | | yes | 2785000.00 | £2,785 | £000
s75-ces | s75-adults-2013 | Adults | 2017-04 | 2021-03 | no | 3642000.00 | £3,642 | £000
s75-vcs | s75-adults-2013 | Adults | 2016-04 | 2022-03 | no | 3064000.00 | £3,064 | £000
s75-mh | | Adults | | | no | | |
s75-children-2013 | | Children | 2013-08 | | yes | | |
s75-lac | s75-children-2013 | Children | 2014-04 | 2019-03 | no | 131941.00 | £131,941 |
s75-ot | s75-children-2013 | Children | 2014-04 | 2019-03 | no | 401000.00 | £401,000 |
s75-salt | s75-children-2013 | Children | 2014-04 | 2019-03 | no | 2053000.00 | £2,053 | £000
"""
SHOWN = (
    "agreement",
    "schedule of",
    "client group",
    "starts",
    "ends",
    "has no end",
    "pooled fund (£)",
    "as printed",
    "unit meant",
)


@pytest.fixture
def reader(real_plans: None, administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def test_barnets_register_says_what_its_report_does(reader: Client) -> None:
    rows = [row for row in rows_of(reader, REPORTED) if row["client group"]]
    expected = [[part.strip() for part in line.split("|")] for line in BARNET.strip().splitlines()]
    assert [[row[name] for name in SHOWN] for row in rows] == expected
    assert {row["financial year"] for row in rows} == {"2017-18"}
    parties = {row["agreement"]: row["parties"] for row in rows}
    trust = "Barnet, Enfield and Haringey Mental Health Trust; London Borough of Barnet"
    assert parties.pop("s75-mh") == trust
    assert set(parties.values()) == {BOTH}
    without_year = {row["agreement"]: row["stated without a year (£)"] for row in rows}
    assert {key: value for key, value in without_year.items() if value} == {
        "s75-salt": "2097635.00"
    }
    grounds = {row["agreement"]: row["ground"] for row in rows if row["ground"]}
    assert grounds["s75-vcs"] == "Corroborated: 1.7.1 prints £3,064,000"
    assert len(grounds) == 5


def test_barnets_pooled_funds_come_to_the_total_by_client_group(reader: Client) -> None:
    page = f"/agreements/{REPORTED}"
    adults = Table(reader, page, "agreements-barnet-adults").amounts
    assert adults["Total: Adults5 of 7 state a pooled fund"] == "41472581.00"
    children = Table(reader, page, "agreements-barnet-children").amounts
    assert children["Total: Children3 of 4 state a pooled fund"] == "2585941.00"
    assert Table(reader, page, "agreements-in-all").amounts == {
        "Adults": "41472581.00",
        "Children": "2585941.00",
        "Client group not stated": "",
        "Total": "44058522.00",
    }
    assert "5 of these amounts are printed in another unit" in words_of(reader, page)


def test_a_wrong_unit_and_another_print_stand_beside_the_amount(reader: Client) -> None:
    page = f"/agreements/{REPORTED}"
    equipment = Table(reader, page, "agreements-barnet-adults").cell("Lead Commissioning For", 1)
    assert equipment == (
        "£3,642,000printed £3,642, meant as £000: corroborated: 1.6.2 table is in £ thousands"
    )
    speech = Table(reader, page, "agreements-barnet-children").cell("Speech And Language", 1)
    assert speech.startswith("£2,053,000printed £2,053, meant as £000: inferred")
    assert speech.endswith("£2,097,635 is stated without a year")


def test_the_year_of_the_pooled_funds_is_chosen(reader: Client) -> None:
    page = f"/agreements/{REPORTED}&year=not-stated"
    assert Table(reader, page, "agreements-in-all").amounts["Total"] == "44103157.00"
    earlier = f"/agreements/{REPORTED}&year=2015-16"
    assert Table(reader, earlier, "agreements-in-all").amounts["Total"] == "23400000.00"
    equipment = Table(reader, earlier, "agreements-barnet-adults").cell("Lead Commissioning For", 1)
    assert equipment.startswith("not stated£3,642,000 is stated without a year")
    nothing = Table(reader, f"/agreements/{REPORTED}&year=2031-32", "agreements-in-all")
    assert set(nothing.amounts.values()) == {""}


def test_three_of_barnets_agreements_end_within_a_year_of_its_report(reader: Client) -> None:
    page = f"/agreements/{REPORTED}"
    ending = Table(reader, page, "agreements-ending")
    assert [name.partition("Schedule")[0].strip() for name in ending.amounts] == [
        "Looked After Children",
        "Occupational Therapy",
        "Speech And Language Therapy (SALT)",
    ]
    assert ending.cell("Occupational", 1) == "April 2014 to March 2019136 days left"
    words = words_of(reader, page)
    assert "3 of 14 agreements end within 12 months of 15 November 2018" in words
    assert "For 4 no end is stated, so it cannot be told whether they run." in words
    assert slugs(reader, f"{REPORTED}&state=ending") == ["s75-lac", "s75-ot", "s75-salt"]


def test_the_line_of_time_tells_each_term_and_the_day(reader: Client) -> None:
    words = words_of(reader, f"/agreements/{REPORTED}")
    assert "As at 15 November 2018" in words
    assert "Occupational Therapy Schedule (OT): April 2014 to March 2019, ends within" in words
    assert "Campus Re-Provision Schedule: April 2010, open-ended, in force" in words
    assert "Today, 22 November 2026" in words_of(reader, "/agreements/?board=barnet&q=equipment")


def test_agreements_of_several_boards_stand_under_one_heading(reader: Client) -> None:
    words = words_of(reader, "/agreements/?board=havering")
    assert "Barking & Dagenham and Havering together" in words
    assert "Barking & Dagenham, Havering and Redbridge together" in words
    assert "Joint Assessment and Discharge service" in words


# -- days ------------------------------------------------------------------------------------


@pytest.fixture
def equipment(board: Board) -> Agreement:
    made: Agreement = AgreementFactory(
        slug="equipment",
        title="Equipment",
        boards=[board],
        starts="2017-04",
        ends="2021-03",
        arrangement="lead-commissioning",
        notice_months=6,
    )
    made.parties.set(
        [
            factories.OrganisationFactory(key="council", name="Council"),
            factories.OrganisationFactory(key="nhs", name="NHS"),
        ]
    )
    AgreementValueFactory(agreement=made, financial_year="2017-18", amount="3642000.00")
    return made


def test_a_variation_shows_from_its_day_on(
    client: Client, equipment: Agreement, editor: User
) -> None:
    varied = Terms(
        ends=PartialDate(2028, 3),
        is_open_ended=False,
        arrangement="pooled-fund",
        parties=("nhs",),
        pooled={FinancialYear(2017): terms_now(equipment).pooled[FinancialYear(2017)] + 1},
    )
    deed = Deed(date(2018, 10, 1), "Costs rose.")
    actions.agreement_vary(agreement=equipment, terms=varied, deed=deed, by=editor)
    told = ("parties", "arrangement", "pooled fund (£)", "ends", "days left", "notice by")

    def on(day: str) -> list[str]:
        (row,) = rows_of(client, f"?as_at={day}&year=2017-18")
        assert row["as at"] == day
        return [row[name] for name in told]

    before = ["Council; NHS", "Lead commissioning", "3642000.00", "2021-03", "913", "2020-09-30"]
    after = ["NHS", "Pooled fund", "3642001.00", "2028-03", "3469", "2027-09-30"]
    assert on("2018-09-30") == before
    assert on("2018-10-01") == after
    words = words_of(client, "/agreements/?as_at=30/09/2018")
    assert "As the agreements stood on 30 September 2018." in words
    assert "6 months’ noticegive by 30 September 2020; review not stated" in words
    assert slugs(client, "?as_at=2018-09-30&arrangement=pooled-fund") == []
    assert slugs(client, "?as_at=2018-10-01&arrangement=pooled-fund") == ["equipment"]


def test_an_end_marks_it_from_the_day_after_and_keeps_it(
    client: Client, equipment: Agreement, editor: User
) -> None:
    deed = Deed(date(2019, 6, 1), "No longer needed.")
    actions.agreement_end(agreement=equipment, last_day=date(2019, 6, 30), deed=deed, by=editor)

    def on(day: str) -> list[str]:
        (row,) = rows_of(client, f"?as_at={day}")
        return [row["state"], row["ends"], row["days left"]]

    assert on("2019-05-31") == ["In force", "2021-03", "670"]
    assert on("2019-06-01") == ["Ends soon", "2019-06-30", "29"]
    assert on("2019-06-30") == ["Ends soon", "2019-06-30", "0"]
    assert on("2019-07-01") == ["Ended", "2019-06-30", "-1"]
    assert "30 June 2019ended 1 day ago" in words_of(client, "/agreements/?as_at=1/7/2019")
    assert "30 June 2019ended 7 years ago" in words_of(client, "/agreements/")
    assert "ended 8 months ago" in words_of(client, "/agreements/?as_at=2020-03-15")


def test_what_is_superseded_says_by_what_from_its_day_on(
    client: Client, equipment: Agreement, board: Board, editor: User
) -> None:
    integration = AgreementFactory(
        slug="integration", title="Integration", boards=[board], starts="2018-04"
    )
    deed = Deed(date(2018, 4, 1), "Moved into integration.")
    actions.agreement_supersede(agreement=equipment, successor=integration, deed=deed, by=editor)

    before = words_of(client, "/agreements/?as_at=2018-03-31")
    assert "Superseded" not in before
    assert "Left out, since it starts after that day: Integration (April 2018)." in before
    assert slugs(client, "?as_at=2018-03-31") == ["equipment"]
    page = client.get("/agreements/?as_at=2018-04-01").content.decode()
    assert "by Integration" in page
    assert '<a class="govuk-link" href="/agreements/integration/"><strong' in page
    row = rows_of(client, "?as_at=2018-04-01")[0]
    assert [row["state"], row["superseded by"]] == ["Superseded", "Integration"]
    assert slugs(client, "?as_at=2018-04-01&state=ended") == ["equipment"]


def test_a_day_that_there_is_not_is_told_and_kept(client: Client, equipment: Agreement) -> None:
    page = client.get("/agreements/?as_at=31/02/2019&board=own").content.decode()
    assert "As at: give a date that there is, such as 15/11/2018." in page
    assert 'value="31/02/2019"' in page
    assert "<title>Error: Agreements" in " ".join(page.split())
    assert "As the agreements stand today, 22 November 2026." in page
    assert "Equipment" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_at=yesterday", "As at: give a date that there is, such as 15/11/2018."),
        ("as_at=0001-01-01", "As at: give a date from 1900 to 2198, such as 15/11/2018."),
        ("as_at=9999-12-31", "As at: give a date from 1900 to 2198, such as 15/11/2018."),
        ("board=nowhere", "Board: choose one of the list. There is no “nowhere”."),
        ("state=lost", "State: choose one of the list. There is no “lost”."),
        ("year=2017", "Pooled funds of: “2017” is not a financial year. Write one as 2017-18."),
        ("year=2017-19", "Pooled funds of: “2017-19” is not a financial year."),
        ("year=9999-00", "Pooled funds of: “9999-00” is not a financial year."),
    ],
)
def test_what_is_asked_wrongly_is_told_on_the_page_and_refused_as_a_file(
    client: Client, equipment: Agreement, query: str, sentence: str
) -> None:
    assert sentence in words_of(client, f"/agreements/?{query}")
    refused = client.get(f"/agreements/register.csv?{query}")
    assert refused.status_code == 400
    assert refused.content.decode().startswith(sentence)


@pytest.mark.parametrize("query", ["q=%00", "board=%00", "year=%00", "as_at=%00", "page=zzz", "q="])
def test_odd_questions_are_answered(client: Client, equipment: Agreement, query: str) -> None:
    assert client.get(f"/agreements/?{query}").status_code == 200


@pytest.mark.parametrize("day", ["1900-04-01", "2198-03-31", "2024-02-29"])
def test_the_first_and_the_last_day_are_answered(
    client: Client, equipment: Agreement, day: str
) -> None:
    assert client.get(f"/agreements/?as_at={day}").status_code == 200


def test_the_way_to_today_and_to_the_file_keep_what_was_asked(
    client: Client, equipment: Agreement
) -> None:
    page = client.get("/agreements/?board=own&as_at=2018-01-01&q=equip")
    tree = html.fromstring(page.content.decode())
    links = {_text(link): link.get("href") for link in tree.xpath("//main//a")}
    assert links["Show them as of today"] == "?board=own&q=equip"
    expected = "/agreements/register.csv?board=own&as_at=2018-01-01&q=equip"
    assert links["Download as CSV"] == expected
    assert links["Show all"] == "?board=own"


# -- filters, search, pages ------------------------------------------------------------------


def test_filters_and_words_choose_among_agreements(client: Client, equipment: Agreement) -> None:
    other = BoardFactory(slug="other")
    concordat = AgreementFactory(
        slug="concordat", kind="other", is_section_75=False, boards=[other], client_group="adults"
    )
    factories.AgreementProviderFactory(
        agreement=concordat, provider=factories.OrganisationFactory(name="Age Concern")
    )
    assert slugs(client, "?board=own") == ["equipment"]
    assert slugs(client, "?client_group=adults") == ["concordat"]
    assert slugs(client, "?client_group=none") == ["equipment"]
    assert slugs(client, "?kind=overarching") == ["equipment"]
    assert slugs(client, "?section_75=no") == ["concordat"]
    assert slugs(client, "?section_75=yes") == ["equipment"]
    assert slugs(client, "?state=not-known") == ["concordat"]
    assert slugs(client, "?q=age+concern") == ["concordat"]
    assert slugs(client, "?q=council") == ["equipment"]
    assert len(slugs(client)) == 2


def test_nothing_found_and_nothing_recorded_say_so(client: Client, board: Board) -> None:
    empty = words_of(client, "/agreements/?board=own")
    assert "No agreement that you may read is recorded yet." in empty
    AgreementFactory(slug="one", boards=[board], starts="2030-04")
    assert "No agreement fits what you asked for." in words_of(client, "/agreements/?q=zzz")
    later = words_of(client, "/agreements/?board=own")
    assert "No agreement had started by that day." in later
    assert rows_of(client, "?board=own") == []


def test_a_schedule_of_one_that_was_not_asked_for_names_it(client: Client, board: Board) -> None:
    over = AgreementFactory(slug="over", title="Over", boards=[board])
    AgreementFactory(slug="under", kind="schedule", parent=over, boards=[board])
    assert "Schedule of Over." in words_of(client, "/agreements/?kind=schedule")
    assert "Schedule of Over." not in words_of(client, "/agreements/")
    assert [row["schedule of"] for row in rows_of(client, "?kind=schedule")] == ["over"]


def test_a_schedule_takes_its_end_from_an_agreement_of_more_boards(
    client: Client, board: Board
) -> None:
    over = AgreementFactory(slug="over", boards=[BoardFactory()], ends="2030-03")
    AgreementFactory(slug="under", kind="schedule", parent=over, boards=[board])
    (row,) = rows_of(client, "?board=own")
    told = [row["agreement"], row["ends"], row["dates of the agreement above"]]
    assert told == ["under", "2030-03", "yes"]
    assert "ends as the agreement above it" in words_of(client, "/agreements/?board=own")


def test_many_agreements_are_paged_by_heading_and_are_all_in_the_file(client: Client) -> None:
    for number in range(10):
        each = BoardFactory(name=f"Board {number} Health and Wellbeing Board")
        for year in range(10):
            one = AgreementFactory(boards=[each], ends=f"{2030 + year}-03")
            AgreementValueFactory(agreement=one, financial_year="2020-21", amount="1.00")
    first, second = (words_of(client, f"/agreements/?page={page}") for page in (1, 2))
    assert "Board 5" in first
    assert "Board 6" not in first.partition("What they come to")[0].partition("As the")[2]
    assert "Board 6" in second
    for page in (1, 2):
        table = Table(client, f"/agreements/?page={page}", "agreements-in-all")
        assert table.amounts["Total"] == "100.00"
    assert len(rows_of(client)) == 100


def test_no_text_of_the_file_becomes_a_formula(client: Client, board: Board) -> None:
    AgreementFactory(slug="sly", title="=1+1", purpose="@SUM(A1)", boards=[board])
    (row,) = rows_of(client)
    assert (row["title"], row["purpose"]) == ("'=1+1", "'@SUM(A1)")


# -- who sees --------------------------------------------------------------------------------


@pytest.fixture
def hidden(board: Board) -> Agreement:
    """What a draft carries: an agreement with a schedule and a sequel that everybody may read."""
    plan = PlanFactory(slug="draft", boards=[board])
    made: Agreement = AgreementFactory(
        slug="secret", title="Secret", plan=plan, boards=[board], starts="2013-08", ends="2027-03"
    )
    AgreementValueFactory(agreement=made, financial_year="2017-18", amount="777.00")
    schedule = AgreementFactory(
        slug="open", title="Open", kind="schedule", parent=made, boards=[board]
    )
    AgreementValueFactory(agreement=schedule, financial_year="2017-18", amount="5.00")
    AgreementFactory(slug="under", plan=plan, kind="schedule", parent=schedule, boards=[board])
    return made


def test_an_agreement_of_a_draft_is_seen_by_its_members_alone(
    client: Client, hidden: Agreement, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    assert slugs(client, "?board=own") == ["secret", "open", "under"]
    totals = Table(client, "/agreements/?board=own", "agreements-in-all").amounts
    assert totals["Total"] == "782.00"

    stranger = sign_in(outsider)
    for query in ("?board=own", "", "?as_at=2018-01-01", "?state=in-force", "?q=secret"):
        page = stranger.get(f"/agreements/{query}").content.decode()
        assert "Secret" not in page
        assert "777" not in page
        assert "2027" not in page
    (row,) = rows_of(stranger)
    told = [row["agreement"], row["schedule of"], row["ends"], row["state"]]
    assert told == ["open", "", "", "Not known"]
    totals = Table(stranger, "/agreements/", "agreements-in-all").amounts
    assert totals["Total"] == "5.00"


def test_what_superseded_it_is_named_to_those_alone_who_may_read_that(
    hidden: Agreement,
    equipment: Agreement,
    editor: User,
    outsider: User,
    sign_in: Callable[[User], Client],
) -> None:
    deed = Deed(date(2018, 4, 1), "Moved.")
    actions.agreement_supersede(agreement=equipment, successor=hidden, deed=deed, by=editor)
    assert "by Secret" in words_of(sign_in(editor), "/agreements/?board=own")
    stranger = sign_in(outsider)
    page = stranger.get("/agreements/?board=own").content.decode()
    assert "Secret" not in page
    assert "secret" not in page
    row = next(row for row in rows_of(stranger) if row["agreement"] == "equipment")
    assert (row["state"], row["superseded by"]) == ("Ended", "")


def test_nobody_signed_in_is_asked_to_unless_reading_is_public(
    equipment: Agreement, hidden: Agreement, settings: Any
) -> None:
    client = Client()
    for address in ("/agreements/", "/agreements/register.csv"):
        assert client.get(address).status_code == 302
    settings.PUBLIC_READ = True
    assert slugs(client) == ["equipment", "open"]


# -- the way there ---------------------------------------------------------------------------


def test_pages_lead_to_the_register(client: Client, board: Board, equipment: Agreement) -> None:
    for address in ("/boards/own/", "/boards/own/agreements/"):
        assert 'href="/agreements/?board=own"' in client.get(address).content.decode()
    home = client.get("/").content.decode()
    assert home.count('href="/agreements/"') == 2
    here = client.get("/agreements/").content.decode()
    assert 'href="/agreements/" aria-current="page"' in here
