from collections.abc import Iterable
from typing import Any

import factory

from governance.models import Agreement
from plans.models import Board
from tests.factories.board import BoardFactory


class AgreementFactory(factory.django.DjangoModelFactory):
    """An overarching agreement of a board of its own, or of the `boards` given."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"agreement-{n}")
    title = factory.LazyAttribute(lambda each: each.slug.replace("-", " ").title())
    kind = "overarching"

    @factory.post_generation
    def boards(self, create: bool, extracted: Iterable[Board] | None, **kwargs: Any) -> None:
        self.boards.set([BoardFactory()] if extracted is None else extracted)
