"""Rows that name a plan, or a board, or both, and the constraints that they share."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Left, Length

from bcf.base.models import Row
from plans.models import Board, Plan


class PlacedRow(Row):
    """A row of a plan, or of a board where it names no plan. It never moves to another.

    A row with a plan is read and changed as the plan is; one with a board alone is read by
    everyone signed in.
    """

    REF_SCOPE = ("plan_id", "board_id")
    FIXED = ("ref", "plan_id", "board_id")

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="%(class)ss", null=True, blank=True
    )
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, related_name="%(class)ss", null=True, blank=True
    )

    class Meta:
        abstract = True


def ref_once(name: str, what: str, *scope: str) -> models.UniqueConstraint:
    """The ref is unique within the scope, any part of which may be empty."""
    return models.UniqueConstraint(
        *(Coalesce(each, 0) for each in scope),
        F("ref"),
        name=f"{name}_ref_once",
        violation_error_message=f"There is {what} of this reference here already.",
    )


def names_one_of(name: str, message: str, *fields: str) -> models.CheckConstraint:
    """At least one of the foreign keys is given."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__isnull": False})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def placed(name: str, what: str) -> Iterable[models.BaseConstraint]:
    """What every `PlacedRow` asks for: a ref of its own, and a plan or a board."""
    return (
        ref_once(name, what, "plan", "board"),
        names_one_of(
            f"{name}_has_plan_or_board",
            "Choose the plan or the board it is about.",
            "plan",
            "board",
        ),
    )


def ends_after_start(name: str) -> models.CheckConstraint:
    """`ends` is not before `starts`, as far as both are known: 2018-09 may end in 2018."""
    as_far_as_known = Left(F("starts"), Length(F("ends")))
    return models.CheckConstraint(
        condition=Q(starts="") | Q(ends="") | Q(ends__gte=as_far_as_known),
        name=f"{name}_ends_after_it_starts",
        violation_error_message="The end is before the start. Change “starts” or “ends”.",
    )
