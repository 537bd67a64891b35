"""What every list of the admin has: chips of its filters, totals, saved filters, cheap pages.

A list counts its rows and adds up their money in one query, reads the numbers of a page's rows
in a second and the rows themselves in a third, so that a page far into a long list costs no more
than its first.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst, smart_split, unescape_string_literal

from bcf.accounts.models import SavedFilter, User
from bcf.base.fields import MoneyField
from bcf.base.sums import Sum, Totals, add_up
from bcf.money import NotMoney, parse_pounds
from bcf.ui.tables import Table
from plans.admin.columns import OF_PLAN
from plans.admin.narrowing import Narrowing
from plans.admin.reach import PLAN
from plans.admin.totals import refusals, totals_table

# What an address of a list holds besides its filter, and what a saved filter leaves out.
PASSING = {PAGE_VAR, ERROR_FLAG, IS_POPUP_VAR, TO_FIELD_VAR, "all"}


@dataclass(frozen=True)
class Chip:
    """One thing by which a list is narrowed, and the address of the list without it."""

    label: str
    value: str
    without: str


class KnownPaginator(Paginator):
    """Pages of rows that were counted already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count  # in place of the property that would ask the database


class ListPage(ChangeList):
    """A page of a list; the template draws what it holds."""

    model_admin: "ListAdmin"
    totals: Totals
    request: HttpRequest

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_results(self, request: HttpRequest) -> None:
        """Read one page; a page beyond the last is the last."""
        self.totals = add_up(self.queryset, self.model_admin.sums)
        self.paginator = KnownPaginator(self.queryset, self.list_per_page, self.totals.rows)
        self.result_count = self.totals.rows
        self.show_full_result_count = False
        self.full_result_count = None
        self.show_admin_actions = bool(self.result_count)
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        self.page_num = min(max(self.page_num, 1), self.paginator.num_pages)
        self.result_list = self._read_page()

    def _read_page(self) -> list[Any]:
        numbers = self.queryset.values_list("pk", flat=True)
        if self.multi_page and not (self.show_all and self.can_show_all):
            start = (self.page_num - 1) * self.list_per_page
            numbers = numbers[start : start + self.list_per_page]
        in_order = list(numbers)
        found = self.model_admin.rows_for_list(self.root_queryset).in_bulk(in_order)
        rows = [found[number] for number in in_order if number in found]
        prefetch_related_objects(rows, *self.model_admin.together)
        return rows

    @cached_property
    def narrowings(self) -> list[Narrowing]:
        """The filters that the list's form offers."""
        return [each for each in self.filter_specs if isinstance(each, Narrowing)]

    @cached_property
    def chips(self) -> list[Chip]:
        """All by which the list is narrowed, in the order of its filters."""
        return [*self._filter_chips(), *self._other_chips()]

    def _filter_chips(self) -> Iterator[Chip]:
        for each in self.narrowings:
            if each.value():
                without = self.get_query_string({each.parameter_name: None})
                yield Chip(str(each.title), each.chosen_label(), without)

    def _other_chips(self) -> Iterator[Chip]:
        """What was searched for, and lookups that an address holds beside the filters."""
        known = {each.parameter_name for each in self.narrowings} | PASSING | {ORDER_VAR}
        for name, values in self.filter_params.items():
            if name not in known and any(values):
                label = "words" if name == SEARCH_VAR else name.replace("__", " ")
                without = self.get_query_string({name: None})
                yield Chip(label, "; ".join(values), without)

    @property
    def clear_address(self) -> str:
        """The list without any filter or search, in the order that was chosen."""
        kept = {ORDER_VAR, IS_POPUP_VAR, TO_FIELD_VAR}
        return self.get_query_string(dict.fromkeys(self.filter_params.keys() - kept))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of the filters carries along unseen."""
        shown = {each.parameter_name for each in self.narrowings} | {SEARCH_VAR}
        return [
            (name, value)
            for name, values in self.filter_params.items()
            if name not in shown
            for value in values
        ]

    @property
    def saved_as(self) -> str:
        """The filter and the order as they are saved; empty where there is neither."""
        kept = {name: v for name, v in self.filter_params.items() if name not in PASSING}
        return urlencode(sorted(kept.items()), doseq=True)

    @cached_property
    def saved(self) -> Sequence[SavedFilter]:
        """The person's own saved filters of this list."""
        assert isinstance(self.request.user, User)
        return list(self.request.user.saved_filters.filter(list=self.opts.label_lower))

    @property
    def list_label(self) -> str:
        return self.opts.label_lower

    @property
    def save_address(self) -> str:
        return reverse("admin:accounts_savedfilter_add")

    @cached_property
    def totals_table(self) -> Table | None:
        return totals_table(self.totals, is_narrowed=bool(self.chips))

    @property
    def refusals(self) -> list[str]:
        return refusals(self.totals)


class ListAdmin(admin.ModelAdmin):
    """A kind of row whose list has filters as a form, chips, totals and saved filters."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "–"
    list_per_page = 50
    # Money that is added up under the list.
    sums: ClassVar[tuple[Sum, ...]] = ()
    # What is read together with the rows of a page, as `prefetch_related` names it.
    together: ClassVar[tuple[str, ...]] = ()
    # Where a row's plan and board are found, for filters; empty where it has none.
    plan_path: ClassVar[str] = ""
    board_path: ClassVar[str] = ""
    # Whether the rows are so many that a filter may not look through them for its choices.
    is_large: ClassVar[bool] = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ListPage

    def get_list_display(self, request: HttpRequest) -> Any:
        """Without the plan where the list is of one; it stands last, so no other column moves."""
        columns = super().get_list_display(request)
        if request.GET.get(PLAN) and getattr(columns[-1], "__name__", "") == OF_PLAN.__name__:
            return columns[:-1]
        return columns

    def rows_for_list(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with all that the columns of the list show."""
        related: Any = self.list_select_related or ()
        return rows.select_related(*related) if isinstance(related, (tuple, list)) else rows

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Boxes of the filters that were left empty do not stay in the address."""
        if request.method == "GET" and (clean := _without_empty(request)) is not None:
            return HttpResponseRedirect(f"{request.path}?{clean}" if clean else request.path)
        return super().changelist_view(request, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Rows in which every word occurs somewhere; no row is found twice."""
        for word in _words(search_term):
            queryset = queryset.filter(self._mentions(request, word))
        return queryset, False

    def _mentions(self, request: HttpRequest, word: str) -> Q:
        """Rows with the word in a text of theirs, in a row that they point at, or as an amount.

        Rows that are pointed at are looked through once, not once for every row of the list.
        """
        condition = self._amounts_to(word)
        for relation, paths in _by_relation(self.get_search_fields(request)).items():
            texts = Q()
            for path in paths:
                texts |= Q(**{f"{path}__icontains": word})
            condition |= self._points_at(relation, texts) if relation else texts
        return condition

    def _points_at(self, relation: str, texts: Q) -> Q:
        field: Any = self.opts.get_field(relation)
        found = field.related_model._base_manager.filter(texts).values("pk")
        if field.many_to_many or field.one_to_many:
            linked = self.model._base_manager.filter(**{f"{relation}__in": found})
            return Q(pk__in=linked.values("pk"))
        return Q(**{f"{relation}__in": found})

    def _amounts_to(self, word: str) -> Q:
        fields = [field.name for field in self.opts.fields if isinstance(field, MoneyField)]
        condition = Q()
        with suppress(NotMoney):
            amount: Decimal = parse_pounds(word)
            for name in fields:
                condition |= Q(**{name: amount})
        return condition


def _by_relation(paths: Iterable[str]) -> dict[str, list[str]]:
    """Paths of texts by what they go through first; under "" the row's own."""
    found: dict[str, list[str]] = {}
    for path in paths:
        relation, divider, rest = path.partition("__")
        found.setdefault(relation if divider else "", []).append(rest if divider else path)
    return found


def _words(term: str) -> Iterator[str]:
    """Words to search for; what stands in quotation marks is one."""
    for bit in smart_split(term.replace("\0", " ")):
        is_quoted = bit[0] in "\"'" and bit[0] == bit[-1] and len(bit) > 1
        yield unescape_string_literal(bit) if is_quoted else bit


def _without_empty(request: HttpRequest) -> str | None:
    """The address's filter without what is empty; None where nothing is."""
    asked = request.GET.copy()
    empty = [name for name, values in asked.lists() if not any(values) and name != "all"]
    if not empty:
        return None
    for name in empty:
        del asked[name]
    return asked.urlencode()
