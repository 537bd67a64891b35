"""Every named constraint, as a sentence for the person who typed and as a refusal of the database.

`CASES` names each constraint of our models with a way to break it. The last test walks the
models, so that a new constraint without a case fails.
"""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from bcf.accounts.models import User
from plans.models import (
    Board,
    Contribution,
    FundingShare,
    Membership,
    Organisation,
    Plan,
    Requirement,
)
from schemes.models import Scheme, SpendLine
from tests.conftest import OUR_APPS
from tests.factories import (
    AgreementEventFactory,
    AgreementFactory,
    BoardCodeFactory,
    BoardFactory,
    ChangeSetFactory,
    ContributionFactory,
    FundingShareFactory,
    MembershipFactory,
    MetricFactory,
    OrganisationFactory,
    PlanFactory,
    ProgrammeFactory,
    RequirementFactory,
    RowImportFactory,
    SavedFilterFactory,
    SchemeFactory,
    SpendLineFactory,
    TokenFactory,
    UserFactory,
)
from tests.integration.cases import Case
from tests.integration.governance import constraint_cases as governance_cases
from tests.integration.metrics import constraint_cases as metric_cases
from tests.integration.schemes import constraint_cases as scheme_cases

pytestmark = pytest.mark.django_db


def user_name_once() -> Case:
    UserFactory(username="ada")
    return Case(UserFactory(), {"username": "ADA"}, "Somebody already has this user name.")


def user_email_once() -> Case:
    UserFactory(email="ada@example.org")
    return Case(
        UserFactory(), {"email": "Ada@Example.org"}, "Somebody already has this e-mail address."
    )


def saved_filter_once() -> Case:
    first = SavedFilterFactory()
    second = SavedFilterFactory(user=first.user)
    return Case(
        second,
        {"name": first.name},
        "You have a saved filter of this name for this list already. "
        "Give this one another name, or rename that one.",
    )


def token_name_once() -> Case:
    first = TokenFactory()
    return Case(
        TokenFactory(user=first.user),
        {"name": first.name},
        "You have a token of this name already. Give this one another name, or revoke that one.",
    )


def organisation_ends_after_it_starts() -> Case:
    return Case(
        OrganisationFactory(),
        {"valid_from": "2015-04-01", "valid_to": "2015-03-31"},
        "“Exists until” is before “exists from”. Change one of the two dates.",
    )


def board_ends_after_it_starts() -> Case:
    return Case(
        BoardFactory(),
        {"valid_from": "2023-04-01", "valid_to": "2023-03-31"},
        "“Exists until” is before “exists from”. Change one of the two dates.",
    )


def board_code_once() -> Case:
    first = BoardCodeFactory()
    return Case(
        BoardCodeFactory(board=first.board),
        {"ons_code": first.ons_code},
        "This board has this ONS code already. Change that one.",
    )


def board_code_ends_after_it_starts() -> Case:
    return Case(
        BoardCodeFactory(),
        {"valid_from": "2023-04-01", "valid_to": "2023-03-31"},
        "“Exists until” is before “exists from”. Change one of the two dates.",
    )


def funding_share_once() -> Case:
    first = FundingShareFactory(percent=78)
    second = FundingShareFactory(board=first.board, percent=22)
    return Case(
        second,
        {"commissioner_id": first.commissioner_id},
        "This NHS commissioner has a share of this board already. Change that one.",
    )


def funding_share_above_0_up_to_100() -> Case:
    return Case(
        FundingShareFactory(),
        {"percent": Decimal("100.01")},
        "The share lies above 0% and up to 100%. Type one in that range.",
    )


def membership_once() -> Case:
    first = MembershipFactory()
    second = MembershipFactory(user=first.user)
    return Case(
        second,
        {"board_id": first.board_id},
        "This person is a member of this board already. Change the role there.",
    )


def plan_not_part_of_itself() -> Case:
    plan = PlanFactory()
    return Case(
        plan,
        {"part_of_id": plan.pk},
        "A plan cannot be a part of itself. Choose another joint plan, or none.",
    )


def plan_not_attached_to_itself() -> Case:
    plan = PlanFactory()
    return Case(
        plan,
        {"attached_to_id": plan.pk},
        "A plan cannot be attached to itself. Choose the plan that it adds to or refreshes.",
    )


def contribution_ref_once() -> Case:
    first = ContributionFactory()
    second = ContributionFactory(plan=first.plan, funding_source="dfg")
    return Case(
        second, {"ref": first.ref}, "This plan has a contribution of this reference already."
    )


def contribution_once() -> Case:
    first = ContributionFactory()
    second = ContributionFactory(plan=first.plan, funding_source="dfg")
    return Case(
        second,
        {"funding_source": first.funding_source},
        "There is already a contribution from this source and contributor for this year. "
        "Change that one, or give this one another sub-source.",
    )


def contribution_not_negative() -> Case:
    return Case(
        ContributionFactory(),
        {"amount": Decimal("-0.01")},
        "The amount of a contribution is never less than £0. "
        "Type it without a minus sign or brackets.",
    )


def requirement_ref_once() -> Case:
    first = RequirementFactory()
    second = RequirementFactory(plan=first.plan, financial_year="2018-19")
    return Case(
        second, {"ref": first.ref}, "This plan has a requirement of this reference already."
    )


def requirement_once() -> Case:
    first = RequirementFactory()
    second = RequirementFactory(plan=first.plan, financial_year="2018-19")
    return Case(
        second,
        {"financial_year": first.financial_year},
        "This requirement is already there for this year. Change that one, or choose "
        "another financial year.",
    )


def scheme_ref_once() -> Case:
    first = SchemeFactory()
    second = SchemeFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a scheme of this reference already.")


def scheme_reference_once() -> Case:
    first = SchemeFactory()
    second = SchemeFactory(plan=first.plan)
    return Case(
        second,
        {"reference": first.reference},
        "This plan has a scheme of this reference already. Type another reference.",
    )


def scheme_not_part_of_itself() -> Case:
    scheme = SchemeFactory()
    return Case(scheme, {"parent_id": scheme.pk}, f"{scheme} is itself a part of this scheme.")


def spend_line_ref_once() -> Case:
    first = SpendLineFactory()
    second = SpendLineFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has a spend line of this reference already.")


def spend_line_not_negative() -> Case:
    return Case(
        SpendLineFactory(),
        {"amount": Decimal("-0.01")},
        "The amount of a spend line is never less than £0. "
        "Type it without a minus sign or brackets.",
    )


def spend_line_joint_shares_add_to_100() -> Case:
    return Case(
        SpendLineFactory(),
        {"commissioner": "joint", "nhs_percent": Decimal(60), "la_percent": Decimal(30)},
        "For a joint commissioner, the NHS share and the local authority share must add to 100%.",
    )


def spend_line_not_part_of_itself() -> Case:
    line = SpendLineFactory()
    return Case(
        line,
        {"breaks_down_id": line.pk},
        "A spend line cannot break down itself. Choose another line, or none.",
    )


CASES: dict[str, Callable[[], Case]] = {
    case.__name__: case
    for case in (
        user_name_once,
        user_email_once,
        saved_filter_once,
        token_name_once,
        organisation_ends_after_it_starts,
        board_ends_after_it_starts,
        board_code_once,
        board_code_ends_after_it_starts,
        funding_share_once,
        funding_share_above_0_up_to_100,
        membership_once,
        plan_not_part_of_itself,
        plan_not_attached_to_itself,
        contribution_ref_once,
        contribution_once,
        contribution_not_negative,
        requirement_ref_once,
        requirement_once,
        scheme_ref_once,
        scheme_reference_once,
        scheme_not_part_of_itself,
        spend_line_ref_once,
        spend_line_not_negative,
        spend_line_joint_shares_add_to_100,
        spend_line_not_part_of_itself,
    )
} | {
    **metric_cases.CASES,
    **scheme_cases.CASES,
    **governance_cases.CASES,
}
# Unique in one column, which Django names by itself.
UNIQUE_FIELDS: dict[str, Callable[[], models.Model]] = {
    "accounts.User.username": UserFactory,
    "plans.Organisation.key": OrganisationFactory,
    "plans.Board.slug": BoardFactory,
    "plans.Plan.slug": PlanFactory,
    "plans.Cycle.key": lambda: PlanFactory().cycle,
    "metrics.Metric.key": MetricFactory,
    "governance.Agreement.slug": AgreementFactory,
    "governance.AgreementEvent.withdraws": lambda: AgreementEventFactory(
        withdraws=AgreementEventFactory()
    ),
    "governance.Programme.slug": ProgrammeFactory,
    "plans.ChangeSet.ref": ChangeSetFactory,
    "plans.RowImport.ref": RowImportFactory,
}


@pytest.mark.parametrize("name", CASES)
def test_who_types_it_is_told_in_a_sentence(name: str) -> None:
    case = CASES[name]()
    for attribute, value in case.wrong.items():
        setattr(case.row, attribute, value)
    with pytest.raises(ValidationError) as error:
        case.row.full_clean()
    # Django’s own check of choices speaks first.
    if name not in ("metric_better_known", "metric_method_known"):
        assert case.sentence in error.value.messages


@pytest.mark.parametrize("name", CASES)
def test_an_update_that_goes_past_the_forms_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    rows = type(case.row)._base_manager.filter(pk=case.row.pk)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        rows.update(**case.wrong)
    assert_names_the_constraint(str(error.value), name, type(case.row))


@pytest.mark.parametrize("name", [name for name in CASES if "itself" not in name])
def test_a_bulk_write_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    copy = type(case.row)._base_manager.get(pk=case.row.pk)
    type(case.row)._base_manager.filter(pk=case.row.pk).delete()
    copy.pk = None
    for attribute, value in case.wrong.items():
        setattr(copy, attribute, value)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(copy)._base_manager.bulk_create([copy])
    assert_names_the_constraint(str(error.value), name, type(copy))


def assert_names_the_constraint(message: str, name: str, model: type[models.Model]) -> None:
    """SQLite names the columns of a unique constraint where PostgreSQL names the constraint."""
    if name in message:
        return
    constraint = next(each for each in model._meta.constraints if each.name == name)
    assert isinstance(constraint, models.UniqueConstraint)
    columns = [model._meta.get_field(field).column for field in constraint.fields]
    assert "UNIQUE constraint failed" in message
    for column in columns:
        assert f"{model._meta.db_table}.{column}" in message


@pytest.mark.parametrize("percent", ["0", "-5", "100.01"])
def test_a_share_of_nothing_or_more_than_all_is_refused(percent: str) -> None:
    with pytest.raises(ValidationError, match="above 0% and up to 100%"):
        FundingShareFactory(percent=Decimal(percent))


def test_contributions_without_a_contributor_collide_too() -> None:
    first = ContributionFactory(contributor=None)
    twin = Contribution(
        plan=first.plan,
        financial_year=first.financial_year,
        funding_source=first.funding_source,
        ref="another",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.bulk_create([twin])


def test_contributions_of_two_contributors_stand_side_by_side() -> None:
    first = ContributionFactory(contributor=OrganisationFactory())
    ContributionFactory(plan=first.plan, contributor=OrganisationFactory())
    ContributionFactory(plan=first.plan, contributor=None)
    assert first.plan.contributions.count() == 3


def test_people_without_an_e_mail_address_do_not_collide() -> None:
    assert UserFactory(email="").pk != UserFactory(email="").pk


@pytest.mark.parametrize("name", UNIQUE_FIELDS)
def test_a_name_in_addresses_is_taken_once(name: str) -> None:
    first = UNIQUE_FIELDS[name]()
    second = type(first)._base_manager.get(pk=first.pk)
    second.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        type(first)._base_manager.bulk_create([second])
    second._state.adding = True
    with pytest.raises(ValidationError) as error:
        second.full_clean()
    assert name.rpartition(".")[2] in error.value.message_dict or name.endswith("username")


def our_models() -> list[type[models.Model]]:
    return [model for label in OUR_APPS for model in apps.get_app_config(label).get_models()]


def test_every_constraint_of_every_model_is_tested_here() -> None:
    named = {each.name for model in our_models() for each in model._meta.constraints}
    assert named == set(CASES)


def test_every_column_that_is_unique_by_itself_is_tested_here() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }
    assert found == set(UNIQUE_FIELDS)


def test_every_constraint_has_a_sentence_of_its_own() -> None:
    constraints = [each for model in our_models() for each in model._meta.constraints]
    assert constraints
    for each in constraints:
        # Made as when it is shown: a per cent sign must be written twice.
        sentence = each.get_violation_error_message()
        assert each.name not in sentence
        assert sentence.endswith(".")


def test_the_models_are_walked() -> None:
    assert {User, Board, Organisation, Plan, Membership, FundingShare}.issubset(our_models())
    assert {Contribution, Requirement, Scheme, SpendLine}.issubset(our_models())
