"""Ways to break each named constraint of schemes, benefits, milestones and narrative rows.

A case gives a saved row, the values that break its constraint, and the sentence that follows.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models

from tests.factories.answer import AnswerFactory
from tests.factories.benefit import BenefitFactory
from tests.factories.benefit_profile import BenefitProfileFactory
from tests.factories.delivery_link import DeliveryLinkFactory
from tests.factories.milestone import MilestoneFactory
from tests.factories.population_share import PopulationShareFactory
from tests.factories.related_document import RelatedDocumentFactory
from tests.factories.scheme_condition import SchemeConditionFactory
from tests.factories.scheme_metric import SchemeMetricFactory
from tests.factories.spend_actual import SpendActualFactory

Broken = tuple[models.Model, dict[str, Any], str]


def answer_ref_once() -> Broken:
    first = AnswerFactory()
    second = AnswerFactory(plan=first.plan, order=2)
    return second, {"ref": first.ref}, "This plan has an answer of this reference already."


def answer_order_once() -> Broken:
    first = AnswerFactory()
    second = AnswerFactory(plan=first.plan, order=2)
    sentence = "This question has an answer at this place already. Give another order."
    return second, {"order": first.order}, sentence


def related_document_ref_once() -> Broken:
    first = RelatedDocumentFactory()
    second = RelatedDocumentFactory(plan=first.plan)
    return second, {"ref": first.ref}, "This plan has a document of this reference already."


def population_share_once() -> Broken:
    first = PopulationShareFactory()
    second = PopulationShareFactory(board=first.board)
    sentence = "This board has a share of this commissioner of this vintage already."
    return second, {"commissioner_id": first.commissioner_id}, sentence


def population_share_above_0_up_to_100() -> Broken:
    share = PopulationShareFactory()
    return share, {"percent": Decimal("100.01")}, "A share lies above 0% and up to 100%."


def scheme_metric_ref_once() -> Broken:
    first = SchemeMetricFactory()
    second = SchemeMetricFactory(scheme=first.scheme)
    return second, {"ref": first.ref}, "This plan has a link of this reference already."


def scheme_metric_once() -> Broken:
    first = SchemeMetricFactory()
    second = SchemeMetricFactory(scheme=first.scheme)
    sentence = "This scheme is linked to this metric already."
    return second, {"metric_id": first.metric_id}, sentence


def scheme_condition_ref_once() -> Broken:
    first = SchemeConditionFactory()
    second = SchemeConditionFactory(scheme=first.scheme, condition="all")
    return second, {"ref": first.ref}, "This plan has a link of this reference already."


def scheme_condition_once() -> Broken:
    first = SchemeConditionFactory()
    second = SchemeConditionFactory(scheme=first.scheme, condition="all")
    sentence = "This scheme is linked to this condition already."
    return second, {"condition": first.condition}, sentence


def delivery_link_ref_once() -> Broken:
    first = DeliveryLinkFactory()
    second = DeliveryLinkFactory(scheme=first.scheme)
    return second, {"ref": first.ref}, "This plan has a link of this reference already."


def delivery_link_once() -> Broken:
    first = DeliveryLinkFactory()
    second = DeliveryLinkFactory(scheme=first.scheme)
    sentence = (
        "This scheme has this service area already. Add the provider there, or name another "
        "service area."
    )
    return second, {"service_area": first.service_area}, sentence


def spend_actual_ref_once() -> Broken:
    first = SpendActualFactory()
    second = SpendActualFactory(line=first.line, quarter=f"{first.line.financial_year}Q2")
    return second, {"ref": first.ref}, "This plan has an actual of this reference already."


def spend_actual_once() -> Broken:
    first = SpendActualFactory()
    second = SpendActualFactory(line=first.line, quarter=f"{first.line.financial_year}Q2")
    sentence = "There is already an actual of this line for this quarter. Change that one."
    return second, {"quarter": first.quarter}, sentence


def spend_actual_output_not_negative() -> Broken:
    return (
        SpendActualFactory(),
        {"output": Decimal("-0.5")},
        "An output is never less than nought.",
    )


def benefit_ref_once() -> Broken:
    first = BenefitFactory()
    second = BenefitFactory(plan=first.plan)
    return second, {"ref": first.ref}, "This plan has a benefit of this reference already."


def benefit_change_has_unit() -> Broken:
    sentence = "Say what the change is counted in, such as admissions or bed days."
    return BenefitFactory(), {"change_unit": ""}, sentence


def benefit_price_has_basis() -> Broken:
    sentence = "Give a unit price together with its basis: printed in the plan, or derived."
    return BenefitFactory(), {"price_basis": ""}, sentence


def benefit_price_not_negative() -> Broken:
    wrong = {"unit_price": Decimal("-0.01")}
    return BenefitFactory(), wrong, "A unit price is never less than £0."


def benefit_profile_ref_once() -> Broken:
    first = BenefitProfileFactory()
    second = BenefitProfileFactory(benefit=first.benefit, month="2017-05")
    return second, {"ref": first.ref}, "This plan has a month of this reference already."


def benefit_profile_once() -> Broken:
    first = BenefitProfileFactory()
    second = BenefitProfileFactory(benefit=first.benefit, month="2017-05")
    sentence = "This benefit has this month already. Change that one."
    return second, {"month": first.month}, sentence


def milestone_ref_once() -> Broken:
    first = MilestoneFactory()
    second = MilestoneFactory(plan=first.plan)
    return second, {"ref": first.ref}, "This plan has a milestone of this reference already."


def milestone_due_after_start() -> Broken:
    wrong = {"starts": "2017-11-01", "due": "2017-10"}
    return MilestoneFactory(), wrong, "A milestone is due after it starts."


CASES: dict[str, Callable[[], Broken]] = {
    case.__name__: case
    for case in (
        answer_ref_once,
        answer_order_once,
        related_document_ref_once,
        population_share_once,
        population_share_above_0_up_to_100,
        scheme_metric_ref_once,
        scheme_metric_once,
        scheme_condition_ref_once,
        scheme_condition_once,
        delivery_link_ref_once,
        delivery_link_once,
        spend_actual_ref_once,
        spend_actual_once,
        spend_actual_output_not_negative,
        benefit_ref_once,
        benefit_change_has_unit,
        benefit_price_has_basis,
        benefit_price_not_negative,
        benefit_profile_ref_once,
        benefit_profile_once,
        milestone_ref_once,
        milestone_due_after_start,
    )
}
