"""The terms of an agreement in words, and what an event changes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bcf.money import format_pounds
from bcf.ui.tables import NOT_STATED
from governance.choices import Arrangement
from governance.rules import Terms
from plans.models import Organisation

Names = Mapping[str, str]


@dataclass(frozen=True)
class TermChange:
    """One of the terms, with what it says before and after an event."""

    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        """`End: March 2021, now March 2022.`"""
        return f"{self.label}: {self.before}, now {self.after}."


def names_of(*terms: Terms) -> Names:
    """The names of the parties to these terms by their keys; one query."""
    keys = {key for each in terms for key in each.parties}
    return dict(Organisation.objects.filter(key__in=keys).values_list("key", "name"))


def told(terms: Terms, names: Names) -> list[tuple[str, str]]:
    """Each of the terms under its name; a year without a pooled fund is left out."""
    return [
        ("End", terms.end_label),
        ("Arrangement", _arrangement(terms)),
        ("Parties", _parties(terms.parties, names)),
        *(
            (f"Pooled fund {year.label}", format_pounds(amount))
            for year, amount in sorted(terms.pooled.items())
        ),
    ]


def changes_of(before: Terms, after: Terms, names: Names) -> list[TermChange]:
    """What differs between two terms, in the order in which they are told."""
    old, new = dict(told(before, names)), dict(told(after, names))
    labels = [label for label, _ in told(before, names)[:3]]
    years = sorted({*before.pooled, *after.pooled})
    labels += [f"Pooled fund {year.label}" for year in years]
    pairs = ((label, old.get(label, NOT_STATED), new.get(label, NOT_STATED)) for label in labels)
    return [TermChange(*pair) for pair in pairs if pair[1] != pair[2]]


def _arrangement(terms: Terms) -> str:
    return str(Arrangement(terms.arrangement).label) if terms.arrangement else NOT_STATED


def _parties(keys: Iterable[str], names: Names) -> str:
    return "; ".join(sorted(names.get(key, key) for key in keys)) or NOT_STATED
