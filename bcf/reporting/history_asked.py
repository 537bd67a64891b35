"""What a reader of a plan's history asks for: since when, by whom, of which kind of row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from bcf.assurance.entries import names_of
from bcf.assurance.stream import NOBODY, Asked, Stream
from bcf.ui.templatetags.ui import british_date
from plans.choices import PlanAction
from plans.models import PlanEvent

EVERYTHING = "Everything"


class SinceForm(forms.Form):
    """The date since which changes are shown."""

    since = forms.DateField(
        label="Changed since",
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Changed since: give a date that there is, such as 14/03/2026."},
    )


@dataclass(frozen=True)
class Choice:
    """One value that can be asked for, as it stands in the address and as it reads."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """What was asked, and everything that could be: periods, people, kinds of row."""

    asked: Asked
    form: SinceForm
    periods: tuple[Choice, ...]
    people: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    period: str

    @property
    def is_narrowed(self) -> bool:
        return self.asked != Asked()


def question_of(asked: QueryDict, every: Stream, events: Sequence[PlanEvent]) -> Question:
    """What an address asks of the history of some plans; what it does not know is ignored."""
    form = SinceForm(asked if asked.get("since") else None)
    moments = moments_of(events)
    period = "" if form.is_bound else asked.get("period", "")
    since = moments[period][1] if period in moments else None
    if form.is_bound and form.is_valid():
        since = _start_of(form.cleaned_data["since"])
    people, kinds = every.who_and_what()
    names = {str(number or NOBODY): name for number, name in names_of(people).items()}
    labels = {model._meta.label_lower: model for model in kinds}
    by, kind = asked.get("by", ""), asked.get("kind", "")
    return Question(
        Asked(since, int(by) if by in names else None, labels.get(kind)),
        form,
        _choices({key: label for key, (label, _) in moments.items()}, period),
        _choices(dict(sorted(names.items(), key=lambda pair: pair[1])), by),
        _choices(
            {
                label: _capital(str(model._meta.verbose_name_plural))
                for label, model in sorted(labels.items(), key=_by_name)
            },
            kind,
        ),
        period,
    )


def _by_name(pair: Any) -> str:
    return str(pair[1]._meta.verbose_name_plural)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _choices(labels: dict[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in labels.items())


def moments_of(events: Sequence[PlanEvent]) -> dict[str, tuple[str, datetime | None]]:
    """The periods that can be asked for: their labels, and the moments at which they start.

    `events` are the plan's, the newest first.
    """
    today = timezone.localdate()
    moments: dict[str, tuple[str, datetime | None]] = {
        "": (EVERYTHING, None),
        "today": ("Today", _start_of(today)),
        "week": ("7 days", _start_of(today - timedelta(days=6))),
        "month": ("30 days", _start_of(today - timedelta(days=29))),
    }
    for action, words in ((PlanAction.SUBMIT, "submitted"), (PlanAction.REOPEN, "reopened")):
        last = next((event for event in events if event.action == action), None)
        if last:
            moments[words] = (f"Since it was {words} on {british_date(last.at)}", last.at)
    return moments


def _start_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
