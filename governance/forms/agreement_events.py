"""Forms of an agreement's events: varied, extended, ended, superseded, taken back.

Each carries the terms that the page showed. Where others are agreed by the time that it is sent,
it is shown again with all that was typed, and with theirs in the boxes that were left as they were.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bcf.base.formfields import MoneyField, RowChoiceField, RowsChoiceField
from bcf.base.safe_forms import BLANK, Wording
from bcf.base.seen import put_into
from bcf.base.typedfields import DateField, FinancialYearField, PartialDateField
from bcf.periods import FinancialYear, NotAPeriod, PartialDate
from governance.actions import Deed, terms_now
from governance.choices import Arrangement
from governance.forms.agreements import DATE
from governance.models import Agreement
from governance.queries import agreements_visible_to
from governance.rules import Terms
from plans.models import Organisation
from plans.queries import Somebody
from plans.row_forms import existing_then, organisation_groups, organisations_of
from plans.successions import Lifetime

SEEN = "seen"
# How many years a variation may add to the pooled funds at once.
NEW_YEARS = (1, 2, 3)
LONGEST_REASON = 2000
# How the name of a box for the pooled fund of a year starts.
POOLED = "pooled"
NARROW = {"class": "govuk-input--width-10"}
EMPTIED = "Empty it where no pooled fund is agreed for the year any more."
NO_END = "It has no end"
NEITHER = "Give the new end, or tick “It has no end”."
BOTH = "It cannot have an end and no end. Clear one of the two."


class ReasonForm(Wording, forms.Form):
    """Why an event is performed."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Shown with the agreement to everybody who may read it.",
    )

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The boxes in the order of the page, each group under its heading or under none."""
        return [("", self.visible_fields())]


class DeedForm(ReasonForm):
    """From which day new terms apply, and why; `agreed` are the terms now.

    Pre-filled with these. `person` is who fills it in.
    """

    # Boxes that say something of the event, and not what is agreed.
    OF_EVENT: ClassVar[tuple[str, ...]] = (SEEN, "effective", "dated", "reason")

    seen = forms.CharField(label="What was agreed", widget=forms.HiddenInput)
    effective = DateField(
        label="Takes effect on",
        widget=forms.TextInput(attrs=NARROW),
        help_text="The first day of the new terms, such as 1 April 2018.",
    )
    dated = DateField(
        label="Date of the deed",
        required=False,
        widget=forms.TextInput(attrs=NARROW),
        help_text="Of the deed of variation, where there is one.",
    )

    field_order: Any = ("effective", "dated", "reason")

    def __init__(
        self, data: Any = None, *, agreement: Agreement, person: Somebody, **kwargs: Any
    ) -> None:
        self.agreement, self.person = agreement, person
        self.agreed = terms_now(agreement)
        super().__init__(data, **kwargs)
        self.add_boxes()
        self.initial = {**self.initial_of(self.agreed), SEEN: _stored(self.agreed)}

    def add_boxes(self) -> None:
        """What depends on the agreement: boxes of its years, rows to choose among."""

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        """What the boxes show where these terms are agreed."""
        return {}

    def clean_seen(self) -> Terms:
        seen = _terms(self.cleaned_data[SEEN])
        if seen is None:
            raise ValidationError("The page did not arrive whole. Open it again.")
        return seen

    def deed(self) -> Deed:
        """The deed of what was filled in."""
        filled = self.cleaned_data
        return Deed(filled["effective"], filled["reason"], filled["dated"], filled[SEEN])

    def with_theirs(self) -> QueryDict:
        """What was typed, with the terms of now in the boxes that were left as the page had them.

        So whoever sends it again undoes nothing that others changed meanwhile.
        """
        data = QueryDict(mutable=True)
        data.update(self.data)
        seen = _terms(self.data.get(SEEN, ""))
        before = self.initial_of(seen) if seen else {}
        for name, field in self.fields.items():
            typed = field.widget.value_from_datadict(self.data, self.files, name)
            if name not in self.OF_EVENT and not field.has_changed(before.get(name), typed):
                put_into(data, name, field, self.initial.get(name))
        data[SEEN] = _stored(self.agreed)
        return data


class EndForm(DeedForm):
    """The last day of an agreement that ends before its term."""

    last_day = DateField(
        label="Last day",
        widget=forms.TextInput(attrs=NARROW),
        help_text="The last day on which it runs.",
    )

    field_order = ("last_day", "effective", "dated", "reason")


class ExtendForm(DeedForm):
    """A later end, or none."""

    ends = PartialDateField(
        label="New end", required=False, widget=forms.TextInput(attrs=NARROW), help_text=DATE
    )
    is_open_ended = forms.BooleanField(label=NO_END, required=False)

    field_order = ("ends", "is_open_ended", "effective", "dated", "reason")

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        return {"ends": terms.ends, "is_open_ended": terms.is_open_ended}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "ends" in cleaned and bool(cleaned["ends"]) == cleaned["is_open_ended"]:
            self.add_error("ends", BOTH if cleaned["ends"] else NEITHER)
        return cleaned

    @property
    def ends_on(self) -> PartialDate | None:
        """The new end; None for no end."""
        return self.cleaned_data["ends"] or None


class SupersedeForm(DeedForm):
    """The agreement that takes the place of this one."""

    successor = RowChoiceField(
        label="Superseded by",
        help_text="An agreement of the same boards. This one ends on the day before it takes over.",
    )

    field_order = ("successor", "effective", "dated", "reason")

    def add_boxes(self) -> None:
        self.fields["effective"].label = "Takes over on"
        self.fields["effective"].help_text = "The first day of the other agreement’s place."
        same = Q(boards__in=self.agreement.boards.all()) & ~Q(pk=self.agreement.pk)
        successor = self.fields["successor"]
        assert isinstance(successor, RowChoiceField)
        successor.widget.attrs["data-searchable"] = ""
        successor.offer(agreements_visible_to(self.person).filter(same).distinct())


class VaryForm(DeedForm):
    """New terms: the end, the arrangement, the parties, and the pooled fund by year."""

    ends = PartialDateField(
        label="End", required=False, widget=forms.TextInput(attrs=NARROW), help_text=DATE
    )
    is_open_ended = forms.BooleanField(label=NO_END, required=False)
    arrangement = forms.ChoiceField(
        label="Arrangement", required=False, choices=[BLANK, *Arrangement.choices]
    )
    parties = RowsChoiceField(label="Parties", required=False, help_text="Who is bound by it.")
    joining = RowChoiceField(
        label="Another party", required=False, help_text="Who joins and is not in the list above."
    )

    def add_boxes(self) -> None:
        self.ui_prefixes: dict[str, str] = {}
        self._offer_parties()
        for year in self.years():
            self._add_amount(_box_of(year), year.label, EMPTIED)
        for number in NEW_YEARS:
            self.fields[f"new_year_{number}"] = FinancialYearField(
                label=f"New year {number}",
                required=False,
                widget=forms.TextInput(attrs=NARROW),
                help_text="Such as 2019-20.",
            )
            self._add_amount(f"new_amount_{number}", f"Pooled fund of new year {number}")
        self.order_fields([box.name for _, boxes in self.groups() for box in boxes])

    def _add_amount(self, name: str, label: str, help_text: str = "") -> None:
        box = forms.TextInput(attrs={**NARROW, "inputmode": "decimal"})
        self.fields[name] = MoneyField(label=label, required=False, widget=box, help_text=help_text)
        self.ui_prefixes[name] = "£"

    def _offer_parties(self) -> None:
        boards = self.agreement.boards.select_related("authority")
        bound = list(self.agreement.parties.all())
        own = [
            *bound,
            *(board.authority for board in boards),
            *Organisation.objects.filter(funding_shares__board__in=boards).distinct(),
            *organisations_of(self.agreement.plan),
        ]
        when, _ = self.agreement.runs
        # New terms may run longer than those of now.
        since = Lifetime(when.first)
        own = [each for each in own if each in bound or each.lifetime.meets(since)]
        parties, joining = self.fields["parties"], self.fields["joining"]
        assert isinstance(parties, RowsChoiceField)
        assert isinstance(joining, RowChoiceField)
        parties.offer(own)
        of_kinds = existing_then(organisation_groups(None), since).groups
        joining.offer_groups(
            [(kind, [each for each in rows if each not in own]) for kind, rows in of_kinds]
        )
        joining.widget.attrs["data-searchable"] = ""

    def years(self) -> list[FinancialYear]:
        """The years that have a pooled fund now, and those for whose box something was sent.

        So what was typed for a year stays, though somebody else took that year away meanwhile.
        """
        sent = [_year_of(name) for name, value in self.data.items() if value]
        return sorted({*self.agreed.pooled, *(year for year in sent if year)})

    def initial_of(self, terms: Terms) -> dict[str, Any]:
        parties = self.fields["parties"]
        assert isinstance(parties, RowsChoiceField)
        return {
            "ends": terms.ends,
            "is_open_ended": terms.is_open_ended,
            "arrangement": terms.arrangement,
            "parties": [each for each in parties.rows if _key(each) in terms.parties],
            **{_box_of(year): amount for year, amount in terms.pooled.items()},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ends") and cleaned.get("is_open_ended"):
            self.add_error("ends", BOTH)
        known = set(self.years())
        for number in NEW_YEARS:
            known |= self._look_at_new(f"new_year_{number}", f"new_amount_{number}", known)
        return cleaned

    def _look_at_new(
        self, year_box: str, amount_box: str, known: set[FinancialYear]
    ) -> set[FinancialYear]:
        if not {year_box, amount_box} <= self.cleaned_data.keys():
            return set()
        year, amount = self.cleaned_data[year_box], self.cleaned_data[amount_box]
        if not isinstance(year, FinancialYear):
            if amount is not None:
                self.add_error(year_box, "Say of which year the amount is, such as 2019-20.")
            return set()
        if year in known:
            self.add_error(year_box, f"{year.label} has a box already. Use that one.")
        elif amount is None:
            self.add_error(amount_box, f"Give the pooled fund of {year.label}, or clear the year.")
        return {year}

    def terms(self) -> Terms:
        """The terms that were filled in."""
        filled = self.cleaned_data
        parties = {_key(each) for each in (*filled["parties"], filled["joining"]) if each}
        return Terms(
            ends=filled["ends"] or None,
            is_open_ended=filled["is_open_ended"],
            arrangement=filled["arrangement"],
            parties=tuple(sorted(parties)),
            pooled=self._pooled(filled),
        )

    def _pooled(self, filled: Mapping[str, Any]) -> dict[FinancialYear, Decimal]:
        boxes = [(year, _box_of(year)) for year in self.years()]
        boxes += [(filled[f"new_year_{number}"], f"new_amount_{number}") for number in NEW_YEARS]
        return {year: filled[box] for year, box in boxes if filled[box] is not None}

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        years = [_box_of(year) for year in self.years()]
        new = [name for n in NEW_YEARS for name in (f"new_year_{n}", f"new_amount_{n}")]
        return [
            ("Term and arrangement", self._boxes(("ends", "is_open_ended", "arrangement"))),
            ("Parties", self._boxes(("parties", "joining"))),
            ("Pooled fund by year", self._boxes((*years, *new))),
            ("The deed", self._boxes(("effective", "dated", "reason"))),
        ]

    def _boxes(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names]


def _box_of(year: FinancialYear) -> str:
    return f"{POOLED}_{year}"


def _year_of(name: str) -> FinancialYear | None:
    """The year of a box; None of a box that is no year's."""
    start, _, year = name.partition("_")
    try:
        return FinancialYear.parse(year) if start == POOLED else None
    except NotAPeriod:
        return None


def _key(row: Any) -> str:
    return str(row.key)


def _stored(terms: Terms) -> str:
    return json.dumps(terms.to_store(), sort_keys=True)


def _terms(text: str) -> Terms | None:
    """The terms that a page carried; None where they did not arrive as they were sent."""
    try:
        return Terms.from_stored(json.loads(text))
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError):
        return None
