"""The table of design section 7, written out line by line and held against the code."""

import pytest

from bcf.accounts.access import Ability, Role, Standing, allows, highest, roles_with

# anonymous, signed in without membership, viewer, analyst, editor, approver, administrator
TABLE = {
    Ability.READ_SUBMITTED: "– yes yes yes yes yes yes",
    Ability.READ_DRAFT: "– – yes yes yes yes yes",
    Ability.EDIT_DRAFT: "– – – – yes yes yes",
    Ability.LOAD_ACTUALS: "– – – yes yes yes yes",
    Ability.SUBMIT: "– – – – – yes yes",
    Ability.REOPEN: "– – – – – yes yes",
    Ability.RECORD_OUTCOME: "– – – – – – yes",
    Ability.MANAGE_MEMBERS: "– – – – – yes yes",
    Ability.ENTER_ADMIN: "– – – – yes yes yes",
}
COLUMNS = (
    Standing.ANONYMOUS,
    Standing.OUTSIDER,
    Standing.VIEWER,
    Standing.ANALYST,
    Standing.EDITOR,
    Standing.APPROVER,
    Standing.ADMINISTRATOR,
)
CELLS = [
    (ability, standing, word == "yes")
    for ability, words in TABLE.items()
    for standing, word in zip(COLUMNS, words.split(), strict=True)
]


def test_the_table_names_every_ability_and_every_standing() -> None:
    assert set(TABLE) == set(Ability)
    assert set(COLUMNS) == set(Standing)
    assert len(CELLS) == len(Ability) * len(Standing)


@pytest.mark.parametrize(("ability", "standing", "may"), CELLS)
def test_who_may_do_what(ability: Ability, standing: Standing, may: bool) -> None:
    assert allows(standing, ability) is may


@pytest.mark.parametrize(("ability", "standing", "may"), CELLS)
def test_public_read_opens_submitted_plans_and_nothing_else(
    ability: Ability, standing: Standing, may: bool
) -> None:
    expected = may or ability is Ability.READ_SUBMITTED
    assert allows(standing, ability, public_read=True) is expected


@pytest.mark.parametrize(
    ("ability", "roles"),
    [
        (Ability.READ_DRAFT, ["viewer", "analyst", "editor", "approver"]),
        (Ability.LOAD_ACTUALS, ["analyst", "editor", "approver"]),
        (Ability.EDIT_DRAFT, ["editor", "approver"]),
        (Ability.SUBMIT, ["approver"]),
        (Ability.RECORD_OUTCOME, []),
    ],
)
def test_the_roles_that_carry_an_ability(ability: Ability, roles: list[str]) -> None:
    assert roles_with(ability) == roles


@pytest.mark.parametrize(
    ("roles", "standing"),
    [
        ([], Standing.OUTSIDER),
        (["viewer"], Standing.VIEWER),
        (["approver", "viewer"], Standing.APPROVER),
        (["analyst", "editor"], Standing.EDITOR),
    ],
)
def test_the_highest_role_counts(roles: list[str], standing: Standing) -> None:
    assert highest(roles) is standing


def test_an_unknown_role_is_an_error_and_no_silent_outsider() -> None:
    with pytest.raises(ValueError, match="owner"):
        highest(["owner"])


def test_every_role_has_a_standing() -> None:
    assert len({highest([role]) for role in Role.values}) == len(Role)
