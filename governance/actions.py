"""Events of agreements: varied, extended, ended, superseded, and each of these taken back.

Each is one transaction, with the actor as `by`. What the agreement said until it took effect stays
readable at any date. An event that may not happen raises `Refused` with a sentence for the person
who asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from bcf.accounts.models import User
from bcf.base.reasons import because
from bcf.base.words import date_in_words
from bcf.periods import FinancialYear, PartialDate
from governance.choices import AgreementAction, ValueMeasure
from governance.models import Agreement, AgreementEvent, AgreementValue
from governance.queries import agreements_editable_by, events_that_stand
from governance.rules import Terms
from plans.actions import NotAllowed, Refused
from plans.models import Organisation
from plans.models.dated import bodies_refused
from plans.successions import Lifetime

# Why rows of an agreement have a record in their history beside the event that changed them.
TERMS_CHANGED = "terms"


class TermsChanged(Refused):
    """Somebody else changed the terms after the person who asks had looked at them."""


@dataclass(frozen=True)
class Deed:
    """From which day new terms apply, why, and of what date the deed is where there is one.

    `seen` are the terms that the person who asks looked at; where others are agreed by now, the
    event is refused.
    """

    effective: date
    reason: str
    dated: date | None = None
    seen: Terms | None = None


@transaction.atomic
def agreement_vary(*, agreement: Agreement, terms: Terms, deed: Deed, by: User) -> AgreementEvent:
    """Put new terms in the place of an agreement's; raises `Refused` where they are the same."""
    held, before = _hold(agreement, deed, by=by)
    if terms == before:
        raise Refused(
            "Nothing would change. Change the end, the parties, the arrangement or a pooled fund."
        )
    if terms.ends and held.starts and terms.ends.last_day < held.starts.first_day:
        raise Refused(f"The end is before the start, {held.starts.label}. Give a later end.")
    _require_existing(terms, before, deed.effective)
    return _change(held, AgreementAction.VARY, before, terms, deed, by=by)


@transaction.atomic
def agreement_extend(
    *, agreement: Agreement, ends: PartialDate | None, deed: Deed, by: User
) -> AgreementEvent:
    """Let an agreement run until a later end, or without end where `ends` is None."""
    held, before = _hold(agreement, deed, by=by)
    if before.is_open_ended:
        raise Refused("The agreement has no end, so it cannot be extended. Vary it instead.")
    if ends and before.ends and ends.last_day <= before.ends.last_day:
        raise Refused(f"The agreement ends {before.ends.label}. Give a later end than that.")
    after = replace(before, ends=ends, is_open_ended=ends is None)
    return _change(held, AgreementAction.EXTEND, before, after, deed, by=by)


@transaction.atomic
def agreement_end(*, agreement: Agreement, last_day: date, deed: Deed, by: User) -> AgreementEvent:
    """End an agreement before its term; `last_day` is the last on which it runs."""
    held, before = _hold(agreement, deed, by=by)
    after = _ended(held, before, last_day)
    return _change(held, AgreementAction.END, before, after, deed, by=by)


@transaction.atomic
def agreement_supersede(
    *, agreement: Agreement, successor: Agreement, deed: Deed, by: User
) -> AgreementEvent:
    """Let another agreement take the place of this one, which ends on the day before."""
    held, before = _hold(agreement, deed, by=by)
    if successor.pk == held.pk:
        raise Refused("An agreement does not supersede itself. Choose another one.")
    if _leads_to(successor, held):
        raise Refused(f"{successor} is superseded by this agreement. Choose another one.")
    after = _ended(held, before, deed.effective - timedelta(days=1))
    return _change(held, AgreementAction.SUPERSEDE, before, after, deed, by=by, successor=successor)


@transaction.atomic
def agreement_event_withdraw(*, event: AgreementEvent, reason: str, by: User) -> AgreementEvent:
    """Take back the latest event of an agreement, which was entered wrongly.

    Raises `Refused` where a later one stands, or where its terms were changed since.
    """
    held = _held(event.agreement, by=by)
    latest = _latest(held)
    if latest is None or latest.pk != event.pk:
        raise Refused("Only the latest event of an agreement is taken back. Take back that first.")
    now = terms_now(held)
    if now != event.terms_after:
        raise Refused(
            "The terms were changed by hand after this event, and would be lost. Change the "
            "agreement itself instead."
        )
    deed = Deed(event.effective, reason)
    action = AgreementAction.WITHDRAW
    return _change(held, action, now, event.terms_before, deed, by=by, withdraws=event)


def terms_now(agreement: Agreement) -> Terms:
    """The terms that the rows of an agreement state: those after its latest event."""
    values = agreement.values.filter(
        measure=ValueMeasure.POOLED_FUND, organisation=None, amount__isnull=False
    )
    return Terms(
        ends=agreement.ends or None,
        is_open_ended=agreement.is_open_ended,
        arrangement=agreement.arrangement,
        parties=tuple(sorted(agreement.parties.values_list("key", flat=True))),
        pooled={
            value.financial_year: value.amount
            for value in values
            if isinstance(value.financial_year, FinancialYear) and value.amount is not None
        },
    )


def _hold(agreement: Agreement, deed: Deed, *, by: User) -> tuple[Agreement, Terms]:
    """The agreement, locked, and its terms; raises `Refused` where nothing may happen then."""
    held = _held(agreement, by=by)
    now = terms_now(held)
    if deed.seen is not None and deed.seen != now:
        raise TermsChanged(
            "Somebody changed the terms after you had opened the page, so nothing was saved. Look "
            "at what is agreed now."
        )
    latest = _latest(held)
    if latest and deed.effective < latest.effective:
        raise Refused(
            f"Its terms changed already from {date_in_words(latest.effective)}. Give that day or a "
            "later one, or take that event back first."
        )
    if held.starts and deed.effective < held.starts.first_day:
        raise Refused(f"The agreement starts {held.starts.label}. Give a day from then on.")
    return held, now


def _held(agreement: Agreement, *, by: User) -> Agreement:
    held = Agreement.objects.select_for_update().order_by().filter(pk=agreement.pk).first()
    if held is None:
        raise Refused(f"{agreement} was removed, so nothing of it can be changed.")
    if not agreements_editable_by(by).filter(pk=held.pk).exists():
        raise NotAllowed(
            f"You may not change {held}: only editors of its boards may, and while the plan that "
            "carries it is a draft."
        )
    return held


def _latest(agreement: Agreement) -> AgreementEvent | None:
    return events_that_stand(agreement.events.all()).order_by("-effective", "-pk").first()


def _require_existing(terms: Terms, before: Terms, effective: date) -> None:
    """Raise `Refused` where a party joins that did not exist while the new terms apply."""
    joining = set(terms.parties) - set(before.parties)
    if joining:
        when = Lifetime(effective, terms.ends.last_day if terms.ends else None)
        words = f"the new terms, which apply from {date_in_words(effective)}"
        bodies = Organisation.objects.filter(key__in=joining)
        if refused := bodies_refused(bodies, when, words):
            raise Refused(refused)


def _ended(agreement: Agreement, before: Terms, last_day: date) -> Terms:
    if agreement.starts and last_day < agreement.starts.first_day:
        raise Refused(f"The agreement starts {agreement.starts.label}. Give a last day after that.")
    if before.ends and last_day > before.ends.last_day:
        raise Refused(
            f"The agreement ends {before.ends.label} already. Give an earlier day, or extend it."
        )
    ends = PartialDate(last_day.year, last_day.month, last_day.day)
    return replace(before, ends=ends, is_open_ended=False)


def _leads_to(successor: Agreement, agreement: Agreement) -> bool:
    """Whether an agreement is the other one, or was superseded by it, if in several steps."""
    seen: set[int] = set()
    waiting = [successor.pk]
    while waiting:
        number = waiting.pop()
        if number == agreement.pk:
            return True
        if number not in seen:
            seen.add(number)
            events = AgreementEvent.objects.filter(agreement=number, successor__isnull=False)
            waiting += events_that_stand(events).values_list("successor", flat=True)
    return False


def _change(
    held: Agreement,
    action: AgreementAction,
    before: Terms,
    after: Terms,
    deed: Deed,
    *,
    by: User,
    successor: Agreement | None = None,
    withdraws: AgreementEvent | None = None,
) -> AgreementEvent:
    with because(TERMS_CHANGED, by=by):
        _apply(held, before, after)
    return AgreementEvent.objects.create(
        agreement=held,
        action=action,
        effective=deed.effective,
        deed_date=deed.dated,
        reason=deed.reason,
        successor=successor,
        before=before.to_store(),
        after=after.to_store(),
        withdraws=withdraws,
        actor=by,
        actor_name=str(by),
    )


def _apply(agreement: Agreement, before: Terms, after: Terms) -> None:
    agreement.ends = after.ends or ""
    agreement.is_open_ended = after.is_open_ended
    agreement.arrangement = after.arrangement
    if after.parties != before.parties:
        agreement.parties.set(Organisation.objects.filter(key__in=after.parties))
    agreement.save()
    _apply_pooled(agreement, before.pooled, after.pooled)


def _apply_pooled(
    agreement: Agreement,
    before: Mapping[FinancialYear, Decimal],
    after: Mapping[FinancialYear, Decimal],
) -> None:
    rows = agreement.values.filter(measure=ValueMeasure.POOLED_FUND, organisation=None)
    for year in before.keys() | after.keys():
        if before.get(year) == after.get(year):
            continue
        found = rows.filter(financial_year=year).first()
        if year not in after:
            if found:
                found.delete()
            continue
        row = found or AgreementValue(
            agreement=agreement, financial_year=year, measure=ValueMeasure.POOLED_FUND
        )
        row.amount = after[year]
        row.save()
