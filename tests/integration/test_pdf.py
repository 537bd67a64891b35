"""The planning template as a PDF: tagged, its contents right, fetching nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html
from pypdf import PdfReader

from bcf.accounts.models import User
from bcf.papers.jobs import make_paper
from bcf.papers.models import Paper
from bcf.reporting.exports import plan_pdf
from plans.models import Plan
from tests.factories import (
    AnswerFactory,
    ContributionFactory,
    PlanFactory,
    RequirementFactory,
    RiskFactory,
    SchemeFactory,
    SpendLineFactory,
)
from tests.integration.documents import pages_of, pdf_of, text_of
from tests.integration.pdf_checks import check_contents

pytestmark = pytest.mark.django_db

LINES = 140


def reader_of(plan: Plan) -> PdfReader:
    return pdf_of(plan_pdf(plan, plan.parts.all()))


@pytest.fixture
def long_plan() -> Plan:
    """A plan of many spend lines, each of a scheme of its own."""
    plan = PlanFactory(slug="long", title="A long plan")
    for number in range(LINES):
        scheme = SchemeFactory(plan=plan, reference=f"S{number:03d}")
        SpendLineFactory(plan=plan, scheme=scheme, amount=number + 1)
    ContributionFactory(plan=plan, amount=LINES * (LINES + 1) // 2)
    RequirementFactory(plan=plan)
    return plan


def test_tagged_titled_and_in_british_english() -> None:
    reader = reader_of(PlanFactory(title="Barnet & Brent’s plan <2017>"))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert reader.metadata.title == "Barnet & Brent’s plan <2017>"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_a_table_over_several_pages_repeats_its_heads_and_the_contents_are_right(
    long_plan: Plan,
) -> None:
    reader = reader_of(long_plan)
    entries = check_contents(reader)
    at = {words.partition(": ")[2]: number for words, number in entries.items()}
    assert at["Spend by theme"] > at["Spend by scheme"] + 3
    pages = pages_of(reader)
    with_lines = [page for page in pages if re.search(r"(?m)^S\d{3} Scheme S\d{3} [£–]", page)]
    assert len(with_lines) > 3
    for page in with_lines:
        assert re.search(r"Scheme\s+2017–18\s+2018–19\s+All years", page)
    words = " ".join(pages)
    assert all(f"S{number:03d} Scheme" in words for number in range(LINES))
    assert f"£{LINES * (LINES + 1) // 2:,}" in words


def test_a_draft_says_so_on_every_page_and_a_submitted_plan_does_not() -> None:
    plan = PlanFactory()
    pages = pages_of(reader_of(plan))
    assert all("Draft, not submitted" in page for page in pages)
    submitted = PlanFactory(status="submitted")
    assert "Draft" not in text_of(reader_of(submitted))


def test_what_is_not_answered_says_so() -> None:
    text = text_of(reader_of(PlanFactory()))
    for question in ("Boundary differences", "Date submitted", "how are benefits measured?"):
        assert f"{question} Not answered" in text
    assert "By Not signed yet Position Not stated Date Not stated" in text
    assert "No spend line is entered yet." in text


def test_every_entry_of_the_contents_of_an_empty_plan_leads_somewhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = reader_of(PlanFactory())
    assert [record.message for record in caplog.records] == []
    check_contents(reader)


HOSTILE = (
    '<img src="http://203.0.113.7/x.png">',
    '<img src="file:///etc/hostname">',
    '<link rel="attachment" href="file:///etc/hostname">',
    "<style>@import url(http://203.0.113.7/x.css)</style>",
    '<p style="background: url(file:///etc/hostname)">a</p>',
    '<svg><image xlink:href="file:///etc/hostname"/></svg>',
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">a</a>',
    "[a](javascript:alert(1))",
    "![a](http://203.0.113.7/x.png)",
)


@pytest.fixture
def hostile() -> Plan:
    """A plan in which every name and every answer is markup."""
    everything = " ".join(HOSTILE)
    plan: Plan = AnswerFactory(text="\n\n".join(HOSTILE)).plan
    plan.title, plan.boundary_note = HOSTILE[0], everything
    plan.save()
    SpendLineFactory(plan=plan, description=HOSTILE[5], theme=HOSTILE[1])
    SchemeFactory(plan=plan, name=HOSTILE[6], summary=everything)
    RiskFactory(plan=plan, title=HOSTILE[7], mitigation=everything)
    return plan


def test_markup_in_a_plan_stays_text_in_the_pdf_and_fetches_nothing(
    hostile: Plan, caplog: pytest.LogCaptureFixture
) -> None:
    # The network is blocked in tests; a fetch that was tried would also be logged as failed.
    reader = reader_of(hostile)
    text = text_of(reader).replace(" ", "")
    for words in HOSTILE:
        assert text.count(words.replace(" ", "")) >= 3, words
    assert reader.metadata
    assert reader.metadata.title == HOSTILE[0]
    assert not reader.attachments
    assert [image for page in reader.pages for image in page.images] == []
    assert all(re.match("https?://", target) for target in targets_of(reader))
    assert [record.message for record in caplog.records if "Failed" in record.message] == []


def test_markup_in_a_plan_stays_text_on_its_page(
    hostile: Plan, sign_in: Callable[[User], Client], administrator: User
) -> None:
    page = html.fromstring(
        sign_in(administrator).get(f"/plans/{hostile.slug}/template/").content.decode()
    )
    (main,) = page.xpath("//main")
    for words in HOSTILE:
        assert " ".join(main.text_content().split()).count(words) >= 3, words
    assert main.xpath(".//script | .//style | .//link | .//iframe | .//object | .//img") == []
    assert main.xpath(".//@style | .//@onerror | .//@onclick") == []
    assert [each for each in main.xpath(".//a/@href") if not re.match("[/#]|https?://", each)] == []


def targets_of(reader: PdfReader) -> list[str]:
    """The addresses outside the document to which its links lead."""
    notes: Any = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]


def test_the_page_sends_the_file_with_its_name(
    sign_in: Callable[[User], Client], administrator: User
) -> None:
    plan = PlanFactory(slug="barnet")
    response = sign_in(administrator).get(f"/plans/{plan.slug}/template.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert 'filename="barnet.pdf"' in response["Content-Disposition"]
    assert response.content.startswith(b"%PDF-")


def test_a_browser_that_has_the_file_is_told_that_it_is_the_same(
    sign_in: Callable[[User], Client], administrator: User
) -> None:
    plan = PlanFactory(slug="barnet")
    client = sign_in(administrator)
    address = f"/plans/{plan.slug}/template.pdf"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

    SpendLineFactory(plan=plan)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_long_pdf_is_waited_for_on_a_page_that_looks_again(
    sign_in: Callable[[User], Client], administrator: User, settings: Any
) -> None:
    plan = PlanFactory(slug="barnet")
    client = sign_in(administrator)
    address, progress = f"/plans/{plan.slug}/template.pdf", f"/plans/{plan.slug}/template/progress/"
    assert client.get(progress)["Location"] == address
    settings.PAPERS_WAIT_SECONDS = 0

    assert client.get(address)["Location"] == progress
    waiting = client.get(progress).content.decode()
    assert "It is waiting to be begun." in waiting
    assert 'http-equiv="refresh"' in waiting
    make_paper.call(Paper.objects.get().key)
    ready = client.get(progress).content.decode()
    assert "The PDF is ready" in ready
    assert "http-equiv" not in ready
    assert client.get(address).content.startswith(b"%PDF-")
