"""The day as of which agreements are shown, as a reader types it."""

from datetime import date

from bcf.base.typedfields import DateField

# Days that have a financial year of their own, and a year after them.
FIRST_DAY, LAST_DAY = date(1900, 4, 1), date(2198, 3, 31)
EXAMPLE = "15/11/2018"


class DayField(DateField):
    """A day that may be left empty, which means today; its sentences begin with its label."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False)

    def read(self, text: str) -> date:
        try:
            day = super().read(text)
        except ValueError:
            day = None
        if day is None:
            raise ValueError(f"{self.label}: “{text[:20]}” is not a date. Write one as {EXAMPLE}.")
        if not FIRST_DAY <= day <= LAST_DAY:
            years = f"{FIRST_DAY.year} to {LAST_DAY.year}"
            raise ValueError(f"{self.label}: give a date from {years}, such as {EXAMPLE}.")
        return day
