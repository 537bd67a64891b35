"""The lists of a cycle's definition as a page shows them: their names, in groups."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListKind:
    """A list by its name in the file, and how a page calls it."""

    name: str
    heading: str
    about: str = ""


@dataclass(frozen=True)
class ListGroup:
    """Lists that are about one thing."""

    key: str
    heading: str
    kinds: tuple[ListKind, ...]


TEMPLATES = "template_versions"
QUESTIONS = "questions"

GROUPS = (
    ListGroup(
        "forms",
        "Forms and dates",
        (
            ListKind(TEMPLATES, "Forms", "Each with its sections and what they ask."),
            ListKind(QUESTIONS, "Questions", "What the forms ask, in our own words."),
            ListKind("deadlines", "Dates"),
        ),
    ),
    ListGroup(
        "money",
        "Money",
        (
            ListKind("funding_sources", "Funding sources", "Under the group that each is in."),
            ListKind("funding_groups", "Groups of funding sources"),
            ListKind("funding_totals", "Totals that plans print"),
            ListKind("requirement_rules", "Minimums"),
            ListKind("areas_of_spend", "Areas of spend"),
            ListKind("commissioners", "Commissioners"),
            ListKind("provider_types", "Providers"),
        ),
    ),
    ListGroup(
        "schemes",
        "Schemes and benefits",
        (
            ListKind("scheme_types", "Scheme types", "With sub types, and units of output."),
            ListKind("primary_objectives", "Primary objectives"),
            ListKind("benefit_types", "Kinds of benefit"),
            ListKind("beneficiaries", "Who benefits"),
        ),
    ),
    ListGroup(
        "metrics",
        "Metrics",
        (
            ListKind("metrics", "Metrics"),
            ListKind("payments", "Payment for performance"),
        ),
    ),
    ListGroup(
        "conditions",
        "Conditions and requirements",
        (
            ListKind("conditions", "National conditions"),
            ListKind("planning_requirements", "Planning requirements"),
            ListKind("high_impact_changes", "High Impact Change Model"),
            ListKind("maturity_levels", "Levels of maturity"),
        ),
    ),
    ListGroup(
        "assurance",
        "Signing and assurance",
        (
            ListKind("sign_offs", "Who signs"),
            ListKind("ratings", "Ratings of the assurer"),
            ListKind("checks", "Checks and their thresholds"),
            ListKind("risk_bands", "Levels of risk"),
        ),
    ),
    ListGroup(
        "returns",
        "Returns on the plan",
        (
            ListKind("returns", "Returns"),
            ListKind("return_sheets", "Sheets of returns"),
        ),
    ),
)


def heading_of(name: str) -> str:
    """What a page calls a list."""
    return next(kind.heading for group in GROUPS for kind in group.kinds if kind.name == name)
