"""Filters of the admin's lists: each a choice in words among what the person may read.

An address names a choice by its natural key where it has one: `?board=barnet&cycle=2014-16`.
A value that is not on offer finds nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest

from bcf.periods import NOT_STATED_TOKEN, FinancialYear, NotAPeriod, Period, parse_period
from plans.admin.reach import BOARD, CYCLE, PLAN, PLAN_STATUS, Reach
from plans.choices import PlanStatus
from plans.cycle_definitions import Choice, CycleDefinition
from plans.models import Board, Plan

Choices = Iterable[tuple[str, str]]

NOT_STATED = "Not stated"
# What stands in an address for a text that is empty.
NONE = "none"
NOTHING = Q(pk__in=[])
# More of them are not looked through by eye: the list is to be narrowed otherwise first.
MOST_CHOICES = 200


class Narrowing(admin.SimpleListFilter):
    """A filter that is drawn as a box of choices. `hint` stands in place of too many of them."""

    title: str
    parameter_name: str
    hint: str = ""

    def __init__(
        self, request: HttpRequest, params: dict[str, list[str]], model: Any, model_admin: Any
    ) -> None:
        self.request, self.model, self.model_admin = request, model, model_admin
        super().__init__(request, params, model, model_admin)

    @property
    def rows(self) -> QuerySet[Any]:
        """All rows of the list that the person may read, and nothing with them."""
        rows = self.model_admin.get_queryset(self.request)
        return rows.order_by().select_related(None).prefetch_related(None)

    @property
    def reach(self) -> Reach:
        """The plans of the list's rows, read once a request."""
        known = self.request.__dict__.setdefault("_reach", {})
        if self.model not in known:
            known[self.model] = Reach(self.request, self.rows, self.model_admin.plan_path)
        found: Reach = known[self.model]
        return found

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        offered = list(self.offer())
        if len(offered) > MOST_CHOICES:
            return [each for each in offered if each[0] == self.value()]
        return offered

    def offer(self) -> Choices:
        """The choices, as they stand in the address and as they read."""
        raise NotImplementedError

    def condition(self, value: str) -> Q:
        """Which rows fit the value."""
        raise NotImplementedError

    def has_output(self) -> bool:
        """A filter with one choice tells nobody anything, unless it is what was chosen."""
        return bool(self.value()) or len(self.lookup_choices) > 1 or bool(self.hint)

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not value:
            return rows
        return rows.filter(NOTHING if "\0" in value else self.condition(value))

    def chosen_label(self) -> str:
        """What was chosen, in words."""
        value = self.value() or ""
        return str(dict(self.lookup_choices).get(value, value))

    @property
    def control(self) -> str:
        """The name of the filter's box on the page."""
        return f"filter-{self.parameter_name}"

    @property
    def boxes(self) -> list[tuple[str, str, bool]]:
        """The choices with whether each is chosen; what is asked for is always among them."""
        value = self.value() or ""
        offered = list(self.lookup_choices)
        if value and value not in dict(offered):
            offered.append((value, value))
        return [(each, str(label), each == value) for each, label in offered]


# -- whose rows ----------------------------------------------------------------------------------


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


# -- when ----------------------------------------------------------------------------------------


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
        stated = self.rows.exclude(**{self.field: NOT_STATED_TOKEN})
        ends = stated.aggregate(first=Min(self.field), last=Max(self.field))
        if not ends["first"]:
            return []
        first, last = (_year_of(ends[name]) for name in ("first", "last"))
        years = [FinancialYear(number) for number in range(first, last + 1)]
        return [*((str(year), year.label) for year in years), (NOT_STATED_TOKEN, NOT_STATED)]

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


def _year_of(period: Period) -> int:
    """The calendar year in which a period begins, by its sort key, which starts with it."""
    return int(period.sort_key[0][:4])


def _months(year: FinancialYear) -> list[str]:
    later = [f"{year.first}-{month:02}" for month in range(4, 13)]
    return [*later, *(f"{year.first + 1}-{month:02}" for month in range(1, 4))]


# -- what ----------------------------------------------------------------------------------------

Entries = Callable[[CycleDefinition], Iterable[Choice]]


def cycle_filter(field: str, title: str, entries: Entries, name: str = "") -> type[Narrowing]:
    """By a key of the cycle's definition, in the cycle's words."""
    made = {
        "field": field,
        "title": title,
        "parameter_name": name or field,
        "entries": staticmethod(entries),
    }
    return type("EntryFilter", (_EntryFilter,), made)


class _EntryFilter(Narrowing):
    field: ClassVar[str]
    entries: ClassVar[Any]

    def offer(self) -> Choices:
        cycles = self.reach.definitions
        words = {each.key: each.label for cycle in cycles for each in self.entries(cycle)}
        blank = self.model._meta.get_field(self.field).blank
        if self.model_admin.is_large and self.reach.few is None:
            return [*words.items(), *([(NONE, NOT_STATED)] if blank else [])]
        found = _values(self, self.field)
        known = [(key, label) for key, label in words.items() if key in found]
        others = [(key, key) for key in found if key and key not in words]
        return [*known, *others, *([(NONE, NOT_STATED)] if "" in found else [])]

    def condition(self, value: str) -> Q:
        return Q(**{self.field: "" if value == NONE else value})


def _values(each: Narrowing, field: str) -> list[Any]:
    """The values of a field that occur, among rows of few plans where the list is large."""
    rows = each.rows
    if each.model_admin.is_large:
        rows = rows.filter(**{f"{each.model_admin.plan_path}__in": each.reach.few or []})
    return list(rows.values_list(field, flat=True).distinct().order_by(field))


def value_filter(
    field: str, title: str = "", words: Callable[[Any], str] | None = None, name: str = ""
) -> type[Narrowing]:
    """By the values of a field that occur, in the words of its choices where it has them.

    A large list offers all choices of the field; one without choices, those of a few plans.
    """
    made = {"field": field, "parameter_name": name or field, "words": staticmethod(words or str)}
    return type("ValueFilter", (_ValueFilter,), made | {"title": title or field.replace("_", " ")})


class _ValueFilter(Narrowing):
    field: ClassVar[str]
    words: ClassVar[Any]

    def offer(self) -> Choices:
        choices: dict[Any, Any] = dict(self.model._meta.get_field(self.field).flatchoices)
        if self.model_admin.is_large and choices:
            blank = [(NONE, NOT_STATED)] if self.model._meta.get_field(self.field).blank else []
            return [*((str(key), str(label)) for key, label in choices.items() if key), *blank]
        if self.model_admin.is_large and self.reach.few is None:
            return []
        found = _values(self, self.field)
        ordered = [key for key in choices if key in found]
        ordered += [each for each in found if each not in choices and each not in ("", None)]
        offered = [
            (self._key(each), str(choices.get(each) or self._label(each))) for each in ordered
        ]
        return [*offered, *([(NONE, NOT_STATED)] if {"", None} & set(found) else [])]

    def _label(self, value: Any) -> str:
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return str(self.words(value))

    @staticmethod
    def _key(value: Any) -> str:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

    def condition(self, value: str) -> Q:
        field = self.model._meta.get_field(self.field)
        if value == NONE:
            empty = Q(**{f"{self.field}__isnull": True})
            return empty if field.empty_strings_allowed is False else empty | Q(**{self.field: ""})
        if field.get_internal_type() == "BooleanField":
            return Q(**{self.field: value == "yes"}) if value in ("yes", "no") else NOTHING
        try:
            return Q(**{self.field: field.to_python(value)})
        except ValidationError:
            return NOTHING


def related_filter(field: str, title: str = "", name: str = "") -> type[Narrowing]:
    """By a row that rows of the list point at, named as it names itself."""
    made = {"field": field, "parameter_name": name or field}
    title = title or field.replace("_", " ")
    return type("RelatedFilter", (_RelatedFilter,), made | {"title": title})


class _RelatedFilter(Narrowing):
    field: ClassVar[str]

    def offer(self) -> Choices:
        related: Any = self.model._meta.get_field(self.field).related_model
        pointed_at = Exists(self.rows.filter(**{self.field: OuterRef("pk")}))
        found = related._base_manager.filter(pointed_at).order_by(*related._meta.ordering)
        some = list(found[: MOST_CHOICES + 1])
        if len(some) > MOST_CHOICES:
            self.hint = f"More than {MOST_CHOICES}: search by name instead."
            return []
        return [(str(each.pk), str(each)) for each in some]

    def condition(self, value: str) -> Q:
        if not value.isdecimal() or len(value) > 18:
            return NOTHING
        if self.model._meta.get_field(self.field).many_to_many:
            rows = self.model._base_manager.filter(**{self.field: value})
            return Q(pk__in=rows.values("pk"))
        return Q(**{self.field: value})


def stated_filter(field: str, title: str, yes: str, no: str) -> type[Narrowing]:
    """By whether a date or another field that may be empty is filled in."""
    made = {"field": field, "title": title, "parameter_name": field, "answers": (yes, no)}
    return type("StatedFilter", (_StatedFilter,), made)


class _StatedFilter(Narrowing):
    field: ClassVar[str]
    answers: ClassVar[tuple[str, str]]

    def offer(self) -> Choices:
        return list(zip(("yes", "no"), self.answers, strict=True))

    def condition(self, value: str) -> Q:
        if value not in ("yes", "no"):
            return NOTHING
        return Q(**{f"{self.field}__isnull": value == "no"})
