"""Two people at one row: the second to save is told, and overwrites nothing unseen.

A form carries what its row was when the page was opened: the row's version and a digest of the
values shown. A row that the person did not touch is not saved, however old the page; a row that
both changed is refused with who changed it, when and to what, and with everything typed kept.
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
    """Version and digest of a row as the page showed it: `3:9f86d081`."""

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
            self._renew()
            raise ValidationError(self._conflict(), code="changed-meanwhile")
        return cleaned

    def _posted_token(self) -> tuple[str, str]:
        posted = self.data.get(self.add_prefix(SEEN), "") if self.is_bound else ""
        version, _, digest = str(posted).partition(":")
        return version, digest

    def _is_untouched(self) -> bool:
        """Whether what was posted is what the page showed."""
        _, digest = self._posted_token()
        return bool(digest) and digest == _digest(self._posted_values())

    def _token(self) -> str:
        return f"{self.instance.version}:{_digest(self._stored_values())}"

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

    def _renew(self) -> None:
        """Let the form, shown again, carry what is stored now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(SEEN)] = self._token()
        self.data = data

    def _conflict(self) -> str:
        last = self.instance.history.first()
        who = str(last.history_user) if last and last.history_user else "Somebody"
        when = timezone.localtime(last.history_date) if last else timezone.localtime()
        stored, posted = self._stored_values(), self._posted_values()
        theirs = [
            f"{self.fields[name].label or name}: {self._stored_words(name)} "
            f"(yours: {self.posted_words(name)})"
            for name in stored
            if stored[name] != posted[name]
        ]
        return (
            f"{who} changed this row on {when.day} {when:%B %Y at %H:%M}, after you had opened "
            f"the page. It now has {'; '.join(theirs)}. What you typed is still here: save again "
            "to put it in place of theirs, or reload the page to keep theirs."
        )


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


def _digest(values: dict[str, str]) -> str:
    text = "\0".join(f"{name}\1{value}" for name, value in sorted(values.items()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
