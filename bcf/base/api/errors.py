"""One shape for everything that is refused: `{"errors": [{"code", "field", "message"}]}`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import (
    APIException,
    MethodNotAllowed,
    NotAuthenticated,
    NotFound,
    Throttled,
    UnsupportedMediaType,
)
from rest_framework.exceptions import PermissionDenied as Forbidden
from rest_framework.response import Response
from rest_framework.views import set_rollback

NOT_FOUND = "There is nothing at this address, or you may not read it."
NOT_SIGNED_IN = "Nobody is signed in. Sign in, or send a token."
FORBIDDEN = "You may not do this."
ONLY_JSON = "Send JSON, with “Content-Type: application/json”."
NO_METHOD = "This cannot be done at this address. The document of the API says what can."
MALFORMED = "The request cannot be read."


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a request. `field` names the parameter or the field, if one.

    `row` is the place of a row among those sent, from 1, where several were.
    """

    code: str
    message: str
    field: str | None = None
    row: int | None = None

    def as_json(self) -> dict[str, Any]:
        told = {"code": self.code, "field": self.field, "message": self.message}
        return told if self.row is None else {"row": self.row, **told}


class Refused(APIException):
    """A request with problems, each of which is told."""

    status_code: int = status.HTTP_400_BAD_REQUEST

    def __init__(self, problems: Iterable[Problem], status_code: int | None = None) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(each.message for each in self.problems))
        if status_code is not None:
            self.status_code = status_code


def answer_to(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to an error in a request; None where the product itself is at fault."""
    told = _as_api_error(error)
    if told is None:
        return None
    set_rollback()
    headers: dict[str, str] = {}
    if getattr(told, "auth_header", None):
        headers["WWW-Authenticate"] = told.auth_header  # type: ignore[attr-defined]
    if wait := getattr(told, "wait", None):
        headers["Retry-After"] = str(ceil(wait))
    return Response(
        {"errors": [each.as_json() for each in problems_of(told)]},
        status=told.status_code,
        headers=headers,
    )


def _as_api_error(error: Exception) -> APIException | None:
    if isinstance(error, APIException):
        return error
    if isinstance(error, Http404):
        return NotFound(NOT_FOUND)
    if isinstance(error, PermissionDenied):
        return Forbidden(FORBIDDEN)
    if isinstance(error, SuspiciousOperation):
        return Refused([Problem("malformed", MALFORMED)])
    return None


def problems_of(error: APIException) -> Sequence[Problem]:
    """What is wrong, of whatever kind the error is."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, NotAuthenticated):
        return [Problem("not-authenticated", NOT_SIGNED_IN)]
    if isinstance(error, Throttled):
        return [Problem("throttled", _wait(getattr(error, "wait", None)))]
    if isinstance(error, UnsupportedMediaType):
        return [Problem("unsupported-media-type", ONLY_JSON)]
    if isinstance(error, MethodNotAllowed):
        return [Problem("method-not-allowed", NO_METHOD)]
    return list(_flat(error.get_full_details(), None))


def _wait(seconds: float | None) -> str:
    several = "" if seconds is not None and ceil(seconds) == 1 else "s"
    when = "later" if seconds is None else f"in {ceil(seconds)} second{several}"
    return f"That was too much in too short a time. Ask again {when}."


def _flat(details: Any, field: str | None) -> Iterator[Problem]:
    if isinstance(details, Mapping) and set(details) == {"message", "code"}:
        yield Problem(str(details["code"]).replace("_", "-"), str(details["message"]), field)
    elif isinstance(details, Mapping):
        for name, each in details.items():
            inner = None if name == "non_field_errors" else str(name)
            yield from _flat(each, f"{field}.{inner}" if field and inner else inner or field)
    elif isinstance(details, Sequence) and not isinstance(details, str):
        for each in details:
            yield from _flat(each, field)
