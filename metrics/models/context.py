"""Facts about a plan, a board or an area that are no value of a metric."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from bcf.base.fields import NumberField
from bcf.base.models import Published
from bcf.periods import NOT_STATED_TOKEN
from metrics.models.stated import StatedRow, stated_constraints
from metrics.rules import in_words


class ContextFigure(Published, StatedRow):
    """A fact with its value, or a range up to `upper_value`, in the unit that `unit` says.

    Money has the unit `£` (or `£ a person` and the like) and stands in pounds, whatever unit
    the document prints. `subject` says in words whom or what it is about, where that is not the
    plan or the board as such; `words` is the value where it is a text.
    """

    MENDED_BY = {
        "context_figure_says_something": "value",
        "context_figure_range_in_order": "upper_value",
    }

    label = models.CharField("fact", max_length=200)
    subject = models.CharField("whom or what it is about", max_length=160, blank=True)
    value = NumberField(null=True, blank=True)
    upper_value = NumberField("upper end of a range", null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    words = models.CharField("value, in words", max_length=300, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("label", "subject", "period", "id")
        constraints = (
            *stated_constraints("context_figure", "context figure"),
            models.UniqueConstraint(
                Coalesce("plan", 0),
                Coalesce("board", 0),
                "label",
                "subject",
                "unit",
                "period",
                "period_in_words",
                name="context_figure_once",
                violation_error_message=(
                    "This fact is there already for this subject and period. Change that one, "
                    "or give this one another label."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(words=""),
                name="context_figure_says_something",
                violation_error_message="Give a value, or the value in words.",
            ),
            models.CheckConstraint(
                condition=Q(upper_value__isnull=True) | Q(upper_value__gte=F("value")),
                name="context_figure_range_in_order",
                violation_error_message=(
                    "The upper end of the range is below its lower end. Change one of the two."
                ),
            ),
        )

    def __str__(self) -> str:
        about = f"{self.label}: {self.subject}" if self.subject else self.label
        return f"{about}, {self.period_label}" if self.has_period else about

    @property
    def has_period(self) -> bool:
        """Whether a period is stated, in whatever words."""
        return bool(self.period_in_words) or str(self.period) != NOT_STATED_TOKEN

    @property
    def figure(self) -> str:
        """The value as a reader writes it, with its unit; in words where it has no number."""
        if self.value is None:
            return self.words
        return in_words(self.value, self.upper_value, self.unit, self.qualifier)

    def natural_key_parts(self) -> Iterable[object]:
        period = self.period if str(self.period) != NOT_STATED_TOKEN else self.period_in_words
        return [self.label, self.subject, period, *self.subject_parts()]
