"""What is at risk: a grid of likelihood by impact with the risks in it, and those not scored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import RiskRow
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.rules import risk_band, risk_rating

SCORES = (1, 2, 3, 4, 5)
# The product's own bands: from which rating of 25 on a risk is high, and from which medium.
HIGH, MIDDLE = 12, 6
BANDS = {"low": 1, "middle": MIDDLE, "high": HIGH}
LEVELS = {"high": ("High", "red"), "middle": ("Medium", "yellow"), "low": ("Low", "green")}


@dataclass(frozen=True)
class Numbered:
    """A risk with the number under which it stands in the grid, the highest rating first."""

    number: int
    row: RiskRow

    @property
    def rating(self) -> int | None:
        return rating_of(self.row)


@dataclass(frozen=True)
class Square:
    """One square of the grid: its rating, how high that is, and the numbers of its risks."""

    likelihood: int
    impact: int
    risks: tuple[Numbered, ...]

    @property
    def rating(self) -> int:
        return risk_rating(self.likelihood, self.impact) or 0

    @property
    def level(self) -> str:
        return level_of(self.rating)


@dataclass(frozen=True)
class Risks:
    """The sentence, the grid with the likeliest row first, and the risks in a table.

    `high` of the risks that are scored, of `every` one that is entered, are high.
    """

    every: int
    high: int
    sentence: str
    grid: tuple[tuple[int, tuple[Square, ...]], ...]
    table: Table
    unscored: tuple[str, ...]


def risks_question(found: Risks) -> Question:
    """What is at risk: the risks that are scored, and the names of those that are not."""
    unscored = Panel(
        "risks-without-scores",
        "Without scores for likelihood and impact",
        points=found.unscored,
    )
    return Question(
        "risk",
        "What is at risk?",
        (found.sentence,),
        (
            *([Panel("risks", table=found.table)] if found.grid else []),
            *([unscored] if found.unscored else []),
        ),
    )


def rating_of(row: RiskRow) -> int | None:
    """Likelihood times impact; None where either is not scored."""
    return risk_rating(row.likelihood, row.impact)


def level_of(rating: int) -> str:
    """The band of a rating from 1 to 25."""
    return risk_band(rating, BANDS) or "low"


def risks_of(rows: Iterable[RiskRow], inherited: frozenset[str] = frozenset()) -> Risks:
    """The risks of a plan; those whose refs are `inherited` are its joint plan's."""
    every = list(rows)
    scored = sorted((row for row in every if rating_of(row)), key=_gravest_first)
    unscored = [row for row in every if not rating_of(row)]
    numbered = [Numbered(number, row) for number, row in enumerate(scored, start=1)]
    return Risks(
        every=len(every),
        high=_high(numbered),
        sentence=_sentence(every, numbered, inherited),
        grid=_grid(numbered) if numbered else (),
        table=_table(numbered),
        unscored=tuple(map(_unscored, unscored)),
    )


def _gravest_first(row: RiskRow) -> int:
    return -(rating_of(row) or 0)


def _sentence(
    every: Sequence[RiskRow], numbered: Sequence[Numbered], inherited: frozenset[str]
) -> str:
    if not every:
        return "No risk is entered for this plan."
    whose = ", all of the joint plan," if {row.ref for row in every} <= inherited else ""
    named = f"{counted(len(every), 'risk')}{whose} {'is' if len(every) == 1 else 'are'} entered"
    if not numbered:
        return f"{named}; none of them is scored, so none is in a grid."
    high = _high(numbered)
    first = numbered[0]
    return (
        f"{named}, and {high or 'none'} of them {'is' if high < 2 else 'are'} high. The highest "
        f"rating is {first.rating} of 25: “{first.row.name}”."
    )


def _high(numbered: Iterable[Numbered]) -> int:
    return sum(1 for each in numbered if level_of(each.rating or 0) == "high")


def _grid(numbered: Sequence[Numbered]) -> tuple[tuple[int, tuple[Square, ...]], ...]:
    def square(likelihood: int, impact: int) -> Square:
        found = (each for each in numbered if _scores(each.row) == (likelihood, impact))
        return Square(likelihood, impact, tuple(found))

    return tuple(
        (likelihood, tuple(square(likelihood, impact) for impact in SCORES))
        for likelihood in reversed(SCORES)
    )


def _scores(row: RiskRow) -> tuple[int | None, int | None]:
    return row.likelihood, row.impact


def _table(numbered: Sequence[Numbered]) -> Table:
    is_rated_after = any(each.row.rating_after_mitigation for each in numbered)
    return build_table(
        "risks",
        "The risks by their number in the grid, highest rating first",
        [
            Column("No.", "number"),
            Column("Risk", is_row_header=True),
            Column("Level"),
            Column("Rating", "number"),
            Column("Likelihood", "number"),
            Column("Impact", "number"),
            *([Column("After mitigation, as printed")] if is_rated_after else []),
        ],
        [_row(each, is_rated_after=is_rated_after) for each in numbered],
        notes=[
            "Likelihood and impact are from 1 to 5; the rating is one times the other, of 25. High "
            "is 12 and more, medium 6 to 11: the product’s own bands."
        ],
        empty="No risk is scored for likelihood and impact.",
    )


def _row(each: Numbered, *, is_rated_after: bool) -> Row:
    row = each.row
    after = [row.rating_after_mitigation or None] if is_rated_after else []
    level = _level(each)
    return build_row(
        [each.number, row.name, level, each.rating, row.likelihood, row.impact, *after]
    )


def _level(each: Numbered) -> Cell:
    words, colour = LEVELS[level_of(each.rating or 0)]
    return Cell(words, tag_colour=colour)


def _unscored(row: RiskRow) -> str:
    return f"{row.name} (printed as {row.printed_rating})" if row.printed_rating else row.name
