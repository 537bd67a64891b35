"""Saving what was posted of a grid: all of it under one event, or none of it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import CheckConstraint, ProtectedError, Q
from django.forms import ModelForm

from bcf.base.bulk import RowsRefused
from plans.changes import Act, change_set
from plans.choices import ChangeKind
from plans.grids.columns import SeveralColumn
from plans.grids.hanging import hanging_on
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
        before = [form.instance.version for _, form in ready]
        try:
            self.act.save([form.instance for _, form in ready])
        except RowsRefused as refused:
            for place, error in refused.errors.items():
                self._refuse(ready[place][0], error)
            return
        for (row, form), version in zip(ready, before, strict=True):
            self._link(row, form, version)

    def _link(self, row: GridRow, form: ModelForm, version: int) -> None:
        """Link a saved row to what its cells name; a change of that alone is a version too."""
        links = {
            each.name: {linked.pk for linked in form.cleaned_data[each.name]}
            for each in self.sheet.columns
            if isinstance(each, SeveralColumn)
        }
        saved: Any = form.instance
        linked = {name: {each.pk for each in getattr(saved, name).all()} for name in links}
        if linked == links:
            return
        if row.number is not None and saved.version == version:
            saved.save()
            self.act.changed += 1
        self.act.link(saved, links)

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
        hanging = hanging_on(self.sheet.model, {row.number for row in rows if row.number})
        for row in rows:
            if sentence := hanging.get(row.number or 0):
                row.refuse("", sentence)
        self._remove_together([row for row in rows if not row.errors])

    def _remove_together(self, rows: list[GridRow]) -> None:
        try:
            with transaction.atomic():
                self.act.remove([self.stored[row.number] for row in rows if row.number])
        except ProtectedError:
            if len(rows) == 1:
                rows[0].refuse("", "Other rows refer to this one, so it cannot be removed.")
                return
            for row in rows:
                self._remove_together([row])
