"""What every filter of the admin's lists is: a box of choices in words.

An address names a choice by its natural key where it has one: `?board=barnet&cycle=2014-16`.
A value that is not on offer finds nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from plans.admin.reach import Reach

Choices = Iterable[tuple[str, str]]

NOT_STATED = "Not stated"
# What stands in an address for a text that is empty.
NONE = "unstated"
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
