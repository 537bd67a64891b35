"""What types alone cannot tell: the key path and the reason of what does not fit together."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from bcf.periods import FinancialYear, NotAPeriod
from plans.cycle_definitions.checks import CHECKS
from plans.cycle_definitions.cycle import CycleDefinition
from plans.cycle_definitions.entries import (
    FREQUENCIES,
    HIGHEST_RATING,
    NOT_TOLD,
    OF_100,
    ORGANISATION_KINDS,
    SIGN_OFF_ROLES,
    WAYS,
    Choice,
    CycleMetric,
)
from plans.cycle_definitions.placing import misplaced

Found = Iterator[tuple[str, str]]


def contradictions(loaded: CycleDefinition, stem: str) -> Found:
    """Every contradiction of a definition; `stem` is its file's name."""
    if loaded.key != stem:
        yield "key", f"must be the file's name, “{stem}”"
    yield from _years(loaded)
    yield from _money(loaded)
    yield from _minimums(loaded)
    yield from _questions(loaded)
    yield from _measures(loaded)
    yield from _checks(loaded)
    yield from _people_and_dates(loaded)
    yield from _risk_bands(loaded)
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
    """Questions of a form or a condition that the file does not list."""
    conditions = {condition.key for condition in loaded.conditions}
    for question in loaded.questions:
        where = f"questions[{question.key}]"
        if question.condition and question.condition not in conditions:
            yield f"{where}.condition", f"there is no condition “{question.condition}”"
        yield from _forms(f"{where}.template_versions", question.template_versions, loaded)


def _forms(where: str, keys: Iterable[str], loaded: CycleDefinition) -> Found:
    forms = {version.key for version in loaded.template_versions}
    for key in keys:
        if key not in forms:
            yield where, f"there is no template version “{key}”"


def _measures(loaded: CycleDefinition) -> Found:
    """Metrics of no known frequency or form, and payments for metrics that are not listed."""
    for metric in loaded.metrics:
        if metric.frequency not in FREQUENCIES:
            words = f"“{metric.frequency}” is none of {', '.join(FREQUENCIES)}"
            yield f"metrics[{metric.key}].frequency", words
        where = f"metrics[{metric.key}].template_versions"
        yield from _forms(where, metric.template_versions, loaded)
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


def _people_and_dates(loaded: CycleDefinition) -> Found:
    """Signatures in a role, and dates of a form, that there are not."""
    for rule in loaded.sign_offs:
        if rule.role not in SIGN_OFF_ROLES:
            words = f"“{rule.role}” is none of {', '.join(SIGN_OFF_ROLES)}"
            yield f"sign_offs[{rule.key}].role", words
    for deadline in loaded.deadlines:
        where = f"deadlines[{deadline.key}].template_version"
        yield from _forms(where, filter(None, [deadline.template_version]), loaded)


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


def _years(loaded: CycleDefinition) -> Found:
    try:
        years = [FinancialYear.parse(code) for code in loaded.years]
    except NotAPeriod as error:
        yield "years", str(error)
    else:
        if not years or any(later != year.next() for year, later in pairwise(years)):
            yield "years", "must be financial years that follow each other in order"
