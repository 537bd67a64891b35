"""What the checks say: counted by gravity and section, the first errors named."""

import pytest

from bcf.assurance.checks.finding import Finding, Findings, Severity
from bcf.reporting.dashboards.checked import MOST, checks_question
from bcf.reporting.dashboards.panels import Question

CODES = {
    Severity.ERROR: "spend.unbalanced",
    Severity.WARNING: "risk.unmitigated",
    Severity.NOTE: "risk.note",
    Severity.NOT_CHECKED: "metric.unchecked",
}


def findings(**numbers: int) -> Findings:
    """So many findings of each gravity, by its name."""
    gravities = [Severity[name.upper()] for name, number in numbers.items() for _ in range(number)]
    return Findings(
        tuple(
            Finding(CODES[gravity], gravity, f"{gravity.label} {place}.")
            for place, gravity in enumerate(gravities, start=1)
        )
    )


def asked(**numbers: int) -> Question:
    return checks_question(findings(**numbers), "a-plan")


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({}, "The checks find no error and no warning."),
        ({"note": 3}, "The checks find no error and no warning."),
        ({"error": 1}, "The checks find 1 error."),
        ({"warning": 2}, "The checks find 2 warnings."),
        (
            {"error": 2, "warning": 1, "not_checked": 1},
            "The checks find 2 errors and 1 warning. 1 check could not be made.",
        ),
        (
            {"not_checked": 4},
            "The checks find no error and no warning. 4 checks could not be made.",
        ),
    ],
)
def test_errors_and_warnings_are_counted_in_a_sentence(
    numbers: dict[str, int], sentence: str
) -> None:
    assert asked(**numbers).sentences[0] == sentence


def test_errors_are_named_where_there_are_some() -> None:
    assert [panel.key for panel in asked(warning=2).panels] == ["checks-by-section"]
    first, _ = asked(error=MOST).panels
    assert first.points == tuple(f"Error {place}." for place in range(1, MOST + 1))


def test_of_many_errors_the_first_are_named_and_the_rest_is_counted() -> None:
    assert asked(error=MOST + 1).panels[0].points[-1] == "And 1 more error."
    assert asked(error=MOST + 2).panels[0].points[-1] == "And 2 more errors."
    assert len(asked(error=40).panels[0].points) == MOST + 1


def test_each_section_has_a_row_with_its_findings_and_the_total_adds_them_up() -> None:
    table = asked(error=2, warning=3, note=1, not_checked=4).panels[-1].table
    assert table is not None
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["Spend", 2, 0, 0, 0],
        ["Risks", 0, 3, 1, 0],
        ["Metrics", 0, 0, 0, 4],
    ]
    assert table.total is not None
    assert [cell.value for cell in table.total.cells] == ["All sections", 2, 3, 1, 4]


def test_without_a_finding_the_table_says_so() -> None:
    table = asked().panels[-1].table
    assert table is not None
    assert table.rows == ()
    assert table.empty_text == "No check of this cycle finds anything."


def test_the_way_leads_to_the_page_of_the_checks() -> None:
    (link,) = asked().links
    assert link.address == "/plans/a-plan/checks/"
