"""Writes HTML as a tagged PDF. Nothing is fetched, from the network or from files."""

import gc
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint import __version__ as WEASYPRINT
from weasyprint.urls import URLFetcher

# A font that is cut down to the letters in use may carry the moment at which that was done; a
# fixed one keeps the bytes the same whenever the same page is written.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# The program that draws: another version of it may make other bytes of the same HTML.
MAKER = f"WeasyPrint {WEASYPRINT}"

PageReached = Callable[[int], None]


def write_pdf(html: str, style: str, *, reached: PageReached | None = None) -> bytes:
    """The HTML as PDF/UA-1: tagged, with its title, language, bookmarks and links.

    The same HTML and style give the same bytes. `reached` is told the number of each page as it
    is laid out; pages that show page numbers are laid out more than once.
    """
    fetcher = URLFetcher(allowed_protocols=("data",))
    with _told(reached), _uncollected():
        return bytes(
            HTML(string=html, base_url=None, url_fetcher=fetcher).write_pdf(
                stylesheets=[CSS(string=style, url_fetcher=fetcher)],
                pdf_variant="pdf/ua-1",
                pdf_tags=True,
                pdf_identifier=True,
                finisher=_name_heads,
            )
        )


def _name_heads(document: Any, pdf: Any) -> None:
    """Say of each head of a table whether it names its column or its row."""
    made: list[Any] = pdf.objects
    elements = {each.reference: each for each in made if isinstance(each, pydyf.Dictionary)}
    for element in elements.values():
        if element.get("S") == "/TH":
            group = elements[elements[element["P"]]["P"]]
            scope = "/Column" if group.get("S") == "/THead" else "/Row"
            element["A"]["Scope"] = scope


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nothing be looked through for garbage meanwhile.

    A document is some million objects that live to its end; looking through them again and again
    took a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Pages(logging.Handler):
    """Tells of each page that this thread lays out."""

    def __init__(self, reached: PageReached) -> None:
        super().__init__()
        self.reached, self.thread = reached, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread and "- Page %d" in str(record.msg) and record.args:
            self.reached(int(str(record.args[0])))  # type: ignore[index]


@contextmanager
def _told(reached: PageReached | None) -> Iterator[None]:
    if reached is None:
        yield
        return
    logger, handler = logging.getLogger("weasyprint.progress"), _Pages(reached)
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
