"""Columns of a collection: what each holds, where it is read, and what it means with its unit.

Most columns are fields of a model. A foreign key is shown by the natural key of the row that it
points at, so that nothing needs a number that is only ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from bcf.base.api import kinds
from bcf.base.api.kinds import Kind
from bcf.base.models import Cited, Published
from bcf.base.published import PrintedUnit

CITATION = "citation"
# A plan is read where it is itself read.
ITSELF = "itself"
# What a row belongs to, and never leaves: a row is read where that is.
_OWNERS = ("plan", "agreement", "breaks_down")


@dataclass(frozen=True, eq=False)
class Column:
    """One value of a row.

    `source` is the way to it from the row. `guard` is the way to the plan that decides whether
    the person may know of what is pointed at. `link` is the field of a column of several keys.
    A value that is `worked` out is made of what stands at `needs`, as the database has it; `cell`
    is the expression that makes its cell of a CSV file, None where only Python makes it.
    """

    name: str
    kind: Kind
    told: str
    source: str = ""
    is_optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    guard: str = ""
    link: str = ""
    needs: tuple[str, ...] = ()
    worked: Callable[..., Any] | None = None
    cell: Any = None
    # The object of JSON in which it stands, and its name there.
    within: str = ""
    name_within: str = ""
    # Why it cannot be filtered by; empty where it can.
    unfiltered: str = ""
    # The collection and the columns there that the key names.
    points_at: str = ""

    @property
    def field(self) -> str:
        """The field of the row's own model at which the way starts."""
        return self.source.split("__")[0]


@dataclass(frozen=True)
class Pointer:
    """How rows of a kind are pointed at: the collection, their natural key, what may be added.

    `plan` is the way from such a row to the plan that decides who may read it, and `also` the
    columns of `?expand=`, as name, way and what it says.
    """

    collection: str
    key: str
    plan: str = ""
    # The plan is part of the key: the ref is unique in it alone.
    is_in_plan: bool = False
    also: tuple[tuple[str, str, str], ...] = ()

    def guard(self, name: str) -> str:
        """The way to that plan from a row that points here by a field of this name."""
        return name if self.plan == ITSELF else f"{name}__{self.plan}" if self.plan else ""


Pointers = Mapping[type[models.Model], Pointer]

_CITED = {
    "citation_title": ("title", "The document that states the row; null where none does."),
    "citation_date": ("date", "The date of that document."),
    "citation_place": ("place", "Where in that document the row stands."),
}
_UNITS = "; ".join(f"{each.value} is {each.label}" for each in PrintedUnit)
SHARED = {
    "ref": "The row’s name within its plan, board or agreement; made once, never changed.",
    "version": "How often the row was saved; grows by one with each change.",
    "printed": "The figure as the document prints it, in `printed_unit`.",
    "printed_unit": f"The unit in which the document prints the figure: {_UNITS}.",
    "rounded_to": "What the printed figure is rounded to, in the unit of the value: pounds of "
    "money; 1000 is to the nearest thousand.",
    "qualifier": "What the document says of how exact the figure is.",
    "unit_meant": "The unit that the document means where the printed one is wrong.",
    "unit_ground": "On what ground another unit is meant than the printed one.",
    "plan": "The plan of which the row is, by its slug.",
    "board": "The Health and Wellbeing Board, by its slug.",
    "financial_year": "The financial year, 1 April to 31 March, such as 2015-16; or not-stated.",
    "period": "The period, as its code: 2015-16, 2015-16Q3, 2017-04, 2013, 2017-04/2017-07; or "
    "not-stated.",
    "period_in_words": "The period in the document’s words.",
    "note": "A note about the row.",
    "comment": "A comment on the figure.",
    **{name: told for name, (_, told) in _CITED.items()},
}
_LAST = {field.name for base in (Cited, Published) for field in base._meta.fields}


def columns_of(
    model: type[models.Model],
    told: Mapping[str, str],
    pointers: Pointers,
    worked: Sequence[Column] = (),
) -> tuple[Column, ...]:
    """The columns of a model's fields in their order, then what is worked out, then the source.

    Raises `KeyError` for a field of which neither `told` nor `SHARED` says what it means.
    """
    meta: Any = model._meta
    found = [
        column
        for field in (*meta.fields, *meta.many_to_many)
        if field.name != "id"
        for column in _columns_of(field, {**SHARED, **told}[field.name], pointers)
    ]
    first = {"plan": 0, "agreement": 0, "board": 1, "ref": 2, "slug": 2, "key": 2}
    own = [each for each in found if each.name not in _LAST and each.name != "version"]
    own.sort(key=lambda each: first.get(each.name, 3))
    source = [each for each in found if each.name in _LAST]
    version = [each for each in found if each.name == "version"]
    return (*own, *worked, *source, *version)


def _columns_of(field: Any, told: str, pointers: Pointers) -> Iterable[Column]:
    if field.related_model is None:
        yield _plain(field, told)
        return
    pointer = pointers[field.related_model]
    guard = "" if field.name in _OWNERS else pointer.guard(field.name)
    key = Column(
        field.name,
        kinds.SLUG,
        told,
        f"{field.name}__{pointer.key}",
        is_optional=field.null,
        guard=guard,
        link=field.name if field.many_to_many else "",
        points_at=pointer.collection,
    )
    if pointer.is_in_plan and not field.many_to_many and field.name not in _OWNERS:
        yield replace(
            key,
            name=f"{field.name}_plan",
            source=f"{guard}__slug",
            told=f"The plan of which the {field.name} is, by its slug: the row’s own, or the "
            "joint plan that it is a part of.",
            points_at="plans",
        )
    yield key


def _plain(field: Any, told: str) -> Column:
    within, name_within = "", ""
    if field.name in _CITED:
        within, name_within = CITATION, _CITED[field.name][0]
    kind = kinds.kind_of(field)
    is_text = "type" in kind.schema and field.empty_strings_allowed and not field.choices
    return Column(
        field.name,
        kind,
        told,
        field.name,
        is_optional=field.null or (field.blank and (is_text or bool(field.choices))),
        choices=tuple((str(key), str(label)) for key, label in field.choices or ()),
        within=within,
        name_within=name_within,
    )


def expansions_of(
    columns: Iterable[Column], model: type[models.Model], pointers: Pointers
) -> dict[str, tuple[Column, ...]]:
    """What `?expand=` adds for each foreign key that has something to add."""
    found: dict[str, tuple[Column, ...]] = {}
    for column in columns:
        if not column.points_at or column.link or column.name != column.field:
            continue
        related: Any = model._meta.get_field(column.field).related_model
        pointer = pointers[related]
        if pointer.also:
            found[column.name] = tuple(
                _added(column, related, name, way, told) for name, way, told in pointer.also
            )
    return found


def _added(column: Column, related: Any, name: str, way: str, told: str) -> Column:
    start = related._meta.get_field(way.split("__", maxsplit=1)[0])
    return replace(
        column,
        name=f"{column.name}_{name}",
        told=told,
        source=f"{column.field}__{way}",
        kind=kinds.TEXT,
        is_optional=True,
        points_at="",
        link=f"{column.field}__{start.name}" if start.many_to_many else "",
        unfiltered="It is a filter of the collection that it comes from.",
    )
