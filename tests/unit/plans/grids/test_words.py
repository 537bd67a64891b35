"""Words of choices: a cell's text names one choice, or the sentence says what may be written."""

import pytest

from plans.grids.words import Entry, UnknownWords, Words

SCHEMES = Words(
    [
        Entry("1", "2a Carers’ support", ("2a", "carers-support")),
        Entry("2", "2b Falls – home", ("2b",)),
        Entry("3", "Other", ("other-1", "other")),
        Entry("4", "Other", ("other-2", "other")),
    ]
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2a Carers’ support", "1"),
        ("  2A  carers' SUPPORT ", "1"),
        ("2a", "1"),
        ("2b Falls - home", "2"),
        ("Other (other-2)", "4"),
        ("other-1", "3"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_choice_is_named_by_its_words_or_another_of_its_names(typed: str, value: str) -> None:
    assert SCHEMES.value(typed, "scheme") == value


def test_choices_that_share_their_words_are_shown_apart() -> None:
    assert SCHEMES.shown[2:] == ["Other (other-1)", "Other (other-2)"]
    assert SCHEMES.of("1") == "2a Carers’ support"
    assert SCHEMES.of("99") == "99"


def test_words_of_several_choices_are_refused_with_those() -> None:
    with pytest.raises(
        UnknownWords, match=r"may mean several: Other \(other-1\); Other \(other-2\)"
    ):
        SCHEMES.value("other", "scheme")


def test_unknown_words_are_answered_with_every_choice() -> None:
    with pytest.raises(UnknownWords) as refused:
        SCHEMES.value("Nowhere", "scheme")
    assert str(refused.value) == (
        "“Nowhere” is no scheme that this plan can have. Write one of: 2a Carers’ support; "
        "2b Falls – home; Other (other-1); Other (other-2)."
    )


def test_among_many_choices_the_closest_are_named() -> None:
    many = Words(Entry(str(n), f"Organisation {n:03}") for n in range(200))
    with pytest.raises(UnknownWords, match=r"Write one of the 200 .* such as .*Organisation 123"):
        many.value("organisation 1233", "provider")


def test_without_choices_the_cell_is_to_be_left_empty() -> None:
    with pytest.raises(UnknownWords, match="leave the cell empty"):
        Words([]).value("2a", "scheme")


def test_a_choices_own_words_are_never_those_of_another() -> None:
    words = Words([Entry("1", "Carers", ()), Entry("2", "Respite", ("Carers",))])
    assert words.value("carers", "scheme") == "1"


def test_a_column_full_of_wrong_words_is_answered_soon() -> None:
    many = Words(Entry(str(n), f"Organisation {n:03}") for n in range(200))
    for number in range(500):
        with pytest.raises(UnknownWords) as refused:
            many.value(f"organisatoin {number:03}", "provider")
    # Only the first few are looked for among all the choices.
    assert "such as Organisation 000; Organisation 001" in str(refused.value)
