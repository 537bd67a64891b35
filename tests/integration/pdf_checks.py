"""What every PDF of a plan must hold: right contents, right bookmarks, and no fault in its tags."""

import re
from io import BytesIO
from tempfile import NamedTemporaryFile

import pikepdf
from pdfua import validate
from pypdf import PdfReader

from tests.integration.documents import first_page, flat, pages_of


def contents_of(reader: PdfReader) -> list[tuple[str, int]]:
    """Each entry of the contents with its page number, by what is printed there."""
    pages = pages_of(reader)[: first_page(reader)]
    return [
        (" ".join(words.split()), int(number))
        for page in pages
        for words, number in re.findall(r"^(.+?)\s*\.{3,}\s*(\d+)\s*$", page, re.MULTILINE)
    ]


def bookmarks_of(reader: PdfReader) -> dict[str, int]:
    return {
        str(entry["/Title"]): int(reader.get_destination_page_number(entry)) + 1  # type: ignore[arg-type, operator]
        for entry in flat(reader.outline)
    }


def check_contents(reader: PdfReader) -> dict[str, int]:
    """Every entry names the page on which its heading, table or chart stands."""
    pages = [" ".join(page.split()) for page in pages_of(reader)]
    entries = contents_of(reader)
    known, bookmarks = dict(entries), bookmarks_of(reader)
    assert len(known) > 10
    for words, number in entries:
        start = re.match(r"(Table|Figure) \d+:", words)
        assert (start[0] if start else words) in pages[number - 1], (words, number)
        assert f"Page {number} of {len(pages)}" in pages[number - 1]
    # Headings of one name stand in several places; each of their pages is an entry's.
    for words, number in bookmarks.items():
        listed = [page for each, page in entries if each == " ".join(words.split())]
        assert not listed or number in listed, (words, number)
    assert {"Summary of the money"} <= known.keys() & bookmarks.keys()
    return known


def check_tags(content: bytes) -> None:
    """No finding of the checker, and a language, title, author and scope of every head."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        report = validate(file.name)
    assert [f"{each.rule_id}: {each.message}" for each in report.findings] == []
    with pikepdf.open(BytesIO(content)) as pdf:
        heads = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]
        assert heads
        assert {str(each["/A"]["/Scope"]) for each in heads} <= {"/Column", "/Row"}
        assert str(pdf.Root["/Lang"]) == "en-GB"
        assert pdf.docinfo["/Title"]
        assert pdf.docinfo["/Author"]
