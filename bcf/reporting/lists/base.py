"""Lists of a plan's or a board's rows as data: which rows, which columns, which filters.

A list is a value. One view shows any of them, paged and filtered, each row with the place in the
document that it comes from; a new kind of row is a new value, not a new view.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from bcf.assurance.money_tables import ENTERED_HERE, source_notes
from bcf.base.models import Cited, Published
from bcf.base.published import PrintedUnit, with_commas
from bcf.base.sums import Sum, counted
from bcf.money import NotMoney, format_pounds, parse_pounds
from bcf.ui.tables import Cell, Column, Kind, Row, Table, build_row, build_table
from plans.models import Organisation
from plans.queries import Somebody, rows_visible_to

NOT_STATED = "Not stated"
REF, OWNER, MOST_REFS = "ref", "of", 100


@dataclass(frozen=True)
class Shown:
    """A column: its heading, and what it shows of a row; `sums` where it is added up below.

    What is missing is “not stated”, unless the column is `optional`: a remark need not be there.
    """

    label: str
    value: Callable[[Any], Any]
    kind: Kind = "text"
    sums: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Filter:
    """A choice among the values that occur: `name` in the address, `field` in the database.

    One that is not offered is used by links alone.
    """

    name: str
    label: str
    field: str
    words: Callable[[Any], str] = str
    is_offered: bool = True


@dataclass(frozen=True)
class RowList:
    """One kind of row: how it is read, shown, searched and added up.

    `rows(owner_ids)` reads the rows of the plans or of the board with these keys, and `scope`
    leaves those that a person may see. A list that a part of a joint plan `inherits` shows the
    joint plan's rows with its own. `amount` names the money of a row, and `sum` says how it is
    added up under the list. `bodies` are the organisations that a row names, read with it: what
    they became is told under the list.
    """

    key: str
    heading: str
    empty: str
    rows: Callable[[Sequence[int]], QuerySet[Any]]
    scope: Callable[[Somebody, QuerySet[Any]], QuerySet[Any]] = field(
        default=rows_visible_to, kw_only=True
    )
    columns: tuple[Shown, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    url: Callable[[Any], str] | None = None
    amount: str = ""
    sum: Sum | None = None
    indent: Callable[[Any], int] = lambda row: 0
    notes: tuple[str, ...] = ()
    bodies: Callable[[Any], Iterable[Organisation | None]] = lambda row: ()
    inherits: bool = False


def chosen(rows: QuerySet[Any], spec: RowList, asked: QueryDict) -> QuerySet[Any]:
    """The rows that fit what was asked for; a value that does not occur finds nothing.

    `ref`, as often as it is given, asks for the rows with just these refs, and `of` for those of
    one plan, by its slug, where a plan is listed with its parts.
    """
    if refs := asked.getlist(REF):
        rows = rows.filter(_named(rows.model, refs[:MOST_REFS], asked.get(OWNER, "")))
    for each in spec.filters:
        value = asked.get(each.name, "")
        if value:
            rows = _once(rows, _fits(rows.model, each.field, value), [each.field])
    for word in asked.get("q", "").replace("\0", " ").split():
        rows = _once(rows, _mentions(rows.model, spec, word), spec.search)
    return rows


def _named(model: type[Model], refs: Sequence[str], owner: str) -> Q:
    own = {field.name for field in model._meta.get_fields()}
    name = next((each for each in (REF, "slug") if each in own), "")
    if not name:
        return NOTHING
    named = Q(**{f"{name}__in": [ref for ref in refs if "\0" not in ref]})
    is_told = owner and "\0" not in owner and "plan" in own
    return named & Q(plan__slug=owner) if is_told else named


def _once(rows: QuerySet[Any], condition: Q, paths: Iterable[str]) -> QuerySet[Any]:
    """Those rows that fit, each once, though several of the rows that it points at may fit."""
    if not any(lookup_spawns_duplicates(rows.model._meta, path) for path in paths):
        return rows.filter(condition)
    fits = rows.model._base_manager.filter(condition)
    return rows.filter(pk__in=fits.values("pk"))


NOTHING = Q(pk__in=[])


def _fits(model: type[Model], path: str, value: str) -> Q:
    """Rows whose field has this value; `none` stands for what is not stated."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    field = model._meta.get_field(name)
    if value == "none":
        missing = Q(**{f"{path}__isnull": True})
        return missing | Q(**{path: ""}) if isinstance(field, models.CharField) else missing
    try:
        field.to_python(value)  # type: ignore[union-attr]
    except ValidationError:
        return NOTHING
    return NOTHING if "\0" in value else Q(**{path: value})


def _mentions(model: type[Model], spec: RowList, word: str) -> Q:
    """Rows in which a word occurs: in a text, in the figure as printed, or in its place."""
    condition = NOTHING
    own = {field.name for field in model._meta.get_fields()}
    everywhere = [name for name in ("printed", "citation_place") if name in own]
    for name in (*spec.search, *everywhere):
        condition |= Q(**{f"{name}__icontains": word})
    figure = re.sub(r"[£,]", "", word)
    if figure != word and "printed" in own:
        condition |= Q(printed__icontains=figure)
    if spec.amount in own:
        with suppress(NotMoney):
            condition |= Q(**{spec.amount: parse_pounds(word)})
    return condition


@dataclass(frozen=True)
class Choice:
    """One value of a filter, as it stands in the address and as it reads."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FilterChoices:
    """A filter with the values that occur in the list."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def choices_of(rows: QuerySet[Any], spec: RowList, asked: QueryDict) -> list[FilterChoices]:
    """Filters with more than one value to choose from; one query a filter."""
    offered = []
    for each in filter(lambda one: one.is_offered, spec.filters):
        plain = rows.prefetch_related(None).order_by(each.field)
        values = plain.values_list(each.field, flat=True).distinct()
        found = list(dict.fromkeys(values))
        if len(found) > 1:
            choices = tuple(_choice(value, each, asked) for value in found)
            offered.append(FilterChoices(each.name, each.label, choices))
    return offered


def _choice(value: Any, spec: Filter, asked: QueryDict) -> Choice:
    code = str(value) if value not in ("", None) else "none"
    label = spec.words(value) if code != "none" else NOT_STATED
    return Choice(code, label, asked.get(spec.name) == code)


def table_of(
    spec: RowList,
    rows: Sequence[Any],
    *,
    owners: Mapping[int, str],
    whole: Decimal | None,
    is_filtered: bool,
    heading: str = "",
    notes: Sequence[str] = (),
) -> Table:
    """The rows of one page as a table; `owners` names whose each is, where there are several."""
    several = len(owners) > 1
    first, *others = spec.columns
    others, unstated = _filled(others, rows)
    columns = [
        Column(first.label, is_row_header=True),
        *([Column("Whose")] if several else []),
        *(Column(each.label, each.kind) for each in others),
    ]
    label = "Total of the rows found" if is_filtered else "Total"
    sums = [whole if each.sums else "" for each in others]
    sum_row = [label, *([""] if several else []), *sums]
    return build_table(
        spec.key,
        heading or spec.heading,
        columns,
        [_row(spec, row, others, owners if several else {}) for row in rows],
        total=sum_row if any(each.sums for each in others) else None,
        notes=[*spec.notes, *unstated, *notes, *_sources(rows)],
        empty="No row fits what you asked for." if is_filtered else spec.empty,
    )


def _filled(columns: Sequence[Shown], rows: Sequence[Any]) -> tuple[list[Shown], list[str]]:
    """The columns that at least one row fills, and a note that names the others."""
    empty = [
        column for column in columns if rows and not any(_is_stated(column, row) for row in rows)
    ]
    names = ", ".join(dict.fromkeys(column.label.lower() for column in empty))
    notes = [f"Not stated for any row here: {names}."] if empty else []
    return [column for column in columns if column not in empty], notes


def _is_stated(column: Shown, row: Any) -> bool:
    value = column.value(row)
    return getattr(value, "value", value) not in ("", None)


def _row(spec: RowList, row: Any, others: Sequence[Shown], owners: Mapping[int, str]) -> Row:
    first = spec.columns[0]
    address = spec.url(row) if spec.url else ""
    cells = [Cell(_shown(first.value(row)), url=address, note=source_note(row, spec.amount))]
    if owners:
        cells.append(Cell(owners.get(getattr(row, "plan_id", 0), "")))
    cells += [_cell(each, row) for each in others]
    return build_row(cells, indent=spec.indent(row))


def _cell(column: Shown, row: Any) -> Cell:
    value = column.value(row)
    if isinstance(value, Cell):
        return value
    if column.optional and value in ("", None):
        return Cell("")
    return Cell(_shown(value, column.kind))


def _shown(value: Any, kind: Kind = "text") -> Any:
    """A figure as it is; a text, and a text that is missing, in words."""
    if kind != "text":
        return value
    return NOT_STATED if value in ("", None) else str(value)


def whole_of(spec: RowList, rows: QuerySet[Any]) -> Decimal | None:
    """The amounts of all rows that count, in pounds; None where none is stated."""
    return counted(rows, spec.sum) if spec.sum else None


def _sources(rows: Iterable[Model]) -> list[str]:
    found = [row.citation for row in rows if isinstance(row, Cited) and row.citation]
    return source_notes(found, with_places=False)


def source_note(row: Any, amount: str = "") -> str:
    """Where a row stands in its document, how its figure is printed, and whether it changed."""
    if not isinstance(row, Cited):
        return ""
    parts = [row.citation.place if row.citation else ENTERED_HERE]
    if isinstance(row, Published):
        parts += _printed(row, getattr(row, amount) if amount else None)
    return "; ".join(filter(None, parts))


def _printed(row: Published, amount: Decimal | None) -> list[str]:
    parts = []
    if row.printed:
        about = f"{row.qualifier} " if row.qualifier else ""
        unit = f" ({_unit(row)})" if row.printed_unit else ""
        parts.append(f"printed as {about}{with_commas(row.printed)}{unit}")
    if row.rounded_to is not None and row.rounded_to != 1:
        sign = "£" if row.printed_unit else ""
        parts.append(f"rounded to {sign}{row.rounded_to.normalize():,f}")
    if amount is not None and row.printed_amount not in (None, amount):
        parts.append(f"changed here from {format_pounds(row.printed_amount)}")
    return parts


def _unit(row: Published) -> str:
    words = PrintedUnit(row.printed_unit).label
    if row.unit_meant and row.unit_meant != row.printed_unit:
        return f"{words}, meaning {PrintedUnit(row.unit_meant).label}: {row.unit_ground}"
    return words


def year_words(value: Any) -> str:
    """A period as a reader reads it."""
    return str(value.label)
