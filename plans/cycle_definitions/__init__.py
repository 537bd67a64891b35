"""What a planning cycle asks, read from its definition file in `plans/cycles/`.

A definition is data: one TOML file a cycle, one dataclass a kind of entry. A file is checked
against the dataclasses when it is loaded, so that another kind of entry needs a dataclass and a
field of `CycleDefinition`, and nothing else.
"""

from plans.cycle_definitions.blocks import BLOCKS, FIELDS, BlockKind
from plans.cycle_definitions.checks import CHECKS
from plans.cycle_definitions.cycle import CycleDefinition, UnknownChoice
from plans.cycle_definitions.entries import (
    EVERY_LINE,
    ORGANISATION_KINDS,
    SIGN_OFF_ROLES,
    AreaOfSpend,
    CheckRule,
    Choice,
    Commissioner,
    CycleMetric,
    Deadline,
    FundingGroup,
    FundingSource,
    FundingTotal,
    HighImpactChange,
    LinesCounted,
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
from plans.cycle_definitions.loading import (
    CYCLES,
    CycleDefinitionError,
    definition,
    definitions,
    load_definition,
)
from plans.cycle_definitions.template import Block, Column, PlanField, Section, Template

__all__ = [
    "BLOCKS",
    "CHECKS",
    "CYCLES",
    "EVERY_LINE",
    "FIELDS",
    "ORGANISATION_KINDS",
    "SIGN_OFF_ROLES",
    "AreaOfSpend",
    "Block",
    "BlockKind",
    "CheckRule",
    "Choice",
    "Column",
    "Commissioner",
    "CycleDefinition",
    "CycleDefinitionError",
    "CycleMetric",
    "Deadline",
    "FundingGroup",
    "FundingSource",
    "FundingTotal",
    "HighImpactChange",
    "LinesCounted",
    "NationalCondition",
    "PaymentForPerformance",
    "PlanField",
    "ProviderType",
    "Question",
    "Rating",
    "RequirementRule",
    "RiskBand",
    "SchemeType",
    "Section",
    "SignOffRole",
    "SignOffRule",
    "Template",
    "TemplateVersion",
    "UnknownChoice",
    "definition",
    "definitions",
    "load_definition",
]
