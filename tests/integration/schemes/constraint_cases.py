"""Ways to break each named constraint of schemes, benefits, milestones and narrative rows."""

from collections.abc import Callable
from decimal import Decimal

from tests.factories.answer import AnswerFactory
from tests.factories.benefit import BenefitFactory
from tests.factories.benefit_profile import BenefitProfileFactory
from tests.factories.delivery_link import DeliveryLinkFactory
from tests.factories.milestone import MilestoneFactory
from tests.factories.own_heading import OwnHeadingFactory
from tests.factories.population_share import PopulationShareFactory
from tests.factories.related_document import RelatedDocumentFactory
from tests.factories.scheme_condition import SchemeConditionFactory
from tests.factories.scheme_metric import SchemeMetricFactory
from tests.factories.spend_actual import SpendActualFactory
from tests.integration.cases import Case


def answer_ref_once() -> Case:
    first = AnswerFactory()
    second = AnswerFactory(plan=first.plan, order=2)
    return Case(second, {"ref": first.ref}, "This plan has an answer of this reference already.")


def answer_order_once() -> Case:
    first = AnswerFactory()
    second = AnswerFactory(plan=first.plan, order=2)
    sentence = "This question has an answer at this place already. Give another order."
    return Case(second, {"order": first.order}, sentence)


def own_heading_ref_once() -> Case:
    first = OwnHeadingFactory()
    second = OwnHeadingFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a heading of this reference already.")


def own_heading_order_once() -> Case:
    first = OwnHeadingFactory()
    second = OwnHeadingFactory(plan=first.plan)
    sentence = "This plan has an own heading at this place already. Give another order."
    return Case(second, {"order": first.order}, sentence)


def own_heading_block_once() -> Case:
    first = OwnHeadingFactory(block="risk-log")
    second = OwnHeadingFactory(plan=first.plan)
    sentence = "This is shown under another own heading already. Choose it under one of them."
    return Case(second, {"block": "risk-log"}, sentence)


def own_heading_level_from_1_to_4() -> Case:
    sentence = "A heading is of level 1 to 4. Type one of these."
    return Case(OwnHeadingFactory(), {"level": 5}, sentence)


def related_document_ref_once() -> Case:
    first = RelatedDocumentFactory()
    second = RelatedDocumentFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a document of this reference already.")


def population_share_once() -> Case:
    first = PopulationShareFactory()
    second = PopulationShareFactory(board=first.board)
    sentence = (
        "This board has a share of this commissioner of this vintage already. Change that one."
    )
    return Case(second, {"commissioner_id": first.commissioner_id}, sentence)


def population_share_above_0_up_to_100() -> Case:
    share = PopulationShareFactory()
    return Case(
        share,
        {"percent": Decimal("100.01")},
        "The share lies above 0% and up to 100%. Type one in that range.",
    )


def scheme_metric_ref_once() -> Case:
    first = SchemeMetricFactory()
    second = SchemeMetricFactory(scheme=first.scheme)
    return Case(second, {"ref": first.ref}, "This plan has a link of this reference already.")


def scheme_metric_once() -> Case:
    first = SchemeMetricFactory()
    second = SchemeMetricFactory(scheme=first.scheme)
    sentence = "This scheme is linked to this metric already. Choose another scheme or metric."
    return Case(second, {"metric_id": first.metric_id}, sentence)


def scheme_condition_ref_once() -> Case:
    first = SchemeConditionFactory()
    second = SchemeConditionFactory(scheme=first.scheme, condition="all")
    return Case(second, {"ref": first.ref}, "This plan has a link of this reference already.")


def scheme_condition_once() -> Case:
    first = SchemeConditionFactory()
    second = SchemeConditionFactory(scheme=first.scheme, condition="all")
    sentence = (
        "This scheme is linked to this national condition already. Choose "
        "another scheme or condition."
    )
    return Case(second, {"condition": first.condition}, sentence)


def delivery_link_ref_once() -> Case:
    first = DeliveryLinkFactory()
    second = DeliveryLinkFactory(scheme=first.scheme)
    return Case(second, {"ref": first.ref}, "This plan has a link of this reference already.")


def delivery_link_once() -> Case:
    first = DeliveryLinkFactory()
    second = DeliveryLinkFactory(scheme=first.scheme)
    sentence = (
        "This scheme has this service area already. Add the provider there, or name another "
        "service area."
    )
    return Case(second, {"service_area": first.service_area}, sentence)


def spend_actual_ref_once() -> Case:
    first = SpendActualFactory()
    second = SpendActualFactory(line=first.line, quarter=f"{first.line.financial_year}Q2")
    return Case(second, {"ref": first.ref}, "This plan has an actual of this reference already.")


def spend_actual_once() -> Case:
    first = SpendActualFactory()
    second = SpendActualFactory(line=first.line, quarter=f"{first.line.financial_year}Q2")
    sentence = "There is already an actual of this line for this quarter. Change that one."
    return Case(second, {"quarter": first.quarter}, sentence)


def spend_actual_output_not_negative() -> Case:
    return Case(
        SpendActualFactory(),
        {"output": Decimal("-0.5")},
        "The output delivered is never less than nought. Type it without a minus sign.",
    )


def benefit_ref_once() -> Case:
    first = BenefitFactory()
    second = BenefitFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a benefit of this reference already.")


def benefit_change_has_unit() -> Case:
    sentence = "Say what the change is counted in, such as admissions or bed days."
    return Case(BenefitFactory(), {"change_unit": ""}, sentence)


def benefit_price_has_basis() -> Case:
    sentence = "Give a unit price together with its basis: printed in the plan, or derived."
    return Case(BenefitFactory(), {"price_basis": ""}, sentence)


def benefit_price_not_negative() -> Case:
    wrong = {"unit_price": Decimal("-0.01")}
    return Case(
        BenefitFactory(), wrong, "A unit price is never less than £0. Type it without a minus sign."
    )


def benefit_profile_ref_once() -> Case:
    first = BenefitProfileFactory()
    second = BenefitProfileFactory(benefit=first.benefit, month="2017-05")
    return Case(second, {"ref": first.ref}, "This plan has a month of this reference already.")


def benefit_profile_once() -> Case:
    first = BenefitProfileFactory()
    second = BenefitProfileFactory(benefit=first.benefit, month="2017-05")
    sentence = "This benefit has this month already. Change that one."
    return Case(second, {"month": first.month}, sentence)


def milestone_ref_once() -> Case:
    first = MilestoneFactory()
    second = MilestoneFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a milestone of this reference already.")


def milestone_due_after_start() -> Case:
    wrong = {"starts": "2017-11-01", "due": "2017-10"}
    return Case(
        MilestoneFactory(), wrong, "A milestone is due after it starts. Change “starts” or “due”."
    )


CASES: dict[str, Callable[[], Case]] = {
    case.__name__: case
    for case in (
        answer_ref_once,
        answer_order_once,
        own_heading_ref_once,
        own_heading_order_once,
        own_heading_block_once,
        own_heading_level_from_1_to_4,
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
