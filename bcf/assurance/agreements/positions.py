"""How an agreement stands on a day: what it says then, whether it runs, and what is due when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bcf.assurance.agreements.sums import ends_within
from bcf.assurance.agreements.values import AgreedValue, Agreement
from bcf.assurance.checks.terms import Term, term_of
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.periods import FinancialYear
from governance.choices import AgreementAction, ValueMeasure
from governance.rules import Terms, terms_on


class State(StrEnum):
    """Whether an agreement runs on a day, as far as its dates tell."""

    IN_FORCE = "in-force"
    ENDING = "ending"
    ENDED = "ended"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class Position:
    """An agreement as it stood on a day.

    `agreement` says what was agreed then. `term` takes from the agreement above it the dates that
    it does not state. `successor` is what has superseded it by then, where the reader may see it.
    """

    agreement: Agreement
    day: date
    term: Term
    successor: Choice = NOT_STATED

    @property
    def state(self) -> State:
        """In force, ending within twelve months of the day, ended before it, or not known."""
        if self.term.is_open_ended:
            return State.IN_FORCE
        if self.term.ends is None:
            return State.NOT_KNOWN
        if self.term.ends.last_day < self.day:
            return State.ENDED
        return State.ENDING if ends_within(self.term.ends, self.day) else State.IN_FORCE

    @property
    def is_later(self) -> bool:
        """Whether it starts after the day, whichever day of its start may be meant."""
        return self.term.starts is not None and self.term.starts.first_day > self.day

    @property
    def is_start_of_above(self) -> bool:
        """Whether its start is that of the agreement above it, since it states none itself."""
        return self.term.starts is not None and self.agreement.starts is None

    @property
    def is_end_of_above(self) -> bool:
        """Whether its end is that of the agreement above it, since it states none itself."""
        is_own = self.agreement.ends is not None or self.agreement.is_open_ended
        return self.term.is_end_known and not is_own

    @property
    def days_left(self) -> int | None:
        """From the day to its last, below nought once it has ended; None without an end.

        An end without its day is the last day of its month, or of its year.
        """
        return (self.term.ends.last_day - self.day).days if self.term.ends else None

    @property
    def notice_by(self) -> date | None:
        """The last day on which notice can be given before it ends."""
        return self.term.notice_by


def positions_on(
    day: date, agreements: Iterable[Agreement], names: Mapping[str, Choice]
) -> tuple[Position, ...]:
    """Each of these agreements as it stood on a day.

    They are all that the reader may see: none takes a date from, or is superseded by, another.
    `names` has the organisations that were once parties, by key.
    """
    then = {each.slug: as_it_stood(each, day, names) for each in agreements}
    return tuple(
        Position(each, day, term_of(each, then), _successor(each, day, then))
        for each in then.values()
    )


def as_it_stood(agreement: Agreement, day: date, names: Mapping[str, Choice]) -> Agreement:
    """The agreement with the end, arrangement, parties and pooled funds agreed on a day."""
    terms = terms_on(day, agreement.terms, agreement.events)
    if terms == agreement.terms:
        return agreement
    known = {**names, **{party.key: party for party in agreement.parties}}
    parties = (known.get(key, Choice(key, key)) for key in terms.parties)
    return replace(
        agreement,
        ends=terms.ends,
        is_open_ended=terms.is_open_ended,
        arrangement=terms.arrangement,
        parties=tuple(sorted(parties, key=lambda each: each.label)),
        values=_values_then(agreement, terms),
    )


def once_parties(agreements: Iterable[Agreement]) -> set[str]:
    """The keys of all organisations that events name as parties, before or after them."""
    return {
        key
        for agreement in agreements
        for event in agreement.events
        for terms in (event.terms_before, event.terms_after)
        for key in terms.parties
    }


def _values_then(agreement: Agreement, terms: Terms) -> tuple[AgreedValue, ...]:
    """Its amounts with the pooled funds of these terms; one that is as now keeps its print."""
    kept = [
        value
        for value in agreement.values
        if not _is_varied(value) or terms.pooled.get(value.year) == value.amount  # type: ignore[call-overload]
    ]
    told = {value.year for value in kept if _is_varied(value)}
    then = [
        _agreed(agreement, year, amount)
        for year, amount in sorted(terms.pooled.items())
        if year not in told
    ]
    return (*kept, *then)


def _is_varied(value: AgreedValue) -> bool:
    """Whether events may change it: a pooled fund of all parties together, of a year."""
    is_whole = value.measure == ValueMeasure.POOLED_FUND and not value.party.key
    return is_whole and isinstance(value.year, FinancialYear)


def _agreed(agreement: Agreement, year: FinancialYear, amount: Decimal) -> AgreedValue:
    return AgreedValue(
        year=year,
        measure=ValueMeasure.POOLED_FUND,
        party=NOT_STATED,
        amount=amount,
        step=None,
        printed=None,
        is_put_right=False,
        row=agreement.row,
    )


def _successor(agreement: Agreement, day: date, seen: Mapping[str, Agreement]) -> Choice:
    """What had superseded it by a day; not stated where nothing had that the reader may see."""
    happened = [event for event in agreement.events if event.effective <= day]
    if not happened or happened[-1].action != AgreementAction.SUPERSEDE:
        return NOT_STATED
    return happened[-1].successor if happened[-1].successor.key in seen else NOT_STATED
