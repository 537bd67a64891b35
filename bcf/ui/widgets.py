"""Widgets that Django does not have."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

_WIDTHS = {"day": 2, "month": 2, "year": 4}
_TYPED = re.compile(r"(?P<year>[^-]*)-(?P<month>[^-]*)-(?P<day>.*)")


class DayMonthYearInput(forms.SelectDateWidget):
    """A date as three small boxes, which people fill in faster and more surely than a calendar.

    For a `DateField`: `forms.DateField(widget=DayMonthYearInput)`. What was typed is shown
    again when it is no date.
    """

    part_labels = ("Day", "Month", "Year")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Three text inputs, in the British order."""
        context = forms.Widget.get_context(self, name, value, attrs)
        shared = context["widget"]["attrs"]
        values = context["widget"]["value"] or {}
        context["widget"]["subwidgets"] = [
            self._part(f"{name}_{part}", part, values.get(part), shared) for part in _WIDTHS
        ]
        return context

    def _part(self, name: str, part: str, value: Any, shared: dict[str, Any]) -> dict[str, Any]:
        classes = str(shared.get("class", "")).replace("govuk-select", "govuk-input")
        attrs = {
            **shared,
            "id": f"{shared['id']}_{part}" if shared.get("id") else f"id_{name}",
            "class": f"{classes} govuk-input--width-{_WIDTHS[part]}".strip(),
            "inputmode": "numeric",
        }
        context: dict[str, Any] = forms.TextInput().get_context(name, value, attrs)["widget"]
        return context

    def format_value(self, value: Any) -> dict[str, Any]:
        """Day, month and year of a date, or of what was typed in place of one."""
        if isinstance(value, str) and (typed := _TYPED.fullmatch(value)):
            return {part: "" if text == "0" else text for part, text in typed.groupdict().items()}
        parts: dict[str, Any] = super().format_value(value)
        return parts

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The day comes first, whatever the locale."""
        return f"{id_}_day"


class SuggestInput(forms.TextInput):
    """A text box that suggests words, and takes any other."""

    template_name = "ui/widgets/suggest.html"

    def __init__(self, *args: Any, suggestions: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the suggestions, beside the box."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = self.suggestions
        return context


class PartSelect(forms.Select):
    """A list in groups, in which one value may stand in several: `whole` names the group meant.

    Scheme types have a sub type “other” each; the one under the chosen type is shown as chosen.
    """

    whole: str | None = None

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The groups, with the value chosen in its own group alone."""
        groups = super().optgroups(name, value, attrs)
        own = [options for heading, options, _ in groups if heading == self.whole]
        if any(str(option["value"]) in value for options in own for option in options):
            for heading, options, _ in groups:
                for option in options:
                    is_chosen = heading == self.whole and str(option["value"]) in value
                    option["selected"] = is_chosen
                    option["attrs"].pop("selected", None)
                    option["attrs"].update({"selected": True} if is_chosen else {})
        return groups


class CheckList(forms.CheckboxSelectMultiple):
    """Several of a list, ticked; what is ticked stands first, and a long list scrolls."""

    template_name = "ui/widgets/check_list.html"
    label: Any = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the name of the whole list, which has no label of its own."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.label
        return context

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """The groups and, in each, the options, with the ticked ones first."""
        groups = [
            (heading, sorted(options, key=_unticked), index)
            for heading, options, index in super().optgroups(name, value, attrs)
        ]
        return sorted(groups, key=lambda group: all(map(_unticked, group[1])))


def _unticked(option: dict[str, Any]) -> bool:
    return not option["selected"]
