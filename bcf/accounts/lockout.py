"""Whose wrong passwords are counted: the account's, however its name is typed."""

from typing import Any

from django.http import HttpRequest

from bcf.accounts.models import User


def account_name(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """One name for an account, so that other capitals or its e-mail address are no new guesses."""
    given = (credentials or {}).get("username") or (request.POST.get("username") if request else "")
    typed = str(given or "")
    try:
        return User.objects.get_by_natural_key(typed).username
    except User.DoesNotExist:
        return typed.lower()
