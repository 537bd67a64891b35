"""Changes of rows told in words: which row, what differs, in the words of the plan's cycle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from bcf.base.differences import Difference, differences
from bcf.base.names import Names, foreign_keys
from bcf.base.versions import Change, Version
from plans.cycle_words import cycle_words
from plans.models import Plan
from plans.queries import Somebody, plans_visible_to

HIDDEN = "a plan that you may not read"


@dataclass(frozen=True)
class Told:
    """One change of one row in words. `plan_id` is None for a row that belongs to no plan.

    `record` is the number of the record in the history, `version` the row's own count.
    """

    model: type[Model]
    row_id: int
    ref: str
    name: str
    plan_id: int | None
    is_there: bool
    record: int
    version: int
    what: str
    at: datetime
    by_id: int | None
    reason: str
    differences: tuple[Difference, ...]
    is_known: bool

    @property
    def kind(self) -> str:
        """What sort of row it is: `spend line`."""
        return str(self.model._meta.verbose_name)

    @property
    def heading(self) -> str:
        """`Changed spend line`."""
        return f"{self.what} {self.kind}"

    @property
    def is_removal(self) -> bool:
        return self.what == "Removed"

    @property
    def is_addition(self) -> bool:
        return self.what in ("Added", "Put back")


def tell(changes: Iterable[Change], *, to: Somebody) -> list[Told]:
    """The changes in words for a person; one query for each kind of row that they name."""
    every = list(changes)
    teller = Teller(every, to)
    return [teller.told(change) for change in every]


class Teller:
    """Knows the names and the choices that some changes need."""

    def __init__(self, changes: Iterable[Change], to: Somebody) -> None:
        self.names = Names()
        for change in changes:
            self.names.want(change.new.model, [change.new.row_id])
            for version in filter(None, (change.old, change.new)):
                self.names.want_targets(version)
        self.names.load()
        plans = self.names.numbers(Plan)
        shown = plans_visible_to(to).filter(pk__in=plans).values_list("pk", flat=True)
        self._hidden = set(plans).difference(shown)

    def told(self, change: Change) -> Told:
        """One change in words."""
        new = change.new
        words = self.words_of(new)
        differs = differences(new.model, *change.states, words) if change.is_known else []
        return Told(
            model=new.model,
            row_id=new.row_id,
            ref=_ref_of(new),
            name=self.name_of(new),
            plan_id=self.plan_of(new),
            is_there=self.names.is_there(new.model, new.row_id),
            record=new.number,
            version=new.version,
            what=_what(change),
            at=new.at,
            by_id=new.by_id,
            reason=new.reason,
            differences=tuple(differs),
            is_known=change.is_known,
        )

    def name_of(self, version: Version) -> str:
        """What the row was called in this version."""
        if version.model is Plan and version.row_id in self._hidden:
            return HIDDEN
        try:
            return str(self.names.instance(version))
        except ObjectDoesNotExist:
            # What it is named after is gone, and left no history.
            return str(version.state.values.get("ref") or f"number {version.row_id}")

    def plan_of(self, version: Version) -> int | None:
        """The plan that the row belongs to, by itself, its agreement or its rule."""
        if version.model is Plan:
            return version.row_id
        values = version.state.values
        if values.get("plan_id"):
            return int(values["plan_id"])
        for field in foreign_keys(version.model):
            if field.name in ("agreement", "risk_share"):
                owner = self.names.find(field.related_model, values[field.attname])
                return owner.plan_id if owner else None
        return None

    def words_of(self, version: Version) -> "_Words":
        """The words of a version's fields, in the cycle of its plan."""
        plan = self.names.find(Plan, self.plan_of(version))
        return _Words(self.names, cycle_words(plan.cycle.key) if plan else {}, self._hidden)


@dataclass(frozen=True)
class _Words:
    """The names and choices of one plan, as `differences` asks for them."""

    names: Names
    choices: Mapping[str, Mapping[str, str]]
    hidden: set[Any]

    def labels(self, name: str) -> Mapping[str, str]:
        return self.choices.get(name, {})

    def row(self, model: type[Model], number: Any) -> str:
        if model is Plan and number in self.hidden:
            return HIDDEN
        return self.names.row(model, number)


def _ref_of(version: Version) -> str:
    """What names the row in addresses and files."""
    values = version.state.values
    return str(next((values[name] for name in ("ref", "slug", "key") if name in values), ""))


def _what(change: Change) -> str:
    if change.is_removal:
        return "Removed"
    if change.is_addition:
        return "Put back" if change.puts_back else "Added"
    return "Changed"
