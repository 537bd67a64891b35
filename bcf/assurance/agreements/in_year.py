"""A pooled fund in the course of a year: this quarter, to date, and what is expected of the year.

In pounds. What is to date is known only where each quarter until then is; missing is not nought.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.assurance.agreements.accounts import (
    CONTRIBUTION,
    SPEND,
    accounted_parties,
    quarters_of,
)
from bcf.assurance.agreements.sums import of_all_parties, of_party
from bcf.assurance.agreements.values import Actual, Agreement
from bcf.assurance.figures import Choice
from bcf.money import total
from bcf.periods import FinancialYear, Quarter
from governance.choices import ValueMeasure

EVERYBODY = Choice("", "All parties")
MEASURES = (CONTRIBUTION, SPEND)


@dataclass(frozen=True)
class SoFar:
    """What a party paid in or spent up to a quarter, beside the year's budget and forecast."""

    party: Choice
    measure: str
    budget: Decimal | None
    in_quarter: Decimal | None
    to_date: Decimal | None
    forecast: Decimal | None
    note: str

    @property
    def variance(self) -> Decimal | None:
        """The forecast less the budget; below nought where less is expected than was agreed."""
        if self.forecast is None or self.budget is None:
            return None
        return self.forecast - self.budget


@dataclass(frozen=True)
class InYear:
    """Contributions or spend of an agreement up to a quarter: of each party, and of all."""

    measure: str
    rows: tuple[SoFar, ...]
    whole: SoFar

    @property
    def has_parties(self) -> bool:
        """Whether it is told party by party."""
        return bool(self.rows)


def in_year(agreement: Agreement, quarter: Quarter) -> list[InYear]:
    """What is told of contributions and of spend up to a quarter, with their totals."""
    found = so_far(agreement, quarter)
    return [
        _with_whole(agreement, quarter, [row for row in found if row.measure == measure])
        for measure in MEASURES
        if any(row.measure == measure for row in found)
    ]


def _with_whole(agreement: Agreement, quarter: Quarter, found: Sequence[SoFar]) -> InYear:
    """The rows of parties with what is told of all together, or else with theirs added.

    A party that has told nothing leaves the whole unknown.
    """
    own = tuple(row for row in found if row.party.key)
    whole = next((row for row in found if not row.party.key), None)
    if whole is None:
        silent = [None] * (len(accounted_parties(agreement)) - len(own))
        whole = SoFar(
            party=EVERYBODY,
            measure=own[0].measure,
            budget=_budget(agreement, quarter.year, EVERYBODY),
            in_quarter=_whole([*(row.in_quarter for row in own), *silent]),
            to_date=_whole([*(row.to_date for row in own), *silent]),
            forecast=_whole([*(row.forecast for row in own), *silent]),
            note="",
        )
    return InYear(found[0].measure, own, whole)


def _whole(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The amounts added; None where one of them is not known."""
    every = list(amounts)
    return None if None in every else total(every)


def expected(found: Iterable[InYear]) -> Decimal | None:
    """The surplus that is expected of the year, a deficit below nought; None where unknown."""
    forecasts = {each.measure: each.whole.forecast for each in found}
    came, spent = forecasts.get(CONTRIBUTION), forecasts.get(SPEND)
    return None if came is None or spent is None else came - spent


def so_far(agreement: Agreement, quarter: Quarter) -> list[SoFar]:
    """Contributions and spend up to a quarter, of each party and of all where they are stated so.

    The budget of both is the contribution agreed for the year; without one, the pooled fund. What
    is to date is known only where each quarter until then is.
    """
    found = []
    for measure in (CONTRIBUTION, SPEND):
        for party in (*accounted_parties(agreement), EVERYBODY):
            rows = quarters_of(agreement, measure, quarter.year, party.key)
            known = {
                row.quarter.number: row for row in rows if row.quarter.number <= quarter.number
            }
            if known:
                found.append(_so_far(agreement, quarter, measure, party, known))
    return found


def _so_far(
    agreement: Agreement, quarter: Quarter, measure: str, party: Choice, known: Mapping[int, Actual]
) -> SoFar:
    now = known.get(quarter.number)
    outturns = [known[number].outturn for number in sorted(known)]
    is_whole = len(known) == quarter.number and None not in outturns
    forecasts = [row.forecast for _, row in sorted(known.items()) if row.forecast is not None]
    return SoFar(
        party=party,
        measure=measure,
        budget=_budget(agreement, quarter.year, party),
        in_quarter=now.outturn if now else None,
        to_date=total(outturns) if is_whole else None,
        forecast=forecasts[-1] if forecasts else None,
        note=now.note if now else "",
    )


def _budget(agreement: Agreement, year: FinancialYear, party: Choice) -> Decimal | None:
    if party.key:
        figure = of_party(agreement, CONTRIBUTION, year, party.key)
    else:
        figure = of_all_parties(agreement, CONTRIBUTION, year) or of_all_parties(
            agreement, ValueMeasure.POOLED_FUND, year
        )
    return figure.rounded(2) if figure else None
