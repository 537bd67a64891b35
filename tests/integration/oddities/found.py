"""What the checks find in the reference plans, and what is looked for in it."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bcf.assurance.checks.finding import Finding, Findings
from bcf.assurance.checks.reading import gather_record
from bcf.assurance.checks.record import Record
from bcf.assurance.checks.running import check
from governance.models import Agreement
from plans.models import Plan

ROWS = Path(__file__).parents[2] / "oddities"
TODAY = date(2026, 11, 22)
BARNET, TRI = "barnet-2014-16", "tri-borough-2014-16"
BHR, HAVERING, REDBRIDGE = "bhr-2017-19", "havering-2017-19", "redbridge-2017-19"
BARKING = "barking-and-dagenham-2017-19"
PRINTED = "printed.differs"


@dataclass(frozen=True)
class FoundInPlans:
    """The records of the plans by slug, and the findings in each."""

    records: Mapping[str, Record]
    findings: Mapping[str, Findings]


def check_everything() -> FoundInPlans:
    records = {
        plan.slug: gather_record(
            plan, plan.parts.all(), plan.part_of, Agreement.objects.all(), TODAY
        )
        for plan in Plan.objects.select_related("cycle", "part_of")
    }
    return FoundInPlans(records, {slug: check(record) for slug, record in records.items()})


@dataclass(frozen=True)
class On:
    """A finding of one check on one plan, of which the sentence says all of these, in order."""

    plan: str
    code: str
    said: tuple[str, ...]

    def found_in(self, found: FoundInPlans) -> list[Finding]:
        pattern = re.compile(".*".join(map(re.escape, self.said)))
        return [
            each
            for each in found.findings[self.plan].with_code(self.code)
            if pattern.search(each.sentence)
        ]


def on(plan: str, code: str, *said: str) -> On:
    return On(plan, code, said)


def listed() -> dict[str, str]:
    """What is contradictory, by the id of each."""
    return {
        row["id"]: row["what"]
        for path in sorted(ROWS.glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }
