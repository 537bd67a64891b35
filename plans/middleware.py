"""Asks for a person's standing once a request, however often it is needed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from plans.queries import REMEMBERED


class StandingMiddleware:
    """Gives the person of a request a memory that lasts as long as the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        if request.user.is_authenticated:
            setattr(request.user, REMEMBERED, {})
