"""Forms of what people write in reports."""

from typing import Any

from django import forms

from bcf.base.safe_forms import AS_STORED, BLANK, SafeForm
from governance.models import ReportPassage
from governance.report_forms import SECTION_75


class ReportPassageForm(SafeForm):
    """A section of the annual report that people write, with what belongs there as its hint."""

    section = forms.ChoiceField()

    class Meta:
        model = ReportPassage
        fields = "__all__"
        help_texts = {"financial_year": "The year of the report, such as 2017-18."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = SECTION_75.written
        section = self.fields.get("section")
        if isinstance(section, forms.ChoiceField):
            section.choices = [BLANK, *((key, each.label) for key, each in written.items())]
            stored = self.instance.section
            if stored and stored not in written:
                section.choices = [*section.choices, (stored, AS_STORED.format(stored))]
        chosen = written.get(str(self["section"].value() or "")) if section else None
        if chosen and "text" in self.fields:
            self.fields["text"].help_text = chosen.holds
