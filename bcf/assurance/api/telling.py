"""A plan's summary, findings and history as plain values, of the figures that its pages show."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bcf.assurance.checks.finding import Finding, Findings
from bcf.assurance.entries import Entry
from bcf.assurance.summary import MoneySummary
from bcf.assurance.sums import Held
from bcf.assurance.totals import Balance, Line
from bcf.base.worked import Figure
from bcf.money import PENNY
from bcf.periods import Period
from plans.models import Plan
from plans.telling import Told

Plain = dict[str, Any]


def _pounds(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _figure(figure: Figure | None) -> str | None:
    """A figure that was worked out, rounded to the penny once."""
    return None if figure is None else str(figure.rounded(2))


def summary(found: MoneySummary, plan: Plan, hidden_parts: int) -> Plain:
    """The totals of a plan's money; `hidden_parts` are those of it that the reader may not see."""
    years = found.years
    lines = {
        "income_by_source": found.income_by_source,
        "spend_by_source": found.spend_by_source,
        "spend_by_theme": found.spend_by_theme,
        "spend_by_scheme": found.spend_by_scheme,
        "spend_by_area_of_spend": found.spend_by_area_of_spend,
        "spend_by_primary_objective": found.spend_by_primary_objective,
        "outside_pool_by_scheme": found.outside_pool,
    }
    return {
        "plan": plan.slug,
        "title": plan.title,
        "financial_years": [str(year) for year in years],
        "balances": [_balance(each) for each in found.balances],
        "income": _line(found.income, years),
        "spend": _line(found.spend, years),
        "outside_pool": _line(found.outside, years),
        **{name: [_line(each, years) for each in rows] for name, rows in lines.items()},
        "parts": [
            {
                "plan": each.slug,
                "income": _line(each.income, years),
                "spend": _line(each.spend, years),
            }
            for each in found.parts
        ],
        "minimums": [_minimum(each) for each in found.minimums],
        "hidden_parts": hidden_parts,
    }


def _balance(each: Balance) -> Plain:
    return {
        "financial_year": str(each.year),
        "income": _pounds(each.income),
        "spend": _pounds(each.spend),
        "difference": _pounds(each.difference),
        "tolerance": _pounds(each.tolerance.quantize(PENNY, ROUND_HALF_UP)),
        "verdict": each.verdict.value,
        "unstated": each.unstated,
    }


def _line(line: Line, years: Sequence[Period]) -> Plain:
    of_years = zip(years, line.amounts, line.row_counts, strict=True)
    return {
        "key": line.choice.key or None,
        "label": line.choice.label,
        "amounts": [
            {"financial_year": str(year), "amount": _pounds(amount), "rows": rows}
            for year, amount, rows in of_years
        ],
        "total": _pounds(line.total),
        "unstated": line.unstated,
    }


def _minimum(each: Held) -> Plain:
    return {
        "rule": each.rule,
        "financial_year": str(each.year),
        "minimum": _figure(each.minimum),
        "actual": _figure(each.actual),
        "counted": _figure(each.counted),
        "margin": _figure(each.margin),
        "is_met": each.is_met,
    }


def checks(found: Findings, plan: Plan) -> Plain:
    """What the checks found, by section, worst first; how many of each gravity."""
    return {
        "plan": plan.slug,
        "counts": {
            severity.name.lower().replace("_", "-"): count
            for severity, count in found.counts().items()
        },
        "findings": [_finding(each) for each in found.found],
    }


def _finding(each: Finding) -> Plain:
    mend = each.mend
    return {
        "code": each.code,
        "severity": each.severity.name.lower().replace("_", "-"),
        "section": each.section,
        "message": each.sentence,
        "found": each.found or None,
        "required": each.required or None,
        "area": each.area or None,
        "mend": mend
        and {
            "kind": mend.kind,
            "owner": mend.owner or None,
            "ref": mend.ref or None,
            "field": mend.field or None,
        },
        "rows": [
            {"kind": row.kind, "owner": row.owner or None, "ref": row.ref or None, "name": row.name}
            for row in each.rows
        ],
    }


def entry(each: Entry, family: Mapping[int, Plan]) -> Plain:
    """One thing that happened, with the changes of rows that are told of it."""
    return {
        "at": each.at.isoformat(),
        "by": each.who,
        "act": each.ref or None,
        "words": each.words or None,
        "note": each.note or None,
        "row_count": each.count or len(each.told),
        "rows": [_change(row, family) for row in each.told],
    }


def _change(row: Told, family: Mapping[int, Plan]) -> Plain:
    plan = family.get(row.plan_id or 0)
    return {
        "kind": row.model._meta.label_lower,
        "plan": plan.slug if plan else None,
        "ref": row.ref or None,
        "name": row.name,
        "version": row.version,
        "what": row.what,
        "is_there": row.is_there,
        "differences": [
            {
                "field": each.name,
                "label": each.label,
                "old": each.old or None,
                "new": each.new or None,
            }
            for each in row.differences
        ],
    }
