"""One column of a file of rows: a field of the model, with the cell that reads and writes it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from import_export.fields import Field

from bcf.base.cells import CellWidget, ChoiceCell, YesNoCell, cell_of
from bcf.base.references import Directory, LinksCell, ReferenceCell, Target
from bcf.files.writing import Cell


class Column(Field):
    """A column named as the field. What a blank cell means follows from the field."""

    def __init__(
        self,
        field: Any,
        reference: ReferenceCell | None = None,
        choices: Callable[[Any], Iterable[tuple[str, str]]] | None = None,
    ) -> None:
        cell: CellWidget = reference or (ChoiceCell(choices) if choices else cell_of(field))
        super().__init__(attribute=field.name, column_name=field.name, widget=cell)
        self._field = field

    def __deepcopy__(self, memo: Any) -> "Column":
        """Itself: it never changes, and each resource would make a copy."""
        return self

    @property
    def target(self) -> Target | None:
        """What the column points at, where it does."""
        return self.widget.target if isinstance(self.widget, ReferenceCell) else None

    @property
    def is_link(self) -> bool:
        return isinstance(self.widget, LinksCell)

    @property
    def is_needed(self) -> bool:
        """Whether a row cannot be without it."""
        field = self._field
        return not (field.blank or field.null or field.has_default())

    @property
    def label(self) -> str:
        """As the pages call it: `Amount (£)`."""
        name = str(self._field.verbose_name)
        return name[:1].upper() + name[1:]

    @property
    def help(self) -> str:
        return str(self._field.help_text)

    def stored(self, row: Any) -> Any:
        """What stands in the row; of links, the rows linked to."""
        if not self.is_link:
            is_there = getattr(row, self._field.attname) is not None
            return getattr(row, self.attribute) if is_there else None
        return [] if row._state.adding else list(getattr(row, self.attribute).all())

    def write(self, row: Any, directory: Directory) -> Cell:
        """What an export writes of the row."""
        written: Cell = self.widget.render(self.stored(row), instance=row, directory=directory)
        return written

    def read(self, text: str, row: Any, stored: Any, directory: Directory) -> Any:
        """What the cell means for this row; raises `ValueError` or `ValidationError`."""
        if not text.strip():
            return self._blank(row, stored, directory)
        try:
            value = self.widget.clean(text, instance=row, directory=directory)
        except Exception:
            # What an export has written is always taken back, however odd.
            if row._state.adding or text.strip() != str(self.write(row, directory) or "").strip():
                raise
            return stored
        return [*value, *_hidden(self, stored, directory)] if self.is_link else value

    def _blank(self, row: Any, stored: Any, directory: Directory) -> Any:
        if self.is_needed:
            raise ValueError("Fill this cell: a row cannot be without it.")
        if self.is_link:
            return _hidden(self, stored, directory)
        if self.target and stored is not None and not directory.may_read(self.target, stored):
            return stored
        if isinstance(self.widget, YesNoCell):
            if row._state.adding:
                return stored
            raise ValueError("Write yes or no.")
        if self._field.has_default():
            return self._field.to_python(self._field.get_default())
        return None if self._field.null else ""

    def put(self, row: Any, value: Any, links: dict[str, list[Any]]) -> None:
        """Set the value; what is linked is kept apart until the row is saved."""
        if self.is_link:
            links[self.attribute] = value
        else:
            setattr(row, self.attribute, value)

    def settled_sentence(self, row: Any, stored: Any) -> str:
        """Why the column of a row that is there already stays as it is."""
        shown = self.widget.show(stored, row) or "empty"
        return f"This does not change once the row is there; it is {shown}. Write that again."


def _hidden(column: Column, stored: Iterable[models.Model], directory: Directory) -> list[Any]:
    """What the row is linked to and the person may not know of: it stays linked."""
    target = column.target
    assert target is not None
    return [each for each in stored if not directory.may_read(target, each)]
