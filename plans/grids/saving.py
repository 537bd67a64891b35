"""Saving what was posted of a grid: all of it under one event, or none of it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, ProtectedError, Q
from django.forms import ModelForm

from bcf.base.bulk import RowsRefused
from plans.changes import Act, change_set
from plans.choices import ChangeKind
from plans.grids.columns import SeveralColumn
from plans.grids.meanwhile import Meanwhile
from plans.grids.sheet import GridRow, Posted, Sheet

Ready = tuple[GridRow, ModelForm]


class NothingSaved(Exception):
    """Some rows are refused, so none is saved; each row says why."""


def save(sheet: Sheet, posted: Posted) -> Act:
    """Save what was posted, and tell what was done.

    Raises `NothingSaved`, or `actions.Refused` where the plan may not be changed now.
    """
    kind = sheet.model._meta.verbose_name_plural
    with change_set(
        kind=ChangeKind.TABLE,
        words=f"Table of {kind} edited: {sheet.plan}",
        scope=sheet.scope,
        model=sheet.model,
        by=sheet.user,
    ) as act:
        act.hold([sheet.new_instance()])
        _Save(sheet, posted, act).run()
    return act


class _Save:
    """One attempt to save, within the transaction of `act`."""

    def __init__(self, sheet: Sheet, posted: Posted, act: Act) -> None:
        self.sheet, self.posted, self.act = sheet, posted, act
        self.stored = sheet.stored()
        self.meanwhile = Meanwhile(sheet, posted, self.stored)

    def run(self) -> None:
        self.meanwhile.refuse()
        removed = [row for row in self.posted.rows.values() if self._is_to_remove(row)]
        touched = [row for row in self.posted.rows.values() if self._is_to_save(row)]
        self._remove(removed)
        self._save([ready for row in touched if (ready := self._read(row))])
        if any(row.errors for row in self.posted.rows.values()):
            raise NothingSaved

    def _is_to_remove(self, row: GridRow) -> bool:
        return row.is_removed and row.number in self.stored and not row.errors

    def _is_to_save(self, row: GridRow) -> bool:
        return not row.is_removed and not row.errors and bool(self.posted.touched(row))

    def _read(self, row: GridRow) -> Ready | None:
        """A valid form of the row; None where its cells are refused."""
        self.posted.complete(row, self.stored)
        instance = self.stored.get(row.number or 0) or self.sheet.new_instance()
        form, unread = self.sheet.form(instance, row.cells)
        form.full_clean()
        for name, errors in form.errors.get_json_data().items():
            if name not in unread:
                row.refuse(*self._in_words(name, errors))
        for name, sentences in unread.items():
            row.refuse(name, *sentences)
        return None if row.errors else (row, form)

    def _in_words(self, name: str, errors: Iterable[Any]) -> tuple[str, ...]:
        """The column of errors of a form, empty where they are of the whole row; and what to do."""
        if name == NON_FIELD_ERRORS:
            name = ""
        what = next((each.what for each in self.sheet.columns if each.name == name), "this row")
        missing = f"Fill in the {what}: it cannot be left empty."
        said = (missing if each["code"] == "required" else each["message"] for each in errors)
        return name, *said

    def _save(self, ready: list[Ready]) -> None:
        links = [each for each in self.sheet.columns if isinstance(each, SeveralColumn)]
        linked = [each for each in ready if links and self._links_change(each, links)]
        plain = [each for each in ready if each not in linked]
        self._save_together(plain)
        for row, form in linked:
            self._save_with_links(row, form)

    def _links_change(self, ready: Ready, links: list[SeveralColumn]) -> bool:
        row, _ = ready
        touched = self.posted.touched(row)
        return any(each.name in touched for each in links)

    def _save_together(self, ready: list[Ready]) -> None:
        try:
            self.act.save([form.instance for _, form in ready])
        except RowsRefused as refused:
            for place, error in refused.errors.items():
                self._refuse(ready[place][0], error)

    def _save_with_links(self, row: GridRow, form: ModelForm) -> None:
        """Save a row and what it is linked to; its version counts the links as well."""
        is_new = form.instance._state.adding
        try:
            form.save()
        except ValidationError as error:
            self._refuse(row, error)
            return
        if is_new:
            self.act.added += 1
        else:
            self.act.changed += 1

    def _refuse(self, row: GridRow, error: ValidationError) -> None:
        """Note what a row refused, each error at its cell where it has one."""
        named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        names = {column.name for column in self.sheet.columns}
        for name, messages in named.items():
            for message in messages:
                row.refuse(name if name in names else self._constrained(message), message)

    def _constrained(self, message: str) -> str:
        """The only column of which the constraint with this message speaks; empty for several."""
        said = {
            each.get_violation_error_message(): each for each in self.sheet.model._meta.constraints
        }
        about = said.get(message)
        condition = getattr(about, "condition", None)
        if not isinstance(about, CheckConstraint) or not isinstance(condition, Q):
            return ""
        spoken_of = condition.referenced_base_fields
        found = [each.name for each in self.sheet.columns if each.name in spoken_of]
        return found[0] if len(found) == 1 else ""

    def _remove(self, rows: list[GridRow]) -> None:
        chosen = [self.stored[row.number] for row in rows if row.number]
        for row, sentence in zip(rows, self.meanwhile.hanging(chosen), strict=True):
            if sentence:
                row.refuse("", sentence)
        gone = [row for row in rows if not row.errors]
        # What hangs on another row goes first, so that no row is removed twice.
        gone.sort(key=lambda row: not self._hangs_on_another(self.stored[row.number or 0]))
        for row in gone:
            try:
                self.act.remove([self.stored[row.number or 0]])
            except ProtectedError:
                row.refuse("", "Other rows refer to this one, so it cannot be removed.")

    def _hangs_on_another(self, stored: Any) -> bool:
        own = (each for each in stored._meta.fields if each.related_model is type(stored))
        return any(getattr(stored, each.attname) is not None for each in own)
