"""A plan of every cycle, on each of its forms: added, filled with what is asked, checked, printed.

A new definition file is tried here without a change of these tests.
"""

from collections.abc import Callable, Iterator
from itertools import cycle as in_turn
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.assurance.submitting import submit
from bcf.loading.metrics import load_metrics
from bcf.loading.reference import FIXTURES
from bcf.reporting.documents.model import Answer, Document
from bcf.reporting.exports import plan_document, plan_pdf
from governance.choices import ConditionStatus
from metrics.choices import Measure, ValueKind
from metrics.models import Metric
from plans.choices import OrganisationKind
from plans.cycle_definitions import (
    EVERY_LINE,
    OF_100,
    CycleDefinition,
    CycleMetric,
    Question,
    definition,
    definitions,
)
from plans.models import Board, Organisation, Plan
from schemes.models import Scheme
from tests import factories
from tests.integration.documents import missing_from, pdf_of
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

CYCLES = list(definitions())
FORMS = [(key, form.key) for key in CYCLES for form in definition(key).template_versions]
SIGNED_ON = "2014-04-01"
# A scheme says as much of itself as any form asks for.
DESCRIBED = dict.fromkeys(
    (
        "objective",
        "overview",
        "delivery_chain",
        "evidence",
        "investment",
        "impact",
        "feedback_loop",
        "success_factors",
    ),
    "Said in a sentence.",
)


@pytest.fixture
def board() -> Board:
    return factories.BoardFactory()


@pytest.fixture
def commissioner() -> Organisation:
    return factories.OrganisationFactory(kind=OrganisationKind.NHS_COMMISSIONER)


@pytest.fixture
def added(
    board: Board,
    commissioner: Organisation,
    administrator: User,
    sign_in: Callable[[User], Client],
) -> Callable[[str, str], Plan]:
    """A plan of a cycle on one of its forms, added through the page on which plans are added."""

    def add(key: str, form: str) -> Plan:
        row, client = factories.CycleFactory(key=key), sign_in(administrator)
        chosen = {
            "slug": f"plan-{key}",
            "title": f"A plan of {key}",
            "cycle": row.pk,
            "template_version": form,
            "boards": [board.pk],
            "commissioners": [commissioner.pk],
        }
        page = client.get("/admin/plans/plan/add/")
        answer = client.post("/admin/plans/plan/add/", {**fields_of(page), **chosen})
        assert answer.status_code == 302, answer.content.decode()
        return Plan.objects.select_related("cycle").get(slug=chosen["slug"])

    return add


def fill(plan: Plan, asked: CycleDefinition) -> None:
    """Every choice of the cycle, every figure and every answer that the form asks."""
    fill_money(plan, asked)
    for metric in asked.metrics:
        fill_metric(plan, metric)
    fill_words(plan, asked)


def schemes_of(plan: Plan, asked: CycleDefinition) -> Iterator[Scheme]:
    """A scheme of every type with the first of its sub types; one where the cycle has no types."""
    if not asked.scheme_types:
        yield factories.SchemeFactory(plan=plan, **DESCRIBED)
    for each in asked.scheme_types:
        yield factories.SchemeFactory(
            plan=plan,
            scheme_type=each.key,
            sub_type=each.sub_types[0].key if each.sub_types else "",
            type_specified="Said in words" if each.key == "other" else "",
            **DESCRIBED,
        )


def fill_money(plan: Plan, asked: CycleDefinition) -> None:
    """From each source £100 for every area of spend, each under the next scheme in turn."""
    schemes = in_turn(list(schemes_of(plan, asked)))
    units = {each.key: each.unit for each in asked.scheme_types}
    givers = [plan.boards.get().authority, plan.commissioners.get()]
    for year in asked.years:
        for source in asked.funding_sources:
            factories.ContributionFactory(
                plan=plan,
                financial_year=year,
                funding_source=source.key,
                contributor=next(each for each in givers if each.kind in source.contributor_kinds),
                amount=100 * len(asked.areas_of_spend),
            )
            commissioners = in_turn(asked.commissioners)
            for area in asked.areas_of_spend:
                scheme, commissioner = next(schemes), next(commissioners).key
                shares = {"nhs_percent": 50, "la_percent": 50} if commissioner == "joint" else {}
                factories.SpendLineFactory(
                    plan=plan,
                    scheme=scheme,
                    financial_year=year,
                    funding_source=source.key,
                    area_of_spend=area.key,
                    area_specified="Said in words" if area.key == "other" else "",
                    commissioner=commissioner,
                    provider_type=asked.provider_types[0].key,
                    amount=100,
                    output_unit=units.get(scheme.scheme_type, ""),
                    planned_output="10" if units.get(scheme.scheme_type) else "",
                    **shares,
                )
        for rule in asked.requirement_rules:
            is_stated = rule.counts == EVERY_LINE and not rule.is_total_pool
            factories.RequirementFactory(
                plan=plan,
                financial_year=year,
                rule=rule.key,
                minimum=25,
                actual=30 if is_stated else None,
            )


def fill_metric(plan: Plan, metric: CycleMetric) -> None:
    """A plan for every period, or for every year where the cycle names none."""
    is_share, row = metric.told.way == OF_100, Metric.objects.get(key=metric.key)
    for period in metric.plan_periods or plan.cycle.years:
        factories.MetricValueFactory(
            board=None,
            plan=plan,
            metric=row,
            period=str(period),
            kind=ValueKind.PLAN,
            measure=Measure.PERCENT if is_share else Measure.COUNT,
            unit="%" if is_share else metric.told.counts or "people",
            value=80,
        )


def fill_words(plan: Plan, asked: CycleDefinition) -> None:
    """Every condition met, every question answered, and a signature of everybody who must sign."""
    for condition in asked.conditions:
        factories.ConditionResponseFactory(
            plan=plan, condition=condition.key, status=ConditionStatus.MET, text="It is met."
        )
    for question in asked.questions:
        factories.AnswerFactory(plan=plan, question=question.key, text=answer_to(question))
    board = plan.boards.get()
    bodies: dict[str, dict[str, Any]] = {
        "board": {"organisation": None, "board": board},
        "council": {"organisation": board.authority},
        "nhs-commissioner": {"organisation": plan.commissioners.get()},
    }
    for role in asked.sign_off_roles:
        factories.SignOffFactory(
            plan=plan, role=role.key, signed_on=SIGNED_ON, **bodies.get(role.key, {})
        )
    factories.AgreementFactory(boards=[board], starts=SIGNED_ON, is_open_ended=True)


def answer_to(question: Question) -> str:
    return f"Our answer to {question.key}."


def answers_of(document: Document) -> list[str]:
    blocks = [block for section in document.walk() for block in section.blocks]
    return [block.text for block in blocks if isinstance(block, Answer)]


@pytest.mark.parametrize(("key", "form"), FORMS)
def test_a_plan_is_added_filled_printed_and_submitted(
    key: str, form: str, added: Callable[[str, str], Plan], administrator: User
) -> None:
    load_metrics(FIXTURES / "reference")
    plan, asked = added(key, form), definition(key).of_form(form)
    it_is_told_what_is_missing(plan)
    fill(plan, asked)
    plan = Plan.objects.select_related("cycle").get(pk=plan.pk)
    nothing_is_missing(plan)
    the_document_has_every_section_and_every_answer(plan, asked)
    it_is_printed(plan, asked)
    assert submit(plan=plan, by=administrator).note == ""


def it_is_told_what_is_missing(plan: Plan) -> None:
    assert {each.code for each in check_whole(plan).found} >= {
        "funding.spend-differs",
        "condition.unanswered",
        "metric.plan-missing",
        "signoff.missing",
        "answer.missing",
    }


def nothing_is_missing(plan: Plan) -> None:
    found = check_whole(plan)
    assert [each.sentence for each in found.errors] == []
    assert not {each.code for each in found.found} & {
        "spend.source-not-stated",
        "spend.other-unspecified",
        "spend.type-mismatch",
        "scheme.unfunded",
        "condition.unanswered",
        "metric.plan-missing",
        "signoff.missing",
        "answer.missing",
    }


def the_document_has_every_section_and_every_answer(plan: Plan, asked: CycleDefinition) -> None:
    document, form = plan_document(plan, plan.parts.all()), plan.template_version
    assert (document.cycle, document.form) == (
        asked.name,
        asked.template_version(form).label,
    )
    template = [(each.number, each.heading) for each in asked.template(form).walk()]
    printed = [(each.number, each.heading) for each in document.walk()]
    assert [each for each in printed if each in template] == template
    answers = [answer_to(question) for question in asked.questions]
    assert [each for each in answers_of(document) if each in answers] == answers
    assert all(answers_of(document))


def it_is_printed(plan: Plan, asked: CycleDefinition) -> None:
    paper = pdf_of(plan_pdf(plan, plan.parts.all()))
    labels = [each.label for each in (*asked.funding_sources, *asked.conditions)]
    assert missing_from(paper, [asked.name, *labels]) == []


@pytest.mark.parametrize("key", CYCLES)
def test_what_only_other_cycles_offer_is_refused(key: str) -> None:
    plan, own = factories.PlanFactory(cycle__key=key), definition(key)
    every = {each.key for cycle in definitions().values() for each in cycle.funding_sources}
    strange = sorted(every - {each.key for each in own.funding_sources})
    for source in [*strange, "no-such-source"]:
        with pytest.raises(ValidationError) as refused:
            factories.ContributionFactory(plan=plan, funding_source=source)
        assert "funding_source" in refused.value.message_dict
    for unknown in ("no-such-type", *sorted(_types_elsewhere(own))):
        with pytest.raises(ValidationError) as refused:
            factories.SchemeFactory(plan=plan, scheme_type=unknown)
        assert "scheme_type" in refused.value.message_dict


def _types_elsewhere(own: CycleDefinition) -> set[str]:
    every = {each.key for cycle in definitions().values() for each in cycle.scheme_types}
    return every - {each.key for each in own.scheme_types}
