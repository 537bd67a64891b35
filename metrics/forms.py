"""Forms of figures: of a plan, or of a board that no plan states."""

from typing import Any

from bcf.base.formfields import MarkedNumberField, RowChoiceField
from bcf.typed_periods import PERIOD_FORMS
from metrics.choices import DelayPart
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from metrics.offered import metric_groups
from metrics.rules import MARK, is_suppression_mark
from plans.choices import OrganisationKind
from plans.models import Board, Organisation
from plans.row_forms import RowForm, SafeForm, of_kind, organisation_groups

PERIOD = f"Type {PERIOD_FORMS}."
OWN_NUMBER = "In the unit below, such as 1,234.5."


TYPED_MARKS = "A mark such as *, [c] or <6 says that it is suppressed; a 0 is always a real 0."


class FigureField(MarkedNumberField):
    """A number, or a mark such as `*` or `<6` where a small number is suppressed."""

    def is_mark(self, text: str) -> bool:
        return is_suppression_mark(text)

    def mark_of(self, row: Any) -> str:
        return MARK if row.is_suppressed else ""


class SuppressibleForm(SafeForm):
    """A form of a metric value: a mark typed in place of the value says that it is suppressed.

    Where the form has no box for that, the value says it by itself.
    """

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "value" not in self.cleaned_data:
            return cleaned
        is_marked = isinstance(self.cleaned_data["value"], str)
        if is_marked:
            self.cleaned_data["value"] = None
        if "is_suppressed" not in self.fields:
            self.instance.is_suppressed = is_marked
        elif is_marked:
            self.cleaned_data["is_suppressed"] = True
        return cleaned


class MetricForm(SafeForm):
    class Meta:
        model = Metric
        fields = "__all__"
        labels = {"better": "Which way is better", "key": "Name in addresses"}
        help_texts = {
            "unit": "Such as “per 100,000 people aged 65 and over” or %.",
            "age_band": "Such as 65+.",
            "frequency": "Such as quarterly.",
            "is_national": "Asked of every area by the cycle’s forms.",
        }


class MetricOptionForm(RowForm):
    """A local metric that a plan considered; it belongs to no year."""

    financial_year = None  # type: ignore[assignment]

    class Meta:
        model = MetricOption
        fields = "__all__"
        labels = {
            "relevance_reason": "Reasons for its relevance",
            "accuracy_reason": "Reasons for its accuracy",
            "feasibility_reason": "Reasons for its feasibility",
        }


class StatedForm(RowForm):
    """A figure for a period, of a plan or of a board alone."""

    financial_year = None  # type: ignore[assignment]
    board = RowChoiceField(
        required=False, help_text="Leave empty where it is about a joint plan’s whole area."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board: Any = self.fields.get("board")
        if self.instance.pk is None and board is not None:
            offered = [key for key, _ in board.choices if key]
            if len(offered) == 1:
                self.initial.setdefault("board", offered[0])

    def rows_offered(self) -> dict[str, Any]:
        return {"board": Board.objects.filter(plans=self.bound_plan) if self.bound_plan else []}

    def own_organisations(self) -> list[Organisation]:
        """The council of the board, where the figure is of a board and no plan."""
        board = self.bound.get("board")
        return [board.authority] if isinstance(board, Board) else []


class MetricValueForm(SuppressibleForm, StatedForm):
    metric = RowChoiceField()
    commissioner = RowChoiceField(required=False, label="NHS commissioner")
    provider = RowChoiceField(required=False)

    SUGGESTED = ("unit", "breakdown", "series")

    class Meta:
        model = MetricValue
        fields = "__all__"
        field_classes = {"value": FigureField}
        labels = {
            "kind": "Kind of figure",
            "per": "Per how many",
            "attribution": "Attributed to",
            "words": "Value, in words",
            "period_in_words": "Period, in the document’s words",
        }
        help_texts = {
            "period": PERIOD,
            "measure": "How it measures. Leave empty where the document prints no unit.",
            "value": f"{OWN_NUMBER} Leave empty to have it worked out of the two below. "
            f"{TYPED_MARKS}",
            "unit": "Such as admissions, delayed days or per 100,000 people aged 65 and over.",
            "numerator": "What is counted, such as 146 admissions.",
            "denominator": "Of how many, such as 51,000 people.",
            "per": "100,000 for a rate, 100 for a percentage; an average needs none.",
            "breakdown": "Such as an age, a site, a reason or a level of risk. Of an average "
            f"delay, “{DelayPart.ON_THE_DAY}” (a percentage) and “{DelayPart.DELAYED}” (an "
            "average) are the two parts of which it is made.",
            "series": "Where the plan prints two versions, such as flat and seasonal.",
            "words": "Where the document prints words in place of a number.",
        }

    def rows_offered(self) -> dict[str, Any]:
        organisations = organisation_groups(self.bound_plan, self.own_organisations())
        return {
            **super().rows_offered(),
            "metric": metric_groups(self.bound_plan),
            "provider": organisations,
            "commissioner": of_kind(organisations, OrganisationKind.NHS_COMMISSIONER),
        }


class PopulationForm(StatedForm):
    SUGGESTED = ("age_band", "segment")

    class Meta:
        model = Population
        fields = "__all__"
        labels = {
            "count": "Number of people",
            "upper_count": "Number of people, upper end of a range",
            "period_in_words": "Period, in the document’s words",
        }
        help_texts = {
            "period": PERIOD,
            "count": "People, such as 375,000.",
            "upper_count": "People; only where a range is stated.",
            "basis": "How they were counted or estimated.",
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = ("count", "area", "age_band", "segment", "printed")
        if not any(self.cleaned_data.get(name) not in (None, "") for name in said):
            self.add_error("count", "Type the number of people, or say in the segment who it is.")
        return cleaned


class ContextFigureForm(StatedForm):
    SUGGESTED = ("unit",)

    class Meta:
        model = ContextFigure
        fields = "__all__"
        labels = {
            "value": "Value",
            "upper_value": "Upper end of a range",
            "period_in_words": "Period, in the document’s words",
        }
        help_texts = {
            "period": PERIOD,
            "value": "In the unit below, such as 1,234.5; money in pounds.",
            "upper_value": "In the same unit; only where a range is stated.",
            "unit": "Such as £, £ a person, people or %.",
            "words": "Where the document prints words in place of a number.",
        }
