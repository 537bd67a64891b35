from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from bcf.accounts.actions import token_make
from bcf.accounts.models import Token
from tests.factories.user import UserFactory


class TokenFactory(factory.django.DjangoModelFactory):
    """A token that reads, for a month; its `text` is what is sent."""

    class Meta:
        model = Token

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Token {n}")
    scope = "read"

    @classmethod
    def _create(cls, model_class: type[Token], *args: Any, **kwargs: Any) -> Token:
        expiry = kwargs.pop("expiry", timezone.now() + timedelta(days=30))
        token, text = token_make(days=30, by=kwargs.pop("user"), **kwargs)
        Token.objects.filter(pk=token.pk).update(expiry=expiry)
        token.refresh_from_db()
        token.__dict__["text"] = text
        return token
