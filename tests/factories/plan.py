from collections.abc import Iterable
from typing import Any

import factory

from plans.models import Board, Plan
from tests.factories.board import BoardFactory
from tests.factories.cycle import CycleFactory


class PlanFactory(factory.django.DjangoModelFactory):
    """A draft of the cycle 2017-19 of a board of its own, or of the `boards` given."""

    class Meta:
        model = Plan
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"plan-{n}")
    title = factory.LazyAttribute(lambda each: f"{each.slug.replace('-', ' ').title()}")
    cycle = factory.SubFactory(CycleFactory)

    @factory.post_generation
    def boards(self, create: bool, extracted: Iterable[Board] | None, **kwargs: Any) -> None:
        self.boards.set([BoardFactory()] if extracted is None else extracted)
