"""What collections of rows of plans share: how rows are pointed at, their keys and filters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model, Q

from bcf.base.api import kinds
from bcf.base.api.collection import Collection, Filter, Person, PlacedKey, RowKey, Switch
from bcf.base.api.columns import ITSELF, Column, Pointer, Pointers, columns_of, expansions_of
from bcf.base.link_tables import linked_rows
from plans.models import Board, Cycle, Organisation, Plan
from plans.queries import plans_visible_to
from plans.scopes import Scope

POINTERS: Pointers = {
    Organisation: Pointer(
        "organisations",
        "key",
        also=(
            ("name", "name", "The organisation’s name."),
            ("ods_code", "ods_code", "Its code in the Organisation Data Service; null if none."),
        ),
    ),
    Board: Pointer("boards", "slug", also=(("name", "name", "The board’s name."),)),
    Cycle: Pointer("cycles", "key", also=(("name", "name", "The cycle’s name."),)),
    Plan: Pointer(
        "plans",
        "slug",
        plan=ITSELF,
        also=(
            ("title", "title", "The plan’s title."),
            ("cycle", "cycle__key", "The cycle that the plan is for, by its key."),
            ("boards", "boards__slug", "The boards whose plan it is, by their slugs."),
        ),
    ),
}
IN_PLAN = RowKey(("plan__slug", "ref"), told="the plan’s slug and the ref, as `plan:ref`")
STATED = PlacedKey(
    once_in_plan=True,
    told="the plan’s slug and the ref, as `plan:ref`; of a row that names no plan the board’s, "
    "as `:board:ref`",
)


def by_slug(noun: str, name: str = "slug") -> RowKey:
    """The key of a row that a slug names among all."""
    return RowKey((name,), told=f"the {noun}’s {name}")


def collection_of(
    key: str,
    model: type[Model],
    *,
    scope: Scope,
    one: str,
    told: str,
    about: Mapping[str, str],
    row_key: RowKey,
    order: tuple[str, ...],
    pointers: Pointers = POINTERS,
    worked: Sequence[Column] = (),
    filters: tuple[Filter, ...] = (),
    switches: tuple[Switch, ...] = (),
) -> Collection:
    """The collection of a model: its columns, and what each of its keys may be expanded by.

    `one` says what a row is, `told` what the collection is, `about` what each field means.
    """
    columns = columns_of(model, about, pointers, worked)
    return Collection(
        key=key,
        model=model,
        told=told,
        one=one,
        read=lambda person: scope.rows(person, model),
        plans=plans_visible_to,
        columns=columns,
        row_key=row_key,
        order=order,
        expansions=expansions_of(columns, model, pointers),
        filters=filters,
        switches=switches,
    )


def of_boards(slugs: Sequence[str]) -> Any:
    """The numbers of plans of one of these boards."""
    return linked_rows(Plan, "boards", "", None, {"boards__slug__in": slugs})


def _of_plans_boards(slugs: list[Any], person: Person) -> Q:
    return Q(plan__in=of_boards(slugs))


def _of_board(slugs: list[Any], person: Person) -> Q:
    return Q(board__slug__in=slugs) | Q(board__isnull=True, plan__in=of_boards(slugs))


CYCLE = Filter(
    "cycle",
    kinds.SLUG,
    "Rows of plans for this cycle, by its key, such as 2014-16.",
    str,
    lambda keys, person: Q(plan__cycle__key__in=keys),
)
BOARD_OF_PLAN = Filter(
    "board",
    kinds.SLUG,
    "Rows of plans of this board, by its slug. A joint plan is of each of its boards.",
    str,
    _of_plans_boards,
)
BOARD = Filter(
    "board",
    kinds.SLUG,
    "Rows of this board, by its slug; and those of its plans that name no board. A joint plan is "
    "of each of its boards.",
    str,
    _of_board,
)
PLAN_FILTERS = (CYCLE, BOARD_OF_PLAN)
PLACED_FILTERS = (CYCLE, BOARD)
