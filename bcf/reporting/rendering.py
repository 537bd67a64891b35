"""A document as the HTML and the style from which its PDF is made."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from bcf.reporting.documents import Document

STYLES, PACK_STYLES, REPORT_STYLES = "css/document.css", "css/pack.css", "css/report.css"


def document_html(document: Document, site: str = "") -> str:
    """The document as one HTML page. `site` begins the addresses of other plans: `https://…`."""
    context = {"document": document, "site": site, "on_paper": True}
    return render_to_string("reporting/document/pdf.html", context)


def document_style() -> str:
    """The style sheet of documents on paper."""
    return _style(STYLES)


def pack_style() -> str:
    """The style sheet of a pack for a meeting: that of documents, and its own."""
    return document_style() + _style(PACK_STYLES)


def report_style() -> str:
    """The style sheet of reports on agreements: that of documents, and their own."""
    return document_style() + _style(REPORT_STYLES)


def _style(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(f"The style sheet {name} of documents is not there.")
    return Path(path).read_text(encoding="utf-8")
