"""How many people an area has, whole or by age, segment or level of risk."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from bcf.base.models import Published
from metrics.models.stated import StatedRow, stated_constraints
from metrics.rules import in_words

PEOPLE = "people"


class Population(Published, StatedRow):
    """A number of people, or a range of it where `upper_count` is given.

    `area` says in words what part of the board or plan is meant; `basis` how it was counted.
    """

    MENDED_BY = {
        "population_range_in_order": "upper_count",
        "population_range_has_lower_end": "count",
    }

    area = models.CharField("area, in words", max_length=120, blank=True)
    age_band = models.CharField(
        max_length=40, blank=True, help_text="Such as 18+ or 65+; “all” for everybody."
    )
    segment = models.CharField(
        max_length=120, blank=True, help_text="Such as a condition or a level of risk."
    )
    count = models.PositiveIntegerField("people", null=True, blank=True)
    upper_count = models.PositiveIntegerField(
        "people, upper end", null=True, blank=True, help_text="The upper end of a range."
    )
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("period", "age_band", "id")
        constraints = (
            *stated_constraints("population", "population"),
            models.UniqueConstraint(
                Coalesce("plan", 0),
                Coalesce("board", 0),
                "area",
                "age_band",
                "segment",
                "period",
                "period_in_words",
                "basis",
                name="population_once",
                violation_error_message=(
                    "This population is there already. Change that one, or say in the segment "
                    "or the basis how this one differs."
                ),
            ),
            models.CheckConstraint(
                condition=Q(upper_count__isnull=True) | Q(upper_count__gte=F("count")),
                name="population_range_in_order",
                violation_error_message=(
                    "The upper end of the range is below its lower end. Change one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=Q(upper_count__isnull=True) | Q(count__isnull=False),
                name="population_range_has_lower_end",
                violation_error_message="Give the lower end of the range too.",
            ),
        )
        indexes = (models.Index(fields=("board", "period")),)

    def __str__(self) -> str:
        return f"{self.who}, {self.period_label}"

    @property
    def who(self) -> str:
        """Who is counted: `Havering, aged 18+`."""
        area = self.area or (self.board.area if self.board else "the plan’s area")
        age = f"aged {self.age_band}" if self.age_band[:1].isdigit() else self.age_band
        return ", ".join(filter(None, (area, age, self.segment)))

    @property
    def figure(self) -> str:
        """The count as a reader writes it; empty where it is not stated."""
        ends = [None if end is None else Decimal(end) for end in (self.count, self.upper_count)]
        return in_words(ends[0], ends[1], PEOPLE, self.qualifier)

    def natural_key_parts(self) -> Iterable[object]:
        return [self.period, self.age_band, self.segment, self.area, *self.subject_parts()]
