"""What one planning cycle asks, as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from bcf.periods import FinancialYear, Period
from plans.cycle_definitions.entries import (
    REFRESH,
    SUPPLEMENT,
    AreaOfSpend,
    Beneficiary,
    BenefitType,
    CheckRule,
    Choice,
    Commissioner,
    CycleMetric,
    Deadline,
    FundingGroup,
    FundingSource,
    FundingTotal,
    HighImpactChange,
    MaturityLevel,
    NationalCondition,
    NotKnown,
    PaymentForPerformance,
    PlanningRequirement,
    PrimaryObjective,
    ProviderType,
    Question,
    Rating,
    RequirementRule,
    ReturnRound,
    ReturnSheet,
    RiskBand,
    SchemeType,
    SignOffRole,
    SignOffRule,
    TemplateVersion,
)
from plans.cycle_definitions.template import Template, TemplateForm, as_section

C = TypeVar("C", bound=Choice)


class UnknownChoice(LookupError):
    """A key that a cycle's definition does not list."""


@dataclass(frozen=True)
class CycleDefinition:
    """What one planning cycle asks. `years` are financial years in order, written `2015-16`.

    `local_metrics` is how many metrics of its own choice a plan adds to the national ones;
    `errors_may_be_explained` says whether an approver may submit a plan in spite of errors, for a
    stated reason.
    """

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
    funding_totals: tuple[FundingTotal, ...] = ()
    scheme_types: tuple[SchemeType, ...] = ()
    benefit_types: tuple[BenefitType, ...] = ()
    beneficiaries: tuple[Beneficiary, ...] = ()
    primary_objectives: tuple[PrimaryObjective, ...] = ()
    conditions: tuple[NationalCondition, ...] = ()
    planning_requirements: tuple[PlanningRequirement, ...] = ()
    metrics: tuple[CycleMetric, ...] = ()
    local_metrics: int = 0
    payments: tuple[PaymentForPerformance, ...] = ()
    sign_offs: tuple[SignOffRule, ...] = ()
    risk_bands: tuple[RiskBand, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    high_impact_changes: tuple[HighImpactChange, ...] = ()
    maturity_levels: tuple[MaturityLevel, ...] = ()
    checks: tuple[CheckRule, ...] = ()
    questions: tuple[Question, ...] = ()
    templates: tuple[TemplateForm, ...] = ()
    return_sheets: tuple[ReturnSheet, ...] = ()
    returns: tuple[ReturnRound, ...] = ()
    not_known: tuple[NotKnown, ...] = ()
    errors_may_be_explained: bool = False
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
        """A national condition, or a planning requirement."""
        return self._find(self.confirmed, key, "national condition")

    def question(self, key: str) -> Question:
        return self._find(self.questions, key, "question")

    def metric(self, key: str) -> CycleMetric:
        return self._find(self.metrics, key, "metric")

    def check(self, code: str) -> CheckRule:
        return self._find(self.checks, code, "check")

    def questions_of(self, template_version: str) -> tuple[Question, ...]:
        """The questions that a form asks, in its order; of the plan's forms where none is named."""
        return self.of_form(template_version).questions

    @property
    def confirmed(self) -> tuple[NationalCondition, ...]:
        """What a plan confirms one by one: national conditions, then planning requirements."""
        return (*self.conditions, *self.planning_requirements)

    @property
    def plan_forms(self) -> tuple[TemplateVersion, ...]:
        """The forms that stand by themselves: all but supplements and refreshes."""
        return tuple(each for each in self.template_versions if not attaches(each))

    def of_form(self, template_version: str) -> "CycleDefinition":
        """The definition with what one form asks, of the years that it asks about.

        Where no form is named, or one that there is not, it is what any form of a plan asks.
        """
        if template_version not in self._of_forms:
            self._of_forms[template_version] = self._narrowed_to(template_version)
        return self._of_forms[template_version]

    @cached_property
    def _of_forms(self) -> dict[str, "CycleDefinition"]:
        return {}

    def _narrowed_to(self, template_version: str) -> "CycleDefinition":
        named = [each for each in self.template_versions if each.key == template_version]
        forms = {each.key for each in named or self.plan_forms}
        years = next((each.years for each in named if each.years), self.years)
        metric_years = next((each.metric_years for each in named if each.metric_years), years)
        narrowed: dict[str, Any] = {
            name: tuple(
                entry
                for entry in entries
                if not entry.template_versions or forms.intersection(entry.template_versions)
            )
            for name, entries in self.lists().items()
        }
        narrowed["metrics"] = tuple(
            _within(metric_years, each)
            for each in narrowed["metrics"]
            if _is_planned_in(metric_years, each)
        )
        return replace(self, **narrowed, years=years)

    def lists(self) -> dict[str, tuple[Choice, ...]]:
        """Every list of entries by its name in the file; forms stand apart from their sections."""
        return {name: getattr(self, name) for name in LISTS}

    @property
    def sign_off_roles(self) -> tuple[SignOffRole, ...]:
        """The roles in which somebody signs, each under the label of the first rule for it."""
        rules = {rule.role: rule for rule in reversed(self.sign_offs)}
        return tuple(
            SignOffRole(rule.role, rule.label, rule.verified, rule.source)
            for rule in self.sign_offs
            if rule is rules[rule.role]
        )

    def template(self, version: str = "") -> Template:
        """A form as a tree of sections; the newest form of a plan where none is named.

        Raises `UnknownChoice` for a form that the cycle does not have.
        """
        chosen = self.template_version(version) if version else self.plan_forms[-1]
        forms = {form.key: form for form in self.templates}
        sections = forms[chosen.key].sections if chosen.key in forms else ()
        return Template(
            key=chosen.key,
            label=chosen.label,
            sections=tuple(as_section(section, self.question) for section in sections),
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


# The lists of entries of a definition, by their names in the file.
LISTS = tuple(
    name
    for name, hint in get_type_hints(CycleDefinition).items()
    if get_origin(hint) is tuple and issubclass(get_args(hint)[0], Choice)
)


def attaches(version: TemplateVersion) -> bool:
    """Whether a plan on this form is attached to another: a supplement or a refresh of it."""
    return version.kind in (SUPPLEMENT, REFRESH)


def _is_planned_in(years: tuple[str, ...], metric: CycleMetric) -> bool:
    """Whether it is planned for one of these years, or it is not known for when it is planned."""
    return not metric.plan_periods or bool(_within(years, metric).plan_periods)


def _within(years: tuple[str, ...], metric: CycleMetric) -> CycleMetric:
    """The metric with what is planned in these years."""
    parsed = [FinancialYear.parse(code) for code in years]
    return replace(
        metric,
        plan_periods=tuple(each for each in metric.plan_periods if _is_in(each, parsed)),
    )


def _is_in(period: Period, years: Iterable[FinancialYear]) -> bool:
    """Whether a period ends in one of these years; a calendar year may begin before it."""
    ends = period.ends_on
    return ends is None or any(year.starts_on <= ends <= year.ends_on for year in years)
