"""Writes a document as a tagged PDF. Nothing is fetched, from the network or from files."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from bcf.reporting.documents import Document

STYLES = "css/document.css"


def write_pdf(document: Document) -> bytes:
    """The document as PDF/UA-1: tagged, with bookmarks, contents and repeated table heads."""
    fetcher = URLFetcher(allowed_protocols=("data",))
    html = render_to_string("reporting/document.html", {"document": document})
    return HTML(string=html, base_url=None, url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=_styles(), url_fetcher=fetcher)],
        pdf_variant="pdf/ua-1",
        pdf_tags=True,
    )


def _styles() -> str:
    path = finders.find(STYLES)
    if path is None:
        raise FileNotFoundError(f"The style sheet {STYLES} of documents is not there.")
    return Path(path).read_text(encoding="utf-8")
