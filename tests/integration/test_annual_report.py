"""The annual report on section 75 agreements: Barnet's of 2017-18, figure by figure."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.agreements.sums import pooled_funds
from bcf.money import format_pounds
from bcf.papers.models import Paper
from bcf.periods import FinancialYear
from governance.actions import Deed, agreement_supersede
from governance.models import Agreement, AgreementNote, AgreementValue
from plans.models import Board
from tests.factories import (
    AgreementFactory,
    AgreementValueFactory,
    BoardFactory,
    PlanFactory,
    ReportPassageFactory,
)
from tests.integration.documents import pages_of, pdf_of, tables_of, text_of
from tests.integration.pdf_checks import bookmarks_of, check_tags, contents_of

pytestmark = pytest.mark.django_db

PAGE = "/boards/barnet/section-75-report/"
PDF = "/boards/barnet/section-75-report.pdf?year=2017-18"

POOLED = {
    "Lead Commissioning For An Integrated Community Equipment Service Schedule": 3_642_000,
    "Prevention And Wellbeing Services – Voluntary Sector Schedule": 3_064_000,
    "Integrated Learning Disability Service Schedule": 2_785_000,
    "Campus Re-Provision Schedule": 1_709_000,
    "Health And Social Care Integration (Including The Better Care Fund) Schedule": 30_272_581,
    "All services for adults": 41_472_581,
    "Speech And Language Therapy (SALT) Schedule": 2_053_000,
    "Occupational Therapy Schedule (OT)": 401_000,
    "Looked After Children Schedule": 131_941,
    "All services for children": 2_585_941,
    "All pooled funds": 44_058_522,
}
ACCOUNT = {
    "Money that there was": (2_567_000, 2_567_000),
    "Spent by London Borough of Barnet": (1_230_000, 1_038_000),
    "Spent by Barnet Clinical Commissioning Group": (2_412_000, 1_663_000),
    "Spent, all parties": (3_642_000, 2_701_000),
    "Surplus or deficit (−)": (-1_075_000, -134_000),
}
# Which section of ours answers which of the printed report, by its number or heading there. An
# anchor of ours begins with #; else it is a line of the table “About this report”, or words.
ANSWERED = {
    "cover": "Meeting and agenda item",
    "AGENDA ITEM 7": "Meeting and agenda item",
    "Title": "Section 75 agreements: annual report 2017–18",
    "Report of": "Report of",
    "Wards": "Wards",
    "Status": "Status",
    "Urgent": "Urgent",
    "Key": "Key",
    "Enclosures": "Enclosures",
    "Officer Contact Details": "Officer contact details",
    "Summary": "#summary",
    "Recommendations": "#recommendations",
    "1": "#why",
    "1.1": "#power",
    "1.2": "#pooling",
    "1.3": "#oversight",
    "1.4": "#achievements",
    "Service For Adults": "#group-adults",
    **dict.fromkeys(("1.5", "1.5.1", "1.5.2", "1.5.3", "1.5.4"), "#agreement-s75-adults-2013"),
    **dict.fromkeys(("1.6", "1.6.1", "1.6.2", "1.6.3", "1.6.4"), "#agreement-s75-ces"),
    "1.6.2 table": "#table-account-s75-ces",
    **dict.fromkeys(("1.7", "1.7.1", "1.7.2"), "#agreement-s75-vcs"),
    **dict.fromkeys(("1.8", "1.8.1", "1.8.2", "1.8.3"), "#agreement-s75-ilds"),
    **dict.fromkeys(("1.9", "1.9.1", "1.9.2"), "#agreement-s75-campus"),
    **dict.fromkeys(("1.10", "1.10.1", "1.10.2"), "#agreement-s75-hsci"),
    "1.10.3": "The national metrics of the fund in 2017–18",
    **dict.fromkeys(("1.11", "1.11.1", "1.11.2", "1.11.3"), "#agreement-s75-mh"),
    "Children Services": "#group-children",
    **dict.fromkeys(("1.12", "1.12.1", "1.12.2", "1.12.3"), "#agreement-s75-children-2013"),
    **dict.fromkeys(("1.13", "1.13.1", "1.13.3", "1.13.4", "1.13.5"), "#agreement-s75-salt"),
    "1.13.2": "#agreement-s75-ot",
    **dict.fromkeys(
        ("1.14", "1.14.1", "1.14.2", "1.14.3", "1.14.4", "1.14.5"), "#agreement-s75-lac"
    ),
    "2": "#reasons",
    "3": "#alternatives",
    "4": "#implementation",
    "4.1": "#monitoring",
    "4.2": "#coming",
    "5": "#implications",
    "5.1": "#priorities",
    "5.2": "#resources",
    "5.2.1 table": "#table-pooled-funds",
    "5.3": "#social-value",
    "5.4": "#references",
    "5.4.1": "#legal",
    "5.4.2": "#duties",
    "5.5": "#risks",
    "5.6": "#equalities",
    "5.7": "#corporate-parenting",
    "5.8": "#consultation",
    "5.9": "#insight",
    "6": "#background",
}
PRINTED_SECTIONS = 83


@pytest.fixture
def client(outsider: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(outsider)


def words_of(page: str) -> str:
    """What a reader of the page reads, spaces as one."""
    (main,) = html.fromstring(page).xpath('//main[@id="main-content"]')
    return " ".join(main.text_content().split())


def amounts_in(words: str) -> Counter[str]:
    return Counter(re.findall(r"−?£\d[\d,]*(?:\.\d\d)?", words.replace("− £", "−£")))


def test_every_section_of_the_printed_report_is_answered(real_plans: None, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    ids = {f"#{each}" for each in html.fromstring(page).xpath("//@id")}
    words = words_of(page)
    assert len(ANSWERED) == PRINTED_SECTIONS
    for printed, ours in ANSWERED.items():
        assert ours in (ids if ours.startswith("#") else words), printed


def test_every_pooled_fund_of_barnet_with_subtotals_and_total(
    real_plans: None, client: Client
) -> None:
    page = client.get(PAGE).content.decode()
    table = tables_of(page)["pooled-funds"]
    assert dict(table.rows) == {name: [Decimal(amount)] for name, amount in POOLED.items()}
    gathered = gather_agreements(Agreement.objects.all())
    total = pooled_funds(gathered, FinancialYear(2017))
    assert total
    assert total.value == POOLED["All pooled funds"]
    words = words_of(page)
    for printed in ("£3,642", "£3,064", "£2,785", "£1,709", "£2,053"):
        assert re.search(rf"{printed} ?(Corroborated|Inferred)", words), printed
    assert "£2,097,635, which is £44,635 more" in words
    assert words.count("£30,818,775") == 1
    assert "Added as they stand they would come to £30,818,775" in words


def test_the_equipment_account_of_two_years(real_plans: None, client: Client) -> None:
    table = tables_of(client.get(PAGE).content.decode())["account-s75-ces"]
    assert {name: tuple(amounts) for name, amounts in table.rows} == {
        name: tuple(map(Decimal, amounts)) for name, amounts in ACCOUNT.items()
    }


def test_what_the_report_tells_of_each_schedule(real_plans: None, client: Client) -> None:
    words = words_of(client.get(PAGE).content.decode())
    for told in (
        "2 overarching agreements, 8 schedules and 1 agreement that stands alone",
        "March 2021 (48 months in all)",
        "March 2022 (72 months in all)",
        "ended 2017–18 with a deficit of £1,075,000",
        "Within a year after, 3 agreements end",
        "London Borough of Southwark and PoHwer",
        "Inclusion Barnet, which has ended.",
        "For 2018-19 the schedule is absorbed into the integration (BCF) schedule.",
        "target missed by 7% in quarter 4 of 2017–18; target missed by 12% in quarter 3",
        "against 3,434 (unit not stated) in 2016–17: down 80 (2.3%), better",
        "counted, from 14 to 8, down 6 (42.9%), better",
        "73.6% in 2017–18",
        "Provider risks go through contract management.",
        "Left out, for they belong to plans of other years",
    ):
        assert told in words, told
    every_note = AgreementNote.objects.filter(agreement__slug__startswith="s75-").exclude(
        agreement__plan__isnull=False
    )
    for note in every_note.exclude(agreement__boards__slug="havering"):
        assert " ".join(note.text.split()) in words, note


def test_the_pdf_says_what_the_page_says(real_plans: None, client: Client) -> None:
    page: Any = client.get(PAGE)
    response = client.get(PDF)
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="barnet-section-75-2017-18.pdf"' in response["Content-Disposition"]
    check_tags(response.content)
    reader = pdf_of(response.content)
    pages = pages_of(reader)
    for number, each in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in each
        assert page.context["document"].stamp in " ".join(each.split())
    text = text_of(reader)
    assert amounts_in(text) == amounts_in(words_of(page.content.decode()))
    plain = re.sub(r"\s+", "", text)
    listed = [each for section in page.context["document"].sections for each in section.listed()]
    assert len(listed) >= 40
    for each in listed:
        assert re.sub(r"\s+", "", each.title) in plain, each.title
    entries, bookmarks = dict(contents_of(reader)), bookmarks_of(reader)
    assert entries["5.2 Resources"] == bookmarks["5.2 Resources"]
    assert "All pooled funds £44,058,522" in " ".join(pages[entries["5.2 Resources"] - 1].split())


def test_it_is_kept_until_what_it_shows_changes(client: Client) -> None:
    board = BoardFactory(slug="one")
    agreement = AgreementFactory(boards=[board])
    value = AgreementValueFactory(agreement=agreement, financial_year="2017-18", amount="7654.00")
    address = "/boards/one/section-75-report.pdf"
    first = client.get(address)
    assert client.get(address).content == first.content
    assert Paper.objects.count() == 1
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    AgreementValue.objects.filter(pk=value.pk).update(amount="7655.00")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert "£7,655" in text_of(pdf_of(changed.content))


def test_agreements_of_a_hidden_draft_are_in_no_report_of_an_outsider(
    outsider: User, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    board = BoardFactory(slug="one")
    draft = PlanFactory(slug="draft", boards=[board])
    shown = AgreementFactory(slug="shown", boards=[board])
    hidden = AgreementFactory(slug="hidden", title="Veiled fund", boards=[board], plan=draft)
    Agreement.objects.filter(pk=shown.pk).update(parent=hidden)
    AgreementValueFactory(agreement=shown, financial_year="2017-18", amount="1000.00")
    AgreementValueFactory(agreement=hidden, financial_year="2017-18", amount="7654.00")
    AgreementValueFactory(agreement=hidden, financial_year="2018-19", amount="7654.00")
    editor = member("editor", board)
    agreement_supersede(
        agreement=shown, successor=hidden, deed=Deed(date(2018, 4, 1), "One fund"), by=editor
    )
    answers = {}
    for name, user in (("outsider", outsider), ("editor", editor)):
        client = sign_in(user)
        pages = [
            words_of(client.get(f"/boards/one/section-75-report/{query}").content.decode())
            for query in ("?year=2017-18", "?year=2018-19", "")
        ]
        pdf = text_of(pdf_of(client.get("/boards/one/section-75-report.pdf?year=2017-18").content))
        answers[name] = " ".join([*pages, pdf])
    assert "Superseded from 1 April 2018 by another agreement: One fund." in answers["outsider"]
    for secret in ("Veiled", "7,654", "8,654", "Left out"):
        assert secret not in answers["outsider"], secret
    assert "Superseded from 1 April 2018 by “Veiled fund”: One fund." in answers["editor"]
    assert "£8,654" in answers["editor"]


def test_terms_are_those_of_the_end_of_the_year(
    real_plans: None, administrator: User, client: Client
) -> None:
    integration = Agreement.objects.get(slug="s75-hsci")
    agreement_supersede(
        agreement=Agreement.objects.get(slug="s75-ces"),
        successor=integration,
        deed=Deed(date(2018, 4, 1), "Equipment moves into the integration schedule."),
        by=administrator,
    )
    words = words_of(client.get(PAGE).content.decode())
    assert "March 2021 (48 months in all)" in words
    told = "Superseded from 1 April 2018 by “Health And Social Care Integration"
    assert words.count(told) == 2  # under the schedule, and among what comes
    AgreementValueFactory(agreement=integration, financial_year="2018-19", amount="34000000.00")
    after = client.get(f"{PAGE}?year=2018-19").content.decode()
    assert "agreement-s75-ces" not in after
    assert tables_of(after)["pooled-funds"].amounts("All pooled funds") == [Decimal(34_000_000)]


def test_who_edits_the_board_is_led_to_what_is_not_written(
    member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    board = BoardFactory(slug="one")
    agreement = AgreementFactory(boards=[board])
    AgreementValueFactory(agreement=agreement, financial_year="2017-18")
    passage = ReportPassageFactory(
        board=board, financial_year="2017-18", section="wards", text="*Hendon* and <b>Finchley</b>"
    )
    editor, viewer = (sign_in(member(role, board)) for role in ("editor", "viewer"))
    address = "/boards/one/section-75-report/"
    page = editor.get(address).content.decode()
    change = reverse("admin:governance_reportpassage_change", args=[passage.pk])
    assert f'href="{change}"' in page
    assert "<em>Hendon</em> and &lt;b&gt;Finchley&lt;/b&gt;" in page
    (add,) = [
        each for each in html.fromstring(page).xpath("//main//a/@href") if "section=insight" in each
    ]
    form = editor.get(add).content.decode()
    assert re.search(r'<option value="insight" selected', form)
    assert 'value="2017-18"' in form
    assert "Which insight was used in commissioning decisions." in form
    read = viewer.get(address).content.decode()
    assert "/admin/governance/reportpassage/" not in read
    assert "Not written yet" in read
    pdf = text_of(pdf_of(editor.get("/boards/one/section-75-report.pdf").content))
    assert "Hendon and <b>Finchley</b>" in pdf
    assert "Not written yet" in pdf
    assert "Write it" not in pdf


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?year=2030-31", "Nothing is stated of 2030–31. Enter the agreements that ran in it"),
        ("?year=soon", "“soon” is no financial year, so the report of 2017–18 is shown."),
    ],
)
def test_a_year_without_figures_says_what_to_enter_and_a_bad_one_is_named(
    client: Client, query: str, said: str
) -> None:
    agreement = AgreementFactory(boards=[BoardFactory(slug="one")])
    AgreementValueFactory(agreement=agreement, financial_year="2017-18")
    page = client.get(f"/boards/one/section-75-report/{query}")
    assert page.status_code == 200
    assert said in words_of(page.content.decode())
    pdf = client.get(f"/boards/one/section-75-report.pdf{query}")
    assert pdf.status_code == (404 if "soon" in query else 200)
    if pdf.status_code == 200:
        assert said in text_of(pdf_of(pdf.content))


@pytest.mark.parametrize("year", ["1900-01", "2199-00"])
def test_the_first_and_the_last_year_have_reports(client: Client, year: str) -> None:
    agreement = AgreementFactory(boards=[BoardFactory(slug="one")])
    AgreementValueFactory(agreement=agreement, financial_year=year, amount="5.00")
    for address in (f"?year={year}", ""):
        page = client.get(f"/boards/one/section-75-report/{address}")
        assert "£5" in words_of(page.content.decode())
    assert client.get(f"/agreements/{agreement.slug}/").status_code == 200


def test_a_board_without_agreements_says_what_to_enter(client: Client) -> None:
    board: Board = BoardFactory(slug="one")
    words = words_of(client.get("/boards/one/section-75-report/").content.decode())
    assert "No amount of an agreement of this board is entered for any year." in words
    assert client.get("/boards/one/section-75-report.pdf").status_code == 404
    assert client.get("/boards/none/section-75-report/").status_code == 404
    assert board.name in words


def test_a_year_before_the_newest_shows_its_own_figures(real_plans: None, client: Client) -> None:
    page = client.get(f"{PAGE}?year=2016-17").content.decode()
    words = words_of(page)
    assert "April 2017, after 2016–17 was over" in words
    assert "kept without a year" in words
    assert tables_of(page)["account-s75-ces"].amounts("Spent, all parties") == [Decimal(2_701_000)]
    assert "No pooled fund of 2016–17 is stated." in words
    assert format_pounds(Decimal(44_058_522)) not in words
