"""What a reader of the register asks for: which agreements, of which day, money of which year."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from bcf.assurance.agreements.positions import State
from bcf.assurance.agreements.register import UNSTATED, Asked
from bcf.periods import FinancialYear, NotAPeriod, NotStated, Period, parse_period
from bcf.reporting.agreements.days import DayField
from governance.choices import AgreementKind, Arrangement, ClientGroup
from plans.models import Board

ALL, YES, NO = ("", "All"), "yes", "no"
NOT_STATED = (UNSTATED, "Not stated")
STATES = (
    (State.IN_FORCE, "In force"),
    (State.ENDING, "Ends within 12 months"),
    (State.ENDED, "Ended"),
    (State.NOT_KNOWN, "Not known"),
)
YEAR_NOT_STATED = "Year not stated"


def _choice(label: str, choices: Iterable[tuple[str, str]] = ()) -> forms.ChoiceField:
    words = {"invalid_choice": f"{label}: choose one of the list. There is no “%(value)s”."}
    return forms.ChoiceField(
        label=label, choices=[ALL, *choices], required=False, error_messages=words
    )


class RegisterForm(forms.Form):
    """The filters of the register; each may be left empty."""

    board = _choice("Board")
    client_group = _choice("Client group", [*ClientGroup.choices, NOT_STATED])
    kind = _choice("Kind", AgreementKind.choices)
    arrangement = _choice("Arrangement", [*Arrangement.choices, NOT_STATED])
    section_75 = _choice("Under section 75", [(YES, "Yes"), (NO, "No")])
    state = _choice("State", STATES)
    year = forms.CharField(label="Pooled funds of", required=False, widget=forms.Select)
    as_at = DayField("As at")
    q = forms.CharField(
        label="Words", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )

    def __init__(self, asked: QueryDict, boards: Iterable[Board], **options: Any) -> None:
        super().__init__(asked, **options)
        self.typed = asked
        named = [(board.slug, board.area) for board in boards]
        self.fields["board"].choices = [ALL, *named]  # type: ignore[attr-defined]
        self.full_clean()  # what is understood is asked, whether or not all of it is

    def clean_year(self) -> Period | None:
        typed = self.cleaned_data["year"]
        if not typed:
            return None
        try:
            year = parse_period(typed)
        except NotAPeriod:
            year = None
        if not isinstance(year, FinancialYear | NotStated):
            raise ValidationError(
                f"Pooled funds of: “{typed[:20]}” is not a financial year. Write one as 2017-18."
            )
        return year

    def offer_years(self, years: Sequence[Period], shown: Period) -> None:
        """Offer these years and the one that is shown, which stays chosen."""
        every = sorted({*years, shown})
        labels = [(str(year), _year_words(year)) for year in every]
        self.fields["year"].widget.choices = labels
        self.data = {**self.typed.dict(), "year": str(shown)}

    @property
    def chosen_year(self) -> Period | None:
        """The year that was asked for, if it is one."""
        return self.cleaned_data.get("year")

    @property
    def chosen_day(self) -> date | None:
        """The day that was asked for, if there is such a day."""
        return self.cleaned_data.get("as_at")

    @property
    def asked(self) -> Asked:
        """The filters that are understood."""
        found = self.cleaned_data
        told = {YES: True, NO: False}
        return Asked(
            board=found.get("board", ""),
            client_group=found.get("client_group", ""),
            kind=found.get("kind", ""),
            arrangement=found.get("arrangement", ""),
            is_section_75=told.get(found.get("section_75", "")),
            state=found.get("state", ""),
            words=found.get("q", ""),
        )


def _year_words(year: Period) -> str:
    return year.label if isinstance(year, FinancialYear) else YEAR_NOT_STATED
