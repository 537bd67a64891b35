"""Who asks by a personal token: the API by `Authorization: Bearer`, calendars by `?token=`."""

import re

from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from bcf.accounts.actions import token_used
from bcf.accounts.models import Token, User
from bcf.base.api.throttles import FailuresThrottle

SCHEME = "Bearer"
# Names the token in the address of a calendar.
CALENDAR_TOKEN = "token"
MALFORMED = "The token cannot be read. Send it as “Authorization: Bearer” and the token."
UNKNOWN = "This token is not known, or was revoked. Make another on your page of tokens."
ENDED = "This token has ended. Make another on your page of tokens."
ONLY_CALENDAR = "This token opens calendars alone. Make one for the API on your page of tokens."
NO_CALENDAR = "This token opens no calendar. Make one for calendars on your page of tokens."
NO_LONGER = "The person of this token may not sign in any more."
# What the product itself makes; nothing else is looked for.
_FORM = re.compile(rb"bcf_[0-9a-f]{64}")


class TokenAuthentication(BaseAuthentication):
    """Takes a token that has not ended, of a person who may sign in. It opens no page."""

    def authenticate_header(self, request: Request) -> str:
        return SCHEME

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """The person and the token; None where none is sent.

        Raises `AuthenticationFailed`; and `Throttled` where an address fails again and again.
        """
        scheme, _, text = get_authorization_header(request).strip().partition(b" ")
        if scheme.lower() != SCHEME.lower().encode():
            return None
        return _person_of(request, text.strip(), for_calendar=False)


class CalendarAuthentication(TokenAuthentication):
    """Takes a token for calendars from the address, since calendar programs send no headers."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        """The same, of `?token=`."""
        text = request.query_params.get(CALENDAR_TOKEN)
        if text is None:
            return None
        return _person_of(request, text.strip().encode(), for_calendar=True)


def _person_of(request: Request, text: bytes, *, for_calendar: bool) -> tuple[User, Token]:
    try:
        token = _token_of(text, UNKNOWN if for_calendar else MALFORMED)
        if token.is_for_calendar != for_calendar:
            raise AuthenticationFailed(NO_CALENDAR if for_calendar else ONLY_CALENDAR)
    except AuthenticationFailed:
        FailuresThrottle().count(request)
        raise
    token_used(token)
    return token.user, token


def _token_of(text: bytes, malformed: str) -> Token:
    if not _FORM.fullmatch(text):
        raise AuthenticationFailed(malformed)
    digest = hash_token(text.decode())
    token = Token.objects.select_related("user").filter(digest=digest).first()
    if token is None:
        raise AuthenticationFailed(UNKNOWN)
    if token.is_expired:
        raise AuthenticationFailed(ENDED)
    if not token.user.is_active:
        raise AuthenticationFailed(NO_LONGER)
    return token
