"""What is asked of the product: the rows of `tests/oracle/`, and who answers which of them.

A row is a statement in words and the figure that is right. An answer is a function of the gathered
plans and of what its pattern reads in the statement; it never sees the expected figure.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bcf.base.worked import Figure, rounded

ROWS = Path(__file__).parents[2] / "oracle"
Result = Figure | Decimal | int | None
Answer = Callable[..., Result]


@dataclass(frozen=True)
class Asked:
    """One row: what is asked of which data set, and the right figure with its decimals."""

    data_set: str
    number: str
    statement: str
    expected: Decimal
    unit: str
    place: str

    @property
    def places(self) -> int:
        return max(0, -int(self.expected.as_tuple().exponent))


def all_asked() -> list[Asked]:
    """Every row of every data set."""
    return [
        Asked(
            path.stem,
            row["id"],
            row["statement"],
            Decimal(row["expected"]),
            row["unit"],
            row["place"],
        )
        for path in sorted(ROWS.glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]


@dataclass(frozen=True)
class _Rule:
    data_set: str
    pattern: re.Pattern[str]
    place: re.Pattern[str]
    unit: str
    answer: Answer


_RULES: list[_Rule] = []


def answers(
    data_set: str, pattern: str, place: str = ".*", unit: str = ""
) -> Callable[[Answer], Answer]:
    """Makes a function the answer to all statements of a data set that read like the pattern.

    Where two tables make the same statement, `place` says for which; where it is asked in two
    units, `unit` in which. The function is given the gathered plans, and what the pattern's
    groups read by their names.
    """

    def register(answer: Answer) -> Answer:
        _RULES.append(_Rule(data_set, re.compile(pattern), re.compile(place), unit, answer))
        return answer

    return register


def answer_to(asked: Asked, gathered: Any) -> Result:
    """What the product makes of the question; `LookupError` unless exactly one rule answers it."""
    found = _answering(asked)
    if len(found) != 1:
        raise LookupError(f"{len(found)} answers to {asked.number}: {asked.statement}")
    rule, match = found[0]
    return rule.answer(gathered, **match.groupdict())


def is_answered(asked: Asked) -> bool:
    return bool(_answering(asked))


def _answering(asked: Asked) -> list[tuple[_Rule, re.Match[str]]]:
    asked_here = [
        rule
        for rule in _RULES
        if rule.data_set == asked.data_set
        and rule.place.fullmatch(asked.place)
        and rule.unit in ("", asked.unit)
    ]
    tried = [(rule, rule.pattern.fullmatch(asked.statement)) for rule in asked_here]
    return [(rule, match) for rule, match in tried if match]


def to_places(result: Figure | Decimal | int, places: int) -> Decimal:
    """A result rounded once, to the decimals of the figure that it is held against."""
    if isinstance(result, Figure):
        return result.rounded(places)
    return rounded(Fraction(result), places)
