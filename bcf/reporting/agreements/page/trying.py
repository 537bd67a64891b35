"""A form on which somebody tries how a rule would divide a result; it stores nothing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bcf.assurance.agreements.division import Basis, Divided, NotDivided, Wanted, divide_result
from bcf.assurance.figures import Choice
from bcf.base.formfields import MoneyField, PercentField
from bcf.reporting.agreements.page.division import parts_table
from bcf.ui.tables import Table
from governance.choices import RiskShareMethod

RULE = "rule"
# What of a party is typed: how its field is named, and what it is called.
PAID, PERCENT, AMOUNT = "paid", "percent", "amount"
WANTED_BY = {
    Wanted.CONTRIBUTIONS: PAID,
    Wanted.SPEND: PAID,
    Wanted.PERCENTS: PERCENT,
    Wanted.AMOUNTS: AMOUNT,
}


def not_negative(amount: Decimal) -> None:
    """Refuses an amount below nought."""
    if amount < 0:
        raise ValidationError("The amount is never less than £0. Type it without a minus sign.")


class TryRuleForm(forms.Form):
    """A rule, a result, and of each party what it pays in, its percentage, its amount or cap."""

    rule = forms.ChoiceField(
        label="Rule", choices=[("", "Choose a rule"), *RiskShareMethod.choices]
    )
    result = MoneyField(
        label="Surplus or deficit",
        help_text="In pounds, a deficit with a minus sign, such as −134,000.",
    )

    def __init__(self, asked: QueryDict | None, *, known: Basis, **kwargs: Any) -> None:
        super().__init__(asked, auto_id="try-%s", **kwargs)
        self.known = known
        self.divided: Divided | None = None
        self.fields["result"].initial = known.result or None
        self.ui_prefixes = {"result": "£"}
        for place, party in enumerate(known.parties, 1):
            self._offer(PAID, place, MoneyField, known.contributed.get(party), "paid in")
            self._offer(PERCENT, place, PercentField, known.percents.get(party), "share (%)")
            self._offer(AMOUNT, place, MoneyField, known.amounts.get(party), "amount or cap")

    def _offer(
        self,
        kind: str,
        place: int,
        field: type[MoneyField] | type[PercentField],
        initial: Decimal | None,
        words: str,
    ) -> None:
        party = self.known.parties[place - 1]
        name = f"{kind}-{place}"
        self.fields[name] = field(
            label=f"{party.label}: {words}",
            required=False,
            initial=initial,
            validators=[not_negative],
        )
        if kind != PERCENT:
            self.ui_prefixes[name] = "£"

    def of_parties(self) -> Iterable[tuple[Choice, Sequence[BoundField]]]:
        """The parties with their fields, for the page."""
        for place, party in enumerate(self.known.parties, 1):
            yield party, [self[f"{kind}-{place}"] for kind in (PAID, PERCENT, AMOUNT)]

    def clean(self) -> dict[str, Any]:
        """Divides what was typed; what is missing for it is said at the field that it lacks."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        basis = Basis(
            cleaned["result"],
            self.known.parties,
            contributed=self._typed(PAID),
            spent=self.known.spent,
            percents=self._typed(PERCENT),
            amounts=self._typed(AMOUNT),
        )
        outcome = divide_result(cleaned[RULE], basis)
        if isinstance(outcome, NotDivided):
            self._refuse(outcome)
        else:
            self.divided = outcome
        return cleaned

    def _typed(self, kind: str) -> dict[Choice, Decimal]:
        typed = {
            party: self.cleaned_data.get(f"{kind}-{place}")
            for place, party in enumerate(self.known.parties, 1)
        }
        return {party: value for party, value in typed.items() if value is not None}

    def _refuse(self, outcome: NotDivided) -> None:
        kind = WANTED_BY.get(outcome.wanted)
        places = range(1, len(self.known.parties) + 1)
        empty = (n for n in places if self.cleaned_data.get(f"{kind}-{n}") is None)
        first = next(empty, 1)
        name = f"{kind}-{first}" if kind and self.known.parties else None
        self.add_error(name, outcome.why)

    @property
    def table(self) -> Table | None:
        """The division of what was typed; None until it is right."""
        if self.divided is None:
            return None
        label = RiskShareMethod(self.divided.method).label
        return parts_table("tried", f"Tried: {label.lower()}, in pounds", self.divided)


def try_form(asked: QueryDict, known: Basis) -> TryRuleForm | None:
    """The form as the address fills it in; untouched where it asks for no rule.

    None where no party is known between which a result could be divided.
    """
    if not known.parties:
        return None
    return TryRuleForm(asked if RULE in asked else None, known=known)
