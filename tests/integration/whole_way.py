"""A plan’s whole way on one form: filled with all that is asked, checked, printed and submitted."""

from collections.abc import Callable, Iterator
from itertools import cycle as in_turn
from typing import Any

from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.assurance.checks.finding import Severity
from bcf.assurance.submitting import submit
from bcf.reporting.documents.model import Answer, Document
from bcf.reporting.exports import plan_document, plan_pdf
from governance.choices import ConditionStatus
from metrics.choices import Measure, ValueKind
from metrics.models import Metric
from plans.cycle_definitions import (
    EVERY_LINE,
    OF_100,
    Choice,
    CycleDefinition,
    CycleMetric,
    Question,
    attaches,
    definition,
)
from plans.models import Board, Cycle, Organisation, Plan
from schemes.models import Scheme
from tests import factories
from tests.integration.documents import missing_from, pdf_of
from tests.integration.pages import fields_of

SIGNED_ON = "2014-04-01"
ADDING = "/admin/plans/plan/add/"
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
# What is found of a plan that leaves out something that is asked.
LACKING = {
    "spend.source-not-stated",
    "spend.other-unspecified",
    "spend.type-mismatch",
    "scheme.unfunded",
    "condition.unanswered",
    "metric.plan-missing",
    "signoff.missing",
    "answer.missing",
}


def add_plan(cycle: Cycle, form: str, board: Board, nhs: Organisation, client: Any) -> Plan:
    """A plan on a form, added through its page; on a supplement’s form, attached to a plan."""
    version = cycle.definition.template_version(form)
    chosen = {
        "slug": f"plan-{cycle.key}",
        "title": f"A plan of {cycle.key}",
        "cycle": cycle.pk,
        "template_version": form,
        "boards": [board.pk],
        "commissioners": [nhs.pk],
    }
    if attaches(version):
        whole = cycle.definition.plan_forms[-1].key
        base = factories.PlanFactory(cycle=cycle, template_version=whole, boards=[board])
        chosen["attached_to"] = base.pk
    answer = client.post(ADDING, {**fields_of(client.get(ADDING)), **chosen})
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.select_related("cycle").get(slug=chosen["slug"])


def fill(plan: Plan) -> None:
    """Give a plan every choice of its cycle, every figure and every answer that its form asks."""
    asked = plan.asked
    fill_money(plan, asked)
    for metric in asked.metrics:
        fill_metric(plan, metric)
    fill_words(plan, asked)


def schemes_of(plan: Plan, asked: CycleDefinition) -> Iterator[tuple[Scheme, str]]:
    """A scheme of every type with the first of its sub types, and the unit of what it gives.

    One scheme without a type where the cycle has none.
    """
    if not asked.scheme_types:
        yield factories.SchemeFactory(plan=plan, **DESCRIBED), ""
    for each in asked.scheme_types:
        sub_type = each.sub_types[0].key if each.sub_types else ""
        scheme = factories.SchemeFactory(
            plan=plan,
            scheme_type=each.key,
            sub_type=sub_type,
            type_specified="Said in words" if each.key == "other" else "",
            **DESCRIBED,
        )
        yield scheme, each.unit_of(sub_type)


def _keys(entries: tuple[Choice, ...]) -> list[str]:
    """The keys of a list; where it is empty, that nothing is chosen."""
    return [each.key for each in entries] or [""]


def fill_money(plan: Plan, asked: CycleDefinition) -> None:
    """From each source £100 for every area of spend, each under the next scheme in turn."""
    schemes = in_turn(list(schemes_of(plan, asked)))
    givers = [plan.boards.get().authority, plan.commissioners.get()]
    areas, objectives = _keys(asked.areas_of_spend), in_turn(_keys(asked.primary_objectives))
    # What a type without lines would lack is given by going round until each has some.
    rounds = -(-len(asked.scheme_types or "1") // (len(areas) * len(asked.funding_sources)))
    for year in asked.years:
        for source in asked.funding_sources:
            factories.ContributionFactory(
                plan=plan,
                financial_year=year,
                funding_source=source.key,
                contributor=next(each for each in givers if each.kind in source.contributor_kinds),
                amount=100 * len(areas) * rounds,
            )
            commissioners = in_turn(_keys(asked.commissioners))
            for area in areas * rounds:
                (scheme, unit), commissioner = next(schemes), next(commissioners)
                given = {"nhs_percent": 50, "la_percent": 50} if commissioner == "joint" else {}
                if asked.primary_objectives:
                    given["primary_objective"] = next(objectives)
                factories.SpendLineFactory(
                    plan=plan,
                    scheme=scheme,
                    financial_year=year,
                    funding_source=source.key,
                    area_of_spend=area,
                    area_specified="Said in words" if area == "other" else "",
                    commissioner=commissioner,
                    provider_type=_keys(asked.provider_types)[0],
                    amount=100,
                    output_unit=unit,
                    planned_output="10" if unit else "",
                    **given,
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
    for period in metric.plan_periods or plan.years:
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
    """All that is confirmed met, every question answered, a signature of all who must sign."""
    for condition in asked.confirmed:
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
    for rule in asked.sign_offs:
        factories.SignOffFactory(
            plan=plan,
            role=rule.role,
            position=rule.label,
            signed_on=SIGNED_ON,
            **bodies.get(rule.role, {}),
        )
    factories.AgreementFactory(boards=[board], starts=SIGNED_ON, is_open_ended=True)


def answer_to(question: Question) -> str:
    return f"Our answer to {question.key}."


def expected_of_an_empty(asked: CycleDefinition) -> set[str]:
    """What the checks must find of a plan on a form in which nothing is entered."""
    lists = {
        "funding.spend-differs": asked.funding_sources,
        "condition.unanswered": asked.confirmed,
        "metric.plan-missing": [each for each in asked.metrics if not each.is_supporting],
        "signoff.missing": [each for each in asked.sign_offs if each.is_required],
        "answer.missing": asked.questions,
    }
    made = {check.key for check in asked.checks}
    return {code for code, entries in lists.items() if entries and code in made}


def assert_told_what_is_missing(plan: Plan) -> None:
    codes = {each.code for each in check_whole(plan).found}
    assert codes >= expected_of_an_empty(plan.asked)


def assert_complete(plan: Plan) -> None:
    found = check_whole(plan)
    assert [each.sentence for each in found.errors] == []
    # What is not known of a cycle is said not to have been checked.
    made = [each for each in found.found if each.severity is not Severity.NOT_CHECKED]
    assert [each.sentence for each in made if each.code in LACKING] == []


def assert_document_whole(plan: Plan, asked: CycleDefinition) -> None:
    """Its document has every section of the form, and every answer in the form's order."""
    document, form = plan_document(plan, plan.parts.all()), plan.template_version
    assert (document.cycle, document.form) == (asked.name, asked.template_version(form).label)
    template = [(each.number, each.heading) for each in asked.template(form).walk()]
    printed = [(each.number, each.heading) for each in document.walk()]
    assert [each for each in printed if each in template] == template
    answers = [answer_to(question) for question in asked.questions]
    assert [each for each in answers_of(document) if each in answers] == answers
    assert all(answers_of(document))


def answers_of(document: Document) -> list[str]:
    blocks = [block for section in document.walk() for block in section.blocks]
    return [block.text for block in blocks if isinstance(block, Answer)]


def assert_printed(plan: Plan, asked: CycleDefinition) -> None:
    """Its PDF names the cycle, and what it asks for in money and in confirmations."""
    entries = (*asked.funding_sources, *asked.confirmed)
    pdf = pdf_of(plan_pdf(plan, plan.parts.all()))
    assert missing_from(pdf, [asked.name, *(entry.label for entry in entries)]) == []


def go(key: str, form: str, add: Callable[[str, str], Plan], by: User) -> Plan:
    """From adding to submission; what the form asks is read apart from the plan."""
    plan, asked = add(key, form), definition(key).of_form(form)
    assert_told_what_is_missing(plan)
    fill(plan)
    plan = Plan.objects.select_related("cycle").get(pk=plan.pk)
    assert_complete(plan)
    assert_document_whole(plan, asked)
    assert_printed(plan, asked)
    assert submit(plan=plan, by=by).note == ""
    return plan
