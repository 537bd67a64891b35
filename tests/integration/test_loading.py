"""The real plans load once, keep what was edited, and give the figures that were published."""

import shutil
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from bcf.loading.plans import load_plans
from bcf.loading.reference import FIXTURES, load_reference
from bcf.loading.tables import FixtureError
from bcf.money import total
from plans.models import Board, Contribution, FundingShare, Organisation, Plan, Requirement
from schemes.models import Scheme, SpendLine

pytestmark = pytest.mark.django_db

PLANS = {
    "barnet-2014-16",
    "bhr-2017-19",
    "barking-and-dagenham-2017-19",
    "havering-2017-19",
    "redbridge-2017-19",
    "tri-borough-2014-16",
}


def amounts(rows: Any) -> Decimal:
    return total(rows.values_list("amount", flat=True))


# -- twice, edited, wrong ------------------------------------------------------------------


def test_loading_again_saves_nothing(real_plans: None) -> None:
    assert set(load_reference().values()) == {0}
    assert load_plans() == dict.fromkeys([*PLANS, "agreements", "board barnet"], 0)


def test_what_was_edited_is_kept(real_plans: None) -> None:
    line = SpendLine.objects.filter(plan__slug="barnet-2014-16").first()
    assert line is not None
    line.amount, line.description = Decimal(1), "Edited here"
    line.save()
    plan = Plan.objects.get(slug="barnet-2014-16")
    plan.title = "Edited title"
    plan.save()
    assert load_plans()["barnet-2014-16"] == 0
    line.refresh_from_db()
    assert (line.amount, line.description, line.version) == (Decimal(1), "Edited here", 2)
    assert Plan.objects.get(slug="barnet-2014-16").title == "Edited title"


def test_a_row_that_was_removed_comes_back_and_no_other(real_plans: None) -> None:
    Contribution.objects.filter(plan__slug="havering-2017-19").first().delete()  # type: ignore[union-attr]
    saved = load_plans()
    assert saved.pop("havering-2017-19") == 1
    assert set(saved.values()) == {0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the fixtures of one plan and of the reference data, to be spoilt."""
    shutil.copytree(FIXTURES / "reference", tmp_path / "reference")
    shutil.copytree(
        FIXTURES / "plans" / "havering-2017-19", tmp_path / "plans" / "havering-2017-19"
    )
    facts = tmp_path / "plans/havering-2017-19/plan.toml"
    facts.write_text(facts.read_text().replace('part_of = "bhr-2017-19"', 'part_of = ""'))
    (tmp_path / "plans/havering-2017-19/schemes.csv").unlink()
    return tmp_path


def spoil(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text().splitlines(keepends=True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("".join(lines))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("2017-18", "2016-17", "lies outside this plan"),
        ("2017-18", "soon", "is not a period"),
        (",dfg,", ",lottery,", "is no funding source of 2017-19"),
        ("havering-council", "atlantis-council", "there is no organisation “atlantis-council”"),
        (".00", ".005", "part of a penny"),
    ],
)
def test_a_row_that_does_not_fit_names_file_and_line_and_nothing_is_saved(
    folder: Path, old: str, new: str, why: str
) -> None:
    load_reference(folder / "reference")
    spoil(folder / "plans/havering-2017-19/contributions.csv", 2, old, new)
    with pytest.raises(FixtureError, match=r"contributions\.csv, line 2: ") as error:
        load_plans(folder / "plans")
    assert why in str(error.value)
    assert not Plan.objects.exists()
    assert not Contribution.objects.exists()


def test_an_unknown_column_is_named(folder: Path) -> None:
    load_reference(folder / "reference")
    spoil(folder / "plans/havering-2017-19/spend_lines.csv", 1, "theme", "thema")
    with pytest.raises(FixtureError, match=r"spend_lines\.csv, line 2: the column “thema”"):
        load_plans(folder / "plans")
    assert not Plan.objects.exists()


@pytest.mark.parametrize(("old", "new"), [(",yes,", ",perhaps,"), (",yes,", ",,")])
def test_a_word_that_is_neither_yes_nor_no_names_file_and_line(
    folder: Path, old: str, new: str
) -> None:
    load_reference(folder / "reference")
    spoil(folder / "plans/havering-2017-19/spend_lines.csv", 3, old, new)
    with pytest.raises(FixtureError, match=r"spend_lines\.csv, line 3: "):
        load_plans(folder / "plans")
    assert not Plan.objects.exists()


def test_a_row_with_too_few_or_too_many_cells_names_file_and_line(folder: Path) -> None:
    load_reference(folder / "reference")
    path = folder / "plans/havering-2017-19/contributions.csv"
    text = path.read_text()
    for spoilt in ("2017-18,dfg\n", "2017-18,dfg" + "," * 20 + "x\n"):
        path.write_text(text + spoilt)
        with pytest.raises(FixtureError, match=r"contributions\.csv, line \d+: "):
            load_plans(folder / "plans")
        assert not Plan.objects.exists()


def test_an_unknown_board_or_commissioner_is_named(folder: Path) -> None:
    load_reference(folder / "reference")
    facts = folder / "plans/havering-2017-19/plan.toml"
    facts.write_text(facts.read_text().replace('boards = ["havering"]', 'boards = ["nowhere"]'))
    with pytest.raises(FixtureError, match="nowhere"):
        load_plans(folder / "plans")
    assert not Plan.objects.exists()


def test_wrong_reference_data_names_file_and_line_and_nothing_is_saved(folder: Path) -> None:
    spoil(folder / "reference/boards.csv", 3, "westminster-council", "nobody")
    with pytest.raises(FixtureError, match=r"boards\.csv, line 3: there is no organisation"):
        load_reference(folder / "reference")
    assert not Organisation.objects.exists()


# -- the commands --------------------------------------------------------------------------


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_plans_need_reference_data_first() -> None:
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_plans")


def test_the_commands_load_and_say_what_they_saved(real_plans: None) -> None:
    assert "Saved 0 cycles" in said("load_reference")
    assert "barnet-2014-16: 0 rows saved." in said("load_plans")
    assert "already" in said("load_reference", "--if-empty")
    assert "already" in said("load_plans", "--if-empty")


# -- the published figures -----------------------------------------------------------------


def spend(slug: str, year: str, **given: Any) -> Decimal:
    lines = SpendLine.objects.filter(plan__slug=slug, financial_year=year, **given)
    return amounts(lines)


@pytest.mark.parametrize(("year", "pool"), [("2014-15", 6_634_000), ("2015-16", 23_412_000)])
def test_barnets_pool_is_the_sum_of_its_schemes(real_plans: None, year: str, pool: int) -> None:
    assert spend("barnet-2014-16", year, in_pool=True, breaks_down=None) == pool
    (stated,) = Requirement.objects.filter(
        plan__slug="barnet-2014-16", financial_year=year, rule="total-pool"
    )
    assert (stated.minimum, stated.actual) == (pool, pool)


def test_barnets_components_add_to_240_pounds_more_and_count_nothing(real_plans: None) -> None:
    components = SpendLine.objects.filter(plan__slug="barnet-2014-16", breaks_down__isnull=False)
    assert amounts(components.filter(financial_year="2015-16")) == 23_412_240
    assert not any(line.counts for line in components)


def test_barnets_first_scheme_lies_outside_the_pool(real_plans: None) -> None:
    outside = SpendLine.objects.filter(plan__slug="barnet-2014-16", in_pool=False)
    assert [(str(line.financial_year), line.amount) for line in outside] == [
        ("2014-15", 35_000),
        ("2015-16", 87_120),
    ]


@pytest.mark.parametrize(("year", "together"), [("2017-18", 68_408_000), ("2018-19", 74_695_000)])
def test_the_rows_of_the_three_boroughs(real_plans: None, year: str, together: int) -> None:
    joint = Plan.objects.get(slug="bhr-2017-19")
    lines = SpendLine.objects.filter(plan__part_of=joint, financial_year=year)
    assert lines.aggregate(all=Sum("amount"))["all"] == together
    assert all(line.counts for line in lines)
    assert not joint.spendlines.exists()


@pytest.mark.parametrize(
    ("slug", "year", "paid_in", "spent"),
    [
        ("barking-and-dagenham-2017-19", "2017-18", 21_759_000, 21_760_000),
        ("havering-2017-19", "2017-18", 22_661_000, 22_659_000),
        ("redbridge-2017-19", "2017-18", 23_990_000, 23_989_000),
        ("barking-and-dagenham-2017-19", "2018-19", 24_237_000, 24_237_000),
        ("havering-2017-19", "2018-19", 24_165_000, 24_166_000),
        ("redbridge-2017-19", "2018-19", 26_293_000, 26_292_000),
    ],
)
def test_contributions_and_spend_of_each_part(
    real_plans: None, slug: str, year: str, paid_in: int, spent: int
) -> None:
    rows = Contribution.objects.filter(plan__slug=slug, financial_year=year)
    assert amounts(rows) == paid_in
    assert spend(slug, year) == spent


def test_the_nhs_minimum_is_printed_in_two_parts(real_plans: None) -> None:
    for plan in Plan.objects.filter(part_of__slug="bhr-2017-19"):
        rows = plan.contributions.filter(funding_source="nhs-minimum", financial_year="2017-18")
        assert {row.sub_source for row in rows} == {"rnf", "non-rnf"}


def test_every_boards_funding_shares_add_to_100(real_plans: None) -> None:
    shares = {
        board: total(share.percent for share in board.funding_shares.all())
        for board in Board.objects.all()
        if board.funding_shares.exists()
    }
    assert shares
    assert set(shares.values()) == {Decimal(100)}
    westminster = FundingShare.objects.filter(board__slug="westminster").order_by("-percent")
    assert [(each.commissioner.key, each.percent) for each in westminster] == [
        ("central-london-ccg", 78),
        ("west-london-ccg", 22),
    ]


def test_every_real_plan_and_its_boards_are_there(real_plans: None) -> None:
    assert set(Plan.objects.values_list("slug", flat=True)) == PLANS
    joint = Plan.objects.get(slug="bhr-2017-19")
    assert {board.slug for board in joint.boards.all()} == {
        "barking-and-dagenham",
        "havering",
        "redbridge",
    }
    assert joint.parts.count() == 3
    assert Board.objects.count() == 7


@pytest.mark.parametrize("model", [Contribution, Requirement, SpendLine])
def test_every_figure_says_where_it_is_printed_and_is_what_is_printed(
    real_plans: None, model: Any
) -> None:
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        assert row.citation_title, row
        assert row.citation_place, row
        amount = row.minimum if model is Requirement else row.amount
        assert row.printed_amount == amount, row


def test_every_loaded_row_passes_its_own_rules(real_plans: None) -> None:
    rows = [
        row
        for model in (Contribution, Requirement, Scheme, SpendLine, Plan, Organisation)
        for row in model.objects.all()
    ]
    assert len(rows) > 300
    for row in rows:
        row.full_clean()
