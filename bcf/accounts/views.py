"""The page on which a person makes and revokes personal tokens of the API."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bcf.accounts import actions
from bcf.accounts.forms import TokenForm
from bcf.accounts.models import Token, User


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """A person's tokens; a new one is shown here once, and never again.

    `?scope=` chooses beforehand what a new one may do.
    """
    person = _person(request)
    initial = {"scope": request.GET["scope"]} if "scope" in request.GET else {}
    form = TokenForm(request.POST if request.method == "POST" else None, initial=initial)
    made, text = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, text = actions.token_make(by=person, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as error:
            form.add_error("name", error.messages)
    context = {"form": form, "made": made, "text": text, "tokens": person.tokens.all()}
    status = 400 if form.is_bound else 200
    return render(request, "accounts/tokens.html", context, status=status)


@require_POST
def token_revoke(request: HttpRequest, key: str) -> HttpResponse:
    """End one of the person's own tokens."""
    person = _person(request)
    token = get_object_or_404(Token, user=person, token_key=key)
    actions.token_revoke(token=token, by=person)
    messages.success(request, f"The token “{token}” was revoked. It opens nothing any more.")
    return redirect("tokens")
