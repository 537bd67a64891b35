"""Writing PDFs: the same bytes for the same content, tagged, and nothing fetched."""

import gc
import hashlib
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from bcf.files.pdf import write_pdf

STYLE = "table { width: 100% } @page { @bottom-right { content: counter(page) } }"
HTML = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Barnet’s plan</title>
<meta name="author" content="Barnet Health and Wellbeing Board">
<meta name="dcterms.modified" content="2017-09-11T12:00:00+01:00"></head>
<body><h1>One</h1><table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><th scope="row">x</th><td>£5</td></tr></tbody></table>
<h2 style="break-before: page">Two</h2><p>Words – and more</p></body></html>"""


def test_the_same_content_has_the_same_bytes() -> None:
    assert write_pdf(HTML, STYLE) == write_pdf(HTML, STYLE)
    assert write_pdf(HTML, STYLE) != write_pdf(HTML.replace("£5", "£6"), STYLE)


def test_the_same_bytes_in_another_process_at_another_time() -> None:
    program = (
        "import sys, hashlib; from bcf.files.pdf import write_pdf; "
        "html, style = sys.stdin.buffer.read().decode().split('\\0'); "
        "print(hashlib.sha256(write_pdf(html, style)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    environment.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=f"{HTML}\0{STYLE}".encode(),
        env=environment,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().strip() == hashlib.sha256(write_pdf(HTML, STYLE)).hexdigest()


def test_title_author_language_and_date_are_the_content_s_own() -> None:
    reader = PdfReader(BytesIO(write_pdf(HTML, STYLE)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata
    assert reader.metadata.title == "Barnet’s plan"
    assert reader.metadata.author == "Barnet Health and Wellbeing Board"
    assert reader.metadata["/ModDate"].startswith("D:20170911")
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_heads_of_tables_say_what_they_name() -> None:
    with pikepdf.open(BytesIO(write_pdf(HTML, STYLE))) as pdf:
        heads = [
            str(each["/A"]["/Scope"])
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]
    assert sorted(heads) == ["/Column", "/Column", "/Row"]


def test_pages_are_told_as_they_are_reached() -> None:
    reached: list[int] = []
    write_pdf(HTML, STYLE, reached=reached.append)
    assert reached[:2] == [1, 2]
    assert max(reached) == 2
    reached.clear()
    write_pdf(HTML, STYLE)
    assert reached == []


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="a" src="file://{secret}">',
        '<img alt="a" src="http://203.0.113.7/x.png">',
        '<link rel="stylesheet" href="file://{secret}">',
        '<link rel="attachment" href="file://{secret}">',
        '<style>p {{ background: url("file://{secret}") }}</style>',
        '<p style="background: url(file://{secret})">a</p>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<title>t</title><image xlink:href="file://{secret}" width="9" height="9"/></svg>',
        '<object data="file://{secret}">a</object>',
        '<iframe src="file://{secret}"></iframe>',
    ],
)
def test_neither_network_nor_files_are_read(markup: str, tmp_path: Path) -> None:
    # The network is blocked in tests; what would read the file would leave its words.
    secret = tmp_path / "secret.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        "<text y='15'>top-secret</text></svg>"
    )
    html = HTML.replace("<p>Words", f"{markup.format(secret=secret)}<p>Words")
    content = write_pdf(html, STYLE)
    reader = PdfReader(BytesIO(content))
    assert "Words" in reader.pages[1].extract_text()
    assert "top-secret" not in "".join(page.extract_text() for page in reader.pages)
    assert b"top-secret" not in content
    assert not reader.attachments
    assert [image for page in reader.pages for image in page.images] == []


def test_garbage_is_collected_again_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    write_pdf("<html><title>One</title><p>One</p></html>", "")
    assert gc.isenabled()

    def fails(*given: object, **named: object) -> bytes:
        assert not gc.isenabled()
        raise OSError("no room")

    monkeypatch.setattr("bcf.files.pdf.HTML.write_pdf", fails)
    with pytest.raises(OSError, match="no room"):
        write_pdf("<html></html>", "")
    assert gc.isenabled()
