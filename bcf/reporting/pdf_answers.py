"""Sends a PDF: a browser that has it already is told that it is the same."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags


def is_known(request: HttpRequest, key: str) -> bool:
    """Whether the browser says that it has the PDF of this key."""
    return f'"{key}"' in parse_etags(request.headers.get("If-None-Match", ""))


def unchanged(key: str) -> HttpResponse:
    """The answer to a browser that has the PDF of this key."""
    return _marked(HttpResponseNotModified(), key)


def pdf_response(content: bytes, key: str, name: str) -> HttpResponse:
    """The PDF of this key, to be shown by the browser; `name` is that of its file, without end."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return _marked(response, key)


def _marked(response: HttpResponse, key: str) -> HttpResponse:
    """A browser may keep the file, and asks each time whether it is still the same."""
    response["ETag"] = f'"{key}"'
    response["Cache-Control"] = "private, no-cache"
    return response
