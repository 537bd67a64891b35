"""Two people at one row: the second to save is told, and overwrites nothing unseen.

A form carries what its row was when the page was opened: the row's version and a digest of each
value shown. A row that the person did not touch is not saved, however old the page; a row that
both changed is refused with who changed it, when and to what, and with everything typed kept. In
fields that only the other changed the form then shows theirs, so that saving again undoes nothing.
"""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from bcf.base.sentences import flat

SEEN = "seen"


class SeenField(forms.CharField):
    """Version and digests of a row as the page showed it: `3:amount=9f86d081,theme=60303ae2`."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SeenForm(forms.ModelForm):
    """A form of a versioned row that knows what the person saw."""

    seen = SeenField(required=False, label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial[SEEN] = self._token()

    def has_changed(self) -> bool:
        return super().has_changed() and not self._is_untouched()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        version, _ = self._posted_token()
        if version and version != str(self.instance.version) and self.has_changed():
            theirs, mine = self._changed_by_others(), self._touched()
            if theirs:
                conflict = self._conflict(theirs, mine)
                self._take_over(theirs - mine)
                raise ValidationError(conflict, code="changed-meanwhile")
        return cleaned

    def _posted_token(self) -> tuple[str, dict[str, str]]:
        """The version that the page showed, and the digest of each field then."""
        posted = self.data.get(self.add_prefix(SEEN), "") if self.is_bound else ""
        version, _, digests = str(posted).partition(":")
        return version, dict(each.split("=", 1) for each in digests.split(",") if "=" in each)

    def _touched(self) -> set[str]:
        """The fields in which something else was posted than the page showed."""
        _, shown = self._posted_token()
        return _unlike(shown, self._posted_values())

    def _changed_by_others(self) -> set[str]:
        """The fields that hold something else now than the page showed, and than was posted."""
        _, shown = self._posted_token()
        stored, posted = self._stored_values(), self._posted_values()
        return {name for name in _unlike(shown, stored) if stored[name] != posted[name]}

    def _is_untouched(self) -> bool:
        """Whether what was posted is what the page showed."""
        _, shown = self._posted_token()
        return bool(shown) and not self._touched()

    def _token(self) -> str:
        digests = ",".join(
            f"{name}={_digest(value)}" for name, value in self._stored_values().items()
        )
        return f"{self.instance.version}:{digests}"

    def _stored_values(self) -> dict[str, str]:
        return {
            name: _plain(field, self.get_initial_for_field(field, name))
            for name, field in self._own_fields().items()
        }

    def _posted_values(self) -> dict[str, str]:
        return {
            name: _plain(
                field,
                field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)),
            )
            for name, field in self._own_fields().items()
        }

    def _stored_words(self, name: str) -> str:
        field = self.fields[name]
        return _in_words(field, self.get_initial_for_field(field, name))

    def posted_words(self, name: str) -> str:
        """What was typed or chosen in a field, as its box shows it; “empty” for nothing."""
        widget = self.fields[name].widget
        typed = widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return _in_words(self.fields[name], typed)

    def _own_fields(self) -> dict[str, forms.Field]:
        """The fields of the row itself, without what a table adds to every form."""
        return {
            name: field
            for name, field in self.fields.items()
            if name in self.base_fields and name != SEEN
        }

    def _take_over(self, names: set[str]) -> None:
        """Let the form, shown again, carry what is stored now, and in these fields show it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(SEEN)] = self._token()
        for name in names:
            field = self.fields[name]
            put_into(data, self.add_prefix(name), field, self.get_initial_for_field(field, name))
        self.data = data

    def _conflict(self, theirs: set[str], mine: set[str]) -> str:
        last = self.instance.history.first()
        who = str(last.history_user) if last and last.history_user else "Somebody"
        when = timezone.localtime(last.history_date) if last else timezone.localtime()
        changes = [
            f"{self.fields[name].label or name}: {self._stored_words(name)} "
            + (f"(yours: {self.posted_words(name)})" if name in mine else "(put into the form)")
            for name in self._own_fields()
            if name in theirs
        ]
        remedy = (
            "What you typed is still here: save again to put it in place of theirs, or open the "
            "row from its list again to keep theirs."
            if theirs & mine
            else "What you typed is still here: save again to keep both."
        )
        return (
            f"{who} changed this row on {when.day} {when:%B %Y at %H:%M}, after you had opened "
            f"the page. It now has {'; '.join(changes)}. {remedy}"
        )


def _unlike(shown: dict[str, str], values: dict[str, str]) -> set[str]:
    """The names whose value is not the one of which the page carried the digest."""
    return {name for name, value in values.items() if shown.get(name) != _digest(value)}


def put_into(data: QueryDict, name: str, field: forms.Field, value: Any) -> None:
    """Have a browser's data say this of a field, as its box would post it."""
    widget: Any = getattr(field.widget, "widget", field.widget)
    shown = field.prepare_value(value)
    data.pop(name, None)
    if isinstance(widget, forms.CheckboxInput):
        if value:
            data[name] = "on"
    elif isinstance(shown, (list, tuple)):
        data.setlist(name, [str(each) for each in shown])
    else:
        data[name] = _plain(field, value)


def _plain(field: forms.Field, value: Any) -> str:
    """A value as its box shows it, the same whether it comes from the row or from the browser."""
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return "yes" if value else ""
    shown = field.prepare_value(value)
    if isinstance(widget, forms.Widget) and not isinstance(shown, (list, tuple)):
        shown = widget.format_value(shown)
    if isinstance(shown, (list, tuple)):
        return ", ".join(sorted(str(each) for each in shown))
    return "" if shown is None else str(shown).replace("\r\n", "\n").strip()


def _in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader reads it: the labels of what is chosen, and not its keys."""
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return "ticked" if value else "not ticked"
    if not isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return _plain(field, value) or "empty"
    shown = widget.format_value(field.prepare_value(value))
    keys = [str(key) for key in (shown if isinstance(shown, (list, tuple)) else [shown]) if key]
    labels = dict(flat(field.choices))
    return "; ".join(labels.get(key, key) for key in keys) or "empty"


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:10]
