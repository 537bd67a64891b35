"""Governance: rows of plans and boards, agreements with what hangs on them, programmes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model, Q

from bcf.loading.tables import Lookup, by_key, load_file
from governance.models import (
    Agreement,
    AgreementNote,
    AgreementProvider,
    AgreementValue,
    AgreementVariation,
    Body,
    ConditionResponse,
    MaturityAssessment,
    PrintedFigure,
    Programme,
    ProgrammeBudgetLine,
    ProgrammeMark,
    ProgrammeMilestone,
    ProgrammeNetwork,
    ProgrammeWorkstream,
    ProviderCommentary,
    Risk,
    RiskShare,
    SignOff,
)
from metrics.models import Metric
from plans.models import Board, Organisation, Plan
from schemes.models import Scheme


@dataclass(frozen=True)
class _Table:
    """Files of one model: what their columns point at, by name, and what tells rows apart."""

    files: str
    model: type[Model]
    one: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ("ref",)


def _under(owner: str, files: str, model: type[Model], **points_at: str) -> _Table:
    """A file whose rows name their agreement or programme, within which the ref is unique."""
    return _Table(files, model, {owner: owner, **points_at}, key=(f"{owner}_id", "ref"))


_BODIES = _Table("bodies.csv", Body, {}, {"reports_to": "body"})
_FIGURES = _Table(
    "printed_figures*.csv",
    PrintedFigure,
    {"organisation": "organisation", "metric": "metric", "scheme": "scheme"},
)
_OF_PLAN = (
    _Table("condition_responses.csv", ConditionResponse),
    _Table("risks.csv", Risk),
    _Table("risk_shares.csv", RiskShare),
    _BODIES,
    _Table("sign_offs.csv", SignOff, {"organisation": "organisation", "board": "board"}),
    _Table("provider_commentaries.csv", ProviderCommentary, {"provider": "organisation"}),
    _Table("maturity_assessments.csv", MaturityAssessment),
    _FIGURES,
)
_OF_BOARD = (_Table("risks.csv", Risk), _BODIES, _FIGURES)
_NOTES_OF_BOARD = _Table("agreement_notes.csv", AgreementNote)
_PROGRAMMES = _Table("programmes.csv", Programme, key=("slug",))
_OF_PROGRAMMES = (
    _under("programme", "programme_budget_lines.csv", ProgrammeBudgetLine, source="organisation"),
    _under("programme", "programme_networks.csv", ProgrammeNetwork),
    _under("programme", "programme_workstreams.csv", ProgrammeWorkstream),
    _under("programme", "programme_milestones.csv", ProgrammeMilestone, network="network"),
    _under("programme", "programme_marks.csv", ProgrammeMark, network="network"),
)
_OF_AGREEMENTS = (
    _Table(
        "agreements.csv",
        Agreement,
        {"parent": "agreement", "plan": "plan", "host": "organisation"},
        {"boards": "board", "parties": "organisation"},
        key=("slug",),
    ),
    _under("agreement", "agreement_providers.csv", AgreementProvider, provider="organisation"),
    _under("agreement", "agreement_variations.csv", AgreementVariation),
    _under("agreement", "agreement_values.csv", AgreementValue, organisation="organisation"),
    _under("agreement", "agreement_notes.csv", AgreementNote),
)


def load_governance_rows(plan: Plan, folder: Path) -> int:
    """Save those rows of the plan's folder that are not there yet; returns how many."""
    schemes = Scheme.objects.filter(Q(plan=plan.pk) | Q(plan=plan.part_of_id))
    find = {
        **_everywhere(),
        "body": by_key(Body.objects.filter(plan=plan), "ref"),
        "scheme": by_key(schemes, "reference"),
    }
    return sum(_load(folder, table, find, {"plan": plan}) for table in _OF_PLAN)


def load_governance_board_rows(board: Board, folder: Path) -> int:
    """Save what names the board and no plan, and is not there yet; returns how many."""
    find = {
        **_everywhere(),
        "body": by_key(Body.objects.filter(board=board, plan=None), "ref"),
        "scheme": by_key(Scheme.objects.none(), "reference"),
        "programme": by_key(Programme.objects.filter(board=board), "slug"),
        "network": by_key(ProgrammeNetwork.objects.filter(programme__board=board), "name"),
    }
    alone = {"board": board, "plan": None}
    return (
        sum(_load(folder, table, find, alone) for table in _OF_BOARD)
        + _load(folder, _NOTES_OF_BOARD, find, {"board": board, "agreement": None})
        + _load(folder, _PROGRAMMES, find, {"board": board})
        + sum(_load(folder, table, find, {}) for table in _OF_PROGRAMMES)
    )


def load_agreements(folder: Path) -> int:
    """Save agreements and their rows that are not there yet; returns how many.

    The plans that carry an agreement are loaded before it.
    """
    find = {
        **_everywhere(),
        "agreement": by_key(Agreement.objects.all(), "slug"),
        "plan": by_key(Plan.objects.all(), "slug"),
    }
    return sum(_load(folder, table, find, {}) for table in _OF_AGREEMENTS)


def _everywhere() -> dict[str, Lookup]:
    return {
        "organisation": by_key(Organisation.objects.all(), "key"),
        "board": by_key(Board.objects.all(), "slug"),
        "metric": by_key(Metric.objects.all(), "key"),
    }


def _load(folder: Path, table: _Table, find: Mapping[str, Lookup], scope: Mapping[str, Any]) -> int:
    return sum(
        load_file(
            path,
            table.model,
            lookups={column: find[kind] for column, kind in table.one.items()},
            many={column: find[kind] for column, kind in table.several.items()},
            scope=scope,
            key=table.key,
        )
        for path in sorted(folder.glob(table.files))
    )
