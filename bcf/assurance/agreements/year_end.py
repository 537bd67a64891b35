"""Agreements as they stood at the end of a financial year: which ran, and on what terms."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bcf.assurance.agreements.accounts import account_of, years_with_account
from bcf.assurance.agreements.values import AgreedValue, Agreement, Agreements, Happened
from bcf.assurance.figures import Choice
from bcf.periods import FinancialYear
from governance.choices import ValueMeasure
from governance.rules import Terms, terms_on


def years_told(agreements: Agreements) -> tuple[FinancialYear, ...]:
    """The years of which an amount or an account of these agreements is stated, in order."""
    found = {year for each in agreements.rows for year in years_with_account(each)}
    found |= {
        value.year
        for each in agreements.rows
        for value in each.values
        if isinstance(value.year, FinancialYear) and value.amount is not None
    }
    return tuple(sorted(found))


def at_year_end(agreements: Agreements, year: FinancialYear) -> Agreements:
    """The section 75 agreements that ran in a year, each on its terms of the year's last day.

    One whose dates do not tell whether it ran is among them, and one that states what was spent in
    the year, whatever its dates say.
    """
    names = _names(agreements.rows)
    ran = [
        as_agreed_on(each, year.ends_on, names)
        for each in agreements.rows
        if each.is_section_75 and (each.runs_within(year) or _has_spent(each, year))
    ]
    return Agreements(tuple(ran), agreements.programmes)


def _has_spent(agreement: Agreement, year: FinancialYear) -> bool:
    account = account_of(agreement, year)
    return account.spent is not None or account.stated is not None


def as_agreed_on(agreement: Agreement, day: date, names: Mapping[str, Choice]) -> Agreement:
    """The agreement with the terms of a day in place of those now; `names` are of parties."""
    terms = terms_on(day, agreement.terms, agreement.events)
    if terms == agreement.terms:
        return agreement
    return replace(
        agreement,
        ends=terms.ends,
        is_open_ended=terms.is_open_ended,
        arrangement=terms.arrangement,
        parties=tuple(names.get(key, Choice(key, key)) for key in terms.parties),
        values=tuple(_as_agreed(value, terms) for value in agreement.values),
    )


def _as_agreed(value: AgreedValue, terms: Terms) -> AgreedValue:
    """A pooled fund as it was agreed then; it is no longer what a document prints."""
    if value.measure != ValueMeasure.POOLED_FUND or value.party.key:
        return value
    agreed = terms.pooled.get(value.year) if isinstance(value.year, FinancialYear) else None
    if agreed is None or agreed == value.amount:
        return value
    return replace(
        value,
        amount=agreed,
        step=None,
        printed=None,
        is_put_right=False,
        as_printed="",
        ground="",
    )


def later_events(agreement: Agreement, year: FinancialYear) -> list[Happened]:
    """What happened to it within a year after the end of a year, in order."""
    until = year.next().ends_on
    found = [each for each in agreement.events if year.ends_on < each.effective <= until]
    return sorted(found, key=lambda each: each.effective)


def _names(agreements: Iterable[Agreement]) -> dict[str, Choice]:
    """The organisations that agreements name, by their keys."""
    found = [
        organisation
        for each in agreements
        for organisation in (
            each.host,
            *each.parties,
            *(value.party for value in each.values),
            *(provider.organisation for provider in each.providers),
        )
    ]
    return {each.key: each for each in found if each.key}
