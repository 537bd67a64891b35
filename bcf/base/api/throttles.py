"""How often the API is asked: by each person, and from each address.

The rates are `API_RATES` of the settings, as `600/min`; an empty one is none. They are counted in
the cache, which processes share where `BCF_CACHE_URL` names one that is shared.
"""

from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class _Throttle(SimpleRateThrottle):
    def get_rate(self) -> str | None:
        rates: dict[str, str] = settings.API_RATES
        return rates[str(self.scope)] or None

    def key_of(self, ident: object) -> str:
        return self.cache_format % {"scope": self.scope, "ident": ident}


class PersonThrottle(_Throttle):
    """Counts what a person asks, by whichever token or sign-in, from whichever address."""

    scope = "person"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        user = request.user
        return self.key_of(user.pk) if user and user.is_authenticated else None


class AddressThrottle(_Throttle):
    """Counts what is asked from an address, whoever asks."""

    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return self.key_of(self.get_ident(request))


class FailuresThrottle(AddressThrottle):
    """Counts tokens that open nothing, by the address that they come from."""

    scope = "failures"

    def count(self, request: Request) -> None:
        """Count one more; raises `Throttled` where there were too many."""
        view: Any = None
        if not self.allow_request(request, view):
            raise Throttled(self.wait())
