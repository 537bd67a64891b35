"""The terms of an agreement as a value: what events change, and what was agreed on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from bcf.money import to_pounds
from bcf.periods import FinancialYear, PartialDate


@dataclass(frozen=True)
class Terms:
    """What an agreement says, as far as an event may change it.

    `parties` are keys of organisations, `arrangement` one of `Arrangement`, `pooled` the pooled
    fund of all parties together by year, in pounds.
    """

    ends: PartialDate | None
    is_open_ended: bool
    arrangement: str
    parties: tuple[str, ...]
    pooled: Mapping[FinancialYear, Decimal]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Terms":
        """The terms as an event keeps them."""
        return cls(
            ends=PartialDate.parse(stored["ends"]) if stored["ends"] else None,
            is_open_ended=stored["is_open_ended"],
            arrangement=stored["arrangement"],
            parties=tuple(stored["parties"]),
            pooled={
                FinancialYear.parse(year): to_pounds(amount)
                for year, amount in stored["pooled"].items()
            },
        )

    def to_store(self) -> dict[str, Any]:
        """The terms as an event keeps them: texts and digits alone."""
        return {
            "ends": str(self.ends or ""),
            "is_open_ended": self.is_open_ended,
            "arrangement": self.arrangement,
            "parties": list(self.parties),
            "pooled": {str(year): str(amount) for year, amount in sorted(self.pooled.items())},
        }

    @property
    def end_label(self) -> str:
        """`March 2021`, `no end`, `not stated`."""
        if self.is_open_ended:
            return "no end"
        return self.ends.label if self.ends else "not stated"


class Happened(Protocol):
    """An event as these rules read it."""

    @property
    def effective(self) -> date: ...

    @property
    def terms_before(self) -> Terms: ...


def terms_on(day: date, now: Terms, events: Iterable[Happened]) -> Terms:
    """The terms of a day: those before the first event that takes effect later, else those now.

    `events` are those that stand, in any order; the terms now are those after all of them.
    """
    later = [event for event in events if event.effective > day]
    return min(later, key=lambda event: event.effective).terms_before if later else now
