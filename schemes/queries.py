"""Reads of schemes and spend lines; who may see them is decided by `plans.queries`."""

from django.db.models import Case, DecimalField, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs, Cast, Coalesce

from bcf.base.fields import MoneyField
from bcf.base.sums import Part, Sum
from plans.models import Plan
from schemes.models import Scheme, SpendLine


def spend_parts(line: str = "") -> tuple[Part, ...]:
    """Lines that count, as `SpendLine.counts` says of one, and the two kinds that do not.

    `line` is the way to the line from what is added up, as `line__`.
    """
    component = {f"{line}breaks_down__isnull": False}
    whole = {f"{line}breaks_down__isnull": True}
    return (
        Part("lines that count in the pool", Q(**whole, **{f"{line}in_pool": True})),
        Part("components, which are part of another line’s amount", Q(**component), counts=False),
        Part("lines outside the pool", Q(**whole, **{f"{line}in_pool": False}), counts=False),
    )


SPEND = Sum("Spend", "amount", spend_parts())


def schemes_of_family(plan: Plan | None) -> QuerySet[Scheme]:
    """The schemes of a plan, of its parts, and of the joint plan that it is a part of."""
    if plan is None:
        return Scheme.objects.none()
    own = Q(plan__in=[plan.pk, plan.part_of_id or plan.pk])
    return Scheme.objects.filter(own | Q(plan__part_of=plan.pk))


def components_under_wholes(lines: QuerySet[SpendLine]) -> QuerySet[SpendLine]:
    """By plan and year, each line followed by the lines that break it down."""
    whole = Coalesce("breaks_down", "id")
    top_first = F("breaks_down").asc(nulls_first=True)
    return lines.order_by("plan", "financial_year", whole, top_first, "id")


def with_sub_schemes(number: int) -> set[int]:
    """The number of a scheme with those of all schemes that are parts of it, however deep."""
    found: set[int] = set()
    level = {number}
    while level:
        found |= level
        below = Scheme.objects.filter(parent__in=level).exclude(pk__in=found)
        level = set(below.values_list("pk", flat=True))
    return found


def worked_out_saving() -> Combinable:
    """What `schemes.rules.saving_of` works out of a change and a unit price, in the database.

    A change is kept in ten-thousandths and a price in pence, so their product is whole: nothing
    goes through a float, and a half penny is rounded away from nought.
    """
    whole = DecimalField(max_digits=40, decimal_places=0)
    product = ExpressionWrapper(
        Abs(Cast("change", whole)) * Cast("unit_price", whole) + Value(5_000, whole),
        output_field=whole,
    )
    rest = ExpressionWrapper(product % Value(10_000, whole), output_field=whole)
    pence = ExpressionWrapper((product - rest) / Value(10_000, whole), output_field=MoneyField())
    less = ExpressionWrapper((rest - product) / Value(10_000, whole), output_field=MoneyField())
    return Case(When(change__gt=0, then=less), default=pence, output_field=MoneyField())


SAVINGS = Sum(
    "Saving",
    Coalesce("saving", worked_out_saving()),
    (
        Part("as the plan states it", Q(saving__isnull=False)),
        Part("worked out of change and unit price, where none is stated", Q(saving__isnull=True)),
    ),
)
