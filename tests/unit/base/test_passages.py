"""Where two texts differ: changed passages are marked, and what is the same is cut short."""

from hypothesis import given
from hypothesis import strategies as st

from bcf.base.passages import ELLIPSIS, MOST_COMPARED, Passage, passages

BEGIN = "The joint team for rapid response meets every working day at the civic centre and "
END = " so that nobody waits in hospital for longer than a day after being declared fit to leave."


def changed(side: tuple[Passage, ...]) -> list[str]:
    return [each.text.strip() for each in side if each.is_changed]


def test_short_texts_are_shown_whole_and_unmarked() -> None:
    assert passages("Carers", "Carers' breaks") == (
        (Passage("Carers"),),
        (Passage("Carers' breaks"),),
    )


def test_the_words_that_changed_are_marked_on_both_sides() -> None:
    old, new = passages(f"{BEGIN}triages 40 cases{END}", f"{BEGIN}triages 55 cases{END}")

    assert (changed(old), changed(new)) == (["40"], ["55"])


def test_what_is_far_from_a_change_is_left_out() -> None:
    filling = "word " * 300
    old, new = passages(f"{filling}one {filling}", f"{filling}two {filling}")

    assert changed(new) == ["two"]
    shown = "".join(each.text for each in new)
    assert shown.startswith(ELLIPSIS)
    assert shown.endswith(f"{ELLIPSIS} ")
    assert len(shown) < 120
    assert changed(old) == ["one"]


def test_words_that_were_put_in_are_marked_on_one_side_alone() -> None:
    old, new = passages(f"{BEGIN}{END}", f"{BEGIN}on Saturdays too{END}")

    assert (changed(old), changed(new)) == ([], ["on Saturdays too"])


def test_several_changes_are_found_one_by_one() -> None:
    middle = " and in the meantime the council pays for six beds in a care home near by "
    old, new = passages(f"{BEGIN}A{middle}B{END}", f"{BEGIN}C{middle}D{END}")

    assert (changed(old), changed(new)) == (["A", "B"], ["C", "D"])


def test_texts_too_long_to_compare_word_by_word_count_as_changed_between_their_ends() -> None:
    many = " ".join(f"a{n}" for n in range(MOST_COMPARED))
    more = " ".join(f"b{n}" for n in range(MOST_COMPARED))
    old, new = passages(f"{BEGIN}{many}{END}", f"{BEGIN}{more}{END}")

    assert [len(changed(side)) for side in (old, new)] == [1, 1]
    assert changed(old)[0].split()[0] == "a0"


texts = st.lists(st.sampled_from(["a", "bb", "ccc", "dd", "\n"]), max_size=60).map(" ".join)


@given(texts, texts)
def test_nothing_that_changed_is_left_out(old: str, new: str) -> None:
    old, new = f"{BEGIN}{old}", f"{BEGIN}{new}"
    for text, side in zip((old, new), passages(old, new), strict=True):
        for each in side:
            assert each.text.strip(f"{ELLIPSIS} ") in text or not each.is_changed
        kept = [word for each in side for word in each.text.split() if word != ELLIPSIS]
        remaining = iter(text.split())
        assert all(word in remaining for word in kept)
