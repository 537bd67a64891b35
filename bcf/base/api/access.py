"""Who may ask the API: those signed in; and everybody, of what is public, while it is."""

from typing import Any

from django.conf import settings
from rest_framework import authentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """The sign-in of the pages. It names a scheme, so that nobody signed in is answered 401."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class MayAsk(BasePermission):
    """Signed in; or anybody who reads while BCF_PUBLIC_READ=1, of views that are public then.

    A token that may only read writes nothing. Which rows are there, and which may be changed, is
    decided by the scope of each collection.
    """

    code = "read-only-token"
    message = "This token may only read. Make one that may write on your page of tokens."

    def has_permission(self, request: Request, view: Any) -> bool:
        reads = request.method in SAFE_METHODS
        if request.user and request.user.is_authenticated:
            return reads or getattr(request.auth, "may_write", True)
        return reads and settings.PUBLIC_READ and getattr(view, "is_public", False)


class AlwaysJson(BaseContentNegotiation):
    """Errors are JSON whatever is accepted; a view itself knows the formats of its rows."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
