"""A report on agreements as a document: what its cover says, and how it is sent as a PDF."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from bcf.papers.keeping import key_of, make
from bcf.reporting.documents.data import version_of
from bcf.reporting.documents.model import Document, Fact, Section
from bcf.reporting.pdf_answers import is_known, pdf_response, unchanged
from bcf.reporting.rendering import document_html, report_style


@dataclass(frozen=True)
class Report(Document):
    """A report of a board; its `cycle` is the year or the quarter that it is of, `kind` which."""

    day: str = ""
    kind: str = "Financial year"

    @property
    def stamp(self) -> str:
        """As entered on which day, and which version that is."""
        return f"As entered on {self.day}, version {self.version}"

    @property
    def cover(self) -> tuple[Fact, ...]:
        """What the cover says under the title."""
        return (
            Fact("Board", "; ".join(self.boards)),
            Fact(self.kind, self.cycle),
            Fact("As entered on", self.day),
            Fact("Version", self.version),
        )


def report_of(
    slug: str, title: str, sections: tuple[Section, ...], *, board: str, period: str, day: str
) -> Report:
    """A report of a board and a period, such as a year, made of these sections."""
    return Report(
        slug=slug,
        title=title,
        cycle=period,
        form=title,
        boards=(board,),
        status="",
        is_draft=False,
        version=version_of(sections, title, board),
        changed_at=None,
        sections=sections,
        day=day,
    )


def paper(request: HttpRequest, document: Document) -> HttpResponse:
    """The report as a PDF, kept until what it shows changes. Links in it lead to this site."""
    site = request.build_absolute_uri("/").rstrip("/")
    html, style = document_html(document, site), report_style()
    key = key_of(html, style)
    if is_known(request, key):
        return unchanged(key)
    return pdf_response(make(html, style), key, document.slug)
