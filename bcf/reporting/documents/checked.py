"""What the checks of a draft find, at the end of its document."""

from collections.abc import Iterable

from bcf.assurance.checks.finding import Finding, Findings, Severity
from bcf.reporting.documents.model import Block, Section, Tabled, Words
from bcf.ui.tables import Column, Table, build_table

ABOUT = (
    "This plan is a draft. An error has to be mended, or explained by an approver where the cycle "
    "allows it, before the plan is submitted; a warning is worth an answer. Notes are left out "
    "here; the page of checks has them."
)
NOTHING = "The checks find no error and nothing to question."


def checked(findings: Findings) -> Section:
    """Errors, warnings and checks that could not be made, by section of the checks."""
    grave = [each for each in findings.found if each.severity is not Severity.NOTE]
    tables = [
        Tabled(_table(title, [each for each in found if each in grave]))
        for title, found in findings.by_section().items()
        if set(found) & set(grave)
    ]
    blocks: list[Block] = [Words(ABOUT), *tables]
    if not tables:
        blocks.append(Words(NOTHING))
    return Section("checks", "Checks of this draft", part="Checks", blocks=tuple(blocks))


def _table(title: str, found: Iterable[Finding]) -> Table:
    found = list(found)
    return build_table(
        f"checks-{found[0].code.split('.')[0]}",
        f"Checks: {title}",
        [Column("Gravity", is_row_header=True), Column("What is found")],
        [[each.severity.label, each.sentence] for each in found],
    )
