"""What an import would do or has done, as plain values that can be kept and shown."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

# What is kept for showing. All are counted.
MOST_SHOWN = 1_000


@dataclass(frozen=True)
class Difference:
    """One column of a row: what stands there now and what would."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class RowDifference:
    """A row that would be added or changed; `number` is its row in the file."""

    number: int
    row: str
    is_new: bool
    fields: list[Difference]


@dataclass(frozen=True)
class RowError:
    """Why a row is refused. `column` is empty where it is about the row as a whole."""

    number: int
    column: str
    found: str
    sentence: str


@dataclass
class Outcome:
    """The counts of rows, the first differences and errors, and the versions that were read."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    error_count: int = 0
    differences: list[RowDifference] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    # What is wrong with the file as a whole.
    objections: list[str] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.refused

    @property
    def to_write(self) -> int:
        return self.new + self.changed

    @property
    def may_be_imported(self) -> bool:
        return bool(self.to_write) and not self.refused and not self.objections

    def as_json(self) -> dict[str, Any]:
        """Plain values, from which `from_json` makes the same outcome."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Outcome":
        plain = {**kept}
        plain["differences"] = list(_differences(kept["differences"]))
        plain["errors"] = [RowError(**each) for each in kept["errors"]]
        plain["versions"] = {int(pk): version for pk, version in kept["versions"].items()}
        return cls(**plain)


def _differences(kept: list[dict[str, Any]]) -> Iterator[RowDifference]:
    for each in kept:
        fields = [Difference(**one) for one in each["fields"]]
        yield RowDifference(**{**each, "fields": fields})
