"""What is at risk: risks by likelihood and impact, before and after mitigation, as pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import RiskRow
from bcf.charts import MatrixChart, Square
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.rules import risk_band, risk_rating
from plans.cycle_definitions import RiskBand

SCORES = (1, 2, 3, 4, 5)
HIGHEST = 25
HIGH = "high"
LEVELS = {"low": 1, "medium": 2, HIGH: 3}
COLOURS = {"low": "green", "medium": "yellow", HIGH: "red"}
# Words that plans print for a rating, the gravest first, each with how high it stands.
PRINTED = {"red": 3, "high": 3, "amber": 2, "medium": 2, "green": 1, "low": 1}


@dataclass(frozen=True)
class Numbered:
    """A risk with its number, the highest rating first, and the band of its rating."""

    number: int
    row: RiskRow
    band: str

    @property
    def rating(self) -> int | None:
        return rating_of(self.row)


@dataclass(frozen=True)
class Risks:
    """What is known of a plan's risks: those that are scored, by their rating, and the others.

    `bands` are the cycle's, and `is_inherited` says that all of them are the joint plan's.
    """

    scored: tuple[Numbered, ...]
    unscored: tuple[RiskRow, ...]
    bands: tuple[RiskBand, ...]
    is_inherited: bool = False

    @property
    def every(self) -> int:
        return len(self.scored) + len(self.unscored)

    @property
    def high(self) -> int:
        return sum(1 for each in self.scored if each.band == HIGH)

    @property
    def high_from(self) -> int | None:
        """From which rating on a risk is high; None where the cycle has no such band."""
        return next((band.from_rating for band in self.bands if band.key == HIGH), None)

    def band_of(self, rating: int) -> str:
        """The key of the band of a rating from 1 to 25; empty where the cycle has none."""
        return risk_band(rating, {band.key: band.from_rating for band in self.bands}) or ""

    def label_of(self, band: str) -> str:
        return next((each.label for each in self.bands if each.key == band), "")


def risks_of(
    rows: Iterable[RiskRow], bands: Sequence[RiskBand], inherited: frozenset[str] = frozenset()
) -> Risks:
    """The risks of a plan; those whose refs are `inherited` are its joint plan's."""
    every = list(rows)
    found = sorted((row for row in every if rating_of(row)), key=_gravest_first)
    unscored = tuple(row for row in every if not rating_of(row))
    is_inherited = bool(every) and {row.ref for row in every} <= inherited
    plain = Risks((), unscored, tuple(bands), is_inherited)
    scored = tuple(
        Numbered(number, row, plain.band_of(rating_of(row) or 0))
        for number, row in enumerate(found, start=1)
    )
    return Risks(scored, unscored, tuple(bands), is_inherited)


def rating_of(row: RiskRow) -> int | None:
    """Likelihood times impact; None where either is not scored."""
    return risk_rating(row.likelihood, row.impact)


def _gravest_first(row: RiskRow) -> int:
    return -(rating_of(row) or 0)


def risks_question(risks: Risks) -> Question:
    """What is at risk: the grid, what mitigation makes of it, and the risks that are not scored."""
    panels = []
    if risks.scored:
        panels.append(Panel("risks", chart=_grid(risks), table=_table(risks), is_open=True))
    if after := _after(risks):
        panels.append(
            Panel(
                "risks-after-mitigation",
                "Before and after mitigation",
                sentences=(_moved(risks),),
                chart=after,
            )
        )
    if risks.unscored:
        names = tuple(map(_unscored, risks.unscored))
        panels.append(
            Panel("risks-without-scores", "Without scores for likelihood and impact", points=names)
        )
    return Question("risk", "What is at risk?", (_sentence(risks),), tuple(panels))


def _sentence(risks: Risks) -> str:
    if not risks.every:
        return "No risk is entered for this plan."
    whose = ", all of the joint plan," if risks.is_inherited else ""
    named = f"{counted(risks.every, 'risk')}{whose} {'is' if risks.every == 1 else 'are'} entered"
    if not risks.scored:
        return f"{named}; none of them is scored, so none is in a grid."
    first = risks.scored[0]
    highest = f"The highest rating is {first.rating} of 25: “{first.row.name}”."
    if risks.high_from is None:
        return f"{named}. {highest}"
    are = "is" if risks.high < 2 else "are"
    return f"{named}, and {risks.high or 'none'} of them {are} high. {highest}"


# -- the grid ------------------------------------------------------------------------------


def _grid(risks: Risks) -> MatrixChart:
    """Likelihood by impact, the likeliest row first, with the numbers of the risks."""
    return MatrixChart(
        "risks",
        "Risks by likelihood and impact, each from 1 (low) to 5 (high)",
        "The numbers are those of the risks in the table; the small figure is the rating.",
        "Likelihood",
        "Impact",
        tuple(str(likelihood) for likelihood in reversed(SCORES)),
        tuple(map(str, SCORES)),
        tuple(
            tuple(_square(risks, likelihood, impact) for impact in SCORES)
            for likelihood in reversed(SCORES)
        ),
        _legend(risks),
    )


def _square(risks: Risks, likelihood: int, impact: int) -> Square:
    rating = risk_rating(likelihood, impact) or 0
    found = [
        each
        for each in risks.scored
        if (each.row.likelihood, each.row.impact) == (likelihood, impact)
    ]
    marks = tuple(str(each.number) for each in found)
    return Square(marks, LEVELS.get(risks.band_of(rating), 0), str(rating))


def _legend(risks: Risks) -> tuple[tuple[int, str], ...]:
    """`High: 12 to 25`, for each band."""
    bands = sorted(risks.bands, key=lambda band: band.from_rating)
    uppers = {band: above.from_rating - 1 for band, above in pairwise(bands)}
    return tuple(
        (
            LEVELS.get(band.key, 0),
            f"{band.label}: {band.from_rating} to {uppers.get(band, HIGHEST)}",
        )
        for band in bands
    )


# -- before and after mitigation -----------------------------------------------------------


def _after(risks: Risks) -> MatrixChart | None:
    """The level before by the rating after mitigation; None where no plan prints one."""
    rated = [each for each in risks.scored if each.row.rating_after_mitigation]
    bands = sorted(risks.bands, key=lambda band: -band.from_rating)
    if not rated or not bands:
        return None
    printed = {each.row.rating_after_mitigation for each in rated}
    words = sorted(printed, key=lambda word: (_level(risks, word), word))
    return MatrixChart(
        "risks-after-mitigation",
        "Risks by their level before mitigation and their rating after it, as printed",
        "The numbers are those of the risks in the table.",
        "Before",
        "After",
        tuple(band.label for band in bands),
        tuple(words),
        tuple(
            tuple(
                Square(
                    tuple(
                        str(each.number)
                        for each in rated
                        if each.band == band.key and each.row.rating_after_mitigation == word
                    ),
                    _level(risks, word),
                )
                for word in words
            )
            for band in bands
        ),
    )


def _level(risks: Risks, word: str) -> int:
    """How high a printed rating stands: by its number, or by its word; 0 where it is not known."""
    if word.isdecimal():
        return LEVELS.get(risks.band_of(int(word)), 0)
    return PRINTED.get(word.lower(), 0)


def _moved(risks: Risks) -> str:
    rated = [each for each in risks.scored if each.row.rating_after_mitigation]
    gravest = [
        each for each in rated if _level(risks, each.row.rating_after_mitigation) == LEVELS[HIGH]
    ]
    without = len(risks.scored) - len(rated)
    rest = (
        f" For {counted(without, 'scored risk')} no rating after it is stated." if without else ""
    )
    stay = (
        f"{len(gravest) or 'none'} {'stays' if len(gravest) < 2 else 'stay'} at the highest level"
    )
    return f"After mitigation, of {counted(len(rated), 'risk')} {stay}.{rest}"


# -- the table -----------------------------------------------------------------------------


def _table(risks: Risks) -> Table:
    is_rated_after = any(each.row.rating_after_mitigation for each in risks.scored)
    return build_table(
        "risks",
        "The risks by their number, highest rating first",
        [
            Column("No.", "number"),
            Column("Risk", is_row_header=True),
            Column("Level"),
            Column("Rating", "number"),
            Column("Likelihood", "number"),
            Column("Impact", "number"),
            *([Column("After mitigation, as printed")] if is_rated_after else []),
        ],
        [_row(risks, each, is_rated_after=is_rated_after) for each in risks.scored],
        notes=[
            "Likelihood and impact are from 1 to 5; the rating is one times the other, of 25.",
            *([] if all(band.verified for band in risks.bands) else [_own_bands(risks)]),
        ],
        empty="No risk is scored for likelihood and impact.",
    )


def _own_bands(risks: Risks) -> str:
    words = "; ".join(text.replace(":", " is") for _, text in reversed(_legend(risks)))
    return f"{words}: our own levels, not verified."


def _row(risks: Risks, each: Numbered, *, is_rated_after: bool) -> Row:
    row = each.row
    after = [row.rating_after_mitigation or None] if is_rated_after else []
    level = Cell(risks.label_of(each.band) or None, tag_colour=COLOURS.get(each.band, "grey"))
    return build_row(
        [each.number, row.name, level, each.rating, row.likelihood, row.impact, *after]
    )


def _unscored(row: RiskRow) -> str:
    return f"{row.name} (printed as {row.printed_rating})" if row.printed_rating else row.name
