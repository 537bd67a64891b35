"""What a reader chose to look at, which the address carries from page to page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from bcf.assurance.checks.record import Record
from bcf.assurance.measured import MetricFigure
from bcf.periods import FinancialYear, Period
from metrics.choices import ValueKind
from plans.models import Board, Plan

# What a figure is held against may be of another time than the figure.
OF_ANY_TIME = (ValueKind.BASELINE, ValueKind.BENCHMARK, ValueKind.THRESHOLD)


@dataclass(frozen=True)
class Option:
    """One of several things to look at, with the address that chooses it."""

    words: str
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: one of a board's plans, one of a plan's boards, and a year.

    `plan` and `board` are slugs, empty where none was asked for; `year` is None where all years
    are shown, and `unknown_year` one that the plan does not have.
    """

    plan: str = ""
    board: str = ""
    year: FinancialYear | None = None
    unknown_year: str = ""

    @property
    def query(self) -> str:
        """What follows the address of another page, so that the choice goes with the reader."""
        return _query({"plan": self.plan, "board": self.board, "year": str(self.year or "")})

    @property
    def link(self) -> str:
        """The address of the same page with this choice."""
        return self.query or "?"


def asked_along(asked: Mapping[str, str]) -> str:
    """The choice with which a reader came to a page that makes none, for the way back."""
    return _query({name: asked.get(name, "") for name in ("plan", "year")})


def _query(asked: Mapping[str, str]) -> str:
    named = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(named)}" if named else ""


def year_of(asked: str, years: Iterable[FinancialYear]) -> tuple[FinancialYear | None, str]:
    """A plan's year by its name, `2015-16`; one that it lacks is told, not obeyed."""
    found = next((each for each in years if str(each) == asked), None)
    return found, asked[:20] if asked and found is None else ""


def year_options(choice: Chosen, years: Iterable[FinancialYear]) -> tuple[Option, ...]:
    """All years together, and each by itself; none where there is one alone."""
    each_year: list[FinancialYear | None] = [None, *years]
    if len(each_year) < 3:
        return ()
    return tuple(
        Option(
            year.label if year else "All years",
            replace(choice, year=year).link,
            choice.year == year,
        )
        for year in each_year
    )


def board_options(choice: Chosen, boards: Sequence[Board]) -> tuple[Option, ...]:
    """All areas of a plan together, and each by itself; none where there is one alone."""
    if len(boards) < 2:
        return ()
    return (
        Option("All areas", replace(choice, board="").link, not choice.board),
        *(
            Option(each.area, replace(choice, board=each.slug).link, choice.board == each.slug)
            for each in boards
        ),
    )


def plan_options(choice: Chosen, plans: Sequence[Plan], shown: Plan | None) -> tuple[Option, ...]:
    """The plans of a board, whose boards are read; none where there is one alone.

    Each is named by its cycle, and those of one cycle by their titles too.
    """
    if len(plans) < 2:
        return ()
    words = [_plan_words(plan) for plan in plans]
    return tuple(
        Option(
            said if words.count(said) == 1 else f"{said}: {plan.title}",
            replace(choice, plan=plan.slug).link,
            plan == shown,
        )
        for plan, said in zip(plans, words, strict=True)
    )


def _plan_words(plan: Plan) -> str:
    boards = len(plan.boards.all())
    return f"{plan.cycle.name}, joint plan of {boards} boards" if boards > 1 else plan.cycle.name


def of_year(record: Record, year: FinancialYear) -> Record:
    """The money, the metrics and the benefits of one year; all else as it is.

    A metric keeps the figures of periods within the year, and what these are held against.
    """
    measured = record.measured
    values = tuple(each for each in measured.values if _is_of(each, year))
    return replace(
        record,
        money=record.money.of_year(year),
        benefits=record.benefits.chosen(year=year),
        measured=replace(measured, values=values),
    )


def _is_of(each: MetricFigure, year: FinancialYear) -> bool:
    return each.kind in OF_ANY_TIME or _is_within(each.period, year)


def _is_within(period: Period, year: FinancialYear) -> bool:
    """Whether most of a period is in the year, as the last quarter of a calendar year is not."""
    starts, ends = period.starts_on, period.ends_on
    if starts is None or ends is None:
        return False
    middle = starts + (ends - starts) / 2
    return year.starts_on <= middle <= year.ends_on
