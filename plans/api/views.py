"""Views of the API at which rows are written, beside being read."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from bcf.accounts.models import User
from bcf.base.api.formats import JSON, MEDIA_TYPES, as_json, as_objects
from bcf.base.api.parsing import json_of
from bcf.base.api.reading import Reading
from bcf.base.api.views import CollectionView, ReadView, RowView
from bcf.base.resources import RowResource
from plans.api.writing import Writing, changed_meanwhile, refusal_of


class _WritingView(ReadView):
    resource: type[RowResource] = None  # type: ignore[assignment]  # given by `as_view`
    collection: Any = None

    def handle_exception(self, exc: Exception) -> Response:
        return super().handle_exception(refusal_of(exc))

    def writing(self, request: Request) -> Writing:
        """What the person of the request writes here."""
        self.refuse_unknown(request)
        assert isinstance(request.user, User)
        return Writing(self.collection, self.resource, request.user)

    def rows(self, request: Request, numbers: list[int]) -> list[dict[str, Any]]:
        """The rows of these numbers, in their order, as they are read.

        Within the transaction that writes them, so that nobody removes one before it is answered;
        one that was left as it was may be gone.
        """
        reading = Reading(self.collection, request.user, ())
        rows = self.collection.read(request.user).filter(pk__in=numbers).order_by("pk")
        found = as_objects(reading.columns, reading.page(rows))
        if len(found) < len(set(numbers)):
            raise changed_meanwhile()
        by_number = dict(zip(sorted(set(numbers)), found, strict=True))
        return [by_number[number] for number in numbers]


class WritableCollectionView(_WritingView, CollectionView):
    """A collection to which rows are added, one or a list of them."""

    http_method_names = [*CollectionView.http_method_names, "post"]

    def post(self, request: Request) -> HttpResponseBase:
        writing, sent = self.writing(request), json_of(request)
        with transaction.atomic():
            written = writing.add(sent)
            found = self.rows(request, written.rows)
        code = status.HTTP_201_CREATED if written.added else status.HTTP_200_OK
        if isinstance(sent, list):
            same = len(found) - written.added
            body = {"added": written.added, "same": same, "results": found}
            return HttpResponse(as_json(body), MEDIA_TYPES[JSON], code)
        [row] = found
        response = self.row_answer(row, code)
        response["Location"] = f"{request.path}{self.collection.name_of(row)}/"
        return response


class WritableRowView(_WritingView, RowView):
    """A row that is changed or removed, too, by who names the version that was read."""

    http_method_names = [*RowView.http_method_names, "put", "patch", "delete"]

    def put(self, request: Request, key: str) -> HttpResponseBase:
        return self._change(request, key, wholly=True)

    def patch(self, request: Request, key: str) -> HttpResponseBase:
        return self._change(request, key, wholly=False)

    def _change(self, request: Request, key: str, *, wholly: bool) -> HttpResponseBase:
        writing, sent = self.writing(request), json_of(request)
        with transaction.atomic():
            number = writing.change(key, sent, request, wholly=wholly)
            [row] = self.rows(request, [number])
        return self.row_answer(row, status.HTTP_200_OK)

    def delete(self, request: Request, key: str) -> HttpResponseBase:
        self.writing(request).remove(key, request)
        return HttpResponse(status=status.HTTP_204_NO_CONTENT)
