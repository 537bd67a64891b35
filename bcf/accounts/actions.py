"""Events of personal tokens of the API: made, used and revoked."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from bcf.accounts.models import Token, User

# A token that works all day is not written to with every request.
USE_IS_TOLD_EVERY = timedelta(minutes=1)


def token_make(*, name: str, scope: str, days: int, by: User) -> tuple[Token, str]:
    """A new token of a person's own, and its text, which nobody can read again.

    Raises `ValidationError` where the person has one of this name already.
    """
    digest, text = get_digest_token()
    token = Token(
        digest=digest,
        token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH],
        user=by,
        name=name,
        scope=scope,
        expiry=timezone.now() + timedelta(days=days),
    )
    token.full_clean()
    token.save(force_insert=True)
    return token, text


def token_revoke(*, token: Token, by: User) -> None:
    """End a token of a person's own: from now on it opens nothing."""
    Token.objects.filter(pk=token.pk, user=by).delete()


def token_used(token: Token) -> None:
    """Note that a token was used just now, to the minute."""
    now = timezone.now()
    is_old = Q(last_used__isnull=True) | Q(last_used__lt=now - USE_IS_TOLD_EVERY)
    if token.last_used is None or token.last_used < now - USE_IS_TOLD_EVERY:
        Token.objects.filter(is_old, pk=token.pk).update(last_used=now)
