"""What schemes should change and what that saves: benefits as plain values, and their sums.

A reduction is a negative `change`; as a figure it is said above nought (`20 admissions`). Money is
in pounds. A benefit of several schemes or metrics counts once in any sum, and under all of them
together where sums are told apart.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import QuerySet

from bcf.assurance.figures import Choice
from bcf.base.worked import POUNDS, Figure, RowRef, added, less, negative, percent_of, stated, times
from bcf.periods import FinancialYear, Month, Period, parse_period
from metrics.rules import whole_sum
from plans.models import Plan
from schemes import models
from schemes.rules import saving_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class MonthOfBenefit:
    """A benefit in one month, in the benefit's unit."""

    month: Period
    planned: Decimal | None
    actual: Decimal | None
    forecast: Decimal | None
    row: RowRef

    @property
    def outturn(self) -> Decimal | None:
        """What came of it, or else what is forecast."""
        return self.forecast if self.actual is None else self.actual


@dataclass(frozen=True)
class Benefit:
    """A change in metrics that schemes should bring about, and what it saves, in pounds.

    `saving` is what the plan states, rounded to `step`; `price_basis` says whether the unit price
    is printed or derived.
    """

    year: Period
    schemes: tuple[Choice, ...]
    metrics: tuple[Choice, ...]
    beneficiary: str
    change: Decimal | None
    unit: str
    unit_price: Decimal | None
    price_basis: str
    saving: Decimal | None
    step: Decimal | None
    row: RowRef
    months: tuple[MonthOfBenefit, ...] = ()

    @cached_property
    def reduction(self) -> Figure | None:
        """By how much it should go down, in its unit."""
        if self.change is None:
            return None
        return negative(stated(self.change, unit=self.unit, row=self.row))

    @cached_property
    def price(self) -> Figure | None:
        """The unit price."""
        if self.unit_price is None:
            return None
        return stated(self.unit_price, unit=POUNDS, row=self.row)

    @cached_property
    def worth(self) -> Figure | None:
        """What the reduction is worth at its unit price: `20 admissions × £1,500`."""
        if self.reduction is None or self.price is None:
            return None
        return times(self.reduction, self.price)


@dataclass(frozen=True)
class Benefits:
    """Benefits of a plan, or of some of its schemes, metrics or years."""

    rows: tuple[Benefit, ...]

    def chosen(
        self,
        *,
        scheme: str = "",
        metric: str = "",
        year: Period | None = None,
        beneficiary: str = "",
    ) -> "Benefits":
        """Those of a scheme by its ref, of a metric by its key, of a year, of who benefits."""
        return Benefits(
            tuple(
                row
                for row in self.rows
                if (not scheme or scheme in {each.key for each in row.schemes})
                and (not metric or metric in {each.key for each in row.metrics})
                and (year is None or row.year == year)
                and beneficiary in ("", row.beneficiary)
            )
        )

    def like(self, row: Benefit) -> "Benefits":
        """Those in the same metrics, year and unit as one of them, itself included."""
        same = (row.metrics, row.year, row.unit)
        return Benefits(
            tuple(each for each in self.rows if (each.metrics, each.year, each.unit) == same)
        )

    def by_scheme(self) -> dict[tuple[Choice, ...], "Benefits"]:
        """Those of each scheme, or of several schemes together; none named is the whole plan."""
        return self._grouped(lambda row: row.schemes)

    def by_metric(self) -> dict[tuple[Choice, ...], "Benefits"]:
        """Those in each metric, or in several metrics together."""
        return self._grouped(lambda row: row.metrics)

    def by_year(self) -> dict[Period, "Benefits"]:
        """Those of each year that occurs, in order."""
        years = self._grouped(lambda row: row.year)
        return {year: years[year] for year in sorted(years)}

    def _grouped(self, key: Callable[[Benefit], K]) -> dict[K, "Benefits"]:
        groups: dict[K, list[Benefit]] = {}
        for row in self.rows:
            groups.setdefault(key(row), []).append(row)
        return {each: Benefits(tuple(rows)) for each, rows in groups.items()}


def gather_benefits(plans: Sequence[Plan], *, with_months: bool = True) -> Benefits:
    """The benefits of these plans, in two queries whatever their number; three with months."""
    rows = models.Benefit.objects.filter(plan__in=plans)
    linked = _linked(rows)
    found = (
        rows.select_related("plan")
        .prefetch_related(*(["profile"] if with_months else []))
        .order_by("plan", "financial_year", "pk")
    )
    return Benefits(
        tuple(
            _benefit(row, linked[row.pk], row.profile.all() if with_months else ()) for row in found
        )
    )


def with_months(benefits: Benefits, months: Iterable[Mapping[str, Any]]) -> Benefits:
    """The benefits with their months as they are read together with other rows.

    Each month names its plan (`owner`), its own `ref` and that of its `benefit`, the `month`, and
    `planned`, `actual` and `forecast` in ten-thousandths.
    """
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in months:
        found.setdefault((each["owner"], each["benefit"]), []).append(each)
    return Benefits(
        tuple(
            replace(row, months=_as_read(row, found.get((row.row.owner, row.row.ref), ())))
            for row in benefits.rows
        )
    )


def _as_read(row: Benefit, found: Iterable[Mapping[str, Any]]) -> tuple[MonthOfBenefit, ...]:
    months = [
        _month(
            row.row,
            each["ref"],
            parse_period(each["month"]),
            [None if (n := each[name]) is None else Decimal(n) / 10_000 for name in _AMOUNTS],
        )
        for each in found
    ]
    return tuple(sorted(months, key=lambda each: each.month))


_AMOUNTS = ("planned", "actual", "forecast")


def _month(
    of: RowRef, ref: str, month: Period, amounts: Sequence[Decimal | None]
) -> MonthOfBenefit:
    """A month of a benefit; `amounts` are planned, actual and forecast."""
    row = RowRef("schemes.benefitprofile", of.owner, ref, f"{of.name}, {month.label}")
    planned, actual, forecast = amounts
    return MonthOfBenefit(month, planned, actual, forecast, row)


@dataclass(frozen=True)
class Linked:
    """The schemes and the metrics of a benefit, each once, and the schemes' references."""

    schemes: tuple[Choice, ...]
    metrics: tuple[Choice, ...]
    references: tuple[str, ...]


def _linked(rows: QuerySet[models.Benefit]) -> dict[int, Linked]:
    """What each benefit names, by its key, in one query."""
    names = ("schemes__ref", "schemes__reference", "schemes__name")
    found = rows.order_by(
        "schemes__plan", "schemes__reference", "-metrics__is_national", "metrics__name"
    ).values_list("pk", *names, "metrics__key", "metrics__name")
    schemes: dict[int, dict[Choice, str]] = {}
    metrics: dict[int, dict[Choice, None]] = {}
    for number, ref, reference, scheme, key, metric in found:
        own, named = schemes.setdefault(number, {}), metrics.setdefault(number, {})
        if ref is not None:
            own[Choice(ref, f"{reference} {scheme}")] = reference
        if key is not None:
            named[Choice(key, metric)] = None
    return {
        number: Linked(tuple(own), tuple(metrics[number]), tuple(own.values()))
        for number, own in schemes.items()
    }


def benefit_values(row: models.Benefit) -> Benefit:
    """A benefit as plain values; asks nothing where its plan, schemes and metrics are read."""
    schemes = list(row.schemes.all())
    linked = Linked(
        tuple(Choice(each.ref, str(each)) for each in schemes),
        tuple(Choice(each.key, each.name) for each in row.metrics.all()),
        tuple(each.reference for each in schemes),
    )
    return _benefit(row, linked)


def _benefit(
    row: models.Benefit, linked: Linked, months: Iterable[models.BenefitProfile] = ()
) -> Benefit:
    references = ", ".join(linked.references)
    owner = row.plan.slug
    name = f"{references}: {row}" if references else str(row)
    ref = RowRef("schemes.benefit", owner, row.ref, name)
    return Benefit(
        year=row.financial_year,
        schemes=linked.schemes,
        metrics=linked.metrics,
        beneficiary=row.beneficiary,
        change=row.change,
        unit=row.change_unit,
        unit_price=row.unit_price,
        price_basis=row.price_basis,
        saving=row.saving,
        step=None if row.differs_from_print(row.saving) else row.rounded_to,
        row=ref,
        months=tuple(
            _month(ref, each.ref, each.month, (each.planned, each.actual, each.forecast))
            for each in months
        ),
    )


def saving(row: Benefit) -> Figure | None:
    """The saving as stated, else what the reduction is worth; None where neither is known.

    A stated saving that the reduction explains is said to be made of it.
    """
    amount = saving_of(change=row.change, unit_price=row.unit_price, stated=row.saving)
    if amount is None:
        return None
    made = row.worth
    if row.saving is None and made is not None:
        return replace(made, value=Fraction(amount))
    figure = stated(amount, row.step, POUNDS, row.row)
    return figure.called(made.how) if made and figure.value == made.value else figure


def total_saving(benefits: Benefits) -> Figure | None:
    """The savings added, those not known left out; None where none is known."""
    savings = [(row, each) for row in benefits.rows if (each := saving(row)) is not None]
    known = [row for row, _ in savings]
    figure = added(each for _, each in savings)
    made = total_worth(Benefits(tuple(known)))
    is_made_so = figure and made and figure.value == made.value and all(row.worth for row in known)
    return figure.called(made.how) if figure and made and is_made_so else figure


def total_worth(benefits: Benefits) -> Figure | None:
    """What all reductions with a unit price are worth: those at one price together, then added."""
    priced = Benefits(tuple(row for row in benefits.rows if row.worth is not None))
    groups = priced._grouped(lambda row: (row.unit, row.unit_price))
    return added(each for group in groups.values() if (each := _worth_at_one_price(group)))


def _worth_at_one_price(group: Benefits) -> Figure | None:
    reduced, price = reduction(group), group.rows[0].price
    return times(reduced, price) if reduced and price else None


def reduction(benefits: Benefits) -> Figure | None:
    """The reductions added, in their unit; None where none is stated, or in several units."""
    counted = [row for row in benefits.rows if row.change is not None]
    if len({row.unit for row in counted}) != 1:
        return None
    return added(each for row in counted if (each := row.reduction) is not None)


def share_of_reduction(benefits: Benefits, part: Benefits) -> Figure | None:
    """What a part of these benefits reduces, in per cent of what all of them reduce."""
    own, whole = reduction(part), reduction(benefits)
    return percent_of(own, whole) if own and whole else None


def planned_for_year(row: Benefit, year: FinancialYear) -> Figure | None:
    """The monthly profile of a year added; None where a month is not planned."""
    return _of_months(row, _months_of(row, year), lambda each: each.planned)


def outturn_for_year(row: Benefit, year: FinancialYear) -> Figure | None:
    """What came of each month of a year, or is forecast of it; None where a month has neither."""
    return _of_months(row, _months_of(row, year), lambda each: each.outturn)


def planned_to_date(row: Benefit, year: FinancialYear) -> Figure | None:
    """What was planned of those months of a year that have an actual."""
    return _of_months(row, _past(row, year), lambda each: each.planned)


def actual_to_date(row: Benefit, year: FinancialYear) -> Figure | None:
    """What came of those months of a year that have an actual; None where none has."""
    return _of_months(row, _past(row, year), lambda each: each.actual)


def off_plan(came: Figure | None, planned: Figure | None) -> Figure | None:
    """What came, or is forecast, less what was planned; None where either is not known."""
    return less(came, planned) if came and planned else None


def _months_of(row: Benefit, year: FinancialYear) -> list[MonthOfBenefit | None]:
    stated_months = {each.month: each for each in row.months}
    months: list[Month] = [month for quarter in year.quarters for month in quarter.months]
    return [stated_months.get(month) for month in months]


def _past(row: Benefit, year: FinancialYear) -> list[MonthOfBenefit | None]:
    return [each for each in _months_of(row, year) if each and each.actual is not None]


def _of_months(
    row: Benefit,
    months: Iterable[MonthOfBenefit | None],
    value: Callable[[MonthOfBenefit], Decimal | None],
) -> Figure | None:
    return whole_sum(_stated(row, each, value(each)) if each else None for each in months)


def _stated(row: Benefit, month: MonthOfBenefit, amount: Decimal | None) -> Figure | None:
    return None if amount is None else stated(amount, unit=row.unit, row=month.row)
