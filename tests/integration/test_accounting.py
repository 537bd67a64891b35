"""Every row of the source data is loaded, merged into another, or left out for a reason.

`fixtures/ledger/<document>/<file>.csv` says what became of each line of a source file; the lines
of `<file>.<app>.csv` go on with the same source file. Lines count from 1, which is the
header.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.models import Model, QuerySet

from bcf.loading.reference import FIXTURES
from bcf.loading.tables import read_rows
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
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from plans.cycle_definitions import CycleDefinition, definition
from plans.models import (
    Answer,
    Board,
    Contribution,
    FundingShare,
    Organisation,
    OwnHeading,
    Plan,
    RelatedDocument,
    Requirement,
)
from schemes.models import (
    Benefit,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendLine,
)

# How many rows each file of the source data has, under its header.
SOURCES = {
    "barnet-2014-16": {
        "agreement_facts": 10,
        "agreement_values": 1,
        "agreements": 5,
        "benefits": 71,
        "boards": 1,
        "condition_responses": 16,
        "conditions": 15,
        "contributions_matrix": 20,
        "delivery_chain": 37,
        "funding": 10,
        "metrics": 273,
        "milestones": 131,
        "minimums": 3,
        "oddities": 43,
        "oracle": 79,
        "organisations": 32,
        "plan_totals": 39,
        "plans": 4,
        "populations": 48,
        "risks": 20,
        "scheme_totals": 18,
        "schemes": 46,
        "signoffs": 4,
        "spend": 41,
        "template_sections": 201,
    },
    "barnet-section-75-2017-18": {
        "agreement_facts": 90,
        "agreement_providers": 15,
        "agreement_titles": 19,
        "agreement_values": 24,
        "agreements": 11,
        "boards": 1,
        "bodies": 5,
        "cct_budget": 6,
        "cct_budget_totals": 3,
        "cct_figures": 23,
        "cct_milestones": 10,
        "cct_networks": 6,
        "cct_timetable": 78,
        "cct_workstreams": 4,
        "metrics": 21,
        "oddities": 21,
        "oracle": 27,
        "organisations": 25,
        "report_sections": 83,
    },
    "bhr-2017-19": {
        "agreement_facts": 8,
        "agreements": 7,
        "benefits": 1,
        "boards": 3,
        "bodies": 17,
        "condition_responses": 16,
        "conditions": 4,
        "contributions_matrix": 58,
        "facts": 90,
        "funding": 42,
        "hicm": 8,
        "metrics": 277,
        "milestones": 47,
        "minimums": 16,
        "oddities": 88,
        "oracle": 322,
        "organisations": 33,
        "plan_totals": 50,
        "plans": 3,
        "populations": 27,
        "risk_share": 9,
        "risks": 18,
        "scheme_totals": 32,
        "schemes": 36,
        "signoffs": 13,
        "spend": 76,
        "spend_by_source": 66,
        "spend_published_totals": 280,
        "template_sections": 143,
    },
    "tri-borough-2014-16": {
        "acute_changes": 5,
        "benefits": 9,
        "boards": 3,
        "bodies": 19,
        "ccg_splits": 2,
        "condition_responses": 20,
        "conditions": 5,
        "context_figures": 18,
        "contributions_matrix": 20,
        "costing_assumptions": 21,
        "costing_parameters": 16,
        "joint_members": 3,
        "local_metric_options": 3,
        "milestones": 64,
        "oddities": 23,
        "oracle": 20,
        "organisations": 18,
        "plan_dates": 3,
        "plan_totals": 4,
        "plans": 1,
        "related_documents": 10,
        "risks": 8,
        "scheme_conditions": 20,
        "schemes": 26,
        "signoffs": 9,
        "template_sections": 68,
    },
}
LEDGER = FIXTURES / "ledger"
# What a file of `plans/<slug>/` or `boards/<slug>/` becomes.
MODELS: dict[str, type[Model]] = {
    "agreement_notes": AgreementNote,
    "answers": Answer,
    "benefits": Benefit,
    "bodies": Body,
    "condition_responses": ConditionResponse,
    "context_around_plan": ContextFigure,
    "context_figures": ContextFigure,
    "contributions": Contribution,
    "delivery_links": DeliveryLink,
    "maturity_assessments": MaturityAssessment,
    "metric_options": MetricOption,
    "metric_values": MetricValue,
    "milestones": Milestone,
    "own_headings": OwnHeading,
    "populations": Population,
    "printed_figures": PrintedFigure,
    "printed_figures_benefits": PrintedFigure,
    "programme_budget_lines": ProgrammeBudgetLine,
    "programme_marks": ProgrammeMark,
    "programme_milestones": ProgrammeMilestone,
    "programme_networks": ProgrammeNetwork,
    "programme_workstreams": ProgrammeWorkstream,
    "provider_commentaries": ProviderCommentary,
    "related_documents": RelatedDocument,
    "requirements": Requirement,
    "risk_shares": RiskShare,
    "risks": Risk,
    "scheme_conditions": SchemeCondition,
    "scheme_metrics": SchemeMetric,
    "schemes": Scheme,
    "sign_offs": SignOff,
    "spend_lines": SpendLine,
}
OF_AGREEMENTS: dict[str, type[Model]] = {
    "agreement_notes": AgreementNote,
    "agreement_providers": AgreementProvider,
    "agreement_values": AgreementValue,
    "agreement_variations": AgreementVariation,
}
REFERENCE: dict[str, tuple[type[Model], str]] = {
    "organisations": (Organisation, "key"),
    "boards": (Board, "slug"),
    "metrics": (Metric, "key"),
}


def ledgers_of(folder: Path) -> dict[str, list[Path]]:
    """The files of the ledger by the source file whose lines they tell of."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.csv")):
        found.setdefault(path.name.partition(".")[0], []).append(path)
    return found


def entries(paths: list[Path]) -> Iterator[dict[str, str]]:
    for path in paths:
        yield from (row for _, row in read_rows(path))


def wrong_lines(paths: list[Path], rows: int) -> list[int]:
    """The lines of a source file that the ledger does not name, or names more than once."""
    named = Counter(int(entry["line"]) for entry in entries(paths))
    expected = Counter(range(2, rows + 2))
    return sorted({*(named - expected), *(expected - named)})


def wrong_entries(paths: list[Path]) -> list[dict[str, str]]:
    """Entries of no known outcome, and those that lack a target or a reason."""
    complete = {
        "loaded": lambda entry: entry["target"],
        "merged": lambda entry: entry["target"] and entry["reason"].endswith("."),
        "left-out": lambda entry: not entry["target"] and entry["reason"].endswith("."),
    }
    return [
        entry
        for entry in entries(paths)
        if entry["outcome"] not in complete or not complete[entry["outcome"]](entry)
    ]


SOURCE_FILES = [(document, name) for document, files in SOURCES.items() for name in files]


def test_the_ledger_tells_of_every_source_file_and_no_other() -> None:
    found = {folder.name: set(ledgers_of(folder)) for folder in LEDGER.iterdir() if folder.is_dir()}
    assert found == {document: set(files) for document, files in SOURCES.items()}
    assert (len(SOURCE_FILES), sum(map(sum, map(dict.values, SOURCES.values())))) == (99, 3_848)


@pytest.mark.parametrize(("document", "name"), SOURCE_FILES)
def test_every_line_of_a_source_file_is_accounted_for_once(document: str, name: str) -> None:
    paths = ledgers_of(LEDGER / document)[name]
    assert wrong_lines(paths, SOURCES[document][name]) == []
    assert wrong_entries(paths) == []


# -- what the ledger names is there --------------------------------------------------------


def rows_at(path: str, key: str) -> QuerySet[Model] | None:
    """The rows of the database that a target names; None where the file is of no known kind."""
    parts = Path(path).with_suffix("").parts
    match parts:
        case ("plans", slug, table) if table in MODELS:
            return MODELS[table]._base_manager.filter(plan__slug=slug, ref=key)
        case ("boards", slug, table) if table.startswith("programme_"):
            return MODELS[table]._base_manager.filter(programme__board__slug=slug, ref=key)
        case ("boards", slug, table) if table in MODELS:
            return MODELS[table]._base_manager.filter(board__slug=slug, ref=key)
        case ("agreements", "agreements"):
            return Agreement._base_manager.filter(slug=key)
        case ("agreements", table) if table in OF_AGREEMENTS:
            agreement, _, ref = key.partition(":")
            rows = OF_AGREEMENTS[table]._base_manager
            return rows.filter(agreement__slug=agreement, ref=ref)
        case ("reference", "funding_shares"):
            board, _, commissioner = key.partition("/")
            return FundingShare._base_manager.filter(
                board__slug=board, commissioner__key=commissioner
            )
        case ("reference", table) if table in REFERENCE:
            model, field = REFERENCE[table]
            return model._base_manager.filter(**{field: key})
    return None


def places_in(cycle: CycleDefinition) -> set[str]:
    """What a target may name in a definition: `questions/7b`, `templates/july-2014/5a/risk-log`."""
    conditions = {condition.key for condition in cycle.conditions}
    questions = {f"questions/{question.key}" for question in cycle.questions}
    deadlines = {f"deadlines/{deadline.key}" for deadline in cycle.deadlines}
    return conditions | questions | deadlines | set(places_in_templates(cycle))


def places_in_templates(cycle: CycleDefinition) -> Iterator[str]:
    for version in cycle.template_versions:
        for section in cycle.template(version.key).walk():
            place = f"templates/{version.key}/{section.key}"
            yield place
            for entry in section.entries:
                year = getattr(entry, "year", "")
                yield f"{place}/{entry.key}" + (f"-{year}" if year else "")
                for column in getattr(entry, "columns", ()):
                    yield f"{place}/{entry.key}/{column.key}"


def is_there(target: str) -> bool:
    """Whether what a target names is a file of the fixtures, and a row or a thing defined there."""
    path, _, key = target.partition("#")
    place = FIXTURES / path
    if not key or not place.is_file():
        return False
    if place.name == "plan.toml":
        return key == place.parent.name and Plan.objects.filter(slug=key).exists()
    if place.suffix == ".toml":
        return key in places_in(definition(place.stem))
    rows = rows_at(path, key)
    return rows is not None and rows.count() == 1


@pytest.mark.usefixtures("real_plans")
@pytest.mark.django_db
@pytest.mark.parametrize("document", SOURCES)
def test_everything_that_the_ledger_names_is_loaded(document: str) -> None:
    targets = {
        entry["target"]
        for paths in ledgers_of(LEDGER / document).values()
        for entry in entries(paths)
        if entry["target"]
    }
    assert len(targets) > 60
    assert sorted(target for target in targets if not is_there(target)) == []


# -- the accounting itself fails when it should --------------------------------------------


def without_line_3(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("3,"))


def twice_line_3(text: str) -> str:
    return text + next(line for line in text.splitlines(True) if line.startswith("3,"))


@pytest.mark.parametrize("spoil", [without_line_3, twice_line_3])
def test_a_line_that_is_missing_or_stands_twice_is_found(
    spoil: Callable[[str], str], tmp_path: Path
) -> None:
    (ledger,) = ledgers_of(LEDGER / "bhr-2017-19")["risks"]
    copy = tmp_path / ledger.name
    copy.write_text(ledger.read_text(encoding="utf-8"), encoding="utf-8")
    assert wrong_lines([copy], 18) == []
    copy.write_text(spoil(ledger.read_text(encoding="utf-8")), encoding="utf-8")
    assert wrong_lines([copy], 18) == [3]


@pytest.mark.parametrize(
    "entry",
    ["2,loaded,,", "2,merged,plans/x.csv#y,", "2,left-out,,", "2,lost,,Somewhere.", "2,,,"],
)
def test_an_entry_without_a_target_or_a_reason_is_found(entry: str, tmp_path: Path) -> None:
    path = tmp_path / "risks.csv"
    path.write_text(f"line,outcome,target,reason\n{entry}\n", encoding="utf-8")
    assert len(wrong_entries([path])) == 1


@pytest.mark.usefixtures("real_plans")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "target",
    [
        "plans/bhr-2017-19/risks.csv#bhr-99",
        "plans/bhr-2017-19/nothing.csv#bhr-1",
        "plans/bhr-2017-19/risks.csv",
        "../plans/cycles/2014-16.toml#no-such-condition",
        "../plans/cycles/2014-16.toml#questions/99",
        "../plans/cycles/2014-16.toml#templates/july-2014/5a/risk-blog",
        "../plans/cycles/2014-16.toml#templates/july-2014/5a/risk-log/price",
        "plans/bhr-2017-19/own_headings.csv#99-no-such-chapter",
        "reference/funding_shares.csv#westminster/barnet-ccg",
        "agreements/agreement_values.csv#s75-ces:nothing",
    ],
)
def test_a_target_that_names_nothing_is_found(target: str) -> None:
    assert not is_there(target)
