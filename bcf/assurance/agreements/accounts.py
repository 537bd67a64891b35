"""The memorandum account of a pooled fund: what came in, what was spent, and what is left.

A pooled fund is no body of its own; each partner accounts for its part, and the account beside
the agreement shows all of them together. Source: CIPFA's guidance on pooled budgets, as told in
the domain notes; regulation 7(4) of SI 2000/617 asks the host for income and expenditure.

An amount of a year is what the agreement states for it; where it states none, the outturns of its
four quarters added. Missing is not nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bcf.assurance.agreements.sums import of_all_parties, of_party
from bcf.assurance.agreements.values import Actual, Agreement
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.worked import POUNDS, Figure, added, less, stated
from bcf.money import ZERO
from bcf.periods import FinancialYear
from governance.choices import ValueMeasure

CONTRIBUTION, SPEND = ValueMeasure.CONTRIBUTION, ValueMeasure.SPEND
QUARTERS = 4
RESULT, CARRIED = ValueMeasure.SURPLUS_OR_DEFICIT, ValueMeasure.CARRIED_FORWARD


@dataclass(frozen=True)
class PartyAccount:
    """What one party paid in and spent in a year, in pounds."""

    party: Choice
    contributed: Figure | None
    spent: Figure | None

    @property
    def left(self) -> Figure | None:
        """What it paid in less what it spent; None where one of them is not stated."""
        if self.contributed is None or self.spent is None:
            return None
        return less(self.contributed, self.spent)


@dataclass(frozen=True)
class Account:
    """The account of an agreement in a year, in pounds.

    `stated` is the surplus or deficit as the agreement states it, `worked` as it follows from
    what came in and what was spent; a deficit is below nought.
    """

    year: FinancialYear
    parties: tuple[PartyAccount, ...]
    brought_forward: Figure | None
    contributed: Figure | None
    spent: Figure | None
    stated: Figure | None
    carried_forward: Figure | None

    @property
    def came_in(self) -> Figure | None:
        """What was paid in with what was brought forward; None where nothing paid in is stated."""
        if self.contributed is None:
            return None
        return added([self.contributed, *([self.brought_forward] if self.brought_forward else [])])

    @property
    def worked(self) -> Figure | None:
        """What came in less what was spent; None where one of them is not stated."""
        came = self.came_in
        return less(came, self.spent) if came and self.spent else None

    @property
    def result(self) -> Figure | None:
        """The surplus or deficit: as stated, else as it follows."""
        return self.stated or self.worked

    @property
    def agrees(self) -> bool | None:
        """Whether the stated result is the one that follows; None where one is missing."""
        if self.stated is None or self.worked is None:
            return None
        return self.stated.agrees(self.worked)

    @property
    def funding(self) -> Figure | None:
        """The money that there was: paid in, or else implied by what was spent and left."""
        if self.contributed:
            return self.contributed
        return added([self.spent, self.stated]) if self.spent and self.stated else None

    @property
    def is_funding_implied(self) -> bool:
        """Whether the funding is not stated but follows from spend and result."""
        return self.contributed is None and self.funding is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known of the year."""
        return not any((self.contributed, self.spent, self.stated, self.carried_forward))


def years_with_account(agreement: Agreement) -> tuple[FinancialYear, ...]:
    """The years of which an account can say something, in order."""
    measures = (CONTRIBUTION, SPEND, RESULT, CARRIED)
    found = {value.year for value in agreement.values if value.measure in measures}
    found |= {actual.quarter.year for actual in agreement.actuals}
    return tuple(sorted(year for year in found if isinstance(year, FinancialYear)))


def account_of(agreement: Agreement, year: FinancialYear) -> Account:
    """The account of a year, by party and in all."""
    before = FinancialYear(year.first - 1)
    return Account(
        year=year,
        parties=tuple(
            PartyAccount(
                party,
                _of_party(agreement, CONTRIBUTION, year, party),
                _of_party(agreement, SPEND, year, party),
            )
            for party in accounted_parties(agreement)
        ),
        brought_forward=of_all_parties(agreement, CARRIED, before),
        contributed=_of_all(agreement, CONTRIBUTION, year),
        spent=_of_all(agreement, SPEND, year),
        stated=of_all_parties(agreement, RESULT, year),
        carried_forward=of_all_parties(agreement, CARRIED, year),
    )


def accounted_parties(agreement: Agreement) -> tuple[Choice, ...]:
    """Its parties, and who else has an amount of it, each once, by name."""
    named = {each.party for each in agreement.values} | {each.party for each in agreement.actuals}
    found = {*agreement.parties, *named} - {NOT_STATED}
    return tuple(sorted(found, key=lambda each: (each.label, each.key)))


def _of_party(
    agreement: Agreement, measure: str, year: FinancialYear, party: Choice
) -> Figure | None:
    of_year = of_party(agreement, measure, year, party.key)
    return of_year or outturn_of_year(quarters_of(agreement, measure, year, party.key))


def _of_all(agreement: Agreement, measure: str, year: FinancialYear) -> Figure | None:
    of_year = of_all_parties(agreement, measure, year)
    if of_year:
        return of_year
    together = outturn_of_year(quarters_of(agreement, measure, year, ""))
    if together:
        return together
    each = [
        outturn_of_year(quarters_of(agreement, measure, year, party.key))
        for party in accounted_parties(agreement)
    ]
    return added(figure for figure in each if figure) if all(each) else None


def quarters_of(
    agreement: Agreement, measure: str, year: FinancialYear, party: str
) -> list[Actual]:
    return [
        each
        for each in agreement.actuals
        if each.quarter.year == year and each.measure == measure and each.party.key == party
    ]


def outturn_of_year(rows: Iterable[Actual]) -> Figure | None:
    """The outturns of all four quarters added; None until each is stated."""
    known = {row.quarter.number: row for row in rows if row.outturn is not None}
    if len(known) < QUARTERS:
        return None
    return added(_outturn(known[number]) for number in sorted(known))


def _outturn(row: Actual) -> Figure:
    return stated(row.outturn or ZERO, unit=POUNDS, row=row.row)
