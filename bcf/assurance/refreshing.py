"""Starting a refresh: a draft that begins as its plan is in the years of the refresh.

Schemes, money, requirements and what is planned of metrics are copied. Who signed, what was
answered, risks and agreements are not: a refresh has its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.base.bulk import RowsRefused
from bcf.base.models import Row
from bcf.base.words import sentences
from bcf.periods import FinancialYear, Period
from metrics.choices import ValueKind
from metrics.models import MetricValue
from plans import actions
from plans.changes import Act, change_set
from plans.choices import ChangeKind
from plans.cycle_definitions import PLAN, REFRESH, TemplateVersion, attached_forms
from plans.models import Contribution, Plan, Requirement
from plans.queries import Somebody, may_on_plan
from plans.scopes import PLAN_ROWS
from schemes.models import Scheme, SpendLine

R = TypeVar("R", bound=Row)

BY_YEAR: tuple[type[Any], ...] = (Contribution, Requirement)
# What a row does not share with the one that it is copied from.
OWN = ("id", "version", "plan_id")


def refreshes_to_start(plan: Plan, user: Somebody) -> list[TemplateVersion]:
    """The forms of refreshes that the person may start of this plan, and that it has not yet.

    One query where the cycle has such forms, and one of the person's standing.
    """
    forms = [each for each in attached_forms(plan.cycle.definition) if each.kind == REFRESH]
    if not forms or plan.kind != PLAN or not may_on_plan(user, Ability.EDIT_DRAFT, plan):
        return []
    started = set(plan.attachments.values_list("template_version", flat=True))
    return [form for form in forms if form.key not in started]


@transaction.atomic
def refresh_start(*, plan: Plan, form: str, by: User) -> Plan:
    """A new draft on this form of a refresh, with the plan's rows of its years.

    Raises `NotAllowed` where the person may not edit drafts of the plan's boards, and `Refused`
    where the form is no refresh, was started already, or does not take a row of the plan.
    """
    if not may_on_plan(by, Ability.EDIT_DRAFT, plan):
        raise actions.NotAllowed(f"You may not start a refresh of {plan}.")
    # Two who start it at once are let in one after the other.
    held = Plan.objects.select_for_update().order_by().get(pk=plan.pk)
    found = next((each for each in refreshes_to_start(held, by) if each.key == form), None)
    if found is None:
        raise actions.Refused(
            f"No refresh of {plan} on this form can be started. Look at the plan’s page: it lists "
            "the refreshes that there are, and those that can be started."
        )
    refresh = _new(held, found)
    words = f"Started {refresh} with the rows of {held}"
    try:
        with change_set(
            kind=ChangeKind.REFRESH, words=words, scope=PLAN_ROWS, model=SpendLine, by=by
        ) as act:
            _copy_all(act, held, refresh)
    except RowsRefused as refused:
        raise actions.Refused(
            "The refresh was not started, for its form does not take all rows of the plan. "
            + " ".join(_first(refused))
        ) from refused
    return refresh


def _first(refused: RowsRefused) -> list[str]:
    error: ValidationError = next(iter(refused.errors.values()))
    return sentences(error, SpendLine)


def _new(plan: Plan, form: TemplateVersion) -> Plan:
    """The draft itself, with the boards and the commissioners of its plan."""
    joint = plan.part_of
    whole = joint and joint.attachments.filter(template_version=form.key).first()
    if joint and not whole:
        raise actions.Refused(
            f"{plan} is a part of {joint}. Start the refresh of the joint plan first, and then "
            "those of its parts."
        )
    refresh = Plan(
        slug=_free_slug(f"{plan.slug}-{form.key}"),
        title=f"{plan.title}: {form.label}"[:200],
        cycle=plan.cycle,
        template_version=form.key,
        attached_to=plan,
        part_of=whole,
        boundary_note=plan.boundary_note,
    )
    refresh.save()
    refresh.boards.set(plan.boards.all())
    refresh.commissioners.set(plan.commissioners.all())
    return refresh


def _free_slug(wanted: str) -> str:
    length = Plan._meta.get_field("slug").max_length or len(wanted)
    taken = set(Plan.objects.values_list("slug", flat=True))
    names = (wanted[:length], *(f"{wanted[: length - 4]}-{each}" for each in range(2, 1000)))
    return next(each for each in names if each not in taken)


def _copy_all(act: Act, plan: Plan, refresh: Plan) -> None:
    years = refresh.years
    for model in BY_YEAR:
        act.save([_copy(row, refresh) for row in _of(model, plan) if row.financial_year in years])
    joint = _of_joint(plan, refresh)
    schemes = _copy_tree(act, _of(Scheme, plan), refresh, "parent_id", known=joint)
    lines = [row for row in _of(SpendLine, plan) if row.financial_year in years]
    _copy_tree(
        act,
        lines,
        refresh,
        "breaks_down_id",
        lambda row: {"scheme_id": schemes.get(row.scheme_id)},
    )
    act.save([_copy(row, refresh) for row in _of(MetricValue, plan) if _is_planned(row, years)])


def _of_joint(plan: Plan, refresh: Plan) -> dict[int, int]:
    """The joint plan's schemes as those of its refresh: the numbers of the one to the other."""
    if plan.part_of is None or refresh.part_of is None:
        return {}
    made = {row.ref: row.pk for row in _of(Scheme, refresh.part_of)}
    return {row.pk: made[row.ref] for row in _of(Scheme, plan.part_of) if row.ref in made}


def _of(model: type[R], plan: Plan) -> list[R]:
    rows: QuerySet[Any] = model._default_manager.all()
    return list(rows.filter(plan=plan).order_by("pk"))


def _is_planned(row: MetricValue, years: Sequence[FinancialYear]) -> bool:
    """Whether it is of these years and no actual, which is known apart from what is planned."""
    return row.kind != ValueKind.ACTUAL and _is_in(row.period, years)


def _is_in(period: Period, years: Iterable[FinancialYear]) -> bool:
    ends = period.ends_on
    return ends is not None and any(year.starts_on <= ends <= year.ends_on for year in years)


def _copy(row: R, refresh: Plan, **given: Any) -> R:
    """The same row of another plan, under the same ref."""
    columns = [field.attname for field in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in columns if name not in OWN}
    return type(row)(plan=refresh, **{**values, **given})


def _copy_tree(
    act: Act,
    rows: Sequence[Row],
    refresh: Plan,
    above: str,
    given: Callable[[Any], dict[str, Any]] = lambda row: {},
    *,
    known: Mapping[int, int] = MappingProxyType({}),
) -> dict[int, int]:
    """Copy rows that stand under each other, those above first; old numbers to new ones.

    `known` are those of the joint plan. What stands under a row that is in neither stands by
    itself.
    """
    numbers = dict(known)
    own = {row.pk for row in rows}
    left = list(rows)
    while left:
        ready = [row for row in left if getattr(row, above) not in own - numbers.keys()]
        copies = [
            _copy(row, refresh, **given(row), **{above: numbers.get(getattr(row, above))})
            for row in ready
        ]
        act.save(copies)
        made = {row.ref: row.pk for row in _of(type(rows[0]), refresh)}
        numbers.update({row.pk: made[row.ref] for row in ready})
        left = [row for row in left if row.pk not in numbers]
    return numbers
