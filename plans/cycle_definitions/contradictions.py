"""What types alone cannot tell: the key path and the reason of what does not fit together."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bcf.periods import FinancialYear, NotAPeriod
from plans.cycle_definitions.checks import CHECKS
from plans.cycle_definitions.cycle import LISTS, CycleDefinition
from plans.cycle_definitions.entries import (
    DIRECTIONS,
    FORM_KINDS,
    FREQUENCIES,
    HIGHEST_RATING,
    NOT_TOLD,
    OF_100,
    ORGANISATION_KINDS,
    SIGN_OFF_ROLES,
    WAYS,
    Choice,
    CycleMetric,
    PlanningRequirement,
    Question,
)
from plans.cycle_definitions.placing import misplaced

Found = Iterator[tuple[str, str]]


def contradictions(loaded: CycleDefinition, stem: str) -> Found:
    """Every contradiction of a definition; `stem` is its file's name."""
    if loaded.key != stem:
        yield "key", f"must be the file's name, “{stem}”"
    yield from _years(loaded)
    yield from _forms(loaded)
    yield from _money(loaded)
    yield from _minimums(loaded)
    yield from _questions(loaded)
    yield from _measures(loaded)
    yield from _checks(loaded)
    yield from _people(loaded)
    yield from _risk_bands(loaded)
    yield from _returns(loaded)
    yield from _not_known(loaded)
    yield from misplaced(loaded)


def _money(loaded: CycleDefinition) -> Found:
    """No group may be in a circle; a source, and what a total adds, is listed."""
    groups: set[str] = set()
    for group in loaded.funding_groups:
        if group.part_of and group.part_of not in groups:
            where = f"funding_groups[{group.key}].part_of"
            yield where, f"“{group.part_of}” is not a group listed before it"
        groups.add(group.key)
    for source in loaded.funding_sources:
        where = f"funding_sources[{source.key}]"
        if source.group not in groups:
            yield f"{where}.group", f"there is no group “{source.group}”"
        for kind in sorted(set(source.contributor_kinds).difference(ORGANISATION_KINDS)):
            yield f"{where}.contributor_kinds", f"there is no kind of organisation “{kind}”"
    known = groups | {source.key for source in loaded.funding_sources}
    for total in loaded.funding_totals:
        for key in total.adds:
            if key not in known:
                where = f"funding_totals[{total.key}].adds"
                yield where, f"“{key}” is no source, no group, and no total listed before it"
        known.add(total.key)


def _minimums(loaded: CycleDefinition) -> Found:
    """Minimums that count lines by what the file does not list."""
    listed: dict[str, tuple[str, Iterable[Choice]]] = {
        "sources": ("funding source", loaded.funding_sources),
        "areas": ("area of spend", loaded.areas_of_spend),
        "other_areas_than": ("area of spend", loaded.areas_of_spend),
        "commissioners": ("commissioner", loaded.commissioners),
        "scheme_types": ("scheme type", loaded.scheme_types),
    }
    for rule in loaded.requirement_rules:
        for name, (what, entries) in listed.items():
            known = {entry.key for entry in entries}
            for key in getattr(rule.counts, name):
                if key not in known:
                    where = f"requirement_rules[{rule.key}].counts.{name}"
                    yield where, f"there is no {what} “{key}”"


def _questions(loaded: CycleDefinition) -> Found:
    """Questions and requirements of a condition that the file does not list, or like one."""
    conditions = {condition.key for condition in loaded.conditions}
    asked: tuple[tuple[str, Sequence[Question | PlanningRequirement]], ...] = (
        ("questions", loaded.questions),
        ("planning_requirements", loaded.planning_requirements),
    )
    for name, entries in asked:
        for entry in entries:
            if entry.condition and entry.condition not in conditions:
                where = f"{name}[{entry.key}].condition"
                yield where, f"there is no condition “{entry.condition}”"
    for requirement in loaded.planning_requirements:
        if requirement.key in conditions:
            yield f"planning_requirements[{requirement.key}]", "is the key of a condition too"


def _forms(loaded: CycleDefinition) -> Found:
    """Entries of a form that there is not; forms of no kind, of other years, or none of a plan."""
    forms = {version.key for version in loaded.template_versions}
    for name, entries in loaded.lists().items():
        for entry in entries:
            for key in entry.template_versions:
                if key not in forms:
                    where = f"{name}[{entry.key}].template_versions"
                    yield where, f"there is no template version “{key}”"
    for version in loaded.template_versions:
        where = f"template_versions[{version.key}]"
        if version.kind not in FORM_KINDS:
            yield f"{where}.kind", f"“{version.kind}” is none of {', '.join(FORM_KINDS)}"
        yield from _years_within(f"{where}.years", version.years, loaded.years)
        within = version.years or loaded.years
        yield from _years_within(f"{where}.metric_years", version.metric_years, within)
    if not loaded.plan_forms:
        yield "template_versions", "lists no form that stands by itself"


def _years_within(where: str, years: Iterable[str], within: Sequence[str]) -> Found:
    for year in years:
        if year not in within:
            yield where, f"“{year}” is none of {', '.join(within)}"


def _measures(loaded: CycleDefinition) -> Found:
    """Metrics of no known frequency or direction, and payments for metrics not listed."""
    for metric in loaded.metrics:
        if metric.frequency not in FREQUENCIES:
            words = f"“{metric.frequency}” is none of {', '.join(FREQUENCIES)}"
            yield f"metrics[{metric.key}].frequency", words
        if metric.better and metric.better not in DIRECTIONS:
            words = f"“{metric.better}” is none of {', '.join(DIRECTIONS)}"
            yield f"metrics[{metric.key}].better", words
        yield from _told(metric)
    for payment in loaded.payments:
        yield from _metrics(f"payments[{payment.key}].metric", [payment.metric], loaded)


def _told(metric: CycleMetric) -> Found:
    """A way of telling that there is not, or a count of nobody knows what."""
    told, where = metric.told, f"metrics[{metric.key}].told"
    if told == NOT_TOLD:
        return
    if told.way not in WAYS:
        yield f"{where}.way", f"“{told.way}” is none of {', '.join(WAYS)}"
    elif told.way != OF_100 and not told.counts:
        yield f"{where}.counts", "is missing or blank"


def _metrics(where: str, keys: Iterable[str], loaded: CycleDefinition) -> Found:
    known = {metric.key for metric in loaded.metrics}
    for key in keys:
        if key not in known:
            yield where, f"there is no metric “{key}”"


def _checks(loaded: CycleDefinition) -> Found:
    """Checks that nobody makes, and thresholds that a check does not take or lacks."""
    for check in loaded.checks:
        where = f"checks[{check.key}]"
        if check.key not in CHECKS:
            yield where, f"there is no check “{check.key}”"
            continue
        taken = set(CHECKS[check.key])
        for name in sorted(check.thresholds.keys() - taken):
            yield f"{where}.thresholds.{name}", "is no threshold of this check"
        for name in sorted(taken - check.thresholds.keys()):
            yield f"{where}.thresholds.{name}", "is missing or blank"
        yield from _metrics(f"{where}.metrics", check.metrics, loaded)


def _people(loaded: CycleDefinition) -> Found:
    """Signatures in a role that there is not."""
    for rule in loaded.sign_offs:
        if rule.role not in SIGN_OFF_ROLES:
            words = f"“{rule.role}” is none of {', '.join(SIGN_OFF_ROLES)}"
            yield f"sign_offs[{rule.key}].role", words


def _risk_bands(loaded: CycleDefinition) -> Found:
    """Bands that do not begin with the lowest rating, or do not follow each other upwards."""
    before = 0
    for band in loaded.risk_bands:
        where = f"risk_bands[{band.key}].from_rating"
        if not before and band.from_rating != 1:
            yield where, "must be 1 for the first band"
        elif not before < band.from_rating <= HIGHEST_RATING:
            yield where, f"must be above that of the band before it, and at most {HIGHEST_RATING}"
        before = band.from_rating


def _returns(loaded: CycleDefinition) -> Found:
    """Returns on sheets that the file does not list."""
    sheets = {sheet.key for sheet in loaded.return_sheets}
    for each in loaded.returns:
        for key in each.sheets:
            if key not in sheets:
                yield f"returns[{each.key}].sheets", f"there is no sheet “{key}”"


def _not_known(loaded: CycleDefinition) -> Found:
    """What is said not to be known of lists that there are not."""
    for each in loaded.not_known:
        if each.key not in LISTS:
            yield f"not_known[{each.key}]", f"must name one of {', '.join(LISTS)}"


def _years(loaded: CycleDefinition) -> Found:
    try:
        years = [FinancialYear.parse(code) for code in loaded.years]
    except NotAPeriod as error:
        yield "years", str(error)
    else:
        if not years or any(later != year.next() for year, later in pairwise(years)):
            yield "years", "must be financial years that follow each other in order"
