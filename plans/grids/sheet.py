"""One plan's rows as a sheet of cells, and what a browser posts of it.

A row that is stored carries a token: its number and a checksum of each of its cells as they
were shown. What is posted is held against it cell by cell, so that a cell that the person did
not touch is never written, however old the page.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm

from bcf.accounts.models import User
from bcf.base.formfields import RowChoiceField
from plans.grids.columns import Column, column_of
from plans.grids.spec import Grid
from plans.models import Plan
from plans.scopes import Scope

MOST_ROWS = 2_000
Cells = dict[str, str]
_NAME = re.compile(r"r(\d{1,6})-(\w+)")
_CHECKSUM = 6


@dataclass
class GridRow:
    """A row as it is shown or was posted: its cells, and what is wrong with it.

    `number` is the row's own number, None where it is new; `is_kept` says that the cells are not
    what is stored, so that a browser must post them again.
    """

    cells: Cells
    number: int | None = None
    token: str = ""
    is_removed: bool = False
    is_kept: bool = False
    is_conflict: bool = False
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def error_count(self) -> int:
        return sum(len(each) for each in self.errors.values())

    def refuse(self, column: str, *sentences: str) -> None:
        """Note what is wrong with a cell, or with the whole row where `column` is empty."""
        self.errors.setdefault(column, []).extend(sentences)


class Sheet:
    """The columns, the forms and the stored rows of a grid for one plan and one person."""

    def __init__(
        self, grid: Grid, form: type[ModelForm], scope: Scope, plan: Plan, user: User
    ) -> None:
        self.grid, self.scope, self.plan, self.user = grid, scope, plan, user
        self.model: type[models.Model] = form._meta.model
        models.prefetch_related_objects([plan], "boards")
        self.form_class = _table_form(form, grid.columns, plan)
        fields = self.form_class(instance=self.new_instance()).fields
        self._choosers = {
            name: _chooser(each) for name, each in fields.items() if _is_of_rows(each)
        }
        # What the plan's cycle does not have is no field of the form, and no column.
        known = {**fields, **self._choosers}
        self.columns = [self._column(name, known) for name in grid.columns if name in known]

    def _column(self, name: str, fields: Mapping[str, forms.Field]) -> Column:
        column = column_of(self.model, name, fields[name], self.grid.widths.get(name, ""))
        column.label = self.grid.labels.get(name, column.label)
        return column

    def new_instance(self) -> Any:
        """A row of the plan that is not stored yet."""
        return self.model(**{"plan": self.plan, **self.grid.new(self.plan)})

    def stored(self) -> dict[int, Any]:
        """The plan's rows by their numbers, in the grid's order."""
        mine = self.model._default_manager.filter(plan=self.plan)
        rows = self.scope.visible(self.user, self.grid.order(mine))
        rows = rows.select_related(*self.grid.related).prefetch_related(*self.grid.together)
        found = {row.pk: row for row in rows}
        for row in found.values():
            row.plan = self.plan
        return found

    def cells_of(self, row: models.Model) -> Cells:
        return {column.name: column.write(row) for column in self.columns}

    def row_of(self, row: models.Model) -> GridRow:
        """A stored row as it is shown."""
        cells = self.cells_of(row)
        return GridRow(cells, number=row.pk, token=self.token(row.pk, cells))

    def blank(self) -> GridRow:
        """An empty row for something new."""
        return GridRow(self.cells_of(self.new_instance()))

    def token(self, number: int, cells: Cells) -> str:
        return f"{number}:{''.join(_checksum(cells[column.name]) for column in self.columns)}"

    def form(self, instance: Any, cells: Cells) -> "tuple[ModelForm, dict[str, list[str]]]":
        """A form of the row with what its cells say, and what could not be read of them."""
        data: dict[str, Any] = {}
        unread: dict[str, list[str]] = {}
        for column in self.columns:
            try:
                data[column.name] = column.read(cells[column.name])
            except ValueError as error:
                data[column.name] = ""
                unread[column.name] = [str(error)]
        form = self.form_class(data, instance=instance)
        form.fields.update(self._choosers)
        return form, unread


class Posted:
    """The rows that a browser has posted, in their order on the page."""

    def __init__(self, sheet: Sheet, data: Mapping[str, Any]) -> None:
        self._sheet = sheet
        found: dict[str, Cells] = {}
        for name in data:
            if match := _NAME.fullmatch(name):
                found.setdefault(match[1], {})[match[2]] = str(data[name])
        # By the place on the page; the names alone tell one row from another.
        self.rows = {int(key): self._row(each) for key, each in found.items() if "row" in each}

    def _row(self, posted: Cells) -> GridRow:
        sheet = self._sheet
        token = posted.pop("row")
        number = token.partition(":")[0]
        is_removed = bool(posted.pop("gone", ""))
        # A script leaves out rows that were not touched. Of one that is there, only a tick that
        # was taken off is not posted; any other cell that is missing is as it was.
        cells = {
            column.name: column.tidy(posted.get(column.name, ""))
            for column in sheet.columns
            if column.name in posted or (posted and column.kind == "yes")
        }
        is_stored = number.isdecimal()
        return GridRow(
            cells,
            number=int(number) if is_stored else None,
            token=token if is_stored else "",
            is_removed=is_removed,
        )

    def touched(self, row: GridRow) -> set[str]:
        """The names of the cells that the person has changed since the page was shown."""
        if not row.cells:
            return set()
        seen = row.token.partition(":")[2]
        names = [column.name for column in self._sheet.columns]
        if row.number is None or len(seen) != _CHECKSUM * len(names):
            return {name for name, text in row.cells.items() if text != self._blank_cells[name]}
        return {
            name
            for place, name in enumerate(names)
            if name in row.cells
            and _checksum(row.cells[name]) != seen[place * _CHECKSUM :][:_CHECKSUM]
        }

    def complete(self, row: GridRow, stored: Mapping[int, Any]) -> None:
        """Give a row the cells that were not posted: as stored, or else as in an empty row."""
        known = stored.get(row.number or 0)
        cells = self._blank_cells if known is None else self._sheet.cells_of(known)
        row.cells = {**cells, **row.cells}

    @property
    def _blank_cells(self) -> Cells:
        if "blank" not in self.__dict__:
            self.__dict__["blank"] = self._sheet.blank().cells
        blank: Cells = self.__dict__["blank"]
        return blank


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()) & 0xFFFFFF:06x}"


def _table_form(form: type[ModelForm], names: tuple[str, ...], plan: Plan) -> type[ModelForm]:
    """The form with these columns alone, for one plan."""
    others: Iterable[str] = set(form.base_fields).difference(names)
    own: Any = getattr(form, "Meta", object)
    meta = type("Meta", (own,), {"model": form._meta.model, "fields": names})
    body: dict[str, Any] = {"Meta": meta, "bound_plan": plan, **dict.fromkeys(others)}
    metaclass: Any = type(form)
    made: type[ModelForm] = metaclass("TableForm", (_CheckedLater, form), body)
    return made


class _CheckedLater:
    """A form that reads its fields; the row is checked when all rows are saved together."""

    def _post_clean(self) -> None:
        form: Any = self
        row = forms.models.construct_instance(form, form.instance, form._meta.fields)
        for each in row._meta.concrete_fields:
            if each.name in form.cleaned_data and not each.is_relation:
                self._as_stored(form, each)

    def _as_stored(self, form: Any, each: models.Field) -> None:
        """Give the row the field's own kind of value, so that it can be held against what is."""
        try:
            setattr(form.instance, each.name, each.to_python(getattr(form.instance, each.name)))
        except ValidationError as error:
            form.add_error(each.name, error)


def _is_of_rows(each: forms.Field) -> bool:
    return isinstance(each, forms.ModelChoiceField) and not isinstance(
        each, forms.ModelMultipleChoiceField
    )


def _chooser(each: Any) -> RowChoiceField:
    """The same choice among rows that are read once for all rows of the grid."""
    return RowChoiceField(rows=list(each.queryset), required=each.required, label=each.label)
