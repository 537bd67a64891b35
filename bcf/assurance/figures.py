"""A plan's figures as plain values, which totals, checks and documents are made from.

Rows are tuples with names, because a plan has hundreds and these are made, hashed and compared
in a fraction of the time of dataclasses. A row's figure is made when it is first asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from bcf.base.published import Citation
from bcf.base.worked import POUNDS, Figure, RowRef, stated
from bcf.money import PENNY
from bcf.periods import FinancialYear, Period
from plans.cycle_definitions import EVERY_LINE, LinesCounted

STATED_POOL = "stated-pool"


class Choice(NamedTuple):
    """A key and its words in the cycle; an empty key is not stated."""

    key: str
    label: str


NOT_STATED = Choice("", "Not stated")


def _pounds(amount: Decimal | None, rounded_to: Decimal, row: RowRef) -> Figure | None:
    """An amount as a figure; one that is given to the penny is exact."""
    if amount is None:
        return None
    return stated(amount, rounded_to if rounded_to > PENNY else None, POUNDS, row)


class _Contribution(NamedTuple):
    plan: str
    year: Period
    source: Choice
    sub_source: Choice
    contributor: Choice
    amount: Decimal | None
    rounded_to: Decimal
    citation: Citation | None
    is_changed: bool = False
    ref: str = ""


class Contribution(_Contribution):
    """What one organisation pays in for a year, in pounds; None where the amount is not stated."""

    @cached_property
    def figure(self) -> Figure | None:
        row = RowRef("plans.contribution", self.plan, self.ref, self.source.label)
        return _pounds(self.amount, self.rounded_to, row)


class _SpendLine(NamedTuple):
    plan: str
    ref: str
    year: Period
    description: str
    source: Choice
    theme: Choice
    scheme: Choice
    area: Choice
    provider: Choice
    amount: Decimal | None
    in_pool: bool
    breaks_down: str
    rounded_to: Decimal
    citation: Citation | None
    is_changed: bool = False
    scheme_type: Choice = NOT_STATED
    sub_type: Choice = NOT_STATED
    type_specified: str = ""
    area_specified: str = ""
    commissioner: Choice = NOT_STATED
    nhs_percent: Decimal | None = None
    la_percent: Decimal | None = None
    provider_type: Choice = NOT_STATED
    planned_output: str = ""
    output_unit: str = ""
    primary_objective: Choice = NOT_STATED
    new_or_existing: str = ""
    comment: str = ""


class SpendLine(_SpendLine):
    """Money spent in a year, in pounds; it counts when in the pool and breaking down no other."""

    @property
    def counts(self) -> bool:
        return self.in_pool and not self.breaks_down

    @cached_property
    def figure(self) -> Figure | None:
        row = RowRef("schemes.spendline", self.plan, self.ref, self.description)
        return _pounds(self.amount, self.rounded_to, row)


class _Requirement(NamedTuple):
    plan: str
    year: Period
    rule: Choice
    is_total_pool: bool
    minimum: Decimal | None
    actual: Decimal | None
    rounded_to: Decimal
    citation: Citation | None
    ref: str = ""
    counts: LinesCounted = EVERY_LINE


class Requirement(_Requirement):
    """A published minimum for a year and the plan's own statement of it, in pounds.

    `counts` says which spend lines are held against it.
    """

    @property
    def row(self) -> RowRef:
        return RowRef("plans.requirement", self.plan, self.ref, self.rule.label)

    @cached_property
    def minimum_figure(self) -> Figure | None:
        return _pounds(self.minimum, self.rounded_to, self.row)

    @cached_property
    def actual_figure(self) -> Figure | None:
        return _pounds(self.actual, self.rounded_to, self.row)


@dataclass(frozen=True)
class Printed:
    """A figure that a document prints beside the rows that should give it.

    It is about one plan, and about all of what the other dimensions leave blank: a figure with a
    theme and no line is the theme's total. `source` may be a group or a total of the cycle.
    """

    plan: str
    measure: str
    year: Period
    figure: Figure
    table: str = ""
    place: str = ""
    theme: str = ""
    line: str = ""
    scheme: str = ""
    source: str = ""
    sub_source: str = ""
    organisation: str = ""
    metric: str = ""
    site: str = ""


@dataclass(frozen=True)
class PlanFigures:
    """All the money of a plan and, where it is a joint plan, of its parts."""

    slug: str
    title: str
    area: str
    years: tuple[FinancialYear, ...]
    contributions: tuple[Contribution, ...]
    spend_lines: tuple[SpendLine, ...]
    requirements: tuple[Requirement, ...]
    parts: tuple["PlanFigures", ...] = ()
    printed: tuple[Printed, ...] = ()

    def everything(self) -> Iterator["PlanFigures"]:
        """The plan itself and then its parts."""
        yield self
        yield from self.parts

    def of_year(self, year: FinancialYear) -> "PlanFigures":
        """What is stated for one year alone."""
        return replace(
            self,
            years=(year,),
            contributions=tuple(row for row in self.contributions if row.year == year),
            spend_lines=tuple(row for row in self.spend_lines if row.year == year),
            requirements=tuple(row for row in self.requirements if row.year == year),
            printed=tuple(row for row in self.printed if row.year == year),
            parts=tuple(part.of_year(year) for part in self.parts),
        )

    @cached_property
    def all_contributions(self) -> list[Contribution]:
        return [row for plan in self.everything() for row in plan.contributions]

    @cached_property
    def all_spend_lines(self) -> list[SpendLine]:
        return [row for plan in self.everything() for row in plan.spend_lines]

    @cached_property
    def all_printed(self) -> list[Printed]:
        return [row for plan in self.everything() for row in plan.printed]

    @cached_property
    def all_requirements(self) -> list[Requirement]:
        return [row for plan in self.everything() for row in plan.requirements]
