"""What a check finds: one sentence, how grave it is, and what mends it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from bcf.base.worked import RowRef


class Severity(IntEnum):
    """How grave a finding is, gravest first; `NOT_CHECKED` says why a check could not be made."""

    ERROR = 1
    WARNING = 2
    NOTE = 3
    NOT_CHECKED = 4

    @property
    def label(self) -> str:
        return {1: "Error", 2: "Warning", 3: "Note", 4: "Not checked"}[self]

    @property
    def plural(self) -> str:
        return {1: "Errors", 2: "Warnings", 3: "Notes", 4: "Not checked"}[self]


# The sections of a plan's checks by the first word of a check's code, in the order of a plan.
SECTIONS = {
    "funding": "Funding",
    "spend": "Spend",
    "scheme": "Schemes",
    "benefit": "Benefits",
    "metric": "Metrics",
    "condition": "National conditions",
    "answer": "Questions of the template",
    "risk": "Risks",
    "milestone": "Milestones",
    "agreement": "Agreements",
    "share": "Shares",
    "signoff": "Sign-off",
    "printed": "Printed figures",
}


@dataclass(frozen=True)
class Mend:
    """Where a finding is mended: a row of a kind, or the kind's list where a row is wanting.

    `kind` is a model's label such as `schemes.spendline`; `owner` the plan's slug; `ref` the row,
    empty where there is none yet; `field` the row's field; `words` what the link says.
    """

    kind: str
    owner: str
    ref: str = ""
    field: str = ""
    words: str = ""

    @classmethod
    def row(cls, row: RowRef, field: str = "") -> "Mend":
        return cls(row.kind, row.owner, row.ref, field, row.name)


@dataclass(frozen=True)
class Finding:
    """One finding of one check. `found` and `required` are figures or words, with their units."""

    code: str
    severity: Severity
    sentence: str
    found: str = ""
    required: str = ""
    mend: Mend | None = None
    area: str = ""
    rows: tuple[RowRef, ...] = field(default=(), repr=False)

    @property
    def section(self) -> str:
        return SECTIONS[self.code.split(".")[0]]


def not_entered(code: str, what: str, kind: str, owner: str, one: str) -> Finding:
    """`what` was not checked, because the plan has no row of the kind, which `one` names."""
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{what} not checked: no {one} is entered for this plan.",
        mend=Mend(kind, owner),
    )


@dataclass(frozen=True)
class Findings:
    """What all checks of a plan found, worst first within each section."""

    found: tuple[Finding, ...]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(each for each in self.found if each.severity is severity)

    def with_code(self, code: str) -> tuple[Finding, ...]:
        return tuple(each for each in self.found if each.code == code)

    def counts(self) -> dict[Severity, int]:
        """How many of each gravity, gravest first."""
        return {each: len(self.of(each)) for each in Severity}

    def by_section(self) -> dict[str, tuple[Finding, ...]]:
        """The sections in which something is found, those with the gravest finding first."""
        found: dict[str, list[Finding]] = {}
        for each in self.found:
            found.setdefault(each.section, []).append(each)
        order = list(SECTIONS.values())
        ranked = sorted(found, key=lambda title: (found[title][0].severity, order.index(title)))
        return {title: tuple(found[title]) for title in ranked}

    @property
    def errors(self) -> tuple[Finding, ...]:
        return self.of(Severity.ERROR)


def sorted_findings(found: Iterable[Finding]) -> Findings:
    """Findings by section, worst first, and otherwise in the order in which checks made them."""
    order = {label: place for place, label in enumerate(SECTIONS.values())}
    ranked = sorted(found, key=lambda each: (order[each.section], each.severity))
    return Findings(tuple(ranked))
