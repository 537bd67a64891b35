"""Forms of programmes and their rows."""

from typing import Any

from bcf.base.formfields import RowChoiceField
from bcf.base.safe_forms import OfferingForm
from bcf.typed_periods import PERIOD_FORMS
from governance.models import (
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
)
from plans.row_forms import POUNDS, organisation_groups

DATE = "Such as 18 September 2017, September 2017 or 2017."
YEAR = "Such as 2017-18, or “not stated”."


class ProgrammeForm(OfferingForm):
    class Meta:
        model = Programme
        fields = "__all__"
        labels = {"slug": "Name in addresses"}
        help_texts = {
            "slug": "Letters, figures and hyphens, such as care-closer-to-home. It never changes.",
            "period": f"Type {PERIOD_FORMS}.",
        }


class ProgrammeBudgetLineForm(OfferingForm):
    source = RowChoiceField(required=False, label="Who gives it")

    class Meta:
        model = ProgrammeBudgetLine
        fields = "__all__"
        labels = {"label": "What it is for"}
        help_texts = {"amount": POUNDS, "financial_year": YEAR}

    def rows_offered(self) -> dict[str, Any]:
        programme = self.bound.get("programme")
        own = [programme.board.authority] if isinstance(programme, Programme) else []
        return {"source": organisation_groups(None, own)}


class ProgrammeNetworkForm(OfferingForm):
    class Meta:
        model = ProgrammeNetwork
        fields = "__all__"
        help_texts = {
            "practices": "Number of practices, such as 7.",
            "population": "Number of people, such as 51,000.",
            "population_on_own_page": "Number of people, where the network’s own page differs.",
            "all_partners_by": DATE,
        }


class ProgrammeWorkstreamForm(OfferingForm):
    class Meta:
        model = ProgrammeWorkstream
        fields = "__all__"


class NetworkRowForm(OfferingForm):
    """A row that may be about one of its programme's networks."""

    network = RowChoiceField(required=False)

    def rows_offered(self) -> dict[str, Any]:
        programme: Any = self.bound.get("programme")
        return {"network": ProgrammeNetwork.objects.filter(programme=programme)}


class ProgrammeMilestoneForm(NetworkRowForm):
    class Meta:
        model = ProgrammeMilestone
        fields = "__all__"
        help_texts = {"starts": DATE, "due": DATE, "financial_year": YEAR}


class ProgrammeMarkForm(NetworkRowForm):
    network = RowChoiceField()

    class Meta:
        model = ProgrammeMark
        fields = "__all__"
        labels = {"marked": "The month is marked"}
        help_texts = {
            "position": "Which column of the printed timetable it is, from 1.",
            "month_in_words": "As the timetable prints it, such as September.",
        }
