"""Everything asks for a sign-in, unless a page says otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = TypeVar("View", bound=Callable[..., Any])


def public_read(view: View) -> View:
    """Mark a page that everybody may read while BCF_PUBLIC_READ=1."""
    view.__dict__["public_read"] = True
    return view


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends who is not signed in to the sign-in page, whatever the address."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], *args: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_READ and getattr(view_func, "public_read", False):
            return None
        answer = super().process_view(request, view_func, *args)
        if answer is not None and _asks_for_a_part(request):
            # A script would follow to the sign-in page and put nothing of it in place of the part.
            return HttpResponse(headers={"HX-Redirect": answer["Location"]})
        return answer


def _asks_for_a_part(request: HttpRequest) -> bool:
    """Whether a part of a page is to be put in place, not a whole page on the way back."""
    is_on_the_way_back = "HX-History-Restore-Request" in request.headers
    return "HX-Request" in request.headers and not is_on_the_way_back
