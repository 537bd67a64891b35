"""What agreements come to: money by party and year, pooled funds, terms and who provides."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from bcf.assurance.agreements.values import AgreedValue, Agreement, Agreements, Provider, values_of
from bcf.base.spans import Span
from bcf.base.worked import POUNDS, Figure, added, growth, less, stated
from bcf.periods import PartialDate, Period, months_after
from governance.choices import ProviderStatus, ValueMeasure

MONTHS = "months"


def by_parties(agreement: Agreement, measure: str, year: Period) -> Figure | None:
    """What the parties' own amounts of a year add to, whatever total is printed beside them."""
    return _added(values_of([agreement], measure, year, of_parties=True))


def of_party(agreement: Agreement, measure: str, year: Period, party: str) -> Figure | None:
    """One party's amount of a year, by the party's key."""
    found = values_of([agreement], measure, year, of_parties=True)
    return _added(value for value in found if value.party.key == party)


def of_all_parties(agreement: Agreement, measure: str, year: Period) -> Figure | None:
    """The amount stated for all parties together, or else theirs added."""
    return _added(values_of([agreement], measure, year)) or by_parties(agreement, measure, year)


def years_of(agreement: Agreement, measure: str) -> list[Period]:
    """The years for which it states a measure, in order."""
    return sorted({value.year for value in agreement.values if value.measure == measure})


def rise(now: Figure | None, before: Figure | None) -> Figure | None:
    """By how much an amount rose from one year to another; below nought where it fell."""
    return less(now, before) if now and before else None


def rise_percent(now: Figure | None, before: Figure | None) -> Figure | None:
    """By how much an amount rose, in per cent of what it was."""
    return growth(now, before) if now and before else None


def implied_funding(agreement: Agreement, year: Period) -> Figure | None:
    """The money that there was for what was spent: spend less the deficit, or with the surplus."""
    spend = of_all_parties(agreement, ValueMeasure.SPEND, year)
    left = of_all_parties(agreement, ValueMeasure.SURPLUS_OR_DEFICIT, year)
    return added([spend, left]) if spend and left else None


def pooled_funds(agreements: Agreements, year: Period) -> Figure | None:
    """The pooled funds of a year, or of no stated one, added in pounds with their units put right.

    Where a document prints £1,500 and means thousands, £1,500,000 are added. Of an agreement that
    states no fund of all parties together, theirs are added.
    """
    found = (of_all_parties(row, ValueMeasure.POOLED_FUND, year) for row in agreements.rows)
    return added(figure for figure in found if figure)


def pooled_as_printed(agreements: Agreements, year: Period) -> Figure | None:
    """The printed figures added blindly, as if all were pounds: shown only beside a warning.

    What `put_right` names is why it means nothing.
    """
    found = values_of(agreements.rows, ValueMeasure.POOLED_FUND, year)
    return added(
        stated(value.printed, unit=POUNDS, row=value.row)
        for value in found
        if value.printed is not None
    )


def put_right(agreements: Agreements, year: Period) -> list[AgreedValue]:
    """The pooled funds of a year whose printed unit is not the one that is meant."""
    found = values_of(agreements.rows, ValueMeasure.POOLED_FUND, year)
    return [value for value in found if value.is_put_right]


def months_long(agreement: Agreement) -> Figure | None:
    """From its first month to its last, both included; None where either is not known."""
    first, last = agreement.starts, agreement.ends
    if not first or not last or first.month is None or last.month is None:
        return None
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    how = f"{first.label} to {last.label}"
    return Figure(Fraction(months), Span.exactly(months), MONTHS, how, (agreement.row,))


def ending_within(agreements: Agreements, day: date, months: int = 12) -> list[Agreement]:
    """Those that end from a day on, within so many months of it; of the same day months later too.

    An end without its day is the last day of its month, or of its year.
    """
    return [each for each in agreements.rows if each.ends and ends_within(each.ends, day, months)]


def ends_within(ends: PartialDate, day: date, months: int = 12) -> bool:
    """Whether an end is from a day on, within so many months of it."""
    return day <= ends.last_day <= months_after(day, months)


def current_services(agreement: Agreement) -> list[tuple[Provider, ...]]:
    """Its current providers, with those together that run one service with each other.

    Two do where the service of one names the other (“advice, run with Age Concern”).
    """
    groups: list[tuple[Provider, ...]] = []
    for provider in agreement.providers:
        if provider.status == ProviderStatus.ENDED:
            continue
        partners = [each for each in groups if any(_run_together(provider, one) for one in each)]
        together = (*(one for group in partners for one in group), provider)
        groups = [each for each in groups if each not in partners] + [together]
    return groups


def _run_together(one: Provider, other: Provider) -> bool:
    return one.organisation.label in other.service or other.organisation.label in one.service


def _added(values: Iterable[AgreedValue]) -> Figure | None:
    return added(figure for value in values if (figure := value.figure))
