"""What the checks say, as a question: how many findings of each gravity, section by section."""

from django.urls import reverse

from bcf.assurance.checks.finding import Finding, Findings, Severity
from bcf.assurance.checks.naming import counted, joined
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.ui.tables import Cell, Column, Table, build_row, build_table

# More errors than these are read on the page of the checks.
MOST = 5
COUNTED = (Severity.ERROR, Severity.WARNING, Severity.NOTE, Severity.NOT_CHECKED)


def checks_question(findings: Findings, plan: str) -> Question:
    """What national assurance would question in the plan of this slug."""
    errors = findings.errors
    return Question(
        "checks",
        "What do the checks say?",
        (
            _sentence(findings),
            "An error has to be mended before the plan is submitted; a warning is worth an answer.",
        ),
        (
            *([_worst(errors)] if errors else []),
            Panel("checks-by-section", table=_table(findings)),
        ),
        (Link("Read what the checks find", reverse("plan-checks", args=[plan])),),
    )


def _worst(errors: tuple[Finding, ...]) -> Panel:
    left = len(errors) - MOST
    more = [f"And {counted(left, 'more error')}."] if left > 0 else []
    points = (*(each.sentence for each in errors[:MOST]), *more)
    return Panel("errors", "Errors", points=points)


def _sentence(findings: Findings) -> str:
    """`The checks find 2 errors and 14 warnings.`"""
    counts = findings.counts()
    told = [
        counted(counts[severity], severity.label.lower())
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    unmade = counts[Severity.NOT_CHECKED]
    rest = f" {counted(unmade, 'check')} could not be made." if unmade else ""
    found = joined(told) if told else "no error and no warning"
    return f"The checks find {found}.{rest}"


def _table(findings: Findings) -> Table:
    return build_table(
        "checks-by-section",
        "Findings by section",
        [
            Column("Section", is_row_header=True),
            *(Column(severity.plural, "number") for severity in COUNTED),
        ],
        [
            build_row([title, *(_count(found, severity) for severity in COUNTED)])
            for title, found in findings.by_section().items()
        ],
        total=["All sections", *(len(findings.of(severity)) for severity in COUNTED)],
        empty="No check of this cycle finds anything.",
    )


def _count(found: tuple[Finding, ...], severity: Severity) -> Cell:
    return Cell(sum(1 for each in found if each.severity is severity))
