"""Filters of lists by whose rows they are, and when: among what the person may read."""

from contextlib import suppress
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest

from bcf.periods import NOT_STATED_TOKEN, FinancialYear, Month, NotAPeriod, Period, parse_period
from plans.admin.narrowing import MOST_CHOICES, NOT_STATED, NOTHING, Choices, Narrowing
from plans.admin.reach import BOARD, CYCLE, PLAN, PLAN_STATUS
from plans.choices import PlanStatus
from plans.models import Board, Plan


class CycleFilter(Narrowing):
    title, parameter_name = "cycle", CYCLE

    def offer(self) -> Choices:
        keys = {plan.cycle for plan in self.reach.narrowed(CYCLE, PLAN)}
        return [(key, key) for key in sorted(keys, reverse=True)]

    def condition(self, value: str) -> Q:
        return self.of_plans(Plan.objects.filter(cycle__key=value))

    def of_plans(self, plans: QuerySet[Plan]) -> Q:
        path = self.model_admin.plan_path
        return Q(**{f"{path}__in": plans.values("pk")})


class StatusFilter(CycleFilter):
    title, parameter_name = "status of the plan", PLAN_STATUS

    def offer(self) -> Choices:
        found = {plan.status for plan in self.reach.narrowed(PLAN_STATUS, PLAN)}
        return [(status, label) for status, label in PlanStatus.choices if status in found]

    def condition(self, value: str) -> Q:
        return self.of_plans(Plan.objects.filter(status=value))


class PlanFilter(Narrowing):
    title, parameter_name = "plan", PLAN

    def offer(self) -> Choices:
        plans = self.reach.narrowed(PLAN)
        if len(plans) > MOST_CHOICES and not self.value():
            self.hint = f"{len(plans):,} plans: choose a board or a cycle first."
        return [(str(plan.number), plan.title) for plan in plans]

    def condition(self, value: str) -> Q:
        path = self.model_admin.plan_path
        return Q(**{path: value}) if value.isdecimal() and len(value) < 19 else NOTHING


class BoardFilter(Narrowing):
    """Rows of plans of a board, joint plans included, and rows of the board alone."""

    title, parameter_name = "board", BOARD

    def offer(self) -> Choices:
        areas = {}
        if self.model_admin.plan_path:
            areas = {slug: area for slug, (area, _) in self.reach.boards.items()}
        if path := self.model_admin.board_path:
            own = Exists(self.rows.filter(**{path: OuterRef("pk")}))
            areas |= {board.slug: board.area for board in Board.objects.filter(own)}
        return sorted(areas.items(), key=lambda each: each[1])

    def condition(self, value: str) -> Q:
        condition = NOTHING
        if path := self.model_admin.plan_path:
            plans = Plan.objects.filter(boards__slug=value)
            condition |= Q(**{f"{path}__in": plans.values("pk")})
        if path := self.model_admin.board_path:
            rows = self.model._base_manager.filter(**{f"{path}__slug": value})
            condition |= Q(pk__in=rows.values("pk"))
        return condition


# Every list of rows of plans has these, in this order.
OF_PLANS = (BoardFilter, CycleFilter, PlanFilter, StatusFilter)


def year_filter(field: str = "financial_year", title: str = "financial year") -> type[Narrowing]:
    """By a field that holds a financial year; of a large list, the years of its cycles."""
    return type("YearFilter", (_YearFilter,), {"field": field, "title": title})


class _YearFilter(Narrowing):
    field: ClassVar[str]
    parameter_name = "year"

    def offer(self) -> Choices:
        if self.model_admin.is_large:
            years = {year for cycle in self.reach.definitions for year in cycle.years}
            return [(year, FinancialYear.parse(year).label) for year in sorted(years)]
        found = self.rows.values_list(self.field, flat=True).distinct()
        return [(str(period), _in_words(period)) for period in sorted(found)]

    def condition(self, value: str) -> Q:
        try:
            return Q(**{self.field: parse_period(value)})
        except (NotAPeriod, ValidationError):
            return NOTHING


def _in_words(period: Period) -> str:
    label = str(period.label)
    return label[:1].upper() + label[1:]


def period_filter(field: str, title: str = "financial year") -> type[Narrowing]:
    """By the financial year in which a period of any kind begins: its months and quarters too."""
    return type("PeriodFilter", (_PeriodFilter,), {"field": field, "title": title})


class _PeriodFilter(Narrowing):
    field: ClassVar[str]
    parameter_name = "year"

    def offer(self) -> Choices:
        found = set(self.rows.values_list(self.field, flat=True).distinct())
        years = {year for period in found if (year := _year_of(period))}
        offered = [(str(year), year.label) for year in sorted(years)]
        is_unstated = any(str(period) == NOT_STATED_TOKEN for period in found)
        return [*offered, *([(NOT_STATED_TOKEN, NOT_STATED)] if is_unstated else [])]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        # `2017-18Q1`, `2017-04` and `2017-04/2017-07` tell in seven letters when they begin.
        return super().queryset(request, rows.alias(begins=Substr(self.field, 1, 7)))

    def condition(self, value: str) -> Q:
        if value == NOT_STATED_TOKEN:
            return Q(**{self.field: value})
        try:
            year = FinancialYear.parse(value)
        except NotAPeriod:
            return NOTHING
        return Q(begins__in=[str(year), *_months(year)])


def _year_of(period: Period) -> FinancialYear | None:
    """The financial year in which a period begins; None of a calendar year, which has two."""
    begins = str(period)[:7]
    with suppress(NotAPeriod):
        first = parse_period(begins)
        if isinstance(first, FinancialYear):
            return first
        if isinstance(first, Month):
            return FinancialYear.containing(date(first.year, first.month, 1))
    return None


def _months(year: FinancialYear) -> list[str]:
    later = [f"{year.first}-{month:02}" for month in range(4, 13)]
    return [*later, *(f"{year.first + 1}-{month:02}" for month in range(1, 4))]
