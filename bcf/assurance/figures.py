"""A plan's figures as plain values, which totals, checks and documents are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bcf.base.published import Citation
from bcf.periods import FinancialYear, Period

STATED_POOL = "stated-pool"


@dataclass(frozen=True)
class Choice:
    """A key and its words in the cycle; an empty key is not stated."""

    key: str
    label: str


NOT_STATED = Choice("", "Not stated")


@dataclass(frozen=True)
class Contribution:
    """What one organisation pays in for a year, in pounds; None where the amount is not stated."""

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


@dataclass(frozen=True)
class SpendLine:
    """Money spent in a year, in pounds; it counts when in the pool and breaking down no other."""

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

    @property
    def counts(self) -> bool:
        return self.in_pool and not self.breaks_down


@dataclass(frozen=True)
class Requirement:
    """A published minimum for a year and the plan's own statement of it, in pounds."""

    plan: str
    year: Period
    rule: Choice
    is_total_pool: bool
    minimum: Decimal | None
    actual: Decimal | None
    rounded_to: Decimal
    citation: Citation | None
    ref: str = ""


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

    def everything(self) -> Iterator["PlanFigures"]:
        """The plan itself and then its parts."""
        yield self
        yield from self.parts

    @property
    def all_contributions(self) -> list[Contribution]:
        return [row for plan in self.everything() for row in plan.contributions]

    @property
    def all_spend_lines(self) -> list[SpendLine]:
        return [row for plan in self.everything() for row in plan.spend_lines]

    @property
    def all_requirements(self) -> list[Requirement]:
        return [row for plan in self.everything() for row in plan.requirements]
