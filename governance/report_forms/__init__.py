"""The forms of reports: their sections in order, which rows fill them and which people write.

A form is a definition file beside this module. A new form is a new file.
"""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

WRITTEN = "written"


@dataclass(frozen=True)
class Section:
    """One section of a report.

    `part` is where it stands: `header` (the table over the report), `block` (before the numbered
    sections), `section`, `subsection` or `paragraph`. `filled_by` names what its rows are, or is
    `written` where only people can fill it; `holds` says what belongs there, and `usually` is what
    it says where nobody wrote anything else.
    """

    key: str
    heading: str
    part: str
    filled_by: str
    holds: str
    number: str = ""
    usually: str = ""

    @property
    def label(self) -> str:
        """`5.3 Social value`; its heading alone where it has no number."""
        return f"{self.number} {self.heading}".strip()

    @property
    def depth(self) -> int:
        """How many numbers its number has: 2 of `5.3`; 0 where it has none."""
        return len(self.number.split(".")) if self.number else 0

    @property
    def is_written(self) -> bool:
        """Whether people may write it."""
        return self.filled_by == WRITTEN


@dataclass(frozen=True)
class ReportForm:
    """A report's sections in their order.

    `fund_names` are by which names a title says that an agreement carries the fund's plan.
    """

    title: str
    sections: tuple[Section, ...]
    fund_names: tuple[str, ...] = ()

    @cached_property
    def written(self) -> dict[str, Section]:
        """The sections that people write, by key."""
        return {each.key: each for each in self.sections if each.is_written}


def _read(name: str) -> ReportForm:
    path = Path(__file__).parent / f"{name}.toml"
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return ReportForm(
        raw["title"],
        tuple(Section(**each) for each in raw["sections"]),
        tuple(raw.get("fund_names", ())),
    )


SECTION_75 = _read("section-75")
