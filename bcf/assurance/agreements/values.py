"""Agreements with what hangs on them, as plain values: amounts, providers, notes, variations.

Amounts are in pounds by the unit meant; `printed` keeps the figure as the document prints it,
whatever its unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.programmes import Programme
from bcf.base.published import Citation
from bcf.base.worked import POUNDS, Figure, RowRef, stated
from bcf.periods import FinancialYear, PartialDate, Period, Quarter
from governance.choices import ValueMeasure
from governance.rules import Terms, terms_on


@dataclass(frozen=True)
class AgreedValue:
    """An amount of an agreement in a year; a party that is not stated means all together.

    `as_printed` is the figure as a document prints it, `unit_meant` the unit that it means, and
    `ground` what tells so.
    """

    year: Period
    measure: str
    party: Choice
    amount: Decimal | None
    step: Decimal | None
    printed: Decimal | None
    is_put_right: bool
    row: RowRef
    as_printed: str = ""
    ground: str = ""
    unit_meant: str = ""
    citation: Citation | None = None

    @property
    def put_right_in_words(self) -> str:
        """`printed £3,642, meant as £000: the table says so`; nothing where its unit is right."""
        if not self.is_put_right:
            return ""
        printed = f"printed {self.as_printed}, meant as {self.unit_meant}"
        return f"{printed}: {_uncapped(self.ground)}" if self.ground else printed

    @property
    def figure(self) -> Figure | None:
        """The amount in pounds, in the unit meant."""
        if self.amount is None:
            return None
        return stated(self.amount, self.step, POUNDS, self.row)


@dataclass(frozen=True)
class Provider:
    """Who provides what under an agreement."""

    organisation: Choice
    service: str
    status: str
    starts: PartialDate | None
    ends: PartialDate | None
    row: RowRef
    status_in_words: str = ""
    citation: Citation | None = None


@dataclass(frozen=True)
class Note:
    """A sentence about an agreement."""

    kind: str
    text: str
    row: RowRef
    citation: Citation | None = None


@dataclass(frozen=True)
class Variation:
    """A change of an agreement's terms."""

    varied: PartialDate | None
    reason: str
    change: str
    row: RowRef
    varied_in_words: str = ""
    citation: Citation | None = None


@dataclass(frozen=True)
class Actual:
    """What a party, or all together, paid in or spent in a quarter; the forecast is the year's."""

    quarter: Quarter
    measure: str
    party: Choice
    outturn: Decimal | None
    forecast: Decimal | None
    note: str
    row: RowRef
    citation: Citation | None = None


@dataclass(frozen=True)
class Happened:
    """An event of an agreement that stands: from which day, what was agreed before and after."""

    number: int
    action: str
    effective: date
    deed_date: date | None
    reason: str
    by: str
    successor: Choice
    terms_before: Terms
    terms_after: Terms


@dataclass(frozen=True)
class Share:
    """What one partner bears under a rule: a share in per cent, an amount or cap in pounds."""

    party: Choice
    percent: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True)
class Sharing:
    """How an over- or underspend is divided: the rule in words, its method, each one's share.

    `plan` is the number of the plan whose rule it is too, and as which it is then read.
    """

    rule: str
    method: str
    amount: Decimal | None
    shares: tuple[Share, ...]
    row: RowRef
    citation: Citation | None = None
    plan: int | None = None


@dataclass(frozen=True)
class Agreement:
    """An agreement or a schedule of one, whose slug `parent` then is.

    `says` is its text under each head of regulation 7, by the name of the field; `events` are
    those that stand, in the order in which they take effect.
    """

    slug: str
    title: str
    kind: str
    is_section_75: bool
    parent: str
    client_group: str
    arrangement: str
    host: Choice
    parties: tuple[Choice, ...]
    starts: PartialDate | None
    ends: PartialDate | None
    is_open_ended: bool
    values: tuple[AgreedValue, ...]
    providers: tuple[Provider, ...]
    notes: tuple[Note, ...]
    variations: tuple[Variation, ...]
    row: RowRef
    other_titles: tuple[str, ...] = ()
    boards: tuple[Choice, ...] = ()
    plan: Choice = NOT_STATED
    fund_manager: str = ""
    review: PartialDate | None = None
    notice: PartialDate | None = None
    notice_months: int | None = None
    says: Mapping[str, str] = field(default_factory=dict)
    actuals: tuple[Actual, ...] = ()
    events: tuple[Happened, ...] = ()
    risk_shares: tuple[Sharing, ...] = ()
    citation: Citation | None = None
    term_in_words: str = ""

    def runs_within(self, period: Period) -> bool:
        """Whether it runs on some day of a period, as far as its dates do not say otherwise."""
        first, last = period.starts_on, period.ends_on
        if first is None or last is None:
            return True
        ends = terms_on(last, self.terms, self.events).ends
        starts_later = self.starts is not None and self.starts.first_day > last
        return not starts_later and not (ends is not None and ends.last_day < first)

    @property
    def terms(self) -> Terms:
        """What it says now, as far as events may change it."""
        return Terms(
            ends=self.ends,
            is_open_ended=self.is_open_ended,
            arrangement=self.arrangement,
            parties=tuple(sorted(party.key for party in self.parties)),
            pooled={
                value.year: value.amount
                for value in self.values
                if value.measure == ValueMeasure.POOLED_FUND
                and not value.party.key
                and value.amount is not None
                and isinstance(value.year, FinancialYear)
            },
        )


@dataclass(frozen=True)
class Agreements:
    """Agreements, and the programmes beside them."""

    rows: tuple[Agreement, ...]
    programmes: tuple[Programme, ...] = ()

    def of_client_group(self, client_group: str) -> "Agreements":
        """Those for adults, for children, or for all."""
        return Agreements(tuple(row for row in self.rows if row.client_group == client_group))

    def named(self, *slugs: str) -> "Agreements":
        """Those of these slugs."""
        return Agreements(tuple(row for row in self.rows if row.slug in slugs))


def _uncapped(sentence: str) -> str:
    """A sentence as it goes on after a colon; a first word in capitals keeps them."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def values_of(
    agreements: Iterable[Agreement],
    measure: str,
    year: Period | None = None,
    *,
    of_parties: bool = False,
) -> Sequence[AgreedValue]:
    """Amounts of a measure in a year, or in any: those of all parties together, or of each."""
    return [
        value
        for agreement in agreements
        for value in agreement.values
        if value.measure == measure
        and year in (None, value.year)
        and of_parties == bool(value.party.key)
    ]
