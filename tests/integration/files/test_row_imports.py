"""Rows of a file are imported all or none, under the rules of who may change what."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.base.outcomes import Outcome
from bcf.files.table import FileRefused
from bcf.resources import RESOURCES
from governance.models import Agreement, Body
from metrics.models import MetricValue
from plans.actions import PlanClosed, Refused
from plans.choices import ChangeKind, PlanStatus
from plans.models import ChangeSet, Organisation, Plan, RowImport
from plans.models.imports import KEPT_FOR
from plans.row_imports import ImportRefused, rows_check, rows_import, rows_put_aside
from schemes.models import Benefit, Scheme, SpendLine
from tests.factories import (
    AgreementFactory,
    BenefitFactory,
    BoardFactory,
    BodyFactory,
    MembershipFactory,
    MetricFactory,
    MetricValueFactory,
    OrganisationFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
    UserFactory,
)
from tests.integration.files.tables import as_csv, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(slug="own", title="Own plan")


@pytest.fixture
def ann(plan: Plan) -> User:
    user = UserFactory(name="Ann Example")
    MembershipFactory(user=user, board=plan.boards.get(), role=Role.EDITOR)
    return user


def check(by: User, columns: str, *rows: Any, model: Any = SpendLine, **kwargs: Any) -> RowImport:
    content = as_csv(columns.split(), *rows)
    return rows_check(resource=RESOURCES[model], name="lines.csv", content=content, by=by, **kwargs)


def would(by: User, columns: str, *rows: Any, model: Any = SpendLine, **kwargs: Any) -> Outcome:
    return check(by, columns, *rows, model=model, **kwargs).outcome


def bring_in(by: User, columns: str, *rows: Any, model: Any = SpendLine) -> ChangeSet:
    kept = check(by, columns, *rows, model=model)
    assert kept.outcome.may_be_imported, (kept.outcome.errors, kept.outcome.objections)
    return rows_import(kept=kept, resource=RESOURCES[model], by=by)


def errors_of(outcome: Outcome) -> dict[tuple[int, str], str]:
    return {(error.number, error.column): error.sentence for error in outcome.errors}


# -- what a file says ------------------------------------------------------------------------


def test_a_row_without_a_ref_is_added_and_one_with_a_ref_is_changed(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, description="Carers", amount=100)
    scheme = SchemeFactory(plan=plan, reference="2b")

    done = bring_in(
        ann,
        "plan ref financial_year scheme description amount in_pool",
        ["own", line.ref, "2017-18", "2b", "Carers", "£1,250.50", "yes"],
        ["own", "", "2018/19", "", "New line", "1.2m", "no"],
    )

    line.refresh_from_db()
    new = SpendLine.objects.exclude(pk=line.pk).get()
    assert (line.amount, line.scheme, line.version) == (Decimal("1250.50"), scheme, 2)
    assert (new.description, new.amount, new.in_pool) == ("New line", Decimal("1200000"), False)
    assert (str(new.financial_year), new.version) == ("2018-19", 1)
    assert (done.added, done.changed, done.kind) == (1, 1, ChangeKind.IMPORT)


def test_every_row_leaves_a_history_that_names_the_import(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=100)

    done = bring_in(
        ann,
        "plan ref financial_year description amount",
        ["own", line.ref, "2017-18", line.description, "5"],
        ["own", "", "2017-18", "New", "7"],
    )

    records = SpendLine.history.filter(history_change_reason=done.ref)
    assert {record.history_user for record in records} == {ann}
    assert sorted(records.values_list("history_type", flat=True)) == ["+", "~"]
    assert "“lines.csv”" in done.words
    assert (done.actor, list(done.plans.all())) == (ann, [plan])


def test_a_column_that_is_not_there_stays_and_a_blank_cell_empties(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, theme="Home", area_specified="Words", amount=100)

    bring_in(ann, "plan ref theme", ["own", line.ref, " "])

    line.refresh_from_db()
    assert (line.theme, line.area_specified, line.amount) == ("", "Words", Decimal(100))


def test_a_blank_cell_is_not_nought(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=0)

    bring_in(ann, "plan ref amount", ["own", line.ref, ""])
    line.refresh_from_db()
    assert line.amount is None
    bring_in(ann, "plan ref amount", ["own", line.ref, "0"])
    line.refresh_from_db()
    assert line.amount == 0


def test_components_are_checked_against_their_whole_in_a_few_queries(
    plan: Plan, ann: User, django_assert_max_num_queries: Any
) -> None:
    whole = SpendLineFactory(plan=plan)
    lines = SpendLineFactory.create_batch(60, plan=plan)
    of_another_year = SpendLineFactory(plan=plan, financial_year="2018-19")
    rows = [["own", line.ref, whole.ref] for line in (*lines, of_another_year)]

    with django_assert_max_num_queries(40):
        outcome = RESOURCES[SpendLine](ann).check(table("plan ref breaks_down", *rows))
    assert (outcome.changed, outcome.refused) == (60, 1)
    assert "Choose a line of the same year" in outcome.errors[0].sentence


def test_rows_without_a_plan_belong_to_the_plan_of_the_page(plan: Plan, ann: User) -> None:
    kept = check(ann, "financial_year description", ["2017-18", "New"], plan=plan)

    rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    assert SpendLine.objects.get().plan == plan


def test_a_file_that_does_not_say_where_rows_belong_is_refused(ann: User) -> None:
    outcome = would(ann, "description", ["New"])

    assert "no column “plan”" in outcome.objections[0]
    assert not outcome.may_be_imported


def test_columns_go_by_their_labels_too_and_unknown_ones_are_refused(plan: Plan, ann: User) -> None:
    row = ["own", "2017-18", "New", "5", "x"]
    content = as_csv(["Plan", "Financial year", "Description", "Amount (£)", "Colour"], row)
    kept = rows_check(resource=RESOURCES[SpendLine], name="a.csv", content=content, by=ann)

    assert "“Colour” cannot be read" in kept.outcome.objections[0]
    assert "funding_source" in kept.outcome.objections[0]
    content = as_csv(["Plan", "Financial year", "Description", "Amount (£)"], row[:4])
    kept = rows_check(resource=RESOURCES[SpendLine], name="a.csv", content=content, by=ann)
    assert kept.outcome.new == 1


def test_two_columns_of_one_meaning_are_refused(ann: User) -> None:
    outcome = would(ann, "plan amount Amount_", ["own", "1", "2"])
    assert outcome.objections
    content = as_csv(["plan", "amount", "Amount (£)"], ["own", "1", "2"])
    kept = rows_check(resource=RESOURCES[SpendLine], name="a.csv", content=content, by=ann)
    assert "Two columns of the file mean “amount”" in kept.outcome.objections[0]


# -- errors ----------------------------------------------------------------------------------


def test_errors_name_row_and_column_and_what_stood_there(plan: Plan, ann: User) -> None:
    SchemeFactory(plan=plan, reference="2b")
    outcome = would(
        ann,
        "plan ref financial_year scheme description amount in_pool",
        ["own", "", "2017-18", "", "Fine", "5", "yes"],
        ["own", "", "soon", "9z", "", "lots", "perhaps"],
        ["own", "none-such", "2017-18", "", "Gone", "1", "yes"],
        ["", "", "2017-18", "", "Nowhere", "1", "yes"],
    )

    errors = errors_of(outcome)
    assert (outcome.new, outcome.refused) == (1, 3)
    assert "“soon” is not a" in errors[3, "financial_year"]
    assert "No scheme “9z” was found. Write one of: 2b." in errors[3, "scheme"]
    assert "Fill this cell" in errors[3, "description"]
    assert "“lots” is not an amount" in errors[3, "amount"]
    assert "neither yes nor no" in errors[3, "in_pool"]
    assert "Leave the ref empty to add a row" in errors[4, "ref"]
    assert "Fill this cell" in errors[5, "plan"]
    found = {(error.number, error.column): error.found for error in outcome.errors}
    assert (found[3, "amount"], found[4, "ref"]) == ("lots", "none-such")
    assert not outcome.may_be_imported


def test_rules_of_the_model_and_of_the_database_are_told_by_row(plan: Plan, ann: User) -> None:
    outcome = would(
        ann,
        "plan financial_year description amount commissioner nhs_percent la_percent",
        ["own", "1999-00", "Old", "5", "", "", ""],
        ["own", "2017-18", "Negative", "-5", "", "", ""],
        ["own", "2017-18", "Shares", "5", "joint", "60", "30"],
        ["own", "2017-18", "Fine", "5", "", "", ""],
        ["own", "2017-18", "x" * 201, "5", "", "", ""],
    )

    errors = errors_of(outcome)
    assert (outcome.new, outcome.refused) == (1, 4)
    assert "lies outside" in errors[2, "financial_year"]
    assert any("never less than £0" in errors[key] for key in errors if key[0] == 3)
    assert any("100%" in errors[key] for key in errors if key[0] == 4)
    assert "takes at most 200" in errors[6, "description"]
    assert not SpendLine.objects.exists()
    assert not SpendLine.history.exists()


def test_one_row_twice_in_a_file_is_refused(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan)

    outcome = would(ann, "plan ref amount", ["own", line.ref, "5"], ["own", line.ref, "6"])
    assert "Row 2 is about the same row" in errors_of(outcome)[3, ""]


def test_what_never_changes_is_refused_with_what_it_is(plan: Plan, administrator: User) -> None:
    outcome = would(administrator, "slug cycle title", ["own", "2014-16", "Other"], model=Plan)
    assert "No cycle “2014-16”" in errors_of(outcome)[2, "cycle"]

    SchemeFactory(plan=PlanFactory(cycle__key="2014-16"))
    outcome = would(administrator, "slug cycle title", ["own", "2014-16", "Other"], model=Plan)
    assert "does not change" in errors_of(outcome)[2, "cycle"]


# -- who may -----------------------------------------------------------------------------------


def test_what_one_may_not_know_of_is_not_found(plan: Plan, ann: User) -> None:
    theirs = SpendLineFactory(plan__slug="theirs", amount=1)

    outcome = would(
        ann,
        "plan ref financial_year description amount",
        ["theirs", theirs.ref, "2017-18", "Mine now", "5"],
        ["theirs", "", "2017-18", "New", "5"],
        ["nowhere", "", "2017-18", "New", "5"],
        ["own", theirs.ref + "-x", "2017-18", "New", "5"],
    )

    errors = errors_of(outcome)
    assert errors[2, "plan"].replace("theirs", "nowhere") == errors[4, "plan"]
    assert (2, "plan") in errors
    assert (3, "plan") in errors
    assert outcome.refused == 4


def test_what_is_read_only_says_why_and_is_let_through_where_it_is_the_same(
    plan: Plan, ann: User
) -> None:
    closed = SpendLineFactory(plan__slug="closed", plan__title="Closed plan", amount=1)
    Plan.objects.filter(slug="closed").update(status=PlanStatus.SUBMITTED)
    own = SpendLineFactory(plan=plan, amount=1)
    columns = "plan ref amount"

    outcome = would(ann, columns, ["closed", closed.ref, "2"], ["own", own.ref, "2"])
    assert "Closed plan is submitted, so it is read-only" in errors_of(outcome)[2, "plan"]
    outcome = would(ann, columns, ["closed", closed.ref, "1"], ["own", own.ref, "2"])
    assert (outcome.same, outcome.changed, outcome.may_be_imported) == (1, 1, True)


def test_a_viewer_of_the_board_and_an_outsider_change_nothing(
    plan: Plan, member: Any, outsider: User
) -> None:
    row = ["own", "2017-18", "New"]
    viewer = member("viewer", plan.boards.get())

    assert (
        "You may not change Own plan"
        in errors_of(would(viewer, "plan financial_year description", row))[2, "plan"]
    )
    assert (
        "No plan “own” was found"
        in errors_of(would(outsider, "plan financial_year description", row))[2, "plan"]
    )


def test_schemes_of_another_boards_draft_are_not_found(plan: Plan, ann: User) -> None:
    SchemeFactory(plan__slug="theirs", reference="7")

    outcome = would(
        ann, "plan financial_year description scheme", ["own", "2017-18", "New", "theirs:7"]
    )
    assert "No scheme “theirs:7” was found" in errors_of(outcome)[2, "scheme"]


def test_reference_data_is_for_administrators(ann: User, administrator: User) -> None:
    row = ["new-trust", "New Trust", "NHS provider"]

    outcome = would(ann, "key name kind", row, model=Organisation)
    assert "Only an administrator" in errors_of(outcome)[2, "key"]
    bring_in(administrator, "key name kind", row, model=Organisation)
    assert Organisation.objects.get(key="new-trust").kind == "nhs-provider"


def test_an_editor_adds_an_agreement_of_an_own_board_alone(plan: Plan, ann: User) -> None:
    own, other = plan.boards.get(), BoardFactory()
    columns = "slug title kind boards"

    outcome = would(ann, columns, ["pool", "Pool", "schedule", other.slug], model=Agreement)
    assert "You may not add or change rows of the" in errors_of(outcome)[2, "slug"]
    outcome = would(ann, columns, ["pool", "Pool", "schedule", ""], model=Agreement)
    assert "Fill this cell" in errors_of(outcome)[2, "boards"]

    boards = f"{own.slug}; {other.slug}"
    done = bring_in(ann, columns, ["pool", "Pool", "Schedule", boards], model=Agreement)
    agreement = Agreement.objects.get(slug="pool")
    assert set(agreement.boards.all()) == {own, other}
    assert done.added == 1


def test_whose_an_agreement_is_only_an_administrator_changes(
    plan: Plan, ann: User, administrator: User
) -> None:
    own, other = plan.boards.get(), BoardFactory()
    agreement = AgreementFactory(boards=[own])
    row = [agreement.slug, f"{own.slug}; {other.slug}"]

    outcome = would(ann, "slug boards", row, model=Agreement)
    assert "does not change" in errors_of(outcome)[2, "boards"]
    bring_in(administrator, "slug boards", row, model=Agreement)
    assert set(agreement.boards.all()) == {own, other}


def test_an_administrator_adds_a_plan(plan: Plan, ann: User, administrator: User) -> None:
    board = plan.boards.get()
    row = ["new-plan", "New plan", "2017-19", board.slug]

    outcome = would(ann, "slug title cycle boards", row, model=Plan)
    assert "Only an administrator adds a plan" in errors_of(outcome)[2, "slug"]
    done = bring_in(administrator, "slug title cycle boards", row, model=Plan)
    new = Plan.objects.get(slug="new-plan")
    assert (list(new.boards.all()), new.status) == ([board], PlanStatus.DRAFT)
    assert list(done.plans.all()) == [new]


def test_figures_of_a_board_and_of_a_plan_are_told_apart(plan: Plan, ann: User) -> None:
    board, metric = plan.boards.get(), MetricFactory()
    of_board = MetricValueFactory(plan=None, board=board, metric=metric, value=1)
    of_plan = MetricValueFactory(plan=plan, board=board, metric=metric, value=1)
    elsewhere = MetricValueFactory(plan=None, board=BoardFactory(), metric=metric, value=1)
    columns = "plan board ref value"

    outcome = would(ann, columns, ["", elsewhere.board.slug, elsewhere.ref, "5"], model=MetricValue)
    assert "You may not add or change rows of the" in errors_of(outcome)[2, "plan"]
    bring_in(
        ann,
        columns,
        ["", board.slug, of_board.ref, "5"],
        ["own", board.slug, of_plan.ref, "6"],
        model=MetricValue,
    )
    of_board.refresh_from_db()
    of_plan.refresh_from_db()
    assert (of_board.value, of_plan.value) == (5, 6)


# -- links -------------------------------------------------------------------------------------


def test_a_row_of_which_only_links_differ_is_changed_and_keeps_a_history(
    plan: Plan, ann: User
) -> None:
    benefit = BenefitFactory(plan=plan)
    one, two = (SchemeFactory(plan=plan, reference=name) for name in ("1", "2"))
    benefit.schemes.add(one)

    kept = check(ann, "plan ref schemes", ["own", benefit.ref, "1; 2"], model=Benefit)
    (difference,) = kept.outcome.differences
    assert (difference.fields[0].before, difference.fields[0].after) == (
        str(one),
        f"{one}; {two}",
    )
    done = rows_import(kept=kept, resource=RESOURCES[Benefit], by=ann)

    benefit.refresh_from_db()
    assert set(benefit.schemes.all()) == {one, two}
    assert (done.changed, benefit.version) == (1, 2)
    assert benefit.history.filter(history_change_reason=done.ref).exists()


def test_a_link_to_what_is_not_there_is_refused(plan: Plan, ann: User) -> None:
    benefit = BenefitFactory(plan=plan)
    SchemeFactory(plan=plan, reference="1")

    outcome = would(ann, "plan ref schemes", ["own", benefit.ref, "1; 9z"], model=Benefit)
    assert "No scheme “9z” was found" in errors_of(outcome)[2, "schemes"]


def test_a_body_does_not_report_to_itself(plan: Plan, ann: User) -> None:
    body = BodyFactory(plan=plan, board=None)

    outcome = would(ann, "plan ref reports_to", ["own", body.ref, body.ref], model=Body)
    assert "does not report to itself" in errors_of(outcome)[2, "reports_to"]


def test_schemes_of_the_joint_plan_are_found_and_told_from_own_ones(member: Any) -> None:
    board = BoardFactory()
    joint = PlanFactory(slug="joint", boards=[board, BoardFactory()])
    part = PlanFactory(slug="part", boards=[board], part_of=joint)
    editor = member("editor", board)
    theme, own = SchemeFactory(plan=joint, reference="1"), SchemeFactory(plan=part, reference="1")
    columns = "plan reference name parent"

    bring_in(
        editor,
        columns,
        ["part", "1a", "Under own", "1"],
        ["part", "1b", "Under joint", "joint:1"],
        model=Scheme,
    )

    parents = dict(Scheme.objects.filter(plan=part).values_list("reference", "parent"))
    assert (parents["1a"], parents["1b"]) == (own.pk, theme.pk)


# -- between preview and import ----------------------------------------------------------------


def test_a_preview_changes_nothing(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=1)

    outcome = would(
        ann,
        "plan ref financial_year description amount",
        ["own", line.ref, "2017-18", "Changed", "2"],
        ["own", "", "2017-18", "New", "2"],
    )

    assert (outcome.new, outcome.changed) == (1, 1)
    assert SpendLine.objects.get().description == line.description
    assert (SpendLine.history.count(), ChangeSet.objects.count()) == (1, 0)


def test_differences_are_told_in_words(plan: Plan, ann: User) -> None:
    provider = OrganisationFactory(key="trust", name="A Trust")
    line = SpendLineFactory(plan=plan, amount=1000, description="Carers")

    outcome = would(
        ann,
        "plan ref amount provider funding_source in_pool",
        ["own", line.ref, "£2,000", provider.key, "nhs-minimum", "no"],
    )

    (difference,) = outcome.differences
    assert (difference.number, difference.row) == (2, "Carers, 2017–18")
    fields = {each.column: (each.before, each.after) for each in difference.fields}
    assert fields["Amount (£)"] == ("£1,000", "£2,000")
    assert fields["Provider"] == ("", "A Trust")
    assert fields["In the pool"] == ("Yes", "No")
    assert "nhs-minimum" not in fields["Funding source"][1]


def test_a_row_that_was_changed_since_the_preview_is_refused_and_shown_anew(
    plan: Plan, ann: User
) -> None:
    line, other = SpendLineFactory(plan=plan, amount=1), SpendLineFactory(plan=plan, amount=1)
    kept = check(ann, "plan ref amount", ["own", line.ref, "5"], ["own", other.ref, "5"])
    theirs = SpendLine.objects.get(pk=line.pk)
    theirs.amount = Decimal(3)
    theirs._history_user = UserFactory(name="Bob Example")
    theirs.save()

    with pytest.raises(ImportRefused, match=r"Row 2 is refused\. Bob Example changed this row"):
        rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)

    assert sorted(SpendLine.objects.values_list("amount", flat=True)) == [1, 3]
    kept.refresh_from_db()
    assert [each.fields[0].before for each in kept.outcome.differences] == ["£3", "£1"]
    done = rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    assert done.changed == 2
    assert set(SpendLine.objects.values_list("amount", flat=True)) == {5}


def test_a_row_that_was_removed_since_the_preview_is_refused(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=1)
    kept = check(ann, "plan ref amount", ["own", line.ref, "5"])
    line.delete()

    with pytest.raises(ImportRefused, match=r"was found\. Leave the ref empty"):
        rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    assert not SpendLine.objects.exists()


def test_a_plan_that_was_submitted_since_the_preview_is_left_alone(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=1)
    kept = check(ann, "plan ref amount", ["own", line.ref, "5"])
    Plan.objects.update(status=PlanStatus.SUBMITTED)

    with pytest.raises((ImportRefused, PlanClosed), match="read-only"):
        rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    line.refresh_from_db()
    assert line.amount == 1


def test_what_is_the_same_is_not_imported(plan: Plan, ann: User) -> None:
    line = SpendLineFactory(plan=plan, amount=1)
    kept = check(ann, "plan ref amount", ["own", line.ref, "1.00"])

    assert (kept.outcome.same, kept.outcome.may_be_imported) == (1, False)
    with pytest.raises(ImportRefused, match="as they are here already"):
        rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    assert not ChangeSet.objects.exists()


def test_a_file_is_imported_once(plan: Plan, ann: User) -> None:
    kept = check(ann, "plan financial_year description", ["own", "2017-18", "New"])
    again = RowImport.objects.get(pk=kept.pk)

    rows_import(kept=kept, resource=RESOURCES[SpendLine], by=ann)
    with pytest.raises(Refused, match="imported or put aside already"):
        rows_import(kept=again, resource=RESOURCES[SpendLine], by=ann)
    assert SpendLine.objects.count() == 1
    assert not RowImport.objects.exists()


def test_a_file_is_put_aside_by_its_own_person(plan: Plan, ann: User, outsider: User) -> None:
    kept = check(ann, "plan financial_year description", ["own", "2017-18", "New"])

    rows_put_aside(kept=kept, by=outsider)
    assert RowImport.objects.exists()
    rows_put_aside(kept=kept, by=ann)
    assert not RowImport.objects.exists()


def test_a_file_is_forgotten_after_a_day(plan: Plan, ann: User) -> None:
    old = check(ann, "plan financial_year description", ["own", "2017-18", "New"])
    RowImport.objects.filter(pk=old.pk).update(at=timezone.now() - KEPT_FOR)

    new = check(ann, "plan financial_year description", ["own", "2017-18", "New"])
    assert list(RowImport.objects.all()) == [new]


def test_what_was_uploaded_is_told_by_its_digest(plan: Plan, ann: User) -> None:
    content = as_csv(["plan", "financial_year", "description"], ["own", "2017-18", "New"])
    kept = rows_check(resource=RESOURCES[SpendLine], name="a.csv", content=content, by=ann)

    assert (kept.size, len(kept.sha256), str(kept)) == (len(content), 64, "a.csv")
    assert kept.table.rows[0].cells == ("own", "2017-18", "New")


def test_what_is_no_file_of_rows_is_not_kept(ann: User) -> None:
    with pytest.raises(FileRefused):
        rows_check(resource=RESOURCES[SpendLine], name="a.xls", content=b"x", by=ann)
    assert not RowImport.objects.exists()


def test_more_differences_than_a_page_takes_are_counted(
    plan: Plan, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bcf.base.resources.MOST_SHOWN", 2)
    rows = [["own", "2017-18", f"Line {n}"] for n in range(5)]

    outcome = would(ann, "plan financial_year description", *rows)
    assert (outcome.new, len(outcome.differences)) == (5, 2)


def test_the_queries_of_a_check_do_not_grow_with_the_rows(
    plan: Plan, ann: User, django_assert_max_num_queries: Any
) -> None:
    scheme = SchemeFactory(plan=plan, reference="2b")
    lines = SpendLineFactory.create_batch(60, plan=plan, scheme=scheme)
    rows = [["own", line.ref, "2b", "7"] for line in lines]

    for count in (5, 60):
        kind = RESOURCES[SpendLine](ann)
        with django_assert_max_num_queries(40):
            outcome = kind.check(table("plan ref scheme amount", *rows[:count]))
        assert outcome.changed == count
