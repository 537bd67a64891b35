"""What a plan prints, as tables that add up: which finer figures a printed total is made of.

A figure is about what its dimensions say, and about all of each that it leaves blank; a figure of
the plan itself is about all its parts. So the finer figures of a total are those of the same
table, measure and year that differ from it in one dimension which it leaves blank, or in two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from operator import attrgetter

from bcf.assurance.figures import PlanFigures, Printed
from bcf.base.worked import Figure, added
from bcf.periods import Period

DIMENSIONS = (
    *("plan", "theme", "line", "scheme", "source", "sub_source"),
    *("organisation", "metric", "site"),
)
BESIDE_PLAN = attrgetter(*DIMENSIONS[1:])
CONTRIBUTIONS = "contributions"
SPEND = "planned-spend"

About = tuple[str, ...]
Along = tuple[str, ...]
# The measure, the year, the table, and what the figure is about.
Whole = tuple[str, Period, str, About]


@dataclass(frozen=True)
class PrintedTables:
    """All that a plan prints; a figure of the plan itself leaves the dimension `plan` blank."""

    top: str
    figures: tuple[Printed, ...]

    def about(self, each: Printed) -> About:
        """What a figure is about, in the order of the dimensions."""
        plan = "" if each.plan == self.top else each.plan
        return (plan, *BESIDE_PLAN(each))

    @cached_property
    def _alike(self) -> dict[tuple[str, Period, About], list[Printed]]:
        found: dict[tuple[str, Period, About], list[Printed]] = {}
        for each in self.figures:
            found.setdefault((each.measure, each.year, self.about(each)), []).append(each)
        return found

    def alike(self, measure: str, year: Period, **about: str) -> list[Printed]:
        """Every figure of a measure and year that is about just this, in any table."""
        plan = about.pop("plan", "")
        wanted = ("" if plan == self.top else plan, *(about.get(n, "") for n in DIMENSIONS[1:]))
        return self._alike.get((measure, year, wanted), [])

    def find(self, measure: str, year: Period, table: str = "", **about: str) -> Printed | None:
        """The figure about just this, in this table, or else in the first that prints it."""
        found = self.alike(measure, year, **about)
        return next((each for each in found if table in ("", each.table)), None)

    def finer(self, whole: Printed, *along: str) -> tuple[Printed, ...]:
        """The figures of the same table that together make the whole along these dimensions."""
        return tuple(self.every_finer(whole).get(along, ()))

    def every_finer(self, whole: Printed) -> Mapping[Along, Sequence[Printed]]:
        """The figures of the same table that together make the whole, along which dimensions."""
        own = (whole.measure, whole.year, _root(whole.table), self.about(whole))
        return self._finer.get(own, {})

    @cached_property
    def _finer(self) -> dict[Whole, dict[Along, list[Printed]]]:
        made: dict[Whole, dict[Along, list[Printed]]] = {}
        for each in self.figures:
            about, root = self.about(each), _root(each.table)
            named = [name for name, value in zip(DIMENSIONS, about, strict=True) if value]
            for along in (*((name,) for name in named), *combinations(named, 2)):
                wider = tuple(
                    "" if name in along else value
                    for name, value in zip(DIMENSIONS, about, strict=True)
                )
                of_whole = made.setdefault((each.measure, each.year, root, wider), {})
                of_whole.setdefault(along, []).append(each)
        return made

    def added_along(self, whole: Printed, *along: str) -> Figure | None:
        """The finer figures of a whole added; None where the table has none."""
        return added(each.figure for each in self.finer(whole, *along))


def _root(table: str) -> str:
    """The table without the place in it: `Table 17, Total` is of `Table 17`."""
    return table.split(",", maxsplit=1)[0]


def printed_tables(plan: PlanFigures) -> PrintedTables:
    """What the plan and its parts print."""
    return PrintedTables(plan.slug, tuple(plan.all_printed))
