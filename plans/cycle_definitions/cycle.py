"""What one planning cycle asks, as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from plans.cycle_definitions.entries import (
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
    PaymentForPerformance,
    ProviderType,
    Question,
    Rating,
    RequirementRule,
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
    conditions: tuple[NationalCondition, ...] = ()
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
        return self._find(self.conditions, key, "national condition")

    def question(self, key: str) -> Question:
        return self._find(self.questions, key, "question")

    def metric(self, key: str) -> CycleMetric:
        return self._find(self.metrics, key, "metric")

    def check(self, code: str) -> CheckRule:
        return self._find(self.checks, code, "check")

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
        """A form as a tree of sections; the cycle's newest where none is named.

        Raises `UnknownChoice` for a form that the cycle does not have.
        """
        chosen = self.template_version(version) if version else self.template_versions[-1]
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
