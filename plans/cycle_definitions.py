"""What a planning cycle asks, read from its definition file in `plans/cycles/`.

A definition is data: one TOML file a cycle, one dataclass a kind of entry. A file is checked
against the dataclasses when it is loaded, so that another kind of entry needs a dataclass and a
field of `CycleDefinition`, and nothing else. Amounts of money do not live here.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from bcf.periods import FinancialYear, NotAPeriod

CYCLES = Path(__file__).parent / "cycles"
KINDS = "local-authority nhs-commissioner nhs-provider voluntary private other"
ORGANISATION_KINDS = tuple(KINDS.split())
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TYPES = {str: "a text", bool: "true or false", list: "a list", dict: "a table"}


class CycleDefinitionError(Exception):
    """A definition file that cannot be used: which file, where in it, and why."""

    def __init__(self, file: Path, path: str, reason: str) -> None:
        self.file, self.path, self.reason = file, path, reason
        super().__init__(": ".join(part for part in (file.name, path, reason) if part))


class UnknownChoice(LookupError):
    """A key that a cycle's definition does not list."""


@dataclass(frozen=True)
class Choice:
    """One entry of a list: `verified` says whether it was checked against its `source`."""

    key: str
    label: str
    verified: bool
    source: str


# Entries that carry nothing of their own yet.
TemplateVersion = Choice
AreaOfSpend = Choice
Commissioner = Choice
ProviderType = Choice
SignOffRole = Choice

C = TypeVar("C", bound=Choice)


@dataclass(frozen=True)
class FundingGroup(Choice):
    """Funding sources that are printed as one total; it may itself be `part_of` a wider group."""

    part_of: str = ""


@dataclass(frozen=True)
class FundingSource(Choice):
    """Where money comes from; the kinds of organisation that may pay it in; its parts, if any."""

    group: str
    contributor_kinds: tuple[str, ...]
    sub_sources: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class SchemeType(Choice):
    """What kind of scheme; `unit` is the unit of its planned output, blank where there is none."""

    sub_types: tuple[Choice, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class RequirementRule(Choice):
    """A published minimum; `what` says in one sentence what must be at least what."""

    what: str
    is_total_pool: bool = False


@dataclass(frozen=True)
class Rating(Choice):
    """An assurer's outcome; `approves` is false where the plan has to come back."""

    approves: bool


@dataclass(frozen=True)
class NationalCondition(Choice):
    """What every plan must meet: its `number` as printed, blank where it has no heading."""

    summary: str
    number: str = ""


@dataclass(frozen=True)
class Question(Choice):
    """What the forms named (all, where none is) ask under a printed number, in our own words."""

    section: str
    text: str
    condition: str = ""
    template_versions: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Its number and heading in the form: `7(a)(i) Protecting social care services`."""
        return f"{self.section} {self.label}"


@dataclass(frozen=True)
class CycleMetric(Choice):
    """A metric by its key, asked for by the forms named; by all where none is."""

    template_versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class CycleDefinition:
    """What one planning cycle asks. `years` are financial years in order, written `2015-16`."""

    key: str
    name: str
    years: tuple[str, ...]
    plan_required: bool
    template_versions: tuple[TemplateVersion, ...]
    funding_groups: tuple[FundingGroup, ...]
    funding_sources: tuple[FundingSource, ...]
    areas_of_spend: tuple[AreaOfSpend, ...]
    commissioners: tuple[Commissioner, ...]
    provider_types: tuple[ProviderType, ...]
    requirement_rules: tuple[RequirementRule, ...]
    ratings: tuple[Rating, ...]
    scheme_types: tuple[SchemeType, ...] = ()
    conditions: tuple[NationalCondition, ...] = ()
    questions: tuple[Question, ...] = ()
    metrics: tuple[CycleMetric, ...] = ()
    sign_off_roles: tuple[SignOffRole, ...] = ()
    notes: str = ""

    def template_version(self, key: str) -> TemplateVersion:
        return self._find(self.template_versions, key, "template version")

    def funding_group(self, key: str) -> FundingGroup:
        return self._find(self.funding_groups, key, "group of funding sources")

    def funding_source(self, key: str) -> FundingSource:
        return self._find(self.funding_sources, key, "funding source")

    def area_of_spend(self, key: str) -> AreaOfSpend:
        return self._find(self.areas_of_spend, key, "area of spend")

    def commissioner(self, key: str) -> Commissioner:
        return self._find(self.commissioners, key, "commissioner")

    def provider_type(self, key: str) -> ProviderType:
        return self._find(self.provider_types, key, "provider type")

    def scheme_type(self, key: str) -> SchemeType:
        return self._find(self.scheme_types, key, "scheme type")

    def requirement_rule(self, key: str) -> RequirementRule:
        return self._find(self.requirement_rules, key, "requirement")

    def rating(self, key: str) -> Rating:
        return self._find(self.ratings, key, "rating")

    def condition(self, key: str) -> NationalCondition:
        return self._find(self.conditions, key, "national condition")

    def question(self, key: str) -> Question:
        return self._find(self.questions, key, "question")

    def questions_of(self, template_version: str) -> tuple[Question, ...]:
        """The questions that a form asks, in its order; all of them where no form is named."""
        return self.of_form(template_version).questions

    def of_form(self, template_version: str) -> "CycleDefinition":
        """The definition with what one form asks; with everything where no form is named."""

        def asked(entry: Question | CycleMetric) -> bool:
            forms = entry.template_versions
            return not (template_version and forms) or template_version in forms

        return replace(
            self,
            questions=tuple(filter(asked, self.questions)),
            metrics=tuple(filter(asked, self.metrics)),
        )

    def sources_in(self, group: str) -> tuple[FundingSource, ...]:
        """The funding sources of a group and of the groups within it; raises `UnknownChoice`."""
        self.funding_group(group)
        inside = {group}
        for each in self.funding_groups:
            if each.part_of in inside:
                inside.add(each.key)
        return tuple(source for source in self.funding_sources if source.group in inside)

    def _find(self, choices: Iterable[C], key: str, what: str) -> C:
        for choice in choices:
            if choice.key == key:
                return choice
        raise UnknownChoice(f"The cycle {self.key} has no {what} “{key}”.")


def definition(key: str) -> CycleDefinition:
    """The definition of one cycle, such as `2017-19`; raises `UnknownChoice`."""
    if key not in definitions():
        raise UnknownChoice(f"There is no cycle “{key}”.")
    return definitions()[key]


@cache
def definitions() -> dict[str, CycleDefinition]:
    """Every cycle by key, oldest first; raises `CycleDefinitionError`. Read once a process."""
    loaded = [load_definition(path) for path in CYCLES.glob("*.toml")]
    return {each.key: each for each in sorted(loaded, key=lambda each: (each.years, each.key))}


def load_definition(path: Path) -> CycleDefinition:
    """Read and check one definition file; raises `CycleDefinitionError`."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        loaded: CycleDefinition = _build(CycleDefinition, raw, "")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CycleDefinitionError(path, "", f"cannot be read: {error}") from error
    except _Mistake as mistake:
        raise CycleDefinitionError(path, *mistake.args) from None
    for where, reason in _contradictions(loaded, path.stem):
        raise CycleDefinitionError(path, where, reason)
    return loaded


class _Mistake(Exception):
    """Where in the file, and why: `funding_sources[ibcf].group`, `is missing`."""


def _build(kind: type, raw: dict[str, Any], where: str) -> Any:
    """One dataclass from a table: nothing unknown, nothing missing, every value of its type."""
    known = {field.name: field.default is MISSING for field in fields(kind)}
    hints, inside = get_type_hints(kind), f"{where}." if where else ""
    for name in sorted(raw.keys() - known.keys()):
        raise _Mistake(inside + name, "is not known here")
    for name, required in known.items():
        if required and raw.get(name, "") == "":
            raise _Mistake(inside + name, "is missing or blank")
    return kind(**{name: _value(hints[name], value, inside + name) for name, value in raw.items()})


def _value(hint: Any, raw: Any, where: str) -> Any:
    expected = list if get_origin(hint) is tuple else dict if is_dataclass(hint) else hint
    if type(raw) is not expected:
        raise _Mistake(where, f"must be {_TYPES[expected]}")
    if isinstance(raw, list):
        return _items(get_args(hint)[0], raw, where)
    return _build(hint, raw, where) if isinstance(raw, dict) else raw


def _items(hint: Any, raw: list[Any], where: str) -> tuple[Any, ...]:
    """A list's entries, each named by its key, or by its position from 1 where it has none."""
    items: dict[Any, Any] = {}
    for position, entry in enumerate(raw, start=1):
        named = entry.get("key") if isinstance(entry, dict) else None
        here = f"{where}[{named or position}]"
        item = _value(hint, entry, here)
        key = getattr(item, "key", item)
        if named and not _KEY.fullmatch(named):
            raise _Mistake(here, "must be small letters, figures and hyphens")
        if key in items:
            raise _Mistake(here, "stands twice")
        items[key] = item
    return tuple(items.values())


def _contradictions(loaded: CycleDefinition, stem: str) -> Iterator[tuple[str, str]]:
    """What types alone cannot tell: the key path and the reason. No group may be in a circle."""
    if loaded.key != stem:
        yield "key", f"must be the file's name, “{stem}”"
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
    yield from _questions_astray(loaded)
    try:
        years = [FinancialYear.parse(code) for code in loaded.years]
    except NotAPeriod as error:
        yield "years", str(error)
    else:
        if not years or any(later != year.next() for year, later in pairwise(years)):
            yield "years", "must be financial years that follow each other in order"


def _questions_astray(loaded: CycleDefinition) -> Iterator[tuple[str, str]]:
    """Questions and metrics of a form or a condition that the file does not list."""
    forms = {version.key for version in loaded.template_versions}
    conditions = {condition.key for condition in loaded.conditions}
    for question in loaded.questions:
        if question.condition and question.condition not in conditions:
            where = f"questions[{question.key}].condition"
            yield where, f"there is no condition “{question.condition}”"
    entries = [("questions", each) for each in loaded.questions]
    entries += [("metrics", each) for each in loaded.metrics]  # type: ignore[misc]
    for kind, entry in entries:
        for form in entry.template_versions:
            if form not in forms:
                where = f"{kind}[{entry.key}].template_versions"
                yield where, f"there is no template version “{form}”"
