"""What people write in a board's reports beside what its rows say."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.fields import FinancialYearField
from bcf.base.models import Cited, Row
from bcf.periods import NOT_STATED
from governance.models.placed import ref_once
from governance.report_forms import SECTION_75
from plans.models import Board


class ReportPassage(Cited, Row):
    """A section of a board's annual section 75 report that only people can write.

    `section` is a key of the report's form, `governance/reports/section-75.toml`.
    """

    REF_SCOPE = ("board_id",)
    FIXED = ("ref", *REF_SCOPE)

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="report_passages")
    financial_year = FinancialYearField()
    section = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        ordering = ("board", "financial_year", "id")
        constraints = (
            ref_once("report_passage", "a passage", "board"),
            models.UniqueConstraint(
                fields=("board", "financial_year", "section"),
                name="report_passage_once",
                violation_error_message=(
                    "This section of the report of this year is written already. Change that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.section_label}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.financial_year, self.section]

    def clean(self) -> None:
        errors = {}
        if self.section not in SECTION_75.written:
            errors["section"] = "Choose a section of the report that people write."
        if self.financial_year == NOT_STATED:
            errors["financial_year"] = "Give the year of the report, such as 2017-18."
        if errors:
            raise ValidationError(errors)

    @property
    def section_label(self) -> str:
        """The section's number and heading."""
        found = SECTION_75.written.get(self.section)
        return found.label if found else self.section
