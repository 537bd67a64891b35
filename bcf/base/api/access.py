"""Who may ask the API: those signed in; and everybody, of what is public, while it is."""

from typing import Any

from django.conf import settings
from rest_framework import authentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The sign-in of the pages. It names a scheme, so that nobody signed in is answered 401."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class MayRead(BasePermission):
    """Signed in; or anybody while BCF_PUBLIC_READ=1, for views that are public then.

    Which rows are there is decided by the scoped reads of each collection.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        if request.user and request.user.is_authenticated:
            return True
        return settings.PUBLIC_READ and getattr(view, "is_public", False)


class AlwaysJson(BaseContentNegotiation):
    """Errors are JSON whatever is accepted; a view itself knows the formats of its rows."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
