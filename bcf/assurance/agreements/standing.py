"""How an agreement stands on a day: in force or not, until when, and what comes next."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bcf.assurance.agreements.values import AgreedValue, Agreement, Happened
from bcf.assurance.checks.terms import Term, term_of
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.periods import FinancialYear, PartialDate
from governance.choices import AgreementAction, ValueMeasure
from governance.rules import Terms, terms_on


class State(StrEnum):
    """Whether an agreement is in force; its value is what is said of it."""

    COMING = "Not started"
    IN_FORCE = "In force"
    ENDED = "Ended"
    SUPERSEDED = "Superseded"
    UNKNOWN = "Not known"


@dataclass(frozen=True)
class Standing:
    """How an agreement stands on a day.

    `is_term_above` says that the term is, in part, that of the agreement of which it is a
    schedule; `days_left` counts from the day to the last one, and is below nought after it.
    """

    day: date
    state: State
    term: Term
    is_term_above: bool
    successor: Choice = NOT_STATED
    notice_by: date | None = None

    @property
    def days_left(self) -> int | None:
        """Days until it ends; None where no end is known."""
        return (self.term.ends.last_day - self.day).days if self.term.ends else None


def agreed_on(day: date, agreement: Agreement, names: Mapping[str, Choice]) -> Agreement:
    """The agreement with the terms that it had on a day; `names` are organisations by key.

    A pooled fund that was as it is now keeps its print; one that was not is a bare amount.
    """
    terms = terms_on(day, agreement.terms, agreement.events)
    if terms == agreement.terms:
        return agreement
    return replace(
        agreement,
        ends=terms.ends,
        is_open_ended=terms.is_open_ended,
        arrangement=terms.arrangement,
        parties=tuple(names.get(key, Choice(key, key)) for key in terms.parties),
        values=tuple(_values_on(agreement, terms)),
        events=tuple(each for each in agreement.events if each.effective <= day),
    )


def _values_on(agreement: Agreement, terms: Terms) -> Iterable[AgreedValue]:
    now = agreement.terms.pooled
    for value in agreement.values:
        if not _is_pooled(value) or terms.pooled.get(_year(value)) == value.amount:
            yield value
    for year, amount in sorted(terms.pooled.items()):
        if now.get(year) != amount:
            yield AgreedValue(
                year,
                ValueMeasure.POOLED_FUND,
                NOT_STATED,
                amount,
                None,
                None,
                is_put_right=False,
                row=agreement.row,
            )


def _is_pooled(value: AgreedValue) -> bool:
    """Whether it is an amount that events change."""
    is_whole = value.measure == ValueMeasure.POOLED_FUND and not value.party.key
    return is_whole and isinstance(value.year, FinancialYear) and value.amount is not None


def _year(value: AgreedValue) -> FinancialYear:
    assert isinstance(value.year, FinancialYear)
    return value.year


def standing_of(agreement: Agreement, above: Iterable[Agreement], day: date) -> Standing:
    """How it stands on a day, with the terms of that day.

    `above` are the agreements of which it is a schedule: it has their dates where its own are not
    stated.
    """
    term = term_of(agreement, {each.slug: each for each in above})
    own = Term(agreement.starts, agreement.ends, agreement.is_open_ended)
    last = _superseded(agreement.events, day)
    return Standing(
        day=day,
        state=State.SUPERSEDED if last else _state(term, day),
        term=term,
        is_term_above=term != own,
        successor=last.successor if last else NOT_STATED,
        notice_by=notice_by(term.ends, agreement.notice_months),
    )


def _superseded(events: Iterable[Happened], day: date) -> Happened | None:
    """The event by which another took its place, where nothing came after it until the day."""
    done = [each for each in events if each.effective <= day]
    last = done[-1] if done else None
    return last if last and last.action == AgreementAction.SUPERSEDE else None


def _state(term: Term, day: date) -> State:
    if term.ends and term.ends.last_day < day:
        return State.ENDED
    if term.starts and term.starts.first_day > day:
        return State.COMING
    return State.IN_FORCE if term.starts and term.is_end_known else State.UNKNOWN


def notice_by(ends: PartialDate | None, months: int | None) -> date | None:
    """The last day on which notice can be given: so many months before the end."""
    if ends is None or not months:
        return None
    last = ends.last_day
    years, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    return date(years, month + 1, min(last.day, monthrange(years, month + 1)[1]))
