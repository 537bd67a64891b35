"""What an agreement carries: spend lines of a plan, and its pooled fund beside the plan's pool."""

from collections.abc import Collection
from dataclasses import dataclass

from bcf.assurance.agreements.sums import of_all_parties, years_of
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import PlanFigures, SpendLine
from bcf.assurance.totals import Verdict, counting, income_rows
from bcf.base.worked import POUNDS, Figure, added, less, stated
from bcf.money import PENNY
from bcf.periods import FinancialYear, Period
from governance.choices import ValueMeasure

# A scheme by the plan that it is of, and its ref there.
SchemeName = tuple[str, str]


@dataclass(frozen=True)
class PoolHeld:
    """An agreement's pooled fund of a year beside the pool of the plan, in pounds."""

    year: Period
    agreed: Figure | None
    planned: Figure | None

    @property
    def difference(self) -> Figure | None:
        """The agreement's less the plan's; None where one of them is not stated."""
        return less(self.agreed, self.planned) if self.agreed and self.planned else None

    @property
    def verdict(self) -> Verdict:
        """Whether the two are equal, or rounding explains what lies between them."""
        if self.agreed is None or self.planned is None:
            return Verdict.NOT_STATED
        if self.agreed.value == self.planned.value:
            return Verdict.BALANCED
        is_explained = self.agreed.agrees(self.planned)
        return Verdict.WITHIN_ROUNDING if is_explained else Verdict.DIFFERS


def lines_carried(money: PlanFigures, schemes: Collection[SchemeName]) -> list[SpendLine]:
    """The spend lines that count, of these schemes; without any, of the plan’s whole pool."""
    lines = counting(money.all_spend_lines)
    return [line for line in lines if not schemes or (line.plan, line.scheme.key) in schemes]


def pools_held(agreement: Agreement, money: PlanFigures) -> tuple[PoolHeld, ...]:
    """The pools of each year of the plan, and of each for which the agreement states its own."""
    agreed = years_of(agreement, ValueMeasure.POOLED_FUND)
    others = [year for year in agreed if isinstance(year, FinancialYear)]
    return tuple(
        PoolHeld(
            year,
            of_all_parties(agreement, ValueMeasure.POOLED_FUND, year),
            income_of(money, year),
        )
        for year in sorted({*money.years, *others})
    )


def income_of(money: PlanFigures, year: Period, slug: str = "") -> Figure | None:
    """The income of a year: of one plan's own rows, or of the plan and all its parts."""
    return added(
        stated(row.amount, row.rounded_to if row.rounded_to > PENNY else None, POUNDS)
        for row in income_rows(money)
        if row.year == year and slug in ("", row.plan) and row.amount is not None
    )
