from collections.abc import Iterable
from typing import Any

import factory

from plans.choices import ChangeKind
from plans.models import ChangeSet, Plan


class ChangeSetFactory(factory.django.DjangoModelFactory):
    """An act of somebody on the `plans` given, which changed no row."""

    class Meta:
        model = ChangeSet
        skip_postgeneration_save = True

    ref = factory.Sequence(lambda n: f"act-{n}")
    kind = ChangeKind.BULK
    words = "Set Theme of 3 spend lines to Enablers"
    model = "schemes.spendline"
    actor_name = "Ann"

    @factory.post_generation
    def plans(self, create: bool, extracted: Iterable[Plan] | None, **kwargs: Any) -> None:
        self.plans.set(extracted or [])
