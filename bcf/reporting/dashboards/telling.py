"""Figures told for people: how many of them each day or week, or of every hundred.

A figure is told only where it says of what time it is and counts what its cycle says it counts;
what is missing is never nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bcf.assurance.measured import MetricFigure
from bcf.assurance.measured.series import Cut, cut_of
from bcf.base.worked import Figure, in_unit, stated, times
from bcf.periods import CalendarYear, FinancialYear, Month, Period, Quarter
from metrics.choices import Measure, ValueKind
from metrics.rules import a_day, in_words
from plans.cycle_definitions import A_DAY, A_WEEK, OF_100, CycleMetric, Told

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
MONTHS: dict[type[Period], int] = {CalendarYear: 12, FinancialYear: 12, Quarter: 3, Month: 1}
DAYS = {A_DAY: 1, A_WEEK: 7}
EACH = {A_DAY: "each day", A_WEEK: "each week"}
PLACES = 4
HUNDRED = 100


@dataclass(frozen=True)
class ToldFigure:
    """A figure with the people that it stands for, to four places: each day, week, or of 100.

    `of` is the number of whom a rate is, such as `100,000 people`; nothing where it is a count.
    `count` is what was counted in the whole time.
    """

    metric: CycleMetric
    figure: MetricFigure
    people: Decimal
    count: Figure
    of: str = ""

    @property
    def told(self) -> Told:
        return self.metric.told

    @property
    def is_planned(self) -> bool:
        return self.figure.kind in PLANNED

    @property
    def scale(self) -> str:
        """What two figures must share to be compared: of whom, and in which time."""
        return self.of or self.told.way

    @property
    def many(self) -> str:
        """`about 12 people`, `1 person`; of each 100 without the word."""
        number = whole_people(self.people)
        if self.told.way == OF_100:
            return number
        return f"{number} {'person' if number.split()[-1] == '1' else 'people'}"

    @property
    def brief(self) -> str:
        """`about 12 people each day`, `about one person every 9 days`; of each 100 the number.

        Beside one of the same scale, so it says not again of whom.
        """
        if self.told.way == OF_100:
            return self.many
        if not self.people:
            return "nobody"
        if self.people < 1:
            return f"about one person {_every(self)}"
        return f"{self.many} {EACH[self.told.way]}"

    @property
    def sentence(self) -> str:
        """The figure, and what it means for people."""
        return _of_hundred(self) if self.told.way == OF_100 else _in_time(self)


def newest_told(metric: CycleMetric, figures: Iterable[MetricFigure]) -> ToldFigure | None:
    """The newest actual of the whole that can be told, else the newest plan; None without one."""
    found = every_told(metric, figures)
    actuals = [each for each in found if not each.is_planned]
    return _newest(actuals) or _newest([each for each in found if each.is_planned])


def plan_for(actual: ToldFigure, figures: Iterable[MetricFigure]) -> ToldFigure | None:
    """The plan for the same time, measured alike; None where there is none, or two differ."""
    wanted = (actual.figure.period, actual.figure.measure, actual.figure.unit)
    plans = [
        each
        for each in every_told(actual.metric, figures)
        if each.is_planned and (each.figure.period, each.figure.measure, each.figure.unit) == wanted
    ]
    return _newest(plans)


def plan_ahead(actual: ToldFigure, figures: Iterable[MetricFigure]) -> ToldFigure | None:
    """The last plan for after an actual's time, told in the same scale; None without one."""
    told = every_told(actual.metric, figures)
    ahead = _newest([each for each in told if each.is_planned and each.scale == actual.scale])
    return ahead if ahead and _age(ahead)[0] > _age(actual)[0] else None


def every_told(metric: CycleMetric, figures: Iterable[MetricFigure]) -> list[ToldFigure]:
    """The actuals and plans of a metric for the whole area that can be told for people."""
    return [
        made
        for each in figures
        if is_asked(metric, each) and (made := _told(metric, each)) is not None
    ]


def is_asked(metric: CycleMetric, each: MetricFigure) -> bool:
    """Whether it is a plan or an actual of the whole area, and one series of it."""
    is_whole = cut_of(each) is Cut.WHOLE and not (each.breakdown or each.series)
    is_level = each.measure != Measure.CHANGE and each.value is not None
    is_kind = each.kind == ValueKind.ACTUAL or each.kind in PLANNED
    return each.metric == metric.key and is_whole and is_level and is_kind


def whole_people(people: Decimal) -> str:
    """`about 12`, `12`; `fewer than 1` where there are some."""
    number = people.quantize(Decimal(1), ROUND_HALF_UP)
    if people and not number:
        return "fewer than 1"
    return in_words(number, qualifier="" if number == people else "about")


def time_words(period: Period) -> str:
    """`the year 2016–17`, `quarter 1 of 2016–17`, `May 2016`."""
    is_year = isinstance(period, FinancialYear | CalendarYear)
    return f"the year {period.label}" if is_year else period.label


def _newest(found: list[ToldFigure]) -> ToldFigure | None:
    """By the last day, then the longest time, then counts; None where two of these differ."""
    newest = max(found, key=_age, default=None)
    alike = [each for each in found if newest and _age(each) == _age(newest)]
    return newest if len({each.people for each in alike}) == 1 else None


def _age(each: ToldFigure) -> tuple[date, int, bool, bool]:
    figure = each.figure
    ends, days = figure.period.ends_on or date.min, figure.period.days or 0
    return ends, days, not each.of, figure.measure == Measure.COUNT


def _told(metric: CycleMetric, each: MetricFigure) -> ToldFigure | None:
    """None where it is of no stated time, or counts something else."""
    if each.value is None or not each.period.days or type(each.period) not in MONTHS:
        return None
    if metric.told.way == OF_100:
        if each.measure != Measure.PERCENT:
            return None
        return ToldFigure(metric, each, each.value.rounded(PLACES), each.value)
    count, of = _counted(metric.told, each), _of_whom(metric.told, each)
    if count is None:
        return None
    days = DAYS[metric.told.way]
    people = a_day(count.rounded(PLACES) * days, each.period, PLACES)
    return None if people is None else ToldFigure(metric, each, people, count, of)


def _counted(told: Told, each: MetricFigure) -> Figure | None:
    """What was counted in the whole time, or of so many people; None where it cannot be told."""
    if each.measure == Measure.COUNT and each.unit in (told.counts, *told.units):
        return each.value
    if each.measure == Measure.AVERAGE and each.unit in told.monthly_units and each.value:
        return times(each.value, stated(MONTHS[type(each.period)], unit="months"))
    if each.measure != Measure.RATE:
        return None
    return each.numerator or (each.value if _is_rate_of_year(each) else None)


def _is_rate_of_year(each: MetricFigure) -> bool:
    """A rate of a part of a year may be one of the year so far, or made one of a whole year."""
    return MONTHS[type(each.period)] == MONTHS[FinancialYear] and bool(each.per)


def _of_whom(told: Told, each: MetricFigure) -> str:
    """`100,000 people aged 65 and over`, of a rate without its count."""
    if each.measure == Measure.COUNT or each.numerator or not each.per:
        return ""
    _, _, whom = each.unit.partition("per ")
    return whom.split(", ", maxsplit=1)[0]


def _in_time(each: ToldFigure) -> str:
    """`4,388 delayed days in the year 2016–17: about 12 people in hospital each day who …`."""
    told, when = each.told, time_words(each.figure.period)
    stands = f"are planned for {when}" if each.is_planned else f"in {when}"
    return f"{_counted_words(each)} {stands}: {_people_words(told, each)}."


def _counted_words(each: ToldFigure) -> str:
    figure, told = each.figure, each.told
    assert figure.value is not None
    is_average = figure.measure == Measure.AVERAGE
    number = figure.value if is_average else each.count
    words = in_unit(number.rounded(PLACES).normalize(), told.counts)
    monthly = " a month" if is_average else ""
    return f"{words}{monthly}{f' for every {each.of}' if each.of else ''}"


def _people_words(told: Told, each: ToldFigure) -> str:
    after = f" {told.after}" if told.after else ""
    of = f" of every {each.of}" if each.of else ""
    if not each.people:
        return f"nobody{of} {told.are}{after}"
    if each.people < 1:
        return f"about one person{of} {told.are} {_every(each)}{after}"
    people = whole_people(each.people) + of if of else each.many
    return f"{people} {told.are} {EACH[told.way]}{after}"


def _every(each: ToldFigure) -> str:
    """How often there is one person, where there is less than one each day or week."""
    days = (DAYS[each.told.way] / each.people).quantize(Decimal(1), ROUND_HALF_UP)
    return "each day" if days == 1 else f"every {in_words(days)} days"


def _of_hundred(each: ToldFigure) -> str:
    """`In the year 2016–17, of every 100 people …, about 89 were still at home … (88.6%).`"""
    told, when = each.told, time_words(each.figure.period)
    verb = "are to be" if each.is_planned else "were"
    plan = "The plan for" if each.is_planned else "In"
    said = f"of every {HUNDRED} {told.who}, {each.many} {verb} {told.are}"
    percent = in_words(each.people.normalize(), unit="%")
    joint = ":" if each.is_planned else ","
    return f"{plan} {when}{joint} {said} ({percent})."
