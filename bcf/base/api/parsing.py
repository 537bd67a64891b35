"""What is sent to the API: JSON, whose numbers stay the digits that they are."""

import json
from decimal import Decimal
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.utils.http import parse_header_parameters
from rest_framework import status
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request

from bcf.base.api.errors import Problem, Refused
from bcf.base.api.formats import JSON, MEDIA_TYPES

TOO_LARGE = "More was sent at once than is taken. Send it in several requests."


def json_of(request: Request) -> Any:
    """The value that is sent as JSON; a number with a point becomes a `Decimal`.

    Raises `UnsupportedMediaType` for another content type, and `Refused` for what is no JSON,
    is too large, or holds a text that cannot be kept.
    """
    sent = request.META.get("CONTENT_TYPE", "")
    if parse_header_parameters(sent)[0] != MEDIA_TYPES[JSON]:
        raise UnsupportedMediaType(sent)
    try:
        found = json.loads(request._request.body, parse_float=Decimal, parse_constant=_no_number)
        # A half of a sign that is made of two is no text.
        json.dumps(found, ensure_ascii=False, default=str).encode()
    except RequestDataTooBig:
        problem = Problem("too-large", TOO_LARGE)
        raise Refused([problem], status.HTTP_413_REQUEST_ENTITY_TOO_LARGE) from None
    except (ValueError, RecursionError) as error:
        why = f": {error}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused([Problem("malformed-json", f"What was sent is no JSON{why}.")]) from None
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON.")
