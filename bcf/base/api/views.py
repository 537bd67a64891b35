"""Views of the API: a collection's list in each format, one row, and what all answers share."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView

from bcf.base.api.collection import Collection
from bcf.base.api.counting import count_of
from bcf.base.api.csv_files import CsvFile
from bcf.base.api.errors import NOT_FOUND, Problem, Refused
from bcf.base.api.filters import EXPAND, FORMAT, Asked
from bcf.base.api.formats import (
    CSV,
    JSON,
    MEDIA_TYPES,
    MOST_ROWS,
    XLSX,
    as_json,
    as_objects,
    workbook,
)
from bcf.base.api.paging import Page
from bcf.base.api.preconditions import row_tag
from bcf.base.api.reading import Reading
from bcf.files.writing import CannotWrite


class ReadView(APIView):
    """What every view that reads shares: formats, versions of answers, and who may ask.

    Writing views add their methods to `http_method_names`.
    """

    http_method_names = ["get", "head"]
    metadata_class = None
    is_public = True
    format_kwarg = None
    formats: tuple[str, ...] = (JSON,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who asks is found first, then counted, and then told what they may not do."""
        negotiated = self.perform_content_negotiation(request)
        request.accepted_renderer, request.accepted_media_type = negotiated
        self.perform_authentication(request)
        self.check_throttles(request)
        self.check_permissions(request)

    def format_of(self, request: Request) -> str:
        """The format that is asked for: by `?format=`, else by what is accepted, else JSON."""
        asked = request.query_params.get(FORMAT)
        if asked in self.formats:
            return str(asked)
        if asked is not None:
            offered = ", ".join(self.formats)
            message = f"“{asked}” is no format of this address. There are: {offered}."
            raise Refused([Problem("unknown-format", message, FORMAT)])
        accepted = request.META.get("HTTP_ACCEPT", "")
        for each in self.formats[1:]:
            if MEDIA_TYPES[each].split(";")[0] in accepted:
                return each
        return self.formats[0]

    def answer(
        self, request: Request, content: bytes, media_type: str, headers: Mapping[str, str] = {}
    ) -> HttpResponseBase:
        """The content with its tag; 304 where the asker has it already."""
        response = HttpResponse(content, content_type=media_type, headers=dict(headers))
        tag = headers.get("ETag") or f'"{digest_of(content)}"'
        response["ETag"] = tag
        conditional = get_conditional_response(_plain(request), etag=tag, response=response)
        return conditional or response

    def json(self, request: Request, value: Any) -> HttpResponseBase:
        return self.answer(request, as_json(value), MEDIA_TYPES[JSON])

    def row_answer(self, row: Mapping[str, Any], code: int) -> HttpResponse:
        """A row that was written, with its tag."""
        content = as_json(row)
        return HttpResponse(content, MEDIA_TYPES[JSON], code, headers=_tagged(row, content))

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered["Cache-Control"] = "private, no-cache"
        patch_vary_headers(answered, ("Accept", "Authorization", "Cookie"))
        return answered

    def refuse_unknown(self, request: Request, *known: str) -> None:
        """Raise `Refused` for parameters that this address does not know."""
        names = (*known, FORMAT)
        unknown = [name for name in request.query_params if name not in names]
        if unknown:
            offered = ", ".join(names)
            raise Refused(
                Problem("unknown-filter", f"There is no “{name}” here. There are: {offered}.", name)
                for name in unknown
            )


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _tagged(row: Mapping[str, Any], content: bytes) -> dict[str, str]:
    """The tag of a row, which tells its version where it has one."""
    if "version" not in row:
        return {}
    return {"ETag": row_tag(row["version"], digest_of(content))}


def _plain(request: Request) -> HttpRequest:
    plain: HttpRequest = request._request
    return plain


class CollectionView(ReadView):
    """The rows of a collection that the person may read, filtered, ordered and paged."""

    collection: Collection = None  # type: ignore[assignment]  # given by `as_view`
    formats = (JSON, CSV, XLSX)

    def get(self, request: Request) -> HttpResponseBase:
        asked_format = self.format_of(request)
        asked = Asked(self.collection, request.query_params)
        rows = asked.rows(request.user)
        reading = Reading(self.collection, request.user, asked.expand)
        if asked_format == CSV:
            return self._csv(reading, rows)
        if asked_format == XLSX:
            return self._xlsx(request, reading, rows)
        page = Page.of(request)
        body = page.answer(count_of(rows), request)
        found = reading.page(page.rows(rows))
        return self.json(request, {**body, "results": as_objects(reading.columns, found)})

    def _csv(self, reading: Reading, rows: Any) -> HttpResponseBase:
        lines = iter(CsvFile(reading, rows))  # closed with the response, and its query with it
        return StreamingHttpResponse(
            lines, content_type=MEDIA_TYPES[CSV], headers=self._as_file(CSV)
        )

    def _xlsx(self, request: Request, reading: Reading, rows: Any) -> HttpResponseBase:
        count = count_of(rows)
        if count > MOST_ROWS:
            self._refuse_workbook(
                f"These are {count:,} rows, and a workbook of this API holds {MOST_ROWS:,}. "
                "Filter them, or ask for format=csv."
            )
        found = (row for block in reading.stream(rows) for row in zip(*block, strict=True))
        try:
            content = workbook(self.collection.key, reading.columns, found)
        except CannotWrite as error:
            self._refuse_workbook(f"{error} Ask for format=csv.")
        return self.answer(request, content, MEDIA_TYPES[XLSX], self._as_file(XLSX))

    def _refuse_workbook(self, message: str) -> None:
        raise Refused([Problem("too-many-rows", message, FORMAT)])

    def _as_file(self, ending: str) -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="{self.collection.key}.{ending}"'}


class RowView(ReadView):
    """One row of a collection, by its key."""

    collection: Collection = None  # type: ignore[assignment]  # given by `as_view`

    def get(self, request: Request, key: str) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request, EXPAND)
        asked = Asked(self.collection, request.query_params)
        condition = self.collection.row_key.read(key)
        if condition is None:
            raise NotFound(NOT_FOUND)
        reading = Reading(self.collection, request.user, asked.expand)
        found = reading.page(self.collection.read(request.user).filter(**condition)[:1])
        for row in as_objects(reading.columns, found):
            content = as_json(row)
            return self.answer(request, content, MEDIA_TYPES[JSON], _tagged(row, content))
        raise NotFound(NOT_FOUND)


class NothingView(ReadView):
    """An address under the API where there is nothing."""

    def get(self, request: Request, rest: str) -> HttpResponseBase:
        raise NotFound(NOT_FOUND)
