"""What a row belongs to: chosen before its form is shown, and fixed from then on.

A new row of a plan is added on `add/?plan=<id>`. Without a plan in the address, a page asks for
it: the drafts that the person may change, or who can reopen one where there is none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from bcf.accounts.access import Ability
from bcf.base.sentences import label_of
from plans.admin.columns import period_column
from plans.admin.filters import BoardFilter, PlanFilter
from plans.admin.narrowing import Narrowing
from plans.admin.scoped import ScopedAdmin
from plans.models import Board, Plan
from plans.queries import (
    Somebody,
    boards_where,
    plans_editable_by,
    plans_to_reopen,
    plans_visible_to,
)
from plans.row_forms import RowForm
from plans.scopes import PLAN_ROWS

FILTERS = "_changelist_filters"
# What a list is filtered by, as its address has it; boards stand there by their slugs.
PLAN_FILTER = PlanFilter.parameter_name


@dataclass(frozen=True)
class Owner:
    """One kind of thing that rows belong to; `field` is its foreign key on the row.

    `offered` gives those to which the person may add a row now, `readable` those of which the
    person may know.
    """

    field: str
    offered: Callable[[Somebody], models.QuerySet[Any]]
    readable: Callable[[Somebody], models.QuerySet[Any]]
    heading: str
    hint: str = ""

    @property
    def noun(self) -> str:
        """What it is called in a sentence."""
        return self.field.replace("_", " ")


PLAN = Owner("plan", plans_editable_by, plans_visible_to, "Plans in draft")


def _boards(user: Somebody) -> models.QuerySet[Board]:
    return boards_where(user, Ability.EDIT_DRAFT)


BOARD = Owner(
    "board",
    _boards,
    _boards,
    "Boards",
    "For what belongs to a board and to no plan.",
)


@dataclass(frozen=True)
class Asked:
    """What a request for a new row names as its owner: the row, or why it cannot be."""

    owner: Owner | None = None
    row: Any = None
    refusal: str = ""
    closed: Plan | None = None


class OwnedAdmin(ScopedAdmin):
    """Rows that belong to one of `owners`; where they may name several, the first decides."""

    owners: ClassVar[tuple[Owner, ...]] = (PLAN,)
    # Whether a row that names one owner names none of those after it.
    names_one: ClassVar[bool] = False

    # -- which owner --------------------------------------------------------------------------

    def asked(self, request: HttpRequest) -> Asked:
        """The owner that the address, the page or the list before it names."""
        known = request.__dict__.get("_asked")
        if known is None:
            known = request.__dict__["_asked"] = self._asked(request)
        return known

    def _asked(self, request: HttpRequest) -> Asked:
        for owner in self.owners:
            numbers = {
                given.get(owner.field, "") for given in (request.GET, request.POST)
            }.difference({""})
            if len(numbers) == 1:
                return self._found(request, owner, numbers.pop())
            if numbers:
                return Asked(refusal=f"The page names two {owner.noun}s. Choose one of them.")
        return Asked()

    def _found(self, request: HttpRequest, owner: Owner, number: str) -> Asked:
        pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
        row = owner.offered(request.user).filter(pk=pk).first()
        if row is not None:
            return Asked(owner, row)
        known = owner.readable(request.user).filter(pk=pk).first()
        closed = known if isinstance(known, Plan) and not known.is_open else None
        if closed:
            status = closed.get_status_display().lower()
            return Asked(refusal=f"{closed} is {status}, so it takes no new rows.", closed=closed)
        return Asked(refusal=f"The {owner.noun} asked for is none that you may change.")

    def _of_list(self, request: HttpRequest) -> str:
        """The owner by which the list was filtered, from which a new row was asked for."""
        filters = dict(parse_qsl(request.GET.get(FILTERS, "")))
        for owner in self.owners:
            number = filters.get(PLAN_FILTER if owner.field == "plan" else owner.field, "")
            if owner.field == "board":
                number = _number_of_board(number)
            if number and self._found(request, owner, number).row is not None:
                return urlencode({owner.field: number, FILTERS: request.GET[FILTERS]})
        return ""

    def bound(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """What the row belongs to, by field: of a new one, what was asked for."""
        if obj is not None:
            return {name: getattr(obj, name) for name in self._settled()}
        asked = self.asked(request)
        if asked.owner is None:
            return {}
        place = self.owners.index(asked.owner)
        others = self.owners if self.names_one else self.owners[:place]
        return {each.field: None for each in others} | {asked.owner.field: asked.row}

    def _settled(self) -> list[str]:
        return [name for name in self.scope.settled if name in {o.field for o in self.owners}]

    # -- the form -----------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.bound, form.person = self.bound(request, obj), request.user
        # Forms of rows offer the choices of one plan: of the row's, or of the one chosen.
        form.bound_plan = form.bound.get("plan")
        return form

    def left_out(self, request: HttpRequest, obj: Any = None) -> set[str]:
        """What the row belongs to stands above the form; what the cycle has not is not asked."""
        bound = self.bound(request, obj)
        form: Any = self.form
        absent = form.absent(bound.get("plan"), obj) if issubclass(form, RowForm) else ()
        return {*bound, *absent}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        is_new = object_id is None or (request.method == "POST" and "_saveasnew" in request.POST)
        if is_new and self.asked(request).row is None:
            return self._choose(request)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context["original"]
        context["owners"] = list(self._owners_shown(request, obj))
        asked = self.asked(request)
        found = self._owner_of(obj) if obj else asked.owner and (asked.owner, asked.row)
        if found and FILTERS not in request.GET and (query := self._filter(*found)):
            context["list_url"] = f"{self.list_url()}?{urlencode(query)}"
        return super().render_change_form(request, context, *args, **kwargs)

    def _owners_shown(self, request: HttpRequest, obj: Any) -> Any:
        for name, row in self.bound(request, obj).items():
            if row is not None:
                yield {"label": label_of(name), "row": row, "url": page_of(row)}

    # -- choosing an owner --------------------------------------------------------------------

    def _choose(self, request: HttpRequest) -> HttpResponse:
        """The page that asks what a new row belongs to; keeps what was typed without it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = self.asked(request)
        if not asked.refusal and (query := self._of_list(request)):
            return HttpResponseRedirect(f"{request.path}?{query}")
        kinds = " or the ".join(owner.noun for owner in self.owners)
        unasked = f"Choose the {kinds} it belongs to." if request.method == "POST" else ""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Add {self.opts.verbose_name}",
            "opts": self.opts,
            "refusal": asked.refusal or unasked,
            "typed": list(self._typed(request)) if request.method == "POST" else [],
            "offered": [
                {"owner": owner, "rows": list(owner.offered(request.user))} for owner in self.owners
            ],
            "closed": plans_to_reopen(request.user) if PLAN in self.owners else [],
            "filters": request.GET.get(FILTERS, ""),
        }
        status = 403 if request.method == "POST" and asked.refusal else 200
        return TemplateResponse(request, "admin/choose_owner.html", context, status=status)

    # -- the way back -------------------------------------------------------------------------

    def response_add(self, request: HttpRequest, obj: Any, *args: Any) -> HttpResponse:
        return self._keep_owner(request, obj, super().response_add(request, obj, *args))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._keep_owner(request, obj, super().response_change(request, obj))

    def _keep_owner(self, request: HttpRequest, obj: Any, answer: HttpResponse) -> HttpResponse:
        """Lead to another row of the same owner, or to the list of the owner's rows."""
        if not isinstance(answer, HttpResponseRedirect) or "_continue" in request.POST:
            return answer
        found = self._owner_of(obj)
        is_filtered = FILTERS in request.GET
        if found is None or ("_addanother" not in request.POST and is_filtered):
            return answer
        owner, row = found
        if "_addanother" in request.POST:
            return _with(answer, {owner.field: row.pk})
        return _with(answer, self._filter(owner, row))

    def _owner_of(self, obj: Any) -> tuple[Owner, Any] | None:
        for owner in self.owners:
            row = getattr(obj, owner.field, None)
            if row is not None:
                return owner, row
        return None

    def _filter(self, owner: Owner, row: Any) -> dict[str, Any]:
        """The list's filter by the owner, where the list has one."""
        for each in self.list_filter:
            if isinstance(each, type) and issubclass(each, Narrowing) and _is_by(each, owner):
                key = row.slug if issubclass(each, BoardFilter) else row.pk
                return {each.parameter_name: key}
        return {}

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        request.__dict__["_owner_of_removed"] = self._owner_of(obj)
        super().delete_model(request, obj)

    def response_delete(self, request: HttpRequest, *args: Any) -> HttpResponse:
        answer = super().response_delete(request, *args)
        found = request.__dict__.get("_owner_of_removed")
        if found and FILTERS not in request.GET and isinstance(answer, HttpResponseRedirect):
            return _with(answer, self._filter(*found))
        return answer


class PlanRowAdmin(OwnedAdmin):
    """The admin of a row of a plan. Its plan is chosen once, among own drafts."""

    scope = PLAN_ROWS
    list_select_related: ClassVar[Any] = ("plan__cycle",)
    search_help_text = "Words of the row or its plan, or an amount"

    year = staticmethod(period_column("financial_year", "financial year"))


def _number_of_board(slug: str) -> str:
    return str(Board.objects.filter(slug=slug).values_list("pk", flat=True).first() or "")


def _is_by(each: type[Narrowing], owner: Owner) -> bool:
    """Whether a filter of a list narrows it to what belongs to one such owner."""
    if owner.field == "plan":
        return issubclass(each, PlanFilter)
    if owner.field == "board":
        return issubclass(each, BoardFilter)
    return getattr(each, "field", "") == owner.field


def page_of(row: models.Model) -> str:
    """The admin's page of a row."""
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])


def _with(answer: HttpResponseRedirect, more: Mapping[str, Any]) -> HttpResponse:
    parts = urlsplit(answer.url)
    query = {**dict(parse_qsl(parts.query)), **{name: str(more[name]) for name in more}}
    return HttpResponseRedirect(parts._replace(query=urlencode(query)).geturl())
