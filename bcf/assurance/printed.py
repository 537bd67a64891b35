"""What a plan prints, as tables that add up: which finer figures a printed total is made of.

A figure is about what its dimensions say, and about all of each that it leaves blank; a figure of
the plan itself is about all its parts. So the finer figures of a total are those of the same
table, measure and year that differ from it in one dimension which it leaves blank, or in two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from bcf.assurance.figures import PlanFigures, Printed
from bcf.base.worked import Figure, added
from bcf.periods import Period

DIMENSIONS = (
    *("plan", "theme", "line", "scheme", "source", "sub_source"),
    *("organisation", "metric", "site"),
)
CONTRIBUTIONS = "contributions"
SPEND = "planned-spend"

About = tuple[str, ...]
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
        return (plan, *(getattr(each, name) for name in DIMENSIONS[1:]))

    @cached_property
    def _kept(self) -> dict[tuple[str, Period], list[tuple[Printed, About]]]:
        kept: dict[tuple[str, Period], list[tuple[Printed, About]]] = {}
        for each in self.figures:
            kept.setdefault((each.measure, each.year), []).append((each, self.about(each)))
        return kept

    def alike(self, measure: str, year: Period, **about: str) -> list[Printed]:
        """Every figure of a measure and year that is about just this, in any table."""
        plan = about.pop("plan", "")
        wanted = ("" if plan == self.top else plan, *(about.get(n, "") for n in DIMENSIONS[1:]))
        return [each for each, own in self._kept.get((measure, year), ()) if own == wanted]

    def find(self, measure: str, year: Period, table: str = "", **about: str) -> Printed | None:
        """The figure about just this, in this table, or else in the first that prints it."""
        found = self.alike(measure, year, **about)
        return next((each for each in found if table in ("", each.table)), None)

    def finer(self, whole: Printed, *along: str) -> tuple[Printed, ...]:
        """The figures of the same table that together make the whole along these dimensions."""
        if along not in self._along:
            self._along[along] = self._by_whole(along)
        own = self.about(whole)
        if any(value and name in along for name, value in zip(DIMENSIONS, own, strict=True)):
            return ()
        return tuple(
            self._along[along].get((whole.measure, whole.year, _root(whole.table), own), ())
        )

    @cached_property
    def _along(self) -> "dict[tuple[str, ...], dict[Whole, list[Printed]]]":
        return {}

    def _by_whole(self, along: Collection[str]) -> "dict[Whole, list[Printed]]":
        """The figures that name all of these dimensions, by what they would be of without them."""
        made: dict[Whole, list[Printed]] = {}
        for each in self.figures:
            named = dict(zip(DIMENSIONS, self.about(each), strict=True))
            if all(named[name] for name in along):
                about = tuple("" if name in along else value for name, value in named.items())
                key = (each.measure, each.year, _root(each.table), about)
                made.setdefault(key, []).append(each)
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
