"""Reading what the product makes: the amounts of a page, and the structure of a PDF."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from pypdf import PdfReader

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class PageTable:
    """One table of a page: by the words of its first cell, the amounts of each row."""

    rows: list[tuple[str, list[Decimal | None]]] = field(default_factory=list)

    def amounts(self, name: str) -> list[Decimal | None]:
        (found,) = [amounts for words, amounts in self.rows if words == name]
        return found


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, PageTable] = {}
        self.table: PageTable | None = None
        self.cells: list[tuple[str, str, bool]] = []
        self.words = ""
        self.amount: str | None = None
        self.money = False
        self.note_depth = 0
        self.in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.table = self.tables.setdefault(given.get("data-table") or "", PageTable())
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.in_cell, self.words, self.amount = True, "", given.get("data-amount")
            self.money = "app-table__figure" in (given.get("class") or "")
        elif self.in_cell and tag not in VOID and "note" in (given.get("class") or ""):
            self.note_depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.cells.append((" ".join(self.words.split()), self.amount or "", self.money))
            self.in_cell = False
        elif tag == "span" and self.note_depth:
            self.note_depth -= 1
        elif tag == "tr" and self.table is not None and any(money for *_, money in self.cells):
            amounts = [Decimal(amount) if amount else None for _, amount, m in self.cells if m]
            self.table.rows.append((self.cells[0][0], amounts))

    def handle_data(self, data: str) -> None:
        if self.in_cell and not self.note_depth:
            self.words += data


def tables_of(html: str) -> dict[str, PageTable]:
    """The tables of a page by key; each money cell as its `data-amount`, None without one."""
    parser = _Tables()
    parser.feed(html)
    return parser.tables


def pdf_of(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


@lru_cache(maxsize=4)
def pages_of(reader: PdfReader) -> tuple[str, ...]:
    """The words of each page, line by line; reading them takes long."""
    return tuple(page.extract_text() for page in reader.pages)


def text_of(reader: PdfReader) -> str:
    """The words of all pages, spaces as one."""
    return " ".join(" ".join(pages_of(reader)).split())


def missing_from(reader: PdfReader, wanted: Iterable[str]) -> list[str]:
    """Those that stand nowhere in it; no page is read after the last has been found."""
    text, left = "", list(wanted)
    for page in reader.pages:
        if not left:
            break
        text = " ".join([text, *page.extract_text().split()])
        left = [each for each in left if each not in text]
    return left


def flat(outline: Any) -> list[Any]:
    """The bookmarks in order, those within others too."""
    return [
        inner for each in outline for inner in (flat(each) if isinstance(each, list) else [each])
    ]


def first_page(reader: PdfReader) -> int:
    """The page after the cover and the contents, counted from nought."""
    first = reader.get_destination_page_number(flat(reader.outline)[1])
    assert first
    return first


def body_of(reader: PdfReader) -> str:
    """The words of the pages after the contents, on which each caption stands once more."""
    first = first_page(reader)
    return " ".join(" ".join(pages_of(reader)[first:]).split())
