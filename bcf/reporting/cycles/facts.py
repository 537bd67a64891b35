"""What the entry of each list says beside its name: labelled words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bcf.assurance.checks.naming import joined as joined_names
from bcf.money import format_pounds
from bcf.periods import FinancialYear, Period
from bcf.reporting.metric_words import unit_words
from bcf.ui.tables import format_number
from governance.choices import SignOffRole
from plans.choices import OrganisationKind
from plans.cycle_definitions import Choice, CycleDefinition, LinesCounted

Fact = tuple[str, str]
Facts = Iterator[Fact]

NOT_KNOWN = "not known"
KINDS = {
    "plan": "A plan",
    "supplement": "A supplement to a plan",
    "refresh": "A refresh of a plan",
    "year-end": "A year-end return, where no plan was asked for",
}
FREQUENCIES = {"monthly": "Each month", "quarterly": "Each quarter", "yearly": "Each year"}


def facts_of(cycle: CycleDefinition, name: str, entry: Choice) -> tuple[Fact, ...]:
    """What there is to say of an entry of the list `name`; what is blank is left out."""
    write = WRITERS.get(name)
    found = [*(write(cycle, entry) if write else ()), *_forms(cycle, entry)]
    return tuple((label, words) for label, words in found if words)


def title_of(entry: Any) -> str:
    """An entry's label, after its printed number where it has one."""
    number = str(getattr(entry, "number", "") or getattr(entry, "section", ""))
    return f"{number} {entry.label}".strip()


def joined(names: Iterable[str]) -> str:
    """`A, B and C`; nothing of no names."""
    found = list(names)
    return joined_names(found) if found else ""


def labels(entries: Iterable[Choice], keys: Iterable[str]) -> str:
    """The labels of these keys; a key that is nowhere stands as it is."""
    known = {each.key: each.label for each in entries}
    return joined(known.get(key, key) for key in keys)


def years_in_words(years: Iterable[str]) -> str:
    return joined(FinancialYear.parse(each).label for each in years)


def forms_of(cycle: CycleDefinition, entry: Choice) -> str:
    """The labels of the forms that have it; nothing where all of them do."""
    named = entry.template_versions
    is_of_all = len(set(named)) == len(cycle.template_versions)
    return "" if is_of_all else labels(cycle.template_versions, named)


def _forms(cycle: CycleDefinition, entry: Choice) -> Facts:
    yield "On the form", forms_of(cycle, entry)


def _form(cycle: CycleDefinition, form: Any) -> Facts:
    yield "What it is", KINDS[form.kind]
    yield "Years", years_in_words(form.years or cycle.years)


def _question(cycle: CycleDefinition, question: Any) -> Facts:
    yield "It asks", question.text
    if question.condition:
        yield "Condition", labels(cycle.confirmed, [question.condition])


def _deadline(cycle: CycleDefinition, deadline: Any) -> Facts:
    yield "Date", deadline.on.label
    yield "Plans", "are handed in by then" if deadline.submits else ""


def _source(cycle: CycleDefinition, source: Any) -> Facts:
    kinds = [OrganisationKind(kind).label for kind in source.contributor_kinds]
    yield "Paid in by", joined(kinds)


def _group(cycle: CycleDefinition, group: Any) -> Facts:
    yield "Part of", labels(cycle.funding_groups, [group.part_of]) if group.part_of else ""
    yield "Sources", joined(each.label for each in cycle.sources_in(group.key))


def _total(cycle: CycleDefinition, total: Any) -> Facts:
    known = (*cycle.funding_sources, *cycle.funding_groups, *cycle.funding_totals)
    yield "It adds", labels(known, total.adds)


def _minimum(cycle: CycleDefinition, rule: Any) -> Facts:
    yield "What it says", rule.what
    yield "What counts", _counted(cycle, rule.counts)


def _counted(cycle: CycleDefinition, counts: LinesCounted) -> str:
    """Which spend lines count towards a minimum, in words."""
    named = (
        ("from", cycle.funding_sources, counts.sources),
        ("on", cycle.areas_of_spend, counts.areas),
        ("on any area but", cycle.areas_of_spend, counts.other_areas_than),
        ("commissioned by", cycle.commissioners, counts.commissioners),
        ("of the type", cycle.scheme_types, counts.scheme_types),
    )
    said = [f"{word} {labels(entries, keys)}" for word, entries, keys in named if keys]
    return f"spend lines {'; '.join(said)}" if said else ""


def _scheme_type(cycle: CycleDefinition, kind: Any) -> Facts:
    yield "Unit of output", kind.unit


def _metric(cycle: CycleDefinition, metric: Any) -> Facts:
    yield "What it counts", metric.definition
    yield "Unit", unit_words(metric.unit) if metric.unit else NOT_KNOWN
    yield "ASCOF number", metric.ascof_code
    yield "Stated", FREQUENCIES[metric.frequency]
    yield "Baseline", _periods(metric.baseline_periods)
    yield "Planned for", _periods(metric.plan_periods)
    yield "Supporting", "a plan need not plan it" if metric.is_supporting else ""
    yield "Note", metric.note


def _periods(periods: Iterable[Period]) -> str:
    """Periods that follow each other as from the first to the last."""
    found = [each.label for each in periods]
    if not found:
        return NOT_KNOWN
    return f"{found[0]} to {found[-1]}" if len(found) > 2 else joined(found)


def _payment(cycle: CycleDefinition, payment: Any) -> Facts:
    yield "Metric", labels(cycle.metrics, [payment.metric])
    yield "For each case fewer", format_pounds(payment.unit_price)
    yield "Least reduction", f"{format_number(payment.ambition_percent)}%"


def _quarter(cycle: CycleDefinition, quarter: Any) -> Facts:
    yield "Baseline", quarter.baseline.label
    yield "Held against it", quarter.performance.label
    yield "Paid", quarter.paid.label


def _condition(cycle: CycleDefinition, condition: Any) -> Facts:
    yield "What it asks", condition.summary


def _requirement(cycle: CycleDefinition, requirement: Any) -> Facts:
    yield from _condition(cycle, requirement)
    if requirement.condition:
        yield "Condition", labels(cycle.conditions, [requirement.condition])


def _sign_off(cycle: CycleDefinition, rule: Any) -> Facts:
    who = SignOffRole(rule.role).label
    yield "For", f"{who}, each of them" if rule.each else who
    yield "Needed", "yes" if rule.is_required else "no; it is shown where a plan has it"
    yield "Note", rule.note


def _rating(cycle: CycleDefinition, rating: Any) -> Facts:
    spends = "; the area may spend meanwhile" if rating.permits_spend else ""
    yield "The plan", "is approved" if rating.approves else f"has to come back{spends}"


def _band(cycle: CycleDefinition, band: Any) -> Facts:
    yield "From a rating of", f"{band.from_rating}, likelihood times impact"


def _check(cycle: CycleDefinition, check: Any) -> Facts:
    for name, value in check.thresholds.items():
        yield name.replace("-", " ").capitalize(), format_number(value)
    yield "Metrics", labels(cycle.metrics, check.metrics)


def _sheet(cycle: CycleDefinition, sheet: Any) -> Facts:
    yield "It asks", " ".join(sheet.asks)


def _return(cycle: CycleDefinition, each: Any) -> Facts:
    yield "Of", each.period.label
    yield "Due", each.due.label if each.due else NOT_KNOWN
    yield "Sheets", labels(cycle.return_sheets, each.sheets) or NOT_KNOWN


# Lists that are not here have nothing to say beside names.
WRITERS: dict[str, Callable[[CycleDefinition, Any], Facts]] = {
    "template_versions": _form,
    "questions": _question,
    "deadlines": _deadline,
    "funding_sources": _source,
    "funding_groups": _group,
    "funding_totals": _total,
    "requirement_rules": _minimum,
    "scheme_types": _scheme_type,
    "scheme_types.sub_types": _scheme_type,
    "metrics": _metric,
    "payments": _payment,
    "payments.quarters": _quarter,
    "conditions": _condition,
    "planning_requirements": _requirement,
    "sign_offs": _sign_off,
    "ratings": _rating,
    "risk_bands": _band,
    "checks": _check,
    "return_sheets": _sheet,
    "returns": _return,
}
