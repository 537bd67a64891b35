"""What a plan prints, as tables that add up: which finer figures a printed total is made of.

A figure is about what its dimensions say, and about all of each that it leaves blank; a figure of
the plan itself is about all its parts. So the finer figures of a total are those of the same
table, measure and year that differ from it in one dimension which it leaves blank, or in two.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bcf.assurance.figures import PlanFigures, Printed
from bcf.base.worked import Figure, added
from bcf.periods import Period

DIMENSIONS = (
    *("plan", "theme", "line", "scheme", "source", "sub_source"),
    *("organisation", "metric", "site"),
)
CONTRIBUTIONS = "contributions"
SPEND = "planned-spend"


@dataclass(frozen=True)
class PrintedTables:
    """All that a plan prints; a figure of the plan itself leaves the dimension `plan` blank."""

    top: str
    figures: tuple[Printed, ...]

    def about(self, each: Printed) -> dict[str, str]:
        """What a figure is about, by dimension."""
        named = {dimension: getattr(each, dimension) for dimension in DIMENSIONS}
        return {**named, "plan": "" if each.plan == self.top else each.plan}

    def find(self, measure: str, year: Period, table: str = "", **about: str) -> Printed | None:
        """The figure about just this, in this table, or else in the first that prints it."""
        wanted = {**dict.fromkeys(DIMENSIONS, ""), **about}
        if wanted["plan"] == self.top:
            wanted["plan"] = ""
        for each in self.figures:
            if (each.measure, each.year) != (measure, year) or (table and each.table != table):
                continue
            if self.about(each) == wanted:
                return each
        return None

    def finer(self, whole: Printed, *along: str) -> tuple[Printed, ...]:
        """The figures of the same table that together make the whole along these dimensions."""
        own = self.about(whole)
        return tuple(
            each
            for each in self.figures
            if (each.measure, each.year, each.table) == (whole.measure, whole.year, whole.table)
            and _is_finer(self.about(each), own, along)
        )

    def added_along(self, whole: Printed, *along: str) -> Figure | None:
        """The finer figures of a whole added; None where the table has none."""
        return added(each.figure for each in self.finer(whole, *along))


def _is_finer(about: dict[str, str], whole: dict[str, str], along: Collection[str]) -> bool:
    return all(
        (bool(about[name]) and not whole[name]) if name in along else about[name] == whole[name]
        for name in DIMENSIONS
    )


def printed_tables(plan: PlanFigures) -> PrintedTables:
    """What the plan and its parts print."""
    return PrintedTables(plan.slug, tuple(plan.all_printed))
