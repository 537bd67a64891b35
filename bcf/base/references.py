"""Rows that a file points at by their natural keys: found, written and shown.

Only what the person may read is found or written. A key is unique within a place, such as the
plan of a scheme; a row of another place is written as `place:key`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bcf.base.cells import MOST_NAMED, CellWidget
from bcf.files.writing import Cell

SEPARATOR = ";"
PREFIX = ":"
Place = Any


# The place of rows whose key is unique among all.
ANYWHERE = "anywhere"


def _anywhere(row: Any) -> Place:
    return ANYWHERE


def _look_anywhere(row: Any) -> list[Place]:
    return [ANYWHERE]


@dataclass(frozen=True, eq=False)
class Target:
    """A kind of row that others point at.

    `rows(person)` are those that the person may read, `names(row)` its key and then other names
    by which it is found where they are not ambiguous. `place(row)` is what the key is unique
    within, and `within(rows, place)` the rows there. An `owner` decides whether the row may be
    read, through the attribute `owner_id`, and its key names the place.
    """

    noun: str
    rows: Callable[[Any], QuerySet[Any]]
    names: Callable[[Any], Iterable[str]]
    place: Callable[[Any], Place] = _anywhere
    within: Callable[[QuerySet[Any], Place], QuerySet[Any]] = lambda rows, place: rows
    owner: "Target | None" = None
    owner_id: str = "pk"
    is_open: bool = False

    @property
    def has_places(self) -> bool:
        """Whether a key is unique within its owner only."""
        return self.owner is not None and self.place is not _anywhere

    def key(self, row: Any) -> str:
        """The first name that can stand in a list of keys."""
        names = [name for name in self.names(row) if name]
        free = [name for name in names if SEPARATOR not in name and PREFIX not in name]
        return (free or names)[0]


class _Names:
    """The rows of one place by what they are called; a name that several share is in doubt."""

    def __init__(self, target: Target, rows: Iterable[Any]) -> None:
        self._keys: dict[str, Any] = {}
        self._others: dict[str, Any] = {}
        for row in rows:
            key, *others = (name for name in target.names(row) if name)
            self._keys[key] = row
            for name in (key, *others):
                folded = name.casefold()
                known = self._others.setdefault(folded, row)
                if known is not None and known.pk != row.pk:
                    self._others[folded] = None

    @property
    def keys(self) -> list[str]:
        return list(self._keys)

    def find(self, name: str) -> Any:
        return self._keys.get(name) or self._others.get(name.casefold())


class Directory:
    """What one person may point at; each kind of row is read once, for each place."""

    def __init__(self, person: Any) -> None:
        self.person = person
        self._names: dict[tuple[int, Place], _Names] = {}
        self._keys: dict[int, set[Any]] = {}

    def find(self, target: Target, place: Place, name: str) -> Any:
        """The row of this name in the place, or None."""
        return self._names_in(target, place).find(name)

    def keys(self, target: Target, place: Place) -> list[str]:
        """The keys of all rows in the place."""
        return self._names_in(target, place).keys

    def _names_in(self, target: Target, place: Place) -> _Names:
        key = (id(target), place)
        if key not in self._names:
            rows = target.within(target.rows(self.person), place)
            self._names[key] = _Names(target, rows)
        return self._names[key]

    def may_read(self, target: Target, row: Any) -> bool:
        """Whether the person may know of the row."""
        if target.is_open:
            return True
        owner = target.owner or target
        number = getattr(row, target.owner_id)
        return number is None or number in self._readable(owner)

    def _readable(self, target: Target) -> set[Any]:
        if id(target) not in self._keys:
            self._keys[id(target)] = set(target.rows(self.person).values_list("pk", flat=True))
        return self._keys[id(target)]


class ReferenceCell(CellWidget):
    """A foreign key. `places(row)` are where to look for the key, the row's own place first."""

    def __init__(
        self, target: Target, places: Callable[[Any], list[Place]] = _look_anywhere
    ) -> None:
        super().__init__()
        self.target, self._places = target, places

    def read(self, text: str, row: Any, directory: Directory) -> Any:
        name = " ".join(text.split())
        found = self._found(name, row, directory)
        if found is None:
            raise ValueError(
                f"No {self.target.noun} “{name}” was found. {self._what_there_is(row, directory)}"
            )
        return found

    def _what_there_is(self, row: Any, directory: Directory) -> str:
        """What may be written instead: the keys, where they are few."""
        places = [place for place in self._places(row) if place is not None]
        keys = [key for place in places for key in directory.keys(self.target, place)]
        if not keys:
            return "There is none here. Leave it empty."
        if len(keys) > MOST_NAMED:
            return "Write its key, as an export does."
        return f"Write one of: {', '.join(keys)}."

    def _found(self, name: str, row: Any, directory: Directory) -> Any:
        for place in self._places(row):
            found = directory.find(self.target, place, name) if place is not None else None
            if found is not None:
                return found
        prefix, _, rest = name.partition(PREFIX)
        if rest and self.target.owner is not None and self.target.has_places:
            owner = directory.find(self.target.owner, ANYWHERE, prefix.strip())
            return owner and directory.find(self.target, owner.pk, rest.strip())
        return None

    def write(self, value: Any, row: Any, directory: Directory) -> Cell:
        if value is None or not directory.may_read(self.target, value):
            return ""
        key = self.target.key(value)
        owner = self.target.owner
        is_near = self.target.place(value) in self._places(row)[:1]
        if is_near or owner is None or not self.target.has_places:
            return key
        place = getattr(value, self.target.owner_id.removesuffix("_id"))
        return f"{owner.key(place)}{PREFIX}{key}"

    def same(self, value: Any, stored: Any) -> bool:
        return bool(getattr(value, "pk", None) == getattr(stored, "pk", None))

    def hint(self) -> str:
        return f"The key of a {self.target.noun}"


class LinksCell(ReferenceCell):
    """Rows pointed at, several keys divided by semicolons."""

    def read(self, text: str, row: Any, directory: Directory) -> Any:
        names = [name for name in text.split(SEPARATOR) if name.strip()]
        found = [super(LinksCell, self).read(name, row, directory) for name in names]
        return list({each.pk: each for each in found}.values())

    def write(self, value: Any, row: Any, directory: Directory) -> Cell:
        keys = [super(LinksCell, self).write(each, row, directory) for each in value]
        return f"{SEPARATOR} ".join(str(key) for key in keys if key)

    def same(self, value: Any, stored: Any) -> bool:
        return {each.pk for each in value} == {each.pk for each in stored}

    def show(self, value: Any, row: Any) -> str:
        return "; ".join(str(each) for each in value or ())

    def hint(self) -> str:
        return f"Keys, divided by semicolons, each of a {self.target.noun}"
