"""Filters by scheme, with all that is below it, and by what counts."""

from typing import ClassVar

from django.db.models import Q, QuerySet

from plans.admin.narrowing import NOTHING, Choices, Narrowing
from plans.admin.value_filters import kinds_filter
from plans.queries import rows_visible_to
from schemes.models import Scheme
from schemes.queries import with_sub_schemes


def scheme_filter(path: str, title: str = "scheme") -> type[Narrowing]:
    """By a scheme or any part of it; `path` leads from a row to its scheme or schemes."""
    return type("SchemeFilter", (_SchemeFilter,), {"path": path, "title": title})


class _SchemeFilter(Narrowing):
    """Schemes are on offer once the list holds few plans: their references mean little beside."""

    path: ClassVar[str]
    parameter_name = "scheme"
    hint = "Choose a plan first."

    def offer(self) -> Choices:
        few = self.reach.few
        if few is None:
            return []
        self.hint = ""
        rows = self.rows.filter(plan__in=few)
        used = set(rows.values_list(self.path, flat=True).distinct())
        visible = rows_visible_to(self.request.user, _schemes_of(few))
        schemes = {scheme.pk: scheme for scheme in visible}
        offered = used | {above for each in used for above in _above(each, schemes)}
        return [
            (str(scheme.pk), self._label(scheme, few))
            for scheme in schemes.values()
            if scheme.pk in offered
        ]

    def _label(self, scheme: Scheme, plans: list[int]) -> str:
        titles = {plan.number: plan.title for plan in self.reach.plans}
        plan = titles.get(scheme.plan_id) if len(plans) > 1 else None
        return f"{scheme} ({plan})" if plan else str(scheme)

    def condition(self, value: str) -> Q:
        if not value.isdecimal() or len(value) > 18:
            return NOTHING
        schemes = with_sub_schemes(int(value))
        rows = self.model._base_manager.filter(**{f"{self.path}__in": schemes})
        return Q(pk__in=rows.values("pk"))


def _schemes_of(plans: list[int]) -> QuerySet[Scheme]:
    """The schemes of these plans and of the joint plans above them."""
    own = Scheme.objects.filter(Q(plan__in=plans) | Q(plan__parts__in=plans))
    return Scheme.objects.filter(pk__in=own.values("pk")).order_by("plan", "reference")


def _above(number: int | None, schemes: dict[int, Scheme]) -> set[int]:
    """The schemes of which this one is a part, however far up."""
    found: set[int] = set()
    scheme = schemes.get(number or 0)
    while scheme and scheme.parent_id and scheme.parent_id not in found:
        found.add(scheme.parent_id)
        scheme = schemes.get(scheme.parent_id)
    return found


CountsFilter = kinds_filter(
    "counts",
    "counts in the pool",
    {
        "yes": ("Yes", Q(in_pool=True, breaks_down__isnull=True)),
        "component": ("No: component", Q(breaks_down__isnull=False)),
        "outside": ("No: not in pool", Q(in_pool=False, breaks_down__isnull=True)),
        "unstated": ("States no amount", Q(amount__isnull=True)),
    },
)
