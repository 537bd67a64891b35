"""What is measured, as plain values: metric values, populations, and facts around a plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from bcf.base.worked import Figure, RowRef
from bcf.periods import Period
from metrics.choices import Measure
from metrics.rules import Break, People


@dataclass(frozen=True)
class About:
    """What a metric is: its name, in which direction it improves, and of whom its rates are.

    Figures before and after one of its `breaks` are not of one kind.
    `method` is how it is worked out (`metrics.choices.Method`).
    """

    name: str
    better: str
    age_band: str = ""
    method: str = ""
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class MetricFigure:
    """One figure of a metric, as `metrics.MetricValue` states it.

    `plan` and `board` are slugs: without a plan it is known of the board apart from any, and
    without a board it is of a joint plan's whole area. `value` is None where it is a text, and
    where it is suppressed: a small number withheld, neither missing nor nought. `standard_rate`
    and `standard_population` are what a standardised rate is held against. `document` is the title
    of that from which it is taken.
    """

    row: RowRef
    metric: str
    about: About
    period: Period
    kind: str
    plan: str = ""
    board: str = ""
    measure: str = ""
    unit: str = ""
    per: int | None = None
    attribution: str = ""
    breakdown: str = ""
    provider: str = ""
    commissioner: str = ""
    series: str = ""
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    standard_rate: Figure | None = None
    standard_population: Figure | None = None
    is_suppressed: bool = False
    document: str = ""

    @property
    def part(self) -> tuple[object, ...]:
        """What two figures have in common that say the same of the same, in different units."""
        return (
            self.metric,
            self.plan,
            self.board,
            self.period,
            self.kind,
            self.attribution,
            self.breakdown,
            self.provider,
            self.commissioner,
            self.series,
        )

    @property
    def part_without_breakdown(self) -> tuple[object, ...]:
        """What a figure and the parts of which it is made have in common."""
        return (*self.part[:6], *self.part[7:])

    @property
    def count(self) -> Figure | None:
        """How many there were: the value where it counts, else what stands over the line."""
        return self.value if self.measure == Measure.COUNT else self.numerator


@dataclass(frozen=True)
class Counted:
    """A number of people, or a range of it, as `metrics.Population` states it."""

    row: RowRef
    age_band: str
    period: Period
    plan: str = ""
    board: str = ""
    area: str = ""
    segment: str = ""
    basis: str = ""
    count: Figure | None = None
    upper: Figure | None = None

    @cached_property
    def people(self) -> People | None:
        """The people of whom a rate may be; None where their number is not stated, or a range."""
        if self.count is None or self.upper is not None:
            return None
        part = ", ".join(filter(None, (self.area, self.segment)))
        return People(self.count.rounded(), self.age_band, self.period, self.basis, part)


@dataclass(frozen=True)
class Fact:
    """A fact around a plan or board, as `metrics.ContextFigure` states it; `value` may be a text.

    `period_in_words` is the document's own name of the time, where it has one.
    """

    row: RowRef
    label: str
    period: Period
    subject: str = ""
    period_in_words: str = ""
    plan: str = ""
    board: str = ""
    value: Figure | None = None
    upper: Figure | None = None


@dataclass(frozen=True)
class Measured:
    """All that is measured of a plan and its parts, or of a board apart from any plan."""

    values: tuple[MetricFigure, ...] = ()
    populations: tuple[Counted, ...] = ()
    context: tuple[Fact, ...] = ()

    @cached_property
    def alike(self) -> Mapping[tuple[object, ...], Sequence[MetricFigure]]:
        """The figures by what they are of: each list says the same of the same, in its units."""
        found: dict[tuple[object, ...], list[MetricFigure]] = {}
        for each in self.values:
            found.setdefault(each.part, []).append(each)
        return found

    @cached_property
    def kin(self) -> Mapping[tuple[object, ...], Sequence[MetricFigure]]:
        """The figures by what they are of, but for the breakdown: a whole with its parts."""
        found: dict[tuple[object, ...], list[MetricFigure]] = {}
        for each in self.values:
            found.setdefault(each.part_without_breakdown, []).append(each)
        return found


@dataclass(frozen=True)
class Which:
    """Which figures of a metric are meant: None leaves a property open, "" asks for none there.

    Without more said it is the figures of the whole, not those of one body or part of it.
    """

    metric: str
    period: Period | None = None
    kind: str | None = None
    measure: str | None = None
    plan: str | None = None
    board: str | None = None
    unit: str | None = None
    attribution: str | None = None
    breakdown: str | None = ""
    provider: str | None = ""
    commissioner: str | None = ""
    series: str | None = ""


def values_of(measured: Measured, which: Which) -> tuple[MetricFigure, ...]:
    """The figures that are meant, in their order."""
    wanted = [(each.name, getattr(which, each.name)) for each in fields(which)]
    asked = [(name, value) for name, value in wanted if value is not None]
    return tuple(
        each
        for each in measured.values
        if all(getattr(each, name) == value for name, value in asked)
    )


def value_of(measured: Measured, which: Which) -> Figure | None:
    """The value that is meant; None where none is stated, or two that differ are."""
    return the_only(each.value for each in values_of(measured, which))


def count_of(measured: Measured, which: Which) -> Figure | None:
    """The count that is meant, be it the value or what a rate was made of; None as above."""
    return the_only(each.count for each in values_of(measured, which))


def facts_of(
    measured: Measured, label: str, subject: str = "", period: Period | None = None
) -> tuple[Fact, ...]:
    """The facts of a label and a subject, of all periods unless one is given."""
    return tuple(
        each
        for each in measured.context
        if (each.label, each.subject) == (label, subject) and period in (None, each.period)
    )


def fact_of(
    measured: Measured, label: str, subject: str = "", period: Period | None = None
) -> Figure | None:
    """The number that a fact states; None where none does, or two do that differ."""
    return the_only(each.value for each in facts_of(measured, label, subject, period))


def people_of(
    measured: Measured, age_band: str, segment: str = "", period: Period | None = None
) -> Figure | None:
    """The people of an age band and segment in the whole area; None where none or two differ."""
    return the_only(
        each.count
        for each in measured.populations
        if (each.age_band, each.segment, each.area) == (age_band, segment, "")
        and period in (None, each.period)
    )


def the_only(figures: Iterable[Figure | None]) -> Figure | None:
    """The figure of which there is one; where figures differ none is chosen, and it is None."""
    stated = [each for each in figures if each is not None]
    return stated[0] if len({each.value for each in stated}) == 1 else None
