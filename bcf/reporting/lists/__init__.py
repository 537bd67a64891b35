"""Every list of rows that a plan's and a board's pages lead to, by group."""

from bcf.reporting.lists import agreements, governance, metrics, money, schemes
from bcf.reporting.lists.base import RowList

# The order in which a plan's page names them.
PLAN_LISTS: dict[str, tuple[RowList, ...]] = {
    "Money": (money.CONTRIBUTIONS, money.SPEND_LINES, money.REQUIREMENTS, schemes.SPEND_ACTUALS),
    "Schemes": (
        schemes.SCHEMES,
        schemes.BENEFITS,
        schemes.BENEFIT_PROFILES,
        schemes.MILESTONES,
        schemes.DELIVERY,
        schemes.SCHEME_METRICS,
        schemes.SCHEME_CONDITIONS,
    ),
    "Metrics": (
        metrics.PLAN_VALUES,
        metrics.PLAN_POPULATIONS,
        metrics.OPTIONS,
        metrics.PLAN_CONTEXT,
    ),
    "Governance": (
        governance.CONDITIONS,
        governance.ANSWERS,
        governance.OWN_HEADINGS,
        governance.RISKS,
        governance.RISK_SHARES,
        agreements.PLAN_AGREEMENTS,
        governance.SIGN_OFFS,
        governance.COMMENTARIES,
        governance.PLAN_BODIES,
        governance.MATURITY,
        governance.RELATED_DOCUMENTS,
        governance.PLAN_PRINTED,
    ),
}
BOARD_LISTS: dict[str, tuple[RowList, ...]] = {
    "Metrics": (metrics.BOARD_VALUES, metrics.BOARD_POPULATIONS, metrics.BOARD_CONTEXT),
    "Governance": (
        agreements.BOARD_AGREEMENTS,
        agreements.BOARD_NOTES,
        governance.BOARD_BODIES,
        agreements.PROGRAMMES,
        governance.BOARD_PRINTED,
    ),
}


def every_plan_list() -> list[RowList]:
    return [spec for group in PLAN_LISTS.values() for spec in group]


def every_board_list() -> list[RowList]:
    return [spec for group in BOARD_LISTS.values() for spec in group]
